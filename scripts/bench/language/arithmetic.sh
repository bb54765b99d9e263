sum=0
i=1
end=$(($1 * 3000000))
while [ "$i" -le "$end" ]; do sum=$((sum + i * i % 7)); i=$((i + 1)); done
even=0
i=0
end=$(($1 * 2000000))
while [ "$i" -lt "$end" ]; do
  if [ $((i % 2)) -eq 0 ]; then even=$((even + 1)); else even=$((even - 1)); fi
  i=$((i + 1))
done
echo "$sum $even"
