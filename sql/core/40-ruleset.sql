-- ntm.ruleset: a whole criteria set or award policy.

CREATE TYPE ntm.ruleset;

CREATE FUNCTION ntm.ruleset_in(cstring) RETURNS ntm.ruleset
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_in';
COMMENT ON FUNCTION ntm.ruleset_in(cstring) IS 'I/O';

CREATE FUNCTION ntm.ruleset_out(ntm.ruleset) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_out';
COMMENT ON FUNCTION ntm.ruleset_out(ntm.ruleset) IS 'I/O';

CREATE FUNCTION ntm.ruleset_recv(internal) RETURNS ntm.ruleset
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_recv';
COMMENT ON FUNCTION ntm.ruleset_recv(internal) IS 'I/O';

CREATE FUNCTION ntm.ruleset_send(ntm.ruleset) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_send';
COMMENT ON FUNCTION ntm.ruleset_send(ntm.ruleset) IS 'I/O';

CREATE TYPE ntm.ruleset (
    INPUT = ntm.ruleset_in,
    OUTPUT = ntm.ruleset_out,
    RECEIVE = ntm.ruleset_recv,
    SEND = ntm.ruleset_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = extended
);
COMMENT ON TYPE ntm.ruleset IS
    'A whole criteria set or award policy: a JSON document, checked as a whole on input and kept in canonical form together with its compiled program. Errors name the node and the key.';

-- Comparison: bytewise by canonical document; the order means nothing but equal or not

CREATE FUNCTION ntm.ruleset_eq(ntm.ruleset, ntm.ruleset) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_eq';
COMMENT ON FUNCTION ntm.ruleset_eq(ntm.ruleset, ntm.ruleset) IS 'implementation of = operator';

CREATE FUNCTION ntm.ruleset_ne(ntm.ruleset, ntm.ruleset) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_ne';
COMMENT ON FUNCTION ntm.ruleset_ne(ntm.ruleset, ntm.ruleset) IS 'implementation of <> operator';

CREATE FUNCTION ntm.ruleset_lt(ntm.ruleset, ntm.ruleset) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_lt';
COMMENT ON FUNCTION ntm.ruleset_lt(ntm.ruleset, ntm.ruleset) IS 'implementation of < operator';

CREATE FUNCTION ntm.ruleset_le(ntm.ruleset, ntm.ruleset) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_le';
COMMENT ON FUNCTION ntm.ruleset_le(ntm.ruleset, ntm.ruleset) IS 'implementation of <= operator';

CREATE FUNCTION ntm.ruleset_gt(ntm.ruleset, ntm.ruleset) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_gt';
COMMENT ON FUNCTION ntm.ruleset_gt(ntm.ruleset, ntm.ruleset) IS 'implementation of > operator';

CREATE FUNCTION ntm.ruleset_ge(ntm.ruleset, ntm.ruleset) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_ge';
COMMENT ON FUNCTION ntm.ruleset_ge(ntm.ruleset, ntm.ruleset) IS 'implementation of >= operator';

CREATE FUNCTION ntm.ruleset_cmp(ntm.ruleset, ntm.ruleset) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_cmp';
COMMENT ON FUNCTION ntm.ruleset_cmp(ntm.ruleset, ntm.ruleset) IS 'less-equal-greater';

CREATE FUNCTION ntm.ruleset_hash(ntm.ruleset) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_hash';
COMMENT ON FUNCTION ntm.ruleset_hash(ntm.ruleset) IS 'hash';

CREATE FUNCTION ntm.ruleset_hash_extended(ntm.ruleset, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_hash_extended';
COMMENT ON FUNCTION ntm.ruleset_hash_extended(ntm.ruleset, bigint) IS 'hash with a seed';

CREATE OPERATOR ntm.= (
    LEFTARG = ntm.ruleset, RIGHTARG = ntm.ruleset, FUNCTION = ntm.ruleset_eq,
    COMMUTATOR = OPERATOR(ntm.=), NEGATOR = OPERATOR(ntm.<>),
    RESTRICT = pg_catalog.eqsel, JOIN = pg_catalog.eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR ntm.= (ntm.ruleset, ntm.ruleset) IS 'equal';

CREATE OPERATOR ntm.<> (
    LEFTARG = ntm.ruleset, RIGHTARG = ntm.ruleset, FUNCTION = ntm.ruleset_ne,
    COMMUTATOR = OPERATOR(ntm.<>), NEGATOR = OPERATOR(ntm.=),
    RESTRICT = pg_catalog.neqsel, JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR ntm.<> (ntm.ruleset, ntm.ruleset) IS 'not equal';

CREATE OPERATOR ntm.< (
    LEFTARG = ntm.ruleset, RIGHTARG = ntm.ruleset, FUNCTION = ntm.ruleset_lt,
    COMMUTATOR = OPERATOR(ntm.>), NEGATOR = OPERATOR(ntm.>=),
    RESTRICT = pg_catalog.scalarltsel, JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR ntm.< (ntm.ruleset, ntm.ruleset) IS 'less than';

CREATE OPERATOR ntm.<= (
    LEFTARG = ntm.ruleset, RIGHTARG = ntm.ruleset, FUNCTION = ntm.ruleset_le,
    COMMUTATOR = OPERATOR(ntm.>=), NEGATOR = OPERATOR(ntm.>),
    RESTRICT = pg_catalog.scalarlesel, JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR ntm.<= (ntm.ruleset, ntm.ruleset) IS 'less than or equal';

CREATE OPERATOR ntm.> (
    LEFTARG = ntm.ruleset, RIGHTARG = ntm.ruleset, FUNCTION = ntm.ruleset_gt,
    COMMUTATOR = OPERATOR(ntm.<), NEGATOR = OPERATOR(ntm.<=),
    RESTRICT = pg_catalog.scalargtsel, JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR ntm.> (ntm.ruleset, ntm.ruleset) IS 'greater than';

CREATE OPERATOR ntm.>= (
    LEFTARG = ntm.ruleset, RIGHTARG = ntm.ruleset, FUNCTION = ntm.ruleset_ge,
    COMMUTATOR = OPERATOR(ntm.<=), NEGATOR = OPERATOR(ntm.<),
    RESTRICT = pg_catalog.scalargesel, JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR ntm.>= (ntm.ruleset, ntm.ruleset) IS 'greater than or equal';

-- without btequalimage: the compiled program is no part of the value, and may be of another version
CREATE OPERATOR CLASS ntm.ruleset_ops
    DEFAULT FOR TYPE ntm.ruleset USING btree AS
    OPERATOR 1 ntm.<,
    OPERATOR 2 ntm.<=,
    OPERATOR 3 ntm.=,
    OPERATOR 4 ntm.>=,
    OPERATOR 5 ntm.>,
    FUNCTION 1 ntm.ruleset_cmp(ntm.ruleset, ntm.ruleset);
COMMENT ON OPERATOR CLASS ntm.ruleset_ops USING btree IS 'bytewise by canonical document; the order means nothing but equal or not';
COMMENT ON OPERATOR FAMILY ntm.ruleset_ops USING btree IS 'bytewise by canonical document; the order means nothing but equal or not';

CREATE OPERATOR CLASS ntm.ruleset_ops
    DEFAULT FOR TYPE ntm.ruleset USING hash AS
    OPERATOR 1 ntm.=,
    FUNCTION 1 ntm.ruleset_hash(ntm.ruleset),
    FUNCTION 2 ntm.ruleset_hash_extended(ntm.ruleset, bigint);
COMMENT ON OPERATOR CLASS ntm.ruleset_ops USING hash IS 'equality, for hash joins, grouping and hash partitioning';
COMMENT ON OPERATOR FAMILY ntm.ruleset_ops USING hash IS 'equality, for hash joins, grouping and hash partitioning';

CREATE CAST (jsonb AS ntm.ruleset) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (jsonb AS ntm.ruleset) IS 'reads the document; errors as for input';

CREATE CAST (ntm.ruleset AS jsonb) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (ntm.ruleset AS jsonb) IS 'the canonical document';

-- What is inside

CREATE FUNCTION ntm.ruleset_code(ntm.ruleset) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_code';
COMMENT ON FUNCTION ntm.ruleset_code(ntm.ruleset) IS
    'Code of the set, such as VN-XA-2016.';

CREATE FUNCTION ntm.ruleset_title(ntm.ruleset) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_title';
COMMENT ON FUNCTION ntm.ruleset_title(ntm.ruleset) IS
    'Title of the set; NULL if it has none.';

CREATE FUNCTION ntm.fingerprint(ntm.ruleset) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_fingerprint';
COMMENT ON FUNCTION ntm.fingerprint(ntm.ruleset) IS
    'First 32 hexadecimal digits of the SHA-256 of the canonical document in UTF-8; scorecards show it under "ruleset". To check: left(encode(sha256(convert_to(ruleset::text, ''UTF8'')), ''hex''), 32).';

CREATE FUNCTION ntm.variables(ntm.ruleset) RETURNS text[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_ruleset_variables';
COMMENT ON FUNCTION ntm.variables(ntm.ruleset) IS
    'Names of all measures that the set uses or declares, sorted.';

CREATE FUNCTION ntm.classes(ntm.ruleset) RETURNS text[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_classes';
COMMENT ON FUNCTION ntm.classes(ntm.ruleset) IS
    'Codes of all classes that the set uses or declares, sorted.';

CREATE FUNCTION ntm.nodes(ntm.ruleset)
    RETURNS TABLE (
        "position" integer,
        code text,
        parent text,
        title text,
        measure text,
        unit text,
        rule text,
        delegated text,
        cite text,
        source text)
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 70
    AS 'MODULE_PATHNAME', 'ntm_nodes';
COMMENT ON FUNCTION ntm.nodes(ntm.ruleset) IS
    'The nodes of a set, in document order. parent: NULL for a criterion. measure, unit: of the node itself. rule: the standard rule, NULL if delegated. delegated: who has yet to set the requirement, else NULL. cite: the article. source: where the standard value comes from: an address, unverified or illustrative; NULL if not stated.';

CREATE FUNCTION ntm.requirements(ntm.ruleset)
    RETURNS TABLE (
        code text,
        class text,
        rule text,
        source text)
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 200
    AS 'MODULE_PATHNAME', 'ntm_requirements';
COMMENT ON FUNCTION ntm.requirements(ntm.ruleset) IS
    'What the set requires, a row per node and class. class: NULL for units of no class with a variant. rule: NULL if delegated. source: where the value comes from: an address, unverified or illustrative; NULL if not stated.';

CREATE FUNCTION ntm.declared_measures(ntm.ruleset)
    RETURNS TABLE (
        name text,
        title text,
        unit text)
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 70
    AS 'MODULE_PATHNAME', 'ntm_declared_measures';
COMMENT ON FUNCTION ntm.declared_measures(ntm.ruleset) IS
    'Every measure of the set with its title and unit: as declared under "measures", else as its first node says; NULL where nothing is said.';

CREATE FUNCTION ntm.class_titles(ntm.ruleset)
    RETURNS TABLE (
        code text,
        title text)
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 8
    AS 'MODULE_PATHNAME', 'ntm_class_titles';
COMMENT ON FUNCTION ntm.class_titles(ntm.ruleset) IS
    'Every class of the set with its title; title NULL where the set does not declare it.';

-- What-if

CREATE FUNCTION ntm.amend(ruleset ntm.ruleset, code text, rule ntm.rule) RETURNS ntm.ruleset
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_amend';
COMMENT ON FUNCTION ntm.amend(ntm.ruleset, text, ntm.rule) IS
    'A copy in which the node with that code has another standard rule; a delegated requirement is delegated no longer. The stated source of the old rule is dropped. Error 22023 if there is no such node; errors of input if the changed set is not valid.';

CREATE FUNCTION ntm.amend(ruleset ntm.ruleset, code text, rule ntm.rule, class text) RETURNS ntm.ruleset
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_amend';
COMMENT ON FUNCTION ntm.amend(ntm.ruleset, text, ntm.rule, text) IS
    'A copy in which the node with that code has another rule for units of that class, changed or added. Errors as for the form without class; an undeclared class is an error in a set that declares its classes.';

CREATE FUNCTION ntm.drop_variant(ruleset ntm.ruleset, code text, class text) RETURNS ntm.ruleset
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_drop_variant';
COMMENT ON FUNCTION ntm.drop_variant(ntm.ruleset, text, text) IS
    'A copy in which units of that class have the node''s standard rule again. Error 22023 if there is no such node or variant.';

-- Two editions side by side

CREATE FUNCTION ntm.diff(old_ruleset ntm.ruleset, new_ruleset ntm.ruleset)
    RETURNS TABLE (
        code text,
        class text,
        what text,
        old_value text,
        new_value text)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 20
BEGIN ATOMIC
    WITH old_fact AS (
        SELECT n."position", n.code, NULL::text AS class, f.what, f.value
          FROM ntm.nodes(old_ruleset) AS n,
               LATERAL (VALUES ('node', n.code), ('title', n.title), ('parent', n.parent), ('measure', n.measure),
                               ('unit', n.unit), ('delegated', n.delegated), ('cite', n.cite)) AS f (what, value)
         UNION ALL
        SELECT n."position", n.code, r.class, f.what, f.value
          FROM ntm.nodes(old_ruleset) AS n
          JOIN ntm.requirements(old_ruleset) AS r ON r.code = n.code,
               LATERAL (VALUES ('rule', r.rule), ('source', r.source)) AS f (what, value)),
    new_fact AS (
        SELECT n."position", n.code, NULL::text AS class, f.what, f.value
          FROM ntm.nodes(new_ruleset) AS n,
               LATERAL (VALUES ('node', n.code), ('title', n.title), ('parent', n.parent), ('measure', n.measure),
                               ('unit', n.unit), ('delegated', n.delegated), ('cite', n.cite)) AS f (what, value)
         UNION ALL
        SELECT n."position", n.code, r.class, f.what, f.value
          FROM ntm.nodes(new_ruleset) AS n
          JOIN ntm.requirements(new_ruleset) AS r ON r.code = n.code,
               LATERAL (VALUES ('rule', r.rule), ('source', r.source)) AS f (what, value))
    SELECT coalesce(n.code, o.code), coalesce(n.class, o.class), coalesce(n.what, o.what), o.value, n.value
      FROM old_fact AS o
      FULL JOIN new_fact AS n
        ON n.code = o.code AND coalesce(n.class, '') = coalesce(o.class, '') AND n.what = o.what
     WHERE o.value IS DISTINCT FROM n.value
     ORDER BY coalesce(n."position", o."position"), coalesce(n.code, o.code),
              coalesce(n.class, o.class) NULLS FIRST, coalesce(n.what, o.what);
END;
COMMENT ON FUNCTION ntm.diff(ntm.ruleset, ntm.ruleset) IS
    'What changed between two editions: a row per node, class and fact that differs, in document order. what: node (added or gone), title, parent, measure, unit, rule, delegated, cite or source. class: NULL for the standard rule. old_value, new_value: NULL where there is none.';
