-- The criteria sets shipped with the extension.

CREATE TABLE ntm.library_document (
    code        text            PRIMARY KEY,
    document    ntm.ruleset     NOT NULL,
    CONSTRAINT library_document_code CHECK (code = ntm.ruleset_code(document))
);

COMMENT ON TABLE ntm.library_document IS
'The shipped criteria sets themselves. Part of the extension: replaced with it, not dumped, not to be edited. To change a set, publish an amended copy in a registry. Read view ntm.library instead.';
COMMENT ON COLUMN ntm.library_document.code IS 'Code of the set, as in its document.';
COMMENT ON COLUMN ntm.library_document.document IS 'The compiled set.';

-- What an edition is and when it holds, which the document does not say.
CREATE TABLE ntm.library_edition (
    code            text    PRIMARY KEY REFERENCES ntm.library_document,
    level           text    NOT NULL CHECK (level IN ('province', 'district', 'commune', 'area')),
    tier            text    NOT NULL CHECK (tier IN ('standard', 'advanced', 'model')),
    issuer          text,
    decision        text,
    decision_date   date,
    valid_from      date,
    valid_to        date,
    jurisdiction    text,
    CONSTRAINT library_edition_validity CHECK (valid_from < valid_to)
);

COMMENT ON TABLE ntm.library_edition IS
'Issuer, decision and validity of the shipped criteria sets. Part of the extension: replaced with it, not dumped, not to be edited. Read view ntm.library instead.';
COMMENT ON COLUMN ntm.library_edition.code IS 'Code of the set.';
COMMENT ON COLUMN ntm.library_edition.level IS 'Level of the units it is for: province, district, commune or area.';
COMMENT ON COLUMN ntm.library_edition.tier IS 'standard (đạt chuẩn), advanced (nâng cao) or model (kiểu mẫu).';
COMMENT ON COLUMN ntm.library_edition.issuer IS 'Who issued it. NULL = nobody: the set was invented.';
COMMENT ON COLUMN ntm.library_edition.decision IS 'Number of the decision. NULL = there is none: the set was invented.';
COMMENT ON COLUMN ntm.library_edition.decision_date IS 'Date of the decision. NULL = there is none.';
COMMENT ON COLUMN ntm.library_edition.valid_from IS 'First day on which it is in force. NULL = not known.';
COMMENT ON COLUMN ntm.library_edition.valid_to IS 'First day on which it is no longer in force. NULL = no end is recorded here; end the edition in the registry when another one follows it.';
COMMENT ON COLUMN ntm.library_edition.jurisdiction IS 'Where it is in force, in words. NULL = nowhere: the set was invented.';

-- @embed criteria

-- In force from 1 December 2016 by
-- https://nongthonmoi.quangtri.gov.vn/so-tay-tuyen-truyen/So-tay-tuyen-truyen/so-tay-tong-hop-cac-van-ban-huong-dan-bo-tieu-chi-xa-nong-thon-moi-giai-doan-2016-2020-2.html
INSERT INTO ntm.library_edition
       (code, level, tier, issuer, decision, decision_date, valid_from, valid_to, jurisdiction)
VALUES ('VN-XA-2016', 'commune', 'standard', 'Thủ tướng Chính phủ', '1980/QĐ-TTg', '2016-10-17', '2016-12-01', NULL, 'Việt Nam'),
       ('PT-KDC-DEMO', 'area', 'standard', NULL, NULL, NULL, '2017-01-01', NULL, NULL);

-- A node that only sums up its children requires nothing itself.
CREATE VIEW ntm.library_requirement AS
SELECT requirement.set_code AS code,
       requirement.node,
       requirement.title,
       requirement.class,
       requirement.rule,
       requirement.delegated,
       requirement.source,
       CASE WHEN requirement.source ~ '^https?://' THEN 'sourced'
            WHEN requirement.source ~ '^illustrative' THEN 'illustrative'
            ELSE 'unverified' END AS status
  FROM (SELECT shipped.code AS set_code,
               node.code AS node,
               node.title,
               required.class,
               required.rule,
               CASE WHEN required.rule IS NULL THEN node.delegated END AS delegated,
               coalesce(required.source, node.source) AS source
          FROM ntm.library_document AS shipped
         CROSS JOIN LATERAL ntm.nodes(shipped.document) AS node
          JOIN LATERAL ntm.requirements(shipped.document) AS required ON required.code = node.code
         WHERE node.delegated IS NOT NULL
            OR coalesce(required.rule, 'all of (*)') <> 'all of (*)'
            OR NOT EXISTS (SELECT
                             FROM ntm.nodes(shipped.document) AS child
                            WHERE child.parent = node.code)) AS requirement;

COMMENT ON VIEW ntm.library_requirement IS
'Every requirement of the shipped criteria sets and where it comes from: one row per node and class whose rule or source differs from the standard one, and one per node for all other units.';
COMMENT ON COLUMN ntm.library_requirement.code IS 'Code of the set.';
COMMENT ON COLUMN ntm.library_requirement.node IS 'Code of the criterion or indicator.';
COMMENT ON COLUMN ntm.library_requirement.title IS 'Its title.';
COMMENT ON COLUMN ntm.library_requirement.class IS 'Class of units it is for. NULL = all units without a row of their own.';
COMMENT ON COLUMN ntm.library_requirement.rule IS 'What is required. NULL = the set leaves it to another authority.';
COMMENT ON COLUMN ntm.library_requirement.delegated IS 'Which authority is to set the requirement. NULL = the set itself does.';
COMMENT ON COLUMN ntm.library_requirement.source IS 'Where the requirement was read: an address, perhaps with a remark; or "unverified" or "illustrative", perhaps with the reason. NULL = not stated.';
COMMENT ON COLUMN ntm.library_requirement.status IS 'sourced (an address states it), unverified (no address, or addresses that disagree) or illustrative (invented: no law).';

CREATE VIEW ntm.library AS
SELECT shipped.code,
       ntm.ruleset_title(shipped.document) AS title,
       edition.level,
       edition.tier,
       edition.issuer,
       edition.decision,
       edition.decision_date,
       edition.valid_from,
       edition.valid_to,
       edition.jurisdiction,
       CASE WHEN requirements.illustrative > 0 THEN 'illustrative'
            WHEN requirements.unverified > 0 THEN 'unverified'
            ELSE 'sourced' END AS status,
       nodes.criteria,
       nodes.indicators,
       requirements.delegated,
       requirements.sourced,
       requirements.unverified,
       requirements.illustrative,
       shipped.document AS ruleset
  FROM ntm.library_document AS shipped
  JOIN ntm.library_edition AS edition ON edition.code = shipped.code
 CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE node.parent IS NULL)::integer AS criteria,
              count(*) FILTER (WHERE NOT EXISTS (SELECT
                                                   FROM ntm.nodes(shipped.document) AS child
                                                  WHERE child.parent = node.code))::integer AS indicators
         FROM ntm.nodes(shipped.document) AS node) AS nodes
 CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE requirement.delegated IS NOT NULL)::integer AS delegated,
              count(*) FILTER (WHERE requirement.status = 'sourced')::integer AS sourced,
              count(*) FILTER (WHERE requirement.status = 'unverified')::integer AS unverified,
              count(*) FILTER (WHERE requirement.status = 'illustrative')::integer AS illustrative
         FROM ntm.library_requirement AS requirement
        WHERE requirement.code = shipped.code) AS requirements;

COMMENT ON VIEW ntm.library IS
'The criteria sets shipped with the extension. They are part of it and not to be edited; adopt_criteria_set() of a registry publishes one there.';
COMMENT ON COLUMN ntm.library.code IS 'Code of the set.';
COMMENT ON COLUMN ntm.library.title IS 'Title.';
COMMENT ON COLUMN ntm.library.level IS 'Level of the units it is for: province, district, commune or area.';
COMMENT ON COLUMN ntm.library.tier IS 'standard (đạt chuẩn), advanced (nâng cao) or model (kiểu mẫu).';
COMMENT ON COLUMN ntm.library.issuer IS 'Who issued it. NULL = nobody: the set was invented.';
COMMENT ON COLUMN ntm.library.decision IS 'Number of the decision. NULL = there is none: the set was invented.';
COMMENT ON COLUMN ntm.library.decision_date IS 'Date of the decision. NULL = there is none.';
COMMENT ON COLUMN ntm.library.valid_from IS 'First day on which it is in force. NULL = not known.';
COMMENT ON COLUMN ntm.library.valid_to IS 'First day on which it is no longer in force. NULL = no end is recorded here; end the edition in the registry when another one follows it.';
COMMENT ON COLUMN ntm.library.jurisdiction IS 'Where it is in force, in words. NULL = nowhere: the set was invented.';
COMMENT ON COLUMN ntm.library.status IS 'sourced (an address states every requirement), illustrative (at least one requirement was invented: the set is no law) or else unverified.';
COMMENT ON COLUMN ntm.library.criteria IS 'Number of criteria: nodes without a parent.';
COMMENT ON COLUMN ntm.library.indicators IS 'Number of indicators: nodes without children.';
COMMENT ON COLUMN ntm.library.delegated IS 'Number of requirements left to another authority; they stay unknown until it sets them.';
COMMENT ON COLUMN ntm.library.sourced IS 'Number of requirements, by node and class, that an address states.';
COMMENT ON COLUMN ntm.library.unverified IS 'Number of requirements that no address states, or about which addresses disagree.';
COMMENT ON COLUMN ntm.library.illustrative IS 'Number of requirements that were invented.';
COMMENT ON COLUMN ntm.library.ruleset IS 'The compiled set, for ntm.assess() and the registry.';

GRANT SELECT ON ntm.library_document, ntm.library_edition, ntm.library_requirement, ntm.library TO PUBLIC;
