-- What every part of a registry shares.  The parts run in name order, in the
-- first schema of search_path; ntm, ltree and btree_gist must be in it too.

CREATE TABLE registry_version (
    version     text        NOT NULL,
    made_at     timestamptz NOT NULL DEFAULT now(),
    made_by     text        NOT NULL DEFAULT current_user
);

COMMENT ON TABLE registry_version IS
'The versions of ntm that made and later changed this registry, one row each. Its presence marks the schema as a registry.';
COMMENT ON COLUMN registry_version.version IS 'Version of the extension ntm whose parts were run.';
COMMENT ON COLUMN registry_version.made_at IS 'When they were run.';
COMMENT ON COLUMN registry_version.made_by IS 'The role that ran them.';

-- Ledgers are closed to everyone, the owner included.  Statement triggers:
-- they also refuse a change that would touch no row.
CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'object_not_in_prerequisite_state',
        MESSAGE = format('cannot %s table %I', lower(TG_OP), TG_TABLE_NAME),
        DETAIL = 'Its rows are kept for ever as they were written.',
        HINT = TG_ARGV[0];
END
$$;

COMMENT ON FUNCTION refuse_change() IS
'Trigger: refuses the statement (SQLSTATE 55000). Its argument is the hint that says what to do instead.';

-- The four levels of administration, from the top; a level may be absent.
CREATE FUNCTION level_rank(level text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_position(ARRAY['province', 'district', 'commune', 'area'], level);

COMMENT ON FUNCTION level_rank(text) IS
'Rank of a level: 1 province, 2 district, 3 commune, 4 area; NULL for anything else.';
