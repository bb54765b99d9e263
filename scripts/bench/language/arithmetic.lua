local factor = tonumber(arg[1])
local sum = 0
for i = 1, factor * 3000000 do sum = sum + i * i % 7 end
local even = 0
local i = 0
while i < factor * 2000000 do
  if i % 2 == 0 then even = even + 1 else even = even - 1 end
  i = i + 1
end
print(sum .. " " .. even)
