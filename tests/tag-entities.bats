load helper

# The entities of records as the column "expected" of entities.tsv has them.
compact='[.entities[] | .type + ":" + .raw + (if .id then ":" + .id else "" end)] | if . == [] then "-" else join(" ; ") end'

# Records out of entities.tsv: each text after a document record that says its home.
texts() {
	tail -n +2 "$CASES/tag-entities/entities.tsv" | jq -Rc 'split("\t") as $f | "case\(input_line_number)" as $doc |
		{doc: $doc, seq: 0, type: "document", text: "", adcode: $f[1]}, {doc: $doc, seq: 1, type: "paragraph", text: $f[0]}'
}

@test "every case of the table of entities comes out as the table says" {
	texts >"$T/in"
	tag-entities "$T/in" >"$T/records"
	jq -r "select(.seq == 1) | $compact" "$T/records" >"$T/got"
	tail -n +2 "$CASES/tag-entities/entities.tsv" | cut -f3 >"$T/want"
	paste <(tail -n +2 "$CASES/tag-entities/entities.tsv" | cut -f1,4) "$T/want" "$T/got" |
		awk -F'\t' '$3 != $4 {print $1 " (" $2 ")\n  want " $3 "\n  got  " $4}'
	same "$T/want" "$T/got"
}

@test "raw is what stands between the offsets, in code points" {
	texts | tag-entities >"$T/out"
	offsets "$T/out" entities
	record '𠮷村😀成都市通车' | tag-entities >"$T/out"
	offsets "$T/out" entities
	[ "$(jq -r '.entities[-1].start' "$T/out")" = 3 ]
}

@test "entities do not overlap and stand in the order of the text" {
	texts | tag-entities >"$T/out"
	jq -es 'all(.[].entities; . as $e | all(range(1; length); $e[. - 1].end <= $e[.].start))' "$T/out"
}

@test "a second run gives the same bytes" {
	texts | tag-entities >"$T/once"
	tag-entities "$T/once" >"$T/twice"
	cmp "$T/once" "$T/twice"
}

@test "the array is written when it is empty, and other members pass byte for byte" {
	printf '{"x": 1.10, "text":"今天\\u0020晴", "y":[ ]}\n' >"$T/in"
	tag-entities "$T/in" >"$T/out"
	printf '{"x": 1.10, "text":"今天\\u0020晴", "y":[ ],"entities":[]}\n' >"$T/want"
	same "$T/want" "$T/out"
}

@test "the place of one document is forgotten in the next" {
	{
		printf '{"doc":"a","seq":0,"type":"document","text":"","adcode":"320100"}\n{"doc":"a","seq":1,"text":"鼓楼区"}\n'
		printf '{"doc":"b","seq":1,"text":"鼓楼区"}\n'
	} | tag-entities >"$T/out"
	jq -r '.entities[] | .id // "none"' "$T/out" >"$T/got"
	printf '320106\nnone\n' >"$T/want"
	same "$T/want" "$T/got"
}

@test "a name that was quoted is known again without its quotation marks, but not in the next document" {
	{
		printf '{"doc":"a","seq":1,"text":"推广“四季同春”工作法，深化“云岭先锋”建设"}\n'
		printf '{"doc":"a","seq":2,"text":"云岭先锋扩面，新增云岭先锋站12个"}\n'
		printf '{"doc":"b","seq":1,"text":"云岭先锋扩面"}\n'
	} | tag-entities >"$T/out"
	jq -c '[.entities[] | .raw]' "$T/out" | tail -2 >"$T/got"
	printf '["云岭先锋","云岭先锋"]\n[]\n' >"$T/want"
	same "$T/want" "$T/got"
}

@test "a dictionary of one's own adds names, and its ids come out" {
	printf 'name\ttype\tid\n青禾计划\tpolicy\tP7\n云上学堂\tproject\t\n' >"$T/own.tsv"
	record '青禾计划与云上学堂' | tag-entities -d "$T/own.tsv" >"$T/out"
	[ "$(jq -c '[.entities[] | [.raw, .type, .id]]' "$T/out")" = '[["青禾计划","policy","P7"],["云上学堂","project",null]]' ]
}

@test "a dictionary with a type that there is not is refused with its line" {
	printf 'name\ttype\nx\tthing\n' >"$T/own.tsv"
	run -2 tag-entities -d "$T/own.tsv" </dev/null
	[[ $output == *'own.tsv: line 2: no such type'* ]]
}

@test "--explain names the rule of each candidate, taken or refused" {
	record '建成青岚大桥，新建通航机场3座' | tag-entities --explain >"$T/out"
	cut -f5- "$T/out" >"$T/got"
	printf 'raw\tdecision\trule\n青岚大桥\ttaken\tproject 大桥\n' >"$T/want"
	same "$T/want" <(head -2 "$T/got")
	grep -q $'通航机场\trefused\tproject 机场' "$T/got"
}

@test "50,000 names of one's own are held" {
	awk 'BEGIN {
		n = split("云 海 青 岚 石 溪 江 白 鹿 松 柏 竹 梅 兰 桃 李 荷 莲 枫 桂 柳 杉 榆 槐 楠 樟 檀", c, " ")
		split("水库 大桥 学校", t, " ")
		print "name\ttype"
		for (i = 1; i <= n; i++) for (j = 1; j <= n; j++) for (k = 1; k <= n; k++) for (m = 1; m <= 3; m++)
			if (++made <= 50000) printf "%s%s%s%s\tproject\n", c[i], c[j], c[k], t[m]
	}' >"$T/own.tsv"
	[ "$(wc -l <"$T/own.tsv")" = 50001 ]
	record 新建海青岚大桥，扩建云云云水库。 | tag-entities -d "$T/own.tsv" | jq -r '.entities[].raw' >"$T/got"
	printf '海青岚大桥\n云云云水库\n' | same - "$T/got"
}

@test "a record of nothing but names, or of nothing but marks, takes little memory" {
	[[ $BUILD != */asan ]] || skip 'sanitizers want all addresses'
	for text in 北京 , “一二三四” 省市县 《大》 引才工程; do
		python3 -c 'import sys; print("{\"text\":\"" + sys.argv[1] * (1000000 // len(sys.argv[1].encode())) + "\"}")' "$text" >"$T/one"
		(ulimit -v 32768 && tag-entities "$T/one") >"$T/got"
		[ "$(wc -l <"$T/got")" = 1 ]
	done
	python3 -c 'print("{\"text\":\"" + "北京" * 166666 + "\"}")' | tag-entities | jq '.entities | length' >"$T/got"
	[ "$(cat "$T/got")" = 166666 ]
}
