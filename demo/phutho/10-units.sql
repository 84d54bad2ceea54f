-- The units: published down to the communes, generated below them.

CREATE UNLOGGED TABLE phutho_demo.published_unit (
    snapshot_date   date,
    level           text,
    code            text COLLATE "C",
    name_vi         text,
    unit_type       text,
    parent_code     text,
    parent_name_vi  text,
    province_code   text,
    source          text,
    licence         text
);

\ir units.sql

INSERT INTO class (code, title, cite)
VALUES ('TDMNPB', 'Trung du miền núi phía Bắc', '1980/QĐ-TTg'),
       ('DBKK', 'Đặc biệt khó khăn', 'illustrative');

-- The list is of 6 October 2019.  The borders are taken to have been the same
-- since before 2013, the year of the first recognitions, hence no valid_from.
INSERT INTO unit (code, name, level, kind)
SELECT code, name_vi, level, lower(unit_type)
  FROM phutho_demo.published_unit
 WHERE level = 'province';

INSERT INTO unit (code, name, level, kind, parent_id)
SELECT given.code, given.name_vi, given.level, lower(given.unit_type), province.id
  FROM phutho_demo.published_unit AS given
  JOIN unit AS province ON province.level = 'province' AND province.code = given.parent_code
 WHERE given.level = 'district'
 ORDER BY given.code;

-- The programme is for xã, not for wards and towns.  It counts 247 of the 248
-- xã; which one it leaves out is not published, so the first one of the list
-- stands in for it.
INSERT INTO unit (code, name, level, kind, parent_id, classes, in_programme)
SELECT given.code, given.name_vi, given.level, lower(given.unit_type), district.id, '{TDMNPB}',
       given.unit_type = 'Xã'
       AND given.code <> min(given.code) FILTER (WHERE given.unit_type = 'Xã') OVER ()
  FROM phutho_demo.published_unit AS given
  JOIN unit AS district ON district.level = 'district' AND district.code = given.parent_code
 WHERE given.level = 'commune'
 ORDER BY given.code;

-- The generator lets three mountain districts lag behind, and the city and the
-- plain next to it go ahead.
CREATE VIEW phutho_demo.commune AS
SELECT commune.id, commune.code COLLATE "C" AS code, district.name AS district,
       CASE WHEN district.name IN ('Huyện Thanh Sơn', 'Huyện Tân Sơn', 'Huyện Yên Lập') THEN 0.4
            WHEN district.name IN ('Thành phố Việt Trì', 'Huyện Lâm Thao') THEN -0.6
            ELSE 0 END AS delay
  FROM unit AS commune
  JOIN unit AS district ON district.id = commune.parent_id
 WHERE commune.level = 'commune' AND commune.in_programme;

-- Generated: 2,040 areas, the published number of 2024, for no list of them is
-- public.  A commune has 5 to 12; it is the running total that is rounded, so that they
-- add up.  In the mountains some are especially hard (class DBKK).
INSERT INTO unit (code, name, level, kind, parent_id, classes)
SELECT commune.code || '-' || lpad(n::text, 2, '0'), 'Khu ' || n, 'area', 'khu dân cư', commune.id,
       CASE WHEN commune.delay > 0 AND phutho_demo.draw('hard ' || commune.code || ' ' || n) < 0.35
            THEN '{DBKK}' ELSE '{}' END::text[]
  FROM (SELECT id, code, delay,
               round(2040 * sum(size) OVER (ORDER BY code) / sum(size) OVER ())
               - round(2040 * (sum(size) OVER (ORDER BY code) - size) / sum(size) OVER ()) AS areas
          FROM (SELECT *, 5 + 7 * phutho_demo.draw('size ' || code) AS size
                  FROM phutho_demo.commune) AS sized) AS commune
 CROSS JOIN generate_series(1, commune.areas::integer) AS n
 ORDER BY commune.code, n;

ANALYZE unit, unit_state;
