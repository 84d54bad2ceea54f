/*-------------------------------------------------------------------------
 *
 * decimal.c
 *	  Exact decimals: a value is an int64 count of millionths.
 *
 * Nothing here rounds: what cannot be held exactly is refused.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "decimal.h"

#include "common/int128.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

/* the first magnitude that is refused, in whole units */
#define LIMIT_UNITS				(NTM_DECIMAL_LIMIT / NTM_DECIMAL_UNIT)
/* digits of the largest decimal, in millionths */
#define MAX_DIGITS				19
/* far beyond any exponent that matters, far below overflow of an int */
#define MAX_EXPONENT			100000
/* of a refused value, this many bytes are shown */
#define MAX_SHOWN				80

/*
 * The stored format of numeric, which numeric.c keeps to itself but which
 * pg_upgrade obliges it to read for ever.  Reading it in place is ten times
 * as fast as any of the functions that numeric.c offers, and measures_agg()
 * does it once a row.  Whatever has flags we do not know is refused.
 */
#define NUMERIC_FLAGS			0xC000
#define NUMERIC_NEGATIVE		0x4000	/* long format only */
#define NUMERIC_SHORT			0x8000
#define NUMERIC_SPECIAL			0xC000	/* NaN and the infinities */
#define SHORT_NEGATIVE			0x2000
#define SHORT_WEIGHT_NEGATIVE	0x0040
#define SHORT_WEIGHT			0x003F
#define NUMERIC_BASE			10000
#define HIGHEST_WEIGHT			3	/* of the digits of LIMIT_UNITS */

NtmDecimalStatus
ntm_decimal_read(const char *text, int length, int64 *value)
{
	const char *end = text + length;
	bool		negative = false;
	bool		any_digit = false;
	bool		after_point = false;
	uint64		digits = 0;		/* significant digits up to the last non-zero */
	int			digit_count = 0;
	int			zeros = 0;		/* zeros after it */
	int			exponent = 0;	/* of the last digit read */
	int			written_exponent = 0;

	if (text < end && (*text == '-' || *text == '+'))
		negative = (*text++ == '-');

	for (; text < end; text++)
	{
		if (*text >= '0' && *text <= '9')
		{
			any_digit = true;
			exponent -= after_point;
			if (*text == '0')
				zeros += (digit_count > 0);
			else
			{
				int			added = zeros + 1;

				/* more digits than fit are counted, and refused below */
				if (digit_count + added <= MAX_DIGITS)
				{
					for (int i = 0; i < added; i++)
						digits *= 10;
					digits += *text - '0';
				}
				digit_count += added;
				zeros = 0;
			}
		}
		else if (*text == '.' && !after_point)
			after_point = true;
		else
			break;
	}
	if (!any_digit)
		return NTM_DECIMAL_SYNTAX;

	if (text < end && (*text == 'e' || *text == 'E'))
	{
		bool		negative_exponent = false;

		text++;
		if (text < end && (*text == '-' || *text == '+'))
			negative_exponent = (*text++ == '-');
		if (text == end)
			return NTM_DECIMAL_SYNTAX;
		for (; text < end && *text >= '0' && *text <= '9'; text++)
			written_exponent = Min(written_exponent * 10 + (*text - '0'), MAX_EXPONENT);
		if (negative_exponent)
			written_exponent = -written_exponent;
	}
	if (text != end)
		return NTM_DECIMAL_SYNTAX;

	*value = 0;
	if (digit_count == 0)
		return NTM_DECIMAL_OK;

	/* the exponent of the last digit kept, counted in millionths */
	exponent += zeros + written_exponent + NTM_DECIMAL_SCALE;
	if (digit_count + exponent > MAX_DIGITS)
		return NTM_DECIMAL_RANGE;
	if (exponent < 0)
		return NTM_DECIMAL_PRECISION;
	while (exponent-- > 0)
		digits *= 10;
	if (digits >= (uint64) NTM_DECIMAL_LIMIT)
		return NTM_DECIMAL_RANGE;
	*value = negative ? -(int64) digits : (int64) digits;
	return NTM_DECIMAL_OK;
}

/*
 * Value of the base 10000 digit with the given weight; zero if it is not
 * stored.
 */
static inline int64
numeric_digit(const char *digits, int count, int weight_of_first, int weight)
{
	int			i = weight_of_first - weight;
	int16		digit;

	if (i < 0 || i >= count)
		return 0;
	/* a packed datum is not aligned */
	memcpy(&digit, digits + i * sizeof(int16), sizeof(int16));
	return digit;
}

NtmDecimalStatus
ntm_numeric_read(Datum numeric, int64 *value)
{
	struct varlena *datum = PG_DETOAST_DATUM_PACKED(numeric);
	const char *data = VARDATA_ANY(datum);
	int			size = VARSIZE_ANY_EXHDR(datum);
	uint16		header;
	int			weight;
	int			count;
	bool		negative;
	int64		units = 0;
	int64		low;

	Assert(size >= (int) sizeof(uint16));
	memcpy(&header, data, sizeof(uint16));
	data += sizeof(uint16);
	size -= sizeof(uint16);

	switch (header & NUMERIC_FLAGS)
	{
		case NUMERIC_SPECIAL:
			return NTM_DECIMAL_RANGE;
		case NUMERIC_SHORT:
			weight = header & SHORT_WEIGHT;
			if (header & SHORT_WEIGHT_NEGATIVE)
				weight |= ~SHORT_WEIGHT;
			negative = (header & SHORT_NEGATIVE) != 0;
			break;
		default:
			{
				int16		long_weight;

				Assert(size >= (int) sizeof(int16));
				memcpy(&long_weight, data, sizeof(int16));
				data += sizeof(int16);
				size -= sizeof(int16);
				weight = long_weight;
				negative = (header & NUMERIC_FLAGS) == NUMERIC_NEGATIVE;
			}
			break;
	}
	count = size / sizeof(int16);

	*value = 0;
	if (count == 0)
		return NTM_DECIMAL_OK;
	if (weight > HIGHEST_WEIGHT)
		return NTM_DECIMAL_RANGE;
	for (int w = weight; w >= 0; w--)
		units = units * NUMERIC_BASE + numeric_digit(data, count, weight, w);
	if (units >= LIMIT_UNITS)
		return NTM_DECIMAL_RANGE;

	/* decimals 1 to 4, then 5 and 6; numeric stores no trailing zero digits */
	low = numeric_digit(data, count, weight, -2);
	if (weight - (count - 1) < -2 || low % 100 != 0)
		return NTM_DECIMAL_PRECISION;
	*value = units * NTM_DECIMAL_UNIT +
		numeric_digit(data, count, weight, -1) * 100 + low / 100;
	if (negative)
		*value = -*value;

	if (datum != (struct varlena *) DatumGetPointer(numeric))
		pfree(datum);
	return NTM_DECIMAL_OK;
}

static void
report(NtmDecimalStatus status, const char *text, int length, const char *type_name,
	   const char *what, struct Node *escontext)
{
	bool		cut = length > MAX_SHOWN;

	if (cut)
		length = pg_mbcliplen(text, length, MAX_SHOWN);
	text = psprintf("%.*s%s", length, text, cut ? "..." : "");

	switch (status)
	{
		case NTM_DECIMAL_SYNTAX:
			ntm_errsave(escontext,
						(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
						 errmsg("invalid input syntax for type %s: %s is not a decimal number",
								type_name, what),
						 errdetail("The text is \"%s\".", text)));
			break;
		case NTM_DECIMAL_RANGE:
			ntm_errsave(escontext,
						(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						 errmsg("%s is out of range for type %s", what, type_name),
						 errdetail("The value is %s; its magnitude must be below " INT64_FORMAT ".",
								   text, LIMIT_UNITS)));
			break;
		case NTM_DECIMAL_PRECISION:
			ntm_errsave(escontext,
						(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						 errmsg("%s cannot be held exactly by type %s", what, type_name),
						 errdetail("The value %s has more than %d decimals.",
								   text, NTM_DECIMAL_SCALE),
						 errhint("Round it to %d decimals first.", NTM_DECIMAL_SCALE)));
			break;
		case NTM_DECIMAL_OK:
			break;
	}
}

bool
ntm_decimal_parse(const char *text, int length, const char *type_name,
				  const char *what, int64 *value, struct Node *escontext)
{
	NtmDecimalStatus status = ntm_decimal_read(text, length, value);

	if (status == NTM_DECIMAL_OK)
		return true;
	report(status, text, length, type_name, what, escontext);
	return false;
}

int64
ntm_numeric_to_decimal(Datum numeric, const char *what)
{
	int64		value;
	NtmDecimalStatus status = ntm_numeric_read(numeric, &value);

	if (status != NTM_DECIMAL_OK)
	{
		char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out, numeric));

		report(status, text, strlen(text), "ntm.measures", what, NULL);
	}
	return value;
}

int
ntm_decimal_write(int64 value, char *buffer)
{
	uint64		magnitude = value < 0 ? -(uint64) value : (uint64) value;
	uint32		decimals = magnitude % NTM_DECIMAL_UNIT;
	int			length = 0;

	Assert(NTM_VALUE_IS_NUMBER(value));

	if (value < 0)
		buffer[length++] = '-';
	length += pg_ulltoa_n(magnitude / NTM_DECIMAL_UNIT, buffer + length);
	if (decimals != 0)
	{
		int			places = NTM_DECIMAL_SCALE;

		while (decimals % 10 == 0)
		{
			decimals /= 10;
			places--;
		}
		buffer[length] = '.';
		for (int i = places; i > 0; i--)
		{
			buffer[length + i] = '0' + decimals % 10;
			decimals /= 10;
		}
		length += places + 1;
	}
	buffer[length] = '\0';
	return length;
}

void
ntm_decimal_append(StringInfo buffer, int64 value)
{
	enlargeStringInfo(buffer, NTM_DECIMAL_TEXT_SIZE);
	buffer->len += ntm_decimal_write(value, buffer->data + buffer->len);
}

Datum
ntm_decimal_to_numeric(int64 value)
{
	int			scale = NTM_DECIMAL_SCALE;

	Assert(NTM_VALUE_IS_NUMBER(value));

	/* so that no zeros trail: 36.5, not 36.500000 */
	while (scale > 0 && value % 10 == 0)
	{
		value /= 10;
		scale--;
	}
	return NumericGetDatum(int64_div_fast_to_numeric(value, scale));
}

int
ntm_compare_products(int64 left1, int64 left2, int64 right1, int64 right2)
{
	INT128		left;
	INT128		right;

	left = int64_to_int128(0);
	right = int64_to_int128(0);
	int128_add_int64_mul_int64(&left, left1, left2);
	int128_add_int64_mul_int64(&right, right1, right2);
	return int128_compare(left, right);
}
