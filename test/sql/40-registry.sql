-- create_registry and drop_registry, and the catalogue of what they make.
BEGIN;
SET search_path = ntm, public;
SELECT plan(44);

SELECT throws_ok($$SELECT create_registry(NULL)$$, '22004', 'a registry needs a name', 'a name is needed');
SELECT throws_ok($$SELECT create_registry('')$$, '22004', 'a registry needs a name', 'an empty name is none');
SELECT throws_ok($$SELECT create_registry('pg_mine')$$, '42939', 'the name "pg_mine" is reserved', 'pg_ is reserved');
SELECT throws_ok($$SELECT create_registry('public')$$, '42P06', 'schema "public" already exists', 'an existing schema is refused');
SELECT throws_ok($$SELECT create_registry(repeat('x', 61))$$, '42622', NULL, 'a name that is too long is refused');
SELECT throws_ok($$SELECT create_registry(repeat('ă', 31))$$, '42622', NULL, 'length counts bytes');

CREATE SCHEMA halfway_bi;
SELECT throws_ok($$SELECT create_registry('halfway')$$, '42P06', 'schema "halfway_bi" already exists', 'the second schema is checked as well');

SELECT lives_ok($$SELECT create_registry(repeat('x', 60))$$, '60 bytes are allowed');
SELECT lives_ok($$SELECT create_registry('Tỉnh "Phú Thọ"')$$, 'any name will do');
SELECT lives_ok($$SELECT drop_registry('Tỉnh "Phú Thọ"', 'Tỉnh "Phú Thọ"')$$, 'and can be dropped');

SET LOCAL search_path = public, pg_temp;
SELECT lives_ok($$SELECT ntm.create_registry('reg_test')$$, 'it is made whatever the search path');
SELECT is(current_setting('search_path'), 'public, pg_temp', 'and leaves the search path alone');
SET search_path = ntm, public;

SELECT results_eq(
    $$SELECT version, made_by FROM reg_test.registry_version$$,
    $$SELECT extversion COLLATE "default", current_user::text COLLATE "default" FROM pg_extension WHERE extname = 'ntm'$$,
    'it records who made it by which version');

-- the catalogue: rules that every object of a registry keeps
CREATE VIEW made AS
SELECT c.oid, n.nspname, c.relname, c.relkind
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
 WHERE n.nspname IN ('reg_test', 'reg_test_bi') AND c.relkind IN ('r', 'v', 'm', 'f', 'p');

SELECT cmp_ok((SELECT count(*) FROM made WHERE nspname = 'reg_test')::integer, '>=', 15, 'the registry has tables and views');
SELECT set_eq(
    $$SELECT relname::text FROM made WHERE nspname = 'reg_test_bi'$$,
    ARRAY['unit', 'unit_lineage', 'place_year', 'assessment', 'finding', 'measurement', 'completeness', 'suspicious', 'near_met', 'award_eligibility', 'award_given', 'award_total', 'recognition', 'recognition_term', 'at_risk', 'progress', 'commune_target'],
    'the BI schema has its views');
SELECT is_empty(
    $$SELECT made.nspname, made.relname FROM made WHERE obj_description(made.oid, 'pg_class') IS NULL$$,
    'every table and view has a comment');
SELECT is_empty(
    $$SELECT made.nspname, made.relname, a.attname FROM made JOIN pg_attribute AS a ON a.attrelid = made.oid
       WHERE a.attnum > 0 AND NOT a.attisdropped AND col_description(made.oid, a.attnum) IS NULL$$,
    'every column has a comment');
SELECT is_empty(
    $$SELECT p.oid::regprocedure FROM pg_proc AS p
       WHERE p.pronamespace = 'reg_test'::regnamespace AND obj_description(p.oid, 'pg_proc') IS NULL$$,
    'every function has a comment');
SELECT is_empty(
    $$SELECT p.oid::regprocedure FROM pg_proc AS p
       WHERE p.pronamespace = 'reg_test'::regnamespace AND p.prosqlbody IS NULL AND p.prokind <> 'a'
         AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS c WHERE c LIKE 'search_path=reg_test, %pg_temp')$$,
    'every function is bound at creation or has a fixed search path that ends in pg_temp');
SELECT is_empty(
    $$SELECT p.oid::regprocedure FROM pg_proc AS p
       WHERE p.pronamespace = 'reg_test'::regnamespace AND p.prosecdef AND has_function_privilege('public', p.oid, 'EXECUTE')$$,
    'no function with the owner''s rights can be used by everyone');
SELECT is_empty(
    $$SELECT made.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM made JOIN pg_attribute AS a ON a.attrelid = made.oid
       WHERE made.nspname = 'reg_test_bi' AND a.attnum > 0
         AND NOT (a.atttypid IN ('text'::regtype, 'integer'::regtype, 'double precision'::regtype, 'boolean'::regtype, 'date'::regtype, 'timestamptz'::regtype)
                  OR a.atttypid = 'numeric'::regtype AND a.atttypmod > 0 AND ((a.atttypmod - 4) >> 16) <= 18)$$,
    'BI views have plain types only');
SELECT is_empty(
    $$SELECT relname FROM made WHERE relkind IN ('m', 'f', 'p') OR nspname = 'reg_test_bi' AND relkind <> 'v'$$,
    'there are only tables and views');
SELECT is_empty(
    $$SELECT made.relname FROM made WHERE made.nspname = 'reg_test' AND made.relkind = 'r' AND made.relname <> 'registry_version'
         AND NOT EXISTS (SELECT FROM pg_constraint AS c WHERE c.conrelid = made.oid AND c.contype IN ('p', 'u'))$$,
    'every table has a key');
-- a dump is restored with an empty search path
CREATE FUNCTION pg_temp.not_restorable() RETURNS SETOF text
    LANGUAGE plpgsql
    SET search_path = ''
AS $$
DECLARE
    made record;
BEGIN
    FOR made IN
        SELECT pg_catalog.format('CREATE VIEW pg_temp.again AS %s; DROP VIEW pg_temp.again', pg_catalog.pg_get_viewdef(m.oid)) AS ddl
          FROM ntm.made AS m
         WHERE m.relkind = 'v'
         UNION ALL
        SELECT pg_catalog.format('DROP TRIGGER %I ON %s; %s', t.tgname, t.tgrelid::pg_catalog.regclass, pg_catalog.pg_get_triggerdef(t.oid))
          FROM pg_catalog.pg_trigger AS t JOIN ntm.made AS m ON m.oid = t.tgrelid
         WHERE NOT t.tgisinternal
         UNION ALL
        SELECT pg_catalog.pg_get_functiondef(p.oid)
          FROM pg_catalog.pg_proc AS p
         WHERE p.pronamespace = 'reg_test'::pg_catalog.regnamespace AND p.prokind <> 'a'
         UNION ALL
        SELECT pg_catalog.format('ALTER TABLE %s DROP CONSTRAINT %I; ALTER TABLE %1$s ADD CONSTRAINT %2$I %s',
                                 c.conrelid::pg_catalog.regclass, c.conname, pg_catalog.pg_get_constraintdef(c.oid))
          FROM pg_catalog.pg_constraint AS c JOIN ntm.made AS m ON m.oid = c.conrelid
         WHERE c.contype IN ('c', 'x')
         UNION ALL
        SELECT pg_catalog.format('DROP INDEX %s; %s', i.indexrelid::pg_catalog.regclass, pg_catalog.pg_get_indexdef(i.indexrelid))
          FROM pg_catalog.pg_index AS i JOIN ntm.made AS m ON m.oid = i.indrelid
         WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS c WHERE c.conindid = i.indexrelid)
    LOOP
        BEGIN
            EXECUTE made.ddl;
        EXCEPTION WHEN OTHERS THEN
            RETURN NEXT SQLERRM || ' in ' || made.ddl;
        END;
    END LOOP;
END
$$;
SELECT is_empty($$SELECT * FROM pg_temp.not_restorable()$$, 'every definition can be read back with an empty search path');
DROP VIEW made;

SELECT throws_ok($$DROP EXTENSION ntm$$, '2BP01', NULL, 'the extension cannot be dropped while there is a registry');

-- others: who may create on the database makes a registry, who may select on
-- the BI views reads them and nothing else
CREATE ROLE reg_test_maker;
CREATE ROLE reg_test_reader;
SELECT format('GRANT CREATE ON DATABASE %I TO reg_test_maker', current_database()) \gexec
SET ROLE reg_test_maker;
SELECT lives_ok($$SELECT create_registry('reg_mine')$$, 'a registry can be made without being superuser');
SET search_path = reg_mine, ntm, public;
SET client_min_messages = warning;
SELECT lives_ok($$SELECT adopt_criteria_set('PT-KDC-DEMO')$$, 'and filled');
RESET client_min_messages;
SELECT lives_ok($$INSERT INTO unit (name, level) VALUES ('Area', 'area')$$, 'with units');
SELECT lives_ok($$INSERT INTO report (unit_id, year, measures) VALUES (1, 2019, '{}')$$, 'and reports');
GRANT USAGE ON SCHEMA reg_mine_bi TO reg_test_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA reg_mine_bi TO reg_test_reader;
RESET ROLE;
SET ROLE reg_test_reader;
SET search_path = reg_mine_bi, ntm, public;
SELECT results_eq($$SELECT unit_id, year, verdict FROM assessment$$, $$VALUES (1, 2019, 'unknown')$$, 'a reader of the BI views reads assessments');
SELECT results_eq($$SELECT (SELECT count(*) FROM unit) > 0, (SELECT count(*) FROM finding) > 0, (SELECT count(*) FROM near_met) > 0$$,
                  $$VALUES (true, true, true)$$, 'units, findings and what is nearly there');
SELECT results_eq($$SELECT count(a.*) + count(p.*) + count(c.*) FROM award_eligibility AS a, progress AS p, commune_target AS c$$,
                  $$VALUES (0::bigint)$$, 'awards, progress and targets');
SELECT throws_ok($$SELECT * FROM reg_mine.unit$$, '42501', NULL, 'and nothing else');
RESET ROLE;
SET search_path = ntm, public;
SELECT lives_ok($$SELECT drop_registry('reg_mine', 'reg_mine')$$, 'it is dropped again');

SELECT throws_ok($$SELECT drop_registry('reg_test', 'reg')$$, '22023', 'registry "reg_test" is not dropped without confirmation', 'dropping needs the name twice');
SELECT throws_ok($$SELECT drop_registry('public', 'public')$$, '42704', 'there is no registry "public"', 'only registries are dropped');

SELECT throws_ok($$SELECT drop_registry(NULL, NULL)$$, '42704', NULL, 'and only by name');

CREATE VIEW public.watcher AS SELECT name FROM reg_test.unit;
SELECT throws_ok($$SELECT drop_registry('reg_test', 'reg_test')$$, '2BP01', 'cannot drop registry "reg_test": other objects depend on it', 'what others have built on it is not taken along');
DROP VIEW public.watcher;
CREATE TABLE public.watcher (unit_id bigint REFERENCES reg_test.unit);
SELECT throws_ok($$SELECT drop_registry('reg_test', 'reg_test')$$, '2BP01', NULL, 'nor a table that refers to it');
DROP TABLE public.watcher;
CREATE FUNCTION public.watcher() RETURNS SETOF reg_test.unit LANGUAGE sql BEGIN ATOMIC SELECT * FROM reg_test.unit; END;
SELECT throws_ok($$SELECT drop_registry('reg_test', 'reg_test')$$, '2BP01', NULL, 'nor a function');
DROP FUNCTION public.watcher();
CREATE VIEW reg_test.own AS SELECT name FROM reg_test.unit;
SET client_min_messages = notice;

SELECT lives_ok($$SELECT drop_registry('reg_test', 'reg_test')$$, 'what was added inside goes with it');
SELECT is(current_setting('client_min_messages'), 'notice', 'and messages are as before');
SELECT is((SELECT count(*)::integer FROM pg_namespace WHERE nspname = 'halfway_bi'), 1, 'other schemas stay');
SELECT is_empty(
    $$SELECT nspname FROM pg_namespace WHERE nspname IN ('reg_test', 'reg_test_bi')$$,
    'both schemas are gone');

SELECT * FROM finish();
ROLLBACK;
