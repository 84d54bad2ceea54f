-- How recognised units stand: the rule of revocation, a change of the set,
-- tiers that build on each other, terms that end.
BEGIN;
SET search_path = ntm, public;
SELECT plan(30);
\ir registry.psql

SELECT adopt_procedure('VN-XA-2022', valid_from => '2017-01-01') \g /dev/null
SELECT adopt_procedure('PT-XA-NC-2019', valid_from => '2017-01-01') \g /dev/null
SELECT adopt_procedure('PT-XA-KM-2019', valid_from => '2017-01-01') \g /dev/null

-- The rule of 18/2022/QĐ-TTg, by a reference that only counts: of n criteria f
-- fail, k of them key criteria.
CREATE FUNCTION pg_temp.revoked(f integer, n integer, k integer) RETURNS boolean LANGUAGE sql
    RETURN 100 * f >= 50 * n OR 100 * f >= 30 * n AND k >= 1;

SELECT is_empty($$
    SELECT n, f, k
      FROM procedure_step AS s, generate_series(1, 60) AS n, generate_series(0, n) AS f, generate_series(0, least(f, 5)) AS k
     WHERE s.event = 'revoked'
       AND ntm.overall(ntm.assess(jsonb_build_object('criterion_count', n, 'not_met_count', f, 'key_criteria_not_met', k)::measures, s.conditions))::boolean
           IS DISTINCT FROM pg_temp.revoked(f, n, k)$$, 'the rule of revocation, for every number of criteria up to 60');
SELECT results_eq($$
    SELECT k > 0 AS key, min(f), max(f)
      FROM procedure_step AS s, generate_series(0, 19) AS f, generate_series(0, least(f, 1)) AS k
     WHERE s.event = 'revoked'
       AND ntm.overall(ntm.assess(jsonb_build_object('criterion_count', 19, 'not_met_count', f, 'key_criteria_not_met', k)::measures, s.conditions))::boolean
     GROUP BY 1 ORDER BY 1$$, $$VALUES (false, 10, 19), (true, 6, 19)$$, 'of 19: from 6 with a key criterion, from 10 without');

-- A set of 19 criteria, each a yes/no measure; units that fail some of them
-- and have not reported others.
SELECT publish_criteria_set(
    (SELECT jsonb_build_object('code', 'T-19', 'title', 'Nineteen', 'nodes', jsonb_agg(jsonb_build_object(
         'code', i::text, 'title', 'Criterion ' || i, 'measure', 'c' || i, 'unit', 'yes/no', 'rule', 'met', 'cite', 'nineteen, ' || i) ORDER BY i))
       FROM generate_series(1, 19) AS i)::text::ruleset,
    'commune', 'advanced', '2017-01-01') \g /dev/null
CREATE TEMPORARY TABLE drawn AS
SELECT u.number, array_agg(c) FILTER (WHERE u.draw < 60) AS failing, array_agg(c) FILTER (WHERE u.draw BETWEEN 60 AND 62) AS unknown
  FROM (SELECT number, c, ('x' || left(md5(format('standing %s %s', number, c)), 6))::bit(24)::integer % (64 + number * 3) AS draw
          FROM generate_series(1, 60) AS number, generate_series(1, 19) AS c) AS u
 GROUP BY u.number;
UPDATE drawn SET failing = coalesce(failing, '{}'), unknown = coalesce(unknown, '{}');
INSERT INTO unit (code, name, level, parent_id) SELECT 'N' || number, 'Commune N' || number, 'commune', pg_temp.id('D2') FROM drawn;
INSERT INTO report (unit_id, year, measures)
SELECT pg_temp.id('N' || number), 2018,
       (SELECT jsonb_object_agg('c' || c, c <> ALL (failing)) FROM generate_series(1, 19) AS c WHERE c <> ALL (unknown))::text::measures
  FROM drawn;
INSERT INTO recognition (unit_id, event, tier, year, event_date) SELECT pg_temp.id('N' || number), 'recognised', 'advanced', 2017, '2017-12-25' FROM drawn;
-- the tier has its own procedure: the same rule
UPDATE recognition_procedure SET valid_to = '2018-01-01' WHERE code = 'PT-XA-NC-2019';
SELECT publish_procedure((SELECT document || '{"code": "NC"}' FROM ntm.procedure_library WHERE code = 'VN-XA-2022'), 'commune', 'advanced', '2018-01-01') \g /dev/null

CREATE FUNCTION pg_temp.key(codes integer[]) RETURNS integer LANGUAGE sql
    RETURN (SELECT count(*)::integer FROM unnest(codes) AS c WHERE c IN (10, 17, 19));
SELECT cmp_ok(count(DISTINCT revocation::text), '=', 3::bigint, 'the generated units come out in all three ways') FROM recognition_standing('2018-12-31') WHERE code ~ '^N';
SELECT is_empty($$
    SELECT d.*, s.revocation
      FROM drawn AS d JOIN recognition_standing('2018-12-31') AS s ON s.code = 'N' || d.number
     CROSS JOIN LATERAL (SELECT bool_and(outcome) AS always, bool_or(outcome) AS ever
                           -- every way the unknown criteria could turn out
                           FROM (SELECT pg_temp.revoked(cardinality(d.failing) + cardinality(way), 19, pg_temp.key(d.failing || way)) AS outcome
                                   FROM (SELECT ARRAY(SELECT d.unknown[i] FROM generate_subscripts(d.unknown, 1) AS i WHERE (mask >> (i - 1)) & 1 = 1) AS way
                                           FROM generate_series(0, (1 << least(cardinality(d.unknown), 10)) - 1) AS mask) AS ways) AS outcomes) AS r
     WHERE s.revocation::text IS DISTINCT FROM CASE WHEN r.always THEN 'met' WHEN r.ever THEN 'unknown' ELSE 'not_met' END$$,
    'to be revoked, not, or not known: as every way the unknown criteria could turn out');
SELECT is_empty($$
    SELECT d.*, s.failures_to_revocation
      FROM drawn AS d JOIN recognition_standing('2018-12-31') AS s ON s.code = 'N' || d.number
     WHERE s.failures_to_revocation IS DISTINCT FROM
           (SELECT min(more) FROM generate_series(0, 19 - cardinality(d.failing) - cardinality(d.unknown)) AS more
             WHERE pg_temp.revoked(cardinality(d.failing) + more, 19, least(pg_temp.key(d.failing) + more, 3)))$$,
    'how far it is to the rule');
SELECT is_empty($$
    SELECT code FROM recognition_standing('2018-12-31') AS s WHERE (s.revocation_rule IS NOT NULL) <> coalesce(s.revocation::boolean, false)$$,
    'what is to be revoked has its rule cited');

-- A new set: who met the old one may fail the new one.
SELECT pg_temp.tell('C1', 2016, '{"has_plan": true, "water": 91, "income": 40}') \g /dev/null
SELECT pg_temp.tell('C2', 2016, '{"has_plan": true, "water": 96, "income": 50}') \g /dev/null
SELECT pg_temp.tell('C3', 2016, '{"has_plan": true, "water": 96, "income": 37}') \g /dev/null
SELECT count(recognise(pg_temp.id(c), 2016, c, '2016-12-20')) FROM unnest(ARRAY['C1', 'C2', 'C3']) AS c \g /dev/null
SELECT is_empty($$SELECT * FROM at_risk_on('2017-06-30') WHERE code ~ '^C'$$, 'none of three is at risk under the set they were recognised by');
UPDATE criteria_set SET valid_to = '2017-07-01' WHERE code = 'T-XA';
SELECT publish_criteria_set(amend((SELECT ruleset FROM criteria_set WHERE code = 'T-XA'), '3', '>= 45'), 'commune', 'standard', '2017-07-01') \g /dev/null
SELECT results_eq($$SELECT code, year, verdict::text, missing, risk, procedure, revocation::text FROM at_risk_on('2017-07-01') WHERE code ~ '^C'$$,
    $$VALUES ('C1', 2016, 'not_met', '{3}'::text[], 'perhaps to be revoked; does not meet the set in force', 'VN-XA-2022', 'unknown'),
             ('C3', 2016, 'not_met', '{3}', 'perhaps to be revoked; does not meet the set in force', 'VN-XA-2022', 'unknown')$$,
    'two of three are under the next, on the same facts; whether a key criterion fails that the set has not, is not known');
SELECT pg_temp.tell('C1', 2018, '{"has_plan": false, "water": 91, "income": 40}') \g /dev/null
SELECT results_eq($$SELECT code, missing, revocation_rule FROM at_risk_on('2018-12-31') WHERE code = 'C1'$$,
    $$VALUES ('C1', '{1,3}'::text[], 'Từ 50% số tiêu chí không đạt (18/2022/QĐ-TTg)')$$, 'two criteria of three are more than half');
SELECT is((SELECT string_agg(code, ' ') FROM revocation_due WHERE code ~ '^C'), 'C1 C3', 'revocation_due lists it, and the one of which that is not known');
SELECT is((SELECT count(*) FROM revocation_due), (SELECT count(*) FROM recognition_standing(CURRENT_DATE) WHERE revocation::text IN ('met', 'unknown')), 'and all others, also where it is not known');
SELECT is((SELECT count(*) FROM at_risk), (SELECT count(*) FROM at_risk_on(CURRENT_DATE, 180)), 'at_risk is as of today');

-- tiers build on each other
SELECT pg_temp.tell('C2', 2018, ((SELECT jsonb_object_agg('c' || i, true) FROM generate_series(1, 19) AS i) || '{"has_plan": true, "water": 96, "income": 50}')::text::measures) \g /dev/null
SELECT pg_temp.tell('C4', 2017, (SELECT jsonb_object_agg('c' || i, true) FROM generate_series(1, 19) AS i)::text::measures) \g /dev/null
SELECT throws_like($$SELECT recognise(pg_temp.id('C4'), 2017, 'x', '2017-12-20', tier => 'advanced')$$, '%cannot be recognised for 2017 under procedure "PT-XA-NC-2019"', 'not advanced without standard');
SELECT publish_procedure((SELECT document || '{"code": "NC2"}' FROM ntm.procedure_library WHERE code = 'PT-XA-NC-2019'), 'commune', 'advanced', '2018-01-01', jurisdiction_id => pg_temp.id('C2')) \g /dev/null
SELECT lives_ok($$SELECT recognise(pg_temp.id('C2'), 2018, 'NC', '2018-12-20', tier => 'advanced')$$, 'advanced with standard');
SELECT is((SELECT (judged -> 'lower_tier_recognised')::integer FROM recognition WHERE decision = 'NC'), 1, 'that is on record');
SELECT publish_criteria_set('{"code": "T-M", "title": "Model", "nodes": [{"code": "1", "title": "Smart village", "measure": "smart", "unit": "yes/no", "rule": "met"}]}', 'commune', 'model', '2017-01-01') \g /dev/null
SELECT pg_temp.tell('C2', 2018, '{"smart": true}') \g /dev/null
SELECT throws_ok($$SELECT recognise(pg_temp.id('C2'), 2018, 'KM', '2018-12-19', tier => 'model')$$, '55000', NULL, 'not model the day before it was advanced');
SELECT lives_ok($$SELECT recognise(pg_temp.id('C2'), 2018, 'KM', '2018-12-20', tier => 'model')$$, 'model with advanced');
SELECT lives_ok($$SELECT revoke(pg_temp.id('C2'), 'TH', '2019-03-01', 'by hand')$$, 'the lowest tier is revoked');
SELECT results_eq($$SELECT tier, lower_tier_recognised, risk FROM at_risk_on('2019-03-01') WHERE code = 'C2' ORDER BY tier$$,
    $$VALUES ('advanced', false, 'not recognised at the tier below')$$, 'the one above stays and is at risk');
SELECT results_eq($$SELECT tier FROM recognition_standing('2019-03-01') WHERE code = 'C2' ORDER BY tier$$, $$VALUES ('advanced'), ('model')$$, 'no decision falls by itself');
SELECT is((SELECT rule FROM recognition WHERE decision = 'TH'), NULL, 'revoked by hand: no rule was met');

SELECT results_eq($$SELECT tier FROM recognition_standing('2019-02-28') WHERE code = 'C2' ORDER BY tier$$, $$VALUES ('advanced'), ('model'), ('standard')$$, 'the day before, all three stood');
INSERT INTO unit (code, name, level, parent_id) VALUES ('C9', 'Commune 9', 'commune', pg_temp.id('D2'));
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('C9'), 'recognised', 2017, '2017-12-25');
SELECT results_eq($$SELECT verdict::text, revocation::text, failures_to_revocation FROM at_risk_on('2018-12-31') WHERE code = 'C9' UNION ALL
                    SELECT ntm.overall(scorecard)::text, revocation::text, failures_to_revocation FROM recognition_standing('2018-12-31') WHERE code = 'C9'$$,
    $$VALUES (NULL::text, 'unknown', NULL::integer)$$, 'of who never reported nothing is known: no risk is claimed');

-- terms that end
INSERT INTO recognition (unit_id, event, year, event_date, valid_until) VALUES (pg_temp.id('A1'), 'recognised', 2019, '2019-10-04', '2022-10-04');
SELECT is_empty($$SELECT * FROM at_risk_on('2022-04-06', 180) WHERE code = 'A1'$$, 'not listed 181 days before the term ends');
SELECT results_eq($$SELECT days_left, expired, risk FROM at_risk_on('2022-04-07', 180) WHERE code = 'A1'$$, $$VALUES (180, false, 'term ends soon')$$, 'listed 180 days before');
SELECT results_eq($$SELECT days_left, expired, risk FROM at_risk_on('2022-10-04') WHERE code = 'A1'$$, $$VALUES (0, true, 'term has ended')$$, 'and when it has ended');
SELECT results_eq($$SELECT days_left, expired FROM at_risk_on('2022-10-03', 1) WHERE code = 'A1'$$, $$VALUES (1, false)$$, 'on its last day it has not');
SELECT lapse_recognitions('2022-10-04') \g /dev/null
SELECT results_eq($$SELECT risk FROM at_risk_on('2023-10-04') WHERE code = 'A1'$$, $$VALUES ('term has ended')$$, 'also when the lapse is on record');
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A1'), 'recognised', 2023, '2023-11-04');
SELECT is_empty($$SELECT * FROM at_risk_on('2023-11-04') WHERE code = 'A1'$$, 'until it is recognised again');
UPDATE unit SET valid_to = '2018-06-01' WHERE code = 'C1';
SELECT is_empty($$SELECT * FROM recognition_standing('2018-12-31') WHERE code = 'C1'$$, 'a unit that no longer exists is not listed');

SELECT * FROM finish();
ROLLBACK;
