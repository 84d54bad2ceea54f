-- Import: what a spreadsheet gives, read, resolved and recorded.
BEGIN;
SET search_path = ntm, public;
SELECT plan(45);
\ir registry.psql

-- values as typed
SELECT results_eq(
    $$SELECT v.typed, r.number, r.applicable, r.reason
        FROM (VALUES (1, '95,5%'), (2, '95.5 %'), (3, ' 12 '), (4, '100%'), (5, '0,955'), (6, '-3,5'), (7, '1.234'), (8, '1,234'),
                     (9, '95,5%%x'), (10, ''), (11, NULL), (12, 'Không áp dụng'), (13, 'chưa có số liệu'), (14, 'Không'), (15, 'x'),
                     (16, U&'95,5\00A0%')) AS v (place, typed)
       CROSS JOIN LATERAL read_value(v.typed, 'percent') AS r ORDER BY v.place$$,
    $$VALUES ('95,5%', 95.5, true, NULL), ('95.5 %', 95.5, true, NULL), (' 12 ', 12, true, NULL), ('100%', 100, true, NULL),
             ('0,955', 0.955, true, NULL), ('-3,5', -3.5, true, NULL),
             ('1.234', NULL, NULL, 'ambiguous number: 1234 or 1.234'), ('1,234', NULL, NULL, 'ambiguous number: 1234 or 1.234'),
             ('95,5%%x', NULL, NULL, 'not a number'), ('', NULL, NULL, 'no value'), (NULL, NULL, NULL, 'no value'),
             ('Không áp dụng', NULL, false, NULL), ('chưa có số liệu', NULL, true, NULL), ('Không', NULL, NULL, 'not a number'),
             ('x', NULL, NULL, 'not a number'), (U&'95,5\00A0%', 95.5, true, NULL)$$,
    'percentages are read as typed; what may be either is refused');
SELECT results_eq(
    $$SELECT v.typed, r.number, r.reason
        FROM (VALUES (1, '1.234.567'), (2, '1,234,567'), (3, '1 234'), (4, '1.234,5'), (5, '1,234.5'), (6, '1 234,56'), (7, '1234.567'),
                     (8, '1.23.456'), (9, '1,2,3'), (10, ',5'), (11, '5,'), (12, '1e3'), (13, '10²'), (14, '36,5 triệu'), (15, 'Không'),
                     (16, '45%'), (17, '0,1234567'), (18, '9200000000000'), (19, '−5'), (20, '+7'), (21, '12.345.678,9'), (22, 'NaN')) AS v (place, typed)
       CROSS JOIN LATERAL read_value(v.typed, 'number') AS r ORDER BY v.place$$,
    $$VALUES ('1.234.567', 1234567, NULL), ('1,234,567', 1234567, NULL), ('1 234', 1234, NULL), ('1.234,5', 1234.5, NULL), ('1,234.5', 1234.5, NULL),
             ('1 234,56', 1234.56, NULL), ('1234.567', 1234.567, NULL), ('1.23.456', NULL, 'not a number'), ('1,2,3', NULL, 'not a number'),
             (',5', NULL, 'not a number'), ('5,', NULL, 'not a number'), ('1e3', NULL, 'not a number'), ('10²', NULL, 'not a number'),
             ('36,5 triệu', NULL, 'not a number'), ('Không', 0, NULL), ('45%', NULL, 'a percentage, but the measure is not one'),
             ('0,1234567', NULL, 'has more than 6 decimals, or is too large'), ('9200000000000', NULL, 'has more than 6 decimals, or is too large'),
             ('−5', -5, NULL), ('+7', 7, NULL), ('12.345.678,9', 12345678.9, NULL), ('NaN', NULL, 'not a number')$$,
    'numbers, with thousands and decimals either way');
SELECT results_eq(
    $$SELECT v.typed, r.number, r.reason
        FROM (VALUES (1, '1.234'), (2, '1,234'), (3, '12,5'), (4, '57')) AS v (place, typed)
       CROSS JOIN LATERAL read_value(v.typed, 'count') AS r ORDER BY v.place$$,
    $$VALUES ('1.234', 1234::numeric, NULL), ('1,234', 1234, NULL), ('12,5', NULL, 'not a whole number'), ('57', 57, NULL)$$,
    'a count has no decimals, so that its separators are those of thousands');
SELECT results_eq(
    $$SELECT string_agg(v.typed, ' | ' ORDER BY v.place), r.number, r.reason
        FROM (VALUES (1, 'Đạt'), (2, 'ĐẠT'), (3, U&'\0110a\0323t'), (4, 'Có'), (5, 'x'), (6, 'X'), (7, '✓'), (8, '1'), (9, 'true'), (10, 'đạt chuẩn'),
                     (11, 'Không đạt'), (12, 'chưa đạt'), (13, 'Không'), (14, '0'), (15, 'false'), (16, '2'), (17, '100%'), (18, 'ok')) AS v (place, typed)
       CROSS JOIN LATERAL read_value(v.typed, 'yes_no') AS r GROUP BY 2, 3 ORDER BY min(v.place)$$,
    $$VALUES (U&'Đạt | ĐẠT | \0110a\0323t | Có | x | X | ✓ | 1 | true | đạt chuẩn', 1::numeric, NULL),
             ('Không đạt | chưa đạt | Không | 0 | false', 0, NULL), ('2 | 100% | ok', NULL, 'neither yes nor no')$$,
    'yes and no in all their spellings');

-- names
SELECT is(plain_name(U&'  X\00E3   \0110\1ED3ng\00A0Lu\1EADn '), 'xa dong luan', 'a plain name has no diacritics, capitals or wide blanks');
SELECT is(plain_name('Hoà Bình'), plain_name('Hòa Bình'), 'where the mark stands does not matter');
SELECT results_eq($$SELECT short_name('Thị xã Phú Thọ'), short_name('Phường 1'), short_name('Khu 1')$$, $$VALUES ('phu tho', 'phuong 1', 'khu 1')$$, 'a unit is also known without its kind');

INSERT INTO unit (code, name, level, parent_id, valid_from, valid_to)
SELECT v.code, v.name, v.level, pg_temp.id(v.parent), v.valid_from::date, v.valid_to::date
  FROM (VALUES ('07978', 'Xã Hùng Quan', 'commune', 'D1', NULL, '2019-07-01'), ('07978', 'Xã Hùng Xuyên', 'commune', 'D1', '2019-07-01', NULL),
               ('D3', 'Huyện Tân Sơn', 'district', 'P', NULL, NULL), ('X1', 'Xã Đông Khê', 'commune', 'D1', NULL, NULL),
               ('X2', 'Xã Đồng Khê', 'commune', 'D2', NULL, NULL)) AS v (code, name, level, parent, valid_from, valid_to);
INSERT INTO unit (code, name, level, parent_id)
SELECT v.code, 'Khu 1', 'area', pg_temp.id(v.parent) FROM (VALUES ('K1', 'X1'), ('K2', 'X2')) AS v (code, parent);

-- good rows
INSERT INTO import_row (unit, year, measure, value)
VALUES ('C1', '2018', 'water', '95,5%'), ('c1 ', '2018', 'has_plan', 'Đạt'), ('Commune 1', '2018', 'Income', '36,5'),
       ('commune 1', '2019', '2.1', '96'), (' C1', '2019', '1', 'Không đạt'), ('Commune 1, District 1', '2019', '3', 'n/a');
SELECT results_eq($$SELECT * FROM import_measurements(source => 'form 5')$$, $$VALUES (6::bigint, 5::bigint, 0::bigint, 1::bigint, 2::bigint)$$, 'good rows are recorded');
SELECT results_eq($$SELECT unit, reason FROM import_row$$, $$VALUES ('c1 ', 'unknown unit')$$, 'a code is taken as it is; a bad row stays');
UPDATE import_row SET unit = 'C1';
SELECT results_eq($$SELECT * FROM import_measurements(source => 'form 5, mended')$$, $$VALUES (1::bigint, 1::bigint, 0::bigint, 0::bigint, 1::bigint)$$, 'mended, it is recorded too');
SELECT results_eq(
    $$SELECT year, measures::text, source FROM report ORDER BY id$$,
    $$VALUES (2018, '{"income": 36.5, "water": 95.5}', 'form 5'), (2019, '{"has_plan": 0, "income": "n/a", "water": 96}', 'form 5'), (2018, '{"has_plan": 1}', 'form 5, mended')$$,
    'one report for each unit and year, whatever the spellings');
SELECT is_empty($$SELECT * FROM import_row$$, 'what is recorded leaves');

-- the same again
INSERT INTO import_row (batch, unit, year, measure, value)
VALUES ('another name', 'C1', '2018', 'water', '95.50'), ('another name', 'C1', '2018', '1', 'x'), ('another name', 'C1', '2019', 'income', 'Không áp dụng');
SELECT results_eq($$SELECT * FROM import_measurements('another name')$$, $$VALUES (3::bigint, 0::bigint, 3::bigint, 0::bigint, 0::bigint)$$, 'what is known goes in no second time, under whatever name and spelling');
SELECT is_empty($$SELECT * FROM import_row$$, 'and leaves as well');
SELECT pg_temp.tell('C1', 2018, '{"water": 90}') \g /dev/null
INSERT INTO import_row (unit, year, measure, value) VALUES ('C1', '2018', 'water', '95,5%');
SELECT results_eq($$SELECT recorded, known, refused FROM import_measurements()$$, $$VALUES (0::bigint, 0::bigint, 1::bigint)$$, 'an old file does not undo a correction');
SELECT matches((SELECT reason FROM import_row), '^reported before \(report \d+\) and corrected since$', 'but says so');
SELECT results_eq($$SELECT recorded FROM import_measurements(again => true)$$, $$VALUES (1::bigint)$$, 'unless it is meant');
SELECT is((SELECT measures -> 'water' FROM dossier WHERE unit_id = pg_temp.id('C1') AND year = 2018), 95.5, 'then it counts again');

-- bad rows
CREATE FUNCTION pg_temp.refusal(unit text, year text, measure text, value text) RETURNS text
    LANGUAGE plpgsql
AS $$
DECLARE
    said text;
BEGIN
    INSERT INTO import_row (batch, unit, year, measure, value) VALUES ('bad', unit, year, measure, value);
    PERFORM import_measurements('bad');
    DELETE FROM import_row WHERE batch = 'bad' RETURNING concat_ws(' -> ', reason, proposal) INTO said;
    RETURN said;
END
$$;
SELECT is(pg_temp.refusal('Comune 1', '2018', 'water', '1'), 'unknown unit -> Commune 1 (C1); Commune 2 (C2); Commune 3 (C3)', 'an unknown unit, with names that are near');
SELECT is(pg_temp.refusal('?', '2018', 'water', '1'), 'unknown unit', 'or with none');
SELECT is(pg_temp.refusal(NULL, '2018', 'water', '1'), 'unknown unit', 'no unit');
SELECT is(pg_temp.refusal('dong khe', '2018', 'water', '1'), 'ambiguous unit: 2 -> Xã Đông Khê, District 1, Province (X1); Xã Đồng Khê, District 2, Province (X2)', 'a name of two units, with both');
SELECT is(pg_temp.refusal('C1', '2018', 'watr', '1'), 'unknown measure -> water', 'an unknown measure, with names that are near');
SELECT is(pg_temp.refusal('C1', '2018', '9.9', '1'), 'unknown measure', 'a number that the set does not have');
SELECT is(pg_temp.refusal('C1', '2018', '2', '1'), 'the node has no measure of its own', 'a node that only judges others');
SELECT is(pg_temp.refusal('C1', '2018', 'water', '101%'), 'out of range: 0 to 100', 'an impossible value');
SELECT is(pg_temp.refusal('C1', '2018', 'water', '1.234'), 'ambiguous number: 1234 or 1.234', 'an ambiguous one');
SELECT is(pg_temp.refusal('C1', (extract(year FROM CURRENT_DATE) + 1)::text, 'water', '1'), 'future year', 'a year to come');
SELECT is(pg_temp.refusal('C1', '18', 'water', '1'), 'unreadable year', 'a year that is none');
SELECT is(pg_temp.refusal('C1', '1999', 'water', '1'), 'year out of range: 2000 to 2100', 'a year too long ago');
SELECT is(pg_temp.refusal('hung xuyen', '2018', 'water', '1'), 'the unit did not exist in that year -> Xã Hùng Xuyên'::text || ', District 1, Province (07978) from 2019-07-01 to …', 'a unit that did not exist yet');

-- which unit is meant
INSERT INTO import_row (unit, year, measure, value)
VALUES ('Đông Khê', '2018', 'water', '11'), ('Xã Đông Khê', '2017', 'water', '12'), ('Dong Khe, District 2', '2018', 'water', '13'),
       ('07978', '2018', 'water', '14'), ('07978', '2019', 'water', '15'), ('hung quan', '2019', 'water', '16'),
       ('Khu 1, đồng khê, district 2', '2018', 'road', '17'), ('tan son', '2018', 'water', '18');
SELECT results_eq($$SELECT recorded, refused FROM import_measurements()$$, $$VALUES (7::bigint, 1::bigint)$$, 'units are found by code, name and place');
SELECT results_eq($$SELECT unit, reason FROM import_row$$, $$VALUES ('Đông Khê', 'ambiguous unit: 2')$$, 'a name without its kind is any of those that are called so');
SELECT results_eq(
    $$SELECT unit_name, unit_code, year, value FROM measurement WHERE value BETWEEN 11 AND 18 ORDER BY value$$,
    $$VALUES ('Xã Đông Khê', 'X1', 2017, 12::numeric), ('Xã Đồng Khê', 'X2', 2018, 13), ('Xã Hùng Quan', '07978', 2018, 14),
             ('Xã Hùng Xuyên', '07978', 2019, 15), ('Xã Hùng Quan', '07978', 2019, 16), ('Khu 1', 'K2', 2018, 17), ('Huyện Tân Sơn', 'D3', 2018, 18)$$,
    'a code is the unit of its year, a name as typed comes before one without diacritics');
SELECT results_eq($$SELECT recorded FROM import_measurements(within => pg_temp.id('D1'))$$, $$VALUES (1::bigint)$$, 'units can be narrowed down to a place');
INSERT INTO import_row (unit, year, measure, value) VALUES ('Khu 1', '2017', 'road', '19');
SELECT results_eq($$SELECT refused FROM import_measurements(level => 'commune')$$, $$VALUES (1::bigint)$$, 'or a level');
DELETE FROM import_row;

-- duplicates
INSERT INTO import_row (unit, year, measure, value)
VALUES ('C2', '2018', 'water', '50'), ('Commune 2', '2018', '2.1', '50%'), ('C2', '2018', 'income', '20'), ('C2', '2018', '3', '21');
SELECT results_eq($$SELECT * FROM import_measurements()$$, $$VALUES (4::bigint, 1::bigint, 1::bigint, 2::bigint, 1::bigint)$$, 'the same fact twice is one; two values are none');
SELECT results_eq($$SELECT DISTINCT reason FROM import_row$$, $$VALUES ('duplicate: the batch has other values too')$$, 'and both stay');
SELECT is((SELECT measures::text FROM dossier WHERE unit_id = pg_temp.id('C2')), '{"water": 50}', 'the dossier has what was clear');
DELETE FROM import_row;

-- withdrawing, batches, titles
INSERT INTO import_row (batch, unit, year, measure, value) VALUES ('b1', 'C2', '2018', 'Hygienic water', 'Chưa có số liệu'), ('b2', 'C2', '2018', 'income', '7');
SELECT results_eq($$SELECT recorded FROM import_measurements('b1')$$, $$VALUES (1::bigint)$$, 'a title names the measure');
SELECT is((SELECT measures::text FROM dossier WHERE unit_id = pg_temp.id('C2')), '{"water": null}', 'what is not known any more is withdrawn');
SELECT results_eq($$SELECT batch, reason FROM import_row$$, $$VALUES ('b2', NULL)$$, 'another batch is not touched');
SELECT results_eq($$SELECT * FROM import_measurements('none')$$, $$VALUES (0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint)$$, 'an empty batch is no error');

-- many rows, in slices: nothing is lost
INSERT INTO import_row (batch, unit, year, measure, value)
SELECT 'many', 'C' || 1 + n % 3, (2010 + n % 5)::text, 'm', (n % 2)::text FROM generate_series(1, 300000) AS g (n);
INSERT INTO indicator (name) SELECT 'm' || n FROM generate_series(1, 2000) AS g (n);
UPDATE import_row SET measure = 'm' || (id % 2000 + 1) WHERE batch = 'many';
CREATE TABLE pg_temp.told AS SELECT * FROM import_measurements('many');
SELECT results_eq(
    $$SELECT taken, recorded + known + refused, refused = (SELECT count(*) FROM import_row WHERE batch = 'many'), reports FROM pg_temp.told$$,
    $$VALUES (300000::bigint, 300000::bigint, true, 15::bigint)$$, 'every row is recorded, known or kept');
SELECT is_empty($$SELECT * FROM check_dossiers()$$, 'every dossier is the merge of its reports');

SELECT * FROM finish();
ROLLBACK;
