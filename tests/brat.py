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
        start, end = int(head[1]), int(head[2])
        assert start < end and text[start:end] == fields[2], line
    elif line[0] == "R":
        assert all(argument.split(":")[1] in ids for argument in head[1:]), line
    else:
        assert head[1] in ids, line
