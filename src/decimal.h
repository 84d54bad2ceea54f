/*-------------------------------------------------------------------------
 *
 * decimal.h
 *	  Exact decimals: a value is an int64 count of millionths.
 *
 * Six decimals, magnitude below 9.2 * 10^12.  Two codes below that range mark
 * a measure that is not applicable or explicitly unknown.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_DECIMAL_H
#define NTM_DECIMAL_H

#include "compat.h"

#include "lib/stringinfo.h"

#define NTM_DECIMAL_SCALE		6
#define NTM_DECIMAL_UNIT		INT64CONST(1000000)
/* the first magnitude that is refused, in millionths */
#define NTM_DECIMAL_LIMIT		INT64CONST(9200000000000000000)

#define NTM_VALUE_NOT_APPLICABLE PG_INT64_MIN
#define NTM_VALUE_UNKNOWN		(PG_INT64_MIN + 1)
#define NTM_VALUE_IS_NUMBER(value) ((value) > NTM_VALUE_UNKNOWN)

/* longest text of a decimal: sign, 13 digits, point, 6 digits, NUL */
#define NTM_DECIMAL_TEXT_SIZE	24

/* how a text or a numeric relates to what a decimal can hold */
typedef enum NtmDecimalStatus
{
	NTM_DECIMAL_OK,
	NTM_DECIMAL_SYNTAX,			/* no number at all */
	NTM_DECIMAL_RANGE,			/* too large, infinite or not a number */
	NTM_DECIMAL_PRECISION		/* would have to be rounded */
} NtmDecimalStatus;

/* The same as the two functions below that report errors, but silent. */
extern NtmDecimalStatus ntm_decimal_read(const char *text, int length, int64 *value);
extern NtmDecimalStatus ntm_numeric_read(Datum numeric, int64 *value);

/*
 * Read a decimal such as "-12.50" or "1.5e3" of the given length; "what" names
 * it in errors.  False after a soft error.
 */
extern bool ntm_decimal_parse(const char *text, int length, const char *type_name,
							  const char *what, int64 *value, struct Node *escontext);

/* Write the shortest text; returns its length (NUL not counted). */
extern int	ntm_decimal_write(int64 value, char *buffer);
extern void ntm_decimal_append(StringInfo buffer, int64 value);

/* To numeric, exactly; and from it, refusing what cannot be held exactly. */
extern Datum ntm_decimal_to_numeric(int64 value);
extern int64 ntm_numeric_to_decimal(Datum numeric, const char *what);

/* Sign of left1 * left2 - right1 * right2, in 128 bits. */
extern int	ntm_compare_products(int64 left1, int64 left2, int64 right1, int64 right2);

#endif							/* NTM_DECIMAL_H */
