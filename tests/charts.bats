# What is made of the tables for people to look at.
load helper

needed() {
	local tool
	for tool; do
		command -v "$tool" >/dev/null || skip "no $tool"
	done
}

# Reports of three places for five years, with a hostile name among them.
setup_file() {
	export IN=$BATS_FILE_TMPDIR/in OUTPUT=$BATS_FILE_TMPDIR/out
	local place year n=0
	mkdir "$IN"
	for place in 青湾市 白岩县 临溪区; do
		for year in 2026 2027 2028 2029 2030; do
			n=$((n + 1))
			cat >"$IN/$place \$(touch x)'\"<b>&$year.txt" <<-TEXT
				${year}年${place}人民政府工作报告
				一、$((year - 1))年工作回顾
				$((year - 1))年，实现地区生产总值$((900 + n * 10)).$n亿元，增长$((n % 7 + 2)).5%；一般公共预算收入增长$((n % 5 + 1))%。
				二、${year}年工作安排
				今年主要预期目标是：地区生产总值增长$((n % 3 + 5))%—$((n % 3 + 6))%，一般公共预算收入增长$((n % 4 + 2))%以上。
			TEXT
		done
	done
}

turn() {
	make -s -C "$ROOT" "$1" BUILD="$BUILD" SEEDS="$IN" OUT="$OUTPUT" >"$T/said" 2>&1 || { cat "$T/said"; return 1; }
}

@test "charts: an indicator over years, targets side by side and targets against actuals, as SVG and PNG with their data" {
	needed gnuplot
	turn charts
	cd "$OUTPUT/charts"
	for kind in years targets against; do
		[ -s "gdp-growth-$kind.svg" ]
		[ "$(head -c 4 "gdp-growth-$kind.png" | tail -c 3)" = PNG ]
		[ -s "gdp-growth-$kind.tsv" ]
		xmllint --noout "gdp-growth-$kind.svg" 2>/dev/null || grep -q '</svg>' "gdp-growth-$kind.svg"
	done
	grep -q '地区生产总值 · 增长（%）' gdp-growth-years.svg
	[ "$(grep -c '[市县区] 20[23][0-9]' gdp-growth-against.tsv)" = 12 ]
	[ "$(cut -f 3 gdp-growth-targets.tsv | grep -c '^[5-7]–[6-8]$')" = 3 ]
	[ "$(cut -f 1 charts.tsv | sort -u | paste -sd ' ')" = 'against targets years' ]
}

@test "charts: names from reports are data to gnuplot, not commands" {
	needed gnuplot
	printf '%s\n' "\`touch $T/x\`" "2030	1	2" "2031	2	3" >"$T/data.tsv"
	printf "' . system('touch $T/x') . '\t1\t2\n" >"$T/rows.tsv"
	cd "$ROOT"
	gnuplot -c pipelines/charts/years.gp "$T/data.tsv" "\`touch $T/x\` @x \$(touch $T/x)" "$T/years" 1 2>/dev/null
	gnuplot -c pipelines/charts/targets.gp "$T/rows.tsv" "'; system('touch $T/x'); '" "$T/targets" 1 2>/dev/null
	[ -s "$T/years.png" ]
	[ -s "$T/targets.svg" ]
	[ ! -e "$T/x" ]
}

@test "wide: a spreadsheet with byte order mark, a row for each place and year, a column for each indicator" {
	turn wide
	[ "$(head -c 3 "$OUTPUT/panel-wide.csv")" = $'\xef\xbb\xbf' ]
	/usr/bin/python3 "$ROOT/tests/wide.py" "$OUTPUT/panel-wide.csv" "$OUTPUT/panel.tsv"
}

@test "report: the front page leads to files that are there, and what reports say stays text" {
	needed gnuplot
	turn report
	/usr/bin/python3 "$ROOT/tests/links.py" "$OUTPUT/index.html"
	refute grep -q '<b>&' "$OUTPUT/index.html"
	[ "$(find "$OUTPUT/pages" -name '*.html' | wc -l)" = 15 ]
	rm "$IN"/青湾市*2030.txt
	turn report
	[ "$(find "$OUTPUT/pages" -name '*.html' | wc -l)" = 14 ]
}
