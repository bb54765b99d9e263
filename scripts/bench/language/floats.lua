local factor = tonumber(arg[1])
local inside = 0
for row = 1, factor * 150 do
  for column = 1, 150 do
    local x = column / 75.0 - 1.5
    local y = row / (75.0 * factor) - 1.0
    local a, b, steps = 0.0, 0.0, 0
    while steps < 100 and a * a + b * b < 4.0 do
      local next = a * a - b * b + x
      b = 2.0 * a * b + y
      a = next
      steps = steps + 1
    end
    if steps == 100 then inside = inside + 1 end
  end
end
print(inside)
