# Completion of gwr's programs for bash: options as --help names them, values where there are few, else files.
_gwr() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} words=
	COMPREPLY=()
	case ${1##*/}:$prev in
	to-tsv:-t | to-tsv:--table) words='documents sections numbers entities facts' ;;
	to-tsv:-H | to-tsv:--header | to-html:-l | to-html:--language) words='en zh' ;;
	count-terms:-b | count-terms:--by) words='document part section' ;;
	normalize:-f | normalize:--from) words='UTF-8 GB18030 GBK Big5 UTF-16LE UTF-16BE' ;;
	*) [[ $cur != -* ]] || words=$("$1" --help 2>/dev/null | grep -oE -- '(^|[ ,])--?[A-Za-z][a-z-]*' | tr -d ' ,') ;;
	esac
	if [ -n "$words" ]; then
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	else
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
	fi
}
complete -o filenames -F _gwr bind-facts count-terms extract-numbers normalize split-sections tag-entities to-brat \
	to-html to-tsv
