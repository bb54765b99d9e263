local count = tonumber(arg[1]) * 300000
local list = {}
for i = 1, count do list[#list + 1] = i * 2 end
local sum = 0
for i = 1, count do sum = sum + list[i] end
for _, item in ipairs(list) do sum = sum + item end
print(sum)
