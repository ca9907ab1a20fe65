# Installing: the Debian package, and completion in shells.
load helper

@test "deb: the package is built, lintian has nothing to say, and what it installs works" {
	for tool in dh dpkg-buildpackage lintian; do
		command -v $tool >/dev/null || skip "no $tool"
	done
	[[ $BUILD != */asan ]] || skip 'runs with the other build'
	make -C "$ROOT" deb BUILD="$T/build" >"$T/log" 2>&1 || { tail -20 "$T/log"; false; }
	lintian --allow-root --fail-on warning "$T"/build/deb/*.changes
	dpkg-deb -x "$T"/build/deb/gwr_*_*.deb "$T/root"
	export PATH=$T/root/usr/bin:$PATH
	[ "$(command -v bind-facts)" = "$T/root/usr/bin/bind-facts" ]
	normalize "$ROOT/seeds/clean.txt" | split-sections -n a | extract-numbers | tag-entities | bind-facts | to-tsv -t facts >"$T/facts"
	[ "$(wc -l <"$T/facts")" -gt 20 ]
	count-terms -t "$T/root/usr/share/gwr/terms/环保.tsv" </dev/null
	[ -e "$T/root/usr/share/man/man7/gwr.7.gz" ]
}

# complete WORD...: what bash offers for the last one.
complete_words() {
	bash -c 'source "$0"; tool=$1; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gwr "$tool"; printf "%s\n" "${COMPREPLY[@]}"' \
		"$ROOT/pipelines/completion/gwr.bash" "$@"
}

@test "completion: bash offers options, values and files" {
	[ "$(complete_words to-tsv -t fa)" = facts ]
	[ "$(complete_words to-tsv --header '')" = $'en\nzh' ]
	[ "$(complete_words count-terms --b)" = --by ]
	cd "$T"
	touch '报告 1.jsonl'
	[ "$(complete_words to-html 报)" = '报告 1.jsonl' ]
}

@test "completion: both shells know every program, zsh every option" {
	for tool in "$ROOT"/bin/*.c; do
		tool=$(basename "$tool" .c)
		grep -qw -- "$tool" "$ROOT/pipelines/completion/gwr.bash"
		sed -n 1p "$ROOT/pipelines/completion/_gwr" | grep -qw -- "$tool"
		awk -v tool="$tool)" '$1 == tool { on = 1 } on; /;;/ { on = 0 } /_arguments/' "$ROOT/pipelines/completion/_gwr" >"$T/own"
		for option in $("$tool" --help | grep -oE -- '--[a-z][a-z-]*' | sort -u); do
			grep -q -- "$option" "$T/own" || { echo "zsh: $tool $option"; false; }
		done
	done
}

@test "completion: zsh loads it" {
	command -v zsh >/dev/null || skip 'no zsh'
	zsh -fc "fpath=('$ROOT/pipelines/completion' \$fpath); autoload -U compinit; compinit -u -d '$T/dump'
		[[ \$_comps[to-tsv] = _gwr ]] && autoload +X -U _gwr"
}
