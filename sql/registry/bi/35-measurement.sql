-- A value can have more digits than numeric(18,6) holds: double precision never fails.
CREATE VIEW measurement AS
SELECT m.unit_id::integer AS unit_id, m.unit_code, m.unit_name, m.level, p.province, p.district, p.commune, m.year,
       m.name, i.title, i.unit, m.value::double precision AS value, m.value::text AS value_text, m.applicable,
       m.report_id::integer AS report_id, m.source
  FROM measurement AS m
  LEFT JOIN place_year AS p ON p.unit_id = m.unit_id AND p.year = m.year
  LEFT JOIN indicator AS i ON i.name = m.name;

COMMENT ON VIEW measurement IS
'Facts as rows: one for each unit, year and measure that was ever reported.';
COMMENT ON COLUMN measurement.unit_id IS 'The unit.';
COMMENT ON COLUMN measurement.unit_code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN measurement.unit_name IS 'Its name.';
COMMENT ON COLUMN measurement.level IS 'province, district, commune or area.';
COMMENT ON COLUMN measurement.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN measurement.district IS 'Name of its district. NULL = it lies in none.';
COMMENT ON COLUMN measurement.commune IS 'Name of its commune. NULL = it lies in none.';
COMMENT ON COLUMN measurement.year IS 'The year.';
COMMENT ON COLUMN measurement.name IS 'Name of the measure.';
COMMENT ON COLUMN measurement.title IS 'What is measured, in words. NULL = not given.';
COMMENT ON COLUMN measurement.unit IS 'Unit of measure. NULL = none, or not given.';
COMMENT ON COLUMN measurement.value IS 'The value, for charts; yes and no are 1 and 0. NULL = not applicable, or explicitly unknown.';
COMMENT ON COLUMN measurement.value_text IS 'The same value, exactly, as text.';
COMMENT ON COLUMN measurement.applicable IS 'false = it does not apply to the unit.';
COMMENT ON COLUMN measurement.report_id IS 'The latest report that gave or withdrew the value.';
COMMENT ON COLUMN measurement.source IS 'Form, letter or file of that report. NULL = not recorded.';
