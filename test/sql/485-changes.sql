-- What changed between two moments: facts, law, borders.
BEGIN;
SET search_path = ntm, public;
SET TimeZone = 'Asia/Ho_Chi_Minh';
SELECT plan(24);
\ir registry.psql

CREATE FUNCTION pg_temp.tell(wanted text, about integer, what ntm.measures, at timestamptz) RETURNS bigint
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO report (unit_id, year, measures, reported_at)
    SELECT unit.id, about, what, at FROM unit WHERE unit.code = wanted RETURNING id;
END;

-- everything that happens to the communes of the province in 2019
SELECT pg_temp.tell('C1', 2019, '{"has_plan": true, "water": 92, "income": 50}', '2019-03-10 08:00+07') \g /dev/null
SELECT pg_temp.tell('C2', 2019, '{"has_plan": true, "water": 96, "income": 35}', '2019-03-10 08:00+07') \g /dev/null
SELECT pg_temp.tell('C3', 2019, '{"has_plan": true, "water": 96, "income": 38}', '2019-03-10 08:00+07') \g /dev/null
SELECT pg_temp.tell('C4', 2019, '{"has_plan": true, "water": 96, "income": 38}', '2019-03-10 08:00+07') \g /dev/null
SELECT pg_temp.tell('C3', 2018, '{"has_plan": true, "water": 96, "income": 30}', '2018-12-10 08:00+07') \g /dev/null
SELECT pg_temp.tell('A1', 2019, '{"road": 80, "homes": 70}', '2019-03-10 08:00+07') \g /dev/null

SELECT is_empty($$SELECT * FROM changes(pg_temp.id('P'), '2019-04-01', '2019-04-02')$$, 'nothing happened, nothing changed');

-- facts
SELECT pg_temp.tell('C2', 2019, '{"income": 36}', '2019-05-10 08:00+07') AS told \gset
SELECT results_eq($$SELECT unit_code, year, tier, code, verdict_before::text, verdict_after::text, causes, measure, value_before, value_after, report_id
                      FROM changes(pg_temp.id('P'), '2019-04-01', '2019-06-01')$$,
                  format($$VALUES ('C2', 2019, 'standard', NULL, 'not_met', 'met', '{facts}'::text[], NULL, NULL::numeric, NULL::numeric, %1$s::bigint),
                                  ('C2', 2019, 'standard', '3', 'not_met', 'met', '{facts}', 'income', 35, 36, %1$s)$$, :told),
                  'a report changed a verdict: value, report, node and whole');
SELECT results_eq($$SELECT requirement_before, requirement_after, criteria_set_before = criteria_set_after, state_before, state_after
                      FROM changes(pg_temp.id('C2'), '2019-04-01', '2019-06-01') WHERE code = '3'$$,
                  $$VALUES ('>= 36', '>= 36', true, NULL::date, NULL::date)$$, 'under the same requirement and edition');
SELECT is_empty($$SELECT * FROM changes(pg_temp.id('D2'), '2019-04-01', '2019-06-01')$$, 'other places have nothing to do with it');
SELECT is_empty($$SELECT * FROM changes(pg_temp.id('P'), '2019-05-10 08:00+07', '2019-06-01')$$, 'what was reported at the first moment was known');
SELECT results_eq($$SELECT code FROM changes(pg_temp.id('P'), '2019-05-10 07:59+07', '2019-05-10 08:00+07')$$, $$VALUES (NULL), ('3')$$, 'and at the second');

-- a past year changes by late facts only
SELECT pg_temp.tell('C3', 2018, '{"income": 40}', '2019-05-20 08:00+07') \g /dev/null
SELECT results_eq($$SELECT year, code, causes FROM changes(pg_temp.id('C3'), '2019-05-15', '2020-03-01') WHERE year = 2018$$,
                  $$VALUES (2018, NULL, '{facts}'::text[]), (2018, '3', '{facts}')$$, 'a late report changes a past year');

-- law: from July, 37 instead of 36, and homes no longer asked
UPDATE criteria_set SET valid_to = '2019-07-01' WHERE code IN ('T-XA', 'T-KDC');
SELECT publish_criteria_set(
    '{"code": "T-XA2", "nodes": [
        {"code": "1", "title": "Planning", "measure": "has_plan", "unit": "đạt/không", "rule": "met"},
        {"code": "2", "title": "Water"},
        {"code": "2.1", "title": "Hygienic water", "measure": "water", "unit": "%", "rule": ">= 95%", "when": {"TDMNPB": ">= 90%"}},
        {"code": "3", "title": "Income", "measure": "income", "unit": "triệu đồng/người/năm", "rule": ">= 37"}]}',
    'commune', 'standard', '2019-07-01') AS edition \gset
SELECT publish_criteria_set('{"code": "T-KDC2", "nodes": [{"code": "1", "title": "Roads", "measure": "road", "rule": ">= 80%"}]}',
                            'area', 'standard', '2019-07-01') \g /dev/null
SELECT results_eq($$SELECT unit_code, code, verdict_before::text, verdict_after::text, causes, requirement_before, requirement_after, criteria_set_after
                      FROM changes(pg_temp.id('D1'), '2019-06-01', '2019-07-01') WHERE level = 'commune'$$,
                  format($$VALUES ('C2', NULL, 'met', 'not_met', '{law}'::text[], NULL, NULL, %1$s::bigint),
                                  ('C2', '3', 'met', 'not_met', '{law}', '>= 36', '>= 37', %1$s)$$, :edition), 'another edition changed it');
SELECT results_eq($$SELECT code, title, verdict_before::text, verdict_after::text, causes FROM changes(pg_temp.id('A1'), '2019-06-01', '2019-07-01')$$,
                  $$VALUES (NULL, 'T-KDC2', 'unknown', 'met', '{law}'::text[]), ('2', 'Homes', 'met', NULL, '{law}'), ('3', 'Poverty', 'unknown', NULL, '{law}')$$,
                  'nodes that the new one lacks have no verdict');
SELECT is((SELECT count(*)::integer FROM changes(pg_temp.id('P'), '2020-01-01', '2021-01-01')), 0, 'after its end a year has its law');

-- classes
SELECT change_unit(pg_temp.id('C1'), '2019-08-01', 'NQ 1', classes => '{DBSH}') \g /dev/null
SELECT results_eq($$SELECT unit_code, code, verdict_before::text, verdict_after::text, causes, requirement_before, requirement_after, state_before, state_after
                      FROM changes(pg_temp.id('P'), '2019-07-15', '2019-09-01')$$,
                  $$VALUES ('C1', NULL, 'met', 'not_met', '{borders}'::text[], NULL, NULL, NULL::date, '2019-08-01'::date),
                           ('C1', '2', 'met', 'not_met', '{borders}', 'all of (*)', 'all of (*)', NULL, '2019-08-01'),
                           ('C1', '2.1', 'met', 'not_met', '{borders}', '>= 90%', '>= 95%', NULL, '2019-08-01')$$, 'another class changed it');

-- the unit ends
UPDATE unit SET valid_to = '2019-10-01' WHERE code = 'C4';
SELECT results_eq($$SELECT unit_code, code, verdict_before::text, verdict_after::text, causes FROM changes(pg_temp.id('D2'), '2019-09-15', '2019-10-15')$$,
                  $$VALUES ('C4', NULL, 'met', NULL, '{borders}'::text[])$$, 'what ended is judged no longer, in one row');
SELECT results_eq($$SELECT unit_code, code, verdict_before::text, verdict_after::text, causes FROM changes(pg_temp.id('C4'), '2019-03-01', '2019-03-15')$$,
                  $$VALUES ('C4', NULL, NULL, 'met', '{facts}'::text[])$$, 'what reports is judged from then on');
SELECT results_eq($$SELECT causes FROM changes(pg_temp.id('C4'), '2018-12-15', '2019-10-15')$$, $$SELECT NULL::text[] WHERE false$$, 'what came and went in between never was');

-- several causes
SELECT pg_temp.tell('C2', 2019, '{"income": 34}', '2019-11-10 08:00+07') \g /dev/null
SELECT results_eq($$SELECT code, verdict_before::text, verdict_after::text, causes FROM changes(pg_temp.id('C2'), '2019-06-01', '2019-12-01')$$,
                  $$VALUES (NULL, 'met', 'not_met', '{facts,law}'::text[]), ('3', 'met', 'not_met', '{facts,law}')$$, 'each of two alone');
SELECT pg_temp.tell('C3', 2019, '{"income": 36.5}', '2019-11-10 08:00+07') \g /dev/null
SELECT results_eq($$SELECT code, verdict_before::text, verdict_after::text, causes FROM changes(pg_temp.id('C3'), '2019-06-01', '2019-12-01')$$,
                  $$VALUES (NULL, 'met', 'not_met', '{together}'::text[]), ('3', 'met', 'not_met', '{together}')$$, 'or only both together');

-- refusals
SELECT throws_ok($$SELECT * FROM changes(pg_temp.id('P'), '2019-06-01', '2019-06-01')$$, '22023', 'nothing can change from 2019-06-01 00:00:00+07 to 2019-06-01 00:00:00+07', 'moments must be in order');
SELECT throws_ok($$SELECT * FROM changes(pg_temp.id('P'), NULL)$$, '22023', NULL, 'and there');
SELECT throws_ok($$SELECT * FROM changes(0, '2019-06-01')$$, '42704', 'there is no unit with id 0', 'the unit too');
SELECT lives_ok($$SELECT * FROM changes(pg_temp.id('P'), '2019-06-01')$$, 'the second moment is now, unless given');

-- against the two assessments, for many pairs of moments
SELECT setseed(0.7) \g /dev/null
INSERT INTO report (unit_id, year, measures, reported_at)
SELECT u.id, 2019 + floor(random() * 2)::integer,
       format('{"road": %s, "homes": %s, "poor": %s}', 60 + floor(random() * 40), 50 + floor(random() * 50), CASE WHEN random() < 0.8 THEN floor(random() * 15)::text ELSE 'null' END)::ntm.measures,
       timestamptz '2019-01-01 00:00+07' + random() * interval '700 days'
  FROM generate_series(1, 60) AS n JOIN unit AS u ON u.level = 'area';
CREATE FUNCTION pg_temp.overall_at(at timestamptz) RETURNS TABLE (unit_id bigint, year integer, tier text, verdict text)
    LANGUAGE sql AS 'SELECT unit_id, year, tier, verdict::text FROM assessment_as_of(NULL, at)';
CREATE FUNCTION pg_temp.nodes_at(at timestamptz) RETURNS TABLE (unit_id bigint, year integer, tier text, code text, verdict text)
    LANGUAGE sql AS 'SELECT unit_id, year, tier, code, verdict::text FROM finding_as_of(NULL, at)';
SELECT is_empty($$
    SELECT t.a, t.b FROM (SELECT at AS a, at + random() * interval '300 days' AS b FROM generate_series(timestamptz '2019-02-01', '2020-10-01', '40 days') AS at OFFSET 0) AS t
     CROSS JOIN LATERAL (
        (SELECT c.unit_id, c.year, c.tier, c.verdict_before::text, c.verdict_after::text FROM changes(pg_temp.id('P'), t.a, t.b) AS c WHERE c.code IS NULL
         EXCEPT ALL
         SELECT unit_id, year, tier, x.verdict, y.verdict FROM pg_temp.overall_at(t.a) AS x FULL JOIN pg_temp.overall_at(t.b) AS y USING (unit_id, year, tier) WHERE x.verdict IS DISTINCT FROM y.verdict)
         UNION ALL
        (SELECT unit_id, year, tier, x.verdict, y.verdict FROM pg_temp.overall_at(t.a) AS x FULL JOIN pg_temp.overall_at(t.b) AS y USING (unit_id, year, tier) WHERE x.verdict IS DISTINCT FROM y.verdict
         EXCEPT ALL
         SELECT c.unit_id, c.year, c.tier, c.verdict_before::text, c.verdict_after::text FROM changes(pg_temp.id('P'), t.a, t.b) AS c WHERE c.code IS NULL)) AS different$$,
    'changes are the differences of the two assessments');
SELECT is_empty($$
    SELECT t.a, t.b FROM (SELECT at AS a, at + random() * interval '300 days' AS b FROM generate_series(timestamptz '2019-02-01', '2020-10-01', '60 days') AS at OFFSET 0) AS t
     CROSS JOIN LATERAL (
         SELECT unit_id, year, tier, code FROM pg_temp.nodes_at(t.a) AS x JOIN pg_temp.nodes_at(t.b) AS y USING (unit_id, year, tier, code) WHERE x.verdict <> y.verdict
         EXCEPT ALL
         SELECT c.unit_id, c.year, c.tier, c.code FROM changes(pg_temp.id('P'), t.a, t.b) AS c WHERE c.code IS NOT NULL) AS different$$, 'and of the findings');
SELECT is_empty($$SELECT * FROM changes(pg_temp.id('P'), '2019-01-15', '2020-12-01') WHERE cardinality(causes) = 0 OR causes IS NULL$$, 'nothing changes without a cause');
SELECT cmp_ok((SELECT count(*) FROM changes(pg_temp.id('P'), '2019-03-15', '2019-12-15')), '>', 20::bigint, 'of which there are some');

SELECT * FROM finish();
ROLLBACK;
