-- Progress by place, and the yearly target of the communes.

CREATE TABLE yearly_target (
    year    integer PRIMARY KEY CHECK (year BETWEEN 2000 AND 2100),
    minimum integer NOT NULL CHECK (minimum >= 0),
    desired integer NOT NULL,
    cite    text,
    CHECK (minimum <= desired)
);

COMMENT ON TABLE yearly_target IS
'How many more areas are to be recognised in a year in every commune that cannot finish the programme yet.';
COMMENT ON COLUMN yearly_target.year IS 'The year.';
COMMENT ON COLUMN yearly_target.minimum IS 'Areas at the least.';
COMMENT ON COLUMN yearly_target.desired IS 'Areas at best.';
COMMENT ON COLUMN yearly_target.cite IS 'The letter or decision that sets it. NULL = not recorded.';

-- A commune or area, a year, and what is known of it at tier standard.
CREATE VIEW unit_year AS
SELECT u.unit_id, y.year, u.level, u.parent_id, u.path,
       a.verdict, a.criterion_count - a.met_count AS missing_count, a.met_count,
       t.from_year,
       asked.known_at,
       CASE WHEN asked.any_asked THEN asked.law_date END AS law_date,
       CASE WHEN asked.any_asked THEN asked.borders_date END AS borders_date
  FROM programme_year AS y
  JOIN asked_year(asked_known_at(), asked_law_date(), asked_borders_date()) AS asked
    ON asked.year = y.year AND (asked.known_at IS NULL OR make_date(y.year, 1, 1) <= asked.known_at::date)
  JOIN unit_state AS u
    ON (u.valid_from IS NULL OR u.valid_from <= asked.borders_date)
   AND (u.valid_to IS NULL OR asked.borders_date < u.valid_to)
  LEFT JOIN assessment AS a
    ON a.unit_id = u.unit_id AND a.year = y.year AND a.tier = 'standard'
  LEFT JOIN recognition_term AS t
    ON t.unit_id = u.unit_id AND t.tier = 'standard' AND t.from_year <= y.year
   AND (t.to_year IS NULL OR y.year < t.to_year OR t.revoked_on > asked.known_at::date)
   AND (asked.known_at IS NULL OR t.recognised_on <= asked.known_at::date)
 WHERE u.in_programme
   AND u.level IN ('commune', 'area');

COMMENT ON VIEW unit_year IS
'Every commune and area in the programme that existed on 31 December, for every year of the programme, with its place on that day, its assessment and its recognition at tier standard. As of another moment after ask_as_of().';
COMMENT ON COLUMN unit_year.unit_id IS 'The unit.';
COMMENT ON COLUMN unit_year.year IS 'The year.';
COMMENT ON COLUMN unit_year.level IS 'commune or area.';
COMMENT ON COLUMN unit_year.parent_id IS 'The unit it lies in; of an area, its commune. NULL = none.';
COMMENT ON COLUMN unit_year.path IS 'Ids from the top down to the unit.';
COMMENT ON COLUMN unit_year.verdict IS 'The whole set. NULL = not assessed, since it did not report or no set was in force.';
COMMENT ON COLUMN unit_year.missing_count IS 'Criteria not met or not known. NULL = not assessed.';
COMMENT ON COLUMN unit_year.met_count IS 'Criteria met. NULL = not assessed.';
COMMENT ON COLUMN unit_year.from_year IS 'The year for which it was recognised. NULL = not recognised at the end of the year.';
COMMENT ON COLUMN unit_year.known_at IS 'The moment as of which it was asked. NULL = all that is known.';
COMMENT ON COLUMN unit_year.law_date IS 'The day whose law judges, if anything was asked for. NULL = as it stands: 31 December of the year.';
COMMENT ON COLUMN unit_year.borders_date IS 'The day of the borders and classes, if anything was asked for. NULL = as it stands: 31 December of the year.';

-- Every unit is assessed once and counted for all units above it, whose ids
-- are its path; a join by path would find them more slowly.
CREATE VIEW progress AS
SELECT p.unit_id, p.code, p.name, p.level, p.path, g.year,
       g.areas_total, g.areas_assessed, g.areas_meeting, g.areas_recognised, g.areas_newly_recognised,
       g.communes_total, g.communes_assessed, g.communes_meeting, g.communes_recognised, g.communes_newly_recognised,
       g.criteria_mean, g.criteria_lowest,
       asked.known_at,
       CASE WHEN asked.any_asked THEN asked.law_date END AS law_date,
       CASE WHEN asked.any_asked THEN asked.borders_date END AS borders_date
  FROM (SELECT above.id, w.year,
               count(*) FILTER (WHERE w.level = 'area')::integer AS areas_total,
               count(*) FILTER (WHERE w.level = 'area' AND w.verdict IS NOT NULL)::integer AS areas_assessed,
               count(*) FILTER (WHERE w.level = 'area' AND w.verdict::boolean)::integer AS areas_meeting,
               count(*) FILTER (WHERE w.level = 'area' AND w.from_year IS NOT NULL)::integer AS areas_recognised,
               count(*) FILTER (WHERE w.level = 'area' AND w.from_year = w.year)::integer AS areas_newly_recognised,
               count(*) FILTER (WHERE w.level = 'commune')::integer AS communes_total,
               count(*) FILTER (WHERE w.level = 'commune' AND w.verdict IS NOT NULL)::integer AS communes_assessed,
               count(*) FILTER (WHERE w.level = 'commune' AND w.verdict::boolean)::integer AS communes_meeting,
               count(*) FILTER (WHERE w.level = 'commune' AND w.from_year IS NOT NULL)::integer AS communes_recognised,
               count(*) FILTER (WHERE w.level = 'commune' AND w.from_year = w.year)::integer AS communes_newly_recognised,
               round(avg(w.met_count) FILTER (WHERE w.level = 'commune'), 1) AS criteria_mean,
               min(w.met_count) FILTER (WHERE w.level = 'commune') AS criteria_lowest
          FROM unit_year AS w
         CROSS JOIN unnest(string_to_array(w.path::text, '.')::bigint[]) AS above (id)
         WHERE w.level <> 'area' OR above.id <> w.unit_id
         GROUP BY above.id, w.year) AS g
  JOIN asked_year(asked_known_at(), asked_law_date(), asked_borders_date()) AS asked ON asked.year = g.year
  JOIN unit_state AS p
    ON (p.valid_from IS NULL OR p.valid_from <= asked.borders_date)
   AND (p.valid_to IS NULL OR asked.borders_date < p.valid_to)
 WHERE p.unit_id = g.id AND p.level IN ('province', 'district', 'commune');

COMMENT ON VIEW progress IS
'Progress at tier standard of every province, district and commune at the end of every year of the programme, counted over the communes and areas in it that take part in the programme, in the borders of that day. As of another moment after ask_as_of().';
COMMENT ON COLUMN progress.unit_id IS 'The province, district or commune.';
COMMENT ON COLUMN progress.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN progress.name IS 'Its name.';
COMMENT ON COLUMN progress.level IS 'Its level.';
COMMENT ON COLUMN progress.path IS 'Ids from the top down to the unit; path <@ (another unit''s path) = lies in it.';
COMMENT ON COLUMN progress.year IS 'The year.';
COMMENT ON COLUMN progress.areas_total IS 'Areas in it.';
COMMENT ON COLUMN progress.areas_assessed IS 'Those that reported and were assessed.';
COMMENT ON COLUMN progress.areas_meeting IS 'Those that meet their criteria set.';
COMMENT ON COLUMN progress.areas_recognised IS 'Those recognised by the end of the year, in this or an earlier year.';
COMMENT ON COLUMN progress.areas_newly_recognised IS 'Those recognised for this very year.';
COMMENT ON COLUMN progress.communes_total IS 'Communes in it; a commune counts itself.';
COMMENT ON COLUMN progress.communes_assessed IS 'Those that reported and were assessed.';
COMMENT ON COLUMN progress.communes_meeting IS 'Those that meet their criteria set.';
COMMENT ON COLUMN progress.communes_recognised IS 'Those recognised by the end of the year, in this or an earlier year.';
COMMENT ON COLUMN progress.communes_newly_recognised IS 'Those recognised for this very year.';
COMMENT ON COLUMN progress.criteria_mean IS 'Mean number of criteria met by an assessed commune, to one decimal. NULL = none was assessed.';
COMMENT ON COLUMN progress.criteria_lowest IS 'Lowest number of criteria met by an assessed commune. NULL = none was assessed.';
COMMENT ON COLUMN progress.known_at IS 'The moment as of which it was asked. NULL = all that is known.';
COMMENT ON COLUMN progress.law_date IS 'The day whose law judges, if anything was asked for. NULL = as it stands: 31 December of the year.';
COMMENT ON COLUMN progress.borders_date IS 'The day of the borders and classes, if anything was asked for. NULL = as it stands: 31 December of the year.';

CREATE FUNCTION progress_as_of(
    year            integer,
    known_at        timestamptz DEFAULT NULL,
    law_date        date        DEFAULT NULL,
    borders         date        DEFAULT NULL)
    RETURNS SETOF progress
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
DECLARE
    before CONSTANT text[] := set_asked(known_at, law_date, borders, year, true);
BEGIN
    RETURN QUERY SELECT v.* FROM progress AS v WHERE progress_as_of.year IS NULL OR v.year = progress_as_of.year;
    PERFORM reset_asked(before);
END
$$;

COMMENT ON FUNCTION progress_as_of(integer, timestamptz, date, date) IS
'Progress in a year as it was at a moment, or would be; arguments as in assessment_as_of(), columns as in view progress.';

CREATE VIEW commune_target AS
SELECT c.unit_id, c.code, c.name, c.path, g.year,
       s.recognised_before, s.registered, s.in_scope,
       s.newly_recognised, s.ready, s.nearly_there,
       g.minimum, g.desired,
       CASE WHEN s.in_scope THEN greatest(g.minimum - s.newly_recognised, 0) END AS shortfall,
       CASE WHEN s.in_scope THEN s.newly_recognised >= g.minimum END AS reached,
       CASE WHEN s.in_scope THEN s.newly_recognised + s.ready >= g.minimum END AS on_course,
       g.cite
  FROM yearly_target AS g
  JOIN unit_state AS c
    ON c.level = 'commune' AND c.in_programme
   AND (c.valid_from IS NULL OR c.valid_from <= make_date(g.year, 12, 31))
   AND (c.valid_to IS NULL OR make_date(g.year, 12, 31) < c.valid_to)
  LEFT JOIN (SELECT w.parent_id, w.year,
                    count(*) FILTER (WHERE w.from_year = w.year)::integer AS newly_recognised,
                    count(*) FILTER (WHERE w.from_year IS NULL AND w.verdict::boolean)::integer AS ready,
                    count(*) FILTER (WHERE w.from_year IS NULL AND w.verdict::boolean IS NOT TRUE
                                       AND w.missing_count <= 2)::integer AS nearly_there
               FROM unit_year AS w
              WHERE w.level = 'area'
              GROUP BY w.parent_id, w.year) AS a ON a.parent_id = c.unit_id AND a.year = g.year
 CROSS JOIN LATERAL (
    SELECT known.recognised_before, known.registered, NOT known.recognised_before AND NOT known.registered AS in_scope,
           coalesce(a.newly_recognised, 0) AS newly_recognised, coalesce(a.ready, 0) AS ready, coalesce(a.nearly_there, 0) AS nearly_there
      FROM (SELECT EXISTS (SELECT FROM recognition_term AS t
                            WHERE t.unit_id = c.unit_id AND t.tier = 'standard' AND t.from_year < g.year
                              AND (t.to_year IS NULL OR g.year <= t.to_year)) AS recognised_before,
                   EXISTS (SELECT FROM effective_recognition AS r
                            WHERE r.unit_id = c.unit_id AND r.tier = 'standard'
                              AND r.event = 'registered' AND r.year = g.year) AS registered
            OFFSET 0) AS known
    OFFSET 0) AS s;

COMMENT ON VIEW commune_target IS
'Every commune in the programme against the yearly target of newly recognised areas, for the years that have one. The target binds communes that cannot finish the programme yet: not recognised before the year and not registered for it.';
COMMENT ON COLUMN commune_target.unit_id IS 'The commune.';
COMMENT ON COLUMN commune_target.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN commune_target.name IS 'Its name.';
COMMENT ON COLUMN commune_target.path IS 'Ids from the top down to the commune; path <@ (another unit''s path) = lies in it.';
COMMENT ON COLUMN commune_target.year IS 'The year.';
COMMENT ON COLUMN commune_target.recognised_before IS 'Whether the commune itself was recognised before the year.';
COMMENT ON COLUMN commune_target.registered IS 'Whether the commune itself is registered to be recognised for the year.';
COMMENT ON COLUMN commune_target.in_scope IS 'Whether the target binds it: neither of the two.';
COMMENT ON COLUMN commune_target.newly_recognised IS 'Its areas recognised for this very year.';
COMMENT ON COLUMN commune_target.ready IS 'Its areas that meet their criteria set and are not recognised.';
COMMENT ON COLUMN commune_target.nearly_there IS 'Its areas that are not recognised and lack at most two criteria (not met or not known).';
COMMENT ON COLUMN commune_target.minimum IS 'The target at the least.';
COMMENT ON COLUMN commune_target.desired IS 'The target at best.';
COMMENT ON COLUMN commune_target.shortfall IS 'Areas short of the minimum. NULL = the target does not bind it.';
COMMENT ON COLUMN commune_target.reached IS 'Whether the minimum is reached. NULL = the target does not bind it.';
COMMENT ON COLUMN commune_target.on_course IS 'Whether it is or would be reached with the areas that are ready. NULL = the target does not bind it.';
COMMENT ON COLUMN commune_target.cite IS 'The letter or decision that sets the target. NULL = not recorded.';
