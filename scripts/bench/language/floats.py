import sys


def main(factor):
    inside = 0
    for row in range(1, factor * 150 + 1):
        for column in range(1, 151):
            x = column / 75.0 - 1.5
            y = row / (75.0 * factor) - 1.0
            a = b = 0.0
            steps = 0
            while steps < 100 and a * a + b * b < 4.0:
                next_a = a * a - b * b + x
                b = 2.0 * a * b + y
                a = next_a
                steps += 1
            if steps == 100:
                inside += 1
    print(inside)


main(int(sys.argv[1]))
