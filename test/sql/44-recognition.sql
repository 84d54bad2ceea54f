-- Recognition: who may be recognised, once, and what it rests on.
BEGIN;
SET search_path = ntm, public;
SELECT plan(39);
\ir registry.psql

SELECT pg_temp.tell('A1', 2018, '{"road": 80, "homes": 70, "poor": 10}') \g /dev/null
SELECT pg_temp.tell('A2', 2018, '{"road": 79.999999, "homes": 70}') \g /dev/null
SELECT pg_temp.tell('A3', 2018, '{"road": 90, "homes": 80}') \g /dev/null
SELECT pg_temp.tell('A4', 2016, '{"road": 90, "homes": 80, "poor": 1}') \g /dev/null

-- recognising
SELECT lives_ok($$SELECT recognise(pg_temp.id('A1'), 2018, '100/QĐ-UBND', '2018-12-20', signer => 'Chairman')$$, 'a unit that meets is recognised');
SELECT results_eq(
    $$SELECT event, tier, year, event_date, decision, decision_date, signer, term, (SELECT code FROM criteria_set WHERE id = criteria_set_id), scorecard -> '1' FROM recognition$$,
    $$VALUES ('recognised', 'standard', 2018, date '2018-12-20', '100/QĐ-UBND', date '2018-12-20', 'Chairman', 1, 'T-KDC', 'met'::verdict)$$,
    'the edition and the scorecard are frozen');
SELECT pg_temp.tell('A1', 2018, '{"road": 10}') \g /dev/null
SELECT is((SELECT scorecard -> '1' FROM recognition)::text, 'met', 'a later report does not change them');
SELECT is((SELECT verdict FROM assessment WHERE unit_id = pg_temp.id('A1'))::text, 'not_met', 'though it changes the assessment');

SELECT throws_ok($$SELECT recognise(pg_temp.id('A2'), 2018, '1', '2018-12-20')$$, '55000',
                 'unit "Area A2" cannot be recognised for 2018: it does not meet criteria set "T-KDC"', 'a unit that does not meet is not');
SELECT throws_ok($$SELECT recognise(pg_temp.id('A3'), 2018, '1', '2018-12-20')$$, '55000', NULL, 'nor one of which too little is known');
SELECT throws_ok($$SELECT recognise(pg_temp.id('A3'), 2017, '1', '2018-12-20')$$, '55000',
                 'unit "Area A3" cannot be recognised for 2017: it is not assessed', 'nor one that did not report');
SELECT throws_ok($$SELECT recognise(pg_temp.id('A4'), 2016, '1', '2016-12-20')$$, '55000', NULL, 'nor where no set was in force');
SELECT throws_ok($$SELECT recognise(pg_temp.id('A1'), 2018, '1', '2018-12-20', tier => 'model')$$, '55000', NULL, 'nor at a tier without a set');
SELECT throws_ok($$SELECT recognise(-1, 2018, '1', '2018-12-20')$$, '42704', 'there is no unit with id -1', 'nor one that does not exist');
SELECT throws_ok($$SELECT recognise(pg_temp.id('A1'), 2018, NULL, '2018-12-20')$$, '22023', 'a recognition needs a decision and its date', 'a decision is needed');
SELECT throws_ok($$SELECT recognise(pg_temp.id('A1'), 2018, '1', NULL)$$, '22023', NULL, 'with its date');

SELECT is(pg_temp.refused($$SELECT recognise(pg_temp.id('A2'), 2018, '1', '2018-12-20')$$), '55000: Criteria not met: 1. Criteria not known: 3.', 'the error names the criteria');
SELECT is(pg_temp.refused($$SELECT recognise(pg_temp.id('A4'), 2016, '1', '2016-12-20')$$),
          '55000: No criteria set for level area and tier standard was in force there on 31 December 2016.', 'or what else is missing');

-- once
SELECT pg_temp.tell('A1', 2018, '{"road": 80}') \g /dev/null
SELECT throws_ok($$SELECT recognise(pg_temp.id('A1'), 2018, '2', '2019-01-20')$$, '23505', 'unit "Area A1" is already recognised at tier standard', 'a unit is recognised once');
SELECT throws_ok($$INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A1'), 'recognised', 2017, '2017-12-31')$$, '23505', NULL, 'also before an event already recorded');
SELECT throws_ok($$SELECT revoke(pg_temp.id('A2'), '3', '2019-06-01', 'x')$$, '55000', 'unit "Area A2" has no recognition at tier standard to revoke', 'what is not recognised is not revoked');
SELECT throws_ok($$SELECT revoke(pg_temp.id('A1'), '3', '2018-06-01', 'x')$$, '55000', NULL, 'nor before it was');
SELECT throws_ok($$SELECT revoke(pg_temp.id('A1'), '3', '2019-06-01', NULL)$$, '22023', NULL, 'a revocation needs a reason');

-- revoking, and again
SELECT lives_ok($$SELECT revoke(pg_temp.id('A1'), '3/QĐ-UBND', '2019-06-01', 'roads broken')$$, 'a recognition is revoked');
SELECT throws_ok($$SELECT revoke(pg_temp.id('A1'), '4', '2019-07-01', 'x')$$, '55000', NULL, 'once');
SELECT results_eq($$SELECT state, since, year FROM recognition_status WHERE unit_id = pg_temp.id('A1')$$,
                  $$VALUES ('revoked', date '2019-06-01', 2019)$$, 'the state says so');
SELECT pg_temp.tell('A1', 2019, '{"road": 80, "homes": 70, "poor": 10}') \g /dev/null
SELECT throws_ok($$SELECT recognise(pg_temp.id('A1'), 2018, '5', '2019-12-20')$$, '23514', NULL, 'years do not go back');
SELECT lives_ok($$SELECT recognise(pg_temp.id('A1'), 2019, '5', '2019-12-20')$$, 'it is recognised again');
SELECT results_eq(
    $$SELECT term, from_year, to_year, revoked_on, reason FROM recognition_term WHERE unit_id = pg_temp.id('A1') ORDER BY term$$,
    $$VALUES (1, 2018, 2019, date '2019-06-01', 'roads broken'), (2, 2019, NULL, NULL, NULL)$$,
    'that makes two terms');
SELECT results_eq($$SELECT y, r.from_year, r.decision FROM generate_series(2017, 2020) AS y, recognised_by(y) AS r ORDER BY y$$,
                  $$VALUES (2018, 2018, '100/QĐ-UBND'), (2019, 2019, '5'), (2020, 2019, '5')$$,
                  'recognised_by gives the recognition in force at the end of a year');
SELECT is_empty($$SELECT * FROM recognised_by(2020, 'model')$$, 'of a tier');

-- history
SELECT lives_ok($$INSERT INTO recognition (unit_id, event, year, event_date, decision, decision_date)
                  VALUES (pg_temp.id('C3'), 'recognised', 2013, '2014-01-25', '142/QĐ-UBND', '2014-01-25')$$, 'decisions of the past are inserted as they are');
SELECT results_eq($$SELECT unit_id, from_year FROM recognised_by(2013)$$, $$VALUES (pg_temp.id('C3'), 2013)$$,
                  'and count for the year of the programme, not that of the decision');
SELECT throws_ok($$INSERT INTO recognition (unit_id, event, year, event_date, criteria_set_id, scorecard)
                   SELECT unit_id, 'recognised', 2018, '2018-12-31', criteria_set_id, scorecard FROM assessment WHERE unit_id = pg_temp.id('A2')$$,
                 '23514', NULL, 'but none rests on a scorecard that is not met');
SELECT throws_ok($$INSERT INTO recognition (unit_id, event, year, event_date, scorecard)
                   SELECT unit_id, 'recognised', 2018, '2018-12-31', scorecard FROM assessment WHERE unit_id = pg_temp.id('A2')$$,
                 '23514', NULL, 'or without its edition');

-- registration
SELECT lives_ok($$INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('C1'), 'registered', 2019, '2018-12-01')$$, 'a unit is registered for a year');
SELECT throws_ok($$INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('C1'), 'registered', 2019, '2018-12-02')$$, '23505', NULL, 'once');
SELECT is((SELECT state FROM recognition_status WHERE unit_id = pg_temp.id('C1')), 'registered', 'and that is its state');

-- the ledger is closed
SELECT throws_ok($$UPDATE recognition SET note = 'x'$$, '55000', 'cannot update table recognition', 'an event is not updated');
SELECT throws_ok($$DELETE FROM recognition$$, '55000', NULL, 'nor deleted');
SELECT throws_ok($$TRUNCATE recognition CASCADE$$, '55000', NULL, 'nor truncated');

-- what is in the ledger stays in it
SELECT throws_ok(format($$INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A4'), 'recognised', %s, %L)$$,
                        extract(year FROM CURRENT_DATE + 1), CURRENT_DATE + 1), '22008', NULL, 'an event of tomorrow is refused');
SELECT throws_ok($$INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A4'), 'recognised', 2091, '2019-11-20')$$, '22008',
                 'event recognised of unit "Area A4" on 2019-11-20 cannot count for 2091', 'and one for a year far from its date');

SELECT * FROM finish();
ROLLBACK;
