-- What if the law were another one.
BEGIN;
SET search_path = ntm, public;
SELECT plan(30);
\ir registry.psql

SELECT pg_temp.tell('A1', 2018, '{"road": 78, "homes": 75, "poor": 5}') \g /dev/null
SELECT pg_temp.tell('A2', 2018, '{"road": 85, "homes": 75, "poor": 9}') \g /dev/null
SELECT pg_temp.tell('A3', 2018, '{"road": 76, "homes": 60, "poor": 5}') \g /dev/null
SELECT pg_temp.tell('A4', 2018, '{"road": 95, "homes": 75}') \g /dev/null
SELECT pg_temp.tell('A5', 2018, '{"homes": 75, "poor": 5}') \g /dev/null
SELECT pg_temp.tell('A6', 2018, '{"road": 72, "poor": 5}') \g /dev/null
SELECT pg_temp.tell('C1', 2018, '{"has_plan": true, "water": 92, "income": 50}') \g /dev/null
SELECT pg_temp.tell('C2', 2018, '{"has_plan": true, "water": 96, "income": 50}') \g /dev/null
SELECT pg_temp.tell('C3', 2018, '{"has_plan": true, "water": 96, "income": 34}') \g /dev/null
SELECT recognise(pg_temp.id('A2'), 2018, 'QĐ 1', '2018-12-20') \g /dev/null

SELECT results_eq($$SELECT code, district, commune, verdict_before::text, verdict_after::text, change, nodes, recognised, set_code, status
                      FROM simulate(2018, '[{"set": "T-KDC", "code": "1", "rule": ">= 75%"}]')$$,
                  $$VALUES ('A1', 'District 1', 'Commune 1', 'not_met', 'met', 'gains', '{1}'::text[], false, 'T-KDC', 'illustrative')$$, 'a lower threshold: who gains, by which node');
SELECT results_eq($$SELECT code, change, nodes FROM simulate(2018, '[{"set": "T-KDC", "code": "1", "rule": "≥ 70 %"}]')$$,
                  $$VALUES ('A1', 'gains', '{1}'::text[]), ('A6', 'becomes unknown', '{1}')$$, 'the cell of the annex will do');
SELECT results_eq($$SELECT code, change, nodes, recognised FROM simulate(2018, '[{"set": "T-KDC", "code": "3", "rule": "<= 8%"}]')$$,
                  $$VALUES ('A2', 'loses', '{3}'::text[], true)$$, 'a tighter one: who loses, though recognised');
SELECT results_eq($$SELECT code, change, nodes FROM simulate(2018, '[{"set": "T-KDC", "code": "1", "rule": ">= 70%"}, {"set": "T-KDC", "code": "2", "rule": ">= 60%"}]')$$,
                  $$VALUES ('A1', 'gains', '{1}'::text[]), ('A3', 'gains', '{1,2}'), ('A6', 'becomes unknown', '{1}')$$, 'several hold together, and all nodes are named');
SELECT results_eq($$SELECT code, change, nodes FROM simulate(2018, '[{"set": "T-KDC", "code": "1", "rule": ">= 100%"}]')$$,
                  $$VALUES ('A2', 'loses', '{1}'::text[]), ('A4', 'becomes not met', '{1}')$$, 'the undecided can become decided');
SELECT results_eq($$SELECT code, change, nodes FROM simulate(2018, '[{"set": "T-XA", "code": "2.1", "rule": ">= 95%", "class": "TDMNPB"}]')$$,
                  $$VALUES ('C1', 'loses', '{2.1}'::text[])$$, 'the variant of a class; the lowest node is responsible');
SELECT results_eq($$SELECT code, change, nodes FROM simulate(2018, '[{"set": "T-XA", "code": "2.1", "rule": ">= 97%"}]')$$,
                  $$VALUES ('C2', 'loses', '{2.1}'::text[])$$, 'or the rule of all others');
SELECT results_eq($$SELECT code, change FROM simulate(2018, '[{"set": "T-XA", "code": "3", "rule": ">= 34"}, {"set": "T-KDC", "code": "3", "rule": "<= 8%"}]')$$,
                  $$VALUES ('A2', 'loses'), ('C3', 'gains')$$, 'two sets at once');
SELECT results_eq($$SELECT code, change FROM simulate(2018, '[{"set": "T-XA", "code": "3", "rule": ">= 90"}, {"set": "T-XA", "code": "3", "rule": ">= 34"}]')$$,
                  $$VALUES ('C3', 'gains')$$, 'of two on a node the last counts');
SELECT is_empty($$SELECT * FROM simulate(2018, '[]')$$, 'nothing amended, nothing changed');
SELECT is_empty($$SELECT * FROM simulate(2018, '[{"set": "T-KDC", "code": "1", "rule": ">= 80%"}]')$$, 'also if it is amended to what it is');
SELECT is_empty($$SELECT * FROM simulate(2017, '[{"set": "T-KDC", "code": "1", "rule": ">= 75%"}]')$$, 'a year without reports has nobody');
SELECT is((SELECT count(*)::integer FROM criteria_set), 2, 'nothing is recorded');

-- a node may change and have nothing to do with it
SELECT publish_criteria_set('{"code": "T-H", "nodes": [{"code": "1", "measure": "road", "rule": ">= 80"}, {"code": "2", "rule": "any of (*)"},
    {"code": "2.1", "measure": "homes", "rule": ">= 50"}, {"code": "2.2", "measure": "poor", "rule": "<= 5"}]}', 'district', 'standard', '2018-01-01') \g /dev/null
SELECT pg_temp.tell('D1', 2018, '{"road": 75, "homes": 60, "poor": 7}') \g /dev/null
SELECT results_eq($$SELECT code, change, nodes FROM simulate(2018, '[{"set": "T-H", "code": "1", "rule": ">= 70"}, {"set": "T-H", "code": "2.1", "rule": ">= 70"},
                                                                     {"set": "T-H", "code": "2.2", "rule": "<= 10"}]')$$,
                  $$VALUES ('D1', 'gains', '{1}'::text[])$$, 'responsible is what blocks');

-- follows the session
SELECT ask_as_of('2000-01-01') \g /dev/null
SELECT throws_ok($$SELECT * FROM simulate(2018, '[{"set": "T-KDC", "code": "1", "rule": ">= 75%"}]')$$, '42704',
                 'amendment 1 is for a criteria set that is not in force on 2000-01-01: "T-KDC"', 'asked as of another moment, the law of then is amended');
SELECT ask_as_of(law_date => '2018-12-31', borders => '2018-12-31') \g /dev/null
SELECT results_eq($$SELECT code, change FROM simulate(2018, '[{"set": "T-KDC", "code": "3", "rule": "<= 8%"}]')$$, $$VALUES ('A2', 'loses')$$, 'in borders asked for too');
SELECT ask_as_of_now() \g /dev/null

-- refusals
CREATE FUNCTION pg_temp.try(amendments jsonb) RETURNS SETOF text LANGUAGE sql AS 'SELECT code FROM simulate(2018, amendments)';
SELECT throws_ok($$SELECT * FROM simulate(NULL, '[]')$$, '22023', 'a simulation needs a year and an array of amendments', 'a year is needed');
SELECT throws_ok($$SELECT pg_temp.try('{"set": "T-KDC"}')$$, '22023', 'a simulation needs a year and an array of amendments', 'an array');
SELECT throws_ok($$SELECT pg_temp.try(NULL)$$, '22023', 'a simulation needs a year and an array of amendments', 'at all');
SELECT throws_ok($$SELECT pg_temp.try('["T-KDC"]')$$, '22023', 'amendment 1 cannot be read: it is no object', 'of objects');
SELECT throws_ok($$SELECT pg_temp.try('[{"set": "T-KDC", "code": "1", "rule": ">= 75%", "klass": "X"}]')$$, '22023', 'amendment 1 cannot be read: it has klass', 'with known keys');
SELECT throws_ok($$SELECT pg_temp.try('[{"set": "T-KDC", "code": "1", "rule": ">= 75%"}, {"set": "T-KDC", "code": "1"}]')$$, '22023', 'amendment 2 cannot be read: it lacks "rule"', 'and all of them');
SELECT throws_ok($$SELECT pg_temp.try('[{"set": "T-X", "code": "1", "rule": ">= 75%"}]')$$, '42704', 'amendment 1 is for a criteria set that is not in force on 2018-12-31: "T-X"', 'a set in force');
SELECT throws_ok($$SELECT pg_temp.try('[{"set": "T-KDC", "code": "1", "rule": ">= 75%", "class": "X"}]')$$, '23503', 'amendment 1 is for an unknown class: "X"', 'a known class');
SELECT throws_ok($$SELECT pg_temp.try('[{"set": "T-KDC", "code": "9", "rule": ">= 75%"}]')$$, '22023', 'amendment 1: ruleset "T-KDC" has no node "9"', 'a node of the set');
SELECT throws_ok($$SELECT pg_temp.try('[{"set": "T-KDC", "code": "1", "rule": ">> 75%"}]')$$, '22P02', 'amendment 1: invalid input syntax for type ntm.rule: ">> 75%"', 'and a rule that can be read');

-- generated amendments against two assessments
SELECT setseed(0.3) \g /dev/null
INSERT INTO unit (code, name, level, parent_id) SELECT 'N' || n, 'Area ' || n, 'area', pg_temp.id('C3') FROM generate_series(1, 150) AS n;
INSERT INTO report (unit_id, year, measures)
SELECT id, 2018, format('{"road": %s, "homes": %s, "poor": %s}', 60 + floor(random() * 40), 55 + floor(random() * 45),
                        CASE WHEN random() < 0.7 THEN floor(random() * 15)::text WHEN random() < 0.5 THEN 'null' ELSE '"n/a"' END)::measures
  FROM unit WHERE code LIKE 'N%';
CREATE FUNCTION pg_temp.slow(code text, rule text) RETURNS TABLE (unit text, before text, after text)
    LANGUAGE sql AS $$
    SELECT u.code, overall(assess(d.measures, c.ruleset, u.classes))::text, overall(assess(d.measures, amend(c.ruleset, $1, $2::rule), u.classes))::text
      FROM dossier AS d JOIN unit AS u ON u.id = d.unit_id JOIN criteria_set AS c ON c.level = u.level
     WHERE d.year = 2018 AND u.level = 'area' $$;
CREATE TEMPORARY TABLE wish ON COMMIT DROP AS
SELECT n, (1 + floor(random() * 3))::integer::text AS code, CASE WHEN random() < 0.5 THEN '>= ' ELSE '<= ' END || floor(random() * 100) AS rule FROM generate_series(1, 40) AS n;
SELECT is_empty($$
    SELECT w.* FROM wish AS w CROSS JOIN LATERAL (
        (SELECT s.code, s.verdict_before::text, s.verdict_after::text FROM simulate(2018, jsonb_build_array(jsonb_build_object('set', 'T-KDC', 'code', w.code, 'rule', w.rule))) AS s
         EXCEPT ALL SELECT * FROM pg_temp.slow(w.code, w.rule) AS x WHERE x.before <> x.after AND NOT (x.before, x.after) IN (('met', 'not_applicable'), ('not_applicable', 'met')))
         UNION ALL
        (SELECT * FROM pg_temp.slow(w.code, w.rule) AS x WHERE x.before <> x.after AND NOT (x.before, x.after) IN (('met', 'not_applicable'), ('not_applicable', 'met'))
         EXCEPT ALL SELECT s.code, s.verdict_before::text, s.verdict_after::text FROM simulate(2018, jsonb_build_array(jsonb_build_object('set', 'T-KDC', 'code', w.code, 'rule', w.rule))) AS s)) AS different$$,
    'generated amendments: who changes is who differs');
SELECT is_empty($$SELECT w.*, s.* FROM wish AS w CROSS JOIN LATERAL simulate(2018, jsonb_build_array(jsonb_build_object('set', 'T-KDC', 'code', w.code, 'rule', w.rule))) AS s
                   WHERE s.nodes IS DISTINCT FROM ARRAY[w.code]$$, 'of one leaf amended, it is responsible');
SELECT is_empty($$SELECT w.*, s.* FROM wish AS w CROSS JOIN LATERAL simulate(2018, jsonb_build_array(jsonb_build_object('set', 'T-KDC', 'code', w.code, 'rule', w.rule))) AS s
                   WHERE s.change IS DISTINCT FROM CASE WHEN s.verdict_after = 'met' THEN 'gains' WHEN s.verdict_before = 'met' THEN 'loses'
                                                        WHEN s.verdict_after = 'unknown' THEN 'becomes unknown' ELSE 'becomes not met' END$$, 'and the change is called by its name');
SELECT cmp_ok((SELECT count(*) FROM wish AS w CROSS JOIN LATERAL simulate(2018, jsonb_build_array(jsonb_build_object('set', 'T-KDC', 'code', w.code, 'rule', w.rule))) AS s), '>', 100::bigint, 'there are some');

SELECT * FROM finish();
ROLLBACK;
