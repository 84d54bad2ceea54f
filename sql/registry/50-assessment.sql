-- Assessment: dossiers under the law in force, and why they come out so.

-- The views read as of when they are asked from the settings of the session;
-- a function …_as_of() reads its view with other settings.  The tables stand in
-- the views themselves and not in functions that they call: then whoever may
-- read a view needs no right on the tables.

-- A unit lies in a jurisdiction if the id is in its path; of two editions the
-- one whose jurisdiction stands further down in the path wins.  Table dossier
-- is bare under UNION ALL, so that joins reach its indexes; the other half is
-- not run unless other borders are asked for.  CASE and IS NOT TRUE, since the
-- planner takes an equality or a comparison of dates for more selective than
-- these are, and would then fetch a country's dossiers one by one.
CREATE VIEW dossier_edition AS
SELECT u.unit_id, d.year, u.code, u.name, u.level, u.path, u.classes,
       CASE WHEN d.updated_at > asked.known_at THEN measures_known(d.unit_id, d.year, asked.known_at) ELSE d.measures END AS measures,
       c.id AS criteria_set_id, c.code AS set_code, c.tier, c.status, c.ruleset,
       asked.known_at,
       CASE WHEN asked.any_asked THEN asked.law_date END AS law_date,
       CASE WHEN asked.any_asked THEN asked.borders_date END AS borders_date
  FROM asked_year(asked_known_at(), asked_law_date(), asked_borders_date()) AS asked
  JOIN (SELECT own.unit_id, own.year, own.measures, own.first_reported_at, own.updated_at, false AS elsewhere
          FROM dossier AS own
         UNION ALL
        SELECT b.unit_id, b.year, b.measures, NULL, NULL, true
          FROM dossier_elsewhere(asked_borders_date(), asked_known_at()) AS b
         WHERE asked_borders_date() IS NOT NULL) AS d
    ON d.year = asked.year AND CASE WHEN asked.elsewhere THEN d.elsewhere ELSE NOT d.elsewhere END
  JOIN unit_state AS u
    ON u.unit_id = d.unit_id
   AND (u.valid_from IS NULL OR u.valid_from <= asked.borders_date)
   AND (u.valid_to IS NULL OR asked.borders_date < u.valid_to)
  JOIN criteria_set AS c
    ON c.level = u.level
   AND (c.jurisdiction_id IS NULL OR index(u.path, c.jurisdiction_id::text::ltree) >= 0)
   AND (c.valid_from > asked.law_date) IS NOT TRUE
   AND (c.valid_to <= asked.law_date) IS NOT TRUE
 WHERE (asked.known_at < d.first_reported_at) IS NOT TRUE
   AND NOT EXISTS (SELECT
                     FROM criteria_set AS deeper
                    WHERE deeper.level = c.level
                      AND deeper.tier = c.tier
                      AND deeper.valid_from <= asked.law_date
                      AND (deeper.valid_to IS NULL OR asked.law_date < deeper.valid_to)
                      AND index(u.path, deeper.jurisdiction_id::text::ltree)
                          > coalesce(index(u.path, c.jurisdiction_id::text::ltree), -1));

COMMENT ON VIEW dossier_edition IS
'Every dossier with the editions that judge it: one for each tier, in force on 31 December of the year, of the smallest jurisdiction the unit lay in on that day; none for a unit that did not exist then. As of another moment after ask_as_of().';
COMMENT ON COLUMN dossier_edition.unit_id IS 'The unit.';
COMMENT ON COLUMN dossier_edition.year IS 'The year.';
COMMENT ON COLUMN dossier_edition.code IS 'Code of the unit. NULL = it has none.';
COMMENT ON COLUMN dossier_edition.name IS 'Name of the unit.';
COMMENT ON COLUMN dossier_edition.level IS 'Its level.';
COMMENT ON COLUMN dossier_edition.path IS 'Ids from the top down to the unit; path <@ (another unit''s path) = lies in it.';
COMMENT ON COLUMN dossier_edition.classes IS 'Codes of its classes on the day.';
COMMENT ON COLUMN dossier_edition.measures IS 'What is known about it.';
COMMENT ON COLUMN dossier_edition.criteria_set_id IS 'The edition.';
COMMENT ON COLUMN dossier_edition.set_code IS 'Code of the criteria set.';
COMMENT ON COLUMN dossier_edition.tier IS 'standard, advanced or model.';
COMMENT ON COLUMN dossier_edition.status IS 'sourced, unverified or illustrative (no law).';
COMMENT ON COLUMN dossier_edition.ruleset IS 'The compiled set.';
COMMENT ON COLUMN dossier_edition.known_at IS 'The moment as of which facts were asked for. NULL = all that is known.';
COMMENT ON COLUMN dossier_edition.law_date IS 'The day whose law judges, if anything was asked for. NULL = as it stands: 31 December of the year.';
COMMENT ON COLUMN dossier_edition.borders_date IS 'The day of the borders and classes, if anything was asked for. NULL = as it stands: 31 December of the year.';

-- In FROM the function is called once a row, however many columns are read; a
-- subquery that does the same could not run in parallel workers.
CREATE VIEW assessment AS
SELECT e.unit_id, e.year, e.code, e.name, e.level, e.path,
       e.criteria_set_id, e.set_code, e.tier, e.status, s.scorecard,
       ntm.overall(s.scorecard) AS verdict,
       ntm.criterion_count(s.scorecard) AS criterion_count,
       ntm.met_count(s.scorecard) AS met_count,
       ntm.not_met_count(s.scorecard) AS not_met_count,
       ntm.unknown_count(s.scorecard) AS unknown_count,
       ntm.criteria(s.scorecard, 'not_met') AS missing,
       ntm.criteria(s.scorecard, 'unknown') AS unknown,
       e.known_at, e.law_date, e.borders_date
  FROM dossier_edition AS e
 CROSS JOIN ntm.assess(e.measures, e.ruleset, e.classes) AS s (scorecard);

COMMENT ON VIEW assessment IS
'Every unit that reported, judged for the year under the edition in force on its 31 December, with the place and classes the unit had on that day: one row for each unit, year and tier. Computed when read; a unit without a report has no row, nor one that did not exist on the day. As of another moment after ask_as_of().';
COMMENT ON COLUMN assessment.unit_id IS 'The unit.';
COMMENT ON COLUMN assessment.year IS 'The year.';
COMMENT ON COLUMN assessment.code IS 'Code of the unit. NULL = it has none.';
COMMENT ON COLUMN assessment.name IS 'Name of the unit.';
COMMENT ON COLUMN assessment.level IS 'Its level.';
COMMENT ON COLUMN assessment.path IS 'Ids from the top down to the unit; path <@ (another unit''s path) = lies in it.';
COMMENT ON COLUMN assessment.criteria_set_id IS 'The edition that judged it.';
COMMENT ON COLUMN assessment.set_code IS 'Code of the criteria set.';
COMMENT ON COLUMN assessment.tier IS 'standard, advanced or model.';
COMMENT ON COLUMN assessment.status IS 'sourced, unverified or illustrative (no law): what the verdict is worth.';
COMMENT ON COLUMN assessment.scorecard IS 'The verdict of every node of the set.';
COMMENT ON COLUMN assessment.verdict IS 'met, not_met, unknown or not_applicable: the whole set.';
COMMENT ON COLUMN assessment.criterion_count IS 'Criteria in the set.';
COMMENT ON COLUMN assessment.met_count IS 'Criteria met; not applicable counts as met.';
COMMENT ON COLUMN assessment.not_met_count IS 'Criteria not met.';
COMMENT ON COLUMN assessment.unknown_count IS 'Criteria not known, for want of facts.';
COMMENT ON COLUMN assessment.missing IS 'Codes of the criteria not met.';
COMMENT ON COLUMN assessment.unknown IS 'Codes of the criteria not known.';
COMMENT ON COLUMN assessment.known_at IS 'The moment as of which facts were asked for. NULL = all that is known.';
COMMENT ON COLUMN assessment.law_date IS 'The day whose law judges, if anything was asked for. NULL = as it stands: 31 December of the year.';
COMMENT ON COLUMN assessment.borders_date IS 'The day of the borders and classes, if anything was asked for. NULL = as it stands: 31 December of the year.';

CREATE FUNCTION assessment_as_of(
    year            integer,
    known_at        timestamptz DEFAULT NULL,
    law_date        date        DEFAULT NULL,
    borders         date        DEFAULT NULL)
    RETURNS SETOF assessment
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
DECLARE
    before CONSTANT text[] := set_asked(known_at, law_date, borders, year, true);
BEGIN
    RETURN QUERY SELECT v.* FROM assessment AS v WHERE assessment_as_of.year IS NULL OR v.year = assessment_as_of.year;
    PERFORM reset_asked(before);
END
$$;

COMMENT ON FUNCTION assessment_as_of(integer, timestamptz, date, date) IS
'The assessments of a year (NULL = of all years) as they were at a moment, or would be. known_at: facts are the reports with reported_at up to then, merged in ledger order; NULL = all. law_date: the editions in force on that day, whenever they were put on record here. borders: the units that exist on that day, with their classes and places of that day; where a unit had other borders in the year, its facts are what dossier_in_borders() makes of those of its parts. law_date and borders NULL = 31 December of the year, or the day of known_at if that is earlier; borders NULL also leaves every unit its own facts. Columns as in view assessment, which is assessment_as_of() asked with the settings of the session.';

CREATE FUNCTION whole_gap(gap numeric, kind text) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE kind WHEN 'count' THEN sign(gap) * ceil(abs(gap)) ELSE gap END;

COMMENT ON FUNCTION whole_gap(numeric, text) IS
'The gap of a measure of some kind (table indicator): of counts the next whole number away from 0, since nobody can add a part of a household. NULL gap: NULL.';

CREATE VIEW finding AS
SELECT e.unit_id, e.year, e.code AS unit_code, e.name AS unit_name, e.level, e.path,
       e.criteria_set_id, e.set_code, e.tier, e.status,
       x.position::integer AS position, x.code, x.parent, x.title, x.measure, x.requirement,
       x.value,
       CASE WHEN x.measure NOT LIKE '% / %' THEN i.unit WHEN x.requirement LIKE '%\%%' THEN '%' END AS value_unit,
       x.verdict,
       whole_gap(x.gap, i.kind) AS gap,
       i.unit AS gap_unit,
       x.blocking, x.decisive, x.cite,
       (SELECT max(r.id)
          FROM report AS r
         WHERE r.unit_id = e.unit_id AND r.year = e.year
           AND (e.known_at IS NULL OR r.reported_at <= e.known_at)
           AND (r.measures ? x.measure
                OR x.measure LIKE '% / %'
                   AND (r.measures ? split_part(x.measure, ' / ', 1)
                        OR r.measures ? split_part(x.measure, ' / ', 2)))) AS report_id,
       e.known_at, e.law_date, e.borders_date
  FROM dossier_edition AS e
 CROSS JOIN LATERAL ntm.explain(e.measures, e.ruleset, e.classes) WITH ORDINALITY
    AS x (code, parent, title, measure, requirement, value, verdict, gap, decisive, cite, blocking, position)
  LEFT JOIN indicator AS i ON i.name = split_part(x.measure, ' / ', 1);

COMMENT ON VIEW finding IS
'Why: one row for each unit, year, tier and node of the criteria set that judged it. As of another moment after ask_as_of().';
COMMENT ON COLUMN finding.unit_id IS 'The unit.';
COMMENT ON COLUMN finding.year IS 'The year.';
COMMENT ON COLUMN finding.unit_code IS 'Code of the unit. NULL = it has none.';
COMMENT ON COLUMN finding.unit_name IS 'Name of the unit.';
COMMENT ON COLUMN finding.level IS 'Its level.';
COMMENT ON COLUMN finding.path IS 'Ids from the top down to the unit; path <@ (another unit''s path) = lies in it.';
COMMENT ON COLUMN finding.criteria_set_id IS 'The edition that judged it.';
COMMENT ON COLUMN finding.set_code IS 'Code of the criteria set.';
COMMENT ON COLUMN finding.tier IS 'standard, advanced or model.';
COMMENT ON COLUMN finding.status IS 'sourced, unverified or illustrative (no law): what the finding is worth.';
COMMENT ON COLUMN finding.position IS 'Place of the node in the set.';
COMMENT ON COLUMN finding.code IS 'Code of the node, e.g. 17 (a criterion) or 17.1 (an indicator).';
COMMENT ON COLUMN finding.parent IS 'Code of the node above. NULL = it is a criterion.';
COMMENT ON COLUMN finding.title IS 'Title of the node.';
COMMENT ON COLUMN finding.measure IS 'The measure that explains the verdict; of a share both, as a / b. NULL = it judges other nodes.';
COMMENT ON COLUMN finding.requirement IS 'The rule that held for the unit''s classes, or who has yet to set it.';
COMMENT ON COLUMN finding.value IS 'The value of the measure, in value_unit. NULL = not known, not applicable, or no measure.';
COMMENT ON COLUMN finding.value_unit IS 'Unit of the value; % for a share whose requirement is in percent. NULL = it has none.';
COMMENT ON COLUMN finding.verdict IS 'met, not_met, unknown or not_applicable.';
COMMENT ON COLUMN finding.gap IS 'The change the measure needs (of a share, its numerator), in gap_unit, whole for counts: positive must rise, negative must fall, 0 = meets. NULL = not known.';
COMMENT ON COLUMN finding.gap_unit IS 'Unit of the gap: of the measure, or of the numerator of a share. NULL = it has none.';
COMMENT ON COLUMN finding.blocking IS 'Whether it is one of the reasons why the whole set is not met, or not yet.';
COMMENT ON COLUMN finding.decisive IS 'Whether it could still change the verdict of the whole set.';
COMMENT ON COLUMN finding.cite IS 'The article.';
COMMENT ON COLUMN finding.report_id IS 'The latest report that gave or withdrew the value (of a share: a part of it). NULL = none of the unit''s own did, or no measure.';
COMMENT ON COLUMN finding.known_at IS 'The moment as of which facts were asked for. NULL = all that is known.';
COMMENT ON COLUMN finding.law_date IS 'The day whose law judges, if anything was asked for. NULL = as it stands: 31 December of the year.';
COMMENT ON COLUMN finding.borders_date IS 'The day of the borders and classes, if anything was asked for. NULL = as it stands: 31 December of the year.';

CREATE FUNCTION finding_as_of(
    year            integer,
    known_at        timestamptz DEFAULT NULL,
    law_date        date        DEFAULT NULL,
    borders         date        DEFAULT NULL)
    RETURNS SETOF finding
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
DECLARE
    before CONSTANT text[] := set_asked(known_at, law_date, borders, year, true);
BEGIN
    RETURN QUERY SELECT v.* FROM finding AS v WHERE finding_as_of.year IS NULL OR v.year = finding_as_of.year;
    PERFORM reset_asked(before);
END
$$;

COMMENT ON FUNCTION finding_as_of(integer, timestamptz, date, date) IS
'The findings of a year as they were at a moment, or would be; arguments as in assessment_as_of(), columns as in view finding.';

CREATE FUNCTION explain(unit_id bigint, year integer)
    RETURNS TABLE (code text, parent text, title text, measure text, requirement text, value numeric, value_unit text,
                   verdict ntm.verdict, gap numeric, gap_unit text, blocking boolean, decisive boolean, cite text,
                   report_id bigint, set_code text, tier text, status text)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT f.code, f.parent, f.title, f.measure, f.requirement, f.value, f.value_unit,
           f.verdict, f.gap, f.gap_unit, f.blocking, f.decisive, f.cite,
           f.report_id, f.set_code, f.tier, f.status
      FROM finding AS f
     WHERE f.unit_id = known_unit(explain.unit_id) AND f.year = explain.year
     ORDER BY f.tier = 'standard' DESC, f.tier, f.position;
END;

COMMENT ON FUNCTION explain(bigint, integer) IS
'Why a unit came out as it did in a year: its findings in the order of the set, tier standard first; columns as in view finding. No rows if it did not report. Refuses a unit that does not exist (SQLSTATE 42704).';

-- Which facts to get: what decisive nodes ask for and the dossier does not
-- tell.  A delegated node asks for nothing until its rule is set.
CREATE VIEW near_met AS
SELECT e.unit_id, e.year, e.code, e.name, e.level, e.path,
       e.criteria_set_id, e.set_code, e.tier, e.status,
       ntm.overall(s.scorecard) AS verdict,
       ntm.criterion_count(s.scorecard) AS criterion_count,
       ntm.criterion_count(s.scorecard) - ntm.met_count(s.scorecard) AS missing_count,
       ntm.not_met_count(s.scorecard) AS not_met_count,
       ntm.unknown_count(s.scorecard) AS unknown_count,
       ntm.criteria(s.scorecard, 'not_met') AS missing,
       ntm.criteria(s.scorecard, 'unknown') AS unknown,
       CASE WHEN ntm.unknown_count(s.scorecard) = 0 THEN '{}' ELSE
           coalesce((SELECT array_agg(DISTINCT asked.name ORDER BY asked.name)
                       FROM ntm.explain(e.measures, e.ruleset, e.classes) AS x
                       JOIN ntm.nodes(e.ruleset) AS n ON n.code = x.code
                      CROSS JOIN unnest(CASE WHEN x.requirement IS DISTINCT FROM n.delegated
                                             THEN array_append(ntm.variables(x.requirement::ntm.rule), n.measure) END) AS asked (name)
                      WHERE x.decisive
                        AND asked.name IS NOT NULL
                        AND NOT EXISTS (SELECT FROM ntm.each(e.measures) AS told
                                         WHERE told.name = asked.name AND (told.value IS NOT NULL OR NOT told.applicable))), '{}')
       END AS deciding,
       e.known_at, e.law_date, e.borders_date
  FROM dossier_edition AS e
 CROSS JOIN ntm.assess(e.measures, e.ruleset, e.classes) AS s (scorecard)
 WHERE ntm.overall(s.scorecard)::boolean IS NOT TRUE;

COMMENT ON VIEW near_met IS
'Every unit that reported and does not meet, with what it lacks. Nearly there are those with a small missing_count. As of another moment after ask_as_of().';
COMMENT ON COLUMN near_met.unit_id IS 'The unit.';
COMMENT ON COLUMN near_met.year IS 'The year.';
COMMENT ON COLUMN near_met.code IS 'Code of the unit. NULL = it has none.';
COMMENT ON COLUMN near_met.name IS 'Name of the unit.';
COMMENT ON COLUMN near_met.level IS 'Its level.';
COMMENT ON COLUMN near_met.path IS 'Ids from the top down to the unit; path <@ (another unit''s path) = lies in it.';
COMMENT ON COLUMN near_met.criteria_set_id IS 'The edition that judged it.';
COMMENT ON COLUMN near_met.set_code IS 'Code of the criteria set.';
COMMENT ON COLUMN near_met.tier IS 'standard, advanced or model.';
COMMENT ON COLUMN near_met.status IS 'sourced, unverified or illustrative (no law).';
COMMENT ON COLUMN near_met.verdict IS 'not_met or unknown: the whole set.';
COMMENT ON COLUMN near_met.criterion_count IS 'Criteria in the set.';
COMMENT ON COLUMN near_met.missing_count IS 'Criteria missing: those not met and those not known.';
COMMENT ON COLUMN near_met.not_met_count IS 'Criteria not met.';
COMMENT ON COLUMN near_met.unknown_count IS 'Criteria not known.';
COMMENT ON COLUMN near_met.missing IS 'Codes of the criteria not met.';
COMMENT ON COLUMN near_met.unknown IS 'Codes of the criteria not known.';
COMMENT ON COLUMN near_met.deciding IS 'Unknown measures that could still change the verdict of the whole set. Empty = none can.';
COMMENT ON COLUMN near_met.known_at IS 'The moment as of which facts were asked for. NULL = all that is known.';
COMMENT ON COLUMN near_met.law_date IS 'The day whose law judges, if anything was asked for. NULL = as it stands: 31 December of the year.';
COMMENT ON COLUMN near_met.borders_date IS 'The day of the borders and classes, if anything was asked for. NULL = as it stands: 31 December of the year.';

CREATE FUNCTION near_met_as_of(
    year            integer,
    known_at        timestamptz DEFAULT NULL,
    law_date        date        DEFAULT NULL,
    borders         date        DEFAULT NULL)
    RETURNS SETOF near_met
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
DECLARE
    before CONSTANT text[] := set_asked(known_at, law_date, borders, year, true);
BEGIN
    RETURN QUERY SELECT v.* FROM near_met AS v WHERE near_met_as_of.year IS NULL OR v.year = near_met_as_of.year;
    PERFORM reset_asked(before);
END
$$;

COMMENT ON FUNCTION near_met_as_of(integer, timestamptz, date, date) IS
'What units lacked in a year as it was at a moment, or would be; arguments as in assessment_as_of(), columns as in view near_met.';
