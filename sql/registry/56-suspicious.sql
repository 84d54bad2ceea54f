-- Suspicious figures: checks are rules, judged as any criteria set is.

CREATE TABLE plausibility_check (
    code        text    PRIMARY KEY CHECK (code <> ''),
    title       text    NOT NULL CHECK (title <> ''),
    rule        ntm.rule NOT NULL,
    of          text    CHECK (of IN ('value', 'change', 'difference', 'share')),
    kind        text    CHECK (kind IN ('yes_no', 'percent', 'number', 'count')),
    measure     text    REFERENCES indicator,
    level       text    CHECK (is_level(level)),
    cite        text,
    CHECK (of <> 'share' OR kind IS NULL AND measure IS NULL),
    CHECK (of IS NOT NULL OR kind IS NULL AND measure IS NULL),
    CHECK (of IS NULL OR ntm.variables(rule) = '{}'),
    CONSTRAINT plausibility_check_of_shares
        CHECK (of IS DISTINCT FROM 'share' OR ntm.amend('{"code": "CHECK", "nodes": [{"code": "1", "rule": "a / b met"}]}',
                                          '1', ('a / b ' || rule::text)::ntm.rule) IS NOT NULL),
    CHECK (ntm.amend(CASE WHEN of IS NULL THEN '{"code": "CHECK", "nodes": [{"code": "1", "rule": "value met"}]}'
                          ELSE '{"code": "CHECK", "nodes": [{"code": "1", "measure": "value", "rule": "met"}]}' END::ntm.ruleset,
                     '1', rule) IS NOT NULL)
);

COMMENT ON TABLE plausibility_check IS
'What figures have to keep to be plausible, in the language of rules; view suspicious shows what does not. Change, add and delete them freely: a check says nothing of the law.';
COMMENT ON COLUMN plausibility_check.code IS 'Code.';
COMMENT ON COLUMN plausibility_check.title IS 'What is suspicious about what does not meet the rule.';
COMMENT ON COLUMN plausibility_check.rule IS 'The rule that a plausible figure meets. With column of it is a comparison of that alone (between -25 and 25); without, it names its measures: households_waste_collected / households <= 100%.';
COMMENT ON COLUMN plausibility_check.of IS 'What the rule compares, of every measure that kind and measure choose: value; change: value minus that of the year before; difference: value minus that rolled up from the units below; or share: of every share a / b that a published set compares with a percentage of 100 % at most (view part_of_whole), in one comparison. NULL = the rule names its measures.';
COMMENT ON COLUMN plausibility_check.kind IS 'Only measures of this kind. NULL = of any.';
COMMENT ON COLUMN plausibility_check.measure IS 'Only this measure. NULL = any.';
COMMENT ON COLUMN plausibility_check.level IS 'Only units of this level. NULL = of any.';
COMMENT ON COLUMN plausibility_check.cite IS 'The instruction it rests on. NULL = none.';

INSERT INTO plausibility_check (code, title, rule, of, kind)
VALUES ('share', 'Share below 0 or above 100 %', 'between 0 and 100', 'value', 'percent'),
       ('part_of_whole', 'Part larger than the whole', '<= 100%', 'share', NULL),
       ('count', 'Count below 0', '>= 0', 'value', 'count'),
       ('number', 'Number below 0', '>= 0', 'value', 'number'),
       ('jump', 'Share changed by more than 25 points in a year', 'between -25 and 25', 'change', 'percent'),
       ('roll_up', 'Differs from what the units below add up to', '= 0', 'difference', NULL);

-- Rules in canonical form, with names as they stand there.  What some edition
-- allows to be more than 100 % counts no part of a whole.
CREATE VIEW part_of_whole AS
SELECT share.found[1] AS part, share.found[2] AS whole
  FROM criteria_set AS c
 CROSS JOIN LATERAL ntm.requirements(c.ruleset) AS r
 CROSS JOIN LATERAL regexp_matches(r.rule, '("(?:[^"]|"")+"|[A-Za-z]\w*) / ("(?:[^"]|"")+"|[A-Za-z]\w*) (?:[<>=]+|between -?[\d.]+%? and) (-?[\d.]+)%', 'g') AS share (found)
 WHERE c.valid_to IS DISTINCT FROM c.valid_from
 GROUP BY share.found[1], share.found[2]
HAVING max(share.found[3]::numeric) <= 100;

COMMENT ON VIEW part_of_whole IS
'The shares a / b that published editions compare with percentages, none above 100 %: what is counted by the one is part of what is counted by the other. Editions that were withdrawn do not count.';
COMMENT ON COLUMN part_of_whole.part IS 'The measure that counts the part, as rules write it.';
COMMENT ON COLUMN part_of_whole.whole IS 'The measure that counts the whole, as rules write it.';

-- Every check that compares something of a measure or share, and the limits of
-- the catalogue, are one node for each measure or share.
CREATE VIEW plausibility_node AS
SELECT row_number() OVER (ORDER BY n.check_code, n.measure, n.rule)::text AS node, n.check_code, n.title, n.rule, n.of, n.measure, n.level, n.cite,
       CASE WHEN n.of IS NOT NULL THEN n.of || '_' || md5(n.measure) END AS fact
  FROM (SELECT c.code AS check_code, c.title, c.rule::text AS rule, c.of, i.name AS measure, c.level, c.cite
          FROM plausibility_check AS c
          JOIN indicator AS i
            ON (c.kind IS NULL OR i.kind = c.kind)
           AND (c.measure IS NULL OR i.name = c.measure)
           AND (c.of <> 'difference' OR i.roll_up IS NOT NULL)
         WHERE c.of <> 'share'
         UNION ALL
        SELECT c.code, c.title, format('%s / %s %s', w.part, w.whole, c.rule), NULL, NULL, c.level, c.cite
          FROM plausibility_check AS c
         CROSS JOIN part_of_whole AS w
         WHERE c.of = 'share'
         UNION ALL
        SELECT c.code, c.title, c.rule::text, NULL, NULL, c.level, c.cite FROM plausibility_check AS c WHERE c.of IS NULL
         UNION ALL
        SELECT 'range', 'Outside the possible values',
               concat_ws(' and ', '>= ' || i.minimum, '<= ' || i.maximum), 'value', i.name, NULL, NULL
          FROM indicator AS i
         WHERE i.minimum IS NOT NULL OR i.maximum IS NOT NULL) AS n;

COMMENT ON VIEW plausibility_node IS
'The checks spelled out: one for each measure or share that a check chooses, one for each that names its measures, and check range for each measure with limits in the catalogue.';
COMMENT ON COLUMN plausibility_node.node IS 'Code of the node in the ruleset of all checks.';
COMMENT ON COLUMN plausibility_node.check_code IS 'Code of the check.';
COMMENT ON COLUMN plausibility_node.title IS 'What is suspicious.';
COMMENT ON COLUMN plausibility_node.rule IS 'The rule.';
COMMENT ON COLUMN plausibility_node.of IS 'value, change or difference. NULL = the rule names its measures.';
COMMENT ON COLUMN plausibility_node.measure IS 'The measure. NULL = the rule names its measures.';
COMMENT ON COLUMN plausibility_node.level IS 'Only units of this level. NULL = of any.';
COMMENT ON COLUMN plausibility_node.cite IS 'The instruction it rests on. NULL = none.';
COMMENT ON COLUMN plausibility_node.fact IS 'Name under which the ruleset knows what is compared. NULL = the rule names its measures.';

-- All checks are one ruleset, so that a dossier is judged once.
CREATE FUNCTION suspicious_in(year integer)
    RETURNS TABLE (unit_id bigint, check_code text, title text, measure text, requirement text,
                   value numeric, compared text, against numeric, cite text)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH node AS MATERIALIZED (
        SELECT * FROM plausibility_node
    ), law AS MATERIALIZED (
        SELECT jsonb_build_object('code', 'CHECKS', 'nodes', jsonb_agg(jsonb_strip_nulls(
                   jsonb_build_object('code', n.node, 'measure', n.fact, 'rule', n.rule))))::ntm.ruleset AS ruleset
          FROM node AS n
        HAVING count(*) > 0
    ), rolled AS MATERIALIZED (
        SELECT r.unit_id, r.name, r.value
          FROM (VALUES ('province'), ('district'), ('commune')) AS l (level)
         CROSS JOIN LATERAL roll_up(suspicious_in.year, l.level) AS r
         WHERE EXISTS (SELECT FROM node AS n WHERE n.of = 'difference')
    ), figure AS MATERIALIZED (
        SELECT d.unit_id, n.fact, n.of, m.value,
               CASE n.of WHEN 'change' THEN b.measures -> m.name WHEN 'difference' THEN r.value END AS against
          FROM dossier AS d
         CROSS JOIN ntm.each(d.measures) AS m
          JOIN (SELECT DISTINCT node.measure, node.of, node.fact FROM node) AS n ON n.measure = m.name
          LEFT JOIN dossier AS b ON b.unit_id = d.unit_id AND b.year = d.year - 1 AND n.of = 'change'
          LEFT JOIN rolled AS r ON r.unit_id = d.unit_id AND r.name = m.name AND n.of = 'difference'
         WHERE d.year = suspicious_in.year AND m.value IS NOT NULL
    ), judged AS (
        SELECT d.unit_id, u.level, d.measures || coalesce(f.measures, '{}') AS measures
          FROM dossier AS d
          JOIN unit AS u ON u.id = d.unit_id
          LEFT JOIN (SELECT g.unit_id, ntm.measures_agg(g.fact, CASE g.of WHEN 'value' THEN g.value ELSE g.value - g.against END) AS measures
                       FROM figure AS g
                      GROUP BY g.unit_id) AS f ON f.unit_id = d.unit_id
         WHERE d.year = suspicious_in.year
    )
    SELECT j.unit_id, n.check_code, n.title, coalesce(n.measure, x.measure), x.requirement,
           coalesce(g.value, x.value), n.of, g.against, n.cite
      FROM judged AS j
     CROSS JOIN law
     CROSS JOIN LATERAL ntm.explain(j.measures, law.ruleset) AS x
      JOIN node AS n ON n.node = x.code
      LEFT JOIN figure AS g ON g.unit_id = j.unit_id AND g.fact = n.fact
     WHERE x.verdict = 'not_met'
       AND (n.level IS NULL OR n.level = j.level)
       AND ntm.overall(ntm.assess(j.measures, law.ruleset)) = 'not_met';
END;

COMMENT ON FUNCTION suspicious_in(integer) IS
'The figures of a year that do not meet a check; columns as in view suspicious.';

CREATE VIEW suspicious AS
SELECT s.unit_id, y.year, coalesce(p.code, u.code) AS code, coalesce(p.name, u.name) AS name, u.level, coalesce(p.path, u.path) AS path, s.check_code, s.title, s.measure, s.requirement,
       s.value, s.compared, s.against, s.cite
  FROM programme_year AS y
 CROSS JOIN LATERAL suspicious_in(y.year) AS s
  JOIN unit AS u ON u.id = s.unit_id
  LEFT JOIN place_year AS p ON p.unit_id = s.unit_id AND p.year = y.year;

COMMENT ON VIEW suspicious IS
'Figures that look wrong: one row for each unit, year and check that is not met, by the rules in table plausibility_check and the limits in table indicator. What is unknown is not suspicious.';
COMMENT ON COLUMN suspicious.unit_id IS 'The unit.';
COMMENT ON COLUMN suspicious.year IS 'The year.';
COMMENT ON COLUMN suspicious.code IS 'Code of the unit. NULL = it has none.';
COMMENT ON COLUMN suspicious.name IS 'Name of the unit.';
COMMENT ON COLUMN suspicious.level IS 'Its level.';
COMMENT ON COLUMN suspicious.path IS 'Ids from the top down to the unit; path <@ (another unit''s path) = lies in it.';
COMMENT ON COLUMN suspicious.check_code IS 'Code of the check; range: the limits of the catalogue.';
COMMENT ON COLUMN suspicious.title IS 'What is suspicious.';
COMMENT ON COLUMN suspicious.measure IS 'The measure; of a share both, as a / b.';
COMMENT ON COLUMN suspicious.requirement IS 'The rule that a plausible figure meets.';
COMMENT ON COLUMN suspicious.value IS 'The figure as reported; of a share, that share.';
COMMENT ON COLUMN suspicious.compared IS 'What the rule compares: value, change since the year before or difference from the roll-up. NULL = the measures it names.';
COMMENT ON COLUMN suspicious.against IS 'The value of the year before, or rolled up from the units below. NULL = neither is compared.';
COMMENT ON COLUMN suspicious.cite IS 'The instruction the check rests on. NULL = none.';
