-- How many criteria each commune meets at the end of each year.  Published are
-- the numbers of communes recognised and the means; which communes, and how the
-- others spread, is generated.

-- Every commune has a rank, and the first ones are recognised first.
CREATE UNLOGGED TABLE phutho_demo.commune_rank AS
SELECT ranked.*,
       (SELECT min(published.year)
          FROM (VALUES (2013, 2), (2014, 10), (2015, 19), (2016, 40), (2017, 60), (2018, 80), (2019, 106))
            AS published (year, recognised)
         WHERE ranked.rank <= published.recognised) AS recognised_year
  FROM (SELECT id, code, district,
               row_number() OVER (ORDER BY phutho_demo.draw('rank ' || code) + delay, code) AS rank
          FROM phutho_demo.commune) AS ranked;

-- Registered to be recognised: those who then are, and the next three or four,
-- who have to try again.
CREATE UNLOGGED TABLE phutho_demo.registration AS
SELECT commune_rank.id, plan.year
  FROM (VALUES (2017, 41, 63), (2018, 61, 83), (2019, 81, 110)) AS plan (year, first, last)
  JOIN phutho_demo.commune_rank ON commune_rank.rank BETWEEN plan.first AND plan.last;

-- What the generator is to bring about: criteria met, by unit and year.
CREATE UNLOGGED TABLE phutho_demo.target (
    unit_id bigint,
    level   text,
    code    text COLLATE "C",
    class   text,
    year    integer,
    met     integer,
    PRIMARY KEY (unit_id, year)
);

-- The spread, chosen so that the mean is the published one: how many communes
-- meet 19 criteria, 18, 17 and so on down.  A few recognised ones slip; a few
-- others meet everything and are not recognised yet.
CREATE UNLOGGED TABLE phutho_demo.spread AS
SELECT given.year, given.recognised, 20 - band.position AS met,
       row_number() OVER (PARTITION BY given.year, given.recognised ORDER BY band.position) AS place
  FROM (VALUES
        (2017, true,  ARRAY[58, 2]),
        (2017, false, ARRAY[2, 3, 6, 8, 10, 12, 14, 22, 24, 26, 22, 15, 12, 7, 4]),
        (2018, true,  ARRAY[76, 3, 1]),
        (2018, false, ARRAY[2, 4, 6, 8, 9, 12, 14, 17, 22, 23, 19, 14, 9, 8]),
        (2019, true,  ARRAY[100, 4, 2]),
        (2019, false, ARRAY[3, 5, 7, 8, 10, 14, 16, 18, 20, 17, 13, 10])
       ) AS given (year, recognised, bands)
 CROSS JOIN LATERAL unnest(given.bands) WITH ORDINALITY AS band (communes, position)
 CROSS JOIN LATERAL generate_series(1, band.communes);

-- Within the year communes take their places by rank, with some luck; of the
-- recognised ones it is an early one that slips.
INSERT INTO phutho_demo.target (unit_id, level, code, class, year, met)
SELECT commune.id, 'commune', commune.code, 'other', commune.year, spread.met
  FROM (SELECT state.*,
               row_number() OVER (PARTITION BY year, recognised
                                  ORDER BY CASE WHEN NOT recognised THEN rank + 12 * phutho_demo.draw(format('luck %s %s', code, year))
                                                WHEN recognised_year < 2017 THEN phutho_demo.draw('slips ' || code)
                                                ELSE 0 END, code) AS place
          FROM (SELECT commune_rank.*, year, coalesce(recognised_year <= year, false) AS recognised
                  FROM phutho_demo.commune_rank
                 CROSS JOIN generate_series(2017, 2019) AS year) AS state) AS commune
  JOIN phutho_demo.spread USING (year, recognised, place);
