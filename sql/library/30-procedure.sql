-- The procedures of recognition shipped with the extension.

CREATE TABLE ntm.library_procedure (
    code            text    PRIMARY KEY,
    level           text    NOT NULL CHECK (level IN ('province', 'district', 'commune', 'area')),
    tier            text    NOT NULL CHECK (tier IN ('standard', 'advanced', 'model')),
    issuer          text,
    decision        text,
    decision_date   date,
    valid_from      date,
    valid_to        date,
    jurisdiction    text,
    document        jsonb   NOT NULL,
    CONSTRAINT library_procedure_code CHECK (code = document ->> 'code'),
    CONSTRAINT library_procedure_validity CHECK (valid_from < valid_to)
);

COMMENT ON TABLE ntm.library_procedure IS
'The shipped procedures of recognition. Part of the extension: replaced with it, not dumped, not to be edited. Read view ntm.procedure_library instead.';
COMMENT ON COLUMN ntm.library_procedure.code IS 'Code, as in its document.';
COMMENT ON COLUMN ntm.library_procedure.level IS 'Level of the units it is for: province, district, commune or area.';
COMMENT ON COLUMN ntm.library_procedure.tier IS 'standard (đạt chuẩn), advanced (nâng cao) or model (kiểu mẫu).';
COMMENT ON COLUMN ntm.library_procedure.issuer IS 'Who issued it. NULL = nobody: it was invented.';
COMMENT ON COLUMN ntm.library_procedure.decision IS 'Number of the decision or circular. NULL = there is none: it was invented.';
COMMENT ON COLUMN ntm.library_procedure.decision_date IS 'Its date. NULL = not known, or there is none.';
COMMENT ON COLUMN ntm.library_procedure.valid_from IS 'First day on which it is in force. NULL = not known.';
COMMENT ON COLUMN ntm.library_procedure.valid_to IS 'First day on which it is no longer in force. NULL = no end is recorded here; end it in the registry when another one follows it.';
COMMENT ON COLUMN ntm.library_procedure.jurisdiction IS 'Where it is in force, in words. NULL = nowhere: it was invented.';
COMMENT ON COLUMN ntm.library_procedure.document IS 'Steps, deadlines and conditions, each with its article and its source, for publish_procedure() of a registry.';

-- Communes from 29 December 2014.  The decision that followed it at the end of
-- 2016 (2540/QĐ-TTg) could not be read, hence no end.
INSERT INTO ntm.library_procedure
       (code, level, tier, issuer, decision, decision_date, valid_from, valid_to, jurisdiction, document)
VALUES ('VN-XA-2014', 'commune', 'standard', 'Bộ Nông nghiệp và Phát triển nông thôn', '40/2014/TT-BNNPTNT', '2014-11-13',
        '2014-12-29', NULL, 'Việt Nam', $$
{"code": "VN-XA-2014",
 "title": "Trình tự, thủ tục xét công nhận và công bố xã đạt chuẩn nông thôn mới",
 "cite": "40/2014/TT-BNNPTNT",
 "valid_years": 5,
 "source": "http://nongnghiep.vn/trinh-tu-thu-tuc-cong-bo-dat-chuan-ntm-post134845.html",
 "steps": [
  {"event": "registered", "title": "Xã đăng ký đạt chuẩn",
   "before": {"month": 12, "day": 10, "year": -1}},
  {"event": "self_assessed", "title": "Xã tự đánh giá", "after": ["registered"]},
  {"event": "verified", "title": "Huyện thẩm tra, xác nhận", "after": ["self_assessed"],
   "conditions": [
    {"code": "1", "title": "Đạt từ 14 tiêu chí", "rule": "met_count >= 14", "cite": "40/2014/TT-BNNPTNT",
     "source": "http://nongnghiep.vn/trinh-tu-thu-tuc-cong-bo-dat-chuan-ntm-post134845.html"}]},
  {"event": "recognised", "title": "Chủ tịch UBND tỉnh quyết định công nhận", "after": ["registered", "verified"],
   "before": {"month": 11, "day": 10},
   "conditions": [
    {"code": "1", "title": "Đạt 100% tiêu chí", "rule": "meets_criteria met", "cite": "372/QĐ-TTg, 14/3/2014",
     "source": "http://thuvien.mard.gov.vn/csdl-hoi-dap/van-ban-quy-pham-phap-luat/dieu-kien-cong-nhan-xa-dat-chuan-nong-thon-moi---1976"}]},
  {"event": "renewed", "title": "Công nhận lại sau 5 năm",
   "source": "http://thuvienphapluat.vn/chinh-sach-phap-luat-moi/vn/thong-bao-van-ban-moi/email/8624/thu-tuc-cong-nhan-xa-dat-chuan-nong-thon-moi",
   "conditions": [
    {"code": "1", "title": "Đạt 100% tiêu chí", "rule": "meets_criteria met", "cite": "372/QĐ-TTg, 14/3/2014",
     "source": "http://thuvien.mard.gov.vn/csdl-hoi-dap/van-ban-quy-pham-phap-luat/dieu-kien-cong-nhan-xa-dat-chuan-nong-thon-moi---1976"}]}]}
$$);

-- Communes from 2 August 2022.  That criteria 10, 17 and 19 of the set of 2022
-- are those the decision names (Thu nhập; Môi trường và an toàn thực phẩm; Quốc
-- phòng và An ninh) is our reading of the set.  The shares of satisfied
-- households are stated for districts (320/QĐ-TTg); for communes no page was found.
INSERT INTO ntm.library_procedure
       (code, level, tier, issuer, decision, decision_date, valid_from, valid_to, jurisdiction, document)
VALUES ('VN-XA-2022', 'commune', 'standard', 'Thủ tướng Chính phủ', '18/2022/QĐ-TTg', '2022-08-02',
        '2022-08-02', NULL, 'Việt Nam', $$
{"code": "VN-XA-2022",
 "title": "Điều kiện, trình tự, thủ tục xét, công nhận và thu hồi quyết định công nhận xã đạt chuẩn nông thôn mới",
 "cite": "18/2022/QĐ-TTg",
 "key_criteria": ["10", "17", "19"],
 "source": "https://stp.thuathienhue.gov.vn/?gd=26&cn=350&tc=7210",
 "steps": [
  {"event": "consulted", "title": "Lấy ý kiến sự hài lòng của người dân",
   "source": "http://baoninhthuan.com.vn/news/114698p24c32/uy-ban-mttq-viet-nam-tinh-trien-khai-lay-y-kien-danh-gia-ve-su-hai-long-doi-voi-ket-qua-xay-dung-nong-thon-moi-tai-huyen-ninh-hai.htm",
   "conditions": [
    {"code": "1", "title": "Số hộ được lấy ý kiến", "rule": "households_surveyed / households >= 70%", "cite": "18/2022/QĐ-TTg",
     "source": "http://baoninhthuan.com.vn/news/114698p24c32/uy-ban-mttq-viet-nam-tinh-trien-khai-lay-y-kien-danh-gia-ve-su-hai-long-doi-voi-ket-qua-xay-dung-nong-thon-moi-tai-huyen-ninh-hai.htm"}]},
  {"event": "recognised", "title": "Chủ tịch UBND tỉnh quyết định công nhận", "after": ["consulted"],
   "conditions": [
    {"code": "1", "title": "Đạt bộ tiêu chí quốc gia", "rule": "meets_criteria met", "cite": "18/2022/QĐ-TTg",
     "source": "https://stp.thuathienhue.gov.vn/?gd=26&cn=350&tc=7210"},
    {"code": "2", "title": "Không nợ đọng xây dựng cơ bản", "rule": "outstanding_debt = 0", "cite": "18/2022/QĐ-TTg",
     "source": "https://stp.thuathienhue.gov.vn/?gd=26&cn=350&tc=7210"},
    {"code": "3", "title": "Tỷ lệ hài lòng chung", "rule": "households_satisfied / households_surveyed >= 90%", "cite": "18/2022/QĐ-TTg",
     "source": "unverified: stated for districts by https://media.chinhphu.vn/su-hai-long-cua-nguoi-dan-thuoc-do-xay-dung-nong-thon-moi-10222032115582261.htm"},
    {"code": "4", "title": "Tỷ lệ hài lòng từng nội dung", "rule": "lowest_content_satisfied / households_surveyed >= 80%", "cite": "18/2022/QĐ-TTg",
     "source": "unverified: stated for districts by https://media.chinhphu.vn/su-hai-long-cua-nguoi-dan-thuoc-do-xay-dung-nong-thon-moi-10222032115582261.htm"}]},
  {"event": "revoked", "title": "Thu hồi quyết định công nhận", "rule": "any of (*)",
   "source": "https://thuvienphapluat.vn/chinh-sach-phap-luat-moi/vn/thong-bao-van-ban-moi/email/41861/truong-hop-thu-hoi-quyet-dinh-cong-nhan-xa-dat-chuan-nong-thon-moi",
   "conditions": [
    {"code": "1", "title": "Từ 30% đến dưới 50% số tiêu chí không đạt, trong đó có tiêu chí chủ chốt", "rule": "all of (*)", "cite": "18/2022/QĐ-TTg",
     "source": "https://thuvienphapluat.vn/chinh-sach-phap-luat-moi/vn/thong-bao-van-ban-moi/email/41861/truong-hop-thu-hoi-quyet-dinh-cong-nhan-xa-dat-chuan-nong-thon-moi"},
    {"code": "1.1", "title": "Tỷ lệ tiêu chí không đạt", "cite": "18/2022/QĐ-TTg",
     "rule": "not_met_count / criterion_count >= 30% and not_met_count / criterion_count < 50%",
     "source": "https://thuvienphapluat.vn/chinh-sach-phap-luat-moi/vn/thong-bao-van-ban-moi/email/41861/truong-hop-thu-hoi-quyet-dinh-cong-nhan-xa-dat-chuan-nong-thon-moi"},
    {"code": "1.2", "title": "Số tiêu chí chủ chốt không đạt", "cite": "18/2022/QĐ-TTg",
     "rule": "key_criteria_not_met >= 1",
     "source": "https://thuvienphapluat.vn/chinh-sach-phap-luat-moi/vn/thong-bao-van-ban-moi/email/41861/truong-hop-thu-hoi-quyet-dinh-cong-nhan-xa-dat-chuan-nong-thon-moi"},
    {"code": "2", "title": "Từ 50% số tiêu chí không đạt", "rule": "not_met_count / criterion_count >= 50%", "cite": "18/2022/QĐ-TTg",
     "source": "https://thuvienphapluat.vn/chinh-sach-phap-luat-moi/vn/thong-bao-van-ban-moi/email/41861/truong-hop-thu-hoi-quyet-dinh-cong-nhan-xa-dat-chuan-nong-thon-moi"}]}]}
$$);

-- The tiers above, for communes of Phú Thọ.
INSERT INTO ntm.library_procedure
       (code, level, tier, issuer, decision, decision_date, valid_from, valid_to, jurisdiction, document)
SELECT shipped.code, 'commune', shipped.tier, 'UBND tỉnh Phú Thọ', '2662/QĐ-UBND', '2019-10-24', '2019-10-24', NULL, 'Tỉnh Phú Thọ',
       jsonb_build_object('code', shipped.code, 'title', shipped.title, 'cite', '2662/QĐ-UBND', 'source', page.address, 'steps', jsonb_build_array(
           jsonb_build_object('event', 'recognised', 'title', 'Công nhận', 'conditions', jsonb_build_array(
               jsonb_build_object('code', '1', 'title', shipped.lower_tier, 'rule', 'lower_tier_recognised met', 'cite', '2662/QĐ-UBND', 'source', page.address),
               jsonb_build_object('code', '2', 'title', 'Đạt 100% tiêu chí', 'rule', 'meets_criteria met', 'cite', '2662/QĐ-UBND', 'source', page.address)))))
  FROM (VALUES ('PT-XA-NC-2019', 'advanced', 'Công nhận xã đạt chuẩn nông thôn mới nâng cao', 'Đã được công nhận xã đạt chuẩn nông thôn mới'),
               ('PT-XA-KM-2019', 'model', 'Công nhận xã nông thôn mới kiểu mẫu', 'Đã được công nhận xã đạt chuẩn nông thôn mới nâng cao'))
       AS shipped (code, tier, title, lower_tier),
       (VALUES ('http://phuninh.phutho.gov.vn/thong-tin-tuyen-truyen/bai-viet/cat/tin-moi-nhat-150/id/quyet-dinh-ban-hanh-bo-tieu-chi-xa-dat-chuan-nong-thon-moi-nang-cao-xa-nong-thon-moi-kieu-mau-tinh-phu-tho-den-nam-2020-90792'))
       AS page (address);

-- Residential areas of Lào Cai, 2022 to 2025; the day it came into force was not found.
INSERT INTO ntm.library_procedure
       (code, level, tier, issuer, decision, decision_date, valid_from, valid_to, jurisdiction, document)
VALUES ('LC-THON-2022', 'area', 'standard', 'UBND tỉnh Lào Cai', '1144/QĐ-UBND', NULL, NULL, NULL, 'Tỉnh Lào Cai', $$
{"code": "LC-THON-2022",
 "title": "Xét công nhận thôn đạt chuẩn nông thôn mới",
 "cite": "1144/QĐ-UBND",
 "valid_years": 3,
 "source": "http://laocaitv.vn/chinh-tri-xa-hoi/them-6-thon-cua-thanh-pho-lao-cai-dat-thon-kieu-mau",
 "steps": [
  {"event": "registered", "title": "Kế hoạch đăng ký hằng năm", "source": "https://doingoailaocai.vn/vi/bai-viet/15216"},
  {"event": "recognised", "title": "Chủ tịch UBND huyện công nhận", "after": ["registered"],
   "source": "https://doingoailaocai.vn/vi/bai-viet/15216",
   "conditions": [
    {"code": "1", "title": "Đạt 100% tiêu chí", "rule": "meets_criteria met", "cite": "1144/QĐ-UBND",
     "source": "https://doingoailaocai.vn/vi/bai-viet/15216"}]},
  {"event": "renewed", "title": "Chấm điểm, công nhận lại sau 3 năm",
   "conditions": [
    {"code": "1", "title": "Đạt 100% tiêu chí", "rule": "meets_criteria met", "cite": "1144/QĐ-UBND",
     "source": "http://laocaitv.vn/chinh-tri-xa-hoi/them-6-thon-cua-thanh-pho-lao-cai-dat-thon-kieu-mau"}]}]}
$$);

-- Residential areas of Phú Thọ: not public, hence invented.
INSERT INTO ntm.library_procedure
       (code, level, tier, issuer, decision, decision_date, valid_from, valid_to, jurisdiction, document)
VALUES ('PT-KDC-DEMO', 'area', 'standard', NULL, NULL, NULL, '2017-01-01', NULL, NULL, $$
{"code": "PT-KDC-DEMO",
 "title": "Xét công nhận khu dân cư nông thôn mới (minh họa, không phải quy định của tỉnh Phú Thọ)",
 "cite": "minh họa",
 "valid_years": 3,
 "key_criteria": ["7", "12", "13"],
 "source": "illustrative",
 "steps": [
  {"event": "consulted", "title": "Lấy ý kiến người dân",
   "conditions": [
    {"code": "1", "title": "Số hộ được lấy ý kiến", "rule": "households_surveyed / households >= 70%", "cite": "minh họa, bước 1", "source": "illustrative"}]},
  {"event": "recognised", "title": "Công nhận", "after": ["consulted"],
   "conditions": [
    {"code": "1", "title": "Đạt bộ tiêu chí", "rule": "meets_criteria met", "cite": "minh họa, bước 2", "source": "illustrative"},
    {"code": "2", "title": "Tỷ lệ hài lòng chung", "rule": "households_satisfied / households_surveyed >= 90%", "cite": "minh họa, bước 2", "source": "illustrative"}]},
  {"event": "revoked", "title": "Thu hồi", "rule": "any of (*)",
   "conditions": [
    {"code": "1", "title": "Từ 30% số tiêu chí không đạt, trong đó có tiêu chí chủ chốt", "rule": "not_met_count / criterion_count >= 30% and key_criteria_not_met >= 1", "cite": "minh họa, bước 3", "source": "illustrative"},
    {"code": "2", "title": "Từ 50% số tiêu chí không đạt", "rule": "not_met_count / criterion_count >= 50%", "cite": "minh họa, bước 3", "source": "illustrative"}]}]}
$$);

-- Every step and every condition says where it comes from; a procedure says it
-- of its validity and key criteria.
CREATE VIEW ntm.procedure_library AS
SELECT shipped.code,
       shipped.document ->> 'title' AS title,
       shipped.level,
       shipped.tier,
       shipped.issuer,
       shipped.decision,
       shipped.decision_date,
       shipped.valid_from,
       shipped.valid_to,
       shipped.jurisdiction,
       (shipped.document ->> 'valid_years')::integer AS valid_years,
       CASE WHEN parts.illustrative > 0 THEN 'illustrative'
            WHEN parts.unverified > 0 THEN 'unverified'
            ELSE 'sourced' END AS status,
       parts.steps,
       parts.conditions,
       parts.unverified,
       shipped.document
  FROM ntm.library_procedure AS shipped
 CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE part.kind = 'step')::integer AS steps,
              count(*) FILTER (WHERE part.kind = 'condition')::integer AS conditions,
              count(*) FILTER (WHERE part.source ~ '^illustrative')::integer AS illustrative,
              count(*) FILTER (WHERE coalesce(part.source, '') !~ '^(https?://|illustrative)')::integer AS unverified
         FROM (SELECT 'procedure' AS kind, shipped.document ->> 'source' AS source
                UNION ALL
               SELECT 'step', coalesce(step.content ->> 'source', shipped.document ->> 'source')
                 FROM jsonb_array_elements(shipped.document -> 'steps') AS step (content)
                UNION ALL
               SELECT 'condition', condition.content ->> 'source'
                 FROM jsonb_array_elements(shipped.document -> 'steps') AS step (content)
                CROSS JOIN jsonb_array_elements(step.content -> 'conditions') AS condition (content)) AS part) AS parts;

COMMENT ON VIEW ntm.procedure_library IS
'The procedures of recognition shipped with the extension. They are part of it and not to be edited; adopt_procedure() of a registry publishes one there.';
COMMENT ON COLUMN ntm.procedure_library.code IS 'Code.';
COMMENT ON COLUMN ntm.procedure_library.title IS 'Title.';
COMMENT ON COLUMN ntm.procedure_library.level IS 'Level of the units it is for: province, district, commune or area.';
COMMENT ON COLUMN ntm.procedure_library.tier IS 'standard (đạt chuẩn), advanced (nâng cao) or model (kiểu mẫu).';
COMMENT ON COLUMN ntm.procedure_library.issuer IS 'Who issued it. NULL = nobody: it was invented.';
COMMENT ON COLUMN ntm.procedure_library.decision IS 'Number of the decision or circular. NULL = there is none: it was invented.';
COMMENT ON COLUMN ntm.procedure_library.decision_date IS 'Its date. NULL = not known, or there is none.';
COMMENT ON COLUMN ntm.procedure_library.valid_from IS 'First day on which it is in force. NULL = not known.';
COMMENT ON COLUMN ntm.procedure_library.valid_to IS 'First day on which it is no longer in force. NULL = no end is recorded here; end it in the registry when another one follows it.';
COMMENT ON COLUMN ntm.procedure_library.jurisdiction IS 'Where it is in force, in words. NULL = nowhere: it was invented.';
COMMENT ON COLUMN ntm.procedure_library.valid_years IS 'Years for which a recognition is valid. NULL = it states no end.';
COMMENT ON COLUMN ntm.procedure_library.status IS 'sourced (an address states every step and condition), illustrative (at least one was invented: it is no law) or else unverified.';
COMMENT ON COLUMN ntm.procedure_library.steps IS 'Number of steps.';
COMMENT ON COLUMN ntm.procedure_library.conditions IS 'Number of conditions.';
COMMENT ON COLUMN ntm.procedure_library.unverified IS 'Number of steps and conditions that no address states.';
COMMENT ON COLUMN ntm.procedure_library.document IS 'Steps, deadlines and conditions, each with its article and its source, for publish_procedure() of a registry.';

GRANT SELECT ON ntm.library_procedure, ntm.procedure_library TO PUBLIC;
