-- Awards: policies over award facts, and who is eligible.
BEGIN;
SET search_path = ntm, public;
SELECT plan(30);
\ir registry.psql

SELECT pg_temp.tell(v.code, 2018, '{"road": 80, "homes": 70, "poor": 10}') FROM (VALUES ('A1'), ('A2'), ('A4')) AS v (code) \g /dev/null
SELECT pg_temp.tell('A1', 2019, '{"road": 50, "homes": 70, "poor": 10}') \g /dev/null
SELECT pg_temp.tell('A5', 2019, '{"road": 80, "homes": 70, "poor": 10}') \g /dev/null
UPDATE unit SET classes = '{DBSH,TDMNPB}' WHERE code IN ('A2', 'A4');
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('C2'), 'recognised', 2018, '2018-06-01');
SELECT recognise(pg_temp.id(v.code), 2018, 'QĐ ' || v.code, '2018-12-20') FROM (VALUES ('A1'), ('A2'), ('A4')) AS v (code) \g /dev/null
SELECT revoke(pg_temp.id('A2'), 'QĐ R', '2019-02-01', 'test') \g /dev/null
SELECT pg_temp.tell('A2', 2019, '{"road": 80, "homes": 70, "poor": 10}') \g /dev/null
SELECT recognise(pg_temp.id(v.code), 2019, 'QĐ ' || v.code, '2019-12-20') FROM (VALUES ('A2'), ('A5')) AS v (code) \g /dev/null

-- facts
SELECT results_eq(
    $$SELECT u.code, f.year, f.facts -> 'recognised_year', f.facts -> 'newly_recognised', f.facts -> 'years_since_recognition',
             f.facts -> 'first_time', f.facts -> 'parent_recognised', f.facts -> 'meets_criteria', f.facts -> 'road'
        FROM award_fact AS f JOIN unit AS u ON u.id = f.unit_id WHERE u.level = 'area' ORDER BY u.code, f.year$$,
    $$VALUES ('A1', 2018, 2018::numeric, 1::numeric, 0::numeric, 1::numeric, 0::numeric, 1::numeric, 80::numeric),
             ('A1', 2019, 2018, 0, 1, 1, 0, 0, 50),
             ('A2', 2018, 2018, 1, 0, 1, 0, 1, 80),
             ('A2', 2019, 2019, 1, 0, 0, 0, 1, 80),
             ('A4', 2018, 2018, 1, 0, 1, 1, 1, 80),
             ('A4', 2019, 2018, 0, 1, 1, 1, NULL, NULL),
             ('A5', 2019, 2019, 1, 0, 1, 0, 1, 80)$$,
    'every year of a recognition has its facts');
SELECT is((SELECT jsonb(f.facts) -> 'meets_criteria' FROM award_fact AS f WHERE f.unit_id = pg_temp.id('A4') AND f.year = 2019), 'null',
          'a unit that was not assessed may meet its criteria or not');
INSERT INTO unit (code, name, level) VALUES ('LONE', 'Lone commune', 'commune');
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('LONE'), 'recognised', 2019, '2019-06-01');
SELECT is((SELECT jsonb(f.facts) -> 'parent_recognised' FROM award_fact AS f WHERE f.unit_id = pg_temp.id('LONE')), '"n/a"',
          'without a parent its recognition is not applicable');
SELECT set_eq($$SELECT name FROM award_fact_name WHERE NOT by_policy$$,
              $$SELECT e.name FROM award_fact AS f, ntm.each(f.facts) AS e WHERE f.unit_id = pg_temp.id('LONE')$$, 'the list of the facts is complete');

-- publishing
SELECT lives_ok($$SELECT publish_award_policy(
    '{"code": "T-AWARD", "title": "Test award", "nodes": [
        {"code": "1", "title": "Recognised this year", "measure": "newly_recognised", "rule": "met", "cite": "Article 2"},
        {"code": "2", "title": "First recognition", "measure": "first_time", "rule": "met"},
        {"code": "3", "title": "Commune not recognised yet", "measure": "parent_recognised", "rule": "not met", "cite": "Article 3"},
        {"code": "4", "title": "Still meets", "cite": "Article 4"},
        {"code": "4.1", "title": "Criteria", "measure": "meets_criteria", "rule": "met", "cite": "Article 4.1"},
        {"code": "4.2", "title": "Roads", "measure": "road", "rule": ">= 80", "cite": "Article 4.2"}]}',
    'area', '01/2018/NQ-HĐND', 100000000, '2018-01-01', class_amounts => '{"TDMNPB": 150000000}', status => 'illustrative')$$,
    'a policy is published');
SELECT results_eq($$SELECT code, title, level, tier, resolution, status FROM award_policy$$,
                  $$VALUES ('T-AWARD', 'Test award', 'area', 'standard', '01/2018/NQ-HĐND', 'illustrative')$$, 'with its code and title');
SELECT results_eq($$SELECT position, part, class, amount FROM award_amount ORDER BY position$$,
                  $$VALUES (1, 'award', 'TDMNPB', 150000000::numeric), (2, 'award', NULL, 100000000)$$, 'and its amounts');
SELECT throws_ok($$SELECT publish_award_policy('{"code": "X", "nodes": [{"code": "1", "rule": "first_tme met and road >= 1"}]}', 'area', 'r', 1, '2018-01-01')$$,
                 '23503', 'award policy "X" uses unknown facts: first_tme', 'a clause over an unknown fact is refused');
SELECT throws_ok($$SELECT publish_award_policy('{"code": "X", "nodes": [{"code": "1", "measure": "road", "rule": ">= 1"}]}', 'area', 'r', -1, '2018-01-01')$$,
                 '23514', NULL, 'a negative amount is refused');
SELECT throws_ok($$SELECT publish_award_policy('{"code": "X", "nodes": [{"code": "1", "measure": "road", "rule": ">= 1"}]}', 'area', 'r', 1, '2018-01-01', class_amounts => '{"NONE": 1}')$$,
                 '23503', NULL, 'an amount for an unknown class is refused');
SELECT throws_ok($$SELECT publish_award_policy('{"code": "X", "nodes": [{"code": "1", "measure": "road", "rule": ">= 1"}]}', 'area', '', 1, '2018-01-01')$$,
                 '23514', NULL, 'a resolution is needed');

-- eligibility
SELECT results_eq(
    $$SELECT code, year, verdict::text, amount, reason FROM award_eligibility ORDER BY code, year$$,
    $$VALUES
        ('A1', 2018, 'met', 100000000::numeric, 'every clause is met'),
        ('A1', 2019, 'not_met', NULL, 'Recognised this year (Article 2): not met; Criteria (Article 4.1): not met; Roads >= 80 (Article 4.2): not met'),
        ('A2', 2018, 'met', 150000000, 'every clause is met'),
        ('A2', 2019, 'not_met', NULL, 'First recognition (01/2018/NQ-HĐND): not met'),
        ('A4', 2018, 'not_met', NULL, 'Commune not recognised yet (Article 3): not met'),
        ('A4', 2019, 'not_met', NULL, 'Recognised this year (Article 2): not met; Commune not recognised yet (Article 3): not met; Criteria (Article 4.1): unknown; Roads >= 80 (Article 4.2): unknown'),
        ('A5', 2019, 'met', 100000000, 'every clause is met')$$,
    'every recognised unit has its verdict, amount and reason; clauses that fail are cited');
SELECT results_eq($$SELECT DISTINCT policy_code, policy, resolution, status FROM award_eligibility$$,
                  $$VALUES ('T-AWARD', 'Test award', '01/2018/NQ-HĐND', 'illustrative')$$, 'every line names the resolution and what it is worth');
SELECT results_eq($$SELECT year, sum(amount) FROM award_eligibility GROUP BY year ORDER BY year$$,
                  $$VALUES (2018, 250000000::numeric), (2019, 100000000)$$, 'the sums are exact');

-- policies in time and place
SELECT lives_ok($$UPDATE award_policy SET valid_to = '2019-01-01'$$, 'a policy is ended');
SELECT is_empty($$SELECT * FROM award_eligibility WHERE year = 2019$$, 'and pays no more');
SELECT publish_award_policy('{"code": "T-D1", "nodes": [{"code": "1", "title": "Road", "measure": "road", "rule": ">= 50"}]}',
                            'area', '02/2019/NQ-HĐND', NULL, '2019-01-01', jurisdiction_id => pg_temp.id('D1'), class_amounts => '{"DBSH": 1}') \g /dev/null
SELECT results_eq($$SELECT code, verdict::text, amount FROM award_eligibility WHERE policy_code = 'T-D1' ORDER BY code$$,
                  $$VALUES ('A1', 'not_met', NULL::numeric), ('A2', 'met', 1), ('A4', 'unknown', NULL)$$,
                  'a policy of a place is for units in it, and pays nothing where no line is for the unit');
SELECT is((SELECT reason FROM award_eligibility WHERE policy_code = 'T-D1' AND code = 'A1'), 'no amount is set for the unit (02/2019/NQ-HĐND)', 'and says so');
SELECT set_eq($$SELECT name FROM award_fact_name UNION SELECT name FROM indicator WHERE name IN ('road', 'homes', 'poor')$$,
              $$SELECT e.name FROM award_eligibility AS x, ntm.each(x.facts) AS e WHERE x.policy_code = 'T-D1' AND x.code = 'A2'$$,
              'what is judged are the award facts, those by policy too, and the dossier');

-- what is published is kept
SELECT throws_ok($$UPDATE award_policy SET resolution = 'x' WHERE code = 'T-D1'$$, '55000', 'cannot change "T-D1" in table award_policy', 'a policy is not changed');
SELECT throws_ok($$DELETE FROM award_policy$$, '55000', NULL, 'nor deleted');
SELECT throws_ok($$TRUNCATE award_policy CASCADE$$, '55000', NULL, 'nor truncated');
SELECT throws_ok($$UPDATE award_amount SET amount = 2$$, '55000', 'cannot update table award_amount', 'an amount is not changed');
SELECT throws_ok($$DELETE FROM award_amount$$, '55000', NULL, 'nor deleted');
SELECT throws_ok($$INSERT INTO award_amount (policy_id, position, class, amount) SELECT id, 1, 'DBSH', 2 FROM award_policy WHERE code = 'T-D1'$$, '23505', NULL, 'nor given twice');
INSERT INTO award_policy (code, title, ruleset, level, resolution, valid_from, status, published_at)
SELECT 'OLD', title, ruleset, 'district', resolution, valid_from, status, '2019-01-01' FROM award_policy WHERE code = 'T-D1';
SELECT throws_ok($$INSERT INTO award_amount (policy_id, position, amount) SELECT id, 1, 2 FROM award_policy WHERE code = 'OLD'$$, '55000',
                 'cannot add to award policy "OLD"', 'nor added later');
SELECT throws_ok($$INSERT INTO award_priority (policy_id, position, fact, direction) SELECT id, 1, 'road', 'ascending' FROM award_policy WHERE code = 'OLD'$$, '55000',
                 'cannot add to award policy "OLD"', 'nor priorities');

-- BI
SELECT results_eq($$SELECT code, year, policy_code, verdict, verdict_code, is_met, amount FROM reg_test_bi.award_eligibility WHERE policy_code = 'T-D1' ORDER BY code$$,
                  $$VALUES ('A1', 2019, 'T-D1', 'not_met', 0, false, NULL::numeric), ('A2', 2019, 'T-D1', 'met', 2, true, 1), ('A4', 2019, 'T-D1', 'unknown', 1, NULL, NULL)$$,
                  'BI tools see verdicts as text, code and boolean');
SELECT results_eq($$SELECT DISTINCT province, district, commune FROM reg_test_bi.award_eligibility WHERE code = 'A1'$$,
                  $$VALUES ('Province', 'District 1', 'Commune 1')$$, 'and the places by name');
SELECT is((SELECT count(*)::integer FROM reg_test_bi.award_eligibility), (SELECT count(*)::integer FROM award_eligibility), 'all of them');

SELECT * FROM finish();
ROLLBACK;
