/*-------------------------------------------------------------------------
 *
 * verdict.c
 *	  Type ntm.verdict: one byte, passed by value.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "comparison.h"
#include "verdict.h"
#include "version.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

/* first byte on the wire */
#define WIRE_VERSION	1
#define WIRE_SIZE		2

PG_FUNCTION_INFO_V1(ntm_verdict_in);
PG_FUNCTION_INFO_V1(ntm_verdict_out);
PG_FUNCTION_INFO_V1(ntm_verdict_recv);
PG_FUNCTION_INFO_V1(ntm_verdict_send);
PG_FUNCTION_INFO_V1(ntm_verdict_boolean);
PG_FUNCTION_INFO_V1(ntm_verdict_text);
PG_FUNCTION_INFO_V1(ntm_verdict_integer);
PG_FUNCTION_INFO_V1(ntm_verdict_hash);
PG_FUNCTION_INFO_V1(ntm_verdict_hash_extended);
PG_FUNCTION_INFO_V1(ntm_verdict_smaller);
PG_FUNCTION_INFO_V1(ntm_verdict_larger);
PG_FUNCTION_INFO_V1(ntm_verdict_and);
PG_FUNCTION_INFO_V1(ntm_verdict_or);
PG_FUNCTION_INFO_V1(ntm_verdict_negate);

/* by code */
static const char *const verdict_names[] = {
	"not_met", "unknown", "met", "not_applicable"
};

const char *
ntm_verdict_name(NtmVerdict verdict)
{
	Assert(verdict < lengthof(verdict_names));
	return verdict_names[verdict];
}

bool
ntm_verdict_from_name(const char *name, NtmVerdict *verdict)
{
	for (unsigned int i = 0; i < lengthof(verdict_names); i++)
		if (strcmp(name, verdict_names[i]) == 0)
		{
			*verdict = (NtmVerdict) i;
			return true;
		}
	return false;
}

/* input and output */

Datum
ntm_verdict_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	NtmVerdict	verdict;

	if (!ntm_verdict_from_name(text, &verdict))
		ntm_ereturn(fcinfo->context, (Datum) 0,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid input value for type ntm.verdict: \"%s\"", text),
					 errhint("Write \"met\", \"not_met\", \"unknown\" or \"not_applicable\".")));
	PG_RETURN_VERDICT(verdict);
}

Datum
ntm_verdict_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(pstrdup(ntm_verdict_name(PG_GETARG_VERDICT(0))));
}

Datum
ntm_verdict_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buffer = (StringInfo) PG_GETARG_POINTER(0);
	int			verdict;

	if (buffer->len - buffer->cursor != WIRE_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type ntm.verdict"),
				 errdetail("It has %d bytes instead of %d.",
						   buffer->len - buffer->cursor, WIRE_SIZE)));
	ntm_check_wire_version("ntm.verdict", pq_getmsgbyte(buffer), WIRE_VERSION);
	verdict = pq_getmsgbyte(buffer);
	if (verdict > NTM_NOT_APPLICABLE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type ntm.verdict"),
				 errdetail("There is no verdict with code %d.", verdict)));
	PG_RETURN_VERDICT((NtmVerdict) verdict);
}

Datum
ntm_verdict_send(PG_FUNCTION_ARGS)
{
	StringInfoData buffer;

	pq_begintypsend(&buffer);
	pq_sendbyte(&buffer, WIRE_VERSION);
	pq_sendbyte(&buffer, PG_GETARG_VERDICT(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

/* casts */

Datum
ntm_verdict_boolean(PG_FUNCTION_ARGS)
{
	NtmVerdict	verdict = PG_GETARG_VERDICT(0);

	if (verdict == NTM_UNKNOWN)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(NTM_COUNTS_AS_MET(verdict));
}

Datum
ntm_verdict_text(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(ntm_verdict_name(PG_GETARG_VERDICT(0))));
}

Datum
ntm_verdict_integer(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_VERDICT(0));
}

/* comparison: by code, the worst verdict first */

static int
compare_verdicts(FunctionCallInfo fcinfo)
{
	return (int) PG_GETARG_VERDICT(0) - (int) PG_GETARG_VERDICT(1);
}

NTM_COMPARISON_FUNCTIONS(verdict, compare_verdicts);

Datum
ntm_verdict_hash(PG_FUNCTION_ARGS)
{
	return hash_uint32(PG_GETARG_VERDICT(0));
}

Datum
ntm_verdict_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_uint32_extended(PG_GETARG_VERDICT(0), PG_GETARG_INT64(1));
}

Datum
ntm_verdict_smaller(PG_FUNCTION_ARGS)
{
	PG_RETURN_VERDICT(Min(PG_GETARG_VERDICT(0), PG_GETARG_VERDICT(1)));
}

Datum
ntm_verdict_larger(PG_FUNCTION_ARGS)
{
	PG_RETURN_VERDICT(Max(PG_GETARG_VERDICT(0), PG_GETARG_VERDICT(1)));
}

/* logic */

Datum
ntm_verdict_and(PG_FUNCTION_ARGS)
{
	PG_RETURN_VERDICT(Min(PG_GETARG_VERDICT(0), PG_GETARG_VERDICT(1)));
}

/*
 * The larger of the two, except that "not applicable" only wins over itself:
 * once anything else was asked, the answer is that it is met.
 */
Datum
ntm_verdict_or(PG_FUNCTION_ARGS)
{
	NtmVerdict	left = PG_GETARG_VERDICT(0);
	NtmVerdict	right = PG_GETARG_VERDICT(1);

	if (left != right && (NTM_COUNTS_AS_MET(left) || NTM_COUNTS_AS_MET(right)))
		PG_RETURN_VERDICT(NTM_MET);
	PG_RETURN_VERDICT(Max(left, right));
}

Datum
ntm_verdict_negate(PG_FUNCTION_ARGS)
{
	PG_RETURN_VERDICT(ntm_verdict_not(PG_GETARG_VERDICT(0)));
}
