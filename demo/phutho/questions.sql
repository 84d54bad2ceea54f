-- Questions 1 to 4, asked of the registry phutho.  psql prints every statement
-- before its answer.

\set ON_ERROR_STOP on
\encoding UTF8
\pset pager off
\set ECHO queries

SET search_path = phutho, ntm, public;

\echo
\echo '=== Phú Thọ, 2017 to 2019 ==='
\echo 'Units down to the communes and the province''s own figures are published; areas,'
\echo 'reports and recognitions are generated.  The criteria sets and the award are'
\echo 'ILLUSTRATIVE, no law: those of the province are not public.  See demo/phutho/README.md.'
\echo
\echo 'Does what is computed from the reports agree with what the province published?'

SELECT published.as_of, published.measure, published.value AS published, computed.value AS computed
  FROM published_progress AS published
  JOIN progress AS p ON p.level = 'province' AND published.as_of = p.year || '-12'
  JOIN LATERAL (VALUES
        ('communes recognised (in the year)', p.communes_newly_recognised::numeric),
        ('communes recognised (cumulative)', p.communes_recognised),
        ('communes recognised share of 247 (%)', round(100.0 * p.communes_recognised / p.communes_total, 1)),
        ('khu dân cư recognised (cumulative)', p.areas_recognised),
        ('khu dân cư meeting 13/13 criteria', p.areas_meeting),
        ('mean criteria per commune', p.criteria_mean),
        ('lowest criteria count', p.criteria_lowest)) AS computed (measure, value)
    ON computed.measure = published.measure
 ORDER BY published.as_of, published.measure;

\echo
\echo '=== Question 1 ==='
\echo 'Which areas of district Thanh Thuỷ met the set in force in 2019; which criteria does each other one'
\echo 'miss, by how much, under which article, by which report?  (the best areas first, 30 rows)'

SELECT concat_ws(', ', p.commune, p.name) AS area, coalesce(a.verdict::text, 'not reported') AS area_verdict, a.met_count AS met,
       f.code, f.title, f.requirement, f.verdict, trim_scale(round(f.value, 2)) || ' ' || f.value_unit AS value,
       trim_scale(round(f.gap, 2)) || ' ' || f.gap_unit AS gap, f.cite, f.report_id, a.status
  FROM places_on('2019-12-31') AS p
  LEFT JOIN assessment AS a ON a.unit_id = p.unit_id AND a.year = 2019
  LEFT JOIN finding AS f
    ON f.unit_id = a.unit_id AND f.year = a.year AND f.criteria_set_id = a.criteria_set_id
   AND f.blocking AND f.measure IS NOT NULL
 WHERE p.level = 'area' AND plain_name(p.district) = plain_name('huyện Thanh Thủy')
 ORDER BY a.met_count DESC NULLS LAST, p.code, f.position
 LIMIT 30;

\echo
\echo '=== Question 2 ==='
\echo 'Which areas of district Đoan Hùng are nearly there, with one or two criteria missing in 2019, and'
\echo 'which missing facts could still change the verdict?  (20 rows)'

SELECT concat_ws(', ', p.commune, p.name) AS area, n.verdict, n.missing_count, n.missing, n.unknown, n.deciding, n.status
  FROM near_met AS n
  JOIN places_on('2019-12-31') AS p USING (unit_id)
 WHERE plain_name(p.district) = plain_name('huyện Đoan Hùng') AND n.level = 'area' AND n.year = 2019 AND n.missing_count <= 2
 ORDER BY n.missing_count, p.code
 LIMIT 20;

\echo
\echo '=== Question 3 ==='
\echo 'Which award has each recognised area of districts Lâm Thao and Yên Lập earned in 2019, under which'
\echo 'resolution, how much (in đồng), and why not, if not?'

SELECT concat_ws(', ', p.commune, p.name) AS area, e.verdict, e.amount, e.resolution, e.reason, e.status
  FROM award_eligibility AS e
  JOIN places_on('2019-12-31') AS p USING (unit_id)
 WHERE short_name(p.district) IN ('lam thao', 'yen lap') AND e.level = 'area' AND e.year = 2019
 ORDER BY e.amount DESC NULLS LAST, e.reason, p.code;

\echo
\echo '=== Question 4 ==='
\echo 'Is each commune that cannot finish the programme yet on course for its two to three newly'
\echo 'recognised areas in 2019?  (districts Phù Ninh and Yên Lập)'

SELECT p.district, p.name AS commune, t.newly_recognised, t.ready, t.nearly_there, t.minimum, t.desired,
       t.shortfall, t.reached, t.on_course, t.cite
  FROM commune_target AS t
  JOIN places_on('2019-12-31') AS p USING (unit_id)
 WHERE short_name(p.district) IN ('phu ninh', 'yen lap') AND t.year = 2019 AND t.in_scope
 ORDER BY p.district, t.reached DESC, t.on_course DESC, t.nearly_there DESC, p.code;
