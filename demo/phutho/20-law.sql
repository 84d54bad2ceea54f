-- The law: a set for communes and one for areas.

-- Decision 1980/QĐ-TTg leaves seven requirements to the province.  Phú Thọ set
-- them in decision 953/QĐ-UBND of 2017, whose text is not public; those below
-- are invented, and with them the edition is illustrative as a whole.
SELECT publish_criteria_set(
           ruleset => (national.ruleset::jsonb || jsonb_build_object(
               'code', 'PT-XA-DEMO',
               'title', 'Bộ tiêu chí xã nông thôn mới 1980/QĐ-TTg với quy định minh họa của tỉnh (không phải 953/QĐ-UBND)',
               'nodes', (SELECT jsonb_agg(CASE WHEN set_here.code IS NULL THEN node
                                               ELSE node - 'delegated' || jsonb_build_object('rule', set_here.rule, 'source', 'illustrative')
                                          END ORDER BY position)
                           FROM jsonb_array_elements(national.ruleset::jsonb -> 'nodes') WITH ORDINALITY AS given (node, position)
                           LEFT JOIN (VALUES ('2.1', '>= 100%'),
                                             ('2.2', '>= 70%'),
                                             ('2.3', '>= 70%'),
                                             ('2.4', '>= 50%'),
                                             ('6.1', 'met'),
                                             ('17.4', 'met'),
                                             ('17.5', 'met')) AS set_here (code, rule)
                             ON set_here.code = node ->> 'code')))::ruleset,
           level => national.level,
           tier => national.tier,
           valid_from => '2017-01-01',
           jurisdiction_id => province.id,
           status => 'illustrative') AS commune_set
  FROM ntm.library AS national, unit AS province
 WHERE national.code = 'VN-XA-2016' AND province.level = 'province' \gset

-- For areas the province has its own set of 13 criteria (2076/QĐ-UBND of 17
-- August 2017), whose text is not public either.
SELECT adopt_criteria_set('PT-KDC-DEMO', jurisdiction_id => province.id) AS area_set
  FROM unit AS province
 WHERE province.level = 'province' \gset

-- 2332/UBND-KTN of 29 May 2019: every commune that cannot finish the programme
-- strives for two to three more recognised areas a year.
INSERT INTO yearly_target (year, minimum, desired, cite)
VALUES (2019, 2, 3, '2332/UBND-KTN, 29/5/2019');

CREATE TABLE published_progress (
    as_of   text    NOT NULL,
    measure text    NOT NULL,
    value   numeric NOT NULL,
    source  text    NOT NULL,
    PRIMARY KEY (as_of, measure)
);

COMMENT ON TABLE published_progress IS 'What the province published of its progress, to compare with view progress.';
COMMENT ON COLUMN published_progress.as_of IS 'Year, or year and month.';
COMMENT ON COLUMN published_progress.measure IS 'What was counted.';
COMMENT ON COLUMN published_progress.value IS 'The figure.';
COMMENT ON COLUMN published_progress.source IS 'The page that says so.';

\ir progress.sql
