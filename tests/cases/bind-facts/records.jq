# Records of the sentences in cases.tsv: jq -Rcn -f records.jq <cases.tsv
[inputs] | .[1:] | map(split("\t")) | to_entries[] | .value as [$about, $year, $adcode, $part, $path, $text]
| {doc: "case\(.key + 1)", type: "document", seq: 0, text: "", year: ($year | tonumber)}
  + (if $adcode == "" then {} else {adcode: $adcode} end),
  {doc: "case\(.key + 1)", type: "paragraph", seq: 1, path: [$path | select(. != "")], part: $part, text: $text}
