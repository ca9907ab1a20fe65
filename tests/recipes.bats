# The recipes of pipelines/RECIPES.md, as they stand there, on the specimen reports.
load helper

setup_file() {
	make -s -C "$BATS_TEST_DIRNAME/.." panel BUILD="${BUILD:-build}" SEEDS=seeds OUT="$BATS_FILE_TMPDIR/out"
}

# blocks LANGUAGE COMMAND...: runs each block of that language; what fails or says nothing is shown.
blocks() {
	local language=$1 n i
	shift
	cd "$BATS_FILE_TMPDIR/out"
	export TERMS=$ROOT/lib/dict/terms
	n=$(grep -c "^\`\`\`$language\$" "$ROOT/pipelines/RECIPES.md")
	[ "$n" -gt 0 ]
	for ((i = 1; i <= n; i++)); do
		awk -v want="\`\`\`$language" -v n=$i '$0 == want && ++k == n { on = 1; next } /^```$/ { on = 0 } on' \
			"$ROOT/pipelines/RECIPES.md" >"$T/block"
		"$@" "$T/block" >"$T/said" 2>"$T/err" && [ -s "$T/said" ] && [ ! -s "$T/err" ] ||
			{ cat "$T/block" "$T/said" "$T/err"; return 1; }
	done
}

@test "recipes: jq, awk, SQLite and count-terms" {
	blocks sh bash -eu -o pipefail
}

@test "recipes: Python and pandas" {
	/usr/bin/python3 -c 'import pandas' 2>/dev/null || skip 'no python3-pandas'
	blocks python /usr/bin/python3
}

@test "recipes: R" {
	command -v Rscript >/dev/null || skip 'no Rscript'
	blocks r Rscript --vanilla
}

@test "recipes: columns that recipes name are columns of the tables" {
	cd "$BATS_FILE_TMPDIR/out"
	for column in place period indicator measure unit actual actual_sign target target_bound; do
		head -1 panel.tsv | tr '\t' '\n' | grep -qx "$column"
	done
	for column in indicator measure value bound hedge year; do
		head -1 targets.tsv | tr '\t' '\n' | grep -qx "$column"
	done
}
