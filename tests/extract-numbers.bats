load helper

# The numbers of records as the column "expected" of numbers.tsv has them.
compact='def n: [.raw, .kind, (.value // (.min + "..")) + (.max // "") + (if .per then ":" + .per else "" end), .unit // "-", .bound // "="] | join("|");
	[.numbers[] | n] | if . == [] then "-" else join(" ; ") end'

# Records out of the first column of numbers.tsv.
texts() {
	tail -n +2 "$CASES/extract-numbers/numbers.tsv" | jq -Rc 'split("\t") | {doc: "case", seq: input_line_number, text: .[0]}'
}

@test "every case of the table of numbers comes out as the table says" {
	texts >"$T/in"
	extract-numbers "$T/in" >"$T/records"
	jq -r "$compact" "$T/records" >"$T/got"
	tail -n +2 "$CASES/extract-numbers/numbers.tsv" | cut -f2 >"$T/want"
	paste <(tail -n +2 "$CASES/extract-numbers/numbers.tsv" | cut -f1,3) "$T/want" "$T/got" |
		awk -F'\t' '$3 != $4 {print $1 " (" $2 ")\n  want " $3 "\n  got  " $4}'
	same "$T/want" "$T/got"
}

@test "the table of numbers has 400 cases, names among them, each with what it guards" {
	awk -F'\t' 'NR > 1 {n++; if ($2 == "-") names++; if (NF != 3 || $3 == "") exit 1} END {exit !(n >= 400 && names >= 100)}' \
		"$CASES/extract-numbers/numbers.tsv"
}

@test "raw is what stands between the offsets, in code points" {
	texts | extract-numbers >"$T/out"
	offsets "$T/out" numbers
	record '𠮷村新增😀企业12家，增长5%' | extract-numbers >"$T/out"
	offsets "$T/out" numbers
	[ "$(jq -r '.numbers[0].start' "$T/out")" = 7 ]
}

@test "a second run gives the same bytes" {
	texts | extract-numbers >"$T/once"
	extract-numbers "$T/once" >"$T/twice"
	cmp "$T/once" "$T/twice"
}

@test "the array is written also where there is no number" {
	[ "$(record '加强改革' | extract-numbers | jq -c .numbers)" = '[]' ]
	[ "$(record '' | extract-numbers | jq -c .numbers)" = '[]' ]
}

@test "members that the filter does not know pass byte for byte" {
	echo '{"a": 1.10, "text": "5家" ,"b":{"x":[1e999]}}' | extract-numbers >"$T/got"
	echo '{"a": 1.10, "text": "5家" ,"b":{"x":[1e999]},"numbers":[{"start":0,"end":2,"raw":"5家","kind":"quantity","value":"5","unit":"{家}"}]}' >"$T/want"
	same "$T/want" "$T/got"
}

@test "what the record writes with escapes comes out as what it means, with escapes only where they must be" {
	printf '%s\n' '{"text":"\u589e\u957f\u0035\u0025，\t建成3\u5bb6\"大\"工厂"}' | extract-numbers >"$T/out"
	offsets "$T/out" numbers
	[ "$(jq -r '.numbers[].raw' "$T/out" | paste -sd' ')" = '5% 3家' ]
	grep -qF '"raw":"3家"' "$T/out"
	printf '%s\n' '{"doc":"a\tb\\","seq":7,"text":"\u589e\u957f5%"}' | extract-numbers --explain | tail -n 1 >"$T/out"
	printf 'a\\tb\\\\\t7\t2\t4\t5%%\ttaken\tpercent\n' | cut -f 1-6 >"$T/want"
	same "$T/want" <(cut -f 1-6 "$T/out")
}

@test "--explain accounts for every digit and every numeral" {
	texts >"$T/in"
	extract-numbers --explain "$T/in" >"$T/table"
	jq -rn --slurpfile r "$T/in" --rawfile t "$T/table" '
		($t | split("\n")[1:-1] | map(split("\t")) | group_by(.[1]) | map({key: .[0][1], value: .}) | from_entries) as $rows
		| $r[] | . as $rec | ($rows[$rec.seq | tostring] // []) as $mine
		| range($rec.text | length) as $i | $rec.text[$i:$i + 1]
		| select(test("[0-9〇一二三四五六七八九十百千万亿两]"))
		| select(all($mine[]; (.[2] | tonumber) > $i or (.[3] | tonumber) <= $i))
		| [$rec.text, $i, .] | @tsv' >"$T/lost"
	same /dev/null "$T/lost"
	[ "$(head -1 "$T/table")" = "$(printf 'doc\tseq\tstart\tend\traw\tdecision\trule')" ]
}

@test "what --explain calls taken is what the records have" {
	texts >"$T/in"
	extract-numbers --explain "$T/in" | awk -F'\t' '$6 == "taken" {print $2 "\t" $3 "\t" $4 "\t" $5}' >"$T/taken"
	extract-numbers "$T/in" | jq -r '.seq as $s | .numbers[] | [$s, .start, .end, .raw] | @tsv' >"$T/numbers"
	same "$T/numbers" "$T/taken"
}

@test "units of the user's own are read, and replace the suite's" {
	printf 'unit\tsurface\tnote\n{毡房}\t毡房\tyurts\n[acr_us]\t亩\tanother opinion\n' >"$T/own.tsv"
	record '新建35毡房，占地20亩，种草3万家' | extract-numbers -u "$T/own.tsv" | jq -r '.numbers[].unit' >"$T/got"
	printf '{毡房}\n[acr_us]\n{家}\n' >"$T/want"
	same "$T/want" "$T/got"
}

@test "a dictionary that makes no sense is named with its line, and gives 2" {
	printf 'surface\tunit\tkind\n毡房\t{毡房}\tweight\n' >"$T/own.tsv"
	run -2 --separate-stderr extract-numbers -u "$T/own.tsv" </dev/null
	[ "$stderr" = "extract-numbers: $T/own.tsv: line 2: no such kind of unit" ]
	printf 'surface\tcode\n' >"$T/own.tsv"
	run -2 extract-numbers -u "$T/own.tsv" </dev/null
	run -3 extract-numbers -u "$T/none.tsv" </dev/null
}

@test "records that are none are named, and the rest is done" {
	printf '%s\n' '{"text":"3家"}' '{"text":3}' 'x' '{"text":"4家"}' >"$T/in"
	run -1 --separate-stderr extract-numbers "$T/in"
	[ "${#lines[@]}" = 2 ]
	[ "${#stderr_lines[@]}" = 2 ]
	[[ ${stderr_lines[0]} == "extract-numbers: record 2: "* ]]
}

@test "a numeral of a million digits is read in a moment, exactly" {
	jq -nc '{text: ("产值" + ("12345678901234567890" * 50000) + "亿元，" + ("三" * 300000) + "，" + ("亿" * 300000) + ("1," * 200000) + ("“" * 100000) + ("1—" * 100000))}' >"$T/in"
	timeout 20 extract-numbers "$T/in" >"$T/out"
	[ "$(jq -r '.numbers[0].value | length, .[0:5], .[-10:]' "$T/out" | paste -sd' ')" = '1000008 12345 9000000000' ]
}

@test "a record of many numbers is done a part at a time, as if it were done at once" {
	jq -nc '{text: ([range(6000) | "第\(.)组有\(. + 1)人、\(. + 2)人，涨\(. % 7).5、1.25、3.5%；"] | join(""))}' >"$T/in"
	extract-numbers "$T/in" >"$T/out"
	offsets "$T/out" numbers
	jq -r '.text' "$T/in" | sed 's/；/；\n/g' | head -n 6000 | jq -Rc '{text: .}' | extract-numbers |
		jq -r '.numbers[] | del(.start, .end) | tojson' >"$T/want"
	jq -r '.numbers[] | del(.start, .end) | tojson' "$T/out" >"$T/got"
	[ "$(wc -l <"$T/got")" -gt 20000 ]
	cmp "$T/want" "$T/got"
}

@test "no record of a megabyte takes much memory" {
	[[ $BUILD != */asan ]] || skip 'sanitizers take more'
	for piece in '1、' '%1' '1县' '一二三' '1,' '12' '第一' '1:' '“1”'; do
		jq -nc --arg p "$piece" '{text: ($p * (1000000 / ($p | utf8bytelength) | floor))}' >"$T/in"
		(ulimit -d 12288 && extract-numbers "$T/in" && extract-numbers --explain "$T/in") >/dev/null ||
			{ echo "needs much: $piece"; false; }
	done
}

@test "no text takes more than time in its length" {
	for piece in '第' '每' '翻了' '近' '一百' '十' '1:' '2020年' '3月' '百分之' '1/' '5家、' '“1' '"1' '8成' 'A1' '+1' '数' '几' '一、' '5—'; do
		jq -nc --arg p "$piece" '{text: ($p * 30000)}' >"$T/in"
		timeout 20 extract-numbers "$T/in" >"$T/out" || { echo "slow or broken: $piece"; false; }
		jq -e . "$T/out" >"$T/ok"
	done
}
