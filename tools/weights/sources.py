#!/usr/bin/env python3
"""Lists the recordings that weights learned from, with licence and origin, as CSV on standard output.

    tools/weights/sources.py SOUNDS/SOURCES.csv DATA/dataset.json... [earlier SOURCES.csv...]

Recordings of the test split alone are left out. An earlier list, of weights that training went on
from, is taken over; a recording that another form of file holds now is listed once.
"""

import csv
import json
import os
import sys

sources = {row["file"]: row for row in csv.DictReader(open(sys.argv[1], encoding="utf-8"))}
rows = {}
for path in sys.argv[2:]:
    if path.endswith(".csv"):
        for row in csv.DictReader(open(path, encoding="utf-8")):
            rows.setdefault(os.path.splitext(row["recording"])[0], row)
        continue
    for used in json.load(open(path, encoding="utf-8"))["recordings"]:
        if set(used["splits"]) - {"test"}:
            row = sources[used["name"]]
            rows[os.path.splitext(used["name"])[0]] = {
                "recording": used["name"],
                "licence": row["licence"],
                "source": row["source"],
                "original": row["original_path"],
            }
out = csv.DictWriter(sys.stdout, ["recording", "licence", "source", "original"], lineterminator="\n")
out.writeheader()
out.writerows(rows[name] for name in sorted(rows))
