load helper

setup() {
	command -v hyperfine >/dev/null || skip "hyperfine is not there"
	cd "$ROOT"
	mkdir -p "$T/seeds" "$T/build/bench"
	cp -r "$BUILD/bin" "$BUILD/share" "$T/build"
	cp "$(ls seeds/*.txt | head -1)" "$T/seeds"
}

@test "make bench measures filters beside their peers, as a table and as a file" {
	make -s bench BUILD="$T/build" SEEDS="$T/seeds" BENCH_SIZE=1 BENCH_ROUNDS=1 BENCH_ONLY=to-tsv >"$T/table" 2>"$T/err"
	grep -q '^to-tsv, sections: [0-9]* MB/s, peak [0-9.]* MB' "$T/table"
	grep -q '^to-tsv, facts: ' "$T/table"
	grep -Eq '^  jq -r @tsv +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +25' "$T/table"
	refute grep -q '^normalize' "$T/table"
	head -1 "$T/build/bench/bench.tsv" | grep -q $'^group\tfilter\tmb_s'
	# A megabyte is nothing to cat, whose time comes out as none.
	[ "$(awk -F '\t' 'NR > 1 && (NF != 13 || ($6 != "cat" && ($3 <= 0 || $10 <= 0)))' "$T/build/bench/bench.tsv")" = "" ]
}

@test "the corpora of the bench are the same each time, and of the size that was asked for" {
	pipelines/bench-corpora "$T/build" "$T/seeds" "$T/one" 1
	pipelines/bench-corpora "$T/build" "$T/seeds" "$T/two" 1
	rm "$T/one/made" "$T/two/made"
	diff -r "$T/one" "$T/two"
	for f in clean.txt dirty.txt paragraphs.jsonl sentences.bound.jsonl; do
		size=$(stat -c %s "$T/one/$f")
		[ "$size" -gt 900000 ] && [ "$size" -le 1000000 ]
	done
	iconv -f gb18030 -t utf-8 "$T/one/gb18030.txt" | cmp - "$T/one/clean.txt"
	jq -es 'all(.[]; .text and .numbers and .entities and .facts)' "$T/one/paragraphs.bound.jsonl" >/dev/null
}

@test "a peer that is not there is said and skipped" {
	mkdir "$T/path"
	for f in bash sh env awk cat cp cut find grep head jq hyperfine iconv ls mkdir mktemp perl realpath rm sed shuf sort \
		stat tail tee touch wc yes dirname basename timeout; do
		ln -s "$(command -v "$f")" "$T/path/$f"
	done
	pipelines/bench-corpora "$T/build" "$T/seeds" "$T/one" 1
	PATH=$T/path pipelines/bench "$T/build" "$T/one" 1 "to-tsv, sections" >"$T/table" 2>"$T/err"
	grep -q '^bench: mlr is not there, skipped' "$T/err"
	grep -q 'jq -r @tsv' "$T/table"
	refute grep -q mlr "$T/table"
}
