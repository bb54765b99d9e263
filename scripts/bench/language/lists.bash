count=$(($1 * 300000))
list=()
for ((i = 1; i <= count; i++)); do list+=($((i * 2))); done
sum=0
for ((i = 0; i < count; i++)); do sum=$((sum + list[i])); done
for item in "${list[@]}"; do sum=$((sum + item)); done
echo "$sum"
