load helper

# The programs as built, in a folder of the test's own, so that it may touch them.
own_build() {
	cp -a "$BUILD" "$T/build"
	BUILD=$T/build
}

# tables [ARGUMENT...]: make with these, quietly, from the project's folder.
tables() {
	make -s -C "$ROOT" BUILD="$BUILD" "$@"
}

# A few short reports in $T/in.
reports() {
	mkdir -p "$T/in"
	local year
	for year in 2021 2022 2023; do
		printf '%s年青坪县政府工作报告\n\n一、工作回顾\n\n全县生产总值%d亿元，增长%d.%d%%。\n' \
			$year $((year - 1900)) $((year % 10 + 3)) $((year % 7)) >"$T/in/青坪 $year.txt"
	done
}

# Names, sizes and times of the results.
state() {
	(cd "$1" && stat -c '%n %s %y' -- *)
}

@test "make turns a folder of reports into records and tables, and says how much there is" {
	reports
	run -0 --separate-stderr tables SEEDS="$T/in" OUT="$T/out"
	[[ ${lines[0]} =~ ^3\ documents,\ [0-9]+\ sections,\ [0-9]+\ numbers,\ [0-9]+\ facts,\ [0-9]+\ entities$ ]]
	[ "${lines[1]}" = "in $T/out: records of 3 reports, 5 tables" ]
	[ "$(ls "$T/out" | tr '\n' ' ')" = "documents.tsv entities.tsv facts.tsv numbers.tsv sections.tsv 青坪 2021.jsonl 青坪 2022.jsonl 青坪 2023.jsonl " ]
	for table in documents sections numbers entities facts; do
		cat "$T"/out/*.jsonl | to-tsv -t $table >"$T/table"
		same "$T/table" "$T/out/$table.tsv"
	done
}

@test "names with spaces, Chinese characters, quotes, dollars, and what else make and the shell trip over" {
	names=('a  b' '云溪区：报告（一）' "it's" '"quoted"' '$HOME$(HOME)$$' 'a#b' 'a:b' '100%' '-n' '--help' 'a*b?[c]' 'back\slash'
		'=x;y&z|w' '`id`' '{a,b}' '~' 'a=b' '!x')
	mkdir "$T/in"
	for name in "${names[@]}"; do
		printf '2023年政府工作报告\n\n增长5%%。\n' >"$T/in/$name.txt"
	done
	tables SEEDS="$T/in" OUT="$T/out \$x'y #z"
	for name in "${names[@]}"; do
		[ "$(jq -r .doc "$T/out \$x'y #z/$name.jsonl" | sort -u)" = "$name" ]
	done
	[ "$(ls "$T/out \$x'y #z" | grep -c jsonl)" = ${#names[@]} ]
}

@test "files that share a name but for the suffix keep the suffix" {
	mkdir "$T/in"
	for name in a.txt a.text b.txt c; do
		echo '增长5%。' >"$T/in/$name"
	done
	tables SEEDS="$T/in" OUT="$T/out"
	[ "$(ls "$T/out" | grep jsonl | tr '\n' ' ')" = 'a.text.jsonl a.txt.jsonl b.jsonl c.jsonl ' ]
	[ "$(tail -n +2 "$T/out/documents.tsv" | cut -f 1 | tr '\n' ' ')" = 'a.text a.txt b c ' ]
}

@test "only what changed is made again: a report, a filter, a dictionary, a report more or less" {
	own_build
	reports
	tables SEEDS="$T/in" OUT="$T/out"
	state "$T/out" >"$T/first"
	tables SEEDS="$T/in" OUT="$T/out"
	state "$T/out" >"$T/second"
	same "$T/first" "$T/second"

	touch "$T/in/青坪 2022.txt"
	tables SEEDS="$T/in" OUT="$T/out"
	state "$T/out" >"$T/third"
	[ "$(comm -13 "$T/first" "$T/third" | grep -c jsonl)" = 1 ]

	for program in bin/bind-facts share/gwr/units.tsv; do
		touch "$T/build/$program"
		tables SEEDS="$T/in" OUT="$T/out"
		state "$T/out" >"$T/fourth"
		[ "$(comm -13 "$T/third" "$T/fourth" | wc -l)" = 8 ]
		mv "$T/fourth" "$T/third"
	done

	touch "$T/build/bin/to-tsv"
	tables SEEDS="$T/in" OUT="$T/out"
	state "$T/out" >"$T/fourth"
	[ "$(comm -13 "$T/third" "$T/fourth" | wc -l)" = 5 ]

	rm "$T/in/青坪 2021.txt"
	tables SEEDS="$T/in" OUT="$T/out"
	[ ! -e "$T/out/青坪 2021.jsonl" ]
	[ "$(tail -n +2 "$T/out/documents.tsv" | wc -l)" = 2 ]

	cp -a "$T/in/青坪 2022.txt" "$T/in/old.txt"
	touch -d 2001-01-01 "$T/in/old.txt"
	tables SEEDS="$T/in" OUT="$T/out"
	[ -e "$T/out/old.jsonl" ]
	[ "$(tail -n +2 "$T/out/documents.tsv" | wc -l)" = 3 ]
}

@test "several jobs make the same bytes as one" {
	tables SEEDS="$ROOT/seeds" OUT="$T/one"
	tables -j4 SEEDS="$ROOT/seeds" OUT="$T/four"
	rm -r "$T"/{one,four}/.gwr
	diff -r "$T/one" "$T/four"
}

@test "a report that is refused is named and leaves no records, and the others go on" {
	reports
	printf 'GIF89a\0\1\2\377\376\0\0\0\0;' >"$T/in/pic.txt"
	run -2 --separate-stderr tables SEEDS="$T/in" OUT="$T/out"
	[[ $stderr == *"$T/in/pic.txt: normalize: "* ]]
	[[ $stderr == *$'refused: 1\n'"$T/in/pic.txt"* ]]
	[ ! -e "$T/out/pic.jsonl" ]
	[ "$(tail -n +2 "$T/out/documents.tsv" | wc -l)" = 3 ]
	run -2 tables SEEDS="$T/in" OUT="$T/out"

	echo '全县生产总值增长5%。' >"$T/in/pic.txt"
	tables SEEDS="$T/in" OUT="$T/out"
	[ -e "$T/out/pic.jsonl" ]
	printf 'GIF89a\0\1\2\377\376\0\0\0\0;' >"$T/in/pic.txt"
	run -2 tables SEEDS="$T/in" OUT="$T/out"
	[ ! -e "$T/out/pic.jsonl" ]
	[ "$(tail -n +2 "$T/out/documents.tsv" | wc -l)" = 3 ]
}

@test "a batch killed at any moment goes on at the next run, to the same bytes" {
	rounds=${KILL_ROUNDS:-6}
	tables SEEDS="$ROOT/seeds" OUT="$T/want"
	rm -r "$T/want/.gwr"
	for ((round = 0; round < rounds; round++)); do
		rm -rf "$T/out"
		signal=$([ $((round % 2)) = 0 ] && echo KILL || echo TERM)
		setsid make -s -C "$ROOT" BUILD="$BUILD" -j2 SEEDS="$ROOT/seeds" OUT="$T/out" >/dev/null 2>&1 3>&- &
		batch=$!
		sleep "0.$(printf '%03d' $((RANDOM % 700)))"
		kill -s $signal -- -$batch 2>/dev/null || true
		wait $batch || true
		for f in "$T"/out/*; do
			[ ! -e "$f" ] || cmp "$f" "$T/want/${f##*/}"
		done
		tables SEEDS="$ROOT/seeds" OUT="$T/out"
		[ "$(ls "$T/out/.gwr" | grep -c '^tmp')" = 0 ]
		rm -r "$T/out/.gwr"
		diff -r "$T/want" "$T/out"
	done
}

@test "a long batch shows progress on a terminal and none in a log" {
	command -v script >/dev/null || skip "no script(1)"
	reports
	tables SEEDS="$T/in" OUT="$T/out" >"$T/log" 2>&1
	[ "$(grep -c '[0-9] of 3' "$T/log")" = 0 ]
	rm -r "$T/out"
	script -qec "make -s -C '$ROOT' BUILD='$BUILD' SEEDS='$T/in' OUT='$T/out'" /dev/null >"$T/log" </dev/null
	grep -q '3 of 3' "$T/log"
}

@test "no folder, an empty one, results among the reports, and results that cannot be written" {
	run -2 --separate-stderr tables SEEDS="$T/none" OUT="$T/out"
	[[ $stderr == *"no folder '$T/none'"* ]]
	mkdir "$T/in"
	tables SEEDS="$T/in" OUT="$T/out"
	[ "$(cat "$T"/out/*.tsv | wc -l)" = 5 ]
	run -2 --separate-stderr tables SEEDS="$T/in" OUT="$T/in"
	[[ $stderr == *'SEEDS and OUT are one folder'* ]]
	touch "$T/file"
	run -2 tables SEEDS="$T/in" OUT="$T/file"
}

@test "two runs in one folder wait for one another" {
	reports
	tables SEEDS="$T/in" OUT="$T/out" &
	tables SEEDS="$T/in" OUT="$T/out"
	wait $!
	for table in documents facts; do
		cat "$T"/out/*.jsonl | to-tsv -t $table >"$T/table"
		same "$T/table" "$T/out/$table.tsv"
	done
}

@test "what is installed works from where it is, and uninstall takes it away" {
	make -s -C "$ROOT" BUILD="$BUILD" install DESTDIR="$T/root" PREFIX=/opt/gwr
	for c in "$ROOT"/bin/*.c; do
		tool=$(basename "$c" .c)
		[ -x "$T/root/opt/gwr/bin/$tool" ]
		[ -e "$T/root/opt/gwr/share/man/man1/$tool.1" ]
	done
	[ -e "$T/root/opt/gwr/share/man/man7/gwr.7" ]
	own=$T/root/opt/gwr/bin
	env -u GWR_DICT PATH="$own:/usr/bin:/bin" sh -c '
		normalize "$1" | split-sections -n clean | extract-numbers | tag-entities | bind-facts' sh "$ROOT/seeds/clean.txt" >"$T/out"
	normalize "$ROOT/seeds/clean.txt" | split-sections -n clean | extract-numbers | tag-entities | bind-facts >"$T/want"
	same "$T/want" "$T/out"
	make -s -C "$ROOT" BUILD="$BUILD" uninstall DESTDIR="$T/root" PREFIX=/opt/gwr
	[ -z "$(find "$T/root" -type f)" ]
}

@test "what is missing is installed where that is allowed, else the command is printed" {
	mkdir "$T/bin"
	for c in id sudo apt-get env sh; do
		printf '#!/bin/bash\necho "%s $*" >>"%s/called"\n' $c "$T" >"$T/bin/$c"
	done
	printf '#!/bin/bash\necho 1000\n' >"$T/bin/id"
	printf '#!/bin/bash\nexit 1\n' >"$T/bin/sudo"
	chmod +x "$T"/bin/*
	PATH=$T/bin:$PATH run -1 --separate-stderr /bin/bash "$ROOT/pipelines/needs" bash=bash no-such-command=libnone no-such.h=libnone-dev
	[ "$stderr" = 'missing packages; run: sudo apt-get install -y libnone libnone-dev' ]
	[ ! -e "$T/called" ]
	printf '#!/bin/bash\necho 0\n' >"$T/bin/id"
	PATH=$T/bin:$PATH run -0 /bin/bash "$ROOT/pipelines/needs" bash=bash no-such-command=libnone
	grep -q 'apt-get install .* libnone$' "$T/called"
}

@test "the specimens give the records that were read and found right" {
	tables SEEDS="$ROOT/seeds" OUT="$T/out"
	for want in "$CASES"/pipeline/*.jsonl; do
		same "$want" "$T/out/${want##*/}"
	done
	[ "$(ls "$CASES/pipeline" | wc -l)" = "$(ls "$ROOT/seeds" | wc -l)" ]
}
