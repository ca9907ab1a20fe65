"""words.py NAMES FILE: the words of FILE, by jieba."""
import logging
import sys

import jieba

jieba.setLogLevel(logging.ERROR)
jieba.load_userdict(sys.argv[1])
for line in open(sys.argv[2], encoding="utf-8"):
    sys.stdout.write("\t".join(jieba.cut(line)))
