-- ntm.verdict: one verdict.

CREATE TYPE ntm.verdict;

CREATE FUNCTION ntm.verdict_in(cstring) RETURNS ntm.verdict
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_in';
COMMENT ON FUNCTION ntm.verdict_in(cstring) IS 'I/O';

CREATE FUNCTION ntm.verdict_out(ntm.verdict) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_out';
COMMENT ON FUNCTION ntm.verdict_out(ntm.verdict) IS 'I/O';

CREATE FUNCTION ntm.verdict_recv(internal) RETURNS ntm.verdict
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_recv';
COMMENT ON FUNCTION ntm.verdict_recv(internal) IS 'I/O';

CREATE FUNCTION ntm.verdict_send(ntm.verdict) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_send';
COMMENT ON FUNCTION ntm.verdict_send(ntm.verdict) IS 'I/O';

CREATE TYPE ntm.verdict (
    INPUT = ntm.verdict_in,
    OUTPUT = ntm.verdict_out,
    RECEIVE = ntm.verdict_recv,
    SEND = ntm.verdict_send,
    INTERNALLENGTH = 1,
    PASSEDBYVALUE,
    ALIGNMENT = char
);
COMMENT ON TYPE ntm.verdict IS
    'Whether a requirement is met: met, not_met, unknown (facts are missing) or not_applicable (counts as met). Sorts not_met, unknown, met, not_applicable. NULL means there is no verdict, never that it is unknown.';

-- Comparison: by code, the worst verdict first

CREATE FUNCTION ntm.verdict_eq(ntm.verdict, ntm.verdict) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_eq';
COMMENT ON FUNCTION ntm.verdict_eq(ntm.verdict, ntm.verdict) IS 'implementation of = operator';

CREATE FUNCTION ntm.verdict_ne(ntm.verdict, ntm.verdict) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_ne';
COMMENT ON FUNCTION ntm.verdict_ne(ntm.verdict, ntm.verdict) IS 'implementation of <> operator';

CREATE FUNCTION ntm.verdict_lt(ntm.verdict, ntm.verdict) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_lt';
COMMENT ON FUNCTION ntm.verdict_lt(ntm.verdict, ntm.verdict) IS 'implementation of < operator';

CREATE FUNCTION ntm.verdict_le(ntm.verdict, ntm.verdict) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_le';
COMMENT ON FUNCTION ntm.verdict_le(ntm.verdict, ntm.verdict) IS 'implementation of <= operator';

CREATE FUNCTION ntm.verdict_gt(ntm.verdict, ntm.verdict) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_gt';
COMMENT ON FUNCTION ntm.verdict_gt(ntm.verdict, ntm.verdict) IS 'implementation of > operator';

CREATE FUNCTION ntm.verdict_ge(ntm.verdict, ntm.verdict) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_ge';
COMMENT ON FUNCTION ntm.verdict_ge(ntm.verdict, ntm.verdict) IS 'implementation of >= operator';

CREATE FUNCTION ntm.verdict_cmp(ntm.verdict, ntm.verdict) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_cmp';
COMMENT ON FUNCTION ntm.verdict_cmp(ntm.verdict, ntm.verdict) IS 'less-equal-greater';

CREATE FUNCTION ntm.verdict_hash(ntm.verdict) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_hash';
COMMENT ON FUNCTION ntm.verdict_hash(ntm.verdict) IS 'hash';

CREATE FUNCTION ntm.verdict_hash_extended(ntm.verdict, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_hash_extended';
COMMENT ON FUNCTION ntm.verdict_hash_extended(ntm.verdict, bigint) IS 'hash with a seed';

CREATE OPERATOR ntm.= (
    LEFTARG = ntm.verdict, RIGHTARG = ntm.verdict, FUNCTION = ntm.verdict_eq,
    COMMUTATOR = OPERATOR(ntm.=), NEGATOR = OPERATOR(ntm.<>),
    RESTRICT = pg_catalog.eqsel, JOIN = pg_catalog.eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR ntm.= (ntm.verdict, ntm.verdict) IS 'equal';

CREATE OPERATOR ntm.<> (
    LEFTARG = ntm.verdict, RIGHTARG = ntm.verdict, FUNCTION = ntm.verdict_ne,
    COMMUTATOR = OPERATOR(ntm.<>), NEGATOR = OPERATOR(ntm.=),
    RESTRICT = pg_catalog.neqsel, JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR ntm.<> (ntm.verdict, ntm.verdict) IS 'not equal';

CREATE OPERATOR ntm.< (
    LEFTARG = ntm.verdict, RIGHTARG = ntm.verdict, FUNCTION = ntm.verdict_lt,
    COMMUTATOR = OPERATOR(ntm.>), NEGATOR = OPERATOR(ntm.>=),
    RESTRICT = pg_catalog.scalarltsel, JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR ntm.< (ntm.verdict, ntm.verdict) IS 'less than';

CREATE OPERATOR ntm.<= (
    LEFTARG = ntm.verdict, RIGHTARG = ntm.verdict, FUNCTION = ntm.verdict_le,
    COMMUTATOR = OPERATOR(ntm.>=), NEGATOR = OPERATOR(ntm.>),
    RESTRICT = pg_catalog.scalarlesel, JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR ntm.<= (ntm.verdict, ntm.verdict) IS 'less than or equal';

CREATE OPERATOR ntm.> (
    LEFTARG = ntm.verdict, RIGHTARG = ntm.verdict, FUNCTION = ntm.verdict_gt,
    COMMUTATOR = OPERATOR(ntm.<), NEGATOR = OPERATOR(ntm.<=),
    RESTRICT = pg_catalog.scalargtsel, JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR ntm.> (ntm.verdict, ntm.verdict) IS 'greater than';

CREATE OPERATOR ntm.>= (
    LEFTARG = ntm.verdict, RIGHTARG = ntm.verdict, FUNCTION = ntm.verdict_ge,
    COMMUTATOR = OPERATOR(ntm.<=), NEGATOR = OPERATOR(ntm.<),
    RESTRICT = pg_catalog.scalargesel, JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR ntm.>= (ntm.verdict, ntm.verdict) IS 'greater than or equal';

CREATE OPERATOR CLASS ntm.verdict_ops DEFAULT FOR TYPE ntm.verdict USING btree AS
    OPERATOR 1 ntm.<,
    OPERATOR 2 ntm.<=,
    OPERATOR 3 ntm.=,
    OPERATOR 4 ntm.>=,
    OPERATOR 5 ntm.>,
    FUNCTION 1 ntm.verdict_cmp(ntm.verdict, ntm.verdict),
    FUNCTION 4 pg_catalog.btequalimage(pg_catalog.oid);
COMMENT ON OPERATOR CLASS ntm.verdict_ops USING btree IS 'order of verdicts: not_met, unknown, met, not_applicable';
COMMENT ON OPERATOR FAMILY ntm.verdict_ops USING btree IS 'order of verdicts: not_met, unknown, met, not_applicable';

CREATE OPERATOR CLASS ntm.verdict_ops DEFAULT FOR TYPE ntm.verdict USING hash AS
    OPERATOR 1 ntm.=,
    FUNCTION 1 ntm.verdict_hash(ntm.verdict),
    FUNCTION 2 ntm.verdict_hash_extended(ntm.verdict, pg_catalog.int8);
COMMENT ON OPERATOR CLASS ntm.verdict_ops USING hash IS 'equality of verdicts, for hash joins, grouping and hash partitioning';
COMMENT ON OPERATOR FAMILY ntm.verdict_ops USING hash IS 'equality of verdicts, for hash joins, grouping and hash partitioning';

-- Kleene's logic

CREATE FUNCTION ntm.verdict_and(ntm.verdict, ntm.verdict) RETURNS ntm.verdict
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_and';
COMMENT ON FUNCTION ntm.verdict_and(ntm.verdict, ntm.verdict) IS 'implementation of & operator';

CREATE FUNCTION ntm.verdict_or(ntm.verdict, ntm.verdict) RETURNS ntm.verdict
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_or';
COMMENT ON FUNCTION ntm.verdict_or(ntm.verdict, ntm.verdict) IS 'implementation of | operator';

CREATE FUNCTION ntm.verdict_negate(ntm.verdict) RETURNS ntm.verdict
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_negate';
COMMENT ON FUNCTION ntm.verdict_negate(ntm.verdict) IS 'implementation of ! operator';

CREATE OPERATOR ntm.& (
    LEFTARG = ntm.verdict, RIGHTARG = ntm.verdict, FUNCTION = ntm.verdict_and,
    COMMUTATOR = OPERATOR(ntm.&)
);
COMMENT ON OPERATOR ntm.& (ntm.verdict, ntm.verdict) IS
    'both: not_met if one is, else unknown if one is, else met; not_applicable only if both are';

CREATE OPERATOR ntm.| (
    LEFTARG = ntm.verdict, RIGHTARG = ntm.verdict, FUNCTION = ntm.verdict_or,
    COMMUTATOR = OPERATOR(ntm.|)
);
COMMENT ON OPERATOR ntm.| (ntm.verdict, ntm.verdict) IS
    'either: met if one is met or not_applicable, else unknown if one is, else not_met; not_applicable only if both are';

CREATE OPERATOR ntm.! (
    RIGHTARG = ntm.verdict, FUNCTION = ntm.verdict_negate
);
COMMENT ON OPERATOR ntm.! (NONE, ntm.verdict) IS
    'the opposite: met and not_applicable become not_met, not_met becomes met, unknown stays unknown';

-- Casts

CREATE FUNCTION ntm.verdict_boolean(ntm.verdict) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_boolean';
COMMENT ON FUNCTION ntm.verdict_boolean(ntm.verdict) IS
    'true if met or not_applicable, false if not_met, NULL if unknown';

CREATE FUNCTION ntm.verdict_text(ntm.verdict) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_text';
COMMENT ON FUNCTION ntm.verdict_text(ntm.verdict) IS
    'the name of the verdict: met, not_met, unknown or not_applicable';

CREATE FUNCTION ntm.verdict_integer(ntm.verdict) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_integer';
COMMENT ON FUNCTION ntm.verdict_integer(ntm.verdict) IS
    'the code of the verdict: 0 not_met, 1 unknown, 2 met, 3 not_applicable; the codes never change';

-- assignment, so that WHERE takes a verdict as its condition
CREATE CAST (ntm.verdict AS boolean) WITH FUNCTION ntm.verdict_boolean(ntm.verdict) AS ASSIGNMENT;
COMMENT ON CAST (ntm.verdict AS boolean) IS
    'true if met or not_applicable, false if not_met, NULL if unknown';

CREATE CAST (ntm.verdict AS text) WITH FUNCTION ntm.verdict_text(ntm.verdict) AS ASSIGNMENT;
COMMENT ON CAST (ntm.verdict AS text) IS
    'the name of the verdict: met, not_met, unknown or not_applicable';

CREATE CAST (ntm.verdict AS integer) WITH FUNCTION ntm.verdict_integer(ntm.verdict);
COMMENT ON CAST (ntm.verdict AS integer) IS
    'the code of the verdict: 0 not_met, 1 unknown, 2 met, 3 not_applicable';

-- Aggregates

CREATE FUNCTION ntm.verdict_smaller(ntm.verdict, ntm.verdict) RETURNS ntm.verdict
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_smaller';
COMMENT ON FUNCTION ntm.verdict_smaller(ntm.verdict, ntm.verdict) IS 'smaller of two';

CREATE FUNCTION ntm.verdict_larger(ntm.verdict, ntm.verdict) RETURNS ntm.verdict
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_verdict_larger';
COMMENT ON FUNCTION ntm.verdict_larger(ntm.verdict, ntm.verdict) IS 'larger of two';

CREATE AGGREGATE ntm.min(ntm.verdict) (
    SFUNC = ntm.verdict_smaller, STYPE = ntm.verdict,
    COMBINEFUNC = ntm.verdict_smaller, SORTOP = OPERATOR(ntm.<), PARALLEL = SAFE
);
COMMENT ON AGGREGATE ntm.min(ntm.verdict) IS
    'the worst verdict, in the order not_met, unknown, met, not_applicable; NULL if there is none';

CREATE AGGREGATE ntm.max(ntm.verdict) (
    SFUNC = ntm.verdict_larger, STYPE = ntm.verdict,
    COMBINEFUNC = ntm.verdict_larger, SORTOP = OPERATOR(ntm.>), PARALLEL = SAFE
);
COMMENT ON AGGREGATE ntm.max(ntm.verdict) IS
    'the best verdict, in the order not_met, unknown, met, not_applicable; NULL if there is none';

CREATE AGGREGATE ntm.all_met(ntm.verdict) (
    SFUNC = ntm.verdict_and, STYPE = ntm.verdict,
    COMBINEFUNC = ntm.verdict_and, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ntm.all_met(ntm.verdict) IS
    'all rows joined by &: not_met if one is, else unknown if one is, else met; not_applicable only if all are. NULL rows are skipped; NULL if there are no others';

CREATE AGGREGATE ntm.any_met(ntm.verdict) (
    SFUNC = ntm.verdict_or, STYPE = ntm.verdict,
    COMBINEFUNC = ntm.verdict_or, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ntm.any_met(ntm.verdict) IS
    'all rows joined by |: met if one is met or not_applicable, else unknown if one is, else not_met; not_applicable only if all are. NULL rows are skipped; NULL if there are no others';
