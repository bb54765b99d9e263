count=$(($1 * 100000))
text=""
for ((i = 1; i <= count; i++)); do text+="item $i, "; done
hits=0
for ((i = 1; i <= count; i++)); do
  name="slice-$i"
  if [[ $name == slice-777 || $name == slice-29* ]]; then hits=$((hits + 1)); fi
done
echo "${#text} $hits"
