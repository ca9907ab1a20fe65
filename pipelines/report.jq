# The front page of $OUT. Input: the rows of documents.tsv with their counts (doc, name of the records' file, title, place, year, kind,
# sections, numbers, entities, facts, targets). Everything that came from reports goes through @html, and what stands in
# a link through @uri.
def cell: @html "<td>\(.)</td>";
def count: @html "<td class=\"n\">\(.)</td>";
def size: if . >= 1048576 then "\(. / 104857.6 | round / 10) MB" elif . >= 1024 then "\(. / 1024 | round) KB" else "\(.) B" end;
def sum(f): map(f | tonumber) | add // 0;
[inputs | split("\t") | {doc: .[0], file: .[1], title: .[2], place: .[3], year: .[4], kind: .[5], sections: .[6], numbers: .[7],
	entities: .[8], facts: .[9], targets: .[10]}] as $documents |
($charts | split("\n") | map(select(. != "") | split("\t"))) as $charts |
($files | split("\n") | map(select(. != "") | split("\t"))) as $files |
"<!DOCTYPE html>
<html lang=\"zh-CN\">
<head>
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:; base-uri 'none'; form-action 'none'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<title>政府工作报告数据</title>
<style>
\($css)</style>
</head>
<body>
<h1>政府工作报告数据</h1>
<ul class=\"sum\">",
([["文档", ($documents | length)], ["章节段落", ($documents | sum(.sections))], ["数字", ($documents | sum(.numbers))],
	["数据", ($documents | sum(.facts))], ["其中目标", ($documents | sum(.targets))], ["实体", ($documents | sum(.entities))]][] |
	@html "<li><b>\(.[1])</b>\(.[0])</li>"),
"</ul>
<h2>文档</h2>
<div class=\"wide\"><table>
<tr><th>标题</th><th>地区</th><th>年份</th><th class=\"n\">数字</th><th class=\"n\">数据</th><th class=\"n\">目标</th><th class=\"n\">实体</th><th>文件</th></tr>",
($documents[] |
	"<tr><td><a href=\"pages/\(.file | @uri).html#d\(if .doc == .file then 1 else .doc | sub(".*#"; "") end | @uri)\">\(if .title == "" then .doc else .title end | @html)</a></td>"
	+ (.place | cell) + (.year | cell) + (.numbers | count) + (.facts | count) + (.targets | count) + (.entities | count)
	+ (.doc | cell) + "</tr>"),
"</table></div>",
(if $charts == [] then empty else
	"<h2>图</h2>\n<div class=\"charts\">",
	($charts[] | (.[1] | @uri) as $file |
		"<figure><img loading=\"lazy\" src=\"charts/\($file).svg\" alt=\"\(.[2] | @html)\">"
		+ "<figcaption><a href=\"charts/\($file).png\">PNG</a> · <a href=\"charts/\($file).svg\">SVG</a> · <a href=\"charts/\($file).tsv\">TSV</a></figcaption></figure>"),
	"</div>"
end),
"<h2>表</h2>
<div class=\"wide\"><table>
<tr><th>文件</th><th>内容</th><th class=\"n\">大小</th></tr>",
($files[] | "<tr><td><a href=\"\(.[0] | @uri)\">\(.[0] | @html)</a></td>" + (.[2] | cell) + (.[1] | tonumber | size | count) + "</tr>"),
"</table></div>
</body>
</html>"
