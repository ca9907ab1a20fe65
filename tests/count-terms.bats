load helper

list() {
	printf '%s\n' "$@" >"$T/水.tsv"
}

text() {
	record "$1" | count-terms -t "$T/水.tsv" "${@:2}" | tail -n +2 | cut -f 6-
}

@test "count-terms: golden cases" {
	golden count-terms
}

@test "count-terms: the longest word wins and words do not overlap" {
	list term 污水 污水处理 水处理厂 处理
	[ "$(text 污水处理厂 -e)" = "$(printf '\t污水处理\t1\t5\t5\t')" ]
	[ "$(text 污水水处理厂处理 -e | wc -l)" = 3 ]
	list term 甲甲
	[ "$(text 甲甲甲甲甲 | cut -f 2)" = 2 ]
}

@test "count-terms: a category that does not occur has a row with 0, its denominators with it" {
	list $'category\tterm' $'水\t河' $'气\t霾'
	[ "$(text '大 河，3条。' | head -1)" = "$(printf '水\t1\t6\t3\t')" ]
	[ "$(text '大 河，3条。' | tail -1)" = "$(printf '气\t0\t6\t3\t')" ]
}

@test "count-terms: lists do not disturb one another" {
	list term 污水处理
	printf 'term\n污水\n' >"$T/b.tsv"
	record 污水处理 | count-terms -t "$T/水.tsv" -t "$T/b.tsv" | cut -f 5,7 >"$T/out"
	printf 'list\tcount\n水\t1\nb\t1\n' | same - "$T/out"
}

@test "count-terms: characters are those that are not white space" {
	list term 无
	text $'甲 乙\t丙\u3000丁\u00a0A1。' >"$T/out"
	printf '\t0\t7\t4\t\n' | same - "$T/out"
}

@test "count-terms: words are summed when every record has them, else left empty" {
	list term 无
	{
		record 甲 'words: 2'
		record 乙 'words: 3'
	} | count-terms -t "$T/水.tsv" | tail -1 | cut -f 10 >"$T/out"
	echo 5 | same - "$T/out"
	{
		record 甲 'words: 2'
		record 乙
	} | count-terms -t "$T/水.tsv" | tail -1 | cut -f 10 >"$T/out"
	echo | same - "$T/out"
	run -1 count-terms -t "$T/水.tsv" <<<'{"text":"甲","words":"two"}'
}

@test "count-terms: the figures of the parts, and those of the sections, add up to the document's" {
	set -- "$BUILD"/out/*.jsonl
	[ -e "$1" ] || skip 'no records made yet: run make'
	for by in document part section; do
		count-terms -t "$ROOT/lib/dict/terms/环保.tsv" -t "$ROOT/lib/dict/terms/民生.tsv" -b $by "$@" >"$T/$by"
		awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
			{ k = $1 FS $at["list"] FS $at["category"]; n[k] += $at["count"]; c[k] += $at["characters"] }
			END { for (k in n) print k, n[k], c[k] }' "$T/$by" | sort >"$T/$by.sum"
	done
	[ -s "$T/document.sum" ]
	same "$T/document.sum" "$T/part.sum"
	same "$T/document.sum" "$T/section.sum"
}

@test "count-terms: an empty input gives the header, a full disk 3" {
	list term 河
	[ "$(count-terms -t "$T/水.tsv" </dev/null | wc -l)" = 1 ]
	run -3 bash -c "count-terms -t '$T/水.tsv' </dev/null >/dev/full"
}

@test "count-terms: a list that makes no sense is refused with 2, one that is not there with 3" {
	run -2 count-terms
	list word 河
	run -2 count-terms -t "$T/水.tsv"
	list term 河 湖 河
	run -2 --separate-stderr count-terms -t "$T/水.tsv"
	[[ $stderr == *'term twice: 河' ]]
	list term
	run -2 count-terms -t "$T/水.tsv"
	run -3 count-terms -t "$T/none.tsv"
	list term 河
	run -2 count-terms -t "$T/水.tsv" -b page
}

@test "count-terms: the example lists are well formed and have no word twice" {
	for file in "$ROOT"/lib/dict/terms/*.tsv; do
		count-terms -t "$file" </dev/null
		[ "$(grep -vc '^#' "$file")" -gt 80 ]
	done
}

@test "count-words: adds the number of words, leaves the rest of the line alone, changes nothing the second time" {
	/usr/bin/python3 -c 'import jieba' 2>/dev/null || skip 'no python3-jieba'
	echo '{"text":"治理河湖，3条。","x":1.10}' >"$T/in"
	"$ROOT/pipelines/count-words" "$T/in" >"$T/out"
	echo '{"text":"治理河湖，3条。","x":1.10,"words":4}' | same - "$T/out"
	"$ROOT/pipelines/count-words" "$T/out" | same "$T/out" -
}
