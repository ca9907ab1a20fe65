load helper

@test "the unit tests of every module in lib pass" {
	bad=0
	for c in "$ROOT"/tests/lib/*.c; do
		[ -e "$c" ] || break
		name=$(basename "$c" .c)
		"$BUILD/test/$name" || { echo "$name fails: $?"; bad=1; }
	done
	[ "$bad" = 0 ]
}
