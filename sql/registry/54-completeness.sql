-- Completeness: who has not reported what, by deadline.

CREATE TABLE reporting_deadline (
    year        integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    level       text    NOT NULL CHECK (is_level(level)),
    deadline    date    NOT NULL,
    cite        text,
    PRIMARY KEY (year, level)
);

COMMENT ON TABLE reporting_deadline IS
'The days by which the units of a level have to report a year.';
COMMENT ON COLUMN reporting_deadline.year IS 'The year to be reported.';
COMMENT ON COLUMN reporting_deadline.level IS 'Level of the units.';
COMMENT ON COLUMN reporting_deadline.deadline IS 'The last day.';
COMMENT ON COLUMN reporting_deadline.cite IS 'The letter or decision that sets it. NULL = not recorded.';

-- What is asked of a unit is what its criteria set measures.
CREATE VIEW completeness AS
SELECT u.unit_id, y.year, u.code, u.name, u.level, u.path, c.id AS criteria_set_id, c.code AS set_code, c.tier,
       asked.measures AS asked_count, asked.measures - asked.missing AS told_count, asked.missing AS missing_count, asked.names AS missing,
       d.unit_id IS NOT NULL AS reported, first.reported_at AS first_reported_at, l.deadline,
       CASE WHEN l.deadline IS NOT NULL THEN asked.missing > 0 AND CURRENT_DATE > l.deadline END AS overdue,
       CASE WHEN l.deadline IS NOT NULL AND (d.unit_id IS NOT NULL OR CURRENT_DATE > l.deadline)
            THEN coalesce(first.reported_at::date > l.deadline, true) END AS late
  FROM (SELECT p.year FROM programme_year AS p
         UNION
        SELECT r.year FROM reporting_deadline AS r) AS y
  JOIN unit_state AS u
    ON u.in_programme
   AND (u.valid_from IS NULL OR u.valid_from <= make_date(y.year, 12, 31))
   AND (u.valid_to IS NULL OR make_date(y.year, 12, 31) < u.valid_to)
  JOIN criteria_set AS c
    ON c.level = u.level
   AND (c.jurisdiction_id IS NULL OR index(u.path, c.jurisdiction_id::text::ltree) >= 0)
   AND c.valid_from <= make_date(y.year, 12, 31)
   AND (c.valid_to IS NULL OR make_date(y.year, 12, 31) < c.valid_to)
  LEFT JOIN dossier AS d ON d.unit_id = u.unit_id AND d.year = y.year
  LEFT JOIN reporting_deadline AS l ON l.year = y.year AND l.level = u.level
  LEFT JOIN LATERAL (SELECT min(r.reported_at) AS reported_at
                       FROM report AS r
                      WHERE r.unit_id = d.unit_id AND r.year = d.year) AS first ON true
 CROSS JOIN LATERAL (SELECT count(*)::integer AS measures,
                            count(*) FILTER (WHERE told.name IS NULL)::integer AS missing,
                            coalesce(array_agg(m.name ORDER BY m.name) FILTER (WHERE told.name IS NULL), '{}') AS names
                       FROM ntm.declared_measures(c.ruleset) AS m
                       LEFT JOIN ntm.each(d.measures) AS told
                         ON told.name = m.name AND (told.value IS NOT NULL OR NOT told.applicable)) AS asked
 WHERE NOT EXISTS (SELECT
                     FROM criteria_set AS deeper
                    WHERE deeper.level = c.level
                      AND deeper.tier = c.tier
                      AND deeper.valid_from <= make_date(y.year, 12, 31)
                      AND (deeper.valid_to IS NULL OR make_date(y.year, 12, 31) < deeper.valid_to)
                      AND index(u.path, deeper.jurisdiction_id::text::ltree)
                          > coalesce(index(u.path, c.jurisdiction_id::text::ltree), -1));

COMMENT ON VIEW completeness IS
'Who has not reported what: every unit in the programme that existed on 31 December, for every year of the programme or with a deadline, against the measures of the criteria set in force for it; one row for each tier that has one. Also units that have not reported at all.';
COMMENT ON COLUMN completeness.unit_id IS 'The unit.';
COMMENT ON COLUMN completeness.year IS 'The year.';
COMMENT ON COLUMN completeness.code IS 'Code of the unit. NULL = it has none.';
COMMENT ON COLUMN completeness.name IS 'Name of the unit.';
COMMENT ON COLUMN completeness.level IS 'Its level.';
COMMENT ON COLUMN completeness.path IS 'Ids from the top down to the unit; path <@ (another unit''s path) = lies in it.';
COMMENT ON COLUMN completeness.criteria_set_id IS 'The edition that says what is asked.';
COMMENT ON COLUMN completeness.set_code IS 'Code of the criteria set.';
COMMENT ON COLUMN completeness.tier IS 'standard, advanced or model.';
COMMENT ON COLUMN completeness.asked_count IS 'Measures that the set uses.';
COMMENT ON COLUMN completeness.told_count IS 'Those that are known, or known not to apply.';
COMMENT ON COLUMN completeness.missing_count IS 'Those that are not known.';
COMMENT ON COLUMN completeness.missing IS 'Names of those that are not known; explicitly unknown counts as missing.';
COMMENT ON COLUMN completeness.reported IS 'Whether there is any report on the unit and year.';
COMMENT ON COLUMN completeness.first_reported_at IS 'When the first one came in. NULL = none did.';
COMMENT ON COLUMN completeness.deadline IS 'The last day to report. NULL = none is set.';
COMMENT ON COLUMN completeness.overdue IS 'Whether the deadline has passed and something is missing. NULL = no deadline.';
COMMENT ON COLUMN completeness.late IS 'Whether the first report came after the deadline, or has not come though it has passed. NULL = no deadline, or neither yet.';
