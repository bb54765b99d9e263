local factor = tonumber(arg[1])
local function fib(n)
  if n < 2 then return n end
  return fib(n - 1) + fib(n - 2)
end

local function depth(n)
  if n == 0 then return 0 end
  return depth(n - 1) + 1
end

local sum = 0
for i = 1, factor do sum = sum + fib(24) end
for i = 1, factor * 500 do sum = sum + depth(400) end
print(sum)
