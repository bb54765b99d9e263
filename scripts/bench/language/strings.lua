local count = tonumber(arg[1]) * 100000
local parts = {}
for i = 1, count do parts[#parts + 1] = "item " .. i .. ", " end
local text = table.concat(parts)
local hits = 0
for i = 1, count do
  local name = "slice-" .. i
  if name == "slice-777" or name:sub(1, 8) == "slice-29" then hits = hits + 1 end
end
print(#text .. " " .. hits)
