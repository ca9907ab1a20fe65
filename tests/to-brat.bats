load helper

check() {
	python3 "$ROOT/tests/brat.py" "$T/doc.txt" "$T/doc.ann"
}

@test "to-brat: golden cases" {
	golden to-brat
}

@test "to-brat: every annotation stands where it says, also behind characters outside the BMP, labels and line breaks" {
	printf '%s\n' \
		'{"doc":"甲","seq":1,"type":"heading","level":1,"label":"一、","text":"𠮷区回顾","entities":[{"start":0,"end":2,"type":"place","id":"990101"}]}' \
		'{"doc":"甲","seq":2,"type":"note","label":"1.","term":"智\t脑","text":"两\n家","numbers":[{"start":0,"end":3,"kind":"quantity","value":"2"}]}' \
		'{"doc":"甲","seq":3,"type":"paragraph","text":"粮食增长3%","numbers":[{"start":4,"end":6,"kind":"percent","value":"3"}],"facts":[{"number":0,"subject_start":0,"subject_end":2,"status":"actual"}]}' >"$T/in"
	to-brat -t "$T/in" >"$T/doc.txt"
	to-brat -a "$T/in" >"$T/doc.ann"
	check
	grep -q $'^R1\tactual Arg1:T3 Arg2:T4$' "$T/doc.ann"
	[ "$(wc -l <"$T/doc.txt")" = 3 ]
}

@test "to-brat: a subject of several stretches is one span of several parts" {
	echo '{"text":"城乡居民收入","facts":[{"relation":"stable","subject":["城","居民收入"],"subject_start":[0,2],"subject_end":[1,6]}]}' >"$T/in"
	to-brat -t "$T/in" >"$T/doc.txt"
	to-brat -a "$T/in" >"$T/doc.ann"
	check
	grep -q $'^T1\tsubject 0 1;2 6\t城 居民收入$' "$T/doc.ann"
}

@test "to-brat: the records of all specimen reports make good documents" {
	set -- "$BUILD"/out/*.jsonl
	[ -e "$1" ] || skip 'no records made yet: run make'
	cat "$@" >"$T/in"
	to-brat -t "$T/in" >"$T/doc.txt"
	to-brat -a "$T/in" >"$T/doc.ann"
	check
	[ "$(grep -c ^R "$T/doc.ann")" -gt 0 ]
}

@test "to-brat: types that come from the input cannot break the format" {
	echo '{"text":"甲乙","entities":[{"start":0,"end":1,"type":"a b\tc"},{"start":1,"end":1,"type":"org"},{"start":1,"end":2,"type":"org","id":"x\ny"}]}' >"$T/in"
	to-brat -t "$T/in" >"$T/doc.txt"
	to-brat -a "$T/in" >"$T/doc.ann"
	[ "$(cut -f 2 "$T/doc.ann" | head -1)" = 'other 0 1' ]
	[ "$(wc -l <"$T/doc.ann")" = 3 ]
}

@test "to-brat: a record that is refused is missing from text and annotations alike" {
	printf '%s\n' '{"text":"甲","numbers":[{"start":0,"end":2}]}' '{"text":"乙","numbers":[{"start":0,"end":1,"kind":"rank"}]}' >"$T/in"
	run -1 --separate-stderr to-brat -t "$T/in"
	[ "$output" = 乙 ]
	run -1 --separate-stderr to-brat -a "$T/in"
	[ "$output" = $'T1\trank 0 1\t乙' ]
}

@test "to-brat: without a choice of stream it says how it is used; a full disk gives 3" {
	run -2 to-brat
	run -3 bash -c "echo '{\"text\":\"\"}' | to-brat -t >/dev/full"
	to-brat -c | grep -q '^\[relations\]$'
}
