import sys


def main(count):
    text = ""
    for i in range(1, count + 1):
        text += f"item {i}, "
    hits = 0
    for i in range(1, count + 1):
        name = f"slice-{i}"
        if name == "slice-777" or name.startswith("slice-29"):
            hits += 1
    print(f"{len(text)} {hits}")


main(int(sys.argv[1]) * 100000)
