-- Registries: schemas of ordinary tables and views, made from the parts below.

GRANT USAGE ON SCHEMA ntm TO PUBLIC;

CREATE TABLE ntm.registry_part (
    position    integer PRIMARY KEY,
    name        text    NOT NULL,
    kind        text    NOT NULL CHECK (kind OPERATOR(pg_catalog.=) ANY (ARRAY['registry', 'bi'])),
    body        text    NOT NULL,
    UNIQUE (kind, name)
);

COMMENT ON TABLE ntm.registry_part IS
'The SQL files that create_registry() runs, in order. They also run by hand in any schema: put it first in search_path, then ntm and the schemas of ltree and btree_gist.';
COMMENT ON COLUMN ntm.registry_part.position IS 'Order of running.';
COMMENT ON COLUMN ntm.registry_part.name IS 'Name of the file under sql/registry in the sources.';
COMMENT ON COLUMN ntm.registry_part.kind IS 'registry (tables, functions, views) or bi (views in the schema for BI tools).';
COMMENT ON COLUMN ntm.registry_part.body IS 'The text of the file.';

GRANT SELECT ON ntm.registry_part TO PUBLIC;

-- @embed registry

CREATE FUNCTION ntm.create_registry(name text) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    bi_name CONSTANT text := name || '_bi';
    libraries text;
    part record;
BEGIN
    IF name IS NULL OR name = '' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'null_value_not_allowed',
            MESSAGE = 'a registry needs a name',
            HINT = 'For example SELECT ntm.create_registry(''phutho'').';
    END IF;

    -- with its suffix the name must fit into an identifier
    IF octet_length(name) > 60 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'name_too_long',
            MESSAGE = format('the name of a registry cannot be longer than 60 bytes: "%s"', name),
            DETAIL = format('It has %s bytes.', octet_length(name)),
            HINT = 'Choose a shorter one.';
    END IF;

    IF starts_with(name, 'pg_') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'reserved_name',
            MESSAGE = format('the name "%s" is reserved', name),
            DETAIL = 'Names of schemas that start with pg_ belong to PostgreSQL.',
            HINT = 'Choose another one.';
    END IF;

    FOR part IN
        SELECT nspname FROM pg_namespace WHERE nspname IN (name, bi_name) ORDER BY nspname
    LOOP
        RAISE EXCEPTION USING
            ERRCODE = 'duplicate_schema',
            MESSAGE = format('schema "%s" already exists', part.nspname),
            DETAIL = format('A registry takes two new schemas, "%s" and "%s".', name, bi_name),
            HINT = 'Choose another name, or drop or rename the schema.';
    END LOOP;

    SELECT string_agg(quote_ident(used.nspname), ', ' ORDER BY used.rank, used.nspname)
      INTO libraries
      FROM (SELECT n.nspname, min(array_position(ARRAY['ntm', 'ltree', 'btree_gist'], e.extname::text)) AS rank
              FROM pg_extension AS e
              JOIN pg_namespace AS n ON n.oid = e.extnamespace
             WHERE e.extname IN ('ntm', 'ltree', 'btree_gist')
             GROUP BY n.nspname) AS used;

    EXECUTE format('CREATE SCHEMA %I', name);
    EXECUTE format('CREATE SCHEMA %I', bi_name);
    EXECUTE format('COMMENT ON SCHEMA %I IS %L', name, 'Registry of ntm: units, law, facts, recognition, awards.');
    EXECUTE format('COMMENT ON SCHEMA %I IS %L', bi_name,
                   format('Views for BI tools on the registry %s: plain types only.', name));

    -- undone at the end of the function, since it sets search_path itself
    FOR part IN
        SELECT p.kind, p.body FROM ntm.registry_part AS p ORDER BY p.position
    LOOP
        PERFORM set_config('search_path',
                           concat_ws(', ', CASE part.kind WHEN 'bi' THEN quote_ident(bi_name) END,
                                     quote_ident(name), libraries, 'pg_temp'),
                           true);
        EXECUTE part.body;
    END LOOP;

    EXECUTE format('INSERT INTO %I.registry_version (version) SELECT extversion FROM pg_catalog.pg_extension WHERE extname = %L',
                   name, 'ntm');
END
$$;

COMMENT ON FUNCTION ntm.create_registry(text) IS
'Makes a registry: schema name with tables, functions and views, and schema name_bi with views for BI tools. They belong to the caller, not to the extension, and are dumped and restored like any other. Needs the right CREATE on the database. Refuses a name that is missing (SQLSTATE 22004), longer than 60 bytes (42622), reserved (42939) or taken (42P06).';

CREATE FUNCTION ntm.drop_registry(name text, confirm text) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
    SET client_min_messages = warning
AS $$
DECLARE
    bi_name CONSTANT text := name || '_bi';
    users text;
BEGIN
    IF (SELECT count(*)
          FROM pg_class AS c
          JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE n.nspname = drop_registry.name
           AND c.relkind = 'r'
           AND c.relname IN ('registry_version', 'report', 'criteria_set')) < 3 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('there is no registry "%s"', name),
            DETAIL = 'Only what create_registry() has made can be dropped here.',
            HINT = 'To drop another schema use DROP SCHEMA.';
    END IF;

    IF confirm IS DISTINCT FROM name THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('registry "%s" is not dropped without confirmation', name),
            DETAIL = 'Everything in it would be lost.',
            HINT = 'Repeat its name as the second argument.';
    END IF;

    -- CASCADE would also take what others have built on it
    WITH space AS (
        SELECT n.oid FROM pg_namespace AS n WHERE n.nspname IN (drop_registry.name, bi_name)
    ), ours AS (
        SELECT c.tableoid AS classid, c.oid AS objid FROM pg_class AS c JOIN space ON space.oid = c.relnamespace
         UNION ALL
        SELECT p.tableoid, p.oid FROM pg_proc AS p JOIN space ON space.oid = p.pronamespace
         UNION ALL
        SELECT t.tableoid, t.oid FROM pg_type AS t JOIN space ON space.oid = t.typnamespace
    ), dependent AS (
        -- a rule, constraint, trigger or default stands for its table or view
        SELECT CASE WHEN d.classid = 'pg_proc'::regclass THEN d.classid ELSE 'pg_class'::regclass END AS classid,
               coalesce(w.ev_class, c.conrelid, t.tgrelid, f.adrelid, d.objid) AS objid
          FROM ours
          JOIN pg_depend AS d ON d.refclassid = ours.classid AND d.refobjid = ours.objid AND d.deptype IN ('n', 'a')
          LEFT JOIN pg_rewrite AS w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
          LEFT JOIN pg_constraint AS c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid
          LEFT JOIN pg_trigger AS t ON d.classid = 'pg_trigger'::regclass AND t.oid = d.objid
          LEFT JOIN pg_attrdef AS f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid
         WHERE d.classid IN ('pg_class'::regclass, 'pg_proc'::regclass)
            OR coalesce(w.oid, c.oid, t.oid, f.oid) IS NOT NULL
        EXCEPT
        SELECT ours.classid, ours.objid FROM ours
    )
    SELECT string_agg(pg_describe_object(dependent.classid, dependent.objid, 0), ', ' ORDER BY dependent.objid)
      INTO users
      FROM dependent;

    IF users IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'dependent_objects_still_exist',
            MESSAGE = format('cannot drop registry "%s": other objects depend on it', name),
            DETAIL = format('They are: %s.', users),
            HINT = 'Drop them first.';
    END IF;

    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', bi_name);
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
END
$$;

COMMENT ON FUNCTION ntm.drop_registry(text, text) IS
'Drops a registry with everything in it, if its name is repeated as confirmation. Refuses what is not a registry (SQLSTATE 42704), a missing confirmation (22023), and while objects outside depend on it (2BP01).';
