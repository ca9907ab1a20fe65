# The facts of each record of bind-facts, a line a case: its text, then each fact as
#   RAW = SUBJECT | INDICATOR | MEASURE SIGN | STATUS | PERIOD | what else it says
# and each number without one as RAW = none. To be used with jq -rn, records on standard input.
def joined: if type == "array" then join("+") else . end;
def fact($r; $home):
	[ (if .number == null then .relation else $r.numbers[.number].raw end)
	  + " = " + (.subject | joined), .indicator // "-", .measure + (if .sign == -1 then " -1" else "" end),
	  .status, .period // "-" ]
	+ [ (select(.place != $home) | "place " + (.place // "-")),
	    (to_entries[] | select(.key == ("part", "reference", "hedge")) | .key + " " + .value),
	    (to_entries[] | select(.key == ("stretch", "estimated")) | .key) ]
	| join(" | ");
foreach inputs as $r ({}; if $r.type == "document" then {home: $r.adcode} else .r = $r end;
	select($r.type != "document") | .home as $home
	| [$r.text]
	+ [$r.facts[] | fact($r; $home)]
	+ ([$r.facts[].number] as $bound | [range($r.numbers | length) | select([.] | inside($bound) | not)
	   | $r.numbers[.].raw + " = none"])
	| join("\n  "))
