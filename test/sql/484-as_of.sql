-- Asking as of another moment, law and borders; by arguments and by settings.
BEGIN;
SET search_path = ntm, public;
SET TimeZone = 'Asia/Ho_Chi_Minh';
SELECT plan(63);
\ir registry.psql

CREATE FUNCTION pg_temp.tell(wanted text, about integer, what ntm.measures, at timestamptz) RETURNS void
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO report (unit_id, year, measures, reported_at)
    SELECT unit.id, about, what, at FROM unit WHERE unit.code = wanted;
END;

-- C1 (TDMNPB, needs 90 % water): late, corrected, withdrawn
SELECT pg_temp.tell('C1', 2018, '{"has_plan": true, "water": 89, "income": 36}', '2018-12-10 08:00+07') \g /dev/null
SELECT pg_temp.tell('C1', 2018, '{"water": 90}', '2019-01-15 08:00+07') \g /dev/null
SELECT pg_temp.tell('C1', 2018, '{"income": null}', '2019-03-01 08:00+07') \g /dev/null
-- written into the ledger last, though it claims to have come first
SELECT pg_temp.tell('C1', 2018, '{"has_plan": false}', '2018-12-01 08:00+07') \g /dev/null
SELECT pg_temp.tell('C2', 2018, '{"has_plan": true, "water": 95, "income": 36}', '2018-12-10 08:00+07') \g /dev/null
SELECT pg_temp.tell('C3', 2018, '{"has_plan": true, "water": 95, "income": 36}', '2019-01-20 08:00+07') \g /dev/null
SELECT pg_temp.tell('A1', 2018, '{"road": 80, "homes": 70, "poor": 10}', '2018-12-10 08:00+07') \g /dev/null
SELECT pg_temp.tell('A5', 2018, '{"road": 80, "homes": 70, "poor": 10}', '2018-12-10 08:00+07') \g /dev/null

SELECT results_eq($$SELECT code, first_reported_at, updated_at FROM dossier JOIN unit ON id = unit_id WHERE code IN ('C1', 'C2') ORDER BY code$$,
                  $$VALUES ('C1', '2018-12-01 08:00+07'::timestamptz, '2019-03-01 08:00+07'::timestamptz),
                           ('C2', '2018-12-10 08:00+07', '2018-12-10 08:00+07')$$, 'a dossier knows when it was first and last reported on');
SELECT is_empty($$SELECT * FROM check_dossiers()$$, 'and check_dossiers proves it');

-- facts
SELECT is(measures_known(pg_temp.id('C1'), 2018, '2018-12-01 07:59+07')::text, NULL, 'before the first report nothing is known');
SELECT is(measures_known(pg_temp.id('C1'), 2018, '2018-12-01 08:00+07')::text, '{"has_plan": 0}', 'with it what it says');
SELECT is(measures_known(pg_temp.id('C1'), 2018, '2018-12-31')::text, '{"has_plan": 0, "income": 36, "water": 89}', 'reports merge in the order of the ledger');
SELECT is(measures_known(pg_temp.id('C1'), 2018, '2019-01-31')::text, '{"has_plan": 0, "income": 36, "water": 90}', 'then the correction');
SELECT is(measures_known(pg_temp.id('C1'), 2018, '2020-01-01')::text, '{"has_plan": 0, "income": null, "water": 90}', 'then the withdrawal');
SELECT results_eq($$SELECT unit_id, measures::text FROM dossier_known(2018, NULL) ORDER BY unit_id$$,
                  $$SELECT unit_id, measures::text FROM dossier WHERE year = 2018 ORDER BY unit_id$$, 'NULL = the dossiers as they stand');
SELECT results_eq($$SELECT u.code FROM dossier_known(2018, '2018-12-31') JOIN unit AS u ON u.id = unit_id ORDER BY u.code$$,
                  $$VALUES ('A1'), ('A5'), ('C1'), ('C2')$$, 'who had not reported has no dossier');
SELECT is_empty($$SELECT * FROM assessment_as_of(2018) EXCEPT ALL SELECT * FROM assessment$$, 'assessment_as_of() without more is the view');
SELECT is((SELECT count(*) FROM assessment_as_of(NULL)), (SELECT count(*) FROM assessment), 'NULL = all years');
SELECT results_eq($$SELECT code, missing, unknown, known_at, law_date, borders_date FROM assessment_as_of(2018, '2018-12-31 12:00+07') WHERE level = 'commune' ORDER BY code$$,
                  $$VALUES ('C1', '{1,2}'::text[], '{}'::text[], '2018-12-31 12:00+07'::timestamptz, '2018-12-31'::date, '2018-12-31'::date),
                           ('C2', '{}', '{}', '2018-12-31 12:00+07', '2018-12-31', '2018-12-31')$$, 'what was known at the end of the year');
SELECT results_eq($$SELECT code, missing, unknown FROM assessment_as_of(2018, '2019-01-31') WHERE level = 'commune' ORDER BY code$$,
                  $$VALUES ('C1', '{1}'::text[], '{}'::text[]), ('C2', '{}', '{}'), ('C3', '{}', '{}')$$, 'and a month later');
SELECT results_eq($$SELECT code, value, verdict::text, report_id = (SELECT min(r.id) + 1 FROM report AS r WHERE r.unit_id = pg_temp.id('C1'))
                      FROM finding_as_of(2018, '2019-01-31') WHERE unit_code = 'C1' AND measure = 'water'$$,
                  $$VALUES ('2.1', 90::numeric, 'met', true)$$, 'findings of then cite the report of then');
SELECT results_eq($$SELECT value, verdict::text, report_id = (SELECT min(r.id) FROM report AS r WHERE r.unit_id = pg_temp.id('C1'))
                      FROM finding_as_of(2018, '2018-12-31') WHERE unit_code = 'C1' AND measure = 'water'$$,
                  $$VALUES (89::numeric, 'not_met', true)$$, 'not the later one');
SELECT results_eq($$SELECT code, missing_count, deciding FROM near_met_as_of(2018, '2020-01-01') WHERE level = 'commune'$$,
                  $$VALUES ('C1', 2, '{}'::text[])$$, 'near_met_as_of() likewise');

-- law
SELECT is((SELECT set_code FROM assessment_as_of(2018, law_date => '2016-10-16') WHERE code = 'C2'), NULL, 'no law, no verdict');
UPDATE criteria_set SET valid_to = '2019-07-01' WHERE code = 'T-XA';
SELECT publish_criteria_set('{"code": "T-XA2", "nodes": [{"code": "1", "title": "Income", "measure": "income", "rule": ">= 40"}]}',
                            'commune', 'standard', '2019-07-01') \g /dev/null
SELECT pg_temp.tell('C2', 2019, '{"has_plan": true, "water": 95, "income": 38}', '2019-06-10 08:00+07') \g /dev/null
SELECT results_eq($$SELECT set_code, verdict::text, law_date FROM assessment_as_of(2018, law_date => '2019-07-01') WHERE code = 'C2'$$,
                  $$VALUES ('T-XA2', 'not_met', '2019-07-01'::date)$$, 'an older year under a later law');
SELECT results_eq($$SELECT set_code, verdict::text, law_date FROM assessment_as_of(2019, '2019-06-30') WHERE code = 'C2'$$,
                  $$VALUES ('T-XA', 'met', '2019-06-30'::date)$$, 'within the year the law of the day');
SELECT results_eq($$SELECT set_code, verdict::text, law_date FROM assessment_as_of(2019, '2020-06-30') WHERE code = 'C2'$$,
                  $$VALUES ('T-XA2', 'not_met', '2019-12-31'::date)$$, 'after it that of its 31 December');
SELECT results_eq($$SELECT set_code, verdict::text, law_date FROM assessment_as_of(2019, '2019-06-30', '2019-12-31') WHERE code = 'C2'$$,
                  $$VALUES ('T-XA2', 'not_met', '2019-12-31'::date)$$, 'unless another one is asked for');
SELECT results_eq($$SELECT set_code, verdict::text FROM assessment WHERE code = 'C2' ORDER BY year$$,
                  $$VALUES ('T-XA', 'met'), ('T-XA2', 'not_met')$$, 'the view judges every year by its own');

-- units: classes, names and places of the day
SELECT pg_temp.tell('C1', 2019, '{"has_plan": true, "water": 91, "income": 50}', '2019-06-10 08:00+07') \g /dev/null
SELECT pg_temp.tell('C1', 2020, '{"has_plan": true, "water": 91, "income": 50}', '2020-06-10 08:00+07') \g /dev/null
SELECT change_unit(pg_temp.id('C1'), '2018-07-01', 'NQ 1', name => 'Commune One', classes => '{DBSH}') \g /dev/null
SELECT results_eq($$SELECT name, verdict::text FROM assessment_as_of(2018, borders => '2018-06-30') WHERE code = 'C1'$$,
                  $$VALUES ('Commune 1', 'not_met')$$, 'the unit as it was on the day');
SELECT is((SELECT missing FROM assessment_as_of(2018, borders => '2018-06-30') WHERE code = 'C1'), '{1}', 'is judged by its classes of then');
SELECT is((SELECT missing FROM assessment_as_of(2018) WHERE code = 'C1'), '{1,2}', 'a year by those of its 31 December');
SELECT is((SELECT missing FROM assessment_as_of(2018, '2018-12-31') WHERE code = 'C1'), '{1,2}', 'or of the day asked for');
SELECT change_unit(pg_temp.id('C3'), '2020-01-01', 'NQ 2', parent_id => pg_temp.id('D1')) \g /dev/null
SELECT results_eq($$SELECT code FROM assessment WHERE year = 2018 AND level = 'area' AND path <@ (SELECT path FROM unit WHERE code = 'D2')$$,
                  $$VALUES ('A5')$$, 'a path is that of the year');
SELECT results_eq($$SELECT code FROM assessment_as_of(2018, borders => '2020-01-01') WHERE level = 'area' AND path <@ (SELECT path FROM unit WHERE code = 'D1') ORDER BY code$$,
                  $$VALUES ('A1'), ('A5')$$, 'or of the borders asked for');
SELECT results_eq($$SELECT code, district FROM reg_test_bi.assessment WHERE year = 2018 AND level = 'area' ORDER BY code$$,
                  $$VALUES ('A1', 'District 1'), ('A5', 'District 2')$$, 'BI tools see the district of then');
UPDATE unit SET valid_to = '2020-12-01' WHERE code = 'C2';
SELECT pg_temp.tell('C2', 2020, '{"income": 50}', '2020-06-10 08:00+07') \g /dev/null
SELECT is_empty($$SELECT * FROM assessment WHERE code = 'C2' AND year = 2020$$, 'what no longer existed is not judged');
SELECT is((SELECT verdict::text FROM assessment_as_of(2020, '2020-07-01') WHERE code = 'C2'), 'met', 'but was while it did');

-- progress
SELECT results_eq($$SELECT name, areas_total, areas_assessed, areas_meeting, communes_total, communes_assessed, communes_meeting FROM progress_as_of(2018, '2018-12-31') WHERE level = 'district' ORDER BY name$$,
                  $$VALUES ('District 1', 4, 1, 1, 2, 2, 1), ('District 2', 2, 1, 1, 1, 0, 0)$$, 'progress as it was known at the end of the year');
SELECT results_eq($$SELECT name, areas_total, areas_assessed, areas_meeting, communes_total, communes_assessed, communes_meeting FROM progress_as_of(2018, borders => '2020-01-01') WHERE level = 'district' ORDER BY name$$,
                  $$VALUES ('District 1', 6, 2, 2, 3, 3, 2)$$, 'and in later borders');
SELECT is_empty($$SELECT * FROM progress_as_of(2019, '2018-12-31')$$, 'a year that had not begun has none');
SELECT recognise(pg_temp.id('A1'), 2018, 'QĐ 9', '2019-02-01') \g /dev/null
SELECT is((SELECT areas_recognised FROM progress_as_of(2018, '2019-01-31') WHERE code = 'P'), 0, 'a decision counts from its day');
SELECT is((SELECT areas_recognised FROM progress_as_of(2018, '2019-02-01') WHERE code = 'P'), 1, 'on');

-- settings
SELECT throws_ok($$SELECT ask_as_of()$$, '22004', 'as of when?', 'asking as of nothing is refused');
SELECT throws_ok($$SELECT ask_as_of(law_date => 'infinity')$$, '22008', 'law_date is out of range: infinity', 'and as of no day');
SELECT results_eq($$SELECT known_at, law_date, borders_date FROM assessment WHERE code = 'A1'$$, $$VALUES (NULL::timestamptz, NULL::date, NULL::date)$$, 'off by default');
SELECT ask_as_of('2018-12-31 12:00+07') \g /dev/null
SET DateStyle = 'German';
SELECT results_eq($$SELECT known_at, law_date, borders_date FROM assessment WHERE code = 'A1'$$,
                  $$VALUES (make_timestamptz(2018, 12, 31, 12, 0, 0), make_date(2018, 12, 31), make_date(2018, 12, 31))$$, 'every row says what was asked, however dates are written');
RESET DateStyle;
SELECT is_empty($$(TABLE assessment EXCEPT ALL SELECT * FROM assessment_as_of(NULL, '2018-12-31 12:00+07')) UNION ALL
                  (SELECT * FROM assessment_as_of(NULL, '2018-12-31 12:00+07') EXCEPT ALL TABLE assessment)$$, 'assessment follows the setting');
SELECT is_empty($$(TABLE finding EXCEPT ALL SELECT * FROM finding_as_of(NULL, '2018-12-31 12:00+07')) UNION ALL
                  (SELECT * FROM finding_as_of(NULL, '2018-12-31 12:00+07') EXCEPT ALL TABLE finding)$$, 'so does finding');
SELECT is_empty($$(TABLE near_met EXCEPT ALL SELECT * FROM near_met_as_of(NULL, '2018-12-31 12:00+07')) UNION ALL
                  (SELECT * FROM near_met_as_of(NULL, '2018-12-31 12:00+07') EXCEPT ALL TABLE near_met)$$, 'near_met');
SELECT is_empty($$(TABLE progress EXCEPT ALL SELECT * FROM progress_as_of(NULL, '2018-12-31 12:00+07')) UNION ALL
                  (SELECT * FROM progress_as_of(NULL, '2018-12-31 12:00+07') EXCEPT ALL TABLE progress)$$, 'progress');
SELECT results_eq($$SELECT count(*)::integer, count(known_at)::integer, count(law_date)::integer, count(borders_date)::integer FROM reg_test_bi.assessment$$, $$VALUES (4, 4, 4, 4)$$, 'and what BI tools see');
SELECT is((SELECT count(*)::integer FROM explain(pg_temp.id('C1'), 2018) WHERE verdict = 'not_met'), 3, 'and explain()');

SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL force_parallel_mode = on;
SELECT results_eq($$SELECT code, missing FROM assessment ORDER BY code$$, $$VALUES ('A1', '{}'::text[]), ('A5', '{}'), ('C1', '{1,2}'), ('C2', '{}')$$, 'in parallel workers too');
SET LOCAL force_parallel_mode = off;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

SELECT ask_as_of_now() \g /dev/null
SELECT is((SELECT count(known_at)::integer FROM assessment), 0, 'until it is undone');
SET ntm.borders_date = ' 2020-01-01';
SELECT results_eq($$SELECT name, areas_total FROM progress WHERE year = 2018 AND level = 'district'$$, $$VALUES ('District 1', 6)$$, 'a plain setting does it as well');
SET ntm.borders_date = '2020-13-01';
SELECT throws_ok('SELECT * FROM assessment', '22023', 'setting ntm.borders_date is no date: "2020-13-01"', 'a wrong one is refused');
SET ntm.borders_date = '2019-02-29';
SELECT throws_ok('SELECT * FROM reg_test_bi.progress', '22023', 'setting ntm.borders_date is no date: "2019-02-29"', 'also a day that is none');
RESET ntm.borders_date;
SET ntm.law_date = '2019-02-28 12:00';
SELECT throws_ok('SELECT * FROM near_met', '22023', 'setting ntm.law_date is no date: "2019-02-28 12:00"', 'and a moment where a date is wanted');
RESET ntm.law_date;
SET ntm.known_at = 'yesterday';
SELECT throws_ok('SELECT * FROM finding', '22023', 'setting ntm.known_at is no moment: "yesterday"', 'as well as what changes its meaning');
SET ntm.known_at = '2018-12-31T17:00:00+07';
SELECT is((SELECT DISTINCT known_at FROM assessment), '2018-12-31 17:00+07'::timestamptz, 'ISO 8601 is understood');
RESET ntm.known_at;
SELECT is((SELECT count(*)::integer FROM assessment), (SELECT count(*)::integer FROM assessment_as_of(NULL)), 'and RESET undoes it');

-- rights: asking as of now takes none but those on the views
CREATE ROLE as_of_reader;
GRANT USAGE ON SCHEMA reg_test_bi, ntm TO as_of_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA reg_test_bi TO as_of_reader;
SET ROLE as_of_reader;
SELECT lives_ok('SELECT * FROM reg_test_bi.assessment', 'a reader of the BI views reads');
SET ntm.known_at = '2018-12-31';
SELECT throws_ok('SELECT * FROM reg_test_bi.assessment', '42501', 'permission denied for table report', 'asking as of then also takes the right to read the ledger');
RESET ROLE;
GRANT SELECT ON report TO as_of_reader;
SET ROLE as_of_reader;
SELECT is((SELECT count(*)::integer FROM reg_test_bi.assessment), 4, 'and no other');
SET ntm.borders_date = '2018-06-30';
SELECT throws_ok('SELECT * FROM reg_test_bi.assessment', '42501', NULL, 'other borders take more');
RESET ROLE;
GRANT SELECT ON dossier, unit, unit_state, unit_change, indicator TO as_of_reader;
SET ROLE as_of_reader;
SELECT lives_ok('SELECT * FROM reg_test_bi.progress', 'which is listed in the comment');
RESET ROLE;
RESET ntm.known_at;
RESET ntm.borders_date;

-- every case against the obvious way: read the ledger row by row
CREATE FUNCTION pg_temp.slow(about integer, known timestamptz, law date, day date) RETURNS TABLE (unit_id bigint, tier text, scorecard text)
    LANGUAGE plpgsql AS $$
DECLARE
    d record;
    r record;
    c record;
    s record;
    best criteria_set;
    chosen boolean;
    m ntm.measures;
BEGIN
    FOR d IN SELECT DISTINCT report.unit_id AS id FROM report WHERE report.year = about LOOP
        m := NULL;
        FOR r IN SELECT * FROM report WHERE report.unit_id = d.id AND report.year = about ORDER BY report.id LOOP
            IF known IS NULL OR r.reported_at <= known THEN
                m := coalesce(m, '{}') || r.measures;
            END IF;
        END LOOP;
        CONTINUE WHEN m IS NULL;

        s := NULL;
        SELECT h.path, h.level, h.classes INTO s FROM unit_state AS h
         WHERE NOT h.latest AND h.unit_id = d.id AND (h.valid_from IS NULL OR h.valid_from <= day) AND day < h.valid_to;
        IF NOT FOUND THEN
            SELECT u.path, u.level, u.classes INTO s FROM unit AS u
             WHERE u.id = d.id AND coalesce(greatest(u.valid_from, u.state_from), '-infinity') <= day AND day < coalesce(u.valid_to, 'infinity');
            CONTINUE WHEN NOT FOUND;
        END IF;

        FOR tier IN SELECT DISTINCT criteria_set.tier FROM criteria_set LOOP
            chosen := false;
            FOR c IN SELECT * FROM criteria_set WHERE criteria_set.level = s.level AND criteria_set.tier = slow.tier
                        AND criteria_set.valid_from <= law AND coalesce(criteria_set.valid_to, 'infinity') > law LOOP
                CONTINUE WHEN c.jurisdiction_id IS NOT NULL AND NOT c.jurisdiction_id::text = ANY (string_to_array(s.path::text, '.'));
                IF NOT chosen OR array_position(string_to_array(s.path::text, '.'), c.jurisdiction_id::text)
                                > coalesce(array_position(string_to_array(s.path::text, '.'), best.jurisdiction_id::text), 0) THEN
                    best := c;
                    chosen := true;
                END IF;
            END LOOP;
            IF chosen THEN
                unit_id := d.id;
                scorecard := ntm.assess(m, best.ruleset, s.classes)::text;
                RETURN NEXT;
            END IF;
        END LOOP;
    END LOOP;
END $$;

SELECT publish_criteria_set('{"code": "T-D1", "nodes": [{"code": "1", "title": "Roads", "measure": "road", "rule": ">= 50"}]}',
                            'area', 'standard', '2019-03-01', '2020-03-01', jurisdiction_id => pg_temp.id('D1')) \g /dev/null
SELECT publish_criteria_set('{"code": "T-KDC3", "nodes": [{"code": "1", "title": "Roads", "measure": "road", "rule": ">= 90"}]}',
                            'area', 'advanced', '2019-06-01') \g /dev/null
SELECT setseed(0.42) \g /dev/null
INSERT INTO report (unit_id, year, measures, reported_at)
SELECT u.id, 2018 + floor(random() * 3)::integer,
       (CASE floor(random() * 6)
            WHEN 0 THEN '{"road": null}' WHEN 1 THEN '{"homes": "n/a"}' WHEN 2 THEN format('{"road": %s}', floor(random() * 100))
            WHEN 3 THEN format('{"homes": %s, "poor": %s}', floor(random() * 100), floor(random() * 20)) WHEN 4 THEN '{}'
            ELSE format('{"road": %s, "homes": %s, "poor": %s}', 40 + floor(random() * 60), 50 + floor(random() * 50), floor(random() * 15)) END)::ntm.measures,
       timestamptz '2018-06-01 00:00+07' + random() * interval '1000 days'
  FROM generate_series(1, 120) AS n
  JOIN unit AS u ON u.level = 'area';
SELECT is_empty($$
    SELECT c.about, c.known, c.law, c.day
      FROM (SELECT 2018 + floor(random() * 3)::integer AS about,
                   CASE WHEN random() < 0.8 THEN timestamptz '2018-06-01 00:00+07' + random() * interval '1000 days' END AS known,
                   CASE WHEN random() < 0.5 THEN date '2018-06-01' + floor(random() * 1000)::integer END AS law
              FROM generate_series(1, 60) OFFSET 0) AS g
     CROSS JOIN LATERAL (SELECT g.about, g.known, coalesce(g.law, least(make_date(g.about, 12, 31), g.known::date)) AS law,
                                least(make_date(g.about, 12, 31), g.known::date) AS day, g.law AS asked OFFSET 0) AS c
     CROSS JOIN LATERAL (
        (SELECT s.* FROM pg_temp.slow(c.about, c.known, c.law, c.day) AS s
         EXCEPT ALL SELECT a.unit_id, a.tier, a.scorecard::text FROM assessment_as_of(c.about, c.known, c.asked) AS a)
         UNION ALL
        (SELECT a.unit_id, a.tier, a.scorecard::text FROM assessment_as_of(c.about, c.known, c.asked) AS a
         EXCEPT ALL SELECT s.* FROM pg_temp.slow(c.about, c.known, c.law, c.day) AS s)) AS different$$,
    'generated ledgers, moments and laws come out as read row by row');
SELECT cmp_ok((SELECT count(*) FROM assessment_as_of(2019, '2020-06-01')), '>', 10::bigint, 'of which there are some');
SELECT is_empty($$SELECT * FROM check_dossiers()$$, 'the dossiers are right after all');

SELECT * FROM finish();
ROLLBACK;
