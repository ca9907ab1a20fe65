-- Points of charts: figures of single years, as floating point, which is good enough for a picture and for nothing else.
CREATE TABLE points AS
WITH figures AS (
	SELECT coalesce(place, adcode) AS place, CAST(period AS INTEGER) AS year, indicator, measure, coalesce(unit, '') AS unit,
		coalesce(actual_sign, 1) AS actual_sign, coalesce(target_sign, 1) AS target_sign, target_bound,
		CAST(actual AS REAL) AS actual_from, CAST(substr(actual, instr(actual, '/') + 1) AS REAL) AS actual_to,
		CAST(target AS REAL) AS target_from, CAST(substr(target, instr(target, '/') + 1) AS REAL) AS target_to
	FROM reports.panel
	WHERE period GLOB '[12][0-9][0-9][0-9]' AND coalesce(place, adcode) IS NOT NULL
		AND measure IN ('level', 'growth', 'share', 'count', 'change') AND coalesce(actual, target) IS NOT NULL
		-- A fraction is no range.
		AND NOT (unit IS NULL AND (instr(coalesce(actual, ''), '/') OR instr(coalesce(target, ''), '/')))
)
SELECT place, year, indicator, measure, unit, (actual_from + actual_to) / 2 * actual_sign AS actual,
	(target_from + target_to) / 2 * target_sign AS target, target_from * target_sign AS target_from,
	target_to * target_sign AS target_to,
	CASE target_bound WHEN 'ge' THEN '≥ ' WHEN 'gt' THEN '> ' WHEN 'le' THEN '≤ ' WHEN 'lt' THEN '< ' WHEN 'approx' THEN '≈ '
		ELSE '' END AS target_bound
FROM figures;

-- What is drawn: the series with most points.
CREATE TABLE series AS
SELECT p.indicator, p.measure, p.unit, count(*) AS n,
	row_number() OVER (PARTITION BY p.indicator, p.measure ORDER BY count(*) DESC, p.unit) AS nth,
	max(max(abs(coalesce(actual, 0))), max(abs(coalesce(target, 0)))) AS top
FROM points AS p
GROUP BY p.indicator, p.measure, p.unit HAVING count(*) > 1
ORDER BY count(*) DESC, p.indicator, p.measure, p.unit LIMIT :charts;

-- With the multiplier that its figures are shown in.
CREATE TABLE scaled AS
SELECT *, indicator || '-' || measure || CASE WHEN nth > 1 THEN '-' || nth ELSE '' END AS file,
	CASE WHEN top >= 1e9 THEN 1e8 WHEN top >= 1e6 THEN 1e4 ELSE 1.0 END AS scale,
	CASE WHEN top >= 1e9 THEN '亿' WHEN top >= 1e6 THEN '万' ELSE '' END ||
	CASE unit WHEN 'CNY' THEN '元' WHEN 'USD' THEN '美元' WHEN 'pp' THEN '百分点' WHEN 'a' THEN '年' ELSE trim(unit, '{}') END AS shown
FROM series;
