import sys


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def depth(n):
    if n == 0:
        return 0
    return depth(n - 1) + 1


def main(factor):
    total = 0
    for _ in range(factor):
        total += fib(24)
    for _ in range(factor * 500):
        total += depth(400)
    print(total)


main(int(sys.argv[1]))
