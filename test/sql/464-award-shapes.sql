-- The shapes of award policies that are published, each written as rows like the
-- resolution: from draft to awards.  Amounts are published ones unless a title
-- says otherwise.
BEGIN;
SET search_path = ntm, public;
SELECT plan(62);
\ir registry.psql

CREATE FUNCTION pg_temp.province(wanted text) RETURNS bigint
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO unit (code, name, level) VALUES (wanted, 'Province ' || wanted, 'province') RETURNING id;
END;

CREATE FUNCTION pg_temp.add(wanted text, place text, wanted_level text DEFAULT 'commune', wanted_classes text[] DEFAULT '{}') RETURNS bigint
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO unit (code, name, level, parent_id, classes)
    SELECT wanted, wanted, wanted_level, unit.id, wanted_classes FROM unit WHERE unit.code = place
    RETURNING id;
END;

CREATE FUNCTION pg_temp.recognise(wanted text, for_year integer, wanted_tier text DEFAULT 'standard', on_day date DEFAULT NULL) RETURNS bigint
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO recognition (unit_id, event, tier, year, event_date, decision, decision_date)
    SELECT unit.id, 'recognised', wanted_tier, for_year, coalesce(on_day, make_date(for_year, 11, 20)), 'QĐ', coalesce(on_day, make_date(for_year, 11, 20))
      FROM unit WHERE unit.code = wanted
    RETURNING id;
END;

CREATE FUNCTION pg_temp.plan_for(wanted text, for_year integer) RETURNS void
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO recognition_plan (unit_id, planned_year, cite) SELECT unit.id, for_year, 'roadmap' FROM unit WHERE unit.code = wanted;
END;

CREATE FUNCTION pg_temp.due(wanted text, about integer) RETURNS TABLE (code text, state text, amount numeric)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT e.code, e.state, e.amount FROM award_eligibility AS e WHERE e.policy_code = wanted AND e.year = about ORDER BY e.code;
END;

INSERT INTO class (code) VALUES ('KV1'), ('KV2'), ('KV3');

-- money as resolutions write it
SELECT results_eq(
    $$SELECT award_money(v.cell) FROM (VALUES ('500.000.000 đồng'), ('500 triệu'), ('1,25 tỷ'), ('1.25 tỷ đồng'), ('2 tỉ'), ('350000000'), ('1.200,5 triệu đồng'), ('500 000 000 đ'), ('0'), ('1.5'), ('nhiều'), ('5 %'), ('-5'), (''), (NULL)) AS v (cell)$$,
    $$VALUES (500000000::numeric), (500000000), (1250000000), (1250000000), (2000000000), (350000000), (1200500000), (500000000), (0), (NULL), (NULL), (NULL), (NULL), (NULL), (NULL)$$,
    'amounts are read as resolutions write them, and nothing else');
SELECT results_eq(
    $$SELECT v.cell, award_money(v.cell)
        FROM unnest(ARRAY['500 triệu đồng (năm trăm triệu đồng)', '300 triệu đồng/thôn/năm;', '500 Tr.đ', '1.250 triệu đồng/xã', '1.000 triệu', '500 triệu đồng/xã', '500 triệu/thôn (bản).', '500tr', '500 trđ', '1 tỷ 250 triệu', '2 tỷ 500 triệu đồng', '500.000 nghìn đồng', '500 ngàn đồng',
                          '500,000,000 đồng', '500,000 đồng', '500.000 đồng', '3 tỷ đồng.', '500 triệu VNĐ', '500 TRIỆU ĐỒNG', '500000', '1.250.000', '1,200.5 triệu', '1.200,5 triệu', '2 tỷ 1 triệu 500 nghìn',
                          '500' || chr(160) || '000' || chr(160) || '000' || chr(160) || 'đ', normalize('1 tỷ 250 triệu đồng', NFD)]) AS v (cell)$$,
    $$VALUES ('500 triệu đồng (năm trăm triệu đồng)', 500000000::numeric), ('300 triệu đồng/thôn/năm;', 300000000), ('500 Tr.đ', 500000000), ('1.250 triệu đồng/xã', 1250000000), ('1.000 triệu', 1000000000), ('500 triệu đồng/xã', 500000000), ('500 triệu/thôn (bản).', 500000000), ('500tr', 500000000), ('500 trđ', 500000000),
             ('1 tỷ 250 triệu', 1250000000), ('2 tỷ 500 triệu đồng', 2500000000), ('500.000 nghìn đồng', 500000000), ('500 ngàn đồng', 500000), ('500,000,000 đồng', 500000000), ('500,000 đồng', 500000), ('500.000 đồng', 500000),
             ('3 tỷ đồng.', 3000000000), ('500 triệu VNĐ', 500000000), ('500 TRIỆU ĐỒNG', 500000000), ('500000', 500000), ('1.250.000', 1250000), ('1,200.5 triệu', 1200500000), ('1.200,5 triệu', 1200500000), ('2 tỷ 1 triệu 500 nghìn', 2001500000),
             ('500' || chr(160) || '000' || chr(160) || '000' || chr(160) || 'đ', 500000000), (normalize('1 tỷ 250 triệu đồng', NFD), 1250000000)$$,
    'the spellings of resolutions');
SELECT is_empty(
    $$SELECT v.cell, award_money(v.cell)
        FROM unnest(ARRAY['500 triệu (2 lần)', 'không quá 500 triệu đồng', '(năm trăm)', '/xã', '1,000 triệu', '1,250 triệu', '1,250 tỷ', '1.250 tỷ', '500,000', '500.000', '500 000', '1 250 triệu', '2016 500 triệu', '1 2 tỷ', '2 50 triệu', '5 00', '1.250,000', '1.000 000 đồng', '1.5', '1,5 đồng', '1,5 nghìn',
                          'nửa tỷ', '-5 triệu', '2 - 3 tỷ', '2 tỷ 500', '2 tỷ rưỡi', '500 triệu 1 tỷ', '1 tỷ 1000 triệu', '1,5 tỷ 250 triệu', '500 triệu/2 xã', '500 triệu đồng đồng', '0.000.001 đồng', 'triệu', 'đồng', '/xã', '.']) AS v (cell)
       WHERE award_money(v.cell) IS NOT NULL$$,
    'what is no amount, or could be two, is not read');
-- every amount in every spelling: d(n, ',') groups the digits of n by commas
CREATE FUNCTION pg_temp.d(n bigint, separator text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN replace(ltrim(to_char(n, '999G999G999G999G999')), ',', separator);
CREATE TEMPORARY VIEW spelling AS
SELECT millions.n * 1000000 AS amount, v.cell || v.tail AS cell, v.ambiguous
  FROM (SELECT n::bigint FROM unnest(ARRAY[1, 50, 150, 500, 999, 1000, 1250, 2000, 8450, 10000, 13300, 30000, 123456, 1000000, 2500000]) AS listed (n)
         UNION SELECT 1 + i * 7919 % 99991 FROM generate_series(1, 60) AS g (i)) AS millions (n)
 CROSS JOIN LATERAL (
       SELECT spelt.cell, e.tail, spelt.ambiguous
         FROM (VALUES (n * 1000000 || '', false), (pg_temp.d(n * 1000000::bigint, '.') || '', false), (pg_temp.d(n * 1000000::bigint, ',') || '', false), (pg_temp.d(n * 1000000::bigint, ' ') || '', false)) AS spelt (cell, ambiguous)
        CROSS JOIN (VALUES (''), ('.'), (' đồng'), ('đ'), (' VNĐ.'), (' vnd/xã')) AS e (tail)
        UNION ALL
       SELECT spelt.cell, e.tail, spelt.ambiguous
         FROM (VALUES (n || ' triệu', false), (n || 'tr', false), (pg_temp.d(n, '.') || ' triệu', false),
                      (pg_temp.d(n, ',') || ' triệu', n BETWEEN 1000 AND 999999), (pg_temp.d(n, ' ') || ' triệu', n BETWEEN 1000 AND 999999),
                      (pg_temp.d(n * 1000, '.') || ' nghìn', false), (pg_temp.d(n * 1000, ',') || ' ngàn', false),
                      (CASE WHEN n >= 1000 THEN n / 1000 || ' tỷ' || coalesce(' ' || nullif(n % 1000, 0) || ' triệu', '') END, false),
                      (CASE WHEN n % 10 = 0 THEN trim_scale(n / 1000.0) || ' tỷ' END, false), (CASE WHEN n % 10 = 0 THEN replace(trim_scale(n / 1000.0)::text, '.', ',') || ' tỉ' END, false),
                      (CASE WHEN n % 10 <> 0 AND n > 1000 THEN round(n / 1000.0, 3) || ' tỷ' END, true), (CASE WHEN n % 10 <> 0 AND n > 1000 THEN replace(round(n / 1000.0, 3)::text, '.', ',') || ' tỷ' END, true)) AS spelt (cell, ambiguous)
        CROSS JOIN (VALUES (''), ('.'), (' đồng'), (' đồng/thôn'), (' vnđ'), ('/khu dân cư.')) AS e (tail)) AS v
 WHERE v.cell IS NOT NULL;
SELECT cmp_ok((SELECT count(*) FROM spelling), '>', 4000::bigint, 'amounts in every spelling');
SELECT is_empty($$SELECT s.* FROM spelling AS s WHERE NOT s.ambiguous AND award_money(s.cell) IS DISTINCT FROM s.amount$$, 'each reads back');
SELECT is_empty($$SELECT s.*, award_money(s.cell) FROM spelling AS s WHERE s.ambiguous AND award_money(s.cell) IS NOT NULL$$, 'or is refused where it could be another');
SELECT results_eq(
    $$SELECT v.cell, award_case_by_case(v.cell)
        FROM unnest(ARRAY['từng trường hợp', 'Xét TỪNG trường hợp cụ thể', 'case by case', 'không xét từng trường hợp', 'not case by case', 'không', '500 triệu hoặc từng trường hợp', NULL]) AS v (cell)$$,
    $$VALUES ('từng trường hợp', true), ('Xét TỪNG trường hợp cụ thể', true), ('case by case', true), ('không xét từng trường hợp', false), ('not case by case', false), ('không', false), ('500 triệu hoặc từng trường hợp', false), (NULL, false)$$,
    'case by case, unless it is denied');
SELECT results_eq(
    $$SELECT v.cell, award_share(v.cell) FROM unnest(ARRAY['5 %', '5%', '12,5 %', '5 phần trăm', '100 %', '0.125 %', '1.2340 %', '5.000 %', '1.234 %', '1,234 %', '-5%', '0 %', '101 %', '5', 'some']) AS v (cell)$$,
    $$VALUES ('5 %', 0.05), ('5%', 0.05), ('12,5 %', 0.125), ('5 phần trăm', 0.05), ('100 %', 1), ('0.125 %', 0.00125), ('1.2340 %', 0.01234), ('5.000 %', NULL), ('1.234 %', NULL), ('1,234 %', NULL), ('-5%', NULL), ('0 %', NULL), ('101 %', NULL), ('5', NULL), ('some', NULL)$$,
    'shares');

-- An Giang: by earliness; late = case by case
SELECT pg_temp.province('AG') \g /dev/null
INSERT INTO draft_award_policy (code, level, resolution, jurisdiction_id, valid_from, source)
VALUES ('AG', 'commune', 'Nghị quyết An Giang', pg_temp.id('AG'), '2015-01-01', 'https://thainguyentv.vn/an-giang-thuong-125-ty-dong-cho-xa-dat-chuan-som-24845.html');
INSERT INTO draft_award_clause (policy_code, measure, rule) VALUES ('AG', 'newly_recognised', 'met');
INSERT INTO draft_award_amount (policy_code, condition, amount, cite)
VALUES ('AG', 'years_early >= 1', '1,25 tỷ', 'sớm'), ('AG', 'years_early = 0', '1 tỷ', 'đúng kế hoạch'), ('AG', 'years_early < 0', 'từng trường hợp', 'chậm');
SELECT is_empty($$SELECT * FROM draft_award_problem$$, 'An Giang: the draft is right');
SELECT lives_ok($$SELECT publish_award_policy('AG')$$, 'and is published');
SELECT is((SELECT status FROM award_policy WHERE code = 'AG'), 'sourced', 'as sourced');
SELECT pg_temp.add('AG' || n, 'AG'), pg_temp.recognise('AG' || n, 2015), pg_temp.plan_for('AG' || n, 2013 + n) FROM generate_series(1, 4) AS g (n) \g /dev/null
SELECT results_eq($$SELECT * FROM pg_temp.due('AG', 2015)$$,
                  $$VALUES ('AG1', 'by_hand', NULL::numeric), ('AG2', 'eligible', 1000000000), ('AG3', 'eligible', 1250000000), ('AG4', 'eligible', 1250000000)$$,
                  'early, on time and late are told apart');
SELECT results_eq($$SELECT verdict::text, reason FROM award_eligibility WHERE code = 'AG1'$$, $$VALUES ('unknown', 'every clause is met; decided case by case (chậm): award')$$, 'late waits for a decision');
SELECT is(grant_awards(2015, 'AG', NULL, 'QĐ 1', '2015-12-31'), 3, 'the others are granted');
SELECT throws_ok($$SELECT grant_award(pg_temp.id('AG2'), 2015, 'AG', '{"award": 1}', 'QĐ 2', '2015-12-31', 'why')$$, '23505', NULL, 'nobody is granted twice by hand');
SELECT throws_ok($$SELECT grant_award(pg_temp.id('C1'), 2015, 'AG', '{"award": 1}', 'QĐ 2', '2015-12-31', 'why')$$, '55000', NULL, 'nor what the policy does not leave open');
SELECT throws_ok($$SELECT grant_award(pg_temp.id('AG1'), 2015, 'AG', '{"award": 1}', 'QĐ 2', '2015-12-31', '')$$, '22023', NULL, 'nor without grounds');
SELECT throws_ok($$SELECT grant_award(pg_temp.id('AG1'), 2015, 'AG', '{"other": 1}', 'QĐ 2', '2015-12-31', 'flood')$$, '22023',
                 'the amounts must be those of the parts that are decided case by case', 'nor other parts');
SELECT throws_ok($$SELECT grant_award(pg_temp.id('AG1'), 2015, 'AG', '{"award": 0.5}', 'QĐ 2', '2015-12-31', 'flood')$$, '22023', NULL, 'nor fractions of a đồng');
SELECT throws_ok($$SELECT grant_award(pg_temp.id('AG1'), 2015, 'AG', NULL, 'QĐ 2', '2015-12-31', 'flood')$$, '22023', NULL, 'nor no amount');
SELECT isnt(grant_award(pg_temp.id('AG1'), 2015, 'AG', '{"award": 400000000}', 'QĐ 2', '2015-12-31', 'flood of 2014'), NULL, 'the late one is granted by hand');
SELECT results_eq($$SELECT state, amount FROM award_eligibility WHERE code = 'AG1'$$, $$VALUES ('granted', 400000000::numeric)$$, 'and shows as granted');
SELECT is((SELECT cite FROM award WHERE unit_id = pg_temp.id('AG1')), 'flood of 2014', 'with its grounds');

-- Thanh Hóa: by tier; the amounts change with the resolution
SELECT pg_temp.province('TH') \g /dev/null
INSERT INTO draft_award_policy (code, level, tier, resolution, jurisdiction_id, valid_from) VALUES ('TH', 'commune', NULL, 'cũ', pg_temp.id('TH'), '2020-01-01');
INSERT INTO draft_award_clause (policy_code, measure) VALUES ('TH', 'newly_recognised');
INSERT INTO draft_award_amount (policy_code, condition, amount) VALUES ('TH', 'tier = 1', '500 triệu'), ('TH', 'tier = 2', '600 triệu'), ('TH', 'tier = 3', '700 triệu');
SELECT publish_award_policy('TH') \g /dev/null
UPDATE draft_award_policy SET resolution = 'Nghị quyết 185/2021/NQ-HĐND' WHERE code = 'TH';
UPDATE draft_award_amount SET amount = CASE condition WHEN 'tier = 1' THEN '500 triệu' WHEN 'tier = 2' THEN '800 triệu' ELSE '1 tỷ' END WHERE policy_code = 'TH';
SELECT lives_ok($$SELECT supersede_award_policy('TH', 'TH', '2022-01-01')$$, 'Thanh Hóa: the next resolution takes the place of the old one');
SELECT pg_temp.add('TH' || y || t, 'TH'), pg_temp.recognise('TH' || y || t, y, t) FROM (VALUES (2021), (2022)) AS g (y), (VALUES ('standard'), ('advanced'), ('model')) AS h (t) \g /dev/null
SELECT results_eq($$SELECT year, tier, amount, resolution FROM award_eligibility WHERE policy_code = 'TH' AND state = 'eligible' ORDER BY year, amount$$,
                  $$VALUES (2021, 'standard', 500000000::numeric, 'cũ'), (2021, 'advanced', 600000000, 'cũ'), (2021, 'model', 700000000, 'cũ'),
                           (2022, 'standard', 500000000, 'Nghị quyết 185/2021/NQ-HĐND'), (2022, 'advanced', 800000000, 'Nghị quyết 185/2021/NQ-HĐND'), (2022, 'model', 1000000000, 'Nghị quyết 185/2021/NQ-HĐND')$$,
                  'each year has the amounts in force');
SELECT throws_ok($$SELECT supersede_award_policy('TH', 'TH', '2019-06-01')$$, '55000', 'award policy "TH" cannot be superseded from 2019-06-01', 'not before it began');
SELECT lives_ok($$SELECT supersede_award_policy('TH', 'TH', '2021-06-01')$$, 'but earlier than was thought');
SELECT results_eq($$SELECT valid_from, valid_to FROM award_policy WHERE code = 'TH' ORDER BY valid_from$$,
                  $$VALUES (date '2020-01-01', date '2021-06-01'), ('2021-06-01', '2022-01-01'), ('2022-01-01', NULL)$$, 'until the one that follows');
SELECT throws_ok($$SELECT supersede_award_policy('TH', 'TH', NULL)$$, '55000', NULL, 'nor without a date');
SELECT throws_ok($$SELECT supersede_award_policy('NONE', 'TH', '2023-01-01')$$, '42704', NULL, 'nor what is not there');

-- Quảng Nam, contest of model areas: prizes, recognised or not
SELECT pg_temp.province('QN'), pg_temp.add('QNC', 'QN') \g /dev/null
INSERT INTO draft_award_policy (code, level, tier, resolution, jurisdiction_id, valid_from, candidates, ranking)
VALUES ('QN-CONTEST', 'area', 'model', 'Cuộc thi', pg_temp.id('QN'), '2018-01-01', 'ranked', 'QN-CONTEST');
INSERT INTO draft_award_clause (policy_code, measure, title) VALUES ('QN-CONTEST', 'ranked', 'Prize');
INSERT INTO draft_award_amount (policy_code, condition, amount)
VALUES ('QN-CONTEST', 'rank_in_year = 1', '200 triệu'), ('QN-CONTEST', 'rank_in_year = 2', '140 triệu'), ('QN-CONTEST', 'rank_in_year = 3', '100 triệu'), ('QN-CONTEST', 'rank_in_year = 4', '60 triệu');
SELECT publish_award_policy('QN-CONTEST') \g /dev/null
SELECT pg_temp.add('QNA' || lpad(n::text, 2, '0'), 'QNC', 'area') FROM generate_series(1, 15) AS g (n) \g /dev/null
INSERT INTO award_ranking (ranking, year, unit_id, rank, decision)
SELECT 'QN-CONTEST', 2018, pg_temp.id('QNA' || lpad(n::text, 2, '0')), CASE WHEN n <= 1 THEN 1 WHEN n <= 3 THEN 2 WHEN n <= 6 THEN 3 ELSE 4 END, 'QĐ giải' FROM generate_series(1, 11) AS g (n);
SELECT is((SELECT count(*) FROM award_eligibility WHERE policy_code = 'QN-CONTEST'), 11::bigint, 'a contest: whoever has a prize is considered');
SELECT is(grant_awards(2018, 'QN-CONTEST', NULL, 'QĐ', '2018-12-31'), 11, 'and rewarded');
SELECT results_eq($$SELECT amount, count(*) FROM award WHERE policy_code = 'QN-CONTEST' GROUP BY amount ORDER BY amount DESC$$,
                  $$VALUES (200000000::numeric, 1::bigint), (140000000, 2), (100000000, 3), (60000000, 5)$$, '1 × 200, 2 × 140, 3 × 100, 5 × 60 million');
INSERT INTO award_ranking (ranking, year, unit_id, rank, decision) VALUES ('QN-CONTEST', 2018, pg_temp.id('QNA12'), 4, 'QĐ thêm'), ('QN-CONTEST', 2018, pg_temp.id('QNA01'), NULL, 'QĐ thu hồi');
SELECT results_eq($$SELECT code, state, amount FROM award_eligibility WHERE code IN ('QNA01', 'QNA12') ORDER BY code$$,
                  $$VALUES ('QNA01', 'granted', 200000000::numeric), ('QNA12', 'eligible', 60000000)$$, 'a later ranking counts; what was granted stays on record');

-- Quảng Nam 2021: by rank, early, effort
INSERT INTO indicator (name, title, kind) VALUES ('effort', 'Xã nỗ lực vươn lên', 'yes_no');
INSERT INTO draft_award_policy (code, level, resolution, jurisdiction_id, valid_from, ranking) VALUES ('QN21', 'commune', 'QĐ 2021', pg_temp.id('QN'), '2021-01-01', 'QN-XA');
INSERT INTO draft_award_clause (policy_code, measure) VALUES ('QN21', 'newly_recognised');
INSERT INTO draft_award_amount (policy_code, condition, amount, cite)
VALUES ('QN21', 'years_early >= 1', '1 tỷ', 'về đích sớm'),
       ('QN21', 'ranked met and rank_in_year = 1', '500 triệu', 'hạng nhất'), ('QN21', 'ranked met and rank_in_year = 2', '400 triệu', 'hạng nhì'),
       ('QN21', 'ranked met and rank_in_year between 3 and 4', '300 triệu', 'hạng ba, tư'), ('QN21', 'effort met', '300 triệu', 'nỗ lực'), ('QN21', NULL, '0', 'còn lại');
SELECT publish_award_policy('QN21') \g /dev/null
SELECT pg_temp.add('QN2' || n, 'QN'), pg_temp.recognise('QN2' || n, 2021), pg_temp.plan_for('QN2' || n, CASE n WHEN 1 THEN 2022 ELSE 2021 END) FROM generate_series(1, 8) AS g (n) \g /dev/null
INSERT INTO award_ranking (ranking, year, unit_id, rank, decision) SELECT 'QN-XA', 2021, pg_temp.id('QN2' || n + 1), n, 'QĐ' FROM generate_series(1, 4) AS g (n);
SELECT pg_temp.tell('QN26', 2021, '{"effort": true}'), pg_temp.tell('QN27', 2021, '{"effort": false}') \g /dev/null
SELECT results_eq($$SELECT * FROM pg_temp.due('QN21', 2021)$$,
                  $$VALUES ('QN21', 'eligible', 1000000000::numeric), ('QN22', 'eligible', 500000000), ('QN23', 'eligible', 400000000), ('QN24', 'eligible', 300000000),
                           ('QN25', 'eligible', 300000000), ('QN26', 'eligible', 300000000), ('QN27', 'not_eligible', NULL), ('QN28', 'not_known', NULL)$$,
                  'by rank, early and effort: the first line that holds decides');
SELECT results_eq($$SELECT reason, missing FROM award_eligibility WHERE code = 'QN28' AND year = 2021$$, $$VALUES ('amount not known: effort met (nỗ lực)', ARRAY['effort'])$$,
                  'a line that cannot be decided leaves the amount unknown, and says what is missing');

-- The nation, decision 1730/QĐ-TTg: 5 % of those recognised in 2016 to 2020, once, none that was rewarded before
SELECT pg_temp.province('N') \g /dev/null
INSERT INTO draft_award_policy (code, level, resolution, jurisdiction_id, valid_from, valid_to, period_from, period_to, earlier_codes, quota, quota_scope)
VALUES ('VN-1730', 'commune', '1730/QĐ-TTg', pg_temp.id('N'), '2016-09-05', '2021-01-01', 2016, 2020, '{VN-2011}', '5 %', 'period');
INSERT INTO draft_award_clause (policy_code, title, measure, rule, cite)
VALUES ('VN-1730', 'Recognised in the period', NULL, 'recognised_year between 2016 and 2020', 'a'),
       ('VN-1730', 'Not rewarded in the period', 'awards_in_period', '= 0', 'b'),
       ('VN-1730', 'Not rewarded in 2011 to 2015', 'awards_before_period', '= 0', 'c');
INSERT INTO draft_award_amount (policy_code, part, amount) VALUES ('VN-1730', 'works', '1 tỷ');
INSERT INTO draft_award_priority (policy_code, fact, direction) VALUES ('VN-1730', 'criteria_extra', 'descending');
SELECT results_eq($$SELECT column_name, problem FROM draft_award_problem WHERE policy_code = 'VN-1730'$$, $$VALUES ('priority', 'There is no fact criteria_extra.')$$, 'a fact that is not there is found');
INSERT INTO indicator (name) VALUES ('criteria_extra');
SELECT lives_ok($$SELECT publish_award_policy('VN-1730')$$, 'the national policy is published');
SELECT pg_temp.add('N' || lpad(n::text, 2, '0'), 'N'), pg_temp.recognise('N' || lpad(n::text, 2, '0'), 2016 + (n > 30)::integer) FROM generate_series(1, 50) AS g (n) \g /dev/null
SELECT pg_temp.tell('N' || lpad(n::text, 2, '0'), y, jsonb_build_object('criteria_extra', n % 30)::measures) FROM generate_series(1, 50) AS g (n), generate_series(2016, 2017) AS h (y) \g /dev/null
INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date) VALUES (pg_temp.id('N29'), 2014, 'VN-2011', 1000000000, '{"works": 1000000000}', 'QĐ cũ', '2014-12-01');
SELECT results_eq($$SELECT recognised, places, taken FROM award_quota AS q JOIN award_policy AS p ON p.id = q.policy_id WHERE p.code = 'VN-1730' AND q.year BETWEEN 2016 AND 2017 ORDER BY q.year$$,
                  $$VALUES (30::bigint, 1, 0::bigint), (50, 2, 0)$$, '5 % of those recognised so far, rounded down');
SELECT results_eq($$SELECT code, reason FROM award_eligibility WHERE policy_code = 'VN-1730' AND year = 2016 AND state IN ('eligible', 'not_eligible') ORDER BY code$$,
                  $$VALUES ('N28', 'every clause is met'), ('N29', 'Not rewarded in 2011 to 2015 = 0 (c): not met')$$, 'the best of those not rewarded before has the place');
SELECT is((SELECT reason FROM award_eligibility WHERE policy_code = 'VN-1730' AND year = 2016 AND code = 'N27'),
          'outside the quota (1730/QĐ-TTg): 0 of 1 places are taken, and 1 units come first', 'the next is told why not');
SELECT is(grant_awards(2016, 'VN-1730', NULL, 'QĐ 2016', '2016-12-31'), 1, 'one commune is rewarded for 2016');
SELECT is(grant_awards(2017, 'VN-1730', NULL, 'QĐ 2017', '2017-12-31'), 1, 'one more for 2017');
SELECT is(grant_awards(2017, 'VN-1730', NULL, 'QĐ 2017 b', '2017-12-31'), 0, 'and no third one');
SELECT results_eq($$SELECT u.code, a.year FROM award AS a JOIN unit AS u ON u.id = a.unit_id WHERE a.policy_code = 'VN-1730' ORDER BY a.id$$, $$VALUES ('N28', 2016), ('N27', 2017)$$,
                  'nobody twice in the period');

-- Nghệ An 2020: works and ceremony
SELECT pg_temp.province('NA'), pg_temp.add('NA1', 'NA'), pg_temp.recognise('NA1', 2020) \g /dev/null
INSERT INTO draft_award_policy (code, level, resolution, jurisdiction_id, valid_from) VALUES ('NA20', 'commune', 'QĐ Nghệ An', pg_temp.id('NA'), '2020-01-01');
INSERT INTO draft_award_clause (policy_code, measure) VALUES ('NA20', 'newly_recognised');
INSERT INTO draft_award_amount (policy_code, part, amount) VALUES ('NA20', 'works', '500 triệu'), ('NA20', 'ceremony', '50 triệu');
SELECT publish_award_policy('NA20') \g /dev/null
SELECT results_eq($$SELECT amount, parts FROM award_eligibility WHERE policy_code = 'NA20' AND year = 2020$$, $$VALUES (550000000::numeric, '{"works": 500000000, "ceremony": 50000000}'::jsonb)$$, 'the parts add up');
SELECT is(grant_awards(2020, 'NA20', 500000000, 'QĐ', '2020-12-31'), 0, 'an award is granted whole or not at all');
SELECT is(grant_awards(2020, 'NA20', 550000000, 'QĐ', '2020-12-31'), 1, 'with more money it is');
SELECT results_eq($$SELECT part, amount FROM award_given WHERE policy_code = 'NA20' ORDER BY part$$, $$VALUES ('ceremony', 50000000::numeric), ('works', 500000000)$$, 'part by part');

-- Yên Bái, 62 areas: by khu vực of the commune, which must not be recognised yet.  8.45 tỷ is published, the amount of each is invented.
SELECT pg_temp.province('YB'), pg_temp.add('YB1', 'YB', 'commune', '{KV1}'), pg_temp.add('YB2', 'YB', 'commune', '{KV2}'), pg_temp.add('YB3', 'YB', 'commune', '{KV3}'),
       pg_temp.add('YB4', 'YB', 'commune', '{KV2}'), pg_temp.recognise('YB4', 2020) \g /dev/null
INSERT INTO draft_award_policy (code, level, resolution, jurisdiction_id, valid_from) VALUES ('YB-THON', 'area', 'NQ 78/2021/NQ-HĐND', pg_temp.id('YB'), '2021-12-01');
INSERT INTO draft_award_clause (policy_code, measure, rule, title, cite)
VALUES ('YB-THON', 'newly_recognised', 'met', 'Recognised this year', NULL), ('YB-THON', 'parent_recognised', 'not met', 'Commune not recognised yet', 'khoản 2');
INSERT INTO draft_award_amount (policy_code, parent_class, amount) VALUES ('YB-THON', 'KV1', '100 triệu'), ('YB-THON', 'KV2', '150 triệu');
SELECT publish_award_policy('YB-THON') \g /dev/null
SELECT pg_temp.add('YBA' || n, CASE WHEN n <= 17 THEN 'YB1' WHEN n <= 62 THEN 'YB2' WHEN n = 63 THEN 'YB3' ELSE 'YB4' END, 'area'), pg_temp.recognise('YBA' || n, 2022) FROM generate_series(1, 64) AS g (n) \g /dev/null
SELECT results_eq($$SELECT eligible, eligible_amount FROM award_total WHERE policy_code = 'YB-THON' AND year = 2022 AND place_id IS NULL$$, $$VALUES (62::bigint, 8450000000::numeric)$$, '62 areas, 8.45 tỷ');
SELECT results_eq($$SELECT code, reason FROM award_eligibility WHERE policy_code = 'YB-THON' AND state <> 'eligible' ORDER BY code$$,
                  $$VALUES ('YBA63', 'no amount is set for the unit (NQ 78/2021/NQ-HĐND)'), ('YBA64', 'Commune not recognised yet (khoản 2): not met')$$,
                  'not in a commune of another class, nor in one that is recognised');

-- Debt
INSERT INTO indicator (name, unit) VALUES ('outstanding_debt', 'triệu đồng');
SELECT pg_temp.province('DB'), pg_temp.add('DB1', 'DB'), pg_temp.add('DB2', 'DB'), pg_temp.add('DB3', 'DB') \g /dev/null
SELECT pg_temp.recognise('DB' || n, 2020) FROM generate_series(1, 3) AS g (n) \g /dev/null
SELECT pg_temp.tell('DB1', 2020, '{"outstanding_debt": 0}'), pg_temp.tell('DB2', 2020, '{"outstanding_debt": 6.24}') \g /dev/null
SELECT publish_award_policy('{"code": "DB", "nodes": [{"code": "1", "title": "New", "measure": "newly_recognised", "rule": "met"}, {"code": "2", "title": "No debt", "measure": "outstanding_debt", "rule": "= 0", "cite": "art. 2"}]}',
                            'commune', 'r', 1000, '2020-01-01', jurisdiction_id => pg_temp.id('DB')) \g /dev/null
SELECT results_eq($$SELECT code, state, reason, missing FROM award_eligibility WHERE policy_code = 'DB' AND year = 2020 ORDER BY code$$,
                  $$VALUES ('DB1', 'eligible', 'every clause is met', NULL::text[]), ('DB2', 'not_eligible', 'No debt = 0 (art. 2): not met', NULL),
                           ('DB3', 'not_known', 'No debt = 0 (art. 2): unknown', ARRAY['outstanding_debt'])$$, 'no award with debts; unknown debts are asked for');

-- Every unit of a level, recognised or not
SELECT publish_award_policy('{"code": "NEVER", "nodes": [{"code": "1", "title": "Effort", "measure": "effort", "rule": "met"}]}', 'commune', 'r', 1000, '2020-01-01', jurisdiction_id => pg_temp.id('D1')) \g /dev/null
SELECT is_empty($$SELECT * FROM award_eligibility WHERE policy_code = 'NEVER' AND year = 2020$$, 'a policy for those recognised does not consider others');
INSERT INTO draft_award_policy (code, level, resolution, jurisdiction_id, valid_from, candidates) VALUES ('ALL', 'commune', 'r', pg_temp.id('D2'), '2020-01-01', 'all');
INSERT INTO draft_award_clause (policy_code, title, measure) VALUES ('ALL', 'Effort', 'effort');
INSERT INTO draft_award_amount (policy_code, amount) VALUES ('ALL', '300 triệu');
SELECT publish_award_policy('ALL') \g /dev/null
SELECT pg_temp.tell('C3', 2020, '{"effort": 1}'), pg_temp.tell('C4', 2020, '{"effort": 0}') \g /dev/null
SELECT results_eq($$SELECT code, state, facts -> 'recognised', facts -> 'recognised_year' FROM award_eligibility WHERE policy_code = 'ALL' AND year = 2020 ORDER BY code$$,
                  $$VALUES ('C3', 'eligible', 0::numeric, NULL::numeric), ('C4', 'not_eligible', 0, NULL)$$, 'a policy for all considers whoever is there');
SELECT is(grant_awards(2020, 'ALL', NULL, 'QĐ', '2020-12-31'), 1, 'and rewards them');
SELECT is((SELECT recognition_id FROM award WHERE policy_code = 'ALL'), NULL, 'on no recognition');

SELECT is_empty($$SELECT * FROM check_awards()$$, 'every award follows from its facts');
SELECT is_empty($$SELECT * FROM check_decisions()$$, 'and the chain of decisions holds');

-- one place, for b, who is ranked, or a, of whom that is not known
CREATE FUNCTION pg_temp.cutoffs(VARIADIC claims award_claim[]) RETURNS text LANGUAGE sql RETURN award_cutoffs(claims)::text;
SELECT is(pg_temp.cutoffs(('a', 1, 7, 1, NULL, false), ('b', 1, 7, 1, 1, true)), '{"at_best": {"7": 1}, "at_worst": {"7": 0}}', 'whoever may come anywhere may come first, so that nobody is sure of the place');
SELECT is(pg_temp.cutoffs(('a', 1, 7, 2, NULL, false), ('b', 1, 7, 2, 1, true)), '{"at_best": {}, "at_worst": {}}', 'of two places everybody is');
SELECT is(pg_temp.cutoffs(('a', 1, 7, 2, NULL, false), ('b', 1, 7, 2, 1, true), ('c', 1, 7, 2, 2, true)), '{"at_best": {"7": 2}, "at_worst": {"7": 1}}', 'of two places the first of those ranked is');
SELECT is(pg_temp.cutoffs(('a', 1, 7, 1, 1, true), ('a', 2, 8, 1, 1, true), ('b', 1, 8, 1, 2, true)), '{"at_best": {"7": 1, "8": 2}, "at_worst": {}}', 'who is served better elsewhere takes no place');

SELECT * FROM finish();
ROLLBACK;
