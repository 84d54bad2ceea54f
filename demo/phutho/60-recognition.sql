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
