load helper

# dictionary NAME: the suite's own dictionaries in $T/dict, but NAME, which is what standard input has.
dictionary() {
	rm -rf "$T/dict"
	mkdir "$T/dict"
	ln -s "$BUILD"/share/gwr/*.tsv "$T/dict"
	rm -f "$T/dict/$1"
	cat >"$T/dict/$1"
}

# header NAME: its line of columns.
header() {
	grep -vm 1 '^#' "$BUILD/share/gwr/$1"
}

@test "a row that makes no sense is named with its dictionary and line, and why, for every rule of every dictionary" {
	bad=0 cases=0
	while IFS=$'\t' read -r tool name row message; do
		{ header "$name" && printf '%b\n' "$row"; } | dictionary "$name"
		rc=0
		GWR_DICT=$T/dict "$tool" </dev/null >"$T/out" 2>"$T/err" || rc=$?
		cases=$((cases + 1))
		if [ $rc != 2 ] || [ "$(cat "$T/err")" != "$tool: $T/dict/$name$message" ]; then
			echo "$tool, $name, $row: status $rc, $(cat "$T/err"), not $message"
			bad=$((bad + 1))
		fi
	done < <(grep -v '^#' "$CASES/dictionaries/rows.tsv" | tail -n +2)
	[ $cases -gt 60 ]
	[ $bad = 0 ]
}

@test "what no dictionary may be: empty, without a column, wider than its header or than any, no UTF-8 text" {
	says() {
		dictionary parallels.tsv
		GWR_DICT=$T/dict run -2 --separate-stderr bind-facts </dev/null
		[ "$stderr" = "bind-facts: $T/dict/parallels.tsv: $1" ]
	}
	says 'line 0: no header line' </dev/null
	says 'line 2: no header line' < <(printf '# none\n\n')
	says 'no column "words"' < <(printf 'word\n同步\n')
	says 'line 2: more columns than the header' < <(printf 'words\n同步\tx\n')
	says 'line 1: too many columns' < <(printf 'words%.0s\t' {1..33})
	says 'line 3: not UTF-8 text' < <(printf 'words\n同步\n\xff\n')
	says 'line 2: not UTF-8 text' < <(printf 'words\n同\0步\n')
}

@test "byte order mark, line ends of other systems, comments, blank lines, columns in another order and further ones are no fault" {
	record 生产总值增长5%，财政收入增长3% | extract-numbers >"$T/in"
	bind-facts "$T/in" >"$T/want"
	{
		printf '\xef\xbb\xbfmine\tnote\twords\r\n\r\n# of my own\r\n'
		tail -n +2 "$BUILD/share/gwr/parallels.tsv" | grep -v '^#' | awk -F '\t' '{ printf "x\ty\t%s\r\n", $1 }'
	} | dictionary parallels.tsv
	GWR_DICT=$T/dict bind-facts "$T/in" >"$T/out"
	same "$T/want" "$T/out"
}

@test "a dictionary of more abbreviations, kinds or words of one kind than a filter holds is refused" {
	refused() {
		dictionary "$2"
		GWR_DICT=$T/dict run -2 --separate-stderr "$1" </dev/null
		[ "$stderr" = "$1: $T/dict/$2: line $3" ]
	}
	{ header places-more.tsv && yes $'330100\t溪\tabbr' | head -n 200; } |
		refused tag-entities places-more.tsv '130: too many abbreviations'
	{ header part.tsv && seq 200 | sed 's/.*/topic\t号&\treview/'; } | refused split-sections part.tsv '130: too many words'
	{ header body.tsv && seq 80 | sed 's/.*/&号\treport/'; } | refused split-sections body.tsv '66: too many words'
	{ header body.tsv && printf '我%s\town\n' 省 市 县 区 州 旗 盟 乡 镇 村 街 港 岛 湾 山 河 湖; } |
		refused split-sections body.tsv '18: too many kinds of places'
}

@test "rows without words add nothing" {
	for name in nouns verbs words hedges relations sectors moods parallels times affixes; do
		awk -F '\t' -v OFS='\t' '/^#/ { next }
			!head { for (i = 1; i <= NF; i++) if ($i == "words") at = i; head = 1; print; next }
			{ print; $at = "|"; print; $at = ""; print }' "$BUILD/share/gwr/$name.tsv" | dictionary $name.tsv
		record 生产总值增长5%，财政收入同步增长 | extract-numbers >"$T/in"
		bind-facts "$T/in" >"$T/want"
		GWR_DICT=$T/dict bind-facts "$T/in" >"$T/out"
		same "$T/want" "$T/out"
	done
}

@test "ten thousand places more are held, by full, short and former names, and one code may have many" {
	{
		cat "$BUILD/share/gwr/places-more.tsv"
		for ((i = 0; i < 10000; i++)); do
			printf '330421\t云%05d县\tfull\n' $i
		done
		printf '330421\t云岫\tshort\n330421\t溪岫县\tformer\n'
	} | dictionary places-more.tsv
	record 云09999县、云岫和溪岫县通车 | GWR_DICT=$T/dict tag-entities | jq -r '.entities[] | [.raw, .type, .id] | @tsv' >"$T/out"
	printf '%s\tplace\t330421\n' 云09999县 云岫 溪岫县 | same - "$T/out"
	{
		header places.tsv
		printf '430000\t湘岫省\t湘岫\tprovince\t\t\n'
		for ((i = 9999; i >= 0; i--)); do
			printf '43%02d%02d\t岫%04d县\t\tcounty\t430000\t\n' $((i / 100)) $((i % 100)) $i
		done
	} | dictionary places.tsv
	for name in places-more places-words; do
		rm "$T/dict/$name.tsv"
		header $name.tsv >"$T/dict/$name.tsv"
	done
	record 湘岫省岫9999县、岫0001县 | GWR_DICT=$T/dict tag-entities | jq -r '.entities[].id' >"$T/out"
	printf '%s\n' 439999 430001 | same - "$T/out"
}
