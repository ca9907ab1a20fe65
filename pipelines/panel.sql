-- Views over the tables of to-tsv. Values are exact decimals and stay text; only names, codes and years are compared.

-- Facts with what they speak of: the place that the fact names, else the report's own. A goal for growth that has no
-- figure is one in per cent.
CREATE VIEW placed AS
SELECT f.rowid AS fact, f.doc, f.seq, f.subject, f.indicator, f.measure, f.sign, f.status, f.period, f.relation,
	f.reference, f.hedge, f.stretch, f.estimated, f.value, f.min, f.max, f.bound, f.sentence, d.year,
	coalesce(f.unit, CASE WHEN f.relation IS NOT NULL AND f.measure = 'growth' THEN '%' END) AS unit,
	coalesce(f.place, d.adcode) AS adcode,
	CASE WHEN f.place IS NULL OR f.place = d.adcode THEN d.place ELSE p.name END AS place,
	coalesce(f.place, d.adcode, d.place) AS whose,
	coalesce(f.value, f.min || '/' || f.max) AS figure
FROM facts AS f JOIN documents AS d ON d.doc = f.doc LEFT JOIN places AS p ON p.code = f.place;

CREATE VIEW targets AS
SELECT place, adcode, year, indicator, subject, measure, sign, period, value, min, max, unit, bound, relation, reference,
	hedge, stretch, sentence, doc, seq
FROM placed WHERE status = 'target'
ORDER BY fact;

-- One row for each place, period, indicator, measure and unit: what was reached beside what was aimed at, each by the
-- first fact of the earliest report that says so, a final figure before an estimate.
CREATE VIEW panel AS
WITH ranked AS (
	SELECT *, row_number() OVER facts_of_key AS nth, count(*) OVER (PARTITION BY whose, period, indicator, measure, unit,
		status) AS facts
	FROM placed
	WHERE indicator IS NOT NULL AND measure IS NOT NULL AND period IS NOT NULL AND status IN ('actual', 'target')
	WINDOW facts_of_key AS (PARTITION BY whose, period, indicator, measure, unit, status
		ORDER BY estimated IS NOT NULL, year, fact)
)
SELECT max(place) AS place, max(adcode) AS adcode, period, indicator, measure, unit,
	max(CASE status WHEN 'actual' THEN figure END) AS actual,
	max(CASE status WHEN 'actual' THEN bound END) AS actual_bound,
	max(CASE status WHEN 'actual' THEN sign END) AS actual_sign,
	max(CASE status WHEN 'actual' THEN estimated END) AS actual_estimated,
	max(CASE status WHEN 'actual' THEN doc END) AS actual_doc,
	max(CASE status WHEN 'actual' THEN seq END) AS actual_seq,
	max(CASE status WHEN 'actual' THEN facts ELSE 0 END) AS actuals,
	max(CASE status WHEN 'target' THEN figure END) AS target,
	max(CASE status WHEN 'target' THEN bound END) AS target_bound,
	max(CASE status WHEN 'target' THEN sign END) AS target_sign,
	max(CASE status WHEN 'target' THEN relation END) AS target_relation,
	max(CASE status WHEN 'target' THEN hedge END) AS target_hedge,
	max(CASE status WHEN 'target' THEN doc END) AS target_doc,
	max(CASE status WHEN 'target' THEN seq END) AS target_seq,
	max(CASE status WHEN 'target' THEN facts ELSE 0 END) AS targets
FROM ranked WHERE nth = 1
GROUP BY whose, period, indicator, measure, unit
ORDER BY whose, period, indicator, measure, unit;

-- A target of one year's report beside what the next report that speaks of it says was reached.
CREATE VIEW target_vs_actual AS
WITH pairs AS (
	SELECT t.place, t.adcode, t.period, t.indicator, t.measure, t.unit,
		t.figure AS target, t.bound AS target_bound, t.sign AS target_sign, t.relation, t.reference, t.hedge, t.stretch,
		t.year AS target_year, t.doc AS target_doc, t.seq AS target_seq, t.sentence AS target_sentence,
		a.figure AS actual, a.bound AS actual_bound, a.sign AS actual_sign, a.estimated AS actual_estimated,
		a.year AS actual_year, a.doc AS actual_doc, a.seq AS actual_seq, a.sentence AS actual_sentence,
		t.fact AS target_fact,
		row_number() OVER (PARTITION BY t.fact ORDER BY a.estimated IS NOT NULL, a.year, a.fact) AS nth
	FROM placed AS t JOIN placed AS a
		ON a.whose = t.whose AND a.indicator = t.indicator AND a.measure = t.measure AND a.period = t.period
		AND a.unit IS t.unit AND a.year > t.year
	WHERE t.status = 'target' AND a.status = 'actual'
)
SELECT place, adcode, period, indicator, measure, unit, target, target_bound, target_sign, relation, reference, hedge, stretch,
	actual, actual_bound, actual_sign, actual_estimated, target_year, target_doc, target_seq, target_sentence,
	actual_year, actual_doc, actual_seq, actual_sentence
FROM pairs WHERE nth = 1
ORDER BY target_fact;
