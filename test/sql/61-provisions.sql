-- Provisions of real law, each written in the rule language as its decision
-- puts it, with cases on both sides of every bound and with facts that are
-- missing or do not apply.
--
-- "cite" names the decision; "source" is the public page that says it, or
-- "unverified" where the value is from memory, or "illustrative" where the
-- decision leaves something open and the test had to choose.

BEGIN;
SET search_path = ntm, public;
SELECT plan(162);

CREATE TEMPORARY TABLE provision (name text PRIMARY KEY, ruleset ntm.ruleset NOT NULL);

-- The verdict of a node, or of the whole if node is NULL, in words.
CREATE FUNCTION pg_temp.verdict(provision text, node text, facts ntm.measures, classes text[] DEFAULT '{}') RETURNS text
    LANGUAGE sql
RETURN (SELECT CASE WHEN node IS NULL THEN overall(card) ELSE card -> node END::text
          FROM provision AS p, assess(facts, p.ruleset, verdict.classes) AS card
         WHERE p.name = verdict.provision);


-- 318/QĐ-TTg, criterion 5: all schools at the minimum level; of more than
-- three at least 70 % at level 1, of three or fewer at least half; in two
-- regions all of them.
--
-- The bound of 70 % stands first and without a condition, for it suffices
-- whatever the number of schools.  "schools > 3 and … or schools <= 3 and …"
-- decides alike where all is known, but is unknown where only that number is
-- missing.

INSERT INTO provision VALUES ('schools', $${
  "code": "318-5", "title": "Trường học",
  "classes": {"DBSH": "Đồng bằng sông Hồng", "DNB": "Đông Nam Bộ"},
  "nodes": [
    {"code": "5", "title": "Trường học các cấp đạt tiêu chuẩn cơ sở vật chất theo quy định",
     "rule": "schools_minimum_level / schools >= 100% and (schools_level_1 / schools >= 70% or schools <= 3 and schools_level_1 / schools >= 50%)",
     "when": {"DBSH": "schools_level_1 / schools >= 100%", "DNB": "schools_level_1 / schools >= 100%"},
     "cite": "318/QĐ-TTg ngày 08/3/2022, 5; 1491/QĐ-BGDĐT",
     "source": "https://chatluongvacuocsong.vn/ban-hanh-bo-chi-tieu-giao-duc-trong-xay-dung-nong-thon-moi-d95868.html",
     "when_source": {"DBSH": "https://chatluongvacuocsong.vn/ban-hanh-bo-chi-tieu-giao-duc-trong-xay-dung-nong-thon-moi-d95868.html",
                     "DNB": "https://chatluongvacuocsong.vn/ban-hanh-bo-chi-tieu-giao-duc-trong-xay-dung-nong-thon-moi-d95868.html"}}]}$$);

SELECT is(pg_temp.verdict('schools', '5', facts::measures, classes::text[]), expected, '318, 5: ' || case_title)
  FROM (VALUES
    ('10 schools, 7 at level 1: 70 %',          '{"schools": 10, "schools_minimum_level": 10, "schools_level_1": 7}', '{}', 'met'),
    ('10 schools, 6 at level 1',                '{"schools": 10, "schools_minimum_level": 10, "schools_level_1": 6}', '{}', 'not_met'),
    ('10 schools, 1 below the minimum level',   '{"schools": 10, "schools_minimum_level": 9, "schools_level_1": 9}', '{}', 'not_met'),
    ('4 schools, 3 at level 1: 75 %',           '{"schools": 4, "schools_minimum_level": 4, "schools_level_1": 3}', '{}', 'met'),
    ('4 schools, 2 at level 1: half is too few', '{"schools": 4, "schools_minimum_level": 4, "schools_level_1": 2}', '{}', 'not_met'),
    ('3 schools, 2 at level 1: below 70 %',     '{"schools": 3, "schools_minimum_level": 3, "schools_level_1": 2}', '{}', 'met'),
    ('3 schools, 1 at level 1',                 '{"schools": 3, "schools_minimum_level": 3, "schools_level_1": 1}', '{}', 'not_met'),
    ('2 schools, 1 at level 1: just half',      '{"schools": 2, "schools_minimum_level": 2, "schools_level_1": 1}', '{}', 'met'),
    ('2 schools, 1 below the minimum level',    '{"schools": 2, "schools_minimum_level": 1, "schools_level_1": 1}', '{}', 'not_met'),
    ('1 school, not at level 1',                '{"schools": 1, "schools_minimum_level": 1, "schools_level_1": 0}', '{}', 'not_met'),
    ('level 1 not reported',                    '{"schools": 4, "schools_minimum_level": 4}', '{}', 'unknown'),
    ('level 1 not reported, but the minimum level missed', '{"schools": 4, "schools_minimum_level": 3}', '{}', 'not_met'),
    ('nothing reported',                        '{}', '{}', 'unknown'),
    ('a commune without schools',               '{"schools": 0, "schools_minimum_level": 0, "schools_level_1": 0}', '{}', 'met'),
    ('schools do not apply',                    '{"schools": "n/a", "schools_minimum_level": "n/a", "schools_level_1": "n/a"}', '{}', 'not_applicable'),
    ('Red River delta, all at level 1',         '{"schools": 3, "schools_minimum_level": 3, "schools_level_1": 3}', '{DBSH}', 'met'),
    ('Red River delta, 9 of 10 at level 1',     '{"schools": 10, "schools_minimum_level": 10, "schools_level_1": 9}', '{DBSH}', 'not_met'),
    ('South-east, 1 of 2 at level 1',           '{"schools": 2, "schools_minimum_level": 2, "schools_level_1": 1}', '{DNB}', 'not_met'),
    ('another region',                          '{"schools": 10, "schools_minimum_level": 10, "schools_level_1": 7}', '{TDMNPB}', 'met')
  ) AS v (case_title, facts, classes, expected);

-- The reason given above, with shares recorded as percentages.
SELECT is(
    overall(assess('{"level_1_share": 80}', format('{"code": "T", "nodes": [{"code": "5", "rule": "%s"}]}', rule)::ruleset))::text,
    expected, '318, 5: where only the count of schools is missing: ' || rule)
  FROM (VALUES
    ('level_1_share >= 70 or schools <= 3 and level_1_share >= 50', 'met'),
    ('schools > 3 and level_1_share >= 70 or schools <= 3 and level_1_share >= 50', 'unknown')
  ) AS v (rule, expected);


-- 318/QĐ-TTg, 3.2, as 1680/QĐ-BNN-VPĐP judges it: every item that asks for a
-- "có" has it, and the score is 50 to under 70 points.  That is the band of
-- this level.  That a higher score will do as well is our reading: the page
-- gives the band and no word on what lies above it.

INSERT INTO provision VALUES ('disaster', $${
  "code": "318-3.2", "title": "Phòng, chống thiên tai",
  "nodes": [
    {"code": "3.2", "parent": null, "title": "Chủ động về phòng, chống thiên tai theo phương châm 4 tại chỗ",
     "rule": "disaster_required_items met and any of (*)",
     "cite": "318/QĐ-TTg, 3.2; 1680/QĐ-BNN-VPĐP ngày 11/5/2022, chương I",
     "source": "https://lawnet.vn/thong-tin-phap-luat/doi-song/cong-nhan-xa-huyen-nong-thon-moi-va-nong-thon-moi-nang-cao-giai-doan-2021-2025-102351.html"},
    {"code": "3.2.a", "title": "Chấm điểm từ 50 đến dưới 70", "measure": "disaster_score", "unit": "điểm", "rule": ">= 50 and < 70",
     "source": "https://lawnet.vn/thong-tin-phap-luat/doi-song/cong-nhan-xa-huyen-nong-thon-moi-va-nong-thon-moi-nang-cao-giai-doan-2021-2025-102351.html"},
    {"code": "3.2.b", "title": "Chấm điểm từ 70 trở lên", "measure": "disaster_score", "unit": "điểm", "rule": ">= 70",
     "source": "unverified"}]}$$);

SELECT is(pg_temp.verdict('disaster', node, facts::measures), expected, '318, 3.2: ' || case_title)
  FROM (VALUES
    ('just below the band',                   '3.2.a', '{"disaster_required_items": true, "disaster_score": 49.999999}', 'not_met'),
    ('the lower bound is in the band',        '3.2.a', '{"disaster_required_items": true, "disaster_score": 50}', 'met'),
    ('the last value of the band',            '3.2.a', '{"disaster_required_items": true, "disaster_score": 69.999999}', 'met'),
    ('the upper bound is not in the band',    '3.2.a', '{"disaster_required_items": true, "disaster_score": 70}', 'not_met'),
    ('it opens the next band',                '3.2.b', '{"disaster_required_items": true, "disaster_score": 70}', 'met'),
    ('which nothing below it is in',          '3.2.b', '{"disaster_required_items": true, "disaster_score": 69.999999}', 'not_met'),
    ('49.999999 points do not suffice',       NULL, '{"disaster_required_items": true, "disaster_score": 49.999999}', 'not_met'),
    ('50 points suffice',                     NULL, '{"disaster_required_items": true, "disaster_score": 50}', 'met'),
    ('so do 85',                              NULL, '{"disaster_required_items": true, "disaster_score": 85}', 'met'),
    ('but not without the required items',    NULL, '{"disaster_required_items": false, "disaster_score": 85}', 'not_met'),
    ('the score is not known',                NULL, '{"disaster_required_items": true}', 'unknown'),
    ('the score is not known and an item missing', NULL, '{"disaster_required_items": false}', 'not_met'),
    ('the items are not known',               NULL, '{"disaster_score": 60}', 'unknown'),
    ('the items are not known, but too few points', NULL, '{"disaster_score": 20}', 'not_met'),
    ('nothing of it applies',                 NULL, '{"disaster_required_items": "n/a", "disaster_score": "n/a"}', 'not_applicable')
  ) AS v (case_title, node, facts, expected);


-- 691/QĐ-TTg: income at least 1.5 times what it was on recognition.  A share
-- of two measures, for there is no arithmetic in rules.

INSERT INTO provision VALUES ('income of 691', $${
  "code": "691-income", "title": "Thu nhập của xã kiểu mẫu 2018-2020",
  "nodes": [
    {"code": "income", "title": "Thu nhập bình quân đầu người cao hơn từ 1,5 lần trở lên so với thời điểm được công nhận",
     "rule": "income / income_at_recognition >= 1,5",
     "cite": "691/QĐ-TTg ngày 05/6/2018",
     "source": "https://en.vietnamplus.vn/criteria-issued-for-model-rural-commune-post132705.vnp"}]}$$);

SELECT is(pg_temp.verdict('income of 691', 'income', facts::measures), expected, '691, income: ' || case_title)
  FROM (VALUES
    ('1.5 times exactly, as 33.7 and 50.55',  '{"income": 50.55, "income_at_recognition": 33.7}', 'met'),
    ('one đồng below it',     '{"income": 50.549999, "income_at_recognition": 33.7}', 'not_met'),
    ('above it',                              '{"income": 60, "income_at_recognition": 33.7}', 'met'),
    ('income not known',                      '{"income_at_recognition": 33.7}', 'unknown'),
    ('income at recognition not known',       '{"income": 50.55, "income_at_recognition": null}', 'unknown'),
    ('nothing known',                         '{}', 'unknown'),
    ('an income at recognition of 0 is no base', '{"income": 50.55, "income_at_recognition": 0}', 'unknown'),
    ('never recognised: it does not apply',   '{"income": 50.55, "income_at_recognition": "n/a"}', 'not_applicable')
  ) AS v (case_title, facts, expected);


-- 319/QĐ-TTg: recognised as advanced, an income 10 % above the advanced level
-- of the same date, a smart village, and one outstanding field.  The level is
-- a fact of the year, recorded as a measure.  The fields are from memory; two
-- of them stand for all.

INSERT INTO provision VALUES ('model of 319', $${
  "code": "319", "title": "Xã nông thôn mới kiểu mẫu 2021-2025",
  "nodes": [
    {"code": "1", "title": "Đã được công nhận xã nông thôn mới nâng cao", "measure": "recognised_advanced", "rule": "Đạt",
     "cite": "319/QĐ-TTg năm 2022", "source": "https://langngheviet.com.vn/xa-nong-thon-moi-kieu-mau-giai-doan-2021-2025-can-co-it-nhat-1-mo-hinh-thon-thong-minh-15155.html"},
    {"code": "2", "title": "Thu nhập bình quân đầu người cao hơn từ 10% trở lên so với mức của xã nâng cao tại cùng thời điểm",
     "rule": "income / advanced_income_level >= 110%",
     "cite": "319/QĐ-TTg năm 2022", "source": "https://langngheviet.com.vn/xa-nong-thon-moi-kieu-mau-giai-doan-2021-2025-can-co-it-nhat-1-mo-hinh-thon-thong-minh-15155.html"},
    {"code": "3", "title": "Có ít nhất 01 mô hình thôn thông minh", "measure": "smart_villages", "unit": "mô hình", "rule": "≥ 1",
     "cite": "319/QĐ-TTg năm 2022", "source": "https://langngheviet.com.vn/xa-nong-thon-moi-kieu-mau-giai-doan-2021-2025-can-co-it-nhat-1-mo-hinh-thon-thong-minh-15155.html"},
    {"code": "4", "title": "Kiểu mẫu ít nhất một lĩnh vực", "rule": "any of (field_production met, field_education met)",
     "cite": "319/QĐ-TTg năm 2022", "source": "illustrative"}]}$$);

SELECT is(pg_temp.verdict('model of 319', node, facts::measures), expected, '319: ' || case_title)
  FROM (VALUES
    ('10 % above exactly, as 44 and 48.4',    '2', '{"income": 48.4, "advanced_income_level": 44}', 'met'),
    ('just below that',                       '2', '{"income": 48.399999, "advanced_income_level": 44}', 'not_met'),
    ('at the advanced level itself',          '2', '{"income": 44, "advanced_income_level": 44}', 'not_met'),
    ('the level of that date not known',      '2', '{"income": 48.4}', 'unknown'),
    ('no such level for the commune',         '2', '{"income": 48.4, "advanced_income_level": "n/a"}', 'not_applicable'),
    ('all four',                              NULL, '{"recognised_advanced": true, "income": 48.4, "advanced_income_level": 44, "smart_villages": 1, "field_production": true}', 'met'),
    ('no smart village',                      NULL, '{"recognised_advanced": true, "income": 48.4, "advanced_income_level": 44, "smart_villages": 0, "field_production": true}', 'not_met'),
    ('one field not outstanding, the other not known', NULL, '{"recognised_advanced": true, "income": 48.4, "advanced_income_level": 44, "smart_villages": 2, "field_production": false}', 'unknown'),
    ('no field outstanding',                  NULL, '{"recognised_advanced": true, "income": 48.4, "advanced_income_level": 44, "smart_villages": 2, "field_production": false, "field_education": false}', 'not_met'),
    ('not recognised as advanced',            NULL, '{"recognised_advanced": false}', 'not_met')
  ) AS v (case_title, node, facts, expected);


-- 318/QĐ-TTg, 12.1: trained workers, "for both men and women".  Two shares
-- joined by "and", never one share of both together.

INSERT INTO provision VALUES ('training', $${
  "code": "318-12.1", "title": "Lao động",
  "nodes": [
    {"code": "12.1", "parent": null, "title": "Tỷ lệ lao động qua đào tạo (áp dụng đạt cho cả nam và nữ)",
     "rule": "trained_men / working_men >= 70% and trained_women / working_women >= 70%",
     "cite": "318/QĐ-TTg ngày 08/3/2022, 12.1", "source": "unverified"}]}$$);

SELECT is(pg_temp.verdict('training', '12.1', facts::measures), expected, '318, 12.1: ' || case_title)
  FROM (VALUES
    ('70 % of the men and 70 % of the women', '{"trained_men": 700, "working_men": 1000, "trained_women": 630, "working_women": 900}', 'met'),
    ('one woman short',                       '{"trained_men": 700, "working_men": 1000, "trained_women": 629, "working_women": 900}', 'not_met'),
    ('one man short',                         '{"trained_men": 699, "working_men": 1000, "trained_women": 630, "working_women": 900}', 'not_met'),
    ('85 % together, but too few women',      '{"trained_men": 1000, "working_men": 1000, "trained_women": 621, "working_women": 900}', 'not_met'),
    ('women not counted',                     '{"trained_men": 700, "working_men": 1000}', 'unknown'),
    ('women not counted, but too few men',    '{"trained_men": 600, "working_men": 1000}', 'not_met'),
    ('no working women: the men decide',      '{"trained_men": 700, "working_men": 1000, "trained_women": 0, "working_women": 0}', 'met'),
    ('no working women, and too few men',     '{"trained_men": 600, "working_men": 1000, "trained_women": 0, "working_women": 0}', 'not_met'),
    ('nobody works there',                    '{"trained_men": 0, "working_men": 0, "trained_women": 0, "working_women": 0}', 'not_applicable'),
    ('10 trained of 0 is a mistake, not a share', '{"trained_men": 700, "working_men": 1000, "trained_women": 10, "working_women": 0}', 'unknown')
  ) AS v (case_title, facts, expected);


-- 18/2022/QĐ-TTg, satisfaction of the people: at least 70 % of the households
-- asked, at least 90 % of those satisfied over all and at least 80 % with each
-- content.  The contents are those of the survey's form; three stand for all.
-- 90 and 80 % are printed for districts (320/QĐ-TTg); that they hold for
-- communes is from memory.

INSERT INTO provision VALUES ('satisfaction', $${
  "code": "18-2022-satisfaction", "title": "Sự hài lòng của người dân",
  "nodes": [
    {"code": "asked", "title": "Số hộ được lấy ý kiến", "rule": "asked / households >= 70%",
     "cite": "hướng dẫn của Ủy ban MTTQ về lấy ý kiến sự hài lòng của người dân",
     "source": "http://baoninhthuan.com.vn/news/114698p24c32/uy-ban-mttq-viet-nam-tinh-trien-khai-lay-y-kien-danh-gia-ve-su-hai-long-doi-voi-ket-qua-xay-dung-nong-thon-moi-tai-huyen-ninh-hai.htm"},
    {"code": "overall satisfaction", "title": "Hài lòng chung", "rule": "satisfied / asked >= 90%",
     "cite": "18/2022/QĐ-TTg ngày 02/8/2022; 320/QĐ-TTg năm 2022", "source": "unverified"},
    {"code": "contents", "title": "Hài lòng đối với từng nội dung", "rule": "all of (*)",
     "cite": "18/2022/QĐ-TTg ngày 02/8/2022; 320/QĐ-TTg năm 2022", "source": "unverified"},
    {"code": "contents.1", "title": "Nội dung 1", "rule": "satisfied_1 / asked >= 80%", "source": "illustrative"},
    {"code": "contents.2", "title": "Nội dung 2", "rule": "satisfied_2 / asked >= 80%", "source": "illustrative"},
    {"code": "contents.3", "title": "Nội dung 3", "rule": "satisfied_3 / asked >= 80%", "source": "illustrative"}]}$$);

SELECT is(pg_temp.verdict('satisfaction', node, facts::measures), expected, '18/2022, satisfaction: ' || case_title)
  FROM (VALUES
    ('49 of 70 households asked: 70 %',       'asked', '{"households": 70, "asked": 49}', 'met'),
    ('48 of 70 asked',                        'asked', '{"households": 70, "asked": 48}', 'not_met'),
    ('36 of 40 satisfied: 90 %',              'overall satisfaction', '{"asked": 40, "satisfied": 36}', 'met'),
    ('35 of 40 satisfied',                    'overall satisfaction', '{"asked": 40, "satisfied": 35}', 'not_met'),
    ('32 of 40 with each content: 80 %',      'contents', '{"asked": 40, "satisfied_1": 32, "satisfied_2": 32, "satisfied_3": 32}', 'met'),
    ('31 of 40 with one content',             'contents', '{"asked": 40, "satisfied_1": 32, "satisfied_2": 31, "satisfied_3": 32}', 'not_met'),
    ('one content not counted',               'contents', '{"asked": 40, "satisfied_1": 32, "satisfied_2": 32}', 'unknown'),
    ('one not counted, another failed',       'contents', '{"asked": 40, "satisfied_1": 31, "satisfied_2": 32}', 'not_met'),
    ('all bounds just reached',               NULL, '{"households": 50, "asked": 40, "satisfied": 36, "satisfied_1": 32, "satisfied_2": 32, "satisfied_3": 32}', 'met'),
    ('content with nothing asked of it',      'contents', '{"asked": 40, "satisfied_1": 32, "satisfied_2": 32, "satisfied_3": "n/a"}', 'met'),
    ('nobody asked: the shares do not apply', 'overall satisfaction', '{"households": 50, "asked": 0, "satisfied": 0, "satisfied_1": 0, "satisfied_2": 0, "satisfied_3": 0}', 'not_applicable'),
    ('nobody asked, yet that does not pass',  NULL, '{"households": 50, "asked": 0, "satisfied": 0, "satisfied_1": 0, "satisfied_2": 0, "satisfied_3": 0}', 'not_met'),
    ('no survey held',                        NULL, '{"households": 50}', 'unknown'),
    ('too few households asked, the rest not counted', NULL, '{"households": 50, "asked": 30}', 'not_met'),
    ('nobody lives there',                    NULL, '{"households": 0, "asked": 0, "satisfied": 0, "satisfied_1": 0, "satisfied_2": 0, "satisfied_3": 0}', 'not_applicable')
  ) AS v (case_title, node, facts, expected);

-- Linh Cang, as published: 72 of 76 households asked (94.74 %), 71 of 72
-- satisfied (98.61 %).  https://baoquangnam.vn/print/3094087.html
SELECT results_eq(
    $$SELECT code, measure, round(value, 2), verdict::text
        FROM provision AS p,
             explain('{"households": 76, "asked": 72, "satisfied": 71}', p.ruleset)
       WHERE p.name = 'satisfaction' AND value IS NOT NULL$$,
    $$VALUES ('asked', 'asked / households', 94.74, 'met'),
             ('overall satisfaction', 'satisfied / asked', 98.61, 'met')$$,
    'Linh Cang: the shares are those published');

SELECT is(pg_temp.verdict('satisfaction', node, '{"households": 76, "asked": 72, "satisfied": 71}'::measures || facts::measures), expected,
          'Linh Cang: ' || case_title)
  FROM (VALUES
    ('the single contents were not published', NULL, '{}', 'unknown'),
    ('with 58 of 72 for each content it passes', NULL, '{"satisfied_1": 58, "satisfied_2": 58, "satisfied_3": 58}', 'met'),
    ('with 57 of 72 for one it does not',     NULL, '{"satisfied_1": 58, "satisfied_2": 57, "satisfied_3": 58}', 'not_met'),
    ('54 of 76 asked would do',               'asked', '{"asked": 54}', 'met'),
    ('53 of 76 would not',                    'asked', '{"asked": 53}', 'not_met'),
    ('65 of 72 satisfied would do',           'overall satisfaction', '{"satisfied": 65}', 'met'),
    ('64 of 72 would not',                    'overall satisfaction', '{"satisfied": 64}', 'not_met')
  ) AS v (case_title, node, facts, expected);


-- 18/2022/QĐ-TTg, revocation: half or more of the criteria fail, or 30 % or
-- more with a key one among them.  "To under 50 %" needs no words: from 50 %
-- on the other branch holds.  The overall verdict "met" means: to be revoked.
--
-- The page prints the key criteria by name: Thu nhập, Môi trường và an toàn
-- thực phẩm, Môi trường, Chất lượng môi trường sống, Quốc phòng và An ninh.
-- Of the 19 criteria of a commune they are 10, 17 and 19.

INSERT INTO provision
SELECT 'revocation', jsonb_build_object(
           'code', '18-2022-revocation',
           'title', 'Thu hồi quyết định công nhận xã đạt chuẩn nông thôn mới',
           'cite', '18/2022/QĐ-TTg ngày 02/8/2022; https://thuvienphapluat.vn/chinh-sach-phap-luat-moi/vn/thong-bao-van-ban-moi/email/41861/truong-hop-thu-hoi-quyet-dinh-cong-nhan-xa-dat-chuan-nong-thon-moi',
           'rule', 'at least 50% of (not *) or at least 30% of (not *) and any of (not [10], not [17], not [19])',
           'nodes', jsonb_agg(jsonb_build_object('code', code::text, 'title', title, 'measure', 'tc' || code, 'source', 'unverified') ORDER BY code))::ruleset
  FROM unnest(ARRAY['Quy hoạch', 'Giao thông', 'Thủy lợi và phòng, chống thiên tai', 'Điện', 'Trường học', 'Cơ sở vật chất văn hóa',
                    'Cơ sở hạ tầng thương mại nông thôn', 'Thông tin và Truyền thông', 'Nhà ở dân cư', 'Thu nhập', 'Nghèo đa chiều', 'Lao động',
                    'Tổ chức sản xuất và phát triển kinh tế nông thôn', 'Giáo dục và Đào tạo', 'Y tế', 'Văn hóa', 'Môi trường và an toàn thực phẩm',
                    'Hệ thống chính trị và tiếp cận pháp luật', 'Quốc phòng và An ninh']) WITH ORDINALITY AS t (title, code);

-- All criteria met but those listed.
CREATE FUNCTION pg_temp.criteria(failing integer[], missing integer[], inapplicable integer[], count integer DEFAULT 19) RETURNS ntm.measures
    LANGUAGE sql
RETURN (SELECT jsonb_object_agg('tc' || i,
                   CASE WHEN i = ANY (failing) THEN '0'::jsonb
                        WHEN i = ANY (missing) THEN 'null'
                        WHEN i = ANY (inapplicable) THEN '"n/a"'
                        ELSE '1' END)::ntm.measures
          FROM generate_series(1, count) AS i);

SELECT is(pg_temp.verdict('revocation', NULL, pg_temp.criteria(failing::integer[], missing::integer[], inapplicable::integer[])), expected,
          '18/2022, revocation: ' || case_title)
  FROM (VALUES
    ('none of 19 fails',                            '{}', '{}', '{}', 'not_met'),
    ('5 fail, 26 %, all three key ones among them', '{1,2,10,17,19}', '{}', '{}', 'not_met'),
    ('6 fail, 32 %, with income among them',        '{1,2,3,4,5,10}', '{}', '{}', 'met'),
    ('6 fail, with environment among them',         '{1,2,3,4,5,17}', '{}', '{}', 'met'),
    ('6 fail, with defence and security among them', '{1,2,3,4,5,19}', '{}', '{}', 'met'),
    ('6 fail, none of them key',                    '{1,2,3,4,5,6}', '{}', '{}', 'not_met'),
    ('9 fail, 47 %, none of them key',              '{1,2,3,4,5,6,7,8,9}', '{}', '{}', 'not_met'),
    ('9 fail, one of them key',                     '{1,2,3,4,5,6,7,8,10}', '{}', '{}', 'met'),
    ('10 fail, 53 %, none of them key',             '{1,2,3,4,5,6,7,8,9,11}', '{}', '{}', 'met'),
    ('all 19 fail',                                 '{1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19}', '{}', '{}', 'met'),
    ('nothing is known',                            '{}', '{1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19}', '{}', 'unknown'),
    ('5 fail with a key one, a 6th is not known',   '{1,2,3,4,10}', '{5}', '{}', 'unknown'),
    ('6 fail, none key, a key one is not known',    '{1,2,3,4,5,6}', '{17}', '{}', 'unknown'),
    ('5 fail, a key one is not known: both could come', '{1,2,3,4,5}', '{17}', '{}', 'unknown'),
    ('4 fail, a key one is not known: 5 at most',   '{1,2,3,4}', '{17}', '{}', 'not_met'),
    ('9 fail, none key, one that is not key is not known', '{1,2,3,4,5,6,7,8,9}', '{11}', '{}', 'unknown'),
    ('8 fail, none key, one that is not key is not known', '{1,2,3,4,5,6,7,8}', '{9}', '{}', 'not_met'),
    ('10 fail, the others are not known',           '{1,2,3,4,5,6,7,8,9,11}', '{10,12,13,14,15,16,17,18,19}', '{}', 'met'),
    ('what does not apply has not failed',          '{1,2,3,4,10}', '{}', '{5,6,7}', 'not_met'),
    ('and is counted among the 19',                 '{1,2,3,4,5,10}', '{}', '{6,7,8,9}', 'met'),
    ('nothing applies',                             '{}', '{}', '{1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19}', 'not_met')
  ) AS v (case_title, failing, missing, inapplicable, expected);

-- Every number of failing criteria, without and with a key one: 6 to 9 need
-- one, 10 and more do not.
SELECT is(
    (SELECT array_agg(n ORDER BY n) FROM generate_series(0, 16) AS n,
            LATERAL (SELECT coalesce(array_agg(code), '{}') AS codes
                       FROM (SELECT code FROM generate_series(1, 19) AS code WHERE code NOT IN (10, 17, 19) ORDER BY code LIMIT n) AS s) AS f
      WHERE pg_temp.verdict('revocation', NULL, pg_temp.criteria(f.codes, '{}', '{}')) = 'met'),
    ARRAY[10, 11, 12, 13, 14, 15, 16],
    '18/2022, revocation: without a key criterion from 10 of 19 on');
SELECT is(
    (SELECT array_agg(n ORDER BY n) FROM generate_series(1, 17) AS n,
            LATERAL (SELECT 10 || coalesce(array_agg(code), '{}') AS codes
                       FROM (SELECT code FROM generate_series(1, 19) AS code WHERE code NOT IN (10, 17, 19) ORDER BY code LIMIT n - 1) AS s) AS f
      WHERE pg_temp.verdict('revocation', NULL, pg_temp.criteria(f.codes, '{}', '{}')) = 'met'),
    ARRAY[6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
    '18/2022, revocation: with a key criterion from 6 of 19 on');

-- 19 criteria have no number of failures that is 30 or 50 % exactly; ten have.
-- (That the rule will hold for the ten criteria of 51/2025 is not said.)
INSERT INTO provision
SELECT 'revocation of ten', jsonb_build_object(
           'code', 'ten',
           'rule', 'at least 50% of (not *) or at least 30% of (not *) and not [3]',
           'nodes', jsonb_agg(jsonb_build_object('code', code::text, 'measure', 'tc' || code, 'source', 'illustrative') ORDER BY code))::ruleset
  FROM generate_series(1, 10) AS code;

SELECT is(pg_temp.verdict('revocation of ten', NULL, pg_temp.criteria(failing::integer[], '{}', '{}', 10)), expected,
          'revocation, of ten criteria: ' || case_title)
  FROM (VALUES
    ('3 fail, 30 % exactly, a key one among them', '{1,2,3}', 'met'),
    ('2 fail, a key one among them',          '{2,3}', 'not_met'),
    ('3 fail, none of them key',              '{1,2,4}', 'not_met'),
    ('5 fail, 50 % exactly, none of them key', '{1,2,4,5,6}', 'met'),
    ('4 fail, none of them key',              '{1,2,4,5}', 'not_met')
  ) AS v (case_title, failing, expected);


-- Hà Tĩnh, provisional set of 8/2014: ten criteria of the area, and besides
-- them every content of the commune's 19 criteria that applies to an area.
-- The second part is one more criterion with the commune's contents below it.
-- "n/a" says that a content does not apply to this area, and counts as met.
-- Only the green fence has a published bound; of the commune's contents
-- (491/QĐ-TTg, Bắc Trung Bộ) four stand for all.

INSERT INTO provision VALUES ('area of Hà Tĩnh', $${
  "code": "HT-KDC-2014", "title": "Khu dân cư nông thôn mới kiểu mẫu (tạm thời)",
  "cite": "Bộ tiêu chí tạm thời khu dân cư nông thôn mới kiểu mẫu, Hà Tĩnh, 8/2014",
  "nodes": [
    {"code": "1", "title": "Nhà ở và công trình phụ trợ", "measure": "area_1", "source": "illustrative"},
    {"code": "2", "title": "Vườn hộ và công trình chăn nuôi", "measure": "area_2", "source": "illustrative"},
    {"code": "3", "title": "Tỷ lệ hàng rào cây xanh hoặc hàng rào khác được phủ cây xanh", "measure": "green_fence", "unit": "%", "rule": "≥ 70%",
     "source": "http://camxuyen.hatinh.gov.vn/?act=691/Kinh-te-dau-tu/Thong-tin-kinh-te/Ban-hanh-tam-thoi-Bo-tieu-chi-Khu-dan-cu-nong-thon-moi-kieu-mau/"},
    {"code": "4", "title": "Đường giao thông", "measure": "area_4", "source": "illustrative"},
    {"code": "5", "title": "Nhà văn hóa và khu thể thao thôn", "measure": "area_5", "source": "illustrative"},
    {"code": "6", "title": "Hệ thống điện", "measure": "area_6", "source": "illustrative"},
    {"code": "7", "title": "Văn hóa, giáo dục, y tế", "measure": "area_7", "source": "illustrative"},
    {"code": "8", "title": "Vệ sinh môi trường", "measure": "area_8", "source": "illustrative"},
    {"code": "9", "title": "Hệ thống chính trị và an ninh trật tự xã hội", "measure": "area_9", "source": "illustrative"},
    {"code": "10", "title": "Chấp hành pháp luật, quy ước, hương ước", "measure": "area_10", "source": "illustrative"},

    {"code": "commune", "title": "Các nội dung của 19 tiêu chí xã áp dụng đối với thôn", "rule": "all of (*)",
     "source": "http://camxuyen.hatinh.gov.vn/?act=691/Kinh-te-dau-tu/Thong-tin-kinh-te/Ban-hanh-tam-thoi-Bo-tieu-chi-Khu-dan-cu-nong-thon-moi-kieu-mau/"},
    {"code": "commune 2.2", "parent": "commune", "title": "Tỷ lệ km đường trục thôn, xóm được cứng hóa đạt chuẩn", "measure": "village_road", "unit": "%", "rule": "≥ 70%",
     "cite": "491/QĐ-TTg ngày 16/4/2009, 2.2", "source": "https://agro.gov.vn/vn/tID13638_Thu-tuong-ban-hanh-Bo-tieu-chi-ve-nong-thon-moi-.html"},
    {"code": "commune 7", "parent": "commune", "title": "Chợ đạt chuẩn", "measure": "market", "rule": "Đạt",
     "cite": "491/QĐ-TTg ngày 16/4/2009, 7", "source": "unverified"},
    {"code": "commune 9.1", "parent": "commune", "title": "Nhà tạm, dột nát", "measure": "temporary_houses", "unit": "nhà", "rule": "Không",
     "cite": "491/QĐ-TTg ngày 16/4/2009, 9.1", "source": "unverified"},
    {"code": "commune 11", "parent": "commune", "title": "Tỷ lệ hộ nghèo", "measure": "poor_share", "unit": "%", "rule": "< 5%",
     "cite": "491/QĐ-TTg ngày 16/4/2009, 11", "source": "https://agro.gov.vn/vn/tID13638_Thu-tuong-ban-hanh-Bo-tieu-chi-ve-nong-thon-moi-.html"}]}$$);

SELECT is(pg_temp.verdict('area of Hà Tĩnh', node,
              '{"area_1": true, "area_2": true, "green_fence": 70, "area_4": true, "area_5": true, "area_6": true, "area_7": true, "area_8": true,
                "area_9": true, "area_10": true, "village_road": 70, "market": true, "temporary_houses": 0, "poor_share": 4.99}'::measures || facts::measures),
          expected, 'Hà Tĩnh: ' || case_title)
  FROM (VALUES
    ('all criteria and all contents',         NULL, '{}', 'met'),
    ('green fence of 70 %',                   '3', '{}', 'met'),
    ('green fence of 69.999999 %',            '3', '{"green_fence": 69.999999}', 'not_met'),
    ('is enough to fail',                     NULL, '{"green_fence": 69.999999}', 'not_met'),
    ('no fences: met, though it does not apply', NULL, '{"green_fence": "n/a"}', 'met'),
    ('village roads of 70 %',                 'commune 2.2', '{}', 'met'),
    ('village roads of 69.999999 %',          'commune 2.2', '{"village_road": 69.999999}', 'not_met'),
    ('poverty below 5 %',                     'commune 11', '{"poor_share": 4.999999}', 'met'),
    ('poverty of 5 %',                        'commune 11', '{"poor_share": 5}', 'not_met'),
    ('no temporary houses',                   'commune 9.1', '{}', 'met'),
    ('one temporary house',                   'commune 9.1', '{"temporary_houses": 1}', 'not_met'),
    ('ten criteria met, one content of the commune not', NULL, '{"poor_share": 5}', 'not_met'),
    ('a market is not for an area: the content', 'commune 7', '{"market": "n/a"}', 'not_applicable'),
    ('the contents together',                 'commune', '{"market": "n/a"}', 'met'),
    ('the area',                              NULL, '{"market": "n/a"}', 'met'),
    ('no content applies: together',          'commune', '{"village_road": "n/a", "market": "n/a", "temporary_houses": "n/a", "poor_share": "n/a"}', 'not_applicable'),
    ('no content applies: the area',          NULL, '{"village_road": "n/a", "market": "n/a", "temporary_houses": "n/a", "poor_share": "n/a"}', 'met'),
    ('whether it applies is not reported',    NULL, '{"market": null}', 'unknown'),
    ('not reported, and another content not met', NULL, '{"market": null, "village_road": 50}', 'not_met'),
    ('what does not apply makes up for nothing', NULL, '{"market": "n/a", "village_road": 50}', 'not_met')
  ) AS v (case_title, node, facts, expected);

SELECT is(
    (SELECT criterion_count(assess('{}', ruleset)) FROM provision WHERE name = 'area of Hà Tĩnh'), 11,
    'Hà Tĩnh: the commune''s contents are one criterion beside the ten');


-- 318/QĐ-TTg, 10: income by year, 36, 39, 42, 45, 48 for 2021 to 2025 in the
-- northern midlands and mountains.
--
-- An edition a year, not a variant by a class for the year:
--   * A class says what a unit is, the year says when it is judged.  The first
--     class that has a variant decides, so region and year cannot both have
--     their say; it would take a class for every pair of them, seven regions
--     times five years.
--   * A unit whose class for the year was forgotten, or a year the set does
--     not know, falls back to the standard rule in silence.  Without an edition
--     in force there is no verdict at all, and that is seen.
--   * An edition has dates of its own, and every verdict names its edition.
-- The editions differ in this one rule, so each is made from the base by amend().

INSERT INTO provision VALUES ('income of 318', $${
  "code": "318-10", "title": "Thu nhập",
  "classes": {"TDMNPB": "Trung du miền núi phía Bắc", "DBSH": "Đồng bằng sông Hồng"},
  "nodes": [
    {"code": "10", "title": "Thu nhập bình quân đầu người", "measure": "income", "unit": "triệu đồng/người/năm",
     "delegated": "mức của các vùng khác không có trong bài thử này",
     "cite": "318/QĐ-TTg ngày 08/3/2022, 10"}]}$$);

CREATE TEMPORARY TABLE yearly (year integer, bound numeric, source text);
INSERT INTO yearly VALUES
    (2021, 36, 'unverified'),
    (2022, 39, 'https://sldtbxh.binhphuoc.gov.vn/en/news/news/the-criteria-for-new-rural-communes-in-binh-phuoc-province-shall-range-from-2021-2025-207.html'),
    (2023, 42, 'unverified'),
    (2024, 45, 'unverified'),
    (2025, 48, 'unverified');

INSERT INTO provision
SELECT 'income of 318 in ' || year, amend(ruleset, '10', format('>= %s', bound)::rule, 'TDMNPB')
  FROM provision, yearly WHERE name = 'income of 318';

SELECT is(pg_temp.verdict('income of 318 in ' || year, '10', facts::measures, '{TDMNPB}'), expected, format('318, 10: %s %s', year, case_title))
  FROM yearly,
       LATERAL (VALUES
           ('at the bound',     format('{"income": %s}', bound), 'met'),
           ('just below it',    format('{"income": %s}', bound - 0.000001), 'not_met'),
           ('income not known', '{}', 'unknown')) AS v (case_title, facts, expected)
 ORDER BY year;

SELECT results_eq(
    $$SELECT r.rule FROM yearly, provision AS p, requirements(p.ruleset) AS r
       WHERE p.name = 'income of 318 in ' || year AND r.class = 'TDMNPB' ORDER BY year$$,
    $$VALUES ('>= 36'), ('>= 39'), ('>= 42'), ('>= 45'), ('>= 48')$$,
    '318, 10: five editions, made from one base');
SELECT is(pg_temp.verdict('income of 318 in 2023', '10', '{"income": 42}', '{DBSH}'), 'unknown',
    '318, 10: what is not set for a region is unknown there');
SELECT is(pg_temp.verdict('income of 318 in 2023', '10', '{"income": 42}', '{TDMNPB,DBSH}'), 'met',
    '318, 10: a commune in special difficulty elsewhere is judged by the bound of TDMNPB, which stands first among its classes');

-- The other way, and how it goes wrong.
INSERT INTO provision VALUES ('income by class of year', $${
  "code": "by-class",
  "nodes": [
    {"code": "10", "measure": "income", "rule": ">= 36",
     "when": {"DBSH": ">= 48", "2022": ">= 39", "2023": ">= 42", "2024": ">= 45", "2025": ">= 48"}}]}$$);

SELECT is(pg_temp.verdict('income by class of year', '10', '{"income": 44}', classes::text[]), expected, 'income by class of the year: ' || case_title)
  FROM (VALUES
    ('44 meets 42 in 2023',                             '{2023}', 'met'),
    ('44 does not meet 45 in 2024',                     '{2024}', 'not_met'),
    ('without the class of 2024 it meets the standard rule', '{}', 'met'),
    ('2026 falls back to it too',                       '{2026}', 'met'),
    ('after the region''s class the year has no say',   '{DBSH,2023}', 'not_met'),
    ('before it the region has none',                   '{2023,DBSH}', 'met')
  ) AS v (case_title, classes, expected);


-- Of all of these.

SELECT is_empty(
    $$SELECT name, r.code, r.class
        FROM provision AS p, requirements(p.ruleset) AS r
       WHERE r.source IS NULL AND r.rule IS NOT NULL AND name NOT LIKE 'income of 318 in %' AND name <> 'income by class of year'$$,
    'every requirement here says where it comes from');
SELECT is_empty(
    $$SELECT name FROM provision WHERE ruleset::text::ruleset IS DISTINCT FROM ruleset OR ruleset::text::ruleset::text <> ruleset::text$$,
    'and reads back as it is written');

SELECT * FROM finish();
ROLLBACK;
