/*-------------------------------------------------------------------------
 *
 * measures.c
 *	  Type ntm.measures: text and binary form, comparison, access.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "measures.h"

#include "common/hashfn.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "comparison.h"
#include "json.h"
#include "names.h"
#include "version.h"

#define TYPE_NAME		"ntm.measures"
/* how "not applicable" is written */
#define NOT_APPLICABLE	"n/a"

/* first byte on the wire, then the count */
#define WIRE_VERSION	1
#define WIRE_HEADER		3
/* length of the name, one byte of it, the value */
#define WIRE_MIN_MEASURE 11

PG_FUNCTION_INFO_V1(ntm_measures_in);
PG_FUNCTION_INFO_V1(ntm_measures_out);
PG_FUNCTION_INFO_V1(ntm_measures_recv);
PG_FUNCTION_INFO_V1(ntm_measures_send);
PG_FUNCTION_INFO_V1(ntm_measures_hash);
PG_FUNCTION_INFO_V1(ntm_measures_hash_extended);
PG_FUNCTION_INFO_V1(ntm_measures_value);
PG_FUNCTION_INFO_V1(ntm_measures_has);
PG_FUNCTION_INFO_V1(ntm_measures_merge);
PG_FUNCTION_INFO_V1(ntm_measures_remove);
PG_FUNCTION_INFO_V1(ntm_each);

/* building */

/*
 * What is wrong with a name, as a full sentence; NULL if nothing is.
 */
const char *
ntm_measures_name_problem(const char *name, int length)
{
	if (length == 0)
		return "The name of a measure must not be empty.";
	if (length > NTM_MAX_NAME_LENGTH)
		return psprintf("The name of a measure may have at most %d bytes.",
						NTM_MAX_NAME_LENGTH);
	for (int i = 0; i < length; i++)
		if ((unsigned char) name[i] < ' ' || name[i] == 0x7F)
			return "The name of a measure must not contain control characters.";
	return NULL;
}

static int
compare_items(const void *left, const void *right)
{
	const NtmMeasure *a = left;
	const NtmMeasure *b = right;

	return ntm_compare_bytes(a->name, a->name_length, b->name, b->name_length);
}

void
ntm_measures_sort(NtmMeasure *items, int count)
{
	qsort(items, count, sizeof(NtmMeasure), compare_items);
}

NtmMeasures *
ntm_measures_build(NtmMeasure *items, int count)
{
	ntm_measures_sort(items, count);
	return ntm_measures_build_sorted(items, count);
}

NtmMeasures *
ntm_measures_build_sorted(const NtmMeasure *items, int count)
{
	NtmMeasures *measures;
	NtmStoredName *names;
	uint8	   *heads;
	uint8	   *body;
	Size		size = NTM_MEASURES_VALUES_SIZE(count) + count;

	if (count > NTM_MAX_MEASURES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("type %s cannot hold more than %d measures",
						TYPE_NAME, NTM_MAX_MEASURES)));

	names = palloc(sizeof(NtmStoredName) * Max(count, 1));
	for (int i = 0; i < count; i++)
	{
		ntm_name_store(items[i].name, items[i].name_length, &names[i]);
		size += NTM_NAME_SIZE(names[i].head);
	}
	measures = palloc(size);
	SET_VARSIZE(measures, size);
	measures->version = NTM_MEASURES_VERSION;
	measures->reserved = 0;
	measures->count = count;
	heads = (uint8 *) NTM_MEASURES_HEADS(measures);
	body = heads + count;
	for (int i = 0; i < count; i++)
	{
		Assert(i == 0 || compare_items(&items[i - 1], &items[i]) < 0);
		measures->values[i] = items[i].value;
		heads[i] = names[i].head;
		memcpy(body, names[i].body, NTM_NAME_SIZE(names[i].head));
		body += NTM_NAME_SIZE(names[i].head);
	}
	pfree(names);
	ntm_digest(heads, body - heads, measures->layout);
	return measures;
}

/*
 * The measures of a value, one by one, with their names, palloc'd as a whole.
 */
void
ntm_measures_get_items(const NtmMeasures *measures, NtmMeasure *items)
{
	const uint8 *heads = NTM_MEASURES_HEADS(measures);
	const uint8 *body = heads + measures->count;
	Size		size = 0;
	char	   *names;

	for (int i = 0; i < measures->count; i++)
		size += NTM_NAME_LENGTH(heads[i]);
	names = palloc(Max(size, 1));
	for (int i = 0; i < measures->count; i++)
	{
		ntm_name_restore(heads[i], body, names);
		items[i].name = names;
		items[i].name_length = NTM_NAME_LENGTH(heads[i]);
		items[i].value = measures->values[i];
		names += items[i].name_length;
		body += NTM_NAME_SIZE(heads[i]);
	}
}

/* reading */

NtmMeasures *
ntm_measures_from_datum(Datum datum)
{
	NtmMeasures *measures = (NtmMeasures *) PG_DETOAST_DATUM(datum);

	ntm_check_stored_version(TYPE_NAME, measures->version, NTM_MEASURES_VERSION);
	if (measures->reserved == NTM_MEASURES_DRAFT)
		measures = ntm_measures_from_draft(measures);
	return measures;
}

int
ntm_measures_find(const NtmMeasures *measures, const char *name, int length)
{
	return ntm_layout_find(NTM_MEASURES_HEADS(measures), measures->count, name, length);
}

/* text */

/*
 * Value of one member of the document.  False after a soft error.
 */
static bool
read_member(const NtmJson *member, int64 *value, struct Node *escontext)
{
	const char *hint = NULL;

	switch (member->kind)
	{
		case NTM_JSON_NULL:
			*value = NTM_VALUE_UNKNOWN;
			return true;
		case NTM_JSON_BOOLEAN:
			*value = member->boolean ? NTM_DECIMAL_UNIT : 0;
			return true;
		case NTM_JSON_NUMBER:
			{
				int			length = strlen(member->text);

				if (ntm_decimal_read(member->text, length, value) == NTM_DECIMAL_OK)
					return true;
				return ntm_decimal_parse(member->text, length, TYPE_NAME,
										 psprintf("measure \"%s\" at character %d",
												  member->key, member->position),
										 value, escontext);
			}
		case NTM_JSON_STRING:
			if (strcmp(member->text, NOT_APPLICABLE) == 0)
			{
				*value = NTM_VALUE_NOT_APPLICABLE;
				return true;
			}
			if (ntm_decimal_read(member->text, strlen(member->text), value) == NTM_DECIMAL_OK)
				hint = "Write the number without quotes.";
			break;
		default:
			break;
	}
	if (hint == NULL)
		hint = "Write null for what is not known, and \"" NOT_APPLICABLE "\" for what does not apply.";

	ntm_ereturn(escontext, false,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s at character %d",
						TYPE_NAME, member->position),
				 errdetail("Measure \"%s\" must be a number, true, false, null or \"%s\", not %s.",
						   member->key, NOT_APPLICABLE,
						   member->kind == NTM_JSON_STRING ?
						   "another string" : ntm_json_kind_name(member)),
				 errhint("%s", hint)));
}

Datum
ntm_measures_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct Node *escontext = fcinfo->context;
	NtmJson    *document = ntm_json_parse(text, strlen(text), TYPE_NAME, escontext);
	NtmJson    *member;
	NtmMeasure *items;
	int			count = 0;

	if (document == NULL)
		PG_RETURN_NULL();
	if (document->kind != NTM_JSON_OBJECT)
		ntm_ereturn(escontext, (Datum) 0,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid input syntax for type %s at character %d",
							TYPE_NAME, document->position),
					 errdetail("It must be a JSON object, not %s.",
							   ntm_json_kind_name(document)),
					 errhint("Write for example {\"income\": 36.5, \"has_plan\": true}.")));
	if (document->count > NTM_MAX_MEASURES)
		ntm_ereturn(escontext, (Datum) 0,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("type %s cannot hold more than %d measures",
							TYPE_NAME, NTM_MAX_MEASURES)));

	items = palloc(document->count * sizeof(NtmMeasure));
	for (member = document->first; member != NULL; member = member->next)
	{
		NtmMeasure *item = &items[count++];
		const char *problem;

		item->name = member->key;
		item->name_length = strlen(member->key);
		problem = ntm_measures_name_problem(item->name, item->name_length);
		if (problem != NULL)
			ntm_ereturn(escontext, (Datum) 0,
						(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
						 errmsg("invalid name of a measure for type %s, before character %d",
								TYPE_NAME, member->position),
						 errdetail("%s", problem)));
		if (!read_member(member, &item->value, escontext))
			PG_RETURN_NULL();
	}
	PG_RETURN_MEASURES_P(ntm_measures_build(items, count));
}

static void
append_name(StringInfo buffer, const char *name, int length)
{
	if (memchr(name, '"', length) == NULL && memchr(name, '\\', length) == NULL)
	{
		/* no control characters either: they are no part of a name */
		appendStringInfoCharMacro(buffer, '"');
		appendBinaryStringInfo(buffer, name, length);
		appendStringInfoCharMacro(buffer, '"');
	}
	else
		ntm_json_append_string(buffer, pnstrdup(name, length));
}

Datum
ntm_measures_out(PG_FUNCTION_ARGS)
{
	NtmMeasures *measures = PG_GETARG_MEASURES_P(0);
	NtmMeasure *items = palloc(measures->count * sizeof(NtmMeasure));
	StringInfoData buffer;

	ntm_measures_get_items(measures, items);
	initStringInfo(&buffer);
	appendStringInfoCharMacro(&buffer, '{');
	for (int i = 0; i < measures->count; i++)
	{
		if (i > 0)
			appendBinaryStringInfo(&buffer, ", ", 2);
		append_name(&buffer, items[i].name, items[i].name_length);
		appendBinaryStringInfo(&buffer, ": ", 2);
		if (items[i].value == NTM_VALUE_UNKNOWN)
			appendBinaryStringInfo(&buffer, "null", 4);
		else if (items[i].value == NTM_VALUE_NOT_APPLICABLE)
			appendStringInfoString(&buffer, "\"" NOT_APPLICABLE "\"");
		else
			ntm_decimal_append(&buffer, items[i].value);
	}
	appendStringInfoCharMacro(&buffer, '}');
	PG_RETURN_CSTRING(buffer.data);
}

/* binary */

/*
 * The wire is never trusted: everything the text form guarantees is checked
 * again.
 */
Datum
ntm_measures_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buffer = (StringInfo) PG_GETARG_POINTER(0);
	NtmMeasure *items;
	const char *problem = NULL;
	int			count;

	if (buffer->len - buffer->cursor < WIRE_HEADER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", TYPE_NAME),
				 errdetail("It ends too early.")));
	ntm_check_wire_version(TYPE_NAME, pq_getmsgbyte(buffer), WIRE_VERSION);
	count = pq_getmsgint(buffer, 2);
	if (count > NTM_MAX_MEASURES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", TYPE_NAME),
				 errdetail("It has %d measures; at most %d are allowed.",
						   count, NTM_MAX_MEASURES)));

	items = palloc(count * sizeof(NtmMeasure));
	for (int i = 0; i < count && problem == NULL; i++)
	{
		NtmMeasure *item = &items[i];
		int			wire_length;

		if (buffer->len - buffer->cursor < WIRE_MIN_MEASURE)
		{
			problem = "It ends too early.";
			break;
		}
		wire_length = pq_getmsgint(buffer, 2);
		if (buffer->len - buffer->cursor < wire_length + (int) sizeof(int64))
		{
			problem = "It ends too early.";
			break;
		}
		item->name = pq_getmsgtext(buffer, wire_length, &item->name_length);
		problem = ntm_measures_name_problem(item->name, item->name_length);
		item->value = pq_getmsgint64(buffer);
		if (problem == NULL && NTM_VALUE_IS_NUMBER(item->value) &&
			(item->value <= -NTM_DECIMAL_LIMIT || item->value >= NTM_DECIMAL_LIMIT))
			problem = "A value is out of range.";
	}
	if (problem == NULL && buffer->cursor != buffer->len)
		problem = "It is too long.";
	if (problem == NULL)
	{
		ntm_measures_sort(items, count);
		for (int i = 1; i < count && problem == NULL; i++)
			if (compare_items(&items[i - 1], &items[i]) == 0)
				problem = "A measure occurs twice.";
	}
	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", TYPE_NAME),
				 errdetail("%s", problem)));

	PG_RETURN_MEASURES_P(ntm_measures_build_sorted(items, count));
}

Datum
ntm_measures_send(PG_FUNCTION_ARGS)
{
	NtmMeasures *measures = PG_GETARG_MEASURES_P(0);
	NtmMeasure *items = palloc(measures->count * sizeof(NtmMeasure));
	StringInfoData buffer;

	ntm_measures_get_items(measures, items);
	pq_begintypsend(&buffer);
	pq_sendbyte(&buffer, WIRE_VERSION);
	pq_sendint16(&buffer, measures->count);
	for (int i = 0; i < measures->count; i++)
	{
		char	   *converted = pg_server_to_client(items[i].name, items[i].name_length);
		int			length = converted == items[i].name ? items[i].name_length : (int) strlen(converted);

		pq_sendint16(&buffer, length);
		pq_sendbytes(&buffer, converted, length);
		pq_sendint64(&buffer, items[i].value);
		if (converted != items[i].name)
			pfree(converted);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

/* comparison */

/*
 * A total order that does not depend on the machine: measure by measure, its
 * name first, then its value (not applicable, unknown, the numbers); who runs
 * out of measures is smaller.
 */
static int
compare(const NtmMeasures *a, const NtmMeasures *b)
{
	const uint8 *a_heads = NTM_MEASURES_HEADS(a);
	const uint8 *b_heads = NTM_MEASURES_HEADS(b);
	const uint8 *a_body = a_heads + a->count;
	const uint8 *b_body = b_heads + b->count;
	int			common = Min(a->count, b->count);

	for (int i = 0; i < common; i++)
	{
		int			order = ntm_name_compare(a_heads[i], a_body, b_heads[i], b_body);

		if (order != 0)
			return order < 0 ? -1 : 1;
		if (a->values[i] != b->values[i])
			return a->values[i] < b->values[i] ? -1 : 1;
		a_body += NTM_NAME_SIZE(a_heads[i]);
		b_body += NTM_NAME_SIZE(b_heads[i]);
	}
	return (a->count > b->count) - (a->count < b->count);
}

static int
compare_arguments(FunctionCallInfo fcinfo)
{
	NtmMeasures *a = PG_GETARG_MEASURES_P(0);
	NtmMeasures *b = PG_GETARG_MEASURES_P(1);
	int			result = compare(a, b);

	/* an index build would pile the copies up */
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return result;
}

/* values and names; of the header, only the count says anything more */
#define HASHED_DATA(m) ((const unsigned char *) (m)->values)
#define HASHED_SIZE(m) (VARSIZE(m) - offsetof(NtmMeasures, values))

/*
 * A finished value has one representation; its layout follows from the names.
 */
static bool
arguments_are_equal(FunctionCallInfo fcinfo)
{
	NtmMeasures *a = PG_GETARG_MEASURES_P(0);
	NtmMeasures *b = PG_GETARG_MEASURES_P(1);
	bool		result = a->count == b->count && VARSIZE(a) == VARSIZE(b) &&
		memcmp(HASHED_DATA(a), HASHED_DATA(b), HASHED_SIZE(a)) == 0;

	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return result;
}

NTM_ORDER_FUNCTIONS(measures, compare_arguments);
NTM_EQUALITY_FUNCTIONS(measures, arguments_are_equal);

Datum
ntm_measures_hash(PG_FUNCTION_ARGS)
{
	NtmMeasures *measures = PG_GETARG_MEASURES_P(0);
	uint32		hash = hash_bytes(HASHED_DATA(measures), HASHED_SIZE(measures));

	PG_FREE_IF_COPY(measures, 0);
	PG_RETURN_UINT32(hash);
}

Datum
ntm_measures_hash_extended(PG_FUNCTION_ARGS)
{
	NtmMeasures *measures = PG_GETARG_MEASURES_P(0);
	uint64		hash = hash_bytes_extended(HASHED_DATA(measures), HASHED_SIZE(measures),
										   PG_GETARG_INT64(1));

	PG_FREE_IF_COPY(measures, 0);
	PG_RETURN_UINT64(hash);
}

/* access */

Datum
ntm_measures_value(PG_FUNCTION_ARGS)
{
	NtmMeasures *measures = PG_GETARG_MEASURES_P(0);
	text	   *name = PG_GETARG_TEXT_PP(1);
	int			i = ntm_measures_find(measures, VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));

	if (i < 0 || !NTM_VALUE_IS_NUMBER(measures->values[i]))
		PG_RETURN_NULL();
	return ntm_decimal_to_numeric(measures->values[i]);
}

Datum
ntm_measures_has(PG_FUNCTION_ARGS)
{
	NtmMeasures *measures = PG_GETARG_MEASURES_P(0);
	text	   *name = PG_GETARG_TEXT_PP(1);

	PG_RETURN_BOOL(ntm_measures_find(measures, VARDATA_ANY(name),
									 VARSIZE_ANY_EXHDR(name)) >= 0);
}

/*
 * Every measure of both; where both have one, that of the right.
 */
Datum
ntm_measures_merge(PG_FUNCTION_ARGS)
{
	NtmMeasures *left = PG_GETARG_MEASURES_P(0);
	NtmMeasures *right = PG_GETARG_MEASURES_P(1);
	NtmMeasure *left_items;
	NtmMeasure *right_items;
	NtmMeasure *items;
	int			l = 0;
	int			r = 0;
	int			count = 0;

	if (left->count == 0 || ntm_measures_same_layout(left, right))
		PG_RETURN_MEASURES_P(right);
	if (right->count == 0)
		PG_RETURN_MEASURES_P(left);

	items = palloc(2 * (left->count + right->count) * sizeof(NtmMeasure));
	left_items = items + left->count + right->count;
	right_items = left_items + left->count;
	ntm_measures_get_items(left, left_items);
	ntm_measures_get_items(right, right_items);
	while (l < left->count && r < right->count)
	{
		int			order = compare_items(&left_items[l], &right_items[r]);

		items[count++] = order < 0 ? left_items[l] : right_items[r];
		l += (order <= 0);
		r += (order >= 0);
	}
	while (l < left->count)
		items[count++] = left_items[l++];
	while (r < right->count)
		items[count++] = right_items[r++];
	PG_RETURN_MEASURES_P(ntm_measures_build_sorted(items, count));
}

Datum
ntm_measures_remove(PG_FUNCTION_ARGS)
{
	NtmMeasures *measures = PG_GETARG_MEASURES_P(0);
	text	   *name = PG_GETARG_TEXT_PP(1);
	int			found = ntm_measures_find(measures, VARDATA_ANY(name),
										  VARSIZE_ANY_EXHDR(name));
	NtmMeasure *items;

	if (found < 0)
		PG_RETURN_MEASURES_P(measures);

	items = palloc(measures->count * sizeof(NtmMeasure));
	ntm_measures_get_items(measures, items);
	memmove(&items[found], &items[found + 1],
			(measures->count - found - 1) * sizeof(NtmMeasure));
	PG_RETURN_MEASURES_P(ntm_measures_build_sorted(items, measures->count - 1));
}

Datum
ntm_each(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;
	NtmMeasure *items;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old_context;
		NtmMeasures *measures;
		TupleDesc	descriptor;

		context = SRF_FIRSTCALL_INIT();
		old_context = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "return type must be a row type");
		context->tuple_desc = BlessTupleDesc(descriptor);

		/* the argument need not live as long as the calls go on */
		measures = (NtmMeasures *) PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(0));
		measures = ntm_measures_from_datum(PointerGetDatum(measures));
		items = palloc(measures->count * sizeof(NtmMeasure));
		ntm_measures_get_items(measures, items);
		context->user_fctx = items;
		context->max_calls = measures->count;
		MemoryContextSwitchTo(old_context);
	}

	context = SRF_PERCALL_SETUP();
	if (context->call_cntr < context->max_calls)
	{
		NtmMeasure *item = (NtmMeasure *) context->user_fctx + context->call_cntr;
		Datum		values[3] = {0};
		bool		nulls[3] = {0};
		HeapTuple	tuple;

		values[0] = PointerGetDatum(cstring_to_text_with_len(item->name, item->name_length));
		if (NTM_VALUE_IS_NUMBER(item->value))
			values[1] = ntm_decimal_to_numeric(item->value);
		else
			nulls[1] = true;
		values[2] = BoolGetDatum(item->value != NTM_VALUE_NOT_APPLICABLE);
		tuple = heap_form_tuple(context->tuple_desc, values, nulls);
		SRF_RETURN_NEXT(context, HeapTupleGetDatum(tuple));
	}
	SRF_RETURN_DONE(context);
}
