-- Places through time, for views that ask about days of their own: place_year
-- only has the last day of every year.

-- As view place, for every state.  Two states that follow each other may differ
-- only in the name of a place above.
CREATE VIEW place_state AS
SELECT u.unit_id,
       greatest(u.valid_from, p1.valid_from, p2.valid_from, p3.valid_from) AS valid_from,
       least(u.valid_to, p1.valid_to, p2.valid_to, p3.valid_to) AS valid_to,
       u.code, u.name, u.level, u.kind, u.path,
       CASE 'province' WHEN u.level THEN u.name WHEN p1.level THEN p1.name
            WHEN p2.level THEN p2.name WHEN p3.level THEN p3.name END AS province,
       CASE 'district' WHEN u.level THEN u.name WHEN p1.level THEN p1.name
            WHEN p2.level THEN p2.name WHEN p3.level THEN p3.name END AS district,
       CASE 'commune' WHEN u.level THEN u.name WHEN p1.level THEN p1.name
            WHEN p2.level THEN p2.name WHEN p3.level THEN p3.name END AS commune,
       u.classes, u.in_programme, u.population, u.households
  FROM unit_state AS u
  LEFT JOIN unit_state AS p1
    ON p1.unit_id = u.parent_id
   AND (p1.valid_from < u.valid_to) IS NOT FALSE
   AND (u.valid_from < p1.valid_to) IS NOT FALSE
  LEFT JOIN unit_state AS p2
    ON p2.unit_id = p1.parent_id
   AND (p2.valid_from < least(u.valid_to, p1.valid_to)) IS NOT FALSE
   AND (greatest(u.valid_from, p1.valid_from) < p2.valid_to) IS NOT FALSE
  LEFT JOIN unit_state AS p3
    ON p3.unit_id = p2.parent_id
   AND (p3.valid_from < least(u.valid_to, p1.valid_to, p2.valid_to)) IS NOT FALSE
   AND (greatest(u.valid_from, p1.valid_from, p2.valid_from) < p3.valid_to) IS NOT FALSE;

COMMENT ON VIEW place_state IS
'Every unit through time with the names of the province, district and commune it was or lay in: a row for every period in which nothing of it changed.';
COMMENT ON COLUMN place_state.unit_id IS 'The unit.';
COMMENT ON COLUMN place_state.valid_from IS 'First day on which it was so. NULL = before any date of interest.';
COMMENT ON COLUMN place_state.valid_to IS 'First day on which it was no longer so. NULL = it still is.';
COMMENT ON COLUMN place_state.code IS 'Its code. NULL = it had none.';
COMMENT ON COLUMN place_state.name IS 'Its name.';
COMMENT ON COLUMN place_state.level IS 'province, district, commune or area.';
COMMENT ON COLUMN place_state.kind IS 'Kind within the level. NULL = not recorded.';
COMMENT ON COLUMN place_state.path IS 'Ids from the top down to the unit.';
COMMENT ON COLUMN place_state.province IS 'Name of its province. NULL = it lay in none.';
COMMENT ON COLUMN place_state.district IS 'Name of its district, or its own. NULL = it lay in none.';
COMMENT ON COLUMN place_state.commune IS 'Name of its commune, or its own. NULL = it lay in none.';
COMMENT ON COLUMN place_state.classes IS 'Codes of its classes, in order of precedence.';
COMMENT ON COLUMN place_state.in_programme IS 'Whether it was counted in progress.';
COMMENT ON COLUMN place_state.population IS 'Persons. NULL = not recorded.';
COMMENT ON COLUMN place_state.households IS 'Households. NULL = not recorded.';
