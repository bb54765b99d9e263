import sys


def main(count):
    items = []
    for i in range(1, count + 1):
        items.append(i * 2)
    total = 0
    for i in range(count):
        total += items[i]
    for item in items:
        total += item
    print(total)


main(int(sys.argv[1]) * 300000)
