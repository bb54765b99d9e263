# The results stand in a variable, since $(…) would start a process each time.
fib() {
  if [ "$1" -lt 2 ]; then result=$1; return; fi
  fib $(($1 - 1)); set -- "$1" "$result"
  fib $(($1 - 2)); result=$(($2 + result))
}
depth() {
  if [ "$1" -eq 0 ]; then result=0; return; fi
  depth $(($1 - 1)); result=$((result + 1))
}
sum=0
i=0
while [ "$i" -lt "$1" ]; do fib 24; sum=$((sum + result)); i=$((i + 1)); done
i=0
while [ "$i" -lt $(($1 * 500)) ]; do depth 400; sum=$((sum + result)); i=$((i + 1)); done
echo "$sum"
