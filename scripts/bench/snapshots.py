#!/usr/bin/env python3
"""Snapshots as the list of all of them has them, as JSON lines on stdout; the same for a seed."""
import datetime, json, random, sys

count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
chance = random.Random(seed)
epoch = datetime.datetime(2024, 1, 1)
regions = ["SFO1", "AMS3", "FRA2", "NYC1"]
lines = []
for number in range(count):
    slice_id = chance.randrange(1000, 6000)
    created = epoch + datetime.timedelta(microseconds=chance.randrange(60_000_000_000_000))
    row = {
        "created": created.strftime("%Y-%m-%d %H:%M:%S.%f"),
        "datacenter_id": chance.randrange(1, 9),
        "duration": f"{chance.randrange(60):02}s",
        "id": 10_000 + number,
        "in_progress": None,
        "legacy": None,
        "name": f"{slice_id}-web-{chance.randrange(1_700_000_000, 1_800_000_000)}",
        "perms": "rw" if chance.random() < 0.6 else "ro",
        "progress": None,
        "region": chance.choice(regions),
        "snapshot_size": chance.randrange(1, 80),
        "vm_datacenter_id": chance.randrange(1, 9),
        "vm_deleted": None,
        "vm_id": slice_id,
        "vm_perms": "rw",
        "vm_user_id": chance.randrange(1000, 1500),
        "vmname": f"web-{slice_id}.example.com",
    }
    lines.append(json.dumps(row, separators=(",", ":")))
    if len(lines) == 10_000:
        sys.stdout.write("\n".join(lines) + "\n")
        lines = []
sys.stdout.write("".join(line + "\n" for line in lines))
