load helper
load browser

teardown() {
	browser_close
}

# Two documents with headings, facts of both kinds, a goal without a figure, a note and its marker.
sample() {
	jq -nc '
	def n(s; e; raw; v; u): {start: s, end: e, raw: raw, kind: "quantity", value: v, unit: u};
	{doc: "甲", seq: 0, type: "document", text: "青湾区政府工作报告", title: "青湾区政府工作报告", place: "青湾区",
	 adcode: "990101", year: 2031, kind: "report", numbers: [], entities: [], facts: []},
	{doc: "甲", seq: 1, type: "heading", level: 1, label: "一、", text: "去年工作回顾", path: [], part: "review"},
	{doc: "甲", seq: 2, type: "paragraph", path: ["去年工作回顾"], part: "review",
	 text: "青湾区地区生产总值达到512.6亿元，增长7.1%，用工1200人。",
	 numbers: [n(11; 18; "512.6亿元"; "51260000000"; "CNY"), n(21; 25; "7.1%"; "7.1"; "%"), n(28; 33; "1200人"; "1200"; "{人}")],
	 entities: [{start: 0, end: 3, raw: "青湾区", type: "place", id: "990101"}],
	 facts: [{number: 0, subject: "地区生产总值", subject_start: 3, subject_end: 9, indicator: "gdp", measure: "level",
	          status: "actual", period: "2030", place: "990101"},
	         {number: 1, subject: "地区生产总值", subject_start: 3, subject_end: 9, indicator: "gdp", measure: "growth",
	          status: "actual", period: "2030", place: "990101"}]},
	{doc: "甲", seq: 3, type: "paragraph", path: ["今年目标"], part: "goals",
	 text: "今年，地区生产总值增长6.5%以上，智脑产业加快发展，居民收入与经济增长同步。",
	 note_refs: [{at: 20, label: "1."}],
	 numbers: [n(11; 15; "6.5%"; "6.5"; "%") + {bound: "ge"}],
	 entities: [{start: 18, end: 20, raw: "智脑", type: "policy"}],
	 facts: [{number: 0, subject: "地区生产总值", subject_start: 3, subject_end: 9, indicator: "gdp", measure: "growth",
	          status: "target", period: "2031", place: "990101", hedge: "力争"},
	         {subject: "居民收入", subject_start: 27, subject_end: 31, relation: "sync_with", reference: "经济增长",
	          status: "target", period: "2031"}]},
	{doc: "甲", seq: 4, type: "note", label: "1.", term: "智脑", text: "一种算法。", path: [], part: "notes"},
	{doc: "乙", seq: 0, type: "document", text: "", title: "白岩县政府工作报告", kind: "report", year: 2031},
	{doc: "乙", seq: 1, type: "paragraph", path: [], part: "review", text: "粮食总产量3万吨。",
	 numbers: [n(5; 8; "3万吨"; "30000"; "t")], entities: [],
	 facts: [{number: 0, subject: "粮食总产量", subject_start: 0, subject_end: 5, indicator: "grain_output", measure: "level",
	          status: "actual", period: "2030", place: "990102"}]}'
}

page() {
	sample | to-html "$@" >"$T/页 面.html"
}

@test "to-html: the page of the sample is as it was looked at" {
	page
	sed -n '/<main/,/<\/aside>/p' "$T/页 面.html" >"$T/body"
	same "$CASES/to-html/body.html" "$T/body"
}

@test "to-html: a record that is refused is named, and the rest goes on" {
	printf '%s\n' 'not json' '{"doc":"a"}' '{"text":"增长6%","numbers":[{"start":2,"end":9}]}' \
		'{"text":"甲","note_refs":[{"at":2}]}' '{"text":"乙","facts":[{"number":0}]}' '{"text":"丙"}' >"$T/in"
	rc=0
	to-html "$T/in" >"$T/out" 2>"$T/err" || rc=$?
	[ "$rc" = 1 ]
	[ "$(grep -c '^to-html: record [1-5]: ' "$T/err")" = 5 ]
	grep -q '^<p id="r1">丙</p>$' "$T/out"
}

@test "to-html: empty input gives an empty page" {
	to-html </dev/null >"$T/page.html"
	grep -q '<main id="text">' "$T/page.html"
	grep -q '</html>$' "$T/page.html"
}

@test "to-html: a full disk and an unreadable input give 3" {
	run -3 bash -c 'to-html </dev/null >/dev/full'
	run -3 to-html "$T/none"
}

@test "to-html: the page is static but for its own style and script, and asks for nothing from outside" {
	page
	css=$(sha256sum "$ROOT/lib/html/page.css" | head -c 64 | sed 's/../\\x&/g')
	grep -qF "style-src 'sha256-$(printf "$css" | base64)'" "$T/页 面.html"
	grep -q "default-src 'none'" "$T/页 面.html"
	refute grep -Eq '(src|href)="[^#]|https?:|@import|url\(' "$T/页 面.html"
}

@test "to-html: what a hostile record holds stays text" {
	evil='"><script>alert(1)</script><img src=x onerror=alert(1)>'"'"'</style></title>--><!--&amp;'
	jq -nc --arg e "$evil" '{doc: $e, seq: 0, type: "document", kind: "report", text: $e, title: $e, place: $e, session: $e},
		{doc: $e, seq: 1, type: "heading", level: 1, label: $e, text: $e},
		{doc: $e, seq: 2, type: "note", label: $e, term: $e, text: $e},
		{doc: $e, seq: 3, type: "paragraph", text: $e, note_refs: [{at: 1, label: $e}],
		 numbers: [{start: 0, end: 3, raw: $e, kind: $e, value: $e, unit: $e, bound: $e, per: $e},
		           {start: 0, end: 3, raw: $e, min: $e, max: $e}],
		 entities: [{start: 1, end: 2, type: $e, id: $e, raw: $e}, {start: 1, end: 2, type: "place", id: $e}],
		 facts: [{number: 0, subject: $e, subject_start: 0, subject_end: 5, indicator: $e, measure: $e, status: $e, period: $e,
		          place: $e, hedge: $e}, {relation: $e, reference: $e}]}' | to-html >"$T/page.html"
	[ "$(grep -o '<script' "$T/page.html" | wc -l)" = 1 ]
	refute grep -q '<img' "$T/page.html"
	[ "$(grep -o '<!--' "$T/page.html" | wc -l)" = 0 ]
	browser_needed
	browser_open "$T/page.html"
	[ "$(browser_js 'document.querySelectorAll("script").length')" = 1 ]
	[ "$(browser_js 'document.title')" = "$evil" ]
	[ "$(browser_js 'document.querySelector("#r4").textContent.includes("<script>alert(1)</script>")')" = true ]
	[ "$(browser_js 'document.querySelectorAll("#facts > li").length')" = 2 ]
	[ "$(browser_js 'document.querySelector("#facts > li").dataset.status')" = "$evil" ]
}

@test "to-html: marks that cross, nest deep or are many stay well formed and linear" {
	jq -nc '{text: ("甲乙丙丁" * 5000), entities: [range(10000) | {start: ., end: (. + 10000), type: "org"}],
		numbers: [range(10000) | {start: ., end: (. + 1), value: "1"}]}' >"$T/in"
	timeout 20 to-html "$T/in" >"$T/page.html"
	[ "$(wc -c <"$T/page.html")" -lt 4000000 ]
	grep '^<p id' "$T/page.html" >"$T/text"
	[ "$(grep -o '<span class="e ' "$T/text" | wc -l)" = "$(grep -o '</span>' "$T/text" | wc -l)" ]
	[ "$(grep -o '<b ' "$T/text" | wc -l)" = "$(grep -o '</b>' "$T/text" | wc -l)" ]
}

@test "to-html: a subject of several stretches is marked in all of them" {
	echo '{"text":"城乡居民收入","facts":[{"relation":"stable","subject":["城","居民收入"],"subject_start":[0,2],"subject_end":[1,6]}]}' |
		to-html >"$T/page.html"
	grep -qF '<p id="r1"><span class="s" id="r1s0-3">城</span>乡<span class="s" id="r1s6-18">居民收入</span></p>' "$T/page.html"
	grep -qF 'data-subject="r1s0-3 r1s6-18"' "$T/page.html"
	grep -qF '城 … 居民收入' "$T/page.html"
}

@test "to-html: members that are empty, missing or of another type are no trouble" {
	for value in '""' '[]' '{}' null 1 '[""]' '[[]]'; do
		jq -nc --argjson v "$value" '{doc: $v, type: $v, text: "甲乙", label: $v, term: $v, level: $v, title: $v, place: $v,
			numbers: [{start: 0, end: 1, raw: $v, kind: $v, value: $v, min: $v, max: $v, unit: $v, bound: $v}],
			entities: [{start: 0, end: 1, type: $v, id: $v}],
			facts: [{number: 0, subject: $v, indicator: $v, measure: $v, sign: $v, status: $v, period: $v, place: $v, hedge: $v,
			         estimated: $v, reference: $v, relation: $v}, {}]}' >"$T/in"
		jq -c '.type = ("document", "heading", "note")' "$T/in" >>"$T/in.more"
		cat "$T/in.more" >>"$T/in"
		to-html "$T/in" >"$T/out"
		to-brat -a "$T/in" >"$T/out"
		printf 'term\n甲\n' >"$T/list"
		count-terms -t "$T/list" -b part "$T/in" >"$T/out"
	done
}

@test "to-html: a click on a fact leads to its words, a click on a number to its fact" {
	browser_needed
	page
	browser_open "$T/页 面.html"
	browser_click '#facts li:nth-child(3)'
	[ "$(browser_js 'document.querySelectorAll("main .hit").length')" = 2 ]
	[ "$(browser_js 'document.querySelector("main .n.hit").textContent')" = '6.5%' ]
	[ "$(browser_js 'document.querySelector("main .s.hit").textContent')" = 地区生产总值 ]
	[ "$(browser_js 'location.hash')" = '#r4n0' ]
	browser_click '#r3n0'
	[ "$(browser_js 'document.querySelector("#facts [aria-current] b").textContent')" = '512.6亿元' ]
}

@test "to-html: the facts can be filtered by status, indicator, place, document and words" {
	browser_needed
	page
	browser_open "$T/页 面.html"
	visible='[...document.querySelectorAll("#facts > li")].filter(l => l.offsetHeight).length'
	[ "$(browser_js "$visible")" = 5 ]
	browser_click 'fieldset label:nth-of-type(3)'
	[ "$(browser_js "$visible")" = 2 ]
	[ "$(browser_js 'document.querySelector("output").textContent')" = '2 / 5' ]
	browser_click 'fieldset label:nth-of-type(1)'
	browser_click 'select[name=indicator] option:nth-child(2)'
	[ "$(browser_js "$visible")" = 3 ]
	browser_click 'select[name=indicator] option:nth-child(1)'
	browser_click 'select[name=place] option[value="990102"]'
	[ "$(browser_js "$visible")" = 1 ]
	browser_click 'select[name=place] option:nth-child(1)'
	browser_click 'select[name=document] option:nth-child(3)'
	[ "$(browser_js "$visible")" = 1 ]
	browser_click 'select[name=document] option:nth-child(1)'
	browser_click '[type=search]'
	browser_keys 同步
	[ "$(browser_js "$visible")" = 1 ]
}

@test "to-html: keys step through the facts that are shown and switch to targets" {
	browser_needed
	page
	browser_open "$T/页 面.html"
	browser_keys ttj
	[ "$(browser_js 'document.querySelector("main .n.hit").id')" = r4n0 ]
	browser_keys j
	[ "$(browser_js 'document.querySelector("main .s.hit").textContent')" = 居民收入 ]
	browser_keys '?'
	[ "$(browser_js 'document.querySelector("dialog").open')" = true ]
}

@test "to-html: on a narrow screen contents and facts come when asked for and nothing is wider than the screen" {
	browser_needed
	page
	browser_open "$T/页 面.html" 500 800
	[ "$(browser_js 'getComputedStyle(document.querySelector("#panel")).visibility')" = hidden ]
	browser_click 'header [data-shows=panel]'
	[ "$(browser_js 'getComputedStyle(document.querySelector("#panel")).visibility')" = visible ]
	[ "$(browser_js 'document.documentElement.scrollWidth <= innerWidth')" = true ]
	browser_picture "$T/narrow.png"
	[ "$(head -c 4 "$T/narrow.png" | tail -c 3)" = PNG ]
}

@test "to-html: the footnote marker leads to its note" {
	page
	id=$(grep -o '<sup><a href="#[^"]*"' "$T/页 面.html" | cut -d'"' -f2)
	grep -q "class=\"label\" id=\"${id#\#}\">1\.<" "$T/页 面.html"
}

@test "to-html: labels speak English on request" {
	page -l en
	grep -q '<h2>Contents</h2>' "$T/页 面.html"
	run -2 to-html -l fr
	sample | to-html -l zh >"$T/zh.html"
	sample | to-html | same - "$T/zh.html"
}
