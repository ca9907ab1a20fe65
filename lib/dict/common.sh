#!/bin/sh
# Makes common.tsv, words that make nothing a name, from the dictionary of the segmenter jieba (Debian package
# python3-jieba 0.42.1, MIT License, by Sun Junyi): words of two characters and more that are frequent and no proper
# nouns. The same dictionary gives the same bytes.
#
#	common.sh > common.tsv
set -eu
echo '# Made by common.sh from the dictionary of jieba 0.42.1 (MIT License).'
echo word
LC_ALL=C awk '$2 >= 300 && length($1) >= 6 && length($1) <= 15 && $3 !~ /^(n[rstz]|j|l|i|eng|x)/ { print $1 }' \
	/usr/lib/python3/dist-packages/jieba/dict.txt | LC_ALL=C sort -u
