local rows = {}
for i = 1, tonumber(arg[1]) * 100000 do
  rows[#rows + 1] = {id = i, size = i % 50, name = "auto", kept = true}
end
local size, count = 0, 0
for _, row in ipairs(rows) do
  if row.kept and row.size > 20 then size = size + row.size; count = count + 1 end
end
print(size .. " " .. count)
