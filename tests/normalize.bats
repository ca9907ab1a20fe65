load helper

setup() {
	cd "$CASES/normalize" || return 1
}

# Feeds a file in writes of N bytes.
in_writes() {
	python3 -c 'import os, sys
data = open(sys.argv[1], "rb").read()
n = int(sys.argv[2])
for i in range(0, len(data), n):
    os.write(1, data[i:i + n])' "$1" "$2"
}

@test "characters, paragraphs and furniture come out as the cases say" {
	golden normalize
}

@test "normalizing twice is normalizing once" {
	for f in *.out; do
		normalize <"$f" >"$T/again"
		same "$f" "$T/again"
	done
}

@test "nor does it change mutilated texts a second time" {
	python3 - "$ROOT"/seeds/{clean,newspaper,portal,oneline}.txt >"$T/in" <<-'END'
	import random, sys
	random.seed(7)
	pieces = ["一、", "1.", "（一）", " ", "\n", "、", "，", "。", "\n\n", "第", "\n— 3 —\n", "\n12\n", "：", "“", '"', "和", "上", "政府工作报告",
	          "\n各位代表，", "\n来源\n：", "\n责任编辑：", "【下转", "3版】", "\n一、\n", "\n第三次会议", "　", "PM", "2.5", "O", "-", "．"]
	texts = [open(name).read() for name in sys.argv[1:]]
	for _ in range(2000):
	    text = random.choice(texts)
	    at = random.randrange(len(text))
	    text = list(text[at:at + random.choice((30, 200, 1000))])
	    for _ in range(random.randrange(1, 12)):
	        at = random.randrange(len(text) + 1)
	        what = random.randrange(5)
	        if what < 2:
	            text.insert(at, random.choice(pieces))
	        elif what == 2:
	            del text[at:at + random.randrange(1, 30)]
	        elif what == 3:
	            width = random.randrange(4, 40)
	            for i in range(at, min(len(text), at + 600), width):
	                text.insert(i, random.choice("\n\n\n "))
	        else:
	            text[at:] = [c for c in text[at:] if c != "\n"]
	    print("".join(text).replace("\f", ""), "\f", sep="\n")
	END
	normalize -f UTF-8 "$T/in" >"$T/once"
	normalize -f UTF-8 "$T/once" >"$T/twice"
	same "$T/once" "$T/twice"
	normalize -f UTF-8 <(in_writes "$T/in" 1000) >"$T/cut"
	same "$T/once" "$T/cut"
}

@test "how the input is cut into reads makes no difference" {
	cat ./*.in >"$T/all"
	normalize <"$T/all" >"$T/want"
	for n in 1 2 3 7 64 1000; do
		in_writes "$T/all" $n | normalize >"$T/got"
		same "$T/want" "$T/got"
	done
	normalize <(in_writes "$T/all" 5 | cat) >"$T/got"
	same "$T/want" "$T/got"
}

@test "a text is the same in every encoding, cut anywhere" {
	for f in web columns pages jump; do
		for encoding in GB18030 GBK UTF-16LE UTF-16BE UTF-32LE; do
			iconv -f UTF-8 -t $encoding//TRANSLIT "$f.in" >"$T/in"
			normalize -f $encoding "$T/in" >"$T/got"
			same "$f.out" "$T/got"
			in_writes "$T/in" 1 | normalize --from=$encoding >"$T/got"
			same "$f.out" "$T/got"
		done
	done
}

@test "the encoding is found out, marked or not" {
	for encoding in UTF-8 GB18030 UTF-16LE UTF-16BE; do
		iconv -f UTF-8 -t $encoding web.in >"$T/in"
		normalize "$T/in" >"$T/got"
		same web.out "$T/got"
		{ printf '\ufeff' && cat web.in; } | iconv -f UTF-8 -t $encoding >"$T/in"
		normalize "$T/in" >"$T/got"
		same web.out "$T/got"
	done
	echo 全市經濟運行總體平穩，產業結構持續優化，民生福祉不斷增進。財政收入穩步增長，重點項目加快推進。 >"$T/traditional"
	iconv -f UTF-8 -t BIG5 "$T/traditional" >"$T/in"
	normalize "$T/in" >"$T/got"
	same "$T/traditional" "$T/got"
}

@test "marks of every width are known, and NUL bytes of two" {
	for encoding in UTF-16LE UTF-16BE UTF-32LE UTF-32BE GB18030; do
		{ printf '\ufeff' && cat web.in; } | iconv -f UTF-8 -t $encoding >"$T/in"
		normalize "$T/in" >"$T/got"
		same web.out "$T/got"
		in_writes "$T/in" 3 | normalize >"$T/got"
		same web.out "$T/got"
	done
	printf 'ABC 123\n' | iconv -f UTF-8 -t UTF-16BE | normalize >"$T/got"
	echo 'ABC 123' | same - "$T/got"
	# A text with a NUL byte in it is not for that of two bytes a character.
	{ cat web.in && printf '\0'; } >"$T/in"
	run -1 --separate-stderr normalize "$T/in"
	[[ $stderr == *": 00: a NUL byte, as in no text" ]]
}

@test "where Big5 and GB18030 both decode, what is written decides" {
	echo 本市經濟持續發展，人民生活水準不斷提高，教育文化事業全面進步。 >"$T/want"
	iconv -f UTF-8 -t BIG5 "$T/want" | normalize >"$T/got"
	same "$T/want" "$T/got"
	echo 全市经济持续发展，人民生活水平不断提高，教育文化事业全面进步。 >"$T/want"
	iconv -f UTF-8 -t GBK "$T/want" | normalize >"$T/got"
	same "$T/want" "$T/got"
	python3 -c 'import random; random.seed(7); import sys; sys.stdout.buffer.write(bytes(random.choice((128, 255, 32, 160)) for _ in range(4000)))' >"$T/noise"
	run -1 --separate-stderr normalize "$T/noise"
	[ "$stderr" = "normalize: $T/noise: not text in any encoding that is known" ]
}

@test "ASCII at the beginning does not hide what comes later" {
	{ yes 'plain ASCII' | head -n 1000 && cat web.in; } >"$T/utf8"
	iconv -f UTF-8 -t GB18030 "$T/utf8" >"$T/gb"
	normalize "$T/utf8" >"$T/want"
	normalize "$T/gb" >"$T/got"
	same "$T/want" "$T/got"
	in_writes "$T/gb" 100 | normalize >"$T/got"
	same "$T/want" "$T/got"
}

@test "four-byte characters of GB18030 are decoded" {
	printf '\xc8\xab\xca\xd0\x82\x35\x8f\x33\x95\x32\x82\x36\xd4\xf6\xb3\xa4\xa1\xa3\n' | normalize -f gb18030 >"$T/got"
	printf '\xc8\xab\xca\xd0\x82\x35\x8f\x33\x95\x32\x82\x36\xd4\xf6\xb3\xa4\xa1\xa3\n' | iconv -f gb18030 -t utf-8 >"$T/want"
	same "$T/want" "$T/got"
}

@test "a byte that does not decode is named with its offset, and no half line is written" {
	printf '第一行完整。\n第二行有\xff坏字节。\n第三行。\n' >"$T/in"
	run -1 normalize "$T/in"
	printf '第一行完整。\n' >"$T/want"
	normalize "$T/in" >"$T/got" 2>"$T/err" || true
	same "$T/want" "$T/got"
	[ "$(cat "$T/err")" = "normalize: $T/in: byte 31: ff: not valid UTF-8" ]
	in_writes "$T/in" 1 | normalize >"$T/got" 2>"$T/err" || [ $? = 1 ]
	same "$T/want" "$T/got"
	[ "$(cat "$T/err")" = "normalize: standard input: byte 31: ff: not valid UTF-8" ]
}

@test "--invalid=replace goes on and says how often" {
	printf '第一行完整。\n第二行有\xff坏\xe5\xad字节。\n' | normalize --invalid=replace >"$T/got" 2>"$T/err"
	printf '第一行完整。\n第二行有\xef\xbf\xbd坏\xef\xbf\xbd字节。\n' >"$T/want"
	same "$T/want" "$T/got"
	[ "$(cat "$T/err")" = "normalize: standard input: replaced what did not decode in 2 places" ]
}

@test "a character that the end cuts is an error in every encoding" {
	for encoding in UTF-8 GB18030 BIG5 UTF-16LE; do
		printf '改革' | iconv -f UTF-8 -t $encoding | head -c -1 >"$T/in"
		run -1 normalize -f $encoding "$T/in"
		[[ $output == *"the input ends inside a character" ]]
	done
}

@test "two encodings in one file are an error, not nonsense" {
	{ cat web.in && iconv -f UTF-8 -t GB18030 web.in; } >"$T/in"
	normalize "$T/in" >"$T/got" 2>"$T/err" || [ $? = 1 ]
	same web.out "$T/got"
	[ "$(cat "$T/err")" = "normalize: $T/in: byte $(stat -c %s web.in): cf: not valid UTF-8" ]
}

@test "what is no text is refused by its kind" {
	printf '\x89PNG\r\n\x1a\n\0\0\0\rIHDR' >"$T/image"
	run -1 normalize "$T/image"
	[ "$output" = "normalize: $T/image: a PNG image" ]
	printf '%%PDF-1.7\n%%\xe2\xe3\xcf\xd3\n' >"$T/pdf"
	run -1 normalize "$T/pdf"
	[[ $output == *"a PDF file"* ]]
	head -c 100000 /dev/zero >"$T/zeros"
	run -1 normalize "$T/zeros"
	[ "$output" = "normalize: $T/zeros: not text: it has NUL bytes" ]
	printf '一段文字。\n中间有\0空字节。\n' | normalize -f utf-8 >"$T/got" 2>"$T/err" || [ $? = 1 ]
	[ "$(cat "$T/got")" = 一段文字。 ]
	[[ $(cat "$T/err") == *"byte 25: 00: a NUL byte, as in no text" ]]
}

@test "a bad file is refused and the others go on, with a form feed between" {
	printf '甲。\n' >"$T/a"
	printf 'GIF89a' >"$T/b"
	printf '乙。\n' >"$T/c"
	rc=0
	normalize "$T/a" "$T/b" "$T/c" >"$T/got" 2>"$T/err" || rc=$?
	[ $rc = 1 ]
	printf '甲。\n\f\n乙。\n' >"$T/want"
	same "$T/want" "$T/got"
	[ "$(cat "$T/err")" = "normalize: $T/b: a GIF image" ]
}

@test "nothing in, nothing out" {
	for text in '' '\n' '\n \n\t\n' '\f' '\ufeff' '\u200b\n'; do
		printf "$text" | normalize >"$T/got"
		[ ! -s "$T/got" ]
	done
}

@test "--dropped tells what was taken out and where, and nothing else is lost" {
	normalize --dropped "$T/dropped" web.in >"$T/got"
	same web.out "$T/got"
	tail -n +2 "$T/dropped" | cut -f 1 >"$T/lines"
	sort -nc "$T/lines"
	[ "$(awk -F '\t' '{print NF}' "$T/dropped" | sort -u)" = 4 ]
	grep -qx $'11\tcounter\t浏览次数：1024\tweb.in' "$T/dropped"
	# Every line is in one of the two.
	cat "$T/got" <(cut -f 3 "$T/dropped") | tr -d ' \n' >"$T/all"
	while IFS= read -r line; do
		grep -qF "$(tr -d ' ' <<<"$line")" "$T/all"
	done <web.in
	printf '稳\u200b增\u200b长\ufeff。\n' | normalize --dropped "$T/dropped" >"$T/got"
	tail -n +2 "$T/dropped" | cut -f 2,3 >"$T/counts"
	printf 'invisible\tU+200B, 2 times\ninvisible\tU+FEFF, 1 times\n' >"$T/want"
	same "$T/want" "$T/counts"
}

@test "tabs and backslashes in what was dropped, and in the file's name, keep --dropped a table" {
	cp web.in "$T/"$'a\tb\\c'
	sed -i $'s/浏览次数：1024/浏览次数：\t1024/' "$T/"$'a\tb\\c'
	normalize --invalid=error --dropped "$T/dropped" "$T/"$'a\tb\\c' >"$T/got"
	same web.out "$T/got"
	[ "$(awk -F '\t' '{print NF}' "$T/dropped" | sort -u)" = 4 ]
	[ "$(tail -n 1 "$T/dropped" | cut -f 4)" = "$T/"'a\tb\\c' ]
	grep -qF 'counter	浏览次数：\t1024' "$T/dropped"
}

@test "a line of 40 MB streams through little memory" {
	[[ $BUILD != */asan ]] || skip 'sanitizers want all addresses'
	python3 -c 'print("推进改革，促进发展,增长5.5%;" * 1000000)' >"$T/long"
	(ulimit -v 65536 && normalize "$T/long") >"$T/got"
	[ "$(wc -l <"$T/got")" = 1 ]
	[ "$(tail -c 44 "$T/got")" = "推进改革，促进发展，增长5.5%；" ]
	[ "$(wc -m <"$T/got")" = 17000001 ]
	normalize "$T/got" | cmp - "$T/got"
	head -c 30000000 /dev/zero | tr '\0' ' ' | (ulimit -v 65536 && normalize) >"$T/got"
	[ ! -s "$T/got" ]
}

@test "a line that begins with more blanks than are looked at at once stays in its place" {
	printf '第一段。\n%300000s第二段。\n第三段。\n' '' >"$T/in"
	run "$BIN/normalize" "$T/in"
	[ "$output" = $'第一段。\n第二段。\n第三段。' ]
}

@test "hostile text takes no more time than other text" {
	for piece in '"' '(' '（' ' ' '\n' '_{' '0' '二0' '.' '—' '-' '上接第' '【下转第3版】' '\u200b' '第 页' '\f' '\r' 'a\n'; do
		printf "$piece%.0s" {1..100000} | timeout 20 normalize -f utf-8 >"$T/got"
	done
}

@test "output appears as input arrives" {
	mkfifo "$T/in"
	normalize <"$T/in" >"$T/got" 3>&- &
	exec 8>"$T/in"
	for _ in {1..20}; do
		printf '推进改革，促进发展，改善民生。%.0s' {1..20} >&8
		echo >&8
	done
	for _ in {1..100}; do
		[ ! -s "$T/got" ] || break
		sleep 0.05
	done
	[ -s "$T/got" ]
	exec 8>&-
	wait
}

@test "usage errors exit with 2, system errors with 3" {
	run -2 normalize -f no-such-encoding
	run -2 normalize -f UTF-8//TRANSLIT
	run -2 normalize --invalid=maybe
	run -2 normalize --nonsense
	run -3 normalize "$T/no-such-file"
	run -3 normalize --dropped "$T/no/such/folder" web.in
	run -3 bash -c 'normalize web.in >/dev/full'
	[[ $output == *"standard output: No space left on device" ]]
	run -3 bash -c 'normalize --dropped /dev/full web.in'
	mkdir "$T/dict"
	GWR_DICT=$T/dict run -3 normalize web.in
	cp "$BUILD"/share/gwr/*.tsv "$T/dict"
	printf 'rule\twhere\tclue\tpattern\nx\tany\ta\ta(\n' >"$T/dict/furniture.tsv"
	GWR_DICT=$T/dict run -2 normalize web.in
	[[ $output == *"furniture.tsv: line 2: "* ]]
}

@test "terminal escapes in file names and bytes stay out of messages" {
	name=$T/$'\e[31mred'
	printf 'GIF8' >"$name"
	run -1 normalize "$name"
	[[ $output != *$'\e'* ]]
}
