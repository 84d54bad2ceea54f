-- Mergers, splits and renames: from which units which came, and the reform that
-- inserting the lines carries out.

CREATE TABLE unit_change (
    id              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    predecessor_id  bigint  REFERENCES unit,
    successor_id    bigint  REFERENCES unit,
    share           numeric DEFAULT 1 CHECK (share > 0 AND share <= 1),
    change_date     date    NOT NULL,
    basis           text    NOT NULL CHECK (basis <> ''),
    recorded_at     timestamptz NOT NULL DEFAULT now(),
    recorded_by     text    NOT NULL DEFAULT current_user,
    CHECK (predecessor_id IS NOT NULL OR successor_id IS NOT NULL),
    CHECK (predecessor_id <> successor_id),
    CONSTRAINT unit_change_once UNIQUE (predecessor_id, successor_id)
);

CREATE UNIQUE INDEX unit_change_end_once ON unit_change (predecessor_id) WHERE successor_id IS NULL;
CREATE UNIQUE INDEX unit_change_beginning_once ON unit_change (successor_id) WHERE predecessor_id IS NULL;
CREATE INDEX unit_change_successor_id ON unit_change (successor_id);
CREATE INDEX unit_change_change_date ON unit_change (change_date);

COMMENT ON TABLE unit_change IS
'What became of units: one line for each predecessor and successor. Inserting the lines carries out the reform: the predecessors end on the date, and what lies in one that goes wholly into one successor lies in that from then on. Successors exist already and begin on the date. All lines of a predecessor are inserted by one statement; a whole reform can be. A unit that takes in another one is a new unit from then on, with a line from the one it was. Append-only.';
COMMENT ON COLUMN unit_change.id IS 'Identity and order of recording.';
COMMENT ON COLUMN unit_change.predecessor_id IS 'The unit that ends. NULL = the successor has also come from something not recorded, so that nothing can be added up for it.';
COMMENT ON COLUMN unit_change.successor_id IS 'The unit that begins. NULL = it, or a part of it, went where is not recorded, or to nothing.';
COMMENT ON COLUMN unit_change.share IS 'The part of the predecessor that goes to the successor, 1 = all of it; those of a predecessor add up to exactly 1. NULL = not known, for all lines of a predecessor: then its counts cannot be divided. Without a predecessor it says nothing.';
COMMENT ON COLUMN unit_change.change_date IS 'First day of the successor, on which the predecessor no longer exists.';
COMMENT ON COLUMN unit_change.basis IS 'The resolution that orders the change.';
COMMENT ON COLUMN unit_change.recorded_at IS 'When it was recorded.';
COMMENT ON COLUMN unit_change.recorded_by IS 'Who recorded it; the role, unless given.';

CREATE TRIGGER keep_unit_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON unit_change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('What became of a unit is on record for ever; look at unit_lineage before you commit.');

-- Whoever moves units does so alone: see place_unit.
CREATE FUNCTION carry_out_changes() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    wrong record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ntm unit tree'), 'unit'::regclass::oid::integer);

    SELECT u.id, u.name, u.valid_from, u.valid_to, n.change_date
      INTO wrong
      FROM new_changes AS n
      JOIN unit AS u ON u.id = n.predecessor_id
     WHERE u.valid_to <> n.change_date OR u.valid_from >= n.change_date OR u.state_from > n.change_date
        OR EXISTS (SELECT FROM new_changes AS other WHERE other.predecessor_id = u.id AND other.change_date <> n.change_date)
     ORDER BY n.id
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('unit "%s" cannot end on %s', wrong.name, wrong.change_date),
            DETAIL = format('Unit %s exists from %s to %s.', wrong.id,
                            coalesce(wrong.valid_from::text, '…'), coalesce(wrong.valid_to::text, '…'))
                     || CASE WHEN EXISTS (SELECT FROM new_changes AS n WHERE n.predecessor_id = wrong.id AND n.change_date <> wrong.change_date)
                             THEN ' The lines give it several days.' ELSE '' END,
            HINT = 'A unit ends once, after it has begun and last changed.';
    END IF;

    SELECT u.id, u.name, n.change_date
      INTO wrong
      FROM new_changes AS n
      JOIN unit_change AS c ON c.predecessor_id = n.predecessor_id
      JOIN unit AS u ON u.id = n.predecessor_id
     WHERE NOT EXISTS (SELECT FROM new_changes AS same WHERE same.id = c.id)
     ORDER BY n.id
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'unique_violation',
            MESSAGE = format('what became of unit "%s" is on record already', wrong.name),
            DETAIL = format('Unit %s ended on %s.', wrong.id, wrong.change_date),
            HINT = 'All lines of a predecessor are inserted by one statement. See view unit_lineage.';
    END IF;

    SELECT u.id, u.name, u.valid_from, n.change_date
      INTO wrong
      FROM new_changes AS n
      JOIN unit AS u ON u.id = n.successor_id
     WHERE u.valid_from IS DISTINCT FROM n.change_date
     ORDER BY n.id
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('unit "%s" cannot be a successor: it does not begin on %s', wrong.name, wrong.change_date),
            DETAIL = format('Unit %s exists from %s on.', wrong.id, coalesce(wrong.valid_from::text, 'before any date of interest')),
            HINT = 'Insert the successor into table unit with that day as valid_from. A unit that takes in another one is a new unit from then on.';
    END IF;

    SELECT u.name, sum(n.share) AS total, count(*) AS lines, count(n.share) AS known
      INTO wrong
      FROM new_changes AS n
      JOIN unit AS u ON u.id = n.predecessor_id
     GROUP BY u.id, u.name
    HAVING count(n.share) NOT IN (0, count(*))
        OR count(n.share) = count(*) AND sum(n.share) <> 1
        OR count(n.share) = 0 AND count(*) = 1
     ORDER BY min(n.id)
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('the shares of unit "%s" are not those of a whole', wrong.name),
            DETAIL = CASE WHEN wrong.known = wrong.lines THEN format('They add up to %s.', trim_scale(wrong.total))
                          WHEN wrong.known = 0 THEN 'There is only one line, and its share is not known.'
                          ELSE format('%s of %s are not known.', wrong.lines - wrong.known, wrong.lines) END,
            HINT = 'They add up to exactly 1, or none of several is known (NULL). What went where is not recorded has a line without successor.';
    END IF;

    UPDATE unit
       SET valid_to = ended.change_date
      FROM (SELECT DISTINCT n.predecessor_id, n.change_date FROM new_changes AS n) AS ended
     WHERE unit.id = ended.predecessor_id AND unit.valid_to IS NULL;

    -- what lies in a unit that goes wholly into another
    UPDATE unit AS child
       SET parent_id = n.successor_id,
           state_from = CASE WHEN child.valid_from >= n.change_date OR child.state_from = n.change_date THEN child.state_from ELSE n.change_date END,
           state_basis = CASE WHEN child.valid_from >= n.change_date OR child.state_from = n.change_date THEN child.state_basis ELSE n.basis END
      FROM new_changes AS n
     WHERE child.parent_id = n.predecessor_id
       AND n.share = 1
       AND n.successor_id IS NOT NULL
       AND (child.valid_to IS NULL OR child.valid_to > n.change_date);

    -- what lies in any other has to be told
    SELECT u.name, count(*) AS children, min(n.change_date) AS change_date,
           (array_agg(format('%s ("%s")', child.id, child.name) ORDER BY child.id))[1:5] AS names
      INTO wrong
      FROM (SELECT DISTINCT new_changes.predecessor_id, new_changes.change_date FROM new_changes) AS n
      JOIN unit AS u ON u.id = n.predecessor_id
      JOIN unit AS child ON child.parent_id = u.id AND (child.valid_to IS NULL OR child.valid_to > n.change_date)
     GROUP BY u.id, u.name
     ORDER BY u.id
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('unit "%s" cannot end on %s while units lie in it', wrong.name, wrong.change_date),
            DETAIL = format('Of %s units it is not told where they lie from then on: %s%s.', wrong.children,
                            array_to_string(wrong.names, ', '), CASE WHEN wrong.children > 5 THEN ', …' ELSE '' END),
            HINT = 'Before, give each its new parent from that day on with change_unit(), or end it as well.';
    END IF;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION carry_out_changes() IS
'Trigger: ends predecessors and moves what lies in them. Refuses a predecessor that does not live until the day, a successor that does not begin on it, units that would lie in one that has ended (SQLSTATE 55000), shares that are not those of a whole (23514), and more lines for a predecessor that has some (23505).';

CREATE TRIGGER carry_out_changes AFTER INSERT ON unit_change
    REFERENCING NEW TABLE AS new_changes
    FOR EACH STATEMENT EXECUTE FUNCTION carry_out_changes();

CREATE VIEW unit_lineage AS
SELECT c.change_date,
       CASE WHEN c.successor_id IS NULL THEN 'end'
            WHEN c.predecessor_id IS NULL THEN 'beginning'
            WHEN count(*) OVER (PARTITION BY c.predecessor_id) > 1 THEN 'split'
            WHEN count(*) OVER (PARTITION BY c.successor_id) > 1 THEN 'merger'
            ELSE 'rename' END AS kind,
       c.predecessor_id, p.code AS predecessor_code, p.name AS predecessor,
       CASE WHEN c.predecessor_id IS NOT NULL THEN c.share END AS share,
       c.successor_id, s.code AS successor_code, s.name AS successor,
       coalesce(s.level, p.level) AS level, c.basis
  FROM unit_change AS c
  LEFT JOIN unit AS p ON p.id = c.predecessor_id
  LEFT JOIN unit AS s ON s.id = c.successor_id;

COMMENT ON VIEW unit_lineage IS
'From which units which came: the lines of table unit_change with codes and names.';
COMMENT ON COLUMN unit_lineage.change_date IS 'First day of the successor, on which the predecessor no longer exists.';
COMMENT ON COLUMN unit_lineage.kind IS 'split: the predecessor has several lines; merger: the successor has; rename: neither has; end: no successor is recorded; beginning: a predecessor is not recorded.';
COMMENT ON COLUMN unit_lineage.predecessor_id IS 'The unit that ended. NULL = not recorded.';
COMMENT ON COLUMN unit_lineage.predecessor_code IS 'Its latest code. NULL = it had none, or it is not recorded.';
COMMENT ON COLUMN unit_lineage.predecessor IS 'Its latest name. NULL = not recorded.';
COMMENT ON COLUMN unit_lineage.share IS 'The part of the predecessor that went to the successor. NULL = not known.';
COMMENT ON COLUMN unit_lineage.successor_id IS 'The unit that began. NULL = not recorded, or none.';
COMMENT ON COLUMN unit_lineage.successor_code IS 'Its latest code. NULL = it has none, or it is not recorded.';
COMMENT ON COLUMN unit_lineage.successor IS 'Its latest name. NULL = not recorded, or none.';
COMMENT ON COLUMN unit_lineage.level IS 'Level of the successor, or of what ended.';
COMMENT ON COLUMN unit_lineage.basis IS 'The resolution that orders the change.';

CREATE FUNCTION check_units()
    RETURNS TABLE (unit_id bigint, parent_id bigint, valid_from date, valid_to date, parent_from date, parent_to date)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT s.unit_id, s.parent_id, s.valid_from, s.valid_to, p.valid_from, p.valid_to
      FROM unit_state AS s
      JOIN unit AS p ON p.id = s.parent_id
     WHERE (s.valid_from < s.valid_to) IS NOT FALSE
       AND (p.valid_from > coalesce(s.valid_from, '-infinity') OR p.valid_to < coalesce(s.valid_to, 'infinity'));
END;

COMMENT ON FUNCTION check_units() IS
'The units that lie, from valid_from until before valid_to, in a unit that does not exist all that time (parent_from, parent_to): put into one that has ended already, or left in one that was ended without a line in unit_change. NULL = open. No rows = all are right. change_unit() and UPDATE mend it.';
