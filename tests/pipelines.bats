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
	script -qec true /dev/null >/dev/null 2>&1 </dev/null || skip "no script(1), or no terminal to be had"
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

@test "what no longer fits on the disk is named and leaves nothing, and comes when there is room" {
	reports
	cat "$T"/in/* >"$T/in/all.txt"
	tables SEEDS="$T/in" OUT="$T/want"
	rm -r "$T/want/.gwr"
	# A file may grow to 3 KB: the other writes fail, as on a full disk.
	run -2 --separate-stderr bash -c 'trap "" XFSZ; ulimit -f 3; make -s -C "$1" BUILD="$2" SEEDS="$3/in" OUT="$3/out"' - "$ROOT" "$BUILD" "$T"
	[[ $stderr == *"$T/in/all.txt: bind-facts: standard output: File too large"* ]]
	[[ $stderr == *$'refused: 1\n'"$T/in/all.txt"* ]]
	[ ! -e "$T/out/all.jsonl" ]
	[ "$(tail -n +2 "$T/out/documents.tsv" | wc -l)" = 3 ]
	tables SEEDS="$T/in" OUT="$T/out"
	rm -r "$T/out/.gwr"
	diff -r "$T/want" "$T/out"
}

@test "a folder that nothing can be made in: status 2 and a message" {
	reports
	run -2 --separate-stderr tables SEEDS="$T/in" OUT=/proc/gwr
	[[ $stderr == *'/proc/gwr'* ]]
}

@test "a report that goes away in the midst of the run is named, and the others go on" {
	own_build
	reports
	mv "$T/build/bin/normalize" "$T/build/bin/normalize.real"
	printf '#!/bin/sh\nrm -f "%s/in/青坪 2023.txt"\nexec "%s/build/bin/normalize.real" "$@"\n' "$T" "$T" >"$T/build/bin/normalize"
	chmod +x "$T/build/bin/normalize"
	run -2 --separate-stderr tables SEEDS="$T/in" OUT="$T/out"
	[[ $stderr == *'2023.txt'* ]]
	[ "$(ls "$T/out" | grep jsonl)" = $'青坪 2021.jsonl\n青坪 2022.jsonl' ]
	[ "$(tail -n +2 "$T/out/documents.tsv" | wc -l)" = 2 ]
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

# Records of two reports of one county with facts made by hand, as tables in $T/out.
panel_tables() {
	cat >"$T/make.jq" <<-'E'
		def report($doc; $year; $facts):
			{doc: $doc, seq: 0, type: "document", text: "报告", kind: "report", place: "安吉县", adcode: "330523", year: $year},
			{doc: $doc, seq: 1, type: "paragraph", path: [], part: "review", text: "增长。\t\\目标，\n“争取”。",
				numbers: [$facts[] | .n // empty | {start: 0, end: 1, raw: "x", kind: "percent"} + .],
				facts: [foreach $facts[] as $f (-1; if $f.n then . + 1 else . end;
					($f | del(.n)) + if $f.n then {number: .} else {} end)]};
		report("a"; 2022; [
			{subject: "生产总值", indicator: "gdp", measure: "growth", status: "actual", period: "2021", n: {value: "8.10", unit: "%"}},
			{subject: "生产总值", indicator: "gdp", measure: "growth", status: "target", period: "2022", hedge: "力争", stretch: true, n: {min: "7", max: "7.5", unit: "%"}},
			{subject: "收入", indicator: "income", measure: "growth", status: "target", period: "2022", relation: "sync_with", reference: "经济增长"},
			{subject: "能耗", indicator: "energy", measure: "growth", status: "target", period: "2022", sign: -1, n: {value: "3", unit: "%", bound: "ge"}},
			{subject: "学校", measure: "count", status: "target", period: "2022", n: {value: "12345678901234567890.10", unit: "{所}"}}]),
		report("b"; 2023; [
			{subject: "生产总值", indicator: "gdp", measure: "growth", status: "actual", estimated: true, period: "2022", n: {value: "5.5", unit: "%"}},
			{subject: "生产总值", indicator: "gdp", measure: "growth", status: "actual", period: "2022", n: {value: "5.40", unit: "%"}},
			{subject: "收入", indicator: "income", measure: "growth", status: "actual", period: "2022", n: {value: "6", unit: "%"}},
			{subject: "生产总值", indicator: "gdp", measure: "growth", status: "actual", period: "2022", place: "330000", n: {value: "3.1", unit: "%"}}])
	E
	jq -nc -f "$T/make.jq" >"$T/records"
	mkdir -p "$T/out/.gwr"
	for table in documents sections numbers entities facts; do
		to-tsv -t $table "$T/records" >"$T/out/$table.tsv"
	done
}

panel() {
	(cd "$ROOT" && OUT=$T/out GWR_BUILD=$BUILD pipelines/panel)
}

@test "make panel: targets, and actual beside target, with figures as they were written" {
	panel_tables
	panel
	# place adcode year indicator measure period value min max bound relation hedge stretch
	cut -f 1-4,6,8-11,13,14,16,17 "$T/out/targets.tsv" | tail -n +2 >"$T/got"
	same - "$T/got" <<-E
		安吉县	330523	2022	gdp	growth	2022		7	7.5			力争	true
		安吉县	330523	2022	income	growth	2022					sync_with		
		安吉县	330523	2022	energy	growth	2022	3			ge			
		安吉县	330523	2022		count	2022	12345678901234567890.10						
	E
	[ "$(cut -f 18 "$T/out/targets.tsv" | tail -n 1)" = '增长。' ]
	# place adcode period indicator actual estimated actuals target bound sign relation
	cut -f 1-4,7,10,13-17 "$T/out/panel.tsv" | tail -n +2 >"$T/got"
	same - "$T/got" <<-E
		浙江省	330000	2022	gdp	3.1		1				
		安吉县	330523	2021	gdp	8.10		1				
		安吉县	330523	2022	energy			0	3	ge	-1	
		安吉县	330523	2022	gdp	5.40		2	7/7.5			
		安吉县	330523	2022	income	6		1				sync_with
	E
}

@test "reports.db holds the tables byte for byte, figures as text, and the three views" {
	panel_tables
	panel
	db=$T/out/reports.db
	for table in documents sections numbers entities facts; do
		sqlite3 -json "$db" "SELECT * FROM $table" | jq -r '.[] | [.[]] | @tsv' >"$T/got"
		tail -n +2 "$T/out/$table.tsv" >"$T/want"
		same "$T/want" "$T/got"
	done
	[ "$(sqlite3 "$db" "SELECT count(*) FROM numbers WHERE typeof(value) NOT IN ('text', 'null')")" = 0 ]
	[ "$(sqlite3 "$db" "SELECT count(*) FROM pragma_table_xinfo('facts') WHERE type = 'REAL'")" = 0 ]
	[ "$(sqlite3 "$db" "SELECT text = '增长。' || char(9) || '\\目标，' || char(10) || '“争取”。' FROM sections LIMIT 1")" = 1 ]
	sqlite3 -separator ' ' "$db" 'SELECT indicator, target, target_year, actual, actual_year, actual_estimated FROM target_vs_actual' >"$T/got"
	same - "$T/got" <<-'E'
		gdp 7/7.5 2022 5.40 2023 
		income  2022 6 2023 
	E
	[ "$(sqlite3 "$db" 'SELECT count(*) FROM targets')" = 4 ]
	[ "$(sqlite3 "$db" 'SELECT count(*) FROM panel')" = 5 ]
}

@test "datapackage.json describes the tables as they are, by the rules of Tabular Data Package" {
	panel_tables
	panel
	package=$T/out/datapackage.json
	jq -e '
		.profile == "tabular-data-package" and (.name | test("^[a-z0-9._-]+$")) and
		([.resources[].name] | length == (unique | length)) and
		all(.resources[];
			.profile == "tabular-data-resource" and (.name | test("^[a-z0-9._-]+$")) and
			(.path | test("^[^/.][^/]*$")) and .encoding == "utf-8" and .dialect.delimiter == "\t" and
			(.schema.fields | length > 0) and ([.schema.fields[].name] | length == (unique | length)) and
			all(.schema.fields[]; (.name | length > 0) and (.description | length > 0) and
				(.type | IN("string", "integer", "boolean", "number", "year", "date", "any"))) and
			(.schema.missingValues | type == "array"))' "$package" >/dev/null
	for table in $(jq -r '.resources[].name' "$package"); do
		[ "$(jq -r --arg t $table '.resources[] | select(.name == $t).schema.fields | map(.name) | @tsv' "$package")" = \
			"$(head -n 1 "$T/out/$table.tsv")" ]
		jq -r --arg t $table '.resources[] | select(.name == $t).schema.fields | map(.type) | @tsv' "$package" >"$T/types"
		tail -n +2 "$T/out/$table.tsv" | awk -F '\t' -v types="$(cat "$T/types")" '
			BEGIN { n = split(types, type, "\t") }
			NF != n { print NR ": " NF " fields"; bad = 1 }
			{ for (i = 1; i <= n; i++) if ($i != "" && (type[i] == "integer" && $i !~ /^-?[0-9]+$/ ||
				type[i] == "boolean" && $i != "true" && $i != "false")) { print NR ": " $i; bad = 1 } }
			END { exit bad }'
	done
	[ "$(jq '.resources | length' "$package")" = "$(ls "$T"/out/*.tsv | wc -l)" ]
}

@test "make panel from reports, and again without work when nothing changed" {
	reports
	make -s -C "$ROOT" BUILD="$BUILD" panel SEEDS="$T/in" OUT="$T/out"
	[ "$(tail -n +2 "$T/out/panel.tsv" | wc -l)" -gt 0 ]
	state "$T/out" >"$T/first"
	make -s -C "$ROOT" BUILD="$BUILD" panel SEEDS="$T/in" OUT="$T/out"
	state "$T/out" >"$T/second"
	same "$T/first" "$T/second"
}

@test "the specimens give the records that were read and found right" {
	tables SEEDS="$ROOT/seeds" OUT="$T/out"
	for want in "$CASES"/pipeline/*.jsonl; do
		same "$want" "$T/out/${want##*/}"
	done
	[ "$(ls "$CASES/pipeline" | wc -l)" = "$(ls "$ROOT/seeds" | wc -l)" ]
}
