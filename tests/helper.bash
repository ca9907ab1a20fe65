# Loaded by every test file. ROOT is the project, BIN the folder of the programs under test (that of $BUILD,
# which make test sets; build otherwise), and the programs are in PATH.
#
# Compare bytes with cmp, from files: bats takes `false | cmp` for a success, and $output has lost its last
# line breaks. `! command` never fails a test that goes on after it: write `run ! command` or `refute command`.
bats_require_minimum_version 1.5.0

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$ROOT/$BUILD ;; esac
BIN=$BUILD/bin
PATH=$BIN:$PATH
CASES=$ROOT/tests/cases
T=${BATS_TEST_TMPDIR:-}
export LC_ALL=C.UTF-8
unset GWR_DICT SEEDS OUT MAKEFLAGS MAKELEVEL MFLAGS

# golden TOOL: runs TOOL once for each case tests/cases/TOOL/NAME.out, in that folder: standard input NAME.in
# (empty where there is none), the shell words of NAME.args as arguments, exit status as in NAME.rc (0),
# standard error as in NAME.err (nothing). All cases are run, and each that differs is shown.
golden() {
	local tool=$1 out name in err rc want bad=0 count=0
	local -a args
	cd "$CASES/$tool" || return 1
	for out in *.out; do
		[ -e "$out" ] || break
		name=${out%.out}
		count=$((count + 1))
		args=()
		[ ! -e "$name.args" ] || eval "args=($(<"$name.args"))"
		want=0
		[ ! -e "$name.rc" ] || want=$(<"$name.rc")
		rc=0
		in=/dev/null
		[ ! -e "$name.in" ] || in=$name.in
		"$tool" "${args[@]}" <"$in" >"$T/out" 2>"$T/err" || rc=$?
		err=/dev/null
		[ ! -e "$name.err" ] || err=$name.err
		if [ "$rc" != "$want" ] || ! cmp -s "$out" "$T/out" || ! cmp -s "$err" "$T/err"; then
			echo "$tool case $name: status $rc, expected $want"
			diff -u "$out" "$T/out" | head -40 || true
			diff -u "$err" "$T/err" | head -10 || true
			bad=$((bad + 1))
		fi
	done
	echo "$tool: $count cases, $bad bad"
	[ "$bad" = 0 ] && [ "$count" -gt 0 ]
}

# refute COMMAND...: succeeds when the command fails.
refute() {
	if "$@"; then
		echo "should have failed: $*"
		return 1
	fi
}

# same A B: both files hold the same bytes; shows how they differ.
same() {
	cmp "$1" "$2" || { diff -u "$1" "$2" | head -40; return 1; }
}

# record TEXT [MEMBER...]: a paragraph record with that text; each further word is a member as jq writes it,
# 'part: "goals"'.
record() {
	local text=$1 member more=
	shift
	for member; do more+=", $member"; done
	jq -nc --arg text "$text" "{doc: \"case\", seq: 1, type: \"paragraph\", path: [], part: \"review\", text: \$text $more}"
}

# offsets FILE MEMBER: the raw of each element of MEMBER stands where its offsets say.
offsets() {
	jq -es --arg m "$2" 'all(.[]; . as $r | all(.[$m][]?; $r.text[.start:.end] == .raw))' "$1" >/dev/null
}
