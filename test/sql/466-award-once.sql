-- Awards: one award for one achievement, whatever the order in which policies,
-- years, decisions and mistakes come.
BEGIN;
SET search_path = ntm, public;
SELECT plan(143);
\ir registry.psql

-- A place of its own for each case, with communes recognised for a year.
CREATE FUNCTION pg_temp.communes(batch text, how_many integer, for_year integer, wanted_tier text DEFAULT 'standard') RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO unit (code, name, level) SELECT batch, 'Province ' || batch, 'province' WHERE pg_temp.id(batch) IS NULL;
    INSERT INTO unit (code, name, level, parent_id, valid_from)
    SELECT batch || n, batch || n, 'commune', pg_temp.id(batch), '2010-01-01'
      FROM generate_series(1, how_many) AS g (n)
     WHERE pg_temp.id(batch || n) IS NULL;
    INSERT INTO recognition (unit_id, event, tier, year, event_date)
    SELECT pg_temp.id(batch || n), 'recognised', wanted_tier, for_year, make_date(for_year, 6, 1)
      FROM generate_series(1, how_many) AS g (n);
END
$$;

-- A policy for those recognised in the year, unless it says more.
CREATE FUNCTION pg_temp.policy(place text, wanted text, amount numeric, more jsonb DEFAULT '{}') RETURNS bigint
    LANGUAGE sql
BEGIN ATOMIC
    SELECT publish_award_document('{"level": "commune", "resolution": "r", "valid_from": "2015-01-01",
                                    "clauses": [{"code": "1", "title": "New", "measure": "newly_recognised", "rule": "met"}]}'::jsonb
                                  || jsonb_build_object('code', wanted, 'amounts', jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('amount', amount)))) || more,
                                  pg_temp.id(place));
END;

CREATE FUNCTION pg_temp.states(asked text, about integer) RETURNS text
    LANGUAGE sql STABLE
    RETURN (SELECT string_agg(e.code || ' ' || e.state || coalesce(' ' || e.amount, ''), ', ' ORDER BY e.code COLLATE "C", e.policy_id)
              FROM award_eligibility AS e WHERE e.policy_code = asked AND e.year = about);

CREATE FUNCTION pg_temp.why(asked text, wanted text, about integer) RETURNS text
    LANGUAGE sql STABLE
    RETURN (SELECT string_agg(e.state || ': ' || e.reason, ' | ' ORDER BY e.policy_id)
              FROM award_eligibility AS e WHERE e.policy_code = asked AND e.code = wanted AND e.year = about);

CREATE FUNCTION pg_temp.award_of(wanted text, asked text) RETURNS bigint
    LANGUAGE sql STABLE
    RETURN (SELECT max(a.id) FROM award AS a WHERE a.unit_id = pg_temp.id(wanted) AND a.policy_code = asked AND a.event = 'granted');

-- places go to those who need them
SELECT pg_temp.communes('QA', 2, 2018) \g /dev/null
INSERT INTO award_ranking (ranking, year, unit_id, rank, decision) VALUES ('BIG', 2018, pg_temp.id('QA1'), 1, 'QĐ');
SELECT pg_temp.policy('QA', 'BIG', 1000, '{"hit_policy": "first", "precedence": 1, "ranking": "BIG", "clauses": [{"code": "1", "measure": "ranked", "rule": "met"}]}'),
       pg_temp.policy('QA', 'SMALL', 100, '{"hit_policy": "first", "precedence": 2, "quota_number": 1}') \g /dev/null
SELECT is(pg_temp.states('SMALL', 2018), 'QA1 not_eligible, QA2 eligible 100', 'a unit that is paid elsewhere takes no place');
SELECT is(grant_awards(2018, 'BIG', NULL, 'QĐ', '2018-12-31') + grant_awards(2018, 'SMALL', NULL, 'QĐ', '2018-12-31'), 2, 'nor when it is granted');

SELECT pg_temp.communes('QH', 3, 2018) \g /dev/null
SELECT pg_temp.policy('QH', 'H1', 1000, '{"hit_policy": "highest", "quota_number": 1}'), pg_temp.policy('QH', 'H2', 500, '{"hit_policy": "highest", "quota_number": 1}'),
       pg_temp.policy('QH', 'H3', 100, '{"hit_policy": "highest"}') \g /dev/null
SELECT is(concat_ws(' / ', pg_temp.states('H1', 2018), pg_temp.states('H2', 2018), pg_temp.states('H3', 2018)),
          'QH1 eligible 1000, QH2 outside_quota, QH3 outside_quota / QH1 not_eligible, QH2 eligible 500, QH3 outside_quota / QH1 not_eligible, QH2 not_eligible, QH3 eligible 100',
          'one place after the other');
SELECT is(pg_temp.why('H2', 'QH3', 2018), 'outside_quota: outside the quota (r): 0 of 1 places are taken, and 1 units come first', 'the one who is paid more is not counted');
SELECT grant_awards(2018, 'H3', NULL, 'QĐ', '2018-12-31'), grant_awards(2018, 'H2', NULL, 'QĐ', '2018-12-31'), grant_awards(2018, 'H1', NULL, 'QĐ', '2018-12-31') \g /dev/null
SELECT results_eq($$SELECT a.amount FROM award AS a WHERE a.policy_code IN ('H1', 'H2', 'H3') ORDER BY a.unit_id$$, ARRAY[1000, 500, 100]::numeric[], 'in whatever order they are granted');

SELECT pg_temp.communes('QC', 2, 2018) \g /dev/null
SELECT pg_temp.tell('QC1', 2018, '{"road": 1, "homes": 2}'), pg_temp.tell('QC2', 2018, '{"road": 2, "homes": 1}') \g /dev/null
SELECT pg_temp.policy('QC', 'X1', NULL, '{"hit_policy": "highest", "quota_number": 1, "amounts": [{"condition": "road <= 1", "amount": 900}, {"amount": 300}], "priority": [{"fact": "road", "direction": "descending"}]}'),
       pg_temp.policy('QC', 'X2', NULL, '{"hit_policy": "highest", "quota_number": 1, "amounts": [{"condition": "homes <= 1", "amount": 900}, {"amount": 300}], "priority": [{"fact": "homes", "direction": "descending"}]}') \g /dev/null
SELECT is(concat_ws(' / ', pg_temp.states('X1', 2018), pg_temp.states('X2', 2018)), 'QC1 eligible 900, QC2 not_eligible / QC1 not_eligible, QC2 eligible 900',
          'where each policy puts first whom the other pays more, each unit has the better one');

SELECT pg_temp.communes('QO', 2, 2018) \g /dev/null
SELECT pg_temp.policy('QO', 'OPEN', 1000, '{"hit_policy": "first", "precedence": 1, "clauses": [{"code": "1", "measure": "road", "rule": ">= 80"}]}'),
       pg_temp.policy('QO', 'NEXT', 100, '{"hit_policy": "first", "precedence": 2, "quota_number": 1}') \g /dev/null
SELECT pg_temp.tell('QO2', 2018, '{"road": 10}') \g /dev/null
SELECT is(pg_temp.states('NEXT', 2018), 'QO1 not_known, QO2 not_known', 'who may be paid elsewhere may leave its place to the next');
SELECT is(pg_temp.why('NEXT', 'QO2', 2018),
          'not_known: the quota (r) may not reach: 1 places, 0 taken, and up to 1 units come first that are not decided or whose priority is not known', 'so that it is not known');
SELECT pg_temp.tell('QO1', 2018, '{"road": 90}') \g /dev/null
SELECT is(pg_temp.states('NEXT', 2018), 'QO1 not_eligible, QO2 eligible 100', 'until it is');

SELECT pg_temp.communes('QB', 3, 2018) \g /dev/null
SELECT pg_temp.tell('QB2', 2018, '{"road": 5}'), pg_temp.tell('QB3', 2018, '{"road": 4}') \g /dev/null
SELECT pg_temp.policy('QB', 'HANDS', NULL, '{"quota_number": 1, "priority": [{"fact": "road", "direction": "descending"}]}') \g /dev/null
SELECT is(pg_temp.states('HANDS', 2018), 'QB1 not_known, QB2 not_known, QB3 not_known', 'what is decided case by case waits for who may come first');
SELECT results_eq($$SELECT e.missing FROM award_eligibility AS e WHERE e.policy_code = 'HANDS' ORDER BY e.code$$, $$VALUES ('{road}'::text[]), (NULL), (NULL)$$, 'whose facts to sort by are missing');
SELECT pg_temp.tell('QB1', 2018, '{"road": 1}') \g /dev/null
SELECT is(pg_temp.states('HANDS', 2018), 'QB1 not_known, QB2 by_hand, QB3 not_known', 'then one after another');
SELECT isnt(grant_award(pg_temp.id('QB2'), 2018, 'HANDS', '{"award": 0}', 'QĐ 0', '2018-12-31', 'no grounds'), NULL, 'which may be to give nothing');
SELECT is(pg_temp.why('HANDS', 'QB2', 2018), 'declined: declined by decision QĐ 0 of 2018-12-31: no grounds', 'on record');
SELECT is(pg_temp.states('HANDS', 2018), 'QB1 not_known, QB2 declined, QB3 by_hand', 'and leaves the place to the next');
SELECT is((SELECT verdict::text FROM award_eligibility WHERE policy_code = 'HANDS' AND state = 'declined'), 'not_met', 'it is not earned');
SELECT results_eq($$SELECT considered, granted, declined, by_hand, not_known FROM reg_test_bi.award_total WHERE policy_code = 'HANDS' AND place_id IS NULL$$, $$VALUES (3, 0, 1, 1, 1)$$, 'and counts by itself');
SELECT throws_ok($$SELECT grant_award(pg_temp.id('QB2'), 2018, 'HANDS', '{"award": 5}', 'QĐ 1', '2018-12-31', 'after all')$$, '23505', NULL, 'it is not decided twice');
SELECT isnt(cancel_award(pg_temp.award_of('QB2', 'HANDS'), 'QĐ 2', '2019-01-10', 'new grounds', grant_again => true), NULL, 'unless that is taken back');
SELECT is(pg_temp.states('HANDS', 2018), 'QB1 not_known, QB2 by_hand, QB3 not_known', 'then it is open again');
SELECT is((SELECT e.facts -> 'earlier_awards' FROM award_eligibility AS e WHERE e.policy_code = 'HANDS' AND e.code = 'QB2'), 0::numeric, 'nothing is no earlier award');

-- once in a period, in whatever order the years come
SELECT pg_temp.communes('PO', 2, 2016) \g /dev/null
SELECT pg_temp.policy('PO', 'ONCE', 100, '{"period_from": 2016, "period_to": 2020, "valid_to": "2023-01-01", "clauses": [{"code": "1", "title": "Once", "measure": "awards_in_period", "rule": "= 0"}]}') \g /dev/null
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A6'), 'recognised', 2022, '2022-06-01');
SELECT is(grant_awards_to(ARRAY[pg_temp.id('PO1')], 2018, 'ONCE', NULL, 'QĐ 18', '2018-12-31'), 1, 'a later year is granted first');
SELECT is(pg_temp.why('ONCE', 'PO1', 2017), 'not_eligible: Once = 0 (r): not met', 'then no earlier one');
SELECT is((SELECT e.facts -> 'earlier_awards' FROM award_eligibility AS e WHERE e.policy_code = 'ONCE' AND e.code = 'PO1' AND e.year = 2017), 0::numeric, 'although it is no earlier award');
SELECT is((SELECT e.facts -> 'earlier_amount' FROM award_eligibility AS e WHERE e.policy_code = 'ONCE' AND e.code = 'PO1' AND e.year = 2017), 0::numeric, 'nor amount');
INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date) VALUES (pg_temp.id('PO2'), 2021, 'ONCE', 100, '{"award": 100}', 'QĐ 21', '2021-12-31');
SELECT is((SELECT e.facts -> 'awards_in_period' FROM award_eligibility AS e WHERE e.policy_code = 'ONCE' AND e.code = 'PO2' AND e.year = 2022), 0::numeric, 'after its end is not in the period');
SELECT is((SELECT e.facts -> 'awards_in_period' FROM award_eligibility AS e WHERE e.policy_code = 'ONCE' AND e.code = 'PO1' AND e.year = 2022), 1::numeric, 'what is in it stays there');

-- years since the last one, awards at other tiers
SELECT pg_temp.communes('YS', 3, 2013) \g /dev/null
SELECT pg_temp.communes('YS', 1, 2013, 'model') \g /dev/null
SELECT pg_temp.policy('YS', 'GAP', 100, '{"earlier_codes": ["OLD"], "clauses": [{"code": "1", "title": "Five years", "measure": "years_to_nearest_award", "rule": "> 5"}]}'),
       pg_temp.policy('YS', 'MODEL', 100, '{"tier": "model", "earlier_codes": ["OLD"], "clauses": [{"code": "1", "title": "Never", "measure": "earlier_awards", "rule": "= 0"}]}') \g /dev/null
INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date)
VALUES (pg_temp.id('YS1'), 2013, 'OLD', 1, '{"a": 1}', 'QĐ', '2013-12-31'), (pg_temp.id('YS2'), 2012, 'OLD', 1, '{"a": 1}', 'QĐ', '2012-12-31');
SELECT is(pg_temp.states('GAP', 2018), 'YS1 not_eligible, YS2 eligible 100, YS3 eligible 100', 'not rewarded in the five years before, or never');
SELECT is(pg_temp.why('GAP', 'YS1', 2018), 'not_eligible: Five years > 5 (r): not met', 'the year five years ago is one of them');
SELECT results_eq($$SELECT e.facts::jsonb -> 'years_to_nearest_award' FROM award_eligibility AS e WHERE e.policy_code = 'GAP' AND e.year = 2018 ORDER BY e.code$$,
                  ARRAY['5', '6', '"n/a"']::jsonb[], 'years since the award, or not applicable');
SELECT is(pg_temp.why('MODEL', 'YS1', 2018), 'not_eligible: Never = 0 (r): not met', 'an award on paper counts for a policy of another tier that names its code');
SELECT results_eq($$SELECT e.facts -> 'lower_tier_awards' FROM award_eligibility AS e WHERE e.code = 'YS1' AND e.year = 2018 ORDER BY e.policy_code$$, ARRAY[0, 1]::numeric[], 'and it is one at a lower tier');

SELECT is(grant_awards_to(ARRAY[pg_temp.id('YS3')], 2018, 'GAP', NULL, 'QĐ 18', '2018-12-31'), 1, 'a later year is granted first');
SELECT is(pg_temp.why('GAP', 'YS3', 2016), 'not_eligible: Five years > 5 (r): not met', 'then none within five years before it');

-- a quota of a period, and editions of its policy
SELECT pg_temp.communes('PQ', 3, 2016) \g /dev/null
SELECT pg_temp.policy('PQ', 'FIVE', 100, '{"period_from": 2016, "period_to": 2020, "quota_scope": "period", "quota_number": 2, "clauses": [{"code": "1", "measure": "earlier_awards", "rule": "= 0"}]}') \g /dev/null
SELECT is((SELECT string_agg(DISTINCT q.year || ' ' || q.places, ', ' ORDER BY q.year || ' ' || q.places) FROM award_quota AS q JOIN award_policy AS p ON p.id = q.policy_id WHERE p.code = 'FIVE' AND q.year IN (2015, 2016, 2020, 2021)),
          '2015 0, 2016 2, 2020 2, 2021 0', 'it has no places outside the period');
SELECT is(pg_temp.why('FIVE', 'PQ1', 2022), 'outside_quota: outside the quota (r): 0 of 0 places are taken, and 0 units come first', 'so that nothing is granted after it');
SELECT is(grant_awards(2016, 'FIVE', 100, 'QĐ 16', '2016-12-31'), 1, 'a place is taken');
UPDATE award_policy SET valid_to = '2018-01-01' WHERE code = 'FIVE';
SELECT pg_temp.policy('PQ', 'FIVE', 100, '{"valid_from": "2018-01-01", "period_from": 2016, "period_to": 2020, "quota_scope": "period", "quota_number": 2, "clauses": [{"code": "1", "measure": "earlier_awards", "rule": "= 0"}]}') \g /dev/null
SELECT is((SELECT string_agg(q.year || ' ' || q.taken, ', ' ORDER BY q.year) FROM award_quota AS q JOIN award_policy AS p ON p.id = q.policy_id WHERE p.code = 'FIVE' AND q.year IN (2017, 2018)),
          '2017 1, 2018 1', 'it stays taken when the policy is superseded');
SELECT is(pg_temp.states('FIVE', 2018), 'PQ1 not_eligible, PQ2 eligible 100, PQ3 outside_quota', 'and only one is left');

-- superseded in a year that is granted already
SELECT pg_temp.communes('SU', 3, 2018) \g /dev/null
SELECT pg_temp.policy('SU', 'S-OLD', 100) \g /dev/null
SELECT is(grant_awards(2018, 'S-OLD', 200, 'QĐ S', '2018-08-01'), 2, 'two are rewarded in August');
UPDATE award_policy SET valid_to = '2018-10-01' WHERE code = 'S-OLD';
SELECT is(pg_temp.states('S-OLD', 2018), 'SU1 granted 100, SU2 granted 100', 'what is granted stays in view when the policy has ended');
SELECT results_eq($$SELECT t.considered, t.granted_amount FROM award_total AS t WHERE t.policy_code = 'S-OLD' AND t.year = 2018 AND t.place_id IS NULL$$, $$VALUES (2::bigint, 200::numeric)$$, 'and in the totals');
SELECT pg_temp.policy('SU', 'S-NEW', 300, '{"valid_from": "2018-10-01"}') \g /dev/null
SELECT is(pg_temp.states('S-NEW', 2018), 'SU1 not_eligible, SU2 not_eligible, SU3 eligible 300', 'superseded by another code: nobody gets both');
SELECT is(pg_temp.why('S-NEW', 'SU1', 2018), 'not_eligible: the award is given under another policy: S-OLD (decision QĐ S of 2018-08-01)', 'and is told why');
SELECT is(grant_awards(2018, 'S-NEW', NULL, 'QĐ N', '2018-12-31'), 1, 'the third one gets the new award');
SELECT pg_temp.communes('SC', 2, 2018) \g /dev/null
SELECT pg_temp.policy('SC', 'SAME', 100) \g /dev/null
SELECT is(grant_awards(2018, 'SAME', 100, 'QĐ S', '2018-08-01'), 1, 'one is rewarded');
UPDATE award_policy SET valid_to = '2018-10-01' WHERE code = 'SAME';
SELECT pg_temp.policy('SC', 'SAME', 300, '{"valid_from": "2018-10-01"}') \g /dev/null
SELECT is(pg_temp.why('SAME', 'SC1', 2018),
          'granted: granted by decision QĐ S of 2018-08-01 | not_eligible: the award is given under another policy: SAME (decision QĐ S of 2018-08-01)', 'superseded by the same code: once');
SELECT is(grant_awards(2018, 'SAME', NULL, 'QĐ N', '2018-12-31'), 1, 'and nobody else has to wait for that');
SELECT pg_temp.communes('ON', 2, 2018) \g /dev/null
SELECT pg_temp.policy('ON', 'PAPER', 100) \g /dev/null
INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date) VALUES (pg_temp.id('ON1'), 2018, 'PAPER', 70, '{"a": 70}', 'QĐ P', '2018-12-01');
SELECT is(pg_temp.why('PAPER', 'ON1', 2018), 'not_eligible: the award is given under another policy: PAPER (decision QĐ P of 2018-12-01)', 'an award on paper is the award');
SELECT is(grant_awards(2018, 'PAPER', NULL, 'QĐ N', '2018-12-31'), 1, 'and the others get theirs');
SELECT is((SELECT sum(g.amount) FROM award_given AS g WHERE NOT g.is_cancelled AND g.policy_id IS NOT NULL),
          (SELECT sum(t.granted_amount) FROM award_total AS t WHERE t.place_id IS NULL), 'totals and awards agree');

-- a unit that moved, as was recorded late
SELECT pg_temp.communes('MV', 1, 2018), pg_temp.communes('MW', 1, 2018) \g /dev/null
SELECT pg_temp.policy('MV', 'M-V', 100), pg_temp.policy('MW', 'M-W', 200) \g /dev/null
SELECT is(grant_awards(2018, 'M-V', NULL, 'QĐ', '2018-12-31'), 1, 'a unit is rewarded where it lies');
SELECT change_unit(pg_temp.id('MV1'), '2018-11-01', 'NQ', parent_id => pg_temp.id('MW')) \g /dev/null
SELECT is(pg_temp.states('M-V', 2018), 'MV1 granted 100', 'that it moved before takes nothing away');
SELECT is(pg_temp.states('M-W', 2018), 'MV1 not_eligible, MW1 eligible 200', 'and gives nothing again');
SELECT is_empty($$SELECT * FROM check_awards()$$, 'all is well so far');

-- cancelled
SELECT pg_temp.communes('CA', 2, 2018) \g /dev/null
SELECT pg_temp.policy('CA', 'CAN', 100) \g /dev/null
SELECT is(grant_awards(2018, 'CAN', 200, 'QĐ 1', '2018-12-31'), 2, 'two are rewarded');
SELECT cancel_award(pg_temp.award_of('CA1', 'CAN'), 'QĐ C', '2019-02-01', 'fraud'), cancel_award(pg_temp.award_of('CA2', 'CAN'), 'QĐ C', '2019-02-01', 'wrong number', grant_again => true) \g /dev/null
SELECT is(pg_temp.why('CAN', 'CA1', 2018), 'not_eligible: the award was cancelled by decision QĐ C of 2019-02-01: fraud', 'what is cancelled is lost');
SELECT results_eq($$SELECT b.granted, b.budget_left FROM award_budget_left AS b JOIN award_policy AS p ON p.id = b.policy_id WHERE p.code = 'CAN'$$, $$VALUES (100::numeric, 100::numeric)$$, 'and spent, unless it may be granted again');
SET client_min_messages = error;
SELECT is(grant_awards(2018, 'CAN', 200, 'QĐ 1', '2018-12-31'), 0, 'the same decision grants nothing again');
SET client_min_messages = warning;
SELECT is(pg_temp.states('CAN', 2018), 'CA1 not_eligible, CA2 eligible 100', 'although one is eligible');
SELECT is(grant_awards(2018, 'CAN', NULL, 'QĐ 2', '2019-03-01'), 1, 'a later one does');
SELECT results_eq($$SELECT a.event, a.attempt, a.grant_again FROM award AS a WHERE a.unit_id = pg_temp.id('CA2') ORDER BY a.id$$,
                  $$VALUES ('granted', 1, NULL::boolean), ('cancelled', 1, true), ('granted', 2, NULL)$$, 'all of it is on record');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_id, policy_code, amount, parts, decision, decision_date, facts, recognition_id) SELECT pg_temp.id('CA1'), 2018, p.id, p.code, 100, '{"award": 100}', 'x', '2019-03-01', '{}', (SELECT max(r.id) FROM effective_recognition AS r WHERE r.unit_id = pg_temp.id('CA1') AND r.event = 'recognised') FROM award_policy AS p WHERE p.code = 'CAN'$$,
                 '55000', 'unit "CA1" has lost its award under policy "CAN" for 2018', 'what is lost is lost by every way');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date) VALUES (pg_temp.id('CA1'), 2018, 'CAN', 100, '{"award": 100}', 'x', '2019-01-01')$$,
                 '23514', 'unit "CA1" cannot be given again what was cancelled later', 'nothing is given again before it was cancelled');
SELECT is_empty($$SELECT * FROM check_decisions()$$, 'the chain holds');

-- days that can be
SELECT pg_temp.communes('DA', 2, 2018) \g /dev/null
INSERT INTO unit (code, name, level, parent_id) VALUES ('DA3', 'DA3', 'commune', pg_temp.id('DA')), ('DA4', 'DA4', 'commune', pg_temp.id('DA')), ('DA5', 'DA5', 'commune', pg_temp.id('DA'));
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('DA3'), 'recognised', 2018, '2019-01-20'), (pg_temp.id('DA4'), 'recognised', 2018, '2018-06-01'), (pg_temp.id('DA5'), 'recognised', 2018, '2018-06-01');
SELECT revoke(pg_temp.id('DA4'), 'QĐ R', '2019-01-05', 'test') \g /dev/null
UPDATE unit SET valid_to = '2019-01-02' WHERE code = 'DA5';
SELECT pg_temp.policy('DA', 'DAYS', 100, '{"priority": [{"fact": "recognised_year", "direction": "ascending"}]}') \g /dev/null
SELECT throws_ok($$SELECT grant_awards(2018, 'DAYS', NULL, 'QĐ', 'infinity')$$, '22008', NULL, 'no day');
SELECT throws_ok($$SELECT grant_awards(2018, 'DAYS', NULL, 'QĐ', CURRENT_DATE + 1)$$, '22008', NULL, 'a day to come');
SELECT throws_ok($$SELECT grant_awards(2018, 'DAYS', NULL, 'QĐ', '2016-12-31')$$, '22008', 'decision QĐ of 2016-12-31 cannot reward 2018', 'a year too far');
SELECT throws_ok($$SELECT cancel_award(pg_temp.award_of('CA2', 'CAN'), 'QĐ', CURRENT_DATE + 1, 'why')$$, '22008', NULL, 'nor is it cancelled on a day to come');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date) VALUES (pg_temp.id('DA1'), 2018, 'X', 1, '{"a": 1}', 'x', '-infinity')$$, '22008', NULL, 'nor on paper');
SET client_min_messages = error;
SELECT is(grant_awards(2018, 'DAYS', 300, 'QĐ 1', '2019-01-15'), 3, 'who could not be rewarded on that day takes no money');
SET client_min_messages = warning;
SELECT is(pg_temp.states('DAYS', 2018), 'DA1 granted 100, DA2 granted 100, DA3 eligible 100, DA4 eligible 100, DA5 granted 100', 'and stays eligible; a unit that ended after the year has earned it');
SELECT results_eq($$SELECT e.grantable_from, e.grantable_to FROM award_eligibility AS e WHERE e.policy_code = 'DAYS' AND e.code IN ('DA3', 'DA4', 'DA5') AND e.year = 2018 ORDER BY e.code$$,
                  $$VALUES ('2019-01-20'::date, NULL::date), ('2018-06-01', '2019-01-05'), ('2018-06-01', NULL)$$, 'for decisions of other days');
SELECT is(grant_awards_to(ARRAY[pg_temp.id('DA4')], 2018, 'DAYS', NULL, 'QĐ 0', '2019-01-03'), 1, 'such as one before the revocation');
SELECT pg_temp.communes('DH', 1, 2018) \g /dev/null
SELECT pg_temp.policy('DH', 'DAY-HAND', NULL) \g /dev/null
SELECT throws_ok($$SELECT grant_award(pg_temp.id('DH1'), 2018, 'DAY-HAND', '{"award": 1}', 'QĐ', '2018-05-01', 'why')$$, '23514', 'decision QĐ of 2018-05-01 cannot reward unit "DH1" for 2018', 'nor by hand');

-- the money of a decision
SELECT pg_temp.communes('MO', 2, 2018) \g /dev/null
SELECT pg_temp.policy('MO', 'MONEY', NULL, '{"amounts": [{"condition": "road >= 80", "amount": 100}, {"condition": "road < 80"}]}') \g /dev/null
SELECT pg_temp.tell('MO1', 2018, '{"road": 90}'), pg_temp.tell('MO2', 2018, '{"road": 10}') \g /dev/null
SELECT grant_awards(2018, 'MONEY', 150, 'QĐ 1', '2018-12-31') \g /dev/null
SELECT throws_ok($$SELECT grant_award(pg_temp.id('MO2'), 2018, 'MONEY', '{"award": 60}', 'QĐ 1', '2018-12-30', 'why')$$, '22023', 'decision QĐ 1 is on record with another date', 'a decision has one date, by hand too');
SELECT throws_ok($$SELECT grant_award(pg_temp.id('MO2'), 2018, 'MONEY', '{"award": 60}', 'QĐ 1', '2018-12-31', 'why')$$, '23514', 'decision QĐ 1 has only 50 đồng left', 'and its money');
SELECT throws_ok($$SELECT grant_award(pg_temp.id('MO2'), 2018, 'MONEY', '{"award": 1000000000000000000}', 'QĐ 2', '2018-12-31', 'why')$$, '22023', NULL, 'no amount without end');
SELECT isnt(grant_award(pg_temp.id('MO2'), 2018, 'MONEY', '{"award": 60}', 'QĐ 2', '2018-12-31', 'why'), NULL, 'another decision may');
SELECT throws_ok($$SELECT grant_awards(2018, 'MONEY', 50, 'QĐ 2', '2018-12-31')$$, '23514', 'decision QĐ 2 has granted more than 50 đồng already', 'and what it gave by hand is spent');
SELECT throws_ok($$SELECT grant_awards(2018, 'MONEY', 'NaN', 'QĐ 3', '2018-12-31')$$, '22023', 'NaN is no budget', 'NaN');
SELECT throws_ok($$SELECT grant_awards(2018, 'MONEY', 1e18, 'QĐ 3', '2018-12-31')$$, '22023', NULL, 'nor all the money there is');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date) VALUES (pg_temp.id('MO1'), 2018, 'X', 'NaN', '{"a": "NaN"}', 'x', '2018-12-31')$$, '22023', NULL, 'no such award');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date) VALUES (pg_temp.id('MO1'), 2018, 'X', 5, '{"a": 10, "b": -5}', 'x', '2018-12-31')$$, '23514', NULL, 'nor parts below 0');

-- by name
SELECT pg_temp.communes('NA', 3, 2018) \g /dev/null
SELECT throws_ok($$SELECT grant_awards_to((SELECT array_agg(id) FROM unit WHERE code = 'NA99'), 2018, 'NAMES', NULL, 'QĐ', '2018-12-31')$$, '22004', 'the decision names no unit, or one that was not found', 'a list that found nobody is not everybody');
SELECT throws_ok($$SELECT grant_awards_to('{}', 2018, 'NAMES', NULL, 'QĐ', '2018-12-31')$$, '22004', NULL, 'nor is an empty one');
SELECT pg_temp.policy('NA', 'NAMES', 100) \g /dev/null
SELECT throws_ok($$SELECT grant_awards_to('{0}', 2018, 'NAMES', NULL, 'QĐ', '2018-12-31')$$, '42704', 'there is no unit with id 0', 'no such unit');
SELECT throws_ok($$SELECT grant_awards_to(ARRAY[pg_temp.id('NA2'), pg_temp.id('C4')], 2018, 'NAMES', NULL, 'QĐ', '2018-12-31')$$, '55000', 'unit "Commune 4" is not eligible under policy "NAMES" for 2018', 'one that is not eligible');
SELECT is(grant_awards_to(ARRAY[pg_temp.id('NA2')], 2018, 'NAMES', NULL, 'QĐ', '2018-12-31'), 1, 'those who are named are rewarded');
SELECT is(pg_temp.states('NAMES', 2018), 'NA1 eligible 100, NA2 granted 100, NA3 eligible 100', 'and no others');
SELECT is(grant_awards_to(ARRAY[pg_temp.id('NA2')], 2018, 'NAMES', NULL, 'QĐ', '2018-12-31'), 0, 'run again it grants nothing');
SELECT throws_ok($$SELECT grant_awards_to(ARRAY[pg_temp.id('NA2')], 2018, 'NAMES', NULL, 'QĐ 2', '2018-12-31')$$, '55000', NULL, 'by another decision it is refused');

-- units that ended in the year
SELECT pg_temp.communes('EN', 4, 2018) \g /dev/null
UPDATE unit SET valid_to = '2018-10-01' WHERE code = 'EN1';
SELECT pg_temp.policy('EN', 'ENDED', 100, '{"quota_share": 0.5, "priority": [{"fact": "recognised_year", "direction": "ascending"}]}') \g /dev/null
SELECT is(pg_temp.states('ENDED', 2018), 'EN1 not_eligible, EN2 eligible 100, EN3 outside_quota, EN4 outside_quota', 'a unit that ended neither makes a place nor takes one');
SELECT is(pg_temp.why('ENDED', 'EN1', 2018), 'not_eligible: it ended on 2018-10-01', 'and is told why');
SELECT is(grant_awards(2018, 'ENDED', NULL, 'QĐ', '2018-12-31'), 1, 'another one is rewarded');
UPDATE unit SET valid_to = '2017-06-01' WHERE code = 'EN2';
SELECT is(pg_temp.why('ENDED', 'EN2', 2018), 'granted: granted by decision QĐ of 2018-12-31', 'which stays in view even if it turns out to have ended before');

-- an unknown order
SELECT pg_temp.communes('UN', 2, 2018) \g /dev/null
SELECT pg_temp.tell('UN1', 2018, '{"road": 1}'), pg_temp.tell('UN2', 2018, '{"road": 1, "homes": 1}') \g /dev/null
SELECT pg_temp.policy('UN', 'ORDER', 100, '{"priority": [{"fact": "road", "direction": "ascending"}, {"class": "TDMNPB"}, {"fact": "homes", "direction": "ascending"}]}') \g /dev/null
SELECT is(pg_temp.refused($$SELECT grant_awards(2018, 'ORDER', 100, 'QĐ', '2018-12-31')$$), '55000: The facts to sort by (homes) are not known for: UN1.', 'only what is not known is asked for');

-- who comes first by class; codes in the order of their bytes
SELECT pg_temp.communes('PC', 3, 2018) \g /dev/null
UPDATE unit SET classes = '{TDMNPB}' WHERE code = 'PC3';
UPDATE unit SET code = 'pc1' WHERE code = 'PC1';
SELECT pg_temp.policy('PC', 'CLASS', 100, '{"quota_number": 2, "priority": [{"class": "TDMNPB"}]}') \g /dev/null
SELECT is(pg_temp.states('CLASS', 2018), 'PC2 eligible 100, PC3 eligible 100, pc1 outside_quota', 'a class comes first; then the code, byte by byte');
SELECT throws_ok($$SELECT pg_temp.policy('PC', 'BAD', 100, '{"tier": "model", "priority": [{"class": "NONE"}]}')$$, '23503', NULL, 'a class must be there');
SELECT throws_ok($$SELECT pg_temp.policy('PC', 'BAD', 100, '{"tier": "model", "priority": [{"class": "TDMNPB", "fact": "road", "direction": "ascending"}]}')$$, '23514', NULL, 'a fact or a class, not both');

-- or by the class of the unit it lies in
UPDATE unit SET classes = '{DBSH}' WHERE code = 'PC';
INSERT INTO unit (code, name, level, parent_id, classes) VALUES ('PD', 'PD', 'province', NULL, '{TDMNPB}');
INSERT INTO unit (code, name, level, parent_id) VALUES ('PD1', 'PD1', 'district', pg_temp.id('PD')), ('PC9', 'PC9', 'district', pg_temp.id('PC'));
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('PC9'), 'recognised', 2018, '2018-01-01'), (pg_temp.id('PD1'), 'recognised', 2018, '2018-06-01');
INSERT INTO draft_award_policy (code, level, resolution, valid_from, valid_to, quota) VALUES ('PARENT', 'district', 'r', '2018-01-01', '2019-01-01', '1');
INSERT INTO draft_award_clause (policy_code, measure) VALUES ('PARENT', 'newly_recognised');
INSERT INTO draft_award_amount (policy_code, amount) VALUES ('PARENT', '1 triệu');
INSERT INTO draft_award_priority (policy_code, parent_class) VALUES ('PARENT', 'TDMNPB');
SELECT is_empty($$SELECT * FROM draft_award_problem WHERE policy_code = 'PARENT'$$, 'a draft puts the class of the parent first');
SELECT publish_award_policy('PARENT') \g /dev/null
SELECT is(pg_temp.states('PARENT', 2018), 'PC9 outside_quota, PD1 eligible 1000000', 'and it comes first, though recognised later');
SELECT draft_award_from(draft_award_document('PARENT'), 'PARENT 2') \g /dev/null
SELECT is((SELECT parent_class FROM draft_award_priority WHERE policy_code = 'PARENT 2'), 'TDMNPB', 'a document and back');

-- under the highest, what cannot be more does not matter
SELECT pg_temp.communes('HI', 2, 2018) \g /dev/null
SELECT pg_temp.policy('HI', 'SURE', 500, '{"hit_policy": "highest"}'),
       pg_temp.policy('HI', 'LESS', NULL, '{"hit_policy": "highest", "amounts": [{"condition": "road >= 80", "amount": 300}, {"condition": "road < 80", "amount": 200}]}'),
       pg_temp.policy('HI', 'BY-HAND', NULL, '{"hit_policy": "highest", "amounts": [{"class": "TDMNPB"}]}') \g /dev/null
UPDATE unit SET classes = '{TDMNPB}' WHERE code = 'HI2';
SELECT is(concat_ws(' / ', pg_temp.states('SURE', 2018), pg_temp.states('LESS', 2018), pg_temp.states('BY-HAND', 2018)),
          'HI1 eligible 500, HI2 not_known / HI1 not_eligible, HI2 not_eligible / HI1 not_eligible, HI2 by_hand', 'only what may be more leaves it open');
SELECT throws_ok($$SELECT grant_award(pg_temp.id('HI2'), 2018, 'BY-HAND', '{"award": 400}', 'QĐ', '2018-12-31', 'why')$$, '55000', 'policy "SURE" may give unit "HI2" more than 400 đồng for 2018', 'less is not given by hand');
SELECT isnt(grant_award(pg_temp.id('HI2'), 2018, 'BY-HAND', '{"award": 0}', 'QĐ', '2018-12-31', 'none'), NULL, 'but declined');
SELECT is(pg_temp.states('SURE', 2018), 'HI1 eligible 500, HI2 eligible 500', 'which leaves the sure amount');

-- ranks
SELECT throws_ok($$INSERT INTO award_ranking (ranking, year, unit_id, rank, decision) VALUES ('R', 2018, pg_temp.id('HI1'), 1, 'QĐ'), ('R', 2018, pg_temp.id('HI1'), 2, 'QĐ')$$, '23505', 'unit "HI1" has two ranks in ranking "R" of 2018', 'one unit, one rank');
SELECT throws_ok($$INSERT INTO award_ranking (ranking, year, unit_id, rank, decision, decision_date) VALUES ('R', 2018, pg_temp.id('HI1'), 1, 'QĐ', '2016-12-31')$$, '22008', NULL, 'of a year that can be');
INSERT INTO award_ranking (ranking, year, unit_id, rank, decision, decision_date) VALUES ('R', 2018, pg_temp.id('HI1'), 1, 'QĐ 2', '2018-12-31');
INSERT INTO award_ranking (ranking, year, unit_id, rank, decision, decision_date) VALUES ('R', 2018, pg_temp.id('HI1'), 7, 'QĐ 1', '2018-12-01');
SELECT is((SELECT r.rank FROM award_rank AS r WHERE r.ranking = 'R'), 1, 'that of the latest decision, not of the last recorded');
INSERT INTO award_ranking (ranking, year, unit_id, rank, decision, decision_date) VALUES ('R', 2018, pg_temp.id('HI1'), 3, 'QĐ 2', '2018-12-31');
SELECT is((SELECT r.rank FROM award_rank AS r WHERE r.ranking = 'R'), 3, 'another row corrects it');
INSERT INTO award_ranking (ranking, year, unit_id, rank, decision, decision_date) VALUES ('R', 2018, pg_temp.id('HI1'), NULL, 'QĐ 3', '2019-01-31');
SELECT is_empty($$SELECT FROM award_rank AS r WHERE r.ranking = 'R'$$, 'one without a rank takes it away');

-- recognised and rewarded by mistake for another
SELECT pg_temp.communes('WR', 1, 2018) \g /dev/null
INSERT INTO unit (code, name, level, parent_id) VALUES ('WR2', 'WR2', 'commune', pg_temp.id('WR'));
SELECT pg_temp.policy('WR', 'WRONG', 100) \g /dev/null
SELECT is(grant_awards_to(ARRAY[pg_temp.id('WR1')], 2018, 'WRONG', 100, 'QĐ', '2018-12-31'), 1, 'the wrong one is rewarded');
SELECT annul_event(r.id, 'meant for WR2') IS NOT NULL FROM recognition AS r WHERE r.unit_id = pg_temp.id('WR1') \g /dev/null
SELECT cancel_award(a.id, 'QĐ 2', '2019-02-01', 'meant for WR2', grant_again => true) IS NOT NULL FROM award_standing AS a WHERE a.unit_id = pg_temp.id('WR1') \g /dev/null
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('WR2'), 'recognised', 2018, '2018-11-20');
SELECT is(grant_awards_to(ARRAY[pg_temp.id('WR2')], 2018, 'WRONG', 100, 'QĐ', '2018-12-31'), 1, 'then the right one, of the same money');
SELECT is(pg_temp.states('WRONG', 2018), 'WR2 granted 100', 'it alone');
SELECT results_eq($$SELECT b.granted, b.budget_left FROM award_budget_left AS b JOIN award_policy AS p ON p.id = b.policy_id WHERE p.code = 'WRONG'$$, $$VALUES (100::numeric, 0::numeric)$$, 'which is spent once');
SELECT is_empty($$SELECT FROM check_awards() AS c JOIN award AS a ON a.id = c.award_id WHERE a.policy_code = 'WRONG'$$, 'and nothing is wrong');

-- the greedy choice is the one that is shown
SELECT pg_temp.communes('GR', 4, 2018) \g /dev/null
SELECT pg_temp.tell('GR' || n, 2018, jsonb_build_object('road', n)::text::measures) FROM generate_series(1, 4) AS g (n) \g /dev/null
SELECT pg_temp.policy('GR', 'GREEDY', NULL, '{"overtaking": true, "amounts": [{"condition": "road = 1", "amount": 100}, {"condition": "road = 2", "amount": 500}, {"amount": 60}], "priority": [{"fact": "road", "direction": "ascending"}]}') \g /dev/null
SELECT is(grant_awards(2018, 'GREEDY', 160, 'QĐ', '2018-12-31'), 2, 'a smaller award overtakes');
INSERT INTO unit (code, name, level, parent_id) VALUES ('GR0', 'GR0', 'commune', pg_temp.id('GR'));
SELECT cancel_award(pg_temp.award_of('GR3', 'GREEDY'), 'QĐ C', '2018-12-31', 'number', grant_again => true) \g /dev/null
SELECT is(pg_temp.states('GREEDY', 2018), 'GR1 granted 100, GR2 budget_exhausted 500, GR3 eligible 60, GR4 budget_exhausted 60', 'and is not called out of money by a larger one before it');

-- rows that come by other ways
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_id, policy_code, amount, parts, decision, decision_date) SELECT pg_temp.id('NA1'), 2018, p.id, p.code, 100, '{"award": 100}', 'x', '2018-12-31' FROM award_policy AS p WHERE p.code = 'NAMES'$$,
                 '23514', 'an award to unit "NA1" under policy "NAMES" for 2018 cannot be as it is given', 'an award needs its facts');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_id, policy_code, amount, parts, decision, decision_date, facts) SELECT pg_temp.id('NA1'), 2018, p.id, p.code, 100, '{"award": 100}', 'x', '2018-12-31', '{}' FROM award_policy AS p WHERE p.code = 'S-OLD'$$,
                 '23514', NULL, 'a policy in force');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_id, policy_code, amount, parts, decision, decision_date, facts) SELECT pg_temp.id('NA1'), 2018, p.id, p.code, 100, '{"award": 100}', 'x', '2018-12-31', '{}' FROM award_policy AS p WHERE p.code = 'CLASS'$$,
                 '23514', NULL, 'where it lies');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_id, policy_code, amount, parts, decision, decision_date, facts, recognition_id) SELECT pg_temp.id('NA1'), 2018, p.id, p.code, 100, '{"award": 100}', 'x', '2018-12-31', '{}', (SELECT r.id FROM recognition AS r WHERE r.unit_id = pg_temp.id('NA3')) FROM award_policy AS p WHERE p.code = 'NAMES'$$,
                 '23514', NULL, 'a recognition of its own');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_id, policy_code, amount, parts, decision, decision_date, facts, recognition_id) SELECT pg_temp.id('NA1'), 2018, p.id, p.code, 100, '{"award": 100}', 'x', '2018-05-01', '{}', (SELECT r.id FROM recognition AS r WHERE r.unit_id = pg_temp.id('NA1')) FROM award_policy AS p WHERE p.code = 'NAMES'$$,
                 '23514', NULL, 'and a decision after it');
INSERT INTO award (unit_id, year, policy_id, policy_code, amount, parts, decision, decision_date, facts, classes, recorded_by, recorded_at, recognition_id) SELECT pg_temp.id('NA1'), 2018, p.id, p.code, 100, '{"award": 100}', 'x', '2018-12-31', '{"newly_recognised": 1}', '{}', 'someone', '2000-01-01', (SELECT max(r.id) FROM effective_recognition AS r WHERE r.unit_id = pg_temp.id('NA1') AND r.event = 'recognised') FROM award_policy AS p WHERE p.code = 'NAMES';
SELECT is((SELECT a.recorded_by = session_user AND a.recorded_at = now() FROM award AS a WHERE a.unit_id = pg_temp.id('NA1')), true, 'the database says who recorded it');
SELECT throws_ok($$INSERT INTO award_policy (code, title, ruleset, level, tier, resolution, valid_from, status, candidates) SELECT 'ALL', title, ruleset, 'district', NULL, resolution, '2020-01-01', status, 'all' FROM award_policy WHERE code = 'NAMES'$$,
                 '23514', NULL, 'whoever is not recognised is not paid once for each tier');

SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_id, policy_code, amount, parts, decision, decision_date, facts, classes) SELECT pg_temp.id('NA1'), 2018, p.id, p.code, 100, '{"award": 100}', 'x', '2018-12-31', '{}', '{}' FROM award_policy AS p WHERE p.code = 'NAMES'$$,
                 '23514', NULL, 'no award to those recognised without a recognition');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_id, policy_code, amount, parts, decision, decision_date, facts, recognition_id) SELECT pg_temp.id('NA3'), 2016, p.id, p.code, 100, '{"award": 100}', 'x', '2018-12-31', '{}', (SELECT max(r.id) FROM effective_recognition AS r WHERE r.unit_id = pg_temp.id('NA3') AND r.event = 'recognised') FROM award_policy AS p WHERE p.code = 'NAMES'$$,
                 '23514', NULL, 'nor for a year before it');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date) VALUES (pg_temp.id('NA1'), 2018, 'X', 5, '[5]', 'x', '2018-12-31')$$, '22023', NULL, 'parts have names');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_id, policy_code, amount, parts, decision, decision_date) VALUES (pg_temp.id('NA1'), 2018, -1, 'X', 5, '{"a": 5}', 'x', '2018-12-31')$$, '23503', 'there is no award policy with id -1', 'a policy that is not there');
SELECT throws_ok($$INSERT INTO award (event, decision, decision_date) VALUES ('cancelled', 'x', '2018-12-31')$$, '42704', 'there is no award with id NULL', 'nothing is cancelled');
SELECT throws_ok($$SELECT grant_awards(0, 'NAMES', NULL, 'x', '2018-12-31')$$, '22008', NULL, 'no year');

-- an award on paper stands under the policy whose code it has
SELECT pg_temp.communes('PX', 1, 2018) \g /dev/null
SELECT pg_temp.policy('PX', 'PX-A', 1000, '{"hit_policy": "first", "precedence": 1}'), pg_temp.policy('PX', 'PX-B', 400, '{"hit_policy": "first", "precedence": 2}') \g /dev/null
SELECT grant_awards(2018, 'PX-A', NULL, 'QĐ', '2018-12-31') \g /dev/null
SELECT cancel_award(pg_temp.award_of('PX1', 'PX-A'), 'QĐ C', '2019-02-01', 'by mistake') \g /dev/null
INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date) VALUES (pg_temp.id('PX1'), 2018, 'PX-A', 1000, '{"award": 1000}', 'QĐ', '2019-02-02');
SELECT is(pg_temp.states('PX-B', 2018), 'PX1 not_eligible', 'and excludes its rivals');
SELECT results_eq($$SELECT problem FROM check_awards()$$, $$SELECT format('It is on paper, after award %s under the same policy for the year was cancelled for good.', min(id)) FROM award WHERE policy_code = 'PX-A'$$, 'that it came after a cancellation is found');
SELECT cancel_award(pg_temp.award_of('PX1', 'PX-A'), 'QĐ D', '2019-02-03', 'again', grant_again => true) \g /dev/null

-- a budget that was told counts for what is decided case by case
SELECT pg_temp.communes('BH', 1, 2018) \g /dev/null
SELECT pg_temp.policy('BH', 'BH', NULL) \g /dev/null
SELECT is(grant_awards(2018, 'BH', 100, 'QĐ B', '2018-12-31'), 0, 'nothing is granted by itself');
SELECT throws_ok($$SELECT grant_award(pg_temp.id('BH1'), 2018, 'BH', '{"award": 500}', 'QĐ B', '2018-12-31', 'why')$$, '23514', 'decision QĐ B has only 100 đồng left', 'but the budget is known');

-- under the highest nothing small by hand takes away what may be more
SELECT pg_temp.communes('RB', 1, 2018) \g /dev/null
SELECT pg_temp.policy('RB', 'RB-A', NULL, '{"hit_policy": "highest"}'),
       pg_temp.policy('RB', 'RB-B', NULL, '{"hit_policy": "highest", "amounts": [{"part": "works", "amount": 900}, {"part": "cash"}]}') \g /dev/null
SELECT throws_ok($$SELECT grant_award(pg_temp.id('RB1'), 2018, 'RB-A', '{"award": 5}', 'QĐ', '2018-12-31', 'why')$$, '55000', 'policy "RB-B" may give unit "RB1" more than 5 đồng for 2018', 'parts that are sure are more');

-- whose recognition was revoked takes no place of today
SELECT pg_temp.communes('QR', 2, 2018) \g /dev/null
SELECT pg_temp.policy('QR', 'QR', 100, '{"quota_number": 1}') \g /dev/null
SELECT is(pg_temp.states('QR', 2018), 'QR1 eligible 100, QR2 outside_quota', 'one place');
SELECT revoke(pg_temp.id('QR1'), 'QĐ R', '2019-02-01', 'test') \g /dev/null
SELECT is(pg_temp.states('QR', 2018), 'QR1 eligible 100, QR2 eligible 100', 'goes to the next when the first is revoked');
SET client_min_messages = error;
SELECT is(grant_awards(2018, 'QR', NULL, 'QĐ', '2019-03-01'), 1, 'and is granted');
SET client_min_messages = warning;
SELECT is(pg_temp.states('QR', 2018), 'QR1 outside_quota, QR2 granted 100', 'once');

-- what the checks find
SELECT is_empty($$SELECT * FROM check_awards()$$, 'all is well');
SET client_min_messages = error;
SELECT annul_event((SELECT r.id FROM recognition AS r WHERE r.unit_id = pg_temp.id('NA2')), 'wrong unit', '2019-06-01') \g /dev/null
SET client_min_messages = warning;
ALTER TABLE award DISABLE TRIGGER USER;
UPDATE award SET decision_date = '2018-05-01' WHERE unit_id = pg_temp.id('SU3');
INSERT INTO award (unit_id, year, policy_id, policy_code, amount, parts, decision, decision_date, facts, classes, attempt)
SELECT pg_temp.id('QH1'), 2018, p.id, p.code, 500, '{"award": 500}', 'x', '2018-12-31', '{"newly_recognised": 1}', '{}', 1 FROM award_policy AS p WHERE p.code = 'H2';
ALTER TABLE award ENABLE TRIGGER USER;
SELECT set_eq($$SELECT regexp_replace(c.problem, 'Award \d+', 'Award N') FROM check_awards() AS c$$,
              ARRAY['The recognition it rested on was annulled on 2019-06-01, and there is none for 2018 in its place.',
                    'It was decided on 2018-05-01, before the unit was recognised on 2018-06-01.',
                    'Award N excludes it: both are for the same unit, year and tier, and policies H1 and H2 are not summed.',
                    'It rests on no recognition, though the policy rewards those recognised.',
                    'Under policy H2 there are 2 awards for 2018, and the quota has 1 places.'], 'what is wrong is found');

SELECT * FROM finish();
ROLLBACK;
