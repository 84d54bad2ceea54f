CREATE VIEW unit_lineage AS
SELECT l.change_date, l.kind, l.predecessor_id::integer AS predecessor_id, l.predecessor_code, l.predecessor,
       l.share::double precision AS share,
       l.successor_id::integer AS successor_id, l.successor_code, l.successor, l.level, l.basis
  FROM unit_lineage AS l;

COMMENT ON VIEW unit_lineage IS 'From which units which came: mergers, splits and renames.';
COMMENT ON COLUMN unit_lineage.change_date IS 'First day of the successor, on which the predecessor no longer exists.';
COMMENT ON COLUMN unit_lineage.kind IS 'split, merger, rename; end: no successor is recorded; beginning: a predecessor is not recorded.';
COMMENT ON COLUMN unit_lineage.predecessor_id IS 'The unit that ended. NULL = not recorded.';
COMMENT ON COLUMN unit_lineage.predecessor_code IS 'Its latest code. NULL = it had none, or it is not recorded.';
COMMENT ON COLUMN unit_lineage.predecessor IS 'Its latest name. NULL = not recorded.';
COMMENT ON COLUMN unit_lineage.share IS 'The part of the predecessor that went to the successor, 1 = all of it, for charts. NULL = not known.';
COMMENT ON COLUMN unit_lineage.successor_id IS 'The unit that began. NULL = not recorded, or none.';
COMMENT ON COLUMN unit_lineage.successor_code IS 'Its latest code. NULL = it has none, or it is not recorded.';
COMMENT ON COLUMN unit_lineage.successor IS 'Its latest name. NULL = not recorded, or none.';
COMMENT ON COLUMN unit_lineage.level IS 'province, district, commune or area.';
COMMENT ON COLUMN unit_lineage.basis IS 'The resolution that orders the change.';
