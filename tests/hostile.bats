load helper

record_filters='extract-numbers tag-entities bind-facts'

# facts_of TEXT: the raw of each number that the pipe reads out of it.
figures_of() {
	printf '%b\n' "$1" | normalize -f utf-8 | split-sections | extract-numbers | jq -rs '[.[].numbers[].raw] | join(" ")'
}

@test "a record nested 100,000 deep is refused by every filter, and the rest goes on" {
	printf 'term\n增长\n' >"$T/terms.tsv"
	{
		record '增长5%。'
		printf '{"text":"增长6%%。","x":' && printf '[%.0s' {1..100000} && printf ']%.0s' {1..100000} && echo '}'
		printf '{"text":"增长7%%。","numbers":' && printf '{"a":%.0s' {1..100000} && echo
		record '增长8%。'
	} >"$T/in"
	for tool in $record_filters 'to-tsv -t sections' to-html 'to-brat -t' "count-terms -t $T/terms.tsv"; do
		run -1 --separate-stderr $tool "$T/in"
		[ "$stderr" = "${tool%% *}: record 2: nested too deep
${tool%% *}: record 3: nested too deep" ]
		[ "$(grep -c '增长[58]%' <<<"$output")" -gt 0 ] || [ "${tool%% *}" = count-terms ]
	done
}

@test "half a surrogate pair is no text, passes where nobody reads it, and never becomes bytes" {
	printf '%s\n' '{"text":"增长\ud83d5%"}' '{"text":"增长5%","x":"\udc00","\ud800":1}' '{"text":"\ud83d\ude00增长5%"}' >"$T/in"
	for filter in $record_filters; do
		run -1 --separate-stderr $filter "$T/in"
		[ "$stderr" = "$filter: record 1: \"text\" is not a string of Unicode" ]
		[ "${#lines[@]}" = 2 ]
		[[ ${lines[0]} == *'"x":"\udc00","\ud800":1'* ]]
		printf '%s\n' "$output" | iconv -f utf-8 -t utf-8 >"$T/out"
	done
	sed -i 1,2d "$T/in"
	extract-numbers "$T/in" | jq -c '.numbers[] | [.start, .raw]' >"$T/out"
	printf '[3,"5%%"]\n' | same - "$T/out"
}

@test "a member twice is refused where it is read, however it is escaped, and passes where it is not" {
	printf '%s\n' '{"text":"a","te\u0078t":"b"}' '{"text":"a","numbers":[],"numbers":[]}' '{"text":"a","x":1,"x":2}' >"$T/in"
	for filter in $record_filters; do
		run -1 --separate-stderr $filter "$T/in"
		[ "$stderr" = "$filter: record 1: member \"text\" twice
$filter: record 2: member \"numbers\" twice" ]
		[[ $output == '{"text":"a","x":1,"x":2,'* ]]
	done
}

@test "a byte order mark is none in front of a file only" {
	{ printf '\xef\xbb\xbf' && record '增长5%。' && printf '\xef\xbb\xbf' && record '增长6%。'; } >"$T/in"
	for filter in $record_filters; do
		run -1 --separate-stderr $filter "$T/in"
		[ "$stderr" = "$filter: record 2: not a JSON value" ]
		run -1 --separate-stderr $filter "$T/in" "$T/in"
		[ "${#lines[@]}" = 2 ]
	done
	printf '\xef\xbb\xbf增\xef\xbb\xbf长5\xef\xbb\xbf0%%。\n\xef\xbb\xbf好。\n' | normalize >"$T/out"
	printf '增长50%%。\n好。\n' | same - "$T/out"
}

@test "letters and digits that only look like others are not taken for them; those of Unicode's other widths are" {
	[ -z "$(figures_of '增长5О%，建成З家，完成٥%')" ]
	[ "$(figures_of '投资𝟓𝟎亿元，建成５家')" = '50亿元 5家' ]
	[ "$(printf '增长5О%%\n' | normalize)" = '增长5О%' ]
}

@test "characters that turn the order of a line, hide or overwrite are taken out of the text, and say so" {
	printf '增长\u202e%%5\u202c，投\u2066资\u2069\u200b5亿\u00ad元\x1b[31m，\x08下降\x7f3%%。\n' >"$T/in"
	normalize --dropped "$T/dropped" "$T/in" >"$T/out"
	[ "$(grep -cP '[\x{202a}-\x{202e}\x{2066}-\x{2069}\x{200b}\x{ad}]' "$T/out")" = 0 ]
	[ "$(tail -n +2 "$T/dropped" | cut -f 2 | sort -u)" = invisible ]
	grep -q $'\tU+202E, 1 times\t' "$T/dropped"
	# What is not text may pass as data, but no terminal sees it in a message.
	split-sections "$T/out" | extract-numbers | tag-entities | bind-facts >"$T/records"
	[ "$(LC_ALL=C tr -d '\n\040-\176\200-\377' <"$T/records" | wc -c)" = 0 ]
}

@test "reports of nothing but control characters, quotes, brackets or emoji go through the pipe whole" {
	for text in '\x01\x02\x1f' '"' '“' '”' '（' '》' '😀' '\u0301' '\ue000' '\uffff' '𠮷' '\\\\' '\\\\u0000' '{' '["]'; do
		printf "$text%.0s" {1..2000}
		printf '\n\f\n'
	done | normalize -f utf-8 >"$T/text"
	split-sections "$T/text" | extract-numbers | tag-entities | bind-facts >"$T/records"
	[ "$(jq -s 'map(select(.type == "document")) | length' "$T/records")" -ge 12 ]
	jq -e 'has("numbers") and has("entities")' "$T/records" >"$T/ok"
	for table in documents sections numbers entities facts; do
		to-tsv -t $table "$T/records" | awk -F '\t' 'NR == 1 { n = NF } NF != n { exit 1 }'
	done
	to-html "$T/records" >"$T/page"
	to-brat -a "$T/records" >"$T/ann"
}

@test "what an input says never names a file that is read or made" {
	mkdir -p "$T/a/b"
	cd "$T/a/b"
	printf 'term\n增长\n' >"$T/terms.tsv"
	for name in ../out /tmp/gwr-hostile-name '$(touch x)' '-o x' $'a\nb'; do
		jq -nc --arg n "$name" '{doc: $n, seq: 0, type: "document", path: [$n], part: $n, kind: "report", title: $n, place: $n, adcode: $n, text: $n},
			{doc: $n, seq: 1, type: "paragraph", text: "增长5%，《\($n)》，“\($n)”"}' >"$T/in"
		extract-numbers "$T/in" | tag-entities | bind-facts >"$T/records"
		[ "$(jq -rs --arg n "$name" 'all(.doc == $n)' "$T/records")" = true ]
		for tool in 'to-tsv -t documents' to-html 'to-brat -t' 'to-brat -a' "count-terms -t $T/terms.tsv"; do
			$tool "$T/records" >"$T/made"
		done
		printf '%s\n' "$name" | normalize -f utf-8 | split-sections -n "$name" >"$T/made"
	done
	[ -z "$(ls -A "$T/a/b")" ] && [ "$(ls -A "$T/a")" = b ] && [ ! -e /tmp/gwr-hostile-name ]
}

@test "a file that shrinks or goes away while it is read gives what was there" {
	yes '{"text":"增长5%。"}' | head -n 3000 >"$T/in"
	for filter in $record_filters; do
		cp "$T/in" "$T/gone"
		mkfifo "$T/gate.$filter"
		# The first operand holds the filter up until the second is away.
		$filter "$T/gate.$filter" "$T/gone" >"$T/out" 2>"$T/err" &
		filter_pid=$!
		exec 7>"$T/gate.$filter"
		rm "$T/gone"
		exec 7>&-
		rc=0
		wait $filter_pid || rc=$?
		[ $rc = 3 ]
		[ "$(cat "$T/err")" = "$filter: $T/gone: No such file or directory" ]
		exec 8<"$T/in"
		cp "$T/in" "$T/kept"
		: >"$T/in"
		$filter <&8 >"$T/out"
		[ ! -s "$T/out" ]
		mv "$T/kept" "$T/in"
	done
}

@test "a file that may not be read: status 3 and a message" {
	[ "$(id -u)" != 0 ] || skip 'root may read all files'
	record '增长5%。' >"$T/in"
	chmod 000 "$T/in"
	for filter in $record_filters normalize split-sections; do
		run -3 --separate-stderr $filter "$T/in"
		[ "$stderr" = "$filter: $T/in: Permission denied" ]
	done
}
