-- The demo: it gives questions 1 to 4 something to answer.

BEGIN;
SET search_path = phutho, ntm, public;
SELECT plan(39);

-- 1. Who met the set, and what do the others miss?

SELECT set_eq($$SELECT DISTINCT district FROM places_on('2019-12-31')
                 WHERE plain_name(district) IN (plain_name('huyện Thanh Thủy'), plain_name('HUYEN YEN LAP')) OR short_name(district) = short_name('Việt Trì')$$,
    $$VALUES ('Huyện Thanh Thuỷ'), ('Huyện Yên Lập'), ('Thành phố Việt Trì')$$, 'places are found in other spellings');
SELECT cmp_ok((SELECT count(*) FROM assessment WHERE level = 'area' AND year = 2019 AND verdict = v), '>=', least::bigint,
    format('areas with verdict %s in 2019', v))
FROM (VALUES ('met'::ntm.verdict, 246), ('not_met', 1000), ('unknown', 20)) AS expected (v, least);
SELECT is_empty(
    $$SELECT a.unit_id, missed.code
        FROM assessment AS a, unnest(a.missing) AS missed (code)
       WHERE a.level = 'area' AND a.year = 2019
         AND NOT EXISTS (SELECT FROM finding AS f
                          WHERE f.unit_id = a.unit_id AND f.year = a.year AND f.measure IS NOT NULL AND f.blocking
                            AND split_part(f.code, '.', 1) = missed.code AND f.verdict = 'not_met' AND f.gap <> 0)$$,
    'for every criterion missed there is a measure with its gap');
SELECT is_empty(
    $$SELECT f.unit_id, f.code
        FROM finding AS f
        JOIN assessment AS a USING (unit_id, year, criteria_set_id)
       WHERE f.year = 2019 AND f.blocking AND NOT split_part(f.code, '.', 1) = ANY (a.missing || a.unknown)$$,
    'nothing else is blamed');
SELECT is_empty(
    $$SELECT * FROM finding WHERE year = 2019 AND blocking AND (cite IS NULL OR status <> 'illustrative')$$,
    'every finding cites, and says that the set is illustrative');
SELECT is_empty(
    $$SELECT * FROM finding WHERE year = 2019 AND value IS NOT NULL AND report_id IS NULL$$,
    'every value has its report');
SELECT set_has(
    $$SELECT code FROM finding WHERE level = 'area' AND year = 2019 AND verdict = 'not_met' AND measure IS NOT NULL$$,
    $$VALUES ('1.1'), ('1.2'), ('2'), ('3.1'), ('3.2'), ('4.1'), ('4.2'), ('4.3'), ('5.1'), ('5.2'), ('5.3'), ('6'), ('7'), ('8'),
             ('9.1'), ('9.2'), ('10'), ('11'), ('12.1'), ('12.2'), ('12.3'), ('13.1'), ('13.2')$$,
    'every indicator for areas is missed somewhere');
SELECT isnt_empty(
    $$SELECT * FROM finding WHERE level = 'area' AND year = 2019 AND code = '1.1' AND verdict = 'met' AND value BETWEEN 50 AND 69.9$$,
    'the easier requirement for class DBKK comes to bear');

-- 2. Who is nearly there, and which facts decide?

SELECT cmp_ok((SELECT count(*) FROM near_met WHERE level = 'area' AND year = 2019 AND missing_count = k), '>=', 100::bigint,
    format('areas with %s criteria missing in 2019', k))
FROM generate_series(1, 2) AS k;
SELECT cmp_ok((SELECT count(*) FROM near_met WHERE level = 'area' AND year = 2019 AND deciding <> '{}'), '>=', 20::bigint,
    'areas whose missing facts could still change the verdict');
SELECT is_empty(
    $$SELECT * FROM near_met WHERE level = 'area' AND (deciding <> '{}') <> (verdict = 'unknown')$$,
    'facts decide where nothing is known to be missed, and only there');
SELECT is_empty(
    $$SELECT n.unit_id, n.year
        FROM near_met AS n
        JOIN dossier_edition AS e USING (unit_id, year, criteria_set_id)
       WHERE n.level = 'area' AND n.deciding <> '{}'
         AND ntm.overall(ntm.assess(e.measures || (SELECT jsonb_object_agg(name, 'n/a') FROM unnest(n.deciding) AS name)::text::ntm.measures,
                                    e.ruleset, e.classes))::boolean IS NOT TRUE$$,
    'were those facts favourable, the area would meet its set');

-- Recognition

SELECT is((SELECT count(*) FROM recognition WHERE event = 'recognised' AND scorecard IS NOT NULL), 312::bigint,
    'recognise() checked every recognition from 2017 on');
SELECT is_empty(
    $$SELECT * FROM recognition WHERE event = 'recognised' AND (year >= 2017) <> (scorecard IS NOT NULL)$$,
    'and none before');
SELECT is_empty(
    $$SELECT * FROM recognition AS r JOIN assessment AS a USING (unit_id, year, criteria_set_id)
       WHERE r.event = 'recognised' AND (a.verdict <> 'met' OR a.scorecard::text <> r.scorecard::text)$$,
    'all of them met their set in their year');
SELECT is((SELECT count(*) FROM recognition WHERE event = 'registered' AND year = y), expected::bigint,
    format('communes registered for %s', y))
FROM (VALUES (2017, 23), (2018, 23), (2019, 30)) AS registered (y, expected);
SELECT is_empty(
    $$SELECT * FROM recognition AS r JOIN unit ON unit.id = r.unit_id
       WHERE unit.level = 'commune' AND r.event = 'recognised' AND r.year >= 2017
         AND NOT EXISTS (SELECT FROM recognition AS plan
                          WHERE plan.unit_id = r.unit_id AND plan.event = 'registered' AND plan.year = r.year)$$,
    'a commune is recognised only if it was registered for the year');
SELECT is_empty('SELECT * FROM recognition_check WHERE NOT follows', 'every event follows from what it rested on');
SELECT is_empty('SELECT * FROM check_decisions()', 'the chain of decisions holds');
SELECT results_eq($$SELECT event, count(*), count(*) FILTER (WHERE on_paper) FROM recognition AS r JOIN unit ON unit.id = r.unit_id WHERE unit.level = 'area' GROUP BY event ORDER BY event$$,
    $$VALUES ('consulted', 246::bigint, 0::bigint), ('recognised', 246, 0)$$, 'every recognised area was consulted before, and none is on paper');
SELECT results_eq($$SELECT level, count(*), sum((revocation::text = 'not_met')::integer) FROM at_risk_on('2019-12-31') GROUP BY level ORDER BY level$$,
    $$VALUES ('area', 10::bigint, 10::bigint), ('commune', 6, NULL)$$, 'those that slipped are at risk, none is to be revoked');
SELECT cmp_ok((SELECT count(*) FROM assessment AS a JOIN recognised_by(2019) AS r USING (unit_id) WHERE a.year = 2019 AND a.level = l AND a.verdict <> 'met'),
    '>=', 5::bigint, format('recognised units of level %s that slipped', l))
FROM (VALUES ('area'), ('commune')) AS level (l);
SELECT cmp_ok((SELECT count(*) FROM assessment AS a
                WHERE a.year = 2019 AND a.level = l AND a.verdict = 'met' AND a.unit_id NOT IN (SELECT unit_id FROM recognised_by(2019))),
    '>=', 3::bigint, format('units of level %s that meet everything and are not recognised yet', l))
FROM (VALUES ('area'), ('commune')) AS level (l);

-- 3. Who has earned which award, and why not?

SELECT is((SELECT count(*) FROM award_eligibility WHERE year = 2019), 246::bigint, 'every recognised area has an answer');
SELECT is_empty($$SELECT * FROM award_eligibility WHERE status <> 'illustrative'$$, 'and is told that the policy is illustrative');
SELECT set_eq(
    $$SELECT DISTINCT amount FROM award_eligibility WHERE verdict = 'met'$$,
    'VALUES (30000000::numeric), (50000000)',
    'the amount depends on the class');
SELECT is_empty(
    $$SELECT * FROM award_eligibility AS e JOIN units_on('2019-12-31') AS area ON area.unit_id = e.unit_id
       WHERE (e.verdict = 'met') <> (EXISTS (SELECT FROM recognition AS r WHERE r.unit_id = area.unit_id AND r.event = 'recognised' AND r.year = e.year)
                                     AND area.parent_id NOT IN (SELECT unit_id FROM recognised_by(e.year)))$$,
    'it goes to areas recognised in the year whose commune is not recognised yet');
SELECT is_empty(
    $$SELECT * FROM award_eligibility WHERE verdict <> 'met' AND (amount IS NOT NULL OR reason !~ 'khoản [13]')$$,
    'the others are told the clause');

-- 4. Is each commune on course?

SELECT is((SELECT count(*) FROM commune_target WHERE year = 2019), 247::bigint, 'every commune of the programme has an answer');
SELECT is((SELECT count(*) FROM commune_target WHERE year = 2019 AND in_scope), 137::bigint,
    'the target binds those neither recognised before nor registered');
SELECT results_eq(
    $$SELECT newly_recognised, reached, count(*) FROM commune_target WHERE year = 2019 AND in_scope
       GROUP BY newly_recognised, reached ORDER BY newly_recognised$$,
    $$VALUES (0, false, 66::bigint), (1, false, 40), (2, true, 22), (3, true, 7), (4, true, 2)$$,
    'some communes reach it and some do not');
SELECT isnt_empty(
    $$SELECT * FROM commune_target WHERE year = 2019 AND NOT reached AND on_course$$,
    'some would with the areas that are ready');

SELECT * FROM finish();
ROLLBACK;
