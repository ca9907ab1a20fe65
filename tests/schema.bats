# record.schema.json: what gwr(7) promises about records, in a form that machines check.
load helper

SCHEMA=$ROOT/lib/schema/record.schema.json

setup() {
	/usr/bin/python3 -c 'import jsonschema' 2>/dev/null || skip 'no python3-jsonschema'
}

good() {
	"$ROOT/tests/validate.py" "$SCHEMA"
}

# bad FILTER: what jq makes of the good record by FILTER is refused.
bad() {
	jq -c "$1" "$T/good" >"$T/bad"
	refute "$ROOT/tests/validate.py" "$SCHEMA" <"$T/bad"
}

sample() {
	record '一般公共预算收入增长5%左右，与经济增长同步' \
		'numbers: [{start: 10, end: 12, raw: "5%", kind: "percent", value: "5", unit: "%", bound: "approx"}]' \
		'entities: []' \
		'facts: [{number: 0, subject: "一般公共预算收入", subject_start: 0, subject_end: 8, measure: "growth",
		          status: "target", period: "2031"},
		         {relation: "sync_with", reference: "经济增长", status: "target"}]'
}

@test "schema: a record with every kind of annotation is accepted" {
	sample | good
}

@test "schema: each type of record is accepted, unknown members too" {
	jq -nc '{doc: "a", seq: 0, type: "document", text: "", kind: "report", year: 2031, date: "2031-01-09",
	         adcode: "330200", inferred: ["year"]},
	        {doc: "a", seq: 1, type: "heading", text: "回顾", level: 1, label: "一、", path: [], part: "review"},
	        {doc: "a", seq: 2, type: "note", text: "一种算法", term: "智脑", label: "1.", mine: {x: 1}}' | good
}

@test "schema: EDTF dates, months, intervals and years without digits are accepted" {
	for date in 2031 2031-05 2031-05-06 XXXX-03-29 2026/2030 2031-03-29/2031-04-01 202X ../2030; do
		record '日期' "numbers: [{start: 0, end: 1, raw: \"日\", kind: \"date\", value: \"$date\"}]" | good
	done
}

@test "schema: what breaks the contract is refused" {
	sample >"$T/good"
	good <"$T/good"
	bad 'del(.doc)'
	bad '.seq = -1'
	bad '.part = "intro"'
	bad '.numbers[0].value = 5'
	bad '.numbers[0].value = "5%"'
	bad '.numbers[0].kind = "percentage"'
	bad '.numbers[0] |= (del(.value) | .min = "4")'
	bad '.numbers[0].bound = "about"'
	bad '.facts[0].period = "二〇三一"'
	bad '.facts[0].status = "goal"'
	bad '.facts[0] |= del(.number)'
	bad '.type = "heading"'
}

@test "schema: every record of the pipeline on the specimen reports is accepted" {
	set -- "$BUILD"/out/*.jsonl
	[ -e "$1" ] || skip 'no records made yet: run make'
	cat "$@" | good
}
