# Rows of the panel to CSV. A figure with sign -1 gets a minus; a range stays min/max.
def csv: map(tostring | if test("^[=+@\t\r]|^-[^0-9]") then "'" + . else . end
	| "\"" + gsub("\""; "\"\"") + "\"") | join(",") + "\r";
def signed($sign): if $sign == -1 and . != "" then "-" + . else . end;
($names | split("\n") | map(select(. != "") | split("\t") | {key: .[0], value: .[1]}) | from_entries) as $name |
{level: "", growth: "增长", change: "变动", share: "占比", rank: "位次", count: "数量", from: "起点"} as $measure |
[([inputs] | first // [])[] | {place, adcode, period, figures: [
	(select(.actual) | {of: "实际", value: (.actual_sign as $s | .actual | signed($s))}),
	(select(.target) | {of: "目标", value: (.target_sign as $s | .target | signed($s))})
	] , column: [($name[.indicator] // .indicator), ($measure[.measure] // .measure), .unit]}] as $rows |
[$rows[] | .column as $c | .figures[] | [$c[0], $c[1], $c[2], .of]] | unique as $columns |
"\ufeff" + (["地区", "地区代码", "年份", ($columns[] | .[0] + .[1] + (if .[2] == "" then "" else "（" + .[2] + "）" end) + .[3])] | csv),
($rows | group_by([.adcode, .place, .period])[] |
	. as $group |
	([$group[] | .column as $c | .figures[] | {key: ([$c[0], $c[1], $c[2], .of] | tojson), value: .value}] | from_entries) as $at |
	[$group[0].place, $group[0].adcode, $group[0].period, ($columns[] | $at[tojson] // "")] | csv)
