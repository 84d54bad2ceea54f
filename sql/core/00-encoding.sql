-- What a server must offer before anything is made.

-- Rules are scanned, units compared and criteria sets shipped in UTF-8.
DO $$
BEGIN
    IF pg_catalog.getdatabaseencoding() OPERATOR(pg_catalog.<>) 'UTF8'::pg_catalog.name THEN
        RAISE EXCEPTION USING
            ERRCODE = 'feature_not_supported',
            MESSAGE = 'extension "ntm" needs a database in UTF8',
            DETAIL = pg_catalog.format('This database is in %s.', pg_catalog.getdatabaseencoding()),
            HINT = 'Make one by: createdb -T template0 -E UTF8 NAME';
    END IF;
END
$$;

