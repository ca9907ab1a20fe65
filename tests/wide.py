#!/usr/bin/python3
"""wide.py WIDE.csv PANEL.tsv: every figure of a single year in the panel stands in its cell of the wide table, and no other."""
import csv
import sys

with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    head, *rows = csv.reader(file, strict=True)
with open(sys.argv[2], encoding="utf-8", newline="") as file:
    panel = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

assert head[:3] == ["地区", "地区代码", "年份"]
assert len(set(head)) == len(head)
assert all(len(row) == len(head) for row in rows)
assert len({tuple(row[:3]) for row in rows}) == len(rows)
single = [r for r in panel if r["period"].isdigit() and len(r["period"]) == 4 and (r["place"] or r["adcode"])]
want = sorted((r["place"], r["period"], r[f"{s}_sign"].replace("1", "") + r[s]) for r in single for s in ("actual", "target") if r[s])
got = sorted((row[0], row[2], cell) for row in rows for cell in row[3:] if cell)
assert want == got, (len(want), len(got))
assert want
