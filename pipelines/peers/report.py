"""report.py FILE: a report as a table of figures, the way one script would do it: NFKC, paragraphs, numbers by a
regular expression, words and names by jieba, each figure bound to the noun before it."""
import logging
import re
import sys
import unicodedata

import jieba
import jieba.posseg

jieba.setLogLevel(logging.ERROR)
HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])")
NUMBER = re.compile(
    r"(?P<figure>[0-9]+(?:\.[0-9]+)?|[一二三四五六七八九十百千两]+)(?P<scale>[万亿]*)"
    r"(?P<unit>%|个百分点|元|人次|人|家|个|项|公里|平方米|亩|吨|倍|番|年|月|日)"
)
SCALE = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
GROWTH = re.compile(r"增长|下降|提高|降低|减少")

section = ""
print("section", "subject", "measure", "figure", "unit", "places", "bodies", sep="\t")
for line in open(sys.argv[1], encoding="utf-8"):
    text = unicodedata.normalize("NFKC", line).strip()
    if not text:
        continue
    if HEADING.match(text) and len(text) < 40:
        section = text
        continue
    words, at = [], 0
    for word, flag in jieba.posseg.cut(text):
        words.append((at, word, flag))
        at += len(word)
    places = "|".join(word for _, word, flag in words if flag == "ns")
    bodies = "|".join(word for _, word, flag in words if flag == "nt")
    for m in NUMBER.finditer(text):
        before = [word for at, word, flag in words if m.start() - 30 < at < m.start() and flag.startswith("n")]
        figure = m["figure"]
        if figure[0].isdigit():
            figure = str(float(figure) * SCALE.get(m["scale"], 1))
        measure = "growth" if GROWTH.search(text, max(0, m.start() - 6), m.start()) else "level"
        print(section, before[-1] if before else "", measure, figure, m["unit"], places, bodies, sep="\t")
