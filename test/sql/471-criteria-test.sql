-- Test cases of criteria sets: failures, coverage, publishing, the library's.
BEGIN;
SET search_path = ntm, public;
SELECT plan(41);
\ir registry.psql

CREATE FUNCTION pg_temp.edition(wanted text, nth integer DEFAULT 1) RETURNS bigint
    LANGUAGE sql STABLE
    RETURN (SELECT c.id FROM criteria_set AS c WHERE c.code = wanted ORDER BY c.id OFFSET nth - 1 LIMIT 1);

-- ---- cases of a draft ----

SELECT draft_from('{"code": "T", "nodes": [
    {"code": "1", "cite": "T, 1", "measure": "a", "rule": ">= 10", "when": {"N": ">= 5", "S": ">= 20"}},
    {"code": "2", "measure": "b", "delegated": "the province", "when": {"N": ">= 1"}},
    {"code": "3"}, {"code": "3.1", "measure": "c"}]}'::ruleset) \g /dev/null
UPDATE draft_set SET level = 'province';

SELECT results_eq(
    $$SELECT result, test, code, class, expected, actual, cite FROM run_criteria_tests('T')$$,
    $$VALUES ('not covered', NULL, 'overall', NULL, NULL, NULL, NULL),
             ('not covered', NULL, '1', NULL, 'met', NULL, 'T, 1'), ('not covered', NULL, '1', NULL, 'not_met', NULL, 'T, 1'),
             ('not covered', NULL, '1', 'N', 'met', NULL, 'T, 1'), ('not covered', NULL, '1', 'N', 'not_met', NULL, 'T, 1'),
             ('not covered', NULL, '1', 'S', 'met', NULL, 'T, 1'), ('not covered', NULL, '1', 'S', 'not_met', NULL, 'T, 1'),
             ('not covered', NULL, '2', NULL, NULL, NULL, NULL),
             ('not covered', NULL, '2', 'N', 'met', NULL, NULL), ('not covered', NULL, '2', 'N', 'not_met', NULL, NULL),
             ('not covered', NULL, '3', NULL, 'met', NULL, NULL), ('not covered', NULL, '3', NULL, 'not_met', NULL, NULL),
             ('not covered', NULL, '3.1', NULL, 'met', NULL, NULL), ('not covered', NULL, '3.1', NULL, 'not_met', NULL, NULL)$$,
    'without cases every node is named, with both verdicts and all variants');

INSERT INTO criteria_test (set_code, name, measures, classes, expected, cite) VALUES
    ('T', 'at the bound', '{"a": 10, "c": true}', '{}', '{"1": "met", "2": "unknown", "3": "met", "3.1": "met", "overall": "unknown"}', 'T, 1'),
    ('T', 'below it', '{"a": 9, "c": false}', '{}', '{"1": "not_met", "3": "not_met", "3.1": "not_met", "overall": "not_met"}', NULL),
    ('T', 'the first class with a variant decides', '{"a": 5, "b": 1}', '{other,N,S}', '{"1": "met", "2": "met"}', NULL),
    ('T', 'in the order of the classes', '{"a": 19}', '{S,N}', '{"1": "not_met"}', NULL);
SELECT results_eq(
    $$SELECT result, code, class, expected FROM run_criteria_tests('T')$$,
    $$VALUES ('not covered', '1', 'N', 'not_met'), ('not covered', '1', 'S', 'met'), ('not covered', '2', 'N', 'not_met')$$,
    'a case covers the variant by which it is decided, and the verdicts it expects');

INSERT INTO criteria_test (set_code, name, measures, classes, expected, cite) VALUES
    ('T', 'wrong', '{"a": 5}', '{N}', '{"1": "not_met", "9": "met", "2": "unknown", "overall": "met"}', 'T, wrong');
SELECT results_eq(
    $$SELECT * FROM run_criteria_tests('T') WHERE result = 'failed'$$,
    $$VALUES ('failed', 'wrong', '1', 'N', 'not_met', 'met', 'T, wrong'), ('failed', 'wrong', '9', NULL, 'met', NULL, 'T, wrong'),
             ('failed', 'wrong', 'overall', NULL, 'met', 'unknown', 'T, wrong')$$,
    'a case that fails says what came out; a node that is not there has no verdict');
SELECT results_eq(
    $$SELECT test, code, actual FROM judge_criteria_tests(amend(draft_ruleset('T'), '1', '>= 6', 'N'), 'T', NULL) WHERE result = 'failed' AND test <> 'wrong'$$,
    $$VALUES ('the first class with a variant decides', '1', 'not_met')$$, 'cases also judge what is only considered');

SELECT throws_ok($$INSERT INTO criteria_test (set_code, name, measures, expected) VALUES ('T', 'wrong', '{}', '{"1": "met"}')$$, '23505', NULL, 'a case has a name of its own');
SELECT throws_ok(format($$INSERT INTO criteria_test (set_code, name, measures, expected) VALUES ('T', 'x', '{}', %L)$$, v.expected), '23514', NULL, 'expected cannot be ' || v.expected)
  FROM (VALUES ('{}'), ('[]'), ('{"1": "yes"}'), ('{"1": true}'), ('{"1": ["met"]}'), ('{"1": null}')) AS v (expected);
SELECT throws_ok($$INSERT INTO criteria_test (set_code, name, measures, classes, expected) VALUES ('T', 'x', '{}', '{NULL}', '{"1": "met"}')$$, '23514', NULL, 'nor a class nothing');
SELECT throws_ok($$SELECT * FROM run_criteria_tests('NONE')$$, '42704', 'there is no draft "NONE"', 'the draft must be there');
SELECT throws_ok($$SELECT * FROM run_criteria_tests(-1)$$, '42704', 'there is no edition -1', 'and the edition');

-- ---- publishing ----

SELECT throws_ok($$SELECT publish_criteria_set('T', '2020-01-01')$$, '23514', 'criteria set "T" fails 1 of its test cases', 'a set that fails a case is not published');
SELECT throws_ok($$SELECT publish_criteria_set(draft_ruleset('T'), 'province', 'standard', '2020-01-01')$$, '23514', 'criteria set "T" fails 1 of its test cases', 'nor past its draft');
SELECT is_empty($$SELECT FROM criteria_set WHERE code = 'T'$$, 'no edition is left');
UPDATE criteria_test SET expected = '{"1": "met"}' WHERE name = 'wrong';
DELETE FROM criteria_test WHERE name = 'below it';
SELECT lives_ok($$SELECT publish_criteria_set('T', '2020-01-01')$$, 'cases of a draft can be corrected');
SELECT results_eq(
    $$SELECT name, measures::text, classes, expected, cite FROM criteria_test WHERE criteria_set_id = pg_temp.edition('T') ORDER BY id$$,
    $$SELECT name, measures::text, classes, expected, cite FROM criteria_test WHERE set_code = 'T' AND criteria_set_id IS NULL ORDER BY id$$,
    'the edition keeps a copy');
SELECT results_eq($$SELECT * FROM run_criteria_tests(pg_temp.edition('T'))$$, $$SELECT * FROM run_criteria_tests('T')$$, 'that can be run as well');
SELECT throws_ok($$UPDATE criteria_test SET cite = 'x' WHERE criteria_set_id IS NOT NULL$$, '55000', 'cannot update case "at the bound" of a published edition', 'it is not changed');
SELECT throws_ok($$DELETE FROM criteria_test WHERE criteria_set_id IS NOT NULL$$, '55000', 'cannot delete case "at the bound" of a published edition', 'nor deleted');
SELECT throws_ok($$TRUNCATE criteria_test$$, '55000', 'cannot truncate table criteria_test', 'nor truncated');
SELECT throws_ok($$UPDATE criteria_test SET criteria_set_id = pg_temp.edition('T') WHERE criteria_set_id IS NULL$$, '55000', NULL, 'nor made from a draft''s');
SELECT lives_ok($$INSERT INTO criteria_test (set_code, criteria_set_id, name, measures, expected) VALUES ('T', pg_temp.edition('T'), 'later', '{"a": 9}', '{"1": "not_met"}')$$,
                'one can be added');
SELECT throws_ok($$INSERT INTO criteria_test (set_code, criteria_set_id, name, measures, expected) VALUES ('T', pg_temp.edition('T'), 'later still', '{"a": 9}', '{"1": "met"}')$$,
                 '23514', 'criteria set "T" fails 1 of its test cases', 'if it holds');

-- the next edition
UPDATE draft_criterion SET rule = '>= 11' WHERE set_code = 'T' AND code = '1';
SELECT throws_ok($$SELECT supersede_criteria_set(pg_temp.edition('T'), 'T', '2021-01-01')$$, '23514', NULL, 'another bound fails the cases of the old one');
SELECT is((SELECT valid_to FROM criteria_set WHERE code = 'T'), NULL, 'which then stays in force');
UPDATE criteria_test SET measures = '{"a": 11, "c": true}' WHERE name = 'at the bound' AND criteria_set_id IS NULL;
SELECT lives_ok($$SELECT supersede_criteria_set(pg_temp.edition('T'), 'T', '2021-01-01')$$, 'until they say so too');
SELECT is_empty($$SELECT * FROM criteria_set AS c, run_criteria_tests(c.id) AS r WHERE r.result = 'failed'$$, 'each edition holds its own cases');

-- ---- the library ----

SELECT lives_ok($$SELECT adopt_criteria_set('VN-XA-2016', pg_temp.id('D1'))$$, 'the national set is adopted');
SELECT lives_ok($$SELECT adopt_criteria_set('PT-KDC-DEMO', pg_temp.id('D1'))$$, 'and the illustrative one');
SELECT results_eq(
    $$SELECT t.set_code, t.name, t.measures::text, t.classes, t.expected FROM criteria_test AS t WHERE t.criteria_set_id IN (pg_temp.edition('VN-XA-2016'), pg_temp.edition('PT-KDC-DEMO'))
       ORDER BY 1, 2$$,
    $$SELECT l.code, l.name, l.measures::text, l.classes, l.expected FROM ntm.library_test AS l ORDER BY 1, 2$$, 'with their cases');
SELECT is_empty($$SELECT * FROM run_criteria_tests(pg_temp.edition('VN-XA-2016'))$$, 'which the national set passes, every bound of every region on both sides');
SELECT is_empty($$SELECT * FROM run_criteria_tests(pg_temp.edition('PT-KDC-DEMO'))$$, 'and the illustrative one');
SELECT cmp_ok((SELECT count(*) FROM library_test WHERE code = 'VN-XA-2016')::integer, '>=', 32, 'the national set has cases for each region');
SELECT is_empty(
    $$WITH moved AS MATERIALIZED (
          SELECT c.id, r.code, r.class, changed.rule,
                 CASE WHEN r.class IS NULL THEN amend(c.ruleset, r.code, changed.rule::rule) ELSE amend(c.ruleset, r.code, changed.rule::rule, r.class) END AS ruleset
            FROM criteria_set AS c, ntm.requirements(c.ruleset) AS r,
                 LATERAL (SELECT regexp_replace(r.rule, '[0-9.]+(%?)$', substring(r.rule FROM '([0-9.]+)%?$')::numeric + step || '\1') AS rule
                            FROM unnest(ARRAY[0.01, -0.01]) AS step) AS changed
           WHERE c.code = 'VN-XA-2016' AND r.rule ~ '[0-9]%?$' AND r.code <> '9.1')
      SELECT m.code, m.class, m.rule
        FROM moved AS m
       WHERE NOT EXISTS (SELECT FROM criteria_test AS t
                          WHERE t.criteria_set_id = m.id
                            AND (assess(t.measures, m.ruleset, t.classes) -> m.code)::text <> t.expected ->> m.code)$$,
    'no bound can be moved by a hundredth without a case that fails');
SELECT is(draft_from(pg_temp.edition('VN-XA-2016'), 'NEXT'), 'NEXT', 'a draft of an edition');
SELECT is_empty($$SELECT * FROM run_criteria_tests('NEXT')$$, 'brings its cases');
SELECT is(draft_from(pg_temp.edition('VN-XA-2016'), 'NEXT-C1', pg_temp.id('C1')), 'NEXT-C1', 'a draft that refines it');
SELECT is_empty($$SELECT name FROM criteria_test WHERE set_code = 'NEXT-C1' AND expected::text ~ 'unknown'$$, 'leaves out what may still be set');

SELECT * FROM finish();
ROLLBACK;
