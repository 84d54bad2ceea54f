-- The units change: on 1 January 2020, on 1 January 2025 and on 1 July 2025.
-- What became of which unit is loaded as far as it is published; for the rest
-- the line in unit_change says that it is not recorded.

CREATE UNLOGGED TABLE phutho_demo.unit_of_2020 (
    code            text COLLATE "C",
    name_vi         text,
    unit_type       text,
    parent_code     text,
    parent_name_vi  text,
    source          text,
    licence         text
);

\ir units-2020.sql

CREATE UNLOGGED TABLE phutho_demo.lineage_of_2025 (
    old_code        text COLLATE "C",
    old_name_vi     text,
    old_province_code text,
    new_code        text COLLATE "C",
    new_name_vi     text,
    new_province_code text,
    share           text,
    effective_date  date,
    source          text
);

\ir lineage-2025.sql

-- What the resolutions of 2019 and 2024 say, as far as it is public.  A commune
-- that took in others goes on under its name, but is another unit.
CREATE UNLOGGED TABLE phutho_demo.known_change (
    change_date     date,
    old_name        text,
    new_name        text,
    complete        boolean
);

-- 828/NQ-UBTVQH14: what became Hùng Xuyên (defzone.net/wiki/Hùng_Xuyên), and some
-- that took in others which are not named (dantocmiennui.vn, 282072).
INSERT INTO phutho_demo.known_change
VALUES ('2020-01-01', 'Xã Đông Khê', 'Xã Hùng Xuyên', true),
       ('2020-01-01', 'Xã Hùng Quan', 'Xã Hùng Xuyên', true),
       ('2020-01-01', 'Xã Nghinh Xuyên', 'Xã Hùng Xuyên', true);

INSERT INTO phutho_demo.known_change
SELECT '2020-01-01', name, name, false
  FROM unnest(ARRAY['Phường Minh Nông', 'Xã Thanh Minh', 'Phường Hùng Vương', 'Phường Phong Châu', 'Xã Đan Thượng', 'Xã Hiền Lương',
                    'Xã Xuân Áng', 'Xã Vĩnh Chân', 'Xã Yên Kỳ', 'Xã Hanh Cù', 'Xã Mạn Lạn', 'Xã Hoàng Cương', 'Xã Tu Vũ']) AS enlarged (name);

-- 1282/NQ-UBTVQH15 (baophutho.vn, 223186).  Hùng Long and Phú Khê bear since then
-- the codes of communes that ended, hence took in those or others.
INSERT INTO phutho_demo.known_change
VALUES ('2025-01-01', 'Phường Nông Trang', 'Phường Nông Trang', true),
       ('2025-01-01', 'Phường Vân Cơ', 'Phường Nông Trang', true),
       ('2025-01-01', 'Phường Thọ Sơn', 'Phường Thọ Sơn', true),
       ('2025-01-01', 'Phường Bến Gót', 'Phường Thọ Sơn', true),
       ('2025-01-01', 'Xã Chân Mộng', 'Xã Chân Mộng', true),
       ('2025-01-01', 'Xã Minh Phú', 'Xã Chân Mộng', true),
       ('2025-01-01', 'Xã Vụ Quang', 'Xã Chân Mộng', true),
       ('2025-01-01', 'Xã Yên Kiện', 'Xã Yên Kiện', true),
       ('2025-01-01', 'Xã Minh Tiến', 'Xã Yên Kiện', true),
       ('2025-01-01', 'Xã Tiêu Sơn', 'Xã Yên Kiện', true),
       ('2025-01-01', 'Xã Hùng Long', 'Xã Hùng Long', false),
       ('2025-01-01', 'Xã Phú Khê', 'Xã Phú Khê', false);

-- The lists before and after each of the two reforms.
CREATE UNLOGGED TABLE phutho_demo.listed (
    change_date     date,
    code            text COLLATE "C",
    name            text,
    PRIMARY KEY (change_date, name)
);

INSERT INTO phutho_demo.listed
SELECT '2020-01-01', code, name_vi FROM phutho_demo.unit_of_2020
 UNION ALL
SELECT DISTINCT '2025-01-01'::date, old_code, old_name_vi FROM phutho_demo.lineage_of_2025 WHERE old_province_code = '25';

CREATE VIEW phutho_demo.commune_now AS
SELECT commune.id, commune.code, commune.name, commune.parent_id, commune.in_programme
  FROM unit AS commune
 WHERE commune.level = 'commune' AND commune.valid_to IS NULL;

-- One reform: communes that are on the list no longer, or are known to have
-- merged, end; where it is not known into what, with their areas.  Those that
-- are new on the list begin, in the district of a predecessor, or of the commune
-- whose code they bear.  A commune that goes on under its name and another
-- code is the same one.
CREATE PROCEDURE phutho_demo.reform(day date, resolution text)
    LANGUAGE plpgsql
AS $$
BEGIN
    CREATE UNLOGGED TABLE phutho_demo.ending AS
    SELECT now.*, known.new_name
      FROM phutho_demo.commune_now AS now
      LEFT JOIN phutho_demo.known_change AS known ON known.change_date = day AND known.old_name = now.name
     WHERE known.new_name IS NOT NULL
        OR NOT EXISTS (SELECT FROM phutho_demo.listed WHERE listed.change_date = day AND listed.name = now.name)
           AND now.name <> 'Xã Tân Phú';

    CREATE UNLOGGED TABLE phutho_demo.beginning AS
    SELECT DISTINCT ON (listed.name) listed.code, listed.name, before.parent_id, coalesce(same.in_programme, listed.name LIKE 'Xã %') AS in_programme
      FROM phutho_demo.listed
      LEFT JOIN phutho_demo.ending AS before ON before.new_name = listed.name OR before.code = listed.code
      LEFT JOIN phutho_demo.ending AS same ON same.name = listed.name
     WHERE listed.change_date = day
       AND (same.id IS NOT NULL OR NOT EXISTS (SELECT FROM phutho_demo.commune_now AS now WHERE now.name = listed.name))
       AND listed.name <> 'Thị trấn Tân Phú'
     ORDER BY listed.name, before.new_name IS NULL;

    UPDATE unit SET valid_to = day
     WHERE unit.id IN (SELECT ending.id FROM phutho_demo.ending)
        OR unit.parent_id IN (SELECT ending.id FROM phutho_demo.ending WHERE ending.new_name IS NULL);

    INSERT INTO unit (code, name, level, kind, parent_id, classes, in_programme, valid_from)
    SELECT b.code, b.name, 'commune', CASE WHEN b.name LIKE 'Thị trấn %' THEN 'thị trấn' ELSE lower(split_part(b.name, ' ', 1)) END,
           b.parent_id, '{TDMNPB}', b.in_programme, day
      FROM phutho_demo.beginning AS b
     ORDER BY b.code;

    INSERT INTO unit_change (predecessor_id, successor_id, change_date, basis)
    SELECT ending.id, successor.id, day, resolution
      FROM phutho_demo.ending
      LEFT JOIN unit AS successor ON successor.name = ending.new_name AND successor.valid_from = day
     UNION ALL
    SELECT NULL, successor.id, day, resolution
      FROM phutho_demo.beginning
      JOIN unit AS successor ON successor.name = beginning.name AND successor.valid_from = day
      LEFT JOIN phutho_demo.known_change AS known ON known.change_date = day AND known.new_name = beginning.name
     GROUP BY successor.id
    HAVING bool_and(known.complete) IS NOT TRUE;

    PERFORM change_unit(now.id, day, 'code as in the list of 2025; since when is not published', code => listed.code)
       FROM phutho_demo.commune_now AS now
       JOIN phutho_demo.listed ON listed.change_date = day AND listed.name = now.name AND listed.code <> now.code;

    DROP TABLE phutho_demo.ending, phutho_demo.beginning;
END
$$;

CALL phutho_demo.reform('2020-01-01', '828/NQ-UBTVQH14, 17/12/2019');
CALL phutho_demo.reform('2025-01-01', '1282/NQ-UBTVQH15, 14/11/2024');

SELECT change_unit(commune.id, '2025-01-01', 'kind as in the list of 2025; since when is not published',
                   name => 'Thị trấn Tân Phú', kind => 'thị trấn', in_programme => false) AS changed
  FROM phutho_demo.commune_now AS commune
 WHERE commune.name = 'Xã Tân Phú' \gset

-- Hòa Bình and Vĩnh Phúc as the list of 2025 has them: without districts, and
-- from that year on, since earlier states are not at hand.
INSERT INTO unit (code, name, level, kind, valid_from)
VALUES ('17', 'Tỉnh Hòa Bình', 'province', 'tỉnh', '2025-01-01'),
       ('26', 'Tỉnh Vĩnh Phúc', 'province', 'tỉnh', '2025-01-01');

INSERT INTO unit (code, name, level, kind, parent_id, in_programme, valid_from)
SELECT DISTINCT given.old_code, given.old_name_vi, 'commune',
       CASE WHEN given.old_name_vi LIKE 'Thị trấn %' THEN 'thị trấn' ELSE lower(split_part(given.old_name_vi, ' ', 1)) END,
       province.id, given.old_name_vi LIKE 'Xã %', '2025-01-01'::date
  FROM phutho_demo.lineage_of_2025 AS given
  JOIN unit AS province ON province.level = 'province' AND province.code = given.old_province_code
 WHERE given.old_province_code <> '25'
 ORDER BY given.old_code;

-- On 1 July 2025 the three provinces become one, and the districts end.  Thu Cúc
-- and Trung Sơn stay as they are; how much of the three communes that were
-- divided went where is not published.
CREATE UNLOGGED TABLE phutho_demo.kept AS
SELECT min(old_code) AS code
  FROM phutho_demo.lineage_of_2025
 GROUP BY new_code
HAVING count(*) = 1;

UPDATE unit
   SET valid_to = '2025-07-01'
 WHERE level <> 'area' AND valid_to IS NULL
   AND NOT (level = 'commune' AND code IN (SELECT kept.code FROM phutho_demo.kept));

INSERT INTO unit (code, name, level, kind, valid_from)
VALUES ('25', 'Tỉnh Phú Thọ', 'province', 'tỉnh', '2025-07-01');

INSERT INTO unit (code, name, level, kind, parent_id, classes, in_programme, valid_from)
SELECT given.new_code, given.new_name_vi, 'commune', lower(split_part(given.new_name_vi, ' ', 1)), province.id, '{}',
       given.new_name_vi LIKE 'Xã %', '2025-07-01'::date
  FROM (SELECT DISTINCT new_code, new_name_vi
          FROM phutho_demo.lineage_of_2025
         WHERE new_code NOT IN (SELECT kept.code FROM phutho_demo.kept)) AS given
 CROSS JOIN unit AS province
 WHERE province.level = 'province' AND province.valid_from = '2025-07-01'
 ORDER BY given.new_code;

SELECT count(change_unit(commune.id, '2025-07-01', '203/2025/QH15', parent_id => province.id)) AS moved
  FROM unit AS commune, unit AS province
 WHERE commune.level = 'commune' AND commune.valid_to IS NULL AND commune.code IN (SELECT kept.code FROM phutho_demo.kept)
   AND province.level = 'province' AND province.valid_from = '2025-07-01' \gset

INSERT INTO unit_change (predecessor_id, successor_id, share, change_date, basis)
SELECT old.id, new.id, CASE given.share WHEN 'full' THEN 1 END, '2025-07-01'::date, '1676/NQ-UBTVQH15, 16/6/2025'
  FROM phutho_demo.lineage_of_2025 AS given
  JOIN unit AS old ON old.level = 'commune' AND old.code = given.old_code AND old.valid_to = '2025-07-01'
  JOIN unit AS new ON new.level = 'commune' AND new.code = given.new_code AND new.valid_from = '2025-07-01'
 UNION ALL
SELECT old.id, CASE old.level WHEN 'province' THEN new.id END, 1, '2025-07-01',
       CASE old.level WHEN 'province' THEN '202/2025/QH15, 12/6/2025' ELSE '203/2025/QH15' END
  FROM unit AS old
  JOIN unit AS new ON new.level = 'province' AND new.valid_from = '2025-07-01'
 WHERE old.level IN ('province', 'district') AND old.valid_to = '2025-07-01';

ANALYZE unit, unit_state, unit_change;
