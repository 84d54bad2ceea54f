-- The recognitions.  Those before 2017 were decided on evidence that is not
-- here; from 2017 on recognise() checks each against the reports.  The numbers
-- of the decisions are invented.

INSERT INTO recognition (unit_id, event, year, event_date, decision, decision_date, note)
SELECT id, 'recognised', recognised_year, decided.on_day, decided.number, decided.on_day, 'generated'
  FROM phutho_demo.commune_rank
 CROSS JOIN LATERAL (
       SELECT make_date(recognised_year, 12, 1 + floor(28 * phutho_demo.draw('decision ' || code))::integer),
              format('DEMO-XA-%s/%s', recognised_year, lpad(rank::text, 3, '0'))) AS decided (on_day, number)
 WHERE recognised_year < 2017
 ORDER BY rank;

-- Communes register for a year in the December before.
INSERT INTO recognition (unit_id, event, year, event_date, note)
SELECT id, 'registered', year, make_date(year - 1, 12, 5), 'generated'
  FROM phutho_demo.registration
 ORDER BY year, id;

-- The province's procedure for areas is not public; the one used says that it
-- is invented.  Before an area was recognised, its households were asked: at
-- least 70 % of them, of whom at least 90 % are satisfied.
SELECT adopt_procedure('PT-KDC-DEMO') \gset

SELECT count(record_event(asked.unit_id, 'consulted', asked.year, make_date(asked.year, 11, 15), note => 'generated',
                          facts => jsonb_build_object('households_surveyed', asked.surveyed,
                                                      'households_satisfied', ceil(asked.surveyed * (0.9 + 0.1 * phutho_demo.draw('satisfied ' || asked.code))))::measures)) AS consulted
  FROM (SELECT area.id AS unit_id, area.code, area.recognised_year AS year,
               ceil((dossier.measures -> 'households')::integer * (0.7 + 0.3 * phutho_demo.draw('surveyed ' || area.code))) AS surveyed
          FROM phutho_demo.area_history AS area
          JOIN dossier ON dossier.unit_id = area.id AND dossier.year = area.recognised_year
         ORDER BY area.recognised_year, area.code) AS asked \gset

SELECT count(recognise(decided.unit_id, decided.year, decided.number, decided.on_day)) AS recognised
  FROM (SELECT id AS unit_id, recognised_year AS year, format('DEMO-XA-%s/%s', recognised_year, lpad(rank::text, 3, '0')) AS number,
               make_date(recognised_year, 12, 20) AS on_day
          FROM phutho_demo.commune_rank
         WHERE recognised_year >= 2017
         UNION ALL
        SELECT id, recognised_year, format('DEMO-KDC-%s/%s', recognised_year, code), make_date(recognised_year, 12, 24)
          FROM phutho_demo.area_history
         WHERE recognised_year IS NOT NULL
         ORDER BY year, number) AS decided \gset

ANALYZE recognition;
