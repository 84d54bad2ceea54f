-- Procedures of recognition: published as data, checked, and never changed.
BEGIN;
SET search_path = ntm, public;
SELECT plan(46);
\ir registry.psql

-- the library
SELECT results_eq('SELECT code, level, tier, valid_years, status, unverified FROM ntm.procedure_library ORDER BY code',
    $$VALUES ('LC-THON-2022', 'area', 'standard', 3, 'sourced', 0), ('PT-KDC-DEMO', 'area', 'standard', 3, 'illustrative', 0),
             ('PT-XA-KM-2019', 'commune', 'model', NULL, 'sourced', 0), ('PT-XA-NC-2019', 'commune', 'advanced', NULL, 'sourced', 0),
             ('VN-XA-2014', 'commune', 'standard', 5, 'sourced', 0), ('VN-XA-2022', 'commune', 'standard', NULL, 'unverified', 2)$$,
    'procedures are shipped, each saying what it is worth');
SELECT is_empty($$SELECT code FROM ntm.library_procedure WHERE issuer IS NULL AND document::text NOT LIKE '%minh họa%'$$, 'what was invented says so');
SELECT lives_ok($$SELECT adopt_procedure('VN-XA-2014', valid_to => '2016-12-30')$$, 'one is adopted');
SELECT results_eq($$SELECT code, level, tier, valid_years, decision, valid_from, valid_to, status FROM recognition_procedure$$,
    $$VALUES ('VN-XA-2014', 'commune', 'standard', 5, '40/2014/TT-BNNPTNT', date '2014-12-29', date '2016-12-30', 'sourced')$$, 'with its particulars');
SELECT results_eq($$SELECT position, event, "after", deadline_month, deadline_day, deadline_year, ntm.variables(conditions) FROM procedure_step ORDER BY position$$,
    $$VALUES (1, 'registered', '{}'::text[], 12, 10, -1, NULL::text[]), (2, 'self_assessed', '{registered}', NULL, NULL, NULL, NULL),
             (3, 'verified', '{self_assessed}', NULL, NULL, NULL, '{met_count}'), (4, 'recognised', '{registered,verified}', 11, 10, 0, '{meets_criteria}'),
             (5, 'renewed', '{}', NULL, NULL, NULL, '{meets_criteria}')$$, 'and its steps');
SELECT lives_ok($$SELECT adopt_procedure('VN-XA-2022')$$, 'and the one that followed');
SELECT throws_ok($$SELECT adopt_procedure('VN-XA-2014')$$, '23P01', 'procedure "VN-XA-2014" would be in force together with "VN-XA-2014"', 'two at a time are refused');
SELECT throws_ok($$SELECT adopt_procedure('VN-XA-1914')$$, '42704', 'there is no procedure "VN-XA-1914" in the library', 'so is one that is not there');
SELECT throws_ok($$SELECT adopt_procedure('LC-THON-2022')$$, '22023', 'procedure "LC-THON-2022" has no date from which it is in force', 'or has no date');
SELECT lives_ok($$SELECT adopt_procedure('LC-THON-2022', pg_temp.id('D1'), '2022-01-01')$$, 'which can be given');
SELECT lives_ok($$SELECT adopt_procedure('PT-KDC-DEMO')$$, 'a place has its own besides the general one');
SELECT lives_ok($$SELECT adopt_procedure('PT-XA-NC-2019'); SELECT adopt_procedure('PT-XA-KM-2019')$$, 'every tier its own');

-- which is in force
CREATE FUNCTION pg_temp.in_force(wanted text, at_tier text, on_day date) RETURNS text LANGUAGE sql
    RETURN (SELECT p.code FROM recognition_procedure AS p WHERE p.id = procedure_in_force(pg_temp.id(wanted), at_tier, on_day));
SELECT is(pg_temp.in_force('C1', 'standard', '2014-12-28'), NULL, 'none before the first day');
SELECT is(pg_temp.in_force('C1', 'standard', '2014-12-29'), 'VN-XA-2014', 'one from then on');
SELECT is(pg_temp.in_force('C1', 'standard', '2016-12-30'), NULL, 'and not on the last');
SELECT is(pg_temp.in_force('C1', 'standard', '2022-08-02'), 'VN-XA-2022', 'then the next');
SELECT is(pg_temp.in_force('C1', 'advanced', '2022-08-02'), 'PT-XA-NC-2019', 'by tier');
SELECT is(pg_temp.in_force('A1', 'standard', '2022-08-02'), 'LC-THON-2022', 'the procedure of the smaller place');
SELECT is(pg_temp.in_force('A5', 'standard', '2022-08-02'), 'PT-KDC-DEMO', 'elsewhere that of the larger');
SELECT is(pg_temp.in_force('A1', 'standard', '2021-12-31'), 'PT-KDC-DEMO', 'and before it was in force');

-- what cannot be published
CREATE FUNCTION pg_temp.publish(steps text, code text DEFAULT 'T') RETURNS bigint LANGUAGE sql
    RETURN publish_procedure(jsonb_build_object('code', code, 'title', 'Test', 'steps', steps::jsonb), 'district', 'standard', '2020-01-01');
SELECT throws_ok($$SELECT pg_temp.publish('[]', '')$$, '22023', 'procedure "" cannot be read', 'no code');
SELECT throws_ok($$SELECT pg_temp.publish('{}')$$, '22023', 'procedure "T" cannot be read', 'no list of steps');
SELECT is(pg_temp.refused($$SELECT pg_temp.publish('[{"event": "crowned"}]')$$), '22023: In the document, step 1 has an event that is not known: crowned.', 'an unknown event');
SELECT is(pg_temp.refused($$SELECT pg_temp.publish('[{"title": "x"}]')$$), '22023: In the document, step 1 has an event that is not known: none.', 'no event');
SELECT is(pg_temp.refused($$SELECT pg_temp.publish('[{"event": "verified", "deadline": {"month": 1}}]')$$), '22023: In the document, step verified has an unknown key "deadline".', 'an unknown key of a step');
SELECT is(pg_temp.refused($$SELECT pg_temp.publish('[{"event": "verified", "before": {"months": 1, "day": 1}}]')$$), '22023: In the document, "before" of step verified has an unknown key "months".', 'of a deadline');
SELECT is(pg_temp.refused($$SELECT publish_procedure('{"code": "T", "valid_year": 3, "steps": []}', 'area', 'model', '2020-01-01')$$), '22023: In the document, it has an unknown key "valid_year".', 'of the procedure');
SELECT throws_ok($$SELECT pg_temp.publish('[{"event": "verified"}, {"event": "verified"}]')$$, '22023', NULL, 'the same step twice');
SELECT throws_ok($$SELECT pg_temp.publish('[{"event": "verified", "before": {"month": 2, "day": 30}}]')$$, '22023', NULL, 'a day that does not exist');
SELECT throws_ok($$SELECT pg_temp.publish('[{"event": "verified", "before": {"month": 2}}]')$$, '22023', NULL, 'half a day');
SELECT throws_ok($$SELECT pg_temp.publish('[{"event": "verified", "after": ["crowned"]}]')$$, '22023', 'procedure "T" cannot be read', 'a step after an unknown one');
SELECT throws_ok($$SELECT pg_temp.publish('[{"event": "verified", "after": ["verified"]}]')$$, '22023', NULL, 'or after itself');
SELECT throws_ok($$SELECT pg_temp.publish('[{"event": "verified", "conditions": [{"code": "1", "title": "x", "rule": "meets_criteria mett"}]}]')$$, '22P02', NULL, 'a condition that cannot be read');
SELECT throws_ok($$SELECT pg_temp.publish('[{"event": "verified", "conditions": [{"code": "1", "title": "x", "rule": "met_counts >= 3"}]}]')$$, '23503', 'step verified of procedure "T" uses unknown facts: met_counts', 'or uses an unknown fact');
SELECT throws_ok($$SELECT pg_temp.publish('[{"event": "verified", "conditions": [{"code": "1", "title": "x", "rule": "met_count >= 3 and met_count < 2"}]}]')$$, '23514', NULL, 'or can never hold');
SELECT throws_ok($$SELECT publish_procedure('{"code": "T", "valid_years": 0, "steps": []}', 'district', 'standard', '2020-01-01')$$, '22023', NULL, 'no years');
SELECT lives_ok($$SELECT pg_temp.publish('[{"event": "verified", "before": {"month": 2, "day": 29}, "conditions": [{"code": "1", "title": "x", "rule": "income >= 3"}]}]')$$, 'measures of the catalogue can be used');

-- published for ever
SELECT throws_ok($$UPDATE recognition_procedure SET valid_years = 4 WHERE code = 'VN-XA-2022'$$, '55000', NULL, 'a procedure is not changed');
SELECT throws_ok($$DELETE FROM recognition_procedure$$, '55000', NULL, 'nor deleted');
SELECT throws_ok($$UPDATE procedure_step SET deadline_day = 11$$, '55000', NULL, 'nor are its steps');
SELECT throws_ok($$DELETE FROM procedure_step$$, '55000', NULL, 'nor deleted');
SELECT lives_ok($$UPDATE recognition_procedure SET valid_to = '2025-07-01' WHERE code = 'VN-XA-2022'$$, 'it is ended');
SELECT throws_ok($$UPDATE recognition_procedure SET valid_to = NULL WHERE code = 'VN-XA-2022'$$, '55000', NULL, 'for good');
SET LOCAL session_replication_role = replica;
UPDATE recognition_procedure SET published_at = now() - interval '1 day';
SET LOCAL session_replication_role = origin;
SELECT throws_ok($$INSERT INTO procedure_step (procedure_id, position, event) SELECT id, 9, 'proposed' FROM recognition_procedure WHERE code = 'VN-XA-2022'$$, '55000',
    'cannot add a step to procedure "VN-XA-2022"', 'no step is added later');

-- what rules may use is documented
SELECT results_eq($$SELECT DISTINCT v.name FROM recognition_basis(pg_temp.id('A1'), 2018, '2018-12-01', 'standard') AS b, ntm.each(b.judged) AS v ORDER BY 1$$,
    $$SELECT name FROM recognition_fact_name WHERE origin <> 'event' ORDER BY 1$$, 'the facts computed are those in the list');
SELECT is_empty($$SELECT name FROM recognition_fact_name GROUP BY name HAVING count(*) > 1$$, 'each listed once');

SELECT * FROM finish();
ROLLBACK;
