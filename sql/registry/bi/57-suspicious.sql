-- A value can have more digits than numeric(18,6) holds: double precision never fails.
CREATE VIEW suspicious AS
SELECT s.unit_id::integer AS unit_id, s.code, s.name, s.level, p.province, p.district, p.commune, s.year,
       s.check_code, s.title, s.measure, s.requirement, s.value::double precision AS value, s.value::text AS value_text,
       s.compared, s.against::double precision AS against, s.cite
  FROM suspicious AS s
  LEFT JOIN place_year AS p ON p.unit_id = s.unit_id AND p.year = s.year;

COMMENT ON VIEW suspicious IS
'Figures that look wrong: one row for each unit, year and check that is not met.';
COMMENT ON COLUMN suspicious.unit_id IS 'The unit.';
COMMENT ON COLUMN suspicious.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN suspicious.name IS 'Its name.';
COMMENT ON COLUMN suspicious.level IS 'province, district, commune or area.';
COMMENT ON COLUMN suspicious.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN suspicious.district IS 'Name of its district. NULL = it lies in none.';
COMMENT ON COLUMN suspicious.commune IS 'Name of its commune. NULL = it lies in none.';
COMMENT ON COLUMN suspicious.year IS 'The year.';
COMMENT ON COLUMN suspicious.check_code IS 'Code of the check; range: the limits of the catalogue.';
COMMENT ON COLUMN suspicious.title IS 'What is suspicious.';
COMMENT ON COLUMN suspicious.measure IS 'The measure; of a share both, as a / b.';
COMMENT ON COLUMN suspicious.requirement IS 'The rule that a plausible figure meets.';
COMMENT ON COLUMN suspicious.value IS 'The figure as reported, for charts.';
COMMENT ON COLUMN suspicious.value_text IS 'The same, exactly, as text.';
COMMENT ON COLUMN suspicious.compared IS 'value, change since the year before or difference from the roll-up. NULL = the measures the rule names.';
COMMENT ON COLUMN suspicious.against IS 'The value of the year before, or rolled up from the units below. NULL = neither is compared.';
COMMENT ON COLUMN suspicious.cite IS 'The instruction the check rests on. NULL = none.';
