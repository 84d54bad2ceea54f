-- How many of 13 criteria each area meets at the end of each year.  Published are
-- the numbers of areas recognised, that 30 met everything in 2017, and that
-- the first four lie in Yên Lập and Tân Sơn; all else is generated.

CREATE UNLOGGED TABLE phutho_demo.area AS
SELECT area.id, area.code COLLATE "C" AS code, area.parent_id AS commune_id,
       CASE WHEN 'DBKK' = ANY (area.classes) THEN 'DBKK' ELSE 'other' END AS class,
       0.4 * (1 - commune.rank / 248.0) + 0.6 * phutho_demo.draw('strength ' || area.code) AS strength
  FROM unit AS area
  JOIN phutho_demo.commune_rank AS commune ON commune.id = area.parent_id;

-- How many areas are recognised, in how many communes: in 2017 in two communes
-- of each of the two districts, later mostly in communes that cannot finish
-- the programme yet.
CREATE UNLOGGED TABLE phutho_demo.quota AS
SELECT commune.id AS commune_id, commune.year, spread.areas
  FROM (SELECT state.*,
               row_number() OVER (PARTITION BY year, kind ORDER BY phutho_demo.draw(format('quota %s %s', code, year)), code) AS place
          FROM (SELECT commune_rank.id, commune_rank.code, year,
                       CASE WHEN year = 2017 THEN district
                            WHEN coalesce(recognised_year < year, false) OR registration.id IS NOT NULL THEN 'done or due'
                            ELSE 'not able yet' END AS kind
                  FROM phutho_demo.commune_rank
                 CROSS JOIN generate_series(2017, 2019) AS year
                  LEFT JOIN phutho_demo.registration USING (id, year)) AS state) AS commune
  JOIN (SELECT year, kind, areas, row_number() OVER (PARTITION BY year, kind ORDER BY areas DESC) AS place
          FROM (VALUES (2017, 'Huyện Yên Lập', 1, 2),
                       (2017, 'Huyện Tân Sơn', 1, 2),
                       (2018, 'not able yet', 3, 5),
                       (2018, 'not able yet', 2, 20),
                       (2018, 'not able yet', 1, 38),
                       (2018, 'done or due', 1, 16),
                       (2019, 'not able yet', 4, 2),
                       (2019, 'not able yet', 3, 7),
                       (2019, 'not able yet', 2, 22),
                       (2019, 'not able yet', 1, 40),
                       (2019, 'done or due', 1, 20)) AS given (year, kind, areas, communes)
         CROSS JOIN generate_series(1, given.communes)) AS spread
 USING (year, kind, place);

-- In a commune the strongest area comes first.  An area may have met everything
-- before it is recognised: 26 in 2017, 45 in 2018, and 60 in 2019.
CREATE UNLOGGED TABLE phutho_demo.area_history AS
SELECT placed.*,
       CASE WHEN recognised_year IS NULL AND turn <= 60 THEN 2019
            WHEN recognised_year = 2018 AND turn <= 26 THEN 2017
            WHEN recognised_year = 2019 AND turn <= 45 THEN 2018
            ELSE recognised_year END AS ready_year
  FROM (SELECT recognised.*,
               row_number() OVER (PARTITION BY recognised_year ORDER BY phutho_demo.draw('turn ' || code), code) AS turn
          FROM (SELECT ordered.*,
                       (SELECT min(quota.year)
                          FROM (SELECT year, sum(areas) OVER (ORDER BY year) AS areas
                                  FROM phutho_demo.quota
                                 WHERE quota.commune_id = ordered.commune_id) AS quota
                         WHERE ordered.place <= quota.areas) AS recognised_year
                  FROM (SELECT *, row_number() OVER (PARTITION BY commune_id ORDER BY strength DESC, code) AS place
                          FROM phutho_demo.area) AS ordered) AS recognised) AS placed;

-- Some recognised areas slip by one criterion; some others do not report, most
-- of them in 2017, when the set was new.
INSERT INTO phutho_demo.target (unit_id, level, code, class, year, met)
SELECT id, 'area', code, class, year,
       CASE WHEN year > recognised_year AND phutho_demo.draw('slips ' || code) < 0.05 THEN 12
            WHEN year >= ready_year THEN 13
            WHEN ready_year IS NOT NULL THEN 13 - (ready_year - year) * (1 + round(phutho_demo.draw('steps ' || code)))
            ELSE least(6 + floor(7.7 * strength), 12)
                 - CASE WHEN year < 2019 THEN floor(2 * phutho_demo.draw('2018 ' || code)) ELSE 0 END
                 - CASE WHEN year < 2018 THEN floor(3 * phutho_demo.draw('2017 ' || code)) ELSE 0 END
       END
  FROM phutho_demo.area_history
 CROSS JOIN generate_series(2017, 2019) AS year
 WHERE ready_year IS NOT NULL
    OR phutho_demo.draw(format('silent %s %s', code, year)) >= CASE year WHEN 2017 THEN 0.20 WHEN 2018 THEN 0.06 ELSE 0.02 END;

ANALYZE phutho_demo.target;
