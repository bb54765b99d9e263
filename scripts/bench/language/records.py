import sys


def main(count):
    rows = []
    for i in range(1, count + 1):
        rows.append({"id": i, "size": i % 50, "name": "auto", "kept": True})
    size = kept = 0
    for row in rows:
        if row["kept"] and row["size"] > 20:
            size += row["size"]
            kept += 1
    print(f"{size} {kept}")


main(int(sys.argv[1]) * 100000)
