load helper

# The filters from text on: what each reads, in the order of the pipe.
record_filters='extract-numbers tag-entities bind-facts'

# pipe NAME: the whole pipe, from standard input.
pipe() {
	normalize | split-sections -n "$1" | extract-numbers | tag-entities | bind-facts
}

# What comes of each specimen at each stage, made once for all tests of this file.
setup_file() {
	local f name
	for f in "$ROOT"/seeds/*; do
		name=$(basename "$f" .txt)
		mkdir -p "$BATS_FILE_TMPDIR/$name"
		cd "$BATS_FILE_TMPDIR/$name"
		normalize "$f" >normalize
		split-sections -n "$name" normalize >split-sections
		extract-numbers split-sections >extract-numbers
		tag-entities extract-numbers >tag-entities
		bind-facts tag-entities >bind-facts
	done
}

setup() {
	cd "$BATS_FILE_TMPDIR"
	specimens=(*/)
	specimens=("${specimens[@]%/}")
}

# input_of FILTER: the stage that FILTER reads.
input_of() {
	case $1 in
	split-sections) echo normalize ;;
	extract-numbers) echo split-sections ;;
	tag-entities) echo extract-numbers ;;
	bind-facts) echo tag-entities ;;
	to-tsv | to-html | to-brat | count-terms) echo bind-facts ;;
	esac
}

@test "every number and entity stands where its offsets say, and so does the subject of every fact" {
	for s in "${specimens[@]}"; do
		offsets "$s/bind-facts" numbers
		offsets "$s/bind-facts" entities
		# A subject of several stretches of text is an array of them.
		jq -es 'def list: if type == "array" then . else [.] end;
			all(.[]; . as $r | all(.facts[]? | select(has("subject")); . as $f | ($f.subject | list) as $parts |
				[$f.subject_start, $f.subject_end | list] | transpose | [.[] | $r.text[.[0]:.[1]]] == $parts))' "$s/bind-facts" >/dev/null
		jq -es 'all(.[]; . as $r | all(.note_refs[]?; .at >= 0 and .at <= ($r.text | length)))' "$s/bind-facts" >/dev/null
		jq -es 'all(.[]; . as $r | all(.facts[]? | select(has("number")); $r.numbers[.number]))' "$s/bind-facts" >/dev/null
	done
}

@test "annotations stand in the order of the text and do not overlap" {
	for s in "${specimens[@]}"; do
		for m in numbers entities; do
			jq -es --arg m $m 'all(.[]; [.[$m][]? | .start, .end] as $at |
				all(range(1; $at | length); $at[. - 1] <= $at[.]) and all(.[$m][]?; .start < .end))' "$s/bind-facts" >/dev/null
		done
	done
}

@test "documents are numbered from 0 without a gap, and begin with their document record" {
	for s in "${specimens[@]}"; do
		jq -es 'group_by(.doc) | all(.[]; sort_by(.seq) | [.[].seq] == [range(length)] and .[0].type == "document"
			and ([.[] | select(.type == "document")] | length) == 1)' "$s/bind-facts" >/dev/null
	done
}

@test "a filter run twice changes nothing" {
	for s in "${specimens[@]}"; do
		normalize "$s/normalize" >"$T/again"
		same "$s/normalize" "$T/again"
		for filter in $record_filters; do
			$filter "$s/$filter" >"$T/again"
			same "$s/$filter" "$T/again"
			$filter "$s/bind-facts" >"$T/again"
			same "$s/bind-facts" "$T/again"
		done
	done
}

@test "the same bytes come out of the same bytes, run after run" {
	for s in "${specimens[@]}"; do
		pipe "$s" <"$ROOT/seeds/$s.txt" >"$T/again"
		same "$s/bind-facts" "$T/again"
	done
}

@test "where the reads end makes no difference" {
	for s in "${specimens[@]}"; do
		for sizes in '1' '7 1 4096' '1000 3'; do
			[ "$sizes" != 1 ] || [ "$s" = clean ] || [ "$s" = gb18030 ] || continue
			"$BUILD/test/dribble" $sizes <"$ROOT/seeds/$s.txt" | normalize >"$T/out"
			same "$s/normalize" "$T/out"
			"$BUILD/test/dribble" $sizes <"$s/normalize" | split-sections -n "$s" >"$T/out"
			same "$s/split-sections" "$T/out"
		done
		for filter in $record_filters; do
			"$BUILD/test/dribble" 4093 17 1 <"$s/$(input_of $filter)" | $filter >"$T/out"
			same "$s/$filter" "$T/out"
		done
	done
}

@test "output appears as input arrives" {
	for filter in $record_filters to-tsv; do
		args=()
		[ $filter != to-tsv ] || args=(-t sections)
		mkfifo "$T/$filter.in"
		$filter "${args[@]}" <"$T/$filter.in" >"$T/$filter.out" &
		exec 7>"$T/$filter.in"
		record '增长5%。' >&7
		for _ in $(seq 100); do
			[ "$(grep -c 增长 "$T/$filter.out")" = 0 ] || break
			sleep 0.05
		done
		[ "$(grep -c 增长 "$T/$filter.out")" = 1 ]
		exec 7>&-
		wait $!
	done
}

@test "one report in several encodings gives the same records" {
	for s in clean glossary gb18030; do
		from=UTF-8
		[ $s != gb18030 ] || from=GB18030
		for to in UTF-8 GB18030 UTF-16LE UTF-16BE; do
			case $to in
			UTF-16LE) printf '\xff\xfe' >"$T/in" ;;
			UTF-16BE) printf '\xfe\xff' >"$T/in" ;;
			*) : >"$T/in" ;;
			esac
			iconv -f $from -t $to "$ROOT/seeds/$s.txt" >>"$T/in"
			pipe $s <"$T/in" >"$T/out"
			same "$s/bind-facts" "$T/out"
		done
		{ printf '\xef\xbb\xbf'; iconv -f $from -t UTF-8 "$ROOT/seeds/$s.txt"; } | pipe $s >"$T/out"
		same "$s/bind-facts" "$T/out"
	done
}

@test "a report in Big5 gives the records that it gives in UTF-8" {
	cat >"$T/utf8" <<-'E'
		2023年青坪县政府工作报告

		一、工作回顾

		全县生产总值86.4亿元，增长6.2%，其中工业增加值增长7.5%；城镇居民人均收入31250元，增长5.8%。

		二、工作安排

		今年生产总值增长7%以上，新增就业2600人，建成公路120公里。
	E
	# 产 县 and the like have no place in Big5: only characters that both standards hold.
	sed -i 's/县/市/g; s/产/值/g; s/总/和/g; s/报/文/g; s/顾/首/g; s/长/高/g; s/业/工/g; s/亿/百万/g; s/镇/市/g; s/层/曾/g; s/设/立/g; s/间/中/g; s/个/名/g; s/标/目/g' "$T/utf8"
	iconv -f UTF-8 -t BIG5 "$T/utf8" >"$T/big5" || skip "not in Big5"
	normalize -f big5 "$T/big5" >"$T/out"
	normalize "$T/utf8" >"$T/want"
	same "$T/want" "$T/out"
}

@test "line ends of other systems, and no line end at all, change nothing" {
	sed 's/$/\r/' "$ROOT/seeds/clean.txt" | pipe clean >"$T/out"
	same clean/bind-facts "$T/out"
	printf '%s' "$(cat "$ROOT/seeds/clean.txt")" | pipe clean >"$T/out"
	same clean/bind-facts "$T/out"
	for filter in split-sections $record_filters; do
		args=()
		[ $filter != split-sections ] || args=(-n clean)
		printf '%s' "$(cat "clean/$(input_of $filter)")" | $filter "${args[@]}" >"$T/out"
		same "clean/$filter" "$T/out"
	done
	for filter in $record_filters; do
		sed 's/$/\r/' "clean/$(input_of $filter)" | $filter | tr -d '\r' >"$T/out"
		same "clean/$filter" "$T/out"
	done
}

@test "one report in two layouts gives the same headings, numbers and facts" {
	for s in clean oneline; do
		jq -r 'select(.type == "heading") | [.level, .label, .text, .part] | @tsv' $s/bind-facts >"$T/$s.headings"
		jq -c '.numbers[]? | del(.start, .end)' $s/bind-facts | sed 's/：/:/' >"$T/$s.numbers"
		jq -c '.numbers as $n | .facts[]? | .raw = (if has("number") then $n[.number].raw else null end) |
			del(.number, .subject_start, .subject_end)' $s/bind-facts | sed 's/：/:/' >"$T/$s.facts"
		jq -c 'select(.seq == 0) | del(.doc, .text, .numbers, .entities, .facts, .title)' $s/bind-facts >"$T/$s.head"
	done
	same "$T/clean.headings" "$T/oneline.headings"
	same "$T/clean.numbers" "$T/oneline.numbers"
	same "$T/clean.facts" "$T/oneline.facts"
	same "$T/clean.head" "$T/oneline.head"
}

@test "members that a filter does not know pass byte for byte" {
	known=$(head -n 4 clean/split-sections | tail -n 1)
	unknown='"x":1.10,"big":123456789012345678901234567890,"e":1E400,"neg":-0.0,"x":1.100,"\u0078":[ 1 , {"a":"\u4e91\/"} ],"长":"值"'
	for filter in $record_filters; do
		echo "${known%\}},$unknown}" | $filter >"$T/out"
		grep -qF -- "$unknown" "$T/out"
		echo "{$unknown,${known#\{}" | $filter >"$T/out"
		[[ $(cat "$T/out") == "{$unknown,"* ]]
		jq -c . "$T/out" >/dev/null
	done
}

@test "an array of the name that a filter adds is replaced where it stands" {
	for pair in extract-numbers:numbers tag-entities:entities bind-facts:facts; do
		filter=${pair%:*} member=${pair#*:}
		record '生产总值增长5%。' "$member: \"old\", after: 1" | $filter >"$T/out" || true
		[ "$(jq -r 'keys_unsorted | join(" ")' "$T/out")" = "doc seq type path part text $member after" ]
		jq -e ".$member | type == \"array\"" "$T/out"
	done
}

@test "the whole pipe of an empty input is empty" {
	: | pipe empty >"$T/out"
	[ ! -s "$T/out" ]
}

@test "a record that is none is named and refused, and the rest goes on" {
	{
		record '增长5%。'
		echo '{"text":"增长6%。"'
		echo 'no JSON'
		echo '[]'
		echo '{"doc":"d"}'
		echo '{"text":7}'
		printf '{"text":"\xff"}\n'
		echo '{"text":"a","text":"b"}'
		echo
		record '增长7%。'
	} >"$T/in"
	for filter in $record_filters; do
		run -1 --separate-stderr $filter "$T/in"
		[ "${#lines[@]}" = 2 ]
		for n in 2 3 4 5 6 7 8; do
			[[ $stderr == *"$filter: record $n: "* ]]
		done
		[ "$(grep -c . <<<"$stderr")" = 7 ]
	done
}

@test "a file that is not there, a folder, a full disk, closed input or output: status 3 and a message" {
	record '增长5%。' >"$T/in"
	for c in "$ROOT"/bin/*.c; do
		tool=$(basename "$c" .c)
		args=()
		case $tool in
		to-tsv) args=(-t sections) ;;
		to-brat) args=(-t) ;;
		count-terms)
			printf 'term\n增长\n' >"$T/terms.tsv"
			args=(-t "$T/terms.tsv")
			;;
		esac
		run -3 --separate-stderr "$tool" "${args[@]}" "$T/none"
		[ "$stderr" = "$tool: $T/none: No such file or directory" ]
		run -3 --separate-stderr "$tool" "${args[@]}" "$T"
		[ "$stderr" = "$tool: $T: Is a directory" ]
		run -3 --separate-stderr bash -c '"$@" >/dev/full' - "$tool" "${args[@]}" "$T/in"
		[ "$stderr" = "$tool: standard output: No space left on device" ]
		run -3 --separate-stderr bash -c '"$@" <&-' - "$tool" "${args[@]}"
		[ "$stderr" = "$tool: standard input: Bad file descriptor" ]
		run -3 --separate-stderr bash -c '"$@" >&-' - "$tool" "${args[@]}" "$T/in"
		[ "$stderr" = "$tool: standard output: Bad file descriptor" ]
		run -3 --separate-stderr bash -c '"$1" --help >/dev/full' - "$tool"
		[ "$stderr" = "$tool: standard output: No space left on device" ]
		run -3 --separate-stderr bash -c '"$1" --version >/dev/full' - "$tool"
		[ "$stderr" = "$tool: standard output: No space left on device" ]
	done
}

@test "a header that no record follows is lost to a full disk with a message too" {
	for tool in 'extract-numbers --explain' 'tag-entities --explain' 'bind-facts --explain' 'to-tsv -t facts'; do
		run -3 --separate-stderr bash -c '$1 </dev/null >/dev/full' - "$tool"
		[ "$stderr" = "${tool%% *}: standard output: No space left on device" ]
	done
}

@test "an option that there is not: status 2 and how it is used" {
	for c in "$ROOT"/bin/*.c; do
		tool=$(basename "$c" .c)
		run -2 --separate-stderr "$tool" --no-such-option
		[ -z "$output" ]
		[[ $stderr == *"usage: $tool"* ]]
		run -0 --separate-stderr "$tool" --version
		[[ $output == "$tool (gwr) "* ]]
		[ -z "$stderr" ]
		run -0 --separate-stderr "$tool" --help
		[[ $output == "usage: $tool"* ]]
		[ -z "$stderr" ]
	done
}

@test "a reader that leaves early ends a filter quietly" {
	seq 30000 | sed 's/.*/{"text":"第&行：生产总值增长5%。"}/' >"$T/records"
	sed 's/.*/生产总值增长5%。\n/' "$T/records" >"$T/text"
	for tool in normalize split-sections $record_filters 'to-tsv -t sections' 'to-brat -t' to-html; do
		in=$T/records
		case $tool in normalize | split-sections) in=$T/text ;; esac
		bash -c '$1 "$2" | head -n 1 >/dev/null; exit ${PIPESTATUS[0]}' - "$tool" "$in" 2>"$T/err" && status=0 || status=$?
		[ $status = 141 ] || { echo "$tool: $status"; false; }
		[ ! -s "$T/err" ]
	done
}

@test "a dictionary that is not there or malformed ends a filter with a message that names it" {
	cp -r "$BUILD/share/gwr" "$T/dict"
	record '增长5%。' >"$T/in"
	mkdir "$T/empty"
	for filter in split-sections $record_filters; do
		GWR_DICT=$T/empty run -3 --separate-stderr $filter "$T/in"
		[[ $stderr =~ ^$filter:\ $T/empty/[a-z-]+\.tsv:\ No\ such\ file\ or\ directory$ ]]
	done
	for dict in "$T"/dict/*.tsv; do
		cp "$dict" "$T/saved"
		for damage in 'no tabs and no columns' $'\xff\xfe\t\xff'; do
			printf '%s\n' "$damage" >"$dict"
			for filter in split-sections $record_filters; do
				status=0
				GWR_DICT=$T/dict $filter "$T/in" >/dev/null 2>"$T/err" || status=$?
				[ $status = 0 ] || { [ $status = 2 ] && grep -qF "$filter: $dict" "$T/err"; } ||
					{ echo "$filter with $dict: status $status"; cat "$T/err"; false; }
			done
		done
		cp "$T/saved" "$dict"
	done
}

@test "messages carry no control characters of the input to the terminal" {
	printf '{"text":"\033[31mred\n' >"$T/in"
	printf 'name\033[31m' >"$T/name"
	for filter in $record_filters; do
		$filter "$T/in" "$T/$(printf 'no\033such')" 2>"$T/err" >/dev/null || true
		[ -s "$T/err" ]
		[ "$(LC_ALL=C tr -d '\n\040-\176\200-\377' <"$T/err" | wc -c)" = 0 ]
	done
}

@test "no sentence of a report is lost: the records hold every Han character of the page, in its order" {
	for s in clean glossary gb18030; do
		from=UTF-8
		[ $s != gb18030 ] || from=GB18030
		iconv -f $from -t UTF-8 "$ROOT/seeds/$s.txt" | grep -oP '\p{Han}' >"$T/page"
		jq -r '(.label // "") + .text' $s/bind-facts | grep -oP '\p{Han}' >"$T/records"
		same "$T/page" "$T/records"
	done
}
