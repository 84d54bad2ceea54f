-- Facts as rows, for reading and for single entries.

CREATE VIEW measurement AS
SELECT d.unit_id, coalesce(p.code, u.code) AS unit_code, coalesce(p.name, u.name) AS unit_name, u.level, d.year, m.name, m.value, m.applicable,
       (SELECT max(r.id)
          FROM report AS r
         WHERE r.unit_id = d.unit_id AND r.year = d.year AND r.measures ? m.name) AS report_id,
       (SELECT r.source
          FROM report AS r
         WHERE r.unit_id = d.unit_id AND r.year = d.year AND r.measures ? m.name
         ORDER BY r.id DESC
         LIMIT 1) AS source
  FROM dossier AS d
  JOIN unit AS u ON u.id = d.unit_id
  LEFT JOIN place_year AS p ON p.unit_id = d.unit_id AND p.year = d.year
 CROSS JOIN ntm.each(d.measures) AS m;

COMMENT ON VIEW measurement IS
'Facts as rows: what the dossiers hold, one row for each unit, year and measure that was ever reported. Inserting a row (unit_id, year, name, value, applicable, source) makes a report; for many rows at once import_measurements() is the way.';
COMMENT ON COLUMN measurement.unit_id IS 'The unit.';
COMMENT ON COLUMN measurement.unit_code IS 'Its code in the year. NULL = it has none. Not to be inserted.';
COMMENT ON COLUMN measurement.unit_name IS 'Its name in the year. Not to be inserted.';
COMMENT ON COLUMN measurement.level IS 'Its level. Not to be inserted.';
COMMENT ON COLUMN measurement.year IS 'The year.';
COMMENT ON COLUMN measurement.name IS 'Name of the measure, in table indicator.';
COMMENT ON COLUMN measurement.value IS 'The value, in the unit of the indicator; yes and no are 1 and 0. NULL = not applicable, or explicitly unknown.';
COMMENT ON COLUMN measurement.applicable IS 'false = it does not apply to the unit; inserted NULL is true.';
COMMENT ON COLUMN measurement.report_id IS 'The latest report that gave or withdrew the value; set by the database.';
COMMENT ON COLUMN measurement.source IS 'Form, letter or file of that report. NULL = not recorded.';

CREATE FUNCTION report_measurement() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    IF NEW.unit_id IS NULL OR NEW.year IS NULL OR NEW.name IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'null_value_not_allowed',
            MESSAGE = 'a measurement needs a unit, a year and the name of a measure',
            HINT = 'Give unit_id, year and name; value NULL says that it is not known.';
    END IF;

    NEW.applicable := coalesce(NEW.applicable, true);

    IF NEW.value IS NOT NULL AND NOT NEW.applicable THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('measure "%s" has a value and does not apply', NEW.name),
            DETAIL = format('The value is %s, and applicable is false.', NEW.value),
            HINT = 'Leave out one of the two.';
    END IF;

    INSERT INTO report (unit_id, year, measures, source)
    VALUES (NEW.unit_id, NEW.year,
            CASE WHEN NEW.applicable THEN (SELECT ntm.measures_agg(NEW.name, NEW.value))
                 ELSE jsonb_build_object(NEW.name, 'n/a')::ntm.measures END,
            NEW.source)
    RETURNING id INTO NEW.report_id;

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION report_measurement() IS
'Trigger: makes a report of a row inserted into view measurement. Refuses a row without unit, year or name (SQLSTATE 22004) and a value that does not apply (23514); the rest is for the report to refuse.';

CREATE TRIGGER report_measurement INSTEAD OF INSERT ON measurement
    FOR EACH ROW EXECUTE FUNCTION report_measurement();
