load helper

@test "every member of the contract has its column, and rows stand as they should" {
	golden to-tsv
}

@test "every table has one number of fields in all its rows, whatever the fields hold" {
	for t in documents sections numbers entities facts; do
		to-tsv -t $t "$CASES/to-tsv/tables.in" "$CASES/to-tsv/tables.in" >"$T/out"
		[ "$(awk -F '\t' '{print NF}' "$T/out" | sort -u | wc -l)" = 1 ]
		[ "$(grep -c '^doc' "$T/out")" = 1 ]
		to-tsv --header zh -t $t "$CASES/to-tsv/tables.in" "$CASES/to-tsv/tables.in" >"$T/zh"
		[ "$(head -n 1 "$T/zh" | awk -F '\t' '{print NF}')" = "$(head -n 1 "$T/out" | awk -F '\t' '{print NF}')" ]
		cmp <(tail -n +2 "$T/out") <(tail -n +2 "$T/zh")
	done
}

@test "no two columns of a table have one name" {
	for t in documents sections numbers entities facts; do
		for header in en zh; do
			[ -z "$(to-tsv -t $t -H $header </dev/null | tr '\t' '\n' | sort | uniq -d)" ]
		done
	done
}

@test "a field that is escaped comes back byte for byte" {
	text=$'a\tb\\nc\nd\re\\\\'
	jq -nc --arg t "$text" '{text: $t}' | to-tsv -t sections | tail -n 1 | awk -F '\t' '{print $11}' >"$T/field"
	[ "$(printf '%b_' "$(cat "$T/field")")" = "${text}_" ]
}

@test "figures stay as written, however long" {
	record 甲乙 'numbers: [{start: 0, end: 1, value: "123456789012345678901234567890.10"}]' >"$T/r"
	sed -i 's/"seq":1/"seq":1e400/' "$T/r"
	to-tsv -t numbers "$T/r" | cut -f 2,8 | tail -n 1 >"$T/out"
	same "$T/out" - <<<$'1e400\t123456789012345678901234567890.10'
}

@test "empty input is the header alone" {
	to-tsv -t entities </dev/null >"$T/out"
	[ "$(wc -l <"$T/out")" = 1 ]
}

@test "--guard keeps formulas from running and leaves decimals alone" {
	for field in '=1+1' '+1' '@SUM(A1)' '-1+2' '--1' '-'; do
		[ "$(record "$field" | to-tsv -g -t sections | tail -n 1 | cut -f 11)" = "'$field" ]
		[ "$(record "$field" | to-tsv -t sections | tail -n 1 | cut -f 11)" = "$field" ]
	done
	for field in '-1' '-0.5' '12.50' '1=1' 'a'; do
		[ "$(record "$field" | to-tsv -g -t sections | tail -n 1 | cut -f 11)" = "$field" ]
	done
}

@test "a record that no table can hold is named and refused, and the rest goes on" {
	{
		record 一
		echo '{"text":"二","numbers":7}'
		echo '{"text":"三","label":"\ud800"}'
		echo '{"text":4}'
		record 五 'numbers: [1, "x", {start: 0}]'
	} >"$T/in"
	run -1 --separate-stderr to-tsv -t sections "$T/in"
	[ "${#lines[@]}" = 4 ]
	[ "$stderr" = $'to-tsv: record 3: a string that is not Unicode\nto-tsv: record 4: "text" is not a string of Unicode' ]
	run -1 --separate-stderr to-tsv -t numbers "$T/in"
	[ "${#lines[@]}" = 4 ]
	[ "$stderr" = $'to-tsv: record 2: "numbers" is not an array\nto-tsv: record 4: "text" is not a string of Unicode' ]
}

@test "the sentence is the one that the number stands in, or that the subject of a goal stands in" {
	record '甲。乙增1%！丙稳定。' 'numbers: [{start: 4, end: 6}]' \
		'facts: [{subject: "丙", subject_start: 7, subject_end: 8}, {number: 0, subject: "甲", subject_start: 0}]' |
		to-tsv -t facts | tail -n +2 | awk -F '\t' '{print $NF}' >"$T/out"
	same "$T/out" - <<<$'丙稳定。\n乙增1%！'
}

@test "facts may point to numbers in any order, twice, or to none" {
	record 甲乙 'numbers: [{start: 0, raw: "n0"}, 7, {start: 1, raw: "n2"}]' \
		'facts: [2, 0, 0, 9, 0, 2, "x", 1, -1, 2 | {number: .}]' >"$T/r"
	[ "$(to-tsv -t facts "$T/r" | tail -n +2 | cut -f 20 | paste -sd,)" = 'n2,n0,n0,,n0,n2,,,,n2' ]
}

@test "usage: no table, a table or a header that there is not" {
	run -2 --separate-stderr to-tsv
	[[ $stderr == 'usage: to-tsv -t TABLE'* ]]
	run -2 --separate-stderr to-tsv -t fact
	[ "$stderr" = 'to-tsv: no table "fact"; there are documents, sections, numbers, entities and facts' ]
	run -2 --separate-stderr to-tsv -t facts -H de
	[ "$stderr" = 'to-tsv: no header "de"; there are en and zh' ]
}

@test "no record of a megabyte takes much memory, however much is written of it" {
	[[ $BUILD != */asan ]] || skip 'sanitizers take more'
	jq -nc '{text: ("a!" * 480000), numbers: [{start: 5}]}' >"$T/in"
	jq -nc '{text: ("长" * 3000), numbers: [range(30000) | {start: (. % 3000)}]}' >>"$T/in"
	jq -nc '{text: ("\t长" * 3000), numbers: [range(30000) | {start: (. % 3000)}]}' >>"$T/in"
	(ulimit -d 14336 && to-tsv -t numbers "$T/in") | wc -lc >"$T/got"
	read -r lines bytes <"$T/got"
	[ "$lines" = 60002 ] && [ "$bytes" -gt 500000000 ]
}

@test "of a record that is refused no row is written" {
	jq -nc '{text: "一", numbers: [range(9) | {raw: "一\n"}]}' | sed 's/.n"}\]/\\ud800"}]/' >"$T/in"
	run -1 --separate-stderr to-tsv -t numbers "$T/in"
	[ "${#lines[@]}" = 1 ]
	[[ $stderr == *"not Unicode"* ]]
}
