"""The tasks of `rows` in Python, line by line: rows.py TASK INPUT [OUTPUT]."""
import json, sys
from collections import Counter

task, path = sys.argv[1:3]


def rows():
    with open(path) as lines:
        for line in lines:
            yield json.loads(line)


def is_wanted(row):
    return row["snapshot_size"] > 40 and row["perms"] == "rw"


if task == "count":
    print(sum(1 for _ in rows()))
elif task == "filter":
    print(sum(1 for row in rows() if is_wanted(row)))
elif task == "sum":
    print(sum(row["snapshot_size"] for row in rows()))
elif task == "sort":
    for row in sorted(rows(), key=lambda row: row["created"], reverse=True)[:10]:
        print(row["id"])
elif task == "group":
    for name, count in Counter(row["vmname"] for row in rows()).items():
        print(f"{name} {count}")
elif task == "write":
    with open(sys.argv[3], "w") as out:
        for row in rows():
            if is_wanted(row):
                out.write(json.dumps(row, separators=(",", ":"), ensure_ascii=False) + "\n")
