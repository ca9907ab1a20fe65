load helper

# The text of the records laid end to end, head and markers included, without spaces: what must have been the input.
laid_out() {
	jq -rj '
		. as $r |
		reduce ((.note_refs // []) | reverse)[] as $n (.text; .[:$n.at] + ($n.label | rtrimstr(".")) + .[$n.at:]) |
		($r.label // "") + .' "$1" | tr -d ' \n'
}

@test "reports of every layout come out as the golden records" {
	golden split-sections
}

@test "no text is lost: records laid end to end are the input" {
	for f in "$CASES"/split-sections/*.in; do
		split-sections "$f" >"$T/records"
		laid_out "$T/records" >"$T/got"
		tr -d ' \n\f' <"$f" >"$T/want"
		same "$T/want" "$T/got" || { echo "$f"; false; }
	done
}

@test "markers stand within the text, in order" {
	for f in "$CASES"/split-sections/*.in; do
		split-sections "$f" |
			jq -e '.text as $t | [.note_refs[]?.at] | . == sort and all(. <= ($t | length))' >/dev/null || [ ! -s "$f" ]
	done
}

@test "what the pieces are in which the input arrives makes no difference" {
	cd "$CASES/split-sections"
	for f in aggregator glossary formfeed; do
		dd if=$f.in bs=7 status=none | dd bs=1 status=none | split-sections >"$T/got"
		same $f.out "$T/got"
	done
}

@test "line breaks with carriage returns and a missing last one make no difference" {
	cd "$CASES/split-sections"
	sed 's/$/\r/' glossary.in | head -c -2 | split-sections >"$T/got"
	same glossary.out "$T/got"
}

@test "several files are documents of their own names, in order" {
	cd "$T"
	cp "$CASES/split-sections/lines.in" 一.txt
	cp "$CASES/split-sections/formfeed.in" "b c.d.txt"
	split-sections 一.txt "b c.d.txt" >out
	[ "$(jq -rs 'map(.doc) | unique_by(.) | join(" ")' out)" = "b c.d#1 b c.d#2 一" ]
	[ "$(jq -s 'map(select(.doc == "一").seq) == [range(map(select(.doc == "一")) | length)]' out)" = true ]
}

@test "a name given with -n takes the place of the file's" {
	cd "$CASES/split-sections"
	[ "$(split-sections -n 'a"b' lines.in | jq -rs 'map(.doc) | unique[0]')" = 'a"b' ]
	[ "$(split-sections --name=x formfeed.in | jq -rs 'map(.doc) | unique | join(" ")')" = 'x#1 x#2' ]
}

@test "a line that is not UTF-8 is named and left out, the rest goes on" {
	run -1 --separate-stderr split-sections <<<$'前一行。\n\xff\xfe坏\n后一行。'
	[ "$(jq -rs 'map(select(.seq > 0).text) | join("")' <<<"$output")" = '前一行。后一行。' ]
	[ "$stderr" = 'split-sections: -: line 2: not UTF-8' ]
}

@test "a document longer than what is held keeps its numbering, headings and text" {
	{
		sed -n 1,12p "$CASES/split-sections/lines.in"
		for ((i = 0; i < 3000; i++)); do
			printf '这是第%d段，写的是无关紧要的内容，只为了让文件变得很长很长，%0300d。\n' "$i" 0
		done
		sed -n '13,$p' "$CASES/split-sections/lines.in"
	} >"$T/long"
	split-sections "$T/long" >"$T/out"
	laid_out "$T/out" >"$T/got"
	tr -d ' \n' <"$T/long" >"$T/want"
	same "$T/want" "$T/got"
	[ "$(jq -s 'map(.seq) == [range(length)]' "$T/out")" = true ]
	[ "$(jq -rs 'map(select(.level) | .text) | last' "$T/out")" = 加强政府自身建设 ]
}

@test "texts of nothing but headings, labels, notes or one line are read in time" {
	yes '一、标题' | head -n 100000 >"$T/1"
	yes '（一）甲，乙丙丁戊己庚辛（二）壬癸' | head -n 60000 | tr -d '\n' >"$T/2"
	{ echo 名词解释; seq 200000 | sed 's/.*/&.术语&。指某事/'; } >"$T/3"
	yes '1.一2.二“三”3、四。' | head -n 100000 | tr -d '\n' >"$T/4"
	yes '一' | head -n 3000000 | tr -d '\n' >"$T/5"
	yes '短标题文字' | head -n 200000 >"$T/6"
	for i in 1 2 3 4 5 6; do
		timeout 20 split-sections "$T/$i" >"$T/out" || { echo "input $i"; false; }
		laid_out "$T/out" >"$T/got"
		tr -d ' \n' <"$T/$i" >"$T/want"
		cmp "$T/want" "$T/got" || { echo "input $i"; false; }
	done
}

@test "options that make no sense are refused" {
	run -2 split-sections --nonsense </dev/null
	run -3 split-sections "$T/missing"
	run -3 bash -c 'split-sections "$1" >/dev/full' _ "$CASES/split-sections/lines.in"
}
