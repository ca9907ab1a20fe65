load helper

# Prints the examples of a man page: blocks between .Bd -literal and .Ed of the section EXAMPLES.
examples() {
	awk '/^\.Sh /{on = /^\.Sh EXAMPLES/} /^\.Ed/{in_block = 0} on && in_block; on && /^\.Bd -literal/{in_block = 1}' "$1" |
		sed -e 's/^\\&//' -e 's/\\e/\\/g' -e 's/\\(dq/"/g'
}

# Runs each "$ COMMAND" of standard input in an empty folder; what follows it up to the next is its exact output.
run_examples() {
	local line command='' status=0
	check() {
		[ -n "$command" ] || return 0
		(cd "$T/work" && bash -c "$command") >"$T/got" 2>&1 || true
		if ! cmp -s "$T/want" "$T/got"; then
			printf '$ %s\n' "$command"
			diff -u "$T/want" "$T/got" || status=1
		fi
	}
	mkdir -p "$T/work"
	while IFS= read -r line; do
		if [[ $line == '$ '* ]]; then
			check
			command=${line#'$ '}
			: >"$T/want"
		elif [[ $line == '> '* && ! -s $T/want ]]; then
			command+=$'\n'${line#'> '}
		else
			printf '%s\n' "$line" >>"$T/want"
		fi
	done
	check
	return $status
}

@test "every program has a man page" {
	for c in "$ROOT"/bin/*.c; do
		[ -e "${c%.c}.1" ] || { echo "no man page: $c"; false; }
	done
}

@test "mandoc has nothing to warn of in the man pages" {
	for page in "$ROOT"/bin/*.[1-9]; do
		mandoc -T lint -W warning "$page" || { echo "$page"; false; }
	done
}

@test "the examples of the man pages print what the pages say" {
	bad=0
	for page in "$ROOT"/bin/*.[1-9]; do
		examples "$page" >"$T/examples"
		run_examples <"$T/examples" || { echo "in $page"; bad=1; }
	done
	[ "$bad" = 0 ]
}

@test "every option that --help names stands in the man page" {
	bad=0
	for c in "$ROOT"/bin/*.c; do
		tool=$(basename "$c" .c)
		"$tool" --help >"$T/help"
		grep -oE -- '--[a-z][a-z-]+' "$T/help" | sort -u >"$T/options"
		while read -r option; do
			grep -qF -- "${option#--}" "${c%.c}.1" || { echo "$tool: $option is not in the page"; bad=1; }
		done <"$T/options"
	done
	[ "$bad" = 0 ]
}
