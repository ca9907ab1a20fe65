#!/usr/bin/python3
"""brat.py TEXT ANN: checks a document as brat does: the words of every span stand where it says, every id is given
once, and known where it is spoken of."""
import sys

text = open(sys.argv[1], encoding="utf-8", newline="").read()
ids = set()
for line in open(sys.argv[2], encoding="utf-8", newline=""):
    fields = line.rstrip("\n").split("\t")
    assert len(fields) == (2 if line[0] == "R" else 3), line
    assert fields[0] not in ids, line
    ids.add(fields[0])
    head = fields[1].split(" ")
    if line[0] == "T":
        spans = [tuple(map(int, span.split(" "))) for span in fields[1].partition(" ")[2].split(";")]
        assert all(start < end for start, end in spans), line
        assert " ".join(text[start:end] for start, end in spans) == fields[2], line
    elif line[0] == "R":
        assert all(argument.split(":")[1] in ids for argument in head[1:]), line
    else:
        assert head[1] in ids, line
