# The same report in every form that people have it in.
load helper

REPORT=$ROOT/seeds/clean.txt

# facts FILE: what the filters read from it, without what names the input.
facts() {
	"$ROOT/pipelines/to-text" "$1" >"$T/text"
	normalize "$T/text" | split-sections -n report | extract-numbers | tag-entities | bind-facts >"$T/records"
	to-tsv -t facts "$T/records" | cut -f 3-
}

# as_html [FROM TO]: lines of the report as a page of a site.
as_html() {
	echo '<!DOCTYPE html><html><head><meta charset="utf-8"><title>页</title><style>p { text-indent: 2em }</style></head><body>'
	sed -n "${1:-1},${2:-\$}p" "$REPORT" | sed '/^[[:space:]]*$/d; s/&/\&amp;/g; s/</\&lt;/g; s/.*/<p>&<\/p>/'
	echo '<script>track("页")</script></body></html>'
}

setup() {
	facts "$REPORT" >"$T/want"
	[ "$(wc -l <"$T/want")" -gt 20 ]
}

needed() {
	local tool
	for tool; do
		command -v "$tool" >/dev/null || skip "no $tool"
	done
}

@test "import: HTML gives the facts of the text" {
	needed pandoc
	as_html >"$T/a.html"
	facts "$T/a.html" >"$T/got"
	same "$T/want" "$T/got"
}

@test "import: HTML in GBK gives them too, whether it says so or not" {
	needed pandoc
	as_html | sed 's/utf-8/gb2312/' | iconv -f UTF-8 -t GB18030 >"$T/a.htm"
	facts "$T/a.htm" >"$T/got"
	same "$T/want" "$T/got"
	as_html | sed 's/<meta[^>]*>//' | iconv -f UTF-8 -t GB18030 >"$T/b.HTML"
	facts "$T/b.HTML" >"$T/got"
	same "$T/want" "$T/got"
}

@test "import: DOCX gives the facts of the text, bold and linked words too" {
	needed pandoc
	as_html | sed 's/增长/<b>增长<\/b>/; s/亿元/<a href="x"><i>亿<\/i>元<\/a>/' | pandoc -f html -o "$T/a.docx"
	facts "$T/a.docx" >"$T/got"
	same "$T/want" "$T/got"
}

@test "import: ODT gives the facts of the text" {
	needed pandoc
	as_html | pandoc -f html -o "$T/a.odt"
	facts "$T/a.odt" >"$T/got"
	same "$T/want" "$T/got"
}

@test "import: PDF gives the facts of the text, though it breaks lines and pages" {
	needed pdftotext chromium
	as_html >"$T/a.html"
	chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
		--disable-component-update --disable-sync --user-data-dir="$T/profile" --no-pdf-header-footer \
		--print-to-pdf="$T/a.pdf" "file://$T/a.html" 2>/dev/null
	[ "$(pdfinfo "$T/a.pdf" | sed -n 's/^Pages: *//p')" -gt 1 ]
	facts "$T/a.pdf" >"$T/got"
	same "$T/want" "$T/got"
}

@test "import: a zip of pages gives the facts of the whole, page 10 behind page 2" {
	needed pandoc zip unzip
	mkdir "$T/pages"
	lines=$(wc -l <"$REPORT")
	as_html 1 $((lines / 3)) >"$T/pages/第1页.html"
	as_html $((lines / 3 + 1)) $((lines * 2 / 3)) >"$T/pages/第2页.html"
	sed -n "$((lines * 2 / 3 + 1)),\$p" "$REPORT" | iconv -f UTF-8 -t GB18030 >"$T/pages/第10页.txt"
	echo 'not a page' >"$T/pages/notes.md"
	(cd "$T" && zip -q -r a.zip pages)
	facts "$T/a.zip" >"$T/got"
	same "$T/want" "$T/got"
}

@test "import: .doc is read by its content: DOCX and HTML under that name too, RTF is refused" {
	needed pandoc
	as_html >"$T/a.doc"
	facts "$T/a.doc" >"$T/got"
	same "$T/want" "$T/got"
	as_html | pandoc -f html -t docx -o "$T/b.doc"
	facts "$T/b.doc" >"$T/got"
	same "$T/want" "$T/got"
	printf '{\\rtf1 x}' >"$T/c.doc"
	run -3 "$ROOT/pipelines/to-text" "$T/c.doc"
}

@test "import: one folder holds all forms, and make turns each into records" {
	needed pandoc
	mkdir "$T/in"
	cp "$REPORT" "$T/in/文本.txt"
	as_html >"$T/in/网页.html"
	as_html | pandoc -f html -o "$T/in/文档.docx"
	make -s -C "$ROOT" tables BUILD="$BUILD" SEEDS="$T/in" OUT="$T/out"
	for name in 网页 文档; do
		to-tsv -t facts "$T/out/$name.jsonl" | cut -f 3- | same "$T/want" -
	done
}

@test "import: plain text passes byte for byte; what cannot be read says why" {
	printf '\xff\xfe\0x' >"$T/a.txt"
	"$ROOT/pipelines/to-text" "$T/a.txt" | cmp - "$T/a.txt"
	: >"$T/a.xls"
	run -2 "$ROOT/pipelines/to-text" "$T/a.xls"
	[[ $output == *'not one of txt'* ]]
	run -3 "$ROOT/pipelines/to-text" "$T/none.txt"
	run -2 "$ROOT/pipelines/to-text"
}
