-- What the catalogues say of the extension: labels, comments, operators,
-- operator classes, layout of types, safe search paths.

BEGIN;
SET search_path = ntm, public;
SELECT plan(46);

CREATE FUNCTION pg_temp.members(catalogue regclass) RETURNS SETOF oid
LANGUAGE sql AS $$
    SELECT d.objid FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
    WHERE d.refclassid = 'pg_extension'::regclass AND e.extname = 'ntm' AND d.deptype = 'e' AND d.classid = catalogue
$$;
CREATE TEMPORARY VIEW member_function AS
SELECT p.*, p.oid::regprocedure::text AS name, l.lanname, obj_description(p.oid, 'pg_proc') AS comment
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.oid IN (SELECT pg_temp.members('pg_proc'));

-- The extension

SELECT is(extversion, (SELECT default_version FROM pg_available_extensions WHERE name = 'ntm'), 'the version installed is the one of the control file') FROM pg_extension WHERE extname = 'ntm';
SELECT is(nspname, 'ntm', 'it lives in its own schema') FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'ntm';
SELECT is(extrelocatable, false, 'which cannot be changed') FROM pg_extension WHERE extname = 'ntm';
SELECT isnt(obj_description(oid, 'pg_extension'), NULL, 'it has a comment') FROM pg_extension WHERE extname = 'ntm';
SELECT is_empty($$
    SELECT pg_describe_object(classid, objid, objsubid) FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid, pg_identify_object(classid, objid, objsubid) o
    WHERE d.refclassid = 'pg_extension'::regclass AND e.extname = 'ntm' AND d.deptype = 'e' AND o.schema IS NOT NULL AND o.schema <> 'ntm'$$,
    'nothing is put into another schema');
SELECT is_empty($$
    SELECT p.oid::regprocedure FROM pg_proc p WHERE pronamespace = 'ntm'::regnamespace AND oid NOT IN (SELECT pg_temp.members('pg_proc'))
    UNION ALL SELECT t.oid::regprocedure FROM pg_type t WHERE typnamespace = 'ntm'::regnamespace AND typtype = 'b' AND typcategory <> 'A' AND oid NOT IN (SELECT pg_temp.members('pg_type'))$$,
    'nothing else is in the schema');

-- C functions are pure

SELECT cmp_ok(count(*), '>', 90::bigint, 'there are C functions') FROM member_function WHERE lanname = 'c';
SELECT is_empty($$SELECT name FROM member_function WHERE lanname = 'c' AND provolatile <> 'i'$$, 'every C function is immutable');
SELECT is_empty($$SELECT name FROM member_function WHERE lanname = 'c' AND proparallel <> 's'$$, 'every C function is parallel safe');
SELECT results_eq(
    $$SELECT name FROM member_function WHERE lanname = 'c' AND NOT proisstrict ORDER BY name$$,
    -- a transition function that has to see NULL values: they say "explicitly unknown"
    ARRAY['measures_agg_add(measures,text,numeric)'],
    'every C function is strict, but for one transition function');
SELECT is_empty($$SELECT name FROM member_function WHERE lanname = 'c' AND (prosecdef OR proleakproof OR proconfig IS NOT NULL)$$, 'none runs as its owner, claims to be leakproof or sets anything');
SELECT is_empty($$SELECT name, prosrc, probin FROM member_function WHERE lanname = 'c' AND (prosrc !~ '^ntm_' OR probin !~ '(^|/)ntm$')$$, 'symbols begin with ntm_ and are looked for in our library');
SELECT lives_ok($$SELECT CASE lanname WHEN 'c' THEN fmgr_c_validator(oid) END FROM member_function$$, 'every symbol is in the library');
SELECT is_empty($$
    SELECT name, prosrc FROM member_function WHERE lanname = 'c'
      AND prosrc NOT IN ('ntm_' || proname, 'ntm_rule_' || proname, 'ntm_ruleset_' || proname, 'ntm_measures_' || proname, 'ntm_amend')$$,
    'a symbol is ntm_ and the name in SQL');

-- Other functions

SELECT is_empty($$
    SELECT name FROM member_function WHERE lanname NOT IN ('c', 'internal') AND prosqlbody IS NULL
      AND NOT coalesce((SELECT bool_or(c ~ '^search_path=.*pg_temp"?$' AND c !~ '"?\$user') FROM unnest(proconfig) c), false)$$,
    'every other function has a body parsed once or a fixed search_path with pg_temp last');
SELECT is_empty($$SELECT name FROM member_function WHERE prosecdef$$, 'none runs as its owner');
SELECT is_empty($$SELECT name FROM member_function WHERE lanname = 'sql' AND proparallel <> 's'$$, 'SQL functions are parallel safe');
SELECT is_empty($$SELECT name FROM member_function WHERE lanname = 'internal' AND prokind <> 'a'$$, 'internal ones are aggregates only');

-- Aggregates: concrete states, in parallel unless the order counts

SELECT is_empty($$
    SELECT a.aggfnoid::regprocedure FROM pg_aggregate a JOIN member_function p ON p.oid = a.aggfnoid
    WHERE aggtranstype = 'internal'::regtype OR proparallel <> 's' OR provolatile <> 'i' OR aggkind <> 'n'$$, 'no aggregate hides its state');
SELECT results_eq($$
    SELECT p.name FROM pg_aggregate a JOIN member_function p ON p.oid = a.aggfnoid WHERE aggcombinefn = 0$$,
    ARRAY['merge_agg(measures)'], 'all have a combine function but the one that depends on the order');
SELECT is_empty($$
    SELECT a.aggfnoid::regprocedure FROM pg_aggregate a JOIN member_function p ON p.oid = a.aggfnoid, unnest(ARRAY[aggtransfn, aggcombinefn, aggfinalfn]::oid[]) f
    WHERE f <> 0 AND f NOT IN (SELECT oid FROM member_function)$$, 'they are made of our functions');
-- Types

SELECT results_eq($$
    SELECT typname::text COLLATE "default", typlen::integer, typbyval, typalign::text, typstorage::text, typcategory::text
    FROM pg_type WHERE oid IN (SELECT pg_temp.members('pg_type')) ORDER BY 1$$, $$VALUES
    ('measures',  -1, false, 'd', 'e', 'U'),
    ('rule',      -1,       false, 'i', 'x', 'U'),
    ('ruleset',   -1,       false, 'd', 'x', 'U'),
    ('scorecard', -1,       false, 'i', 'x', 'U'),
    ('verdict',    1,       true,  'c', 'p', 'U')$$, 'length, alignment and storage of the types, which can never change');
SELECT is_empty($$
    SELECT typname FROM pg_type WHERE oid IN (SELECT pg_temp.members('pg_type'))
      AND (typinput = 0 OR typoutput = 0 OR typreceive = 0 OR typsend = 0 OR typarray = 0 OR NOT typisdefined OR typmodin <> 0)$$,
    'all have text and binary form, and an array type');
SELECT is_empty($$
    SELECT typname FROM pg_type t, unnest(ARRAY[typinput, typoutput, typreceive, typsend]::oid[], ARRAY['in', 'out', 'recv', 'send']) f(oid, suffix)
    WHERE t.oid IN (SELECT pg_temp.members('pg_type')) AND f.oid::regproc::text <> typname || '_' || suffix$$, 'by functions of their own');

-- Operators

SELECT is_empty($$
    SELECT o.oid::regoperator, missing FROM pg_type t JOIN pg_operator o ON o.oprleft = t.oid AND o.oprright = t.oid AND o.oprname IN ('=', '<>', '<', '<=', '>', '>='),
        LATERAL (SELECT concat_ws(', ', CASE WHEN oprcom = 0 THEN 'commutator' END, CASE WHEN oprnegate = 0 THEN 'negator' END,
            CASE WHEN oprrest = 0 THEN 'restrict' END, CASE WHEN oprjoin = 0 THEN 'join' END,
            CASE WHEN oprname = '=' AND NOT (oprcanhash AND oprcanmerge) THEN 'hashes, merges' END) AS missing) m
    WHERE t.oid IN (SELECT pg_temp.members('pg_type')) AND missing <> ''$$, 'comparison operators are complete');
SELECT is(count(*), 30::bigint, 'six for each of five types') FROM pg_operator
WHERE oprleft = oprright AND oprname IN ('=', '<>', '<', '<=', '>', '>=') AND oid IN (SELECT pg_temp.members('pg_operator'));
SELECT is_empty($$
    SELECT o.oid::regoperator, o.oprcom::regoperator, o.oprnegate::regoperator, o.oprrest, o.oprjoin FROM pg_operator o
    JOIN (VALUES ('=', '=', '<>', 'eqsel', 'eqjoinsel'), ('<>', '<>', '=', 'neqsel', 'neqjoinsel'), ('<', '>', '>=', 'scalarltsel', 'scalarltjoinsel'),
                 ('<=', '>=', '>', 'scalarlesel', 'scalarlejoinsel'), ('>', '<', '<=', 'scalargtsel', 'scalargtjoinsel'), ('>=', '<=', '<', 'scalargesel', 'scalargejoinsel'))
        w(name, commutator, negator, restrict_function, join_function) ON o.oprname = name
    LEFT JOIN pg_operator c ON c.oid = o.oprcom LEFT JOIN pg_operator n ON n.oid = o.oprnegate
    WHERE o.oid IN (SELECT pg_temp.members('pg_operator'))
      AND (c.oprname IS DISTINCT FROM commutator OR n.oprname IS DISTINCT FROM negator OR o.oprrest::text <> restrict_function OR o.oprjoin::text <> join_function)$$,
    'each with the right partner and estimator');
SELECT is_empty($$
    SELECT o.oid::regoperator FROM pg_operator o WHERE oid IN (SELECT pg_temp.members('pg_operator')) AND oprcode NOT IN (SELECT oid FROM member_function)$$,
    'operators call our functions');
SELECT is_empty($$
    SELECT o.oid::regoperator, p.comment FROM pg_operator o JOIN member_function p ON p.oid = oprcode
    WHERE o.oid IN (SELECT pg_temp.members('pg_operator')) AND p.comment NOT IN (format('implementation of %s operator', oprname), 'deprecated, use operator instead')$$,
    'whose comments say so');

-- Operator classes

SELECT results_eq($$
    SELECT t.typname::text COLLATE "default", am.amname::text COLLATE "default", c.opcdefault,
        (SELECT string_agg(amopstrategy || o.oprname::text, ' ' ORDER BY amopstrategy) COLLATE "default" FROM pg_amop JOIN pg_operator o ON o.oid = amopopr WHERE amopfamily = c.opcfamily),
        (SELECT string_agg(amprocnum::text, ' ' ORDER BY amprocnum) FROM pg_amproc WHERE amprocfamily = c.opcfamily AND amprocnum <> 4)
    FROM pg_opclass c JOIN pg_type t ON t.oid = opcintype JOIN pg_am am ON am.oid = opcmethod
    WHERE c.oid IN (SELECT pg_temp.members('pg_opclass')) ORDER BY 1, 2$$,
    $$SELECT t, am, true, ops, procs FROM unnest(ARRAY['measures', 'rule', 'ruleset', 'scorecard', 'verdict']) t,
        (VALUES ('btree', '1< 2<= 3= 4>= 5>', '1'), ('hash', '1=', '1 2')) v(am, ops, procs) ORDER BY 1, 2$$,
    'each type has a default btree and a default hash class, with all their functions');
SELECT results_eq($$
    SELECT amproclefttype::regtype::text COLLATE "default", amproc::text FROM pg_amproc
    WHERE amprocfamily IN (SELECT pg_temp.members('pg_opfamily')) AND amprocnum = 4 ORDER BY 1$$,
    -- equal rulesets may have other programs, and equal measures may be drafts
    $$VALUES ('rule', 'btequalimage'), ('scorecard', 'btequalimage'), ('verdict', 'btequalimage')$$,
    'indexes keep a value once where equal means the same bytes');
SELECT is_empty($$
    SELECT amvalidate FROM (SELECT c.opcname, amvalidate(c.oid) FROM pg_opclass c WHERE c.oid IN (SELECT pg_temp.members('pg_opclass'))) v WHERE NOT amvalidate$$,
    'the server finds them valid');
SELECT is_empty($$
    SELECT amopopr::regoperator FROM pg_amop JOIN pg_opfamily f ON f.oid = amopfamily WHERE f.oid IN (SELECT pg_temp.members('pg_opfamily')) AND amopopr NOT IN (SELECT pg_temp.members('pg_operator'))$$,
    'they are made of our operators');

-- Casts

SELECT results_eq($$
    SELECT castsource::regtype::text, casttarget::regtype::text, castcontext::text, castmethod::text FROM pg_cast
    WHERE oid IN (SELECT pg_temp.members('pg_cast')) ORDER BY 1, 2$$, $$VALUES
    ('jsonb', 'measures', 'a', 'i'), ('jsonb', 'ruleset', 'a', 'i'), ('measures', 'jsonb', 'a', 'i'), ('ruleset', 'jsonb', 'a', 'i'),
    ('verdict', 'boolean', 'a', 'f'), ('verdict', 'integer', 'e', 'f'), ('verdict', 'text', 'a', 'f')$$,
    'no cast is implicit, none takes bytes for a value');

-- Comments on everything

SELECT is_empty($$SELECT name FROM member_function WHERE coalesce(comment, '') = ''$$, 'every function and aggregate has a comment');
SELECT is_empty($$SELECT oid::regtype FROM pg_type WHERE oid IN (SELECT pg_temp.members('pg_type')) AND coalesce(obj_description(oid, 'pg_type'), '') = ''$$, 'every type');
SELECT is_empty($$SELECT oid::regoperator FROM pg_operator WHERE oid IN (SELECT pg_temp.members('pg_operator')) AND coalesce(obj_description(oid, 'pg_operator'), '') = ''$$, 'every operator');
SELECT is_empty($$SELECT opcname FROM pg_opclass WHERE oid IN (SELECT pg_temp.members('pg_opclass')) AND coalesce(obj_description(oid, 'pg_opclass'), '') = ''
    UNION ALL SELECT opfname FROM pg_opfamily WHERE oid IN (SELECT pg_temp.members('pg_opfamily')) AND coalesce(obj_description(oid, 'pg_opfamily'), '') = ''$$, 'every operator class and family');
SELECT is_empty($$SELECT castsource::regtype, casttarget::regtype FROM pg_cast WHERE oid IN (SELECT pg_temp.members('pg_cast')) AND coalesce(obj_description(oid, 'pg_cast'), '') = ''$$, 'every cast');
SELECT is_empty($$SELECT oid::regclass FROM pg_class WHERE oid IN (SELECT pg_temp.members('pg_class')) AND coalesce(obj_description(oid, 'pg_class'), '') = ''$$, 'every table and view');
SELECT is_empty($$SELECT attrelid::regclass, attname FROM pg_attribute WHERE attrelid IN (SELECT pg_temp.members('pg_class')) AND attnum > 0 AND NOT attisdropped AND coalesce(col_description(attrelid, attnum), '') = ''$$, 'every column');

-- Tables and views of the extension belong to whoever installed it: others may read

SELECT is_empty($$
    SELECT oid::regclass FROM pg_class c WHERE oid IN (SELECT pg_temp.members('pg_class')) AND relkind IN ('r', 'v')
      AND NOT EXISTS (SELECT FROM aclexplode(relacl) WHERE grantee = 0 AND privilege_type = 'SELECT')$$, 'tables and views may be read by all');
SELECT is_empty($$
    SELECT oid::regclass FROM pg_class c WHERE oid IN (SELECT pg_temp.members('pg_class'))
      AND EXISTS (SELECT FROM aclexplode(relacl) WHERE grantee = 0 AND privilege_type <> 'SELECT')$$, 'and written by none');

-- A registry is made of ordinary objects, as well described

SET LOCAL client_min_messages = warning;
SELECT lives_ok($$SELECT ntm.create_registry('catalogue_check')$$, 'a registry is made');
CREATE TEMPORARY VIEW registry_schema AS SELECT oid FROM pg_namespace WHERE nspname ~ '^catalogue_check';
SELECT is_empty($$
    SELECT c.oid::regclass::text FROM pg_class c WHERE relnamespace IN (SELECT oid FROM registry_schema) AND relkind IN ('r', 'v', 'm', 'p') AND coalesce(obj_description(oid, 'pg_class'), '') = ''
    UNION ALL
    SELECT attrelid::regclass || '.' || attname FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
    WHERE relnamespace IN (SELECT oid FROM registry_schema) AND relkind IN ('r', 'v', 'm', 'p') AND attnum > 0 AND NOT attisdropped AND coalesce(col_description(attrelid, attnum), '') = ''
    UNION ALL
    SELECT p.oid::regprocedure::text FROM pg_proc p WHERE pronamespace IN (SELECT oid FROM registry_schema) AND coalesce(obj_description(oid, 'pg_proc'), '') = ''$$,
    'every table, view, column and function of it has a comment');
SELECT is_empty($$
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE pronamespace IN (SELECT oid FROM registry_schema) AND prosqlbody IS NULL AND prokind <> 'a'
      AND NOT coalesce((SELECT bool_or(c ~ '^search_path=.*pg_temp"?$') FROM unnest(proconfig) c), false)$$,
    'its functions have safe search paths too');

SELECT * FROM finish();
ROLLBACK;
