-- Law: published editions, their classes and measures, the library.
BEGIN;
SET search_path = ntm, public;
SELECT plan(28);
\ir registry.psql

SELECT results_eq($$SELECT code, title, cite FROM class ORDER BY code$$,
                  $$VALUES ('DBSH', 'Red River delta', 'T-XA'), ('TDMNPB', 'Midlands and mountains', 'T-XA')$$,
                  'publishing brings the classes');
SELECT results_eq($$SELECT name, unit, kind FROM indicator ORDER BY name$$,
                  $$VALUES ('has_plan', 'đạt/không', 'yes_no'), ('homes', '%', 'percent'), ('income', 'triệu đồng/người/năm', 'number'),
                           ('poor', '%', 'percent'), ('road', '%', 'percent'), ('water', '%', 'percent')$$,
                  'and the measures');
SELECT results_eq($$SELECT code, title, level, tier, valid_from, valid_to, status FROM criteria_set ORDER BY code$$,
                  $$VALUES ('T-KDC', 'Area test set', 'area', 'standard', date '2017-08-17', NULL::date, 'illustrative'),
                           ('T-XA', 'Commune test set', 'commune', 'standard', '2016-10-17', NULL, 'unverified')$$,
                  'code and title are the ruleset''s');

-- editions never change
SELECT throws_ok($$UPDATE criteria_set SET title = 'x' WHERE code = 'T-XA'$$, '55000', 'cannot change "T-XA" in table criteria_set', 'an edition is not changed');
SELECT throws_ok($$UPDATE criteria_set SET ruleset = '{"code": "T-XA", "nodes": [{"code": "1", "measure": "income", "rule": ">= 1"}]}' WHERE code = 'T-XA'$$, '55000', NULL, 'nor is its ruleset');
SELECT throws_ok($$UPDATE criteria_set SET title = 'x', valid_to = '2020-01-01' WHERE code = 'T-XA'$$, '55000', NULL, 'nor while it is ended');
SELECT throws_ok($$DELETE FROM criteria_set$$, '55000', 'cannot delete table criteria_set', 'nor is it deleted');
SELECT throws_ok($$TRUNCATE criteria_set CASCADE$$, '55000', 'cannot truncate table criteria_set', 'nor truncated');

-- one in force at a time, for the same jurisdiction
CREATE FUNCTION pg_temp.next_edition(place bigint, first date, after date) RETURNS bigint
    LANGUAGE sql
BEGIN ATOMIC
    SELECT publish_criteria_set('{"code": "T-NEXT", "nodes": [{"code": "1", "title": "Income", "measure": "income", "rule": ">= 40"}]}',
                                'commune', 'standard', first, after, place);
END;
SELECT throws_ok($$SELECT pg_temp.next_edition(NULL, '2019-01-01', NULL)$$, '23P01', 'criteria set "T-NEXT" would be in force together with "T-XA"', 'two editions in force are refused');
SELECT throws_ok($$INSERT INTO criteria_set (code, title, level, tier, ruleset, valid_from, status)
                   SELECT 'copy', title, level, tier, ruleset, '2019-01-01', status FROM criteria_set WHERE code = 'T-XA'$$, '23P01', NULL, 'also by plain insert');
SELECT lives_ok($$UPDATE criteria_set SET valid_to = '2019-01-01' WHERE code = 'T-XA'$$, 'an edition is ended');
SELECT throws_ok($$UPDATE criteria_set SET valid_to = '2020-01-01' WHERE code = 'T-XA'$$, '55000', NULL, 'once');
SELECT lives_ok($$SELECT pg_temp.next_edition(NULL, '2019-01-01', NULL)$$, 'and another one follows');
SELECT lives_ok($$SELECT pg_temp.next_edition(pg_temp.id('D1'), '2018-01-01', '2020-01-01')$$, 'a place may have its own beside it');
SELECT throws_ok($$SELECT pg_temp.next_edition(pg_temp.id('D1'), '2019-12-31', '2020-12-31')$$, '23P01', NULL, 'but one at a time');
SELECT lives_ok($$SELECT pg_temp.next_edition(pg_temp.id('D1'), '2020-01-01', '2020-12-31')$$, 'the end is not part of the validity');
SELECT throws_ok($$SELECT pg_temp.next_edition(pg_temp.id('D2'), '2020-01-01', '2020-01-01')$$, '22023', NULL, 'an edition is in force for a day at least');
SELECT throws_ok($$SELECT pg_temp.next_edition(-1, '2020-01-01', '2021-01-01')$$, '23503', NULL, 'its jurisdiction exists');
SELECT is((SELECT count(*) FROM criteria_set WHERE code = 'T-NEXT' AND title = 'T-NEXT')::integer, 3, 'without a title the code is the title');

-- the smallest jurisdiction wins
SELECT pg_temp.tell(v.code, 2018, '{"has_plan": true, "water": 96, "income": 37}') FROM (VALUES ('C1'), ('C3')) AS v (code) \g /dev/null
SELECT pg_temp.tell('C1', 2019, '{"income": 40}') \g /dev/null
SELECT results_eq($$SELECT code, year, set_code, criterion_count, verdict::text FROM assessment ORDER BY code, year$$,
                  $$VALUES ('C1', 2018, 'T-NEXT', 1, 'not_met'), ('C1', 2019, 'T-NEXT', 1, 'met'), ('C3', 2018, 'T-XA', 3, 'met')$$,
                  'a unit is judged by the edition of the smallest jurisdiction it lies in');

-- the catalogue
SELECT lives_ok($$UPDATE indicator SET minimum = 0, maximum = 100, title = 'Share' WHERE kind = 'percent'$$, 'the catalogue can be completed');
SELECT throws_ok($$UPDATE indicator SET minimum = 101 WHERE name = 'road'$$, '23514', NULL, 'a minimum is not above the maximum');

-- the library
SELECT throws_ok($$SELECT adopt_criteria_set('NONE')$$, '42704', 'there is no criteria set "NONE" in the library', 'an unknown set is not adopted');
SELECT lives_ok($$SELECT adopt_criteria_set('PT-KDC-DEMO', pg_temp.id('D2'))$$, 'a set of the library is adopted for a place');
SELECT results_eq(
    $$SELECT s.code, s.title, s.level, s.tier, s.issuer, s.decision, s.decision_date, s.valid_from, s.valid_to, s.status, s.ruleset::text, s.jurisdiction_id
        FROM criteria_set AS s WHERE s.code = 'PT-KDC-DEMO'$$,
    $$SELECT l.code, l.title, l.level, l.tier, l.issuer, l.decision, l.decision_date, l.valid_from, l.valid_to, l.status, l.ruleset::text, pg_temp.id('D2')
        FROM ntm.library AS l WHERE l.code = 'PT-KDC-DEMO'$$,
    'as it is shipped');
SELECT throws_ok($$SELECT adopt_criteria_set('PT-KDC-DEMO', pg_temp.id('D2'))$$, '23P01', NULL, 'once');
SELECT lives_ok($$SELECT adopt_criteria_set('VN-XA-2016', pg_temp.id('D2'), '2018-01-01', '2019-01-01')$$, 'its validity can be given');
SELECT is_empty($$SELECT d.name FROM criteria_set AS s, ntm.declared_measures(s.ruleset) AS d
                   WHERE NOT EXISTS (SELECT FROM indicator AS i WHERE i.name = d.name)$$,
                'every measure of every edition is in the catalogue');

SELECT * FROM finish();
ROLLBACK;
