-- ntm.rule: one condition of the rule language.

CREATE TYPE ntm.rule;

CREATE FUNCTION ntm.rule_in(cstring) RETURNS ntm.rule
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_rule_in';
COMMENT ON FUNCTION ntm.rule_in(cstring) IS 'I/O';

CREATE FUNCTION ntm.rule_out(ntm.rule) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_rule_out';
COMMENT ON FUNCTION ntm.rule_out(ntm.rule) IS 'I/O';

CREATE FUNCTION ntm.rule_recv(internal) RETURNS ntm.rule
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_rule_recv';
COMMENT ON FUNCTION ntm.rule_recv(internal) IS 'I/O';

CREATE FUNCTION ntm.rule_send(ntm.rule) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_rule_send';
COMMENT ON FUNCTION ntm.rule_send(ntm.rule) IS 'I/O';

CREATE TYPE ntm.rule (
    INPUT = ntm.rule_in,
    OUTPUT = ntm.rule_out,
    RECEIVE = ntm.rule_recv,
    SEND = ntm.rule_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = int4,
    STORAGE = extended
);
COMMENT ON TYPE ntm.rule IS
    'One condition, such as ">= 95%" or "at least 2 of (a >= 1, b = 1)". Any spelling the language allows is read; what is kept and shown is its canonical text. Errors say the place in the text.';

-- Comparison: bytewise by canonical text; two spellings of one rule are equal

CREATE FUNCTION ntm.rule_eq(ntm.rule, ntm.rule) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_rule_eq';
COMMENT ON FUNCTION ntm.rule_eq(ntm.rule, ntm.rule) IS 'implementation of = operator';

CREATE FUNCTION ntm.rule_ne(ntm.rule, ntm.rule) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_rule_ne';
COMMENT ON FUNCTION ntm.rule_ne(ntm.rule, ntm.rule) IS 'implementation of <> operator';

CREATE FUNCTION ntm.rule_lt(ntm.rule, ntm.rule) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_rule_lt';
COMMENT ON FUNCTION ntm.rule_lt(ntm.rule, ntm.rule) IS 'implementation of < operator';

CREATE FUNCTION ntm.rule_le(ntm.rule, ntm.rule) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_rule_le';
COMMENT ON FUNCTION ntm.rule_le(ntm.rule, ntm.rule) IS 'implementation of <= operator';

CREATE FUNCTION ntm.rule_gt(ntm.rule, ntm.rule) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_rule_gt';
COMMENT ON FUNCTION ntm.rule_gt(ntm.rule, ntm.rule) IS 'implementation of > operator';

CREATE FUNCTION ntm.rule_ge(ntm.rule, ntm.rule) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_rule_ge';
COMMENT ON FUNCTION ntm.rule_ge(ntm.rule, ntm.rule) IS 'implementation of >= operator';

CREATE FUNCTION ntm.rule_cmp(ntm.rule, ntm.rule) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_rule_cmp';
COMMENT ON FUNCTION ntm.rule_cmp(ntm.rule, ntm.rule) IS 'less-equal-greater';

CREATE FUNCTION ntm.rule_hash(ntm.rule) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_rule_hash';
COMMENT ON FUNCTION ntm.rule_hash(ntm.rule) IS 'hash';

CREATE FUNCTION ntm.rule_hash_extended(ntm.rule, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_rule_hash_extended';
COMMENT ON FUNCTION ntm.rule_hash_extended(ntm.rule, bigint) IS 'hash with a seed';

CREATE OPERATOR ntm.= (
    LEFTARG = ntm.rule, RIGHTARG = ntm.rule, FUNCTION = ntm.rule_eq,
    COMMUTATOR = OPERATOR(ntm.=), NEGATOR = OPERATOR(ntm.<>),
    RESTRICT = pg_catalog.eqsel, JOIN = pg_catalog.eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR ntm.= (ntm.rule, ntm.rule) IS 'equal';

CREATE OPERATOR ntm.<> (
    LEFTARG = ntm.rule, RIGHTARG = ntm.rule, FUNCTION = ntm.rule_ne,
    COMMUTATOR = OPERATOR(ntm.<>), NEGATOR = OPERATOR(ntm.=),
    RESTRICT = pg_catalog.neqsel, JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR ntm.<> (ntm.rule, ntm.rule) IS 'not equal';

CREATE OPERATOR ntm.< (
    LEFTARG = ntm.rule, RIGHTARG = ntm.rule, FUNCTION = ntm.rule_lt,
    COMMUTATOR = OPERATOR(ntm.>), NEGATOR = OPERATOR(ntm.>=),
    RESTRICT = pg_catalog.scalarltsel, JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR ntm.< (ntm.rule, ntm.rule) IS 'less than';

CREATE OPERATOR ntm.<= (
    LEFTARG = ntm.rule, RIGHTARG = ntm.rule, FUNCTION = ntm.rule_le,
    COMMUTATOR = OPERATOR(ntm.>=), NEGATOR = OPERATOR(ntm.>),
    RESTRICT = pg_catalog.scalarlesel, JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR ntm.<= (ntm.rule, ntm.rule) IS 'less than or equal';

CREATE OPERATOR ntm.> (
    LEFTARG = ntm.rule, RIGHTARG = ntm.rule, FUNCTION = ntm.rule_gt,
    COMMUTATOR = OPERATOR(ntm.<), NEGATOR = OPERATOR(ntm.<=),
    RESTRICT = pg_catalog.scalargtsel, JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR ntm.> (ntm.rule, ntm.rule) IS 'greater than';

CREATE OPERATOR ntm.>= (
    LEFTARG = ntm.rule, RIGHTARG = ntm.rule, FUNCTION = ntm.rule_ge,
    COMMUTATOR = OPERATOR(ntm.<=), NEGATOR = OPERATOR(ntm.<),
    RESTRICT = pg_catalog.scalargesel, JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR ntm.>= (ntm.rule, ntm.rule) IS 'greater than or equal';

CREATE OPERATOR CLASS ntm.rule_ops
    DEFAULT FOR TYPE ntm.rule USING btree AS
    OPERATOR 1 ntm.<,
    OPERATOR 2 ntm.<=,
    OPERATOR 3 ntm.=,
    OPERATOR 4 ntm.>=,
    OPERATOR 5 ntm.>,
    FUNCTION 1 ntm.rule_cmp(ntm.rule, ntm.rule),
    FUNCTION 4 pg_catalog.btequalimage(pg_catalog.oid);
COMMENT ON OPERATOR CLASS ntm.rule_ops USING btree IS 'bytewise by canonical text; two spellings of one rule are equal';
COMMENT ON OPERATOR FAMILY ntm.rule_ops USING btree IS 'bytewise by canonical text; two spellings of one rule are equal';

CREATE OPERATOR CLASS ntm.rule_ops
    DEFAULT FOR TYPE ntm.rule USING hash AS
    OPERATOR 1 ntm.=,
    FUNCTION 1 ntm.rule_hash(ntm.rule),
    FUNCTION 2 ntm.rule_hash_extended(ntm.rule, bigint);
COMMENT ON OPERATOR CLASS ntm.rule_ops USING hash IS 'equality, for hash joins, grouping and hash partitioning';
COMMENT ON OPERATOR FAMILY ntm.rule_ops USING hash IS 'equality, for hash joins, grouping and hash partitioning';

-- What is inside

CREATE FUNCTION ntm.variables(ntm.rule) RETURNS text[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_rule_variables';
COMMENT ON FUNCTION ntm.variables(ntm.rule) IS
    'Names of the measures that a rule names, sorted; empty if it speaks only of its node''s own measure.';
