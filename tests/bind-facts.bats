load helper

# bound NAME=VALUE...: the paragraph on standard input through the filters ahead and bind-facts.
bound() {
	extract-numbers | tag-entities | bind-facts "$@"
}

@test "every construction binds as the case table says" {
	cd "$CASES/bind-facts"
	[ "$(tail -n +2 cases.tsv | wc -l)" -ge 250 ]
	jq -Rcn -f records.jq <cases.tsv | bound >"$T/out"
	jq -rn -f show.jq <"$T/out" >"$T/shown"
	same expected.txt "$T/shown"
}

@test "a subject, or each piece of one, stands where its offsets say" {
	cd "$CASES/bind-facts"
	jq -Rcn -f records.jq <cases.tsv | bound >"$T/out"
	jq -es 'all(.[]; . as $r | all(.facts[];
		if .subject | type == "array"
		then . as $f | all(range(.subject | length); $r.text[$f.subject_start[.]:$f.subject_end[.]] == $f.subject[.])
		else $r.text[.subject_start:.subject_end] == .subject end))' "$T/out" >"$T/log"
}

@test "each fact points to a number of its record, and a goal without one has a relation" {
	cd "$CASES/bind-facts"
	jq -Rcn -f records.jq <cases.tsv | bound >"$T/out"
	jq -es 'all(.[]; . as $r | all(.facts[]; if .number then .number < ($r.numbers | length) else .relation end))' "$T/out" >"$T/log"
}

@test "a second run changes nothing" {
	cd "$CASES/bind-facts"
	jq -Rcn -f records.jq <cases.tsv | bound >"$T/once"
	bind-facts "$T/once" >"$T/twice"
	same "$T/once" "$T/twice"
}

@test "--explain accounts for every number" {
	cd "$CASES/bind-facts"
	jq -Rcn -f records.jq <cases.tsv | extract-numbers >"$T/numbers"
	bind-facts --explain "$T/numbers" >"$T/out"
	[ "$(head -n 1 "$T/out")" = "$(printf 'doc\tseq\tstart\tend\traw\tdecision\trule')" ]
	jq -r 'select(.seq == 1) | . as $r | .numbers[] | [$r.doc, .start, .end] | @tsv' "$T/numbers" | sort -u >"$T/want"
	tail -n +2 "$T/out" | awk -F '\t' -v OFS='\t' '$3 < $4 {print $1, $3, $4}' | sort -u >"$T/got"
	cmp "$T/want" <(comm -12 "$T/want" "$T/got")
	[ -z "$(tail -n +2 "$T/out" | cut -f 6 | grep -vx -e bound -e unbound)" ]
	[ -z "$(tail -n +2 "$T/out" | awk -F '\t' '$7 == ""')" ]
}

@test "what nothing binds is left unbound, not guessed" {
	record 比2019年增长41% | extract-numbers | bind-facts >"$T/out"
	jq -e '.facts == []' "$T/out"
	record 比2019年增长41% | extract-numbers | bind-facts --explain | cut -f 5-7 | tail -n 1 >"$T/row"
	same "$T/row" - <<<$'41%\tunbound\tno subject'
}

@test "indicators of one's own are found beside the suite's, and replace them by id" {
	printf 'id\tname_zh\tvariants_zh\tunit\tforms\npeony\t牡丹种植面积\t油用牡丹面积\t万亩\tlevel\ngdp\t地区总产出\t\t亿元\tlevel\n' >"$T/own.tsv"
	record 油用牡丹面积达到12万亩，地区总产出900亿元，森林覆盖率41%，地区生产总值800亿元。 | extract-numbers |
		bind-facts -i "$T/own.tsv" | jq -r '.facts[] | .indicator // "-"' >"$T/out"
	same "$T/out" - <<<$'peony\ngdp\nforest_coverage\n-'
}

@test "a document record sets year and place for what follows, and has no facts" {
	{
		echo '{"doc":"a","seq":0,"type":"document","text":"","year":2018,"adcode":"210200"}'
		record 地区生产总值增长6%。
		echo '{"doc":"b","seq":0,"type":"document","text":""}'
		record 地区生产总值增长6%。
	} | extract-numbers | bind-facts | jq -c '[.facts[]? | [.period, .place]]' >"$T/out"
	same "$T/out" - <<<$'[]\n[["2017","210200"]]\n[]\n[[null,null]]'
}

# told: of each paragraph on standard input, records without a year, the status and period of its facts.
told() {
	{
		echo '{"doc":"a","seq":0,"type":"document","part":"other","text":""}'
		jq -Rc '{doc: "a", seq: input_line_number, type: "paragraph", path: [], part: "other", text: .}'
	} | extract-numbers | bind-facts | jq -r '.facts[]? | .status + " " + (.period // "-")'
}

@test "a digest tells its years, and what is planned, by its lines" {
	told >"$T/out" <<-'END'
		一图读懂2024年云川市政府工作报告
		2023年主要成绩
		地区生产总值增长5.6%
		2024年预期目标
		地区生产总值增长6%左右
		今年重点工作
		新建学校6所
	END
	same "$T/out" - <<<$'actual 2023\ntarget 2024\ntarget 2024'
	told >"$T/out" <<-'END'
		过去一年成绩单
		地区生产总值增长5.6%
		今年怎么干
		新建学校6所
	END
	same "$T/out" - <<<$'actual -\ntarget -'
	told >"$T/out" <<-'END'
		回望“十三五”
		财政收入年均增长8%，城镇化率达到58%
	END
	same "$T/out" - <<<$'actual 2016/2020\nactual 2020'
}

@test "the year behind the one that was told of is the one that news of a report plan for" {
	told >"$T/out" <<-'END'
		2023年，全市地区生产总值增长5.6%。
		2024年，云川市将实现地区生产总值增长6%左右。
		今年，我市计划建设保障性住房3000套。
		过去五年，财政收入年均增长8%。
	END
	same "$T/out" - <<<$'actual 2023\ntarget 2024\ntarget 2024\nactual 2019/2023'
	told >"$T/out" <<-'END'
		在2015年2月11日的政府工作报告中，市长提出了新的目标。
		今年主要预期目标：地区生产总值增长9%。
		去年新建学校6所。
	END
	same "$T/out" - <<<$'target 2015\nactual 2014'
	told >"$T/out" <<-'END'
		2026年是“十五五”开局之年，今年将新建学校6所。
		企业减税3亿元。
	END
	same "$T/out" - <<<$'target 2026\nactual 2025'
}

@test "a term that the text of a section opens with holds for its paragraphs, until one opens with another year" {
	report() {
		echo '{"doc":"a","seq":0,"type":"document","text":"","year":2021}'
		record "$1"
		record 建成学校6所，城镇化率达到51%。
		record 2020年，生产总值达到80亿元，比2015年增长40%。建成公园2座。
		record 2020年，我们着力抓发展。建成医院3所。
		record 建成敬老院4所。
		record 五年来，建成水库5座。
		record 今年建成泵站7座。 'part: "tasks"'
		record 建成泵站8座。 'part: "tasks"'
	}
	report “十三五”时期，我们迎难而上，砥砺前行。 | extract-numbers | bind-facts | jq -r '[.facts[]?.period] | select(. != []) | join(" ")' >"$T/out"
	same "$T/out" - <<-'END'
		2016/2020 2020
		2020 2016/2020 2016/2020
		2020
		2020
		2016/2020
		2021
		2021
	END
	report 2020年，我们迎难而上。 | extract-numbers | bind-facts | jq -r '[.facts[]?.period] | select(. != []) | join(" ")' >"$T/out"
	same "$T/out" - <<-'END'
		2020 2020
		2020 2016/2020 2020
		2020
		2020
		2016/2020
		2021
		2021
	END
}

@test "where no heading tells, the mood of the paragraphs says whether they plan or look back" {
	report() {
		echo '{"doc":"a","seq":0,"type":"document","text":"","year":2008}'
		for text; do record "$text" 'part: "front"'; done
		record 新建水库2座，争取资金3亿元。 'path: ["2008年工作安排"], part: "tasks"'
	}
	report 粮食生产喜获丰收，大力发展特色农业，新建蔬菜基地2万亩。 积极推进项目建设，完成了86个项目。加快小城镇建设，投资3200万元。 \
		狠抓招商引资，全力推进重点项目，着力改善环境，引进项目58个，成功争取资金8亿元。 |
		extract-numbers | bind-facts | jq -r '.facts[]? | .status + " " + .period' | uniq -c >"$T/out"
	same "$T/out" - <<<$'      5 actual 2007\n      2 target 2008'
	report 大力发展特色农业，积极推进规模经营，着力抓好基地建设，切实加强管理，新建蔬菜基地2万亩。 实施项目86个，投资3200万元。 |
		extract-numbers | bind-facts | jq -r '.facts[]? | .status + " " + .period' | uniq -c >"$T/out"
	same "$T/out" - <<<$'      5 target 2008'
}

@test "a report of December looks back on its own year" {
	{
		echo '{"doc":"a","seq":0,"type":"document","text":"","year":2021,"date":"2021-12-25"}'
		record 新建学校6所。
		record 今年新建学校7所。
		record 明年新建学校8所。 'part: "tasks"'
		echo '{"doc":"b","seq":0,"type":"document","text":"","year":2022,"date":"2021-12-25"}'
		record 新建学校6所。
	} | extract-numbers | bind-facts | jq -r '.facts[]? | .status + " " + .period' >"$T/out"
	same "$T/out" - <<<$'actual 2021\nactual 2021\ntarget 2022\nactual 2021'
}

@test "glossary entries bind nothing" {
	record 指年产值10亿元以上的企业。 'type: "note"' | extract-numbers | bind-facts | jq -e '.facts == []'
}

@test "members it does not know pass byte for byte, and old facts are replaced" {
	echo '{"x" : 1.10,"text":"无","facts":[7], "y":"\u0041"}' | bind-facts >"$T/out"
	same "$T/out" - <<<'{"x" : 1.10,"text":"无","facts":[], "y":"\u0041"}'
}

@test "numbers and entities that are not as the filters write them are refused, and the rest goes on" {
	{
		echo '{"text":"一","numbers":7}'
		echo '{"text":"一","numbers":[{"start":1,"end":2,"kind":"percent"}]}'
		echo '{"text":"一二","numbers":[{"start":1,"end":2,"kind":"percent"},{"start":0,"end":1,"kind":"rank"}]}'
		echo '{"text":"一","numbers":[{"start":0,"end":1,"kind":"colour"}]}'
		echo '{"text":"一","entities":{}}'
		echo '{"text":"好"}'
	} >"$T/in"
	run --separate-stderr bind-facts "$T/in"
	[ "$status" = 1 ]
	[ "$output" = '{"text":"好","facts":[]}' ]
	[ "$stderr" = 'bind-facts: record 1: "numbers" is not as extract-numbers writes it
bind-facts: record 2: "numbers" is not as extract-numbers writes it
bind-facts: record 3: "numbers" is not as extract-numbers writes it
bind-facts: record 4: "numbers" is not as extract-numbers writes it
bind-facts: record 5: "entities" is not as tag-entities writes it' ]
}

@test "--explain refuses what cannot be read, as without it" {
	printf '%s\n' '{"text":"一","numbers":7}' '{"text":"好"}' >"$T/in"
	run -1 --separate-stderr bind-facts --explain "$T/in"
	[ "${#lines[@]}" = 1 ]
	[ "$stderr" = 'bind-facts: record 1: "numbers" is not as extract-numbers writes it' ]
}

@test "a place of one letter, in front of everything, is a place" {
	{
		echo '{"doc":"a","seq":0,"type":"document","text":"","adcode":"520600","year":2026}'
		printf '{"doc":"a","seq":1,"type":"paragraph","part":"review","text":"A\\u751f产总值增长5%%","numbers":[%s],"entities":[%s]}\n' \
			'{"start":7,"end":9,"raw":"5%","kind":"percent","value":"5","unit":"%"}' '{"start":0,"end":1,"raw":"A","type":"place","id":"330201"}'
	} | bind-facts | jq -r '.facts[]?.place' >"$T/out"
	same "$T/out" - <<<520600
}

@test "a malformed dictionary is named with its line, status 2; a missing one is status 3" {
	printf 'id\tname_zh\tvariants_zh\nx\t\t\n' >"$T/bad.tsv"
	run bind-facts -i "$T/bad.tsv" </dev/null
	[ "$status" = 2 ]
	[ "$output" = "bind-facts: $T/bad.tsv: line 2: an indicator without id or name" ]
	run bind-facts -i "$T/none.tsv" </dev/null
	[ "$status" = 3 ]
	cp -r "$BUILD/share/gwr" "$T/dict"
	printf 'name\tbefore\twhat\tafter\tmeasure\tsign\tsubject\nx\tNOSUCH\tany\t\tlevel\t\tbefore\n' >"$T/dict/frames.tsv"
	GWR_DICT="$T/dict" run bind-facts </dev/null
	[ "$status" = 2 ]
	[ "$output" = "bind-facts: $T/dict/frames.tsv: line 2: a class of words that there is not" ]
}

@test "an output that cannot be written is status 3" {
	run bash -c "echo '{\"text\":\"无\"}' | bind-facts >/dev/full"
	[ "$status" = 3 ]
}

@test "hostile text takes time in proportion to its length" {
	for text in 增长 、 和 其中 从到 “ （ 比上年高于 占比重达到 首次 全市 力争; do
		jq -nc --arg t "$text" '{text: ($t * 60000 + "5%"), part: "goals", type: "paragraph"}' |
			extract-numbers | timeout 20 bind-facts >"$T/out"
	done
	jq -nc '{text: ("5%、" * 60000), part: "goals", type: "paragraph"}' | extract-numbers | timeout 20 bind-facts >"$T/out"
	for part in review goals; do
		jq -nc --arg p $part '{text: ("生产总值增长5%，总量增长6%，" * 30000), part: $p, type: "paragraph"}' |
			extract-numbers | timeout 20 bind-facts >"$T/out"
	done
}

@test "a record of 1 MB costs little memory, whatever it repeats" {
	[[ $BUILD != */asan ]] || skip 'sanitizers want all addresses'
	python3 - <<-'E' >"$T/records"
		import json
		def record(ahead, unit, start, end):
		    n = 1000000 // (len(unit.encode()) + 60)
		    at = [len(ahead) + i * len(unit) for i in range(n)]
		    numbers = [{"start": i + start, "end": i + end, "kind": "percent"} for i in at] if end else []
		    print(json.dumps({"text": ahead + unit * (n if end else 300000), "part": "goals", "numbers": numbers}, ensure_ascii=False))
		record("", "1%、", 0, 2)
		record("产值", "，增长1%", 3, 5)
		record("甲" * 200, "，增长1%", 3, 5)
		record("甲" * 200000, "，增长1%", 3, 5)
		record("", "出口、" * 15 + "出口各增长1%，", 50, 52)
		for unit in "、", "，", "a,", "“。", "！", "同步", "五年来", "增长", "的":
		    record("", unit, 0, 0)
	E
	[ "$(wc -l <"$T/records")" = 14 ]
	(ulimit -v 32768 && timeout 20 bind-facts "$T/records") >"$T/out"
	[ "$(wc -l <"$T/out")" = 14 ]
	[ "$(wc -c <"$T/out")" -gt 20000000 ]
}

@test "a word of time that reaches over two numbers hides none" {
	echo '{"text":"五年来产值增长3%。","numbers":[{"start":0,"end":1,"kind":"quantity"},{"start":1,"end":2,"kind":"quantity"},
		{"start":7,"end":9,"kind":"percent"}]}' | tr -d '\n\t' | bind-facts --explain | tail -n +2 | cut -f 5 >"$T/out"
	same "$T/out" - <<<$'五\n年\n3%'
}

@test "a phrase without an end names nothing, and is not written with each figure" {
	{
		record "$(printf '甲%.0s' {1..150})，产值增长1%，投资增长2%。"
		record "$(printf '甲%.0s' {1..250})增长1%，增长2%，增长3%。"
	} | extract-numbers | bind-facts | jq -c '.facts | length' >"$T/out"
	same "$T/out" - <<<$'2\n0'
}

@test "a place that reaches into a number hides none" {
	echo '{"text":"甲乙丙12个。","numbers":[{"start":3,"end":6,"kind":"quantity","unit":"{个}"}],
		"entities":[{"start":1,"end":5,"type":"place","id":"330200"}]}' | tr -d '\n\t' | timeout 10 bind-facts | jq -c '.facts[].subject' >"$T/out"
	same "$T/out" - <<<'"甲乙丙"'
}
