"""The table of `completion`: the fixture's own figures, and sqlite3 and grep for the same texts."""
import shutil, sqlite3, subprocess, sys, time

fixture, folder = sys.argv[1:]
texts = [line.rstrip("\n").partition(" ")[::2] for line in open(f"{folder}/parts")]
rows = [line.rstrip("\n").split("\t") for line in open(f"{folder}/rows")]


def show(tool, kind, times, note=""):
    times.sort()
    middle, late = times[len(times) // 2], times[len(times) * 99 // 100]
    print(f"{tool:<22} {kind:<6} {middle:9.3f} {late:9.3f} {times[-1]:9.3f}  {note}")


print(f"{len(rows)} snapshots; milliseconds of CPU time (grep: wall)")
print(open(f"{folder}/written").read().replace("\t", " in ").strip() + " ms")
print(f"{'':<22} {'':<6} {'p50':>9} {'p99':>9} {'most':>9}")
for line in subprocess.run(
    [fixture, "tab", folder, f"{folder}/parts"], check=True, capture_output=True, text=True
).stdout.splitlines():
    fields = line.split("\t")
    if fields[0] in ("open", "first"):
        print(f"{'snapsh':<22} {fields[0]:<6} {float(fields[1]):9.3f}")
    elif fields[0] == "memory":
        memory = f"snapsh: {fields[1]} kB of its own, {fields[2]} kB of the file after all texts"
    else:
        figures = "".join(f" {float(number):9.3f}" for number in fields[1:4])
        print(f"{'snapsh':<22} {fields[0]:<6}{figures}  {fields[4]} candidates")

database = sqlite3.connect(f"{folder}/rows.db")
database.execute("CREATE TABLE s(id INTEGER PRIMARY KEY, name TEXT, slice TEXT, created INTEGER)")
database.executemany("INSERT INTO s VALUES(?, ?, ?, ?)", rows)
database.execute("CREATE INDEX newest ON s(created DESC)")
database.execute("CREATE VIRTUAL TABLE f USING fts5(name, tokenize='trigram')")
database.execute("INSERT INTO f(rowid, name) SELECT id, name FROM s ORDER BY created")
database.commit()


def query(label, kinds, sql, argument, sample):
    for kind in kinds:
        times = []
        for _, text in [pair for pair in texts if pair[0] == kind and len(pair[1]) > 2][:sample]:
            start = time.process_time()
            database.execute(sql, (argument(text),)).fetchall()
            times.append((time.process_time() - start) * 1000)
        show(label, kind, times)


query(
    "sqlite3 FTS5 trigram", ["name", "none"],
    "SELECT s.* FROM f JOIN s ON s.id = f.rowid WHERE f.name MATCH ? ORDER BY f.rowid DESC LIMIT 200",
    lambda text: '"' + text.replace('"', '""') + '"', 1000)
query(
    "sqlite3 LIKE", ["name", "none"],
    "SELECT * FROM s WHERE name LIKE ? ORDER BY created DESC LIMIT 200",
    lambda text: f"%{text}%", 50)
if shutil.which("grep"):
    for kind in ["name", "none"]:
        times = []
        for _, text in [pair for pair in texts if pair[0] == kind and pair[1]][:50]:
            start = time.monotonic()
            subprocess.run(
                ["grep", "-F", "-m", "200", "-e", text, f"{folder}/rows"], stdout=subprocess.DEVNULL)
            times.append((time.monotonic() - start) * 1000)
        show("grep -F -m 200", kind, times)
print(memory)
