-- The published awards, to the đồng, by the policies of the library: who was
-- recognised as the sources say, the sums as they print them.
BEGIN;
SET search_path = ntm, public;
SELECT plan(44);
\ir registry.psql

-- Units of a province made for a case: a district, and so many communes or
-- areas recognised at a tier for a year.
CREATE FUNCTION pg_temp.province(wanted text) RETURNS bigint
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO unit (code, name, level) VALUES (wanted, 'Province ' || wanted, 'province') RETURNING id;
END;

CREATE FUNCTION pg_temp.recognised(place text, batch text, how_many integer, wanted_level text, wanted_tier text, for_year integer, wanted_classes text[] DEFAULT '{}')
    RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    next_id bigint;
BEGIN
    FOR n IN 1 .. how_many LOOP
        INSERT INTO unit (code, name, level, parent_id, classes)
        VALUES (batch || n, batch || ' ' || n, wanted_level, pg_temp.id(place), wanted_classes)
        RETURNING id INTO next_id;

        INSERT INTO recognition (unit_id, event, tier, year, event_date, decision, decision_date)
        VALUES (next_id, 'recognised', wanted_tier, for_year, make_date(for_year, 11, 20), 'QĐ ' || batch, make_date(for_year, 11, 20));
    END LOOP;
END
$$;

CREATE FUNCTION pg_temp.planned(batch text, for_year integer) RETURNS void
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO recognition_plan (unit_id, planned_year, cite, decided_on)
    SELECT unit.id, for_year, 'roadmap', '2011-01-01' FROM unit WHERE unit.code LIKE batch || '%' AND unit.level = 'commune';
END;

CREATE FUNCTION pg_temp.granted(policy text, about integer) RETURNS SETOF record
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT s.amount, count(*) FROM award_standing AS s WHERE s.policy_code = policy AND s.year = about GROUP BY s.amount ORDER BY s.amount DESC;
END;

INSERT INTO class (code) VALUES ('DBKK');

-- the library
SELECT set_eq($$SELECT code FROM ntm.award_library$$,
              ARRAY['HT-XA-2013', 'HT-KDC-MAU', 'QN-XA-2017', 'YB-XA-2021', 'YB-THON-MAU', 'NA-XA-2023', 'PT-XA-2024'], 'the library has the published policies');
SELECT is_empty($$SELECT * FROM ntm.award_library WHERE status <> 'sourced' AND code <> 'HT-KDC-MAU'$$, 'all but one of them sourced');
SELECT is_empty($$SELECT * FROM ntm.award_library_amount WHERE source !~ '^https?://' OR source IS NULL$$, 'every amount with its address');
SELECT is_empty($$SELECT * FROM ntm.award_library WHERE document::text <> normalize(document::text, NFC)$$, 'in NFC');
SELECT throws_ok($$SELECT adopt_award_policy('NONE')$$, '42704', 'there is no award policy "NONE" in the library', 'what is not in it is not adopted');
SELECT throws_ok($$SELECT adopt_award_policy('HT-XA-2013')$$, '22023', 'award policy "HT-XA-2013" has no date from which it is in force', 'nor without a date');

-- what is shipped can be edited as rows, and these make the same policy
SELECT is((SELECT count(draft_award_from(document)) FROM ntm.award_library), 7::bigint, 'each makes a draft');
SELECT is_empty($$SELECT * FROM draft_award_problem$$, 'nothing is wrong with them');
SELECT is_empty($$SELECT l.code FROM ntm.award_library AS l CROSS JOIN LATERAL draft_award_document(l.code) AS d
                   WHERE d <> (l.document - 'jurisdiction' - 'classes' - 'amounts') || jsonb_build_object('amounts',
                       (SELECT jsonb_agg(jsonb_build_object('part', 'award') || a ORDER BY n) FROM jsonb_array_elements(l.document -> 'amounts') WITH ORDINALITY AS x (a, n)))$$,
                'which say what the policies say');
SELECT throws_ok($$SELECT draft_award_from(document) FROM ntm.award_library$$, '42710', NULL, 'a draft is not overwritten');

-- Hà Tĩnh 2013: 7 communes, 5.5 tỷ
SELECT pg_temp.province('HT') \g /dev/null
SELECT lives_ok($$SELECT adopt_award_policy('HT-XA-2013', pg_temp.id('HT'), '2013-01-01')$$, 'Hà Tĩnh adopts its policy');
SELECT pg_temp.recognised('HT', 'HT13-2-', 1, 'commune', 'standard', 2013), pg_temp.recognised('HT', 'HT13-1-', 1, 'commune', 'standard', 2013),
       pg_temp.recognised('HT', 'HT13-0-', 5, 'commune', 'standard', 2013) \g /dev/null
SELECT is((SELECT array_agg(DISTINCT state || ' ' || array_to_string(missing, ',')) FROM award_eligibility WHERE policy_code = 'HT-XA-2013' AND year = 2013),
          ARRAY['not_known years_early'], 'without a roadmap nothing is known');
SELECT pg_temp.planned('HT13-2-', 2015), pg_temp.planned('HT13-1-', 2014), pg_temp.planned('HT13-0-', 2013) \g /dev/null
SELECT is(grant_awards(2013, 'HT-XA-2013', NULL, 'QĐ HT13', '2013-12-31'), 7, 'seven communes are rewarded');
SELECT results_eq($$SELECT * FROM pg_temp.granted('HT-XA-2013', 2013) AS g (amount numeric, units bigint)$$,
                  $$VALUES (2000000000::numeric, 1::bigint), (1000000000, 1), (500000000, 5)$$, 'by earliness');
SELECT is((SELECT granted_amount FROM award_total WHERE policy_code = 'HT-XA-2013' AND year = 2013 AND place_id IS NULL), 5500000000::numeric, '5.5 tỷ together');

-- Hà Tĩnh 2016: 28 communes, 21 tỷ; 2 late ones nothing
SELECT pg_temp.recognised('HT', 'HT16-2-', 3, 'commune', 'standard', 2016), pg_temp.recognised('HT', 'HT16-1-', 5, 'commune', 'standard', 2016),
       pg_temp.recognised('HT', 'HT16-0-', 20, 'commune', 'standard', 2016), pg_temp.recognised('HT', 'HT16-L-', 2, 'commune', 'standard', 2016) \g /dev/null
SELECT pg_temp.planned('HT16-2-', 2019), pg_temp.planned('HT16-1-', 2017), pg_temp.planned('HT16-0-', 2016), pg_temp.planned('HT16-L-', 2015) \g /dev/null
SELECT results_eq($$SELECT considered, eligible, not_eligible, eligible_amount FROM award_total WHERE policy_code = 'HT-XA-2013' AND year = 2016 AND place_id IS NULL$$,
                  $$VALUES (37::bigint, 28::bigint, 9::bigint, 21000000000::numeric)$$, 'those of earlier years get nothing again');
SELECT is(grant_awards(2016, 'HT-XA-2013', 21000000000, 'QĐ HT16', '2016-12-31'), 28, '28 communes are rewarded');
SELECT results_eq($$SELECT * FROM pg_temp.granted('HT-XA-2013', 2016) AS g (amount numeric, units bigint)$$,
                  $$VALUES (2000000000::numeric, 3::bigint), (1000000000, 5), (500000000, 20)$$, 'by earliness');
SELECT results_eq($$SELECT granted_amount, budget, budget_left FROM award_total WHERE policy_code = 'HT-XA-2013' AND year = 2016 AND place_id IS NULL$$,
                  $$VALUES (21000000000::numeric, 21000000000::numeric, 0::numeric)$$, '21 tỷ together, and nothing is left');
SELECT results_eq($$SELECT code, state, amount, reason FROM award_eligibility WHERE year = 2016 AND code LIKE 'HT16-L-%' ORDER BY code$$,
                  $$SELECT 'HT16-L-' || n, 'not_eligible', NULL::numeric, 'no award: years_early < 0 (sau lộ trình)' FROM generate_series(1, 2) AS g (n)$$,
                  'the two that were late get nothing, and are told why');

-- the city of Hà Tĩnh: 9 areas, 3.15 tỷ
SELECT adopt_award_policy('HT-KDC-MAU', pg_temp.id('HT'), '2017-01-01') \g /dev/null
SELECT pg_temp.recognised('HT13-0-1', 'HTTP', 9, 'area', 'model', 2018) \g /dev/null
SELECT is(grant_awards(2018, 'HT-KDC-MAU', NULL, 'QĐ HTTP', '2018-12-31'), 9, 'nine model areas are rewarded');
SELECT is((SELECT granted_amount FROM award_total WHERE policy_code = 'HT-KDC-MAU' AND year = 2018 AND place_id IS NULL), 3150000000::numeric, '3.15 tỷ together');

-- Quảng Nam 2017: 4 communes by rank, 1.5 tỷ
SELECT pg_temp.province('QN') \g /dev/null
SELECT adopt_award_policy('QN-XA-2017', pg_temp.id('QN'), '2017-01-01') \g /dev/null
SELECT pg_temp.recognised('QN', 'QN', 6, 'commune', 'standard', 2017) \g /dev/null
INSERT INTO award_ranking (ranking, year, unit_id, rank, decision)
SELECT 'QN-XA', 2017, pg_temp.id('QN' || n), n, 'QĐ xếp hạng' FROM generate_series(1, 4) AS g (n);
SELECT is(grant_awards(2017, 'QN-XA-2017', NULL, 'QĐ QN17', '2017-12-31'), 4, 'the four that are ranked are rewarded');
SELECT results_eq($$SELECT * FROM pg_temp.granted('QN-XA-2017', 2017) AS g (amount numeric, units bigint)$$,
                  $$VALUES (500000000::numeric, 1::bigint), (400000000, 1), (300000000, 2)$$, 'by rank');
SELECT is((SELECT granted_amount FROM award_total WHERE policy_code = 'QN-XA-2017' AND year = 2017 AND place_id IS NULL), 1500000000::numeric, '1.5 tỷ together');
SELECT results_eq($$SELECT DISTINCT part FROM award_given WHERE policy_code = 'QN-XA-2017'$$, $$VALUES ('works')$$, 'for works');
SELECT results_eq($$SELECT state, reason FROM award_eligibility WHERE year = 2017 AND code = 'QN5'$$,
                  $$VALUES ('not_eligible', 'Được xếp hạng trong năm (Quyết định thưởng công trình phúc lợi năm 2017 của tỉnh Quảng Nam): not met')$$, 'the others are not');

-- Yên Bái 2022: 19 communes, 13.3 tỷ
SELECT pg_temp.province('YB') \g /dev/null
SELECT adopt_award_policy('YB-XA-2021', pg_temp.id('YB'), '2022-01-01') \g /dev/null
SELECT pg_temp.recognised('YB', 'YB-N', 7, 'commune', 'standard', 2022), pg_temp.recognised('YB', 'YB-K', 5, 'commune', 'standard', 2022, '{DBKK}') \g /dev/null
SELECT pg_temp.recognised('YB', 'YB-A', 6, 'commune', 'advanced', 2022, '{DBKK}'), pg_temp.recognised('YB', 'YB-M', 1, 'commune', 'model', 2022) \g /dev/null
SELECT is(grant_awards(2022, 'YB-XA-2021', NULL, 'QĐ YB22', '2023-01-25'), 19, 'nineteen communes are rewarded');
SELECT results_eq($$SELECT * FROM pg_temp.granted('YB-XA-2021', 2022) AS g (amount numeric, units bigint)$$,
                  $$VALUES (1200000000::numeric, 1::bigint), (1000000000, 5), (600000000, 6), (500000000, 7)$$, 'by tier and class');
SELECT is((SELECT granted_amount FROM award_total WHERE policy_code = 'YB-XA-2021' AND year = 2022 AND place_id IS NULL), 13300000000::numeric, '13.3 tỷ together');
SELECT results_eq($$SELECT DISTINCT status FROM award_given WHERE policy_code = 'YB-XA-2021'$$, $$VALUES ('sourced')$$, 'under a sourced policy');

-- Yên Bái, model areas: 3 × 150 m, in communes that are not model communes
SELECT adopt_award_policy('YB-THON-MAU', pg_temp.id('YB'), '2022-01-01') \g /dev/null
SELECT pg_temp.recognised('YB-N1', 'YBKM', 3, 'area', 'model', 2022), pg_temp.recognised('YB-M1', 'YBKX', 2, 'area', 'model', 2022) \g /dev/null
SELECT is(grant_awards(2022, 'YB-THON-MAU', NULL, 'QĐ YBKM', '2023-01-25'), 3, 'three model areas are rewarded');
SELECT is((SELECT granted_amount FROM award_total WHERE policy_code = 'YB-THON-MAU' AND year = 2022 AND place_id IS NULL), 450000000::numeric, '450 million together');
SELECT results_eq($$SELECT DISTINCT state, reason FROM award_eligibility WHERE year = 2022 AND code LIKE 'YBKX%'$$,
                  $$VALUES ('not_eligible', 'Xã chưa đạt chuẩn kiểu mẫu (Quy định thưởng thôn kiểu mẫu của tỉnh Yên Bái): not met')$$, 'not those in a model commune');

-- Nghệ An 2023: 4 × 500 + 6 × 600 + 4 × 700 m
SELECT pg_temp.province('NA') \g /dev/null
SELECT adopt_award_policy('NA-XA-2023', pg_temp.id('NA'), '2023-01-01') \g /dev/null
SELECT pg_temp.recognised('NA', 'NA-N', 4, 'commune', 'standard', 2023), pg_temp.recognised('NA', 'NA-A', 6, 'commune', 'advanced', 2023),
       pg_temp.recognised('NA', 'NA-M', 4, 'commune', 'model', 2023) \g /dev/null
SELECT is(grant_awards(2023, 'NA-XA-2023', NULL, 'QĐ NA23', '2023-12-31'), 14, 'fourteen communes are rewarded');
SELECT results_eq($$SELECT * FROM pg_temp.granted('NA-XA-2023', 2023) AS g (amount numeric, units bigint)$$,
                  $$VALUES (700000000::numeric, 4::bigint), (600000000, 6), (500000000, 4)$$, 'by tier');
SELECT is((SELECT granted_amount FROM award_total WHERE policy_code = 'NA-XA-2023' AND year = 2023 AND place_id IS NULL), 8400000000::numeric, '8.4 tỷ together');
SELECT is((SELECT sum(amount) FROM award_eligibility WHERE policy_code = 'NA-XA-2023' AND year = 2023 AND tier <> 'model'), 5600000000::numeric, 'of which 5.6 tỷ by the decisions 616 and 617');

-- Phú Thọ 2024: Thạch Khoán, 1 tỷ
SELECT pg_temp.province('PT') \g /dev/null
SELECT adopt_award_policy('PT-XA-2024', pg_temp.id('PT'), '2024-01-01') \g /dev/null
INSERT INTO unit (code, name, level, parent_id) VALUES ('TK1', 'Thạch Khoán', 'commune', pg_temp.id('PT'));
INSERT INTO recognition (unit_id, event, year, event_date, decision, decision_date)
VALUES (pg_temp.id('TK1'), 'recognised', 2024, '2024-10-28', '2119/QĐ-UBND', '2024-10-28');
SELECT is(grant_awards(2024, 'PT-XA-2024', NULL, '2119/QĐ-UBND', '2024-10-28'), 1, 'Thạch Khoán is rewarded');
SELECT is((SELECT granted_amount FROM award_total WHERE policy_code = 'PT-XA-2024' AND year = 2024 AND place_id IS NULL), 1000000000::numeric, 'with 1 tỷ');

-- all of it
SELECT is_empty($$SELECT * FROM check_awards()$$, 'every award follows from the facts it rested on');
SELECT is((SELECT sum(amount) FROM award), 5500000000 + 21000000000 + 3150000000 + 1500000000 + 13300000000 + 450000000 + 8400000000 + 1000000000::numeric, 'the sums add up');
SELECT is((SELECT sum(amount) FROM award_given), (SELECT sum(amount) FROM award), 'so do the parts');
SELECT is((SELECT sum(granted_amount) FROM award_total WHERE place_id IN (SELECT id FROM unit WHERE level = 'province')), (SELECT sum(amount) FROM award), 'and the provinces');

SELECT * FROM finish();
ROLLBACK;
