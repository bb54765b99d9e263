import sys


def main(factor):
    total = 0
    for i in range(1, factor * 3000000 + 1):
        total += i * i % 7
    even = 0
    i = 0
    while i < factor * 2000000:
        if i % 2 == 0:
            even += 1
        else:
            even -= 1
        i += 1
    print(f"{total} {even}")


main(int(sys.argv[1]))
