/*-------------------------------------------------------------------------
 *
 * measures_agg.c
 *	  Aggregates that build or add up ntm.measures.
 *
 * measures_agg() must add a measure in constant time, or five million rows
 * take minutes.  Its state is a draft: a plain datum of the same type with
 * room to spare, to which measures are appended as they come, in place;
 * sorting and dropping what occurs twice wait until the draft is read.
 * An expanded object would do the same, but needs a memory context for each
 * group, and HashAggregate walks through all of them whenever a group is
 * added.
 *
 * Drafts stay inside aggregates.  Should one get out, through an aggregate of
 * the user's own, ntm_measures_from_datum() finishes it whenever it is read;
 * so that it can also be stored, room to spare holds zeros, never what the
 * memory held before.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "measures.h"

#include "common/int.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "names.h"

/* a draft starts with one chunk of this size and doubles */
#define DRAFT_START_SIZE	256
#define DRAFT_MAX_ENTRIES	(2 * NTM_MAX_MEASURES)	/* then it is unified */

PG_FUNCTION_INFO_V1(ntm_measures_agg_add);
PG_FUNCTION_INFO_V1(ntm_measures_agg_combine);
PG_FUNCTION_INFO_V1(ntm_measures_agg_final);
PG_FUNCTION_INFO_V1(ntm_measures_sum_add);

typedef struct Draft
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;		/* NTM_MEASURES_VERSION */
	uint8		reserved;		/* NTM_MEASURES_DRAFT */
	uint16		count;			/* entries; a name may occur several times */
	uint64		used;			/* bytes of entries */
	uint64		unused;			/* zero; the head is as long as that of a value */
	/* each a value, the length of the name, and the name; not aligned */
	char		entries[FLEXIBLE_ARRAY_MEMBER];
} Draft;

StaticAssertDecl(offsetof(Draft, entries) == offsetof(NtmMeasures, values),
				 "a draft must have the header of ntm.measures");

#define ENTRY_SIZE(name_length) (sizeof(int64) + sizeof(uint8) + (name_length))
#define DRAFT_FREE(draft) (VARSIZE(draft) - offsetof(Draft, entries) - (draft)->used)

static const char *
value_text(int64 value)
{
	char	   *text;

	if (value == NTM_VALUE_UNKNOWN)
		return "null";
	if (value == NTM_VALUE_NOT_APPLICABLE)
		return "\"n/a\"";
	text = palloc(NTM_DECIMAL_TEXT_SIZE);
	(void) ntm_decimal_write(value, text);
	return text;
}

/*
 * Sort, and drop what occurs twice; returns how many are left.
 */
static int
sort_and_unify(NtmMeasure *items, int count)
{
	int			kept = 0;

	ntm_measures_sort(items, count);
	for (int i = 0; i < count; i++)
	{
		const NtmMeasure *item = &items[i];
		const NtmMeasure *last = kept > 0 ? &items[kept - 1] : NULL;

		if (last == NULL ||
			ntm_compare_bytes(last->name, last->name_length,
							  item->name, item->name_length) != 0)
			items[kept++] = *item;
		else if (last->value != item->value)
			ereport(ERROR,
					(errcode(ERRCODE_CARDINALITY_VIOLATION),
					 errmsg("measure \"%.*s\" occurs twice with different values",
							last->name_length, last->name),
					 errdetail("The values are %s and %s.",
							   value_text(Min(last->value, item->value)),
							   value_text(Max(last->value, item->value))),
					 errhint("Merge reports with ntm.merge_agg(measures ORDER BY ...), the last one wins.")));
	}
	return kept;
}

/* drafts */

static void
append(Draft *draft, const char *name, int length, int64 value)
{
	char	   *entry = draft->entries + draft->used;

	Assert(DRAFT_FREE(draft) >= ENTRY_SIZE(length) && draft->count < DRAFT_MAX_ENTRIES);

	memcpy(entry, &value, sizeof(int64));
	entry[sizeof(int64)] = (char) length;
	memcpy(entry + sizeof(int64) + sizeof(uint8), name, length);
	draft->used += ENTRY_SIZE(length);
	draft->count++;
}

static Draft *
create_draft(Size size, const NtmMeasure *items, int count)
{
	Draft	   *draft = palloc0(size);

	SET_VARSIZE(draft, size);
	draft->version = NTM_MEASURES_VERSION;
	draft->reserved = NTM_MEASURES_DRAFT;
	for (int i = 0; i < count; i++)
		append(draft, items[i].name, items[i].name_length, items[i].value);
	return draft;
}

/*
 * The measures of a draft, sorted, each once; the names point into it.
 */
static NtmMeasure *
draft_items(const Draft *draft, int *count)
{
	NtmMeasure *items = palloc(draft->count * sizeof(NtmMeasure));
	const char *entry = draft->entries;

	for (int i = 0; i < draft->count; i++)
	{
		memcpy(&items[i].value, entry, sizeof(int64));
		items[i].name_length = (uint8) entry[sizeof(int64)];
		items[i].name = entry + sizeof(int64) + sizeof(uint8);
		entry += ENTRY_SIZE(items[i].name_length);
	}
	Assert(entry == draft->entries + draft->used);
	*count = sort_and_unify(items, draft->count);
	return items;
}

NtmMeasures *
ntm_measures_from_draft(const NtmMeasures *measures)
{
	int			count;
	NtmMeasure *items = draft_items((const Draft *) measures, &count);
	NtmMeasures *result = ntm_measures_build_sorted(items, count);

	pfree(items);
	return result;
}

/* A draft twice as long, with the same entries. */
static Draft *
doubled_draft(const Draft *draft)
{
	Size		size = 2 * (Size) VARSIZE(draft);
	Size		filled = offsetof(Draft, entries) + draft->used;
	Draft	   *result = palloc(size);

	memcpy(result, draft, filled);
	memset((char *) result + filled, 0, size - filled);
	SET_VARSIZE(result, size);
	return result;
}

/*
 * A draft of these measures with room for half as many bytes again, at least
 * for one more entry.
 */
static Draft *
enlarged_draft(const NtmMeasure *items, int count)
{
	Size		used = 0;
	Size		needed;
	Size		size = DRAFT_START_SIZE;

	if (count > NTM_MAX_MEASURES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("type ntm.measures cannot hold more than %d measures",
						NTM_MAX_MEASURES)));
	for (int i = 0; i < count; i++)
		used += ENTRY_SIZE(items[i].name_length);
	needed = offsetof(Draft, entries) + used + used / 2 + ENTRY_SIZE(NTM_MAX_NAME_LENGTH);
	while (size < needed)
		size *= 2;
	return create_draft(size, items, count);
}

/*
 * measures_agg_add(state, name, value): one more measure.
 *
 * A state that belongs to an aggregate is changed in place; for any other
 * caller this is a function like all others.
 */
Datum
ntm_measures_agg_add(PG_FUNCTION_ARGS)
{
	text	   *name;
	int			length;
	int64		value = NTM_VALUE_UNKNOWN;
	const char *problem;
	NtmMeasure *items;
	int			count = 0;
	Draft	   *draft;

	if (PG_ARGISNULL(1))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the name of a measure must not be null")));
	name = PG_GETARG_TEXT_PP(1);
	length = VARSIZE_ANY_EXHDR(name);
	problem = ntm_measures_name_problem(VARDATA_ANY(name), length);
	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid name of a measure"),
				 errdetail("%s", problem)));
	if (!PG_ARGISNULL(2) &&
		ntm_numeric_read(PG_GETARG_DATUM(2), &value) != NTM_DECIMAL_OK)
		(void) ntm_numeric_to_decimal(PG_GETARG_DATUM(2),
									  psprintf("measure \"%.*s\"", length, VARDATA_ANY(name)));

	if (AggCheckCallContext(fcinfo, NULL))
	{
		if (PG_ARGISNULL(0))
			draft = create_draft(DRAFT_START_SIZE, NULL, 0);
		else
		{
			draft = (Draft *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
			if (draft->reserved == NTM_MEASURES_DRAFT &&
				PointerGetDatum(draft) == PG_GETARG_DATUM(0))
			{
				if (draft->count == DRAFT_MAX_ENTRIES)
				{
					items = draft_items(draft, &count);
					draft = enlarged_draft(items, count);
				}
				else if (DRAFT_FREE(draft) < ENTRY_SIZE(length))
					draft = doubled_draft(draft);
			}
			else
			{
				NtmMeasures *state = PG_GETARG_MEASURES_P(0);

				items = palloc(state->count * sizeof(NtmMeasure));
				ntm_measures_get_items(state, items);
				draft = enlarged_draft(items, state->count);
			}
		}
		append(draft, VARDATA_ANY(name), length, value);
		PG_RETURN_POINTER(draft);
	}

	if (PG_ARGISNULL(0))
		items = palloc(sizeof(NtmMeasure));
	else
	{
		NtmMeasures *state = PG_GETARG_MEASURES_P(0);

		count = state->count;
		items = palloc((count + 1) * sizeof(NtmMeasure));
		ntm_measures_get_items(state, items);
	}
	items[count].name = VARDATA_ANY(name);
	items[count].name_length = length;
	items[count].value = value;
	count = sort_and_unify(items, count + 1);
	PG_RETURN_MEASURES_P(ntm_measures_build_sorted(items, count));
}

Datum
ntm_measures_agg_combine(PG_FUNCTION_ARGS)
{
	NtmMeasures *left = PG_GETARG_MEASURES_P(0);
	NtmMeasures *right = PG_GETARG_MEASURES_P(1);
	int			count = left->count + right->count;
	NtmMeasure *items = palloc(count * sizeof(NtmMeasure));

	ntm_measures_get_items(left, items);
	ntm_measures_get_items(right, items + left->count);
	count = sort_and_unify(items, count);
	PG_RETURN_MEASURES_P(ntm_measures_build_sorted(items, count));
}

/*
 * The draft finished last at a call site.  The measures of the next one have
 * probably come in the same order under the same names; then they need not be
 * sorted, and the names are taken over as they are.
 */
typedef struct LastDraft
{
	MemoryContext context;
	Draft	   *draft;
	int32	   *places;			/* by entry, its place in the result */
	NtmMeasures *result;
	uint32		misses;			/* drafts since then that were different */
} LastDraft;

static void
remember_draft(LastDraft *last, const Draft *draft, const NtmMeasures *result)
{
	MemoryContext old;
	const char *entry;

	/* where all are different, this is seldom worth its time */
	last->misses++;
	if ((last->misses & (last->misses - 1)) != 0)
		return;

	MemoryContextReset(last->context);
	last->draft = NULL;
	if (draft->count != result->count)
		return;					/* something occurs twice */

	old = MemoryContextSwitchTo(last->context);
	last->result = memcpy(palloc(VARSIZE(result)), result, VARSIZE(result));
	last->places = palloc(sizeof(int32) * Max(draft->count, 1));
	last->draft = memcpy(palloc(VARSIZE(draft)), draft, offsetof(Draft, entries) + draft->used);
	MemoryContextSwitchTo(old);
	entry = draft->entries;
	for (int i = 0; i < draft->count; i++)
	{
		int			length = (uint8) entry[sizeof(int64)];

		last->places[i] = ntm_measures_find(result, entry + sizeof(int64) + sizeof(uint8), length);
		entry += ENTRY_SIZE(length);
	}
}

/* The draft finished as the last one was, or NULL if it has other names. */
static NtmMeasures *
finish_likewise(const LastDraft *last, const Draft *draft)
{
	const char *entry = draft->entries;
	const char *other;
	NtmMeasures *result;

	if (last->draft == NULL || last->draft->count != draft->count || last->draft->used != draft->used)
		return NULL;

	other = last->draft->entries;
	result = palloc(VARSIZE(last->result));
	for (int i = 0; i < draft->count; i++)
	{
		int			length = (uint8) entry[sizeof(int64)];

		/* the length of the name, then the name */
		if (memcmp(entry + sizeof(int64), other + sizeof(int64), sizeof(uint8) + length) != 0)
		{
			pfree(result);
			return NULL;
		}
		memcpy(&result->values[last->places[i]], entry, sizeof(int64));
		entry += ENTRY_SIZE(length);
		other += ENTRY_SIZE(length);
	}
	memcpy(result, last->result, offsetof(NtmMeasures, values));
	memcpy(&result->values[result->count], &last->result->values[result->count],
		   VARSIZE(result) - NTM_MEASURES_VALUES_SIZE(result->count));
	return result;
}

/* measures_agg_final(state): the finished value. */
Datum
ntm_measures_agg_final(PG_FUNCTION_ARGS)
{
	NtmMeasures *state = (NtmMeasures *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	LastDraft  *last = fcinfo->flinfo ? fcinfo->flinfo->fn_extra : NULL;
	NtmMeasures *result;

	if (state->version != NTM_MEASURES_VERSION || state->reserved != NTM_MEASURES_DRAFT ||
		fcinfo->flinfo == NULL)
		PG_RETURN_MEASURES_P(ntm_measures_from_datum(PointerGetDatum(state)));

	if (last == NULL)
	{
		last = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(LastDraft));
		last->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "ntm measures_agg",
											  ALLOCSET_SMALL_SIZES);
		fcinfo->flinfo->fn_extra = last;
	}
	result = finish_likewise(last, (Draft *) state);
	if (result != NULL)
		last->misses = 0;
	else
	{
		result = ntm_measures_from_draft(state);
		remember_draft(last, (Draft *) state, result);
	}
	PG_RETURN_MEASURES_P(result);
}

/* sum */

/*
 * What does not apply adds nothing; what is missing makes the sum unknown.
 * False if the sum is out of range.
 */
static bool
add_values(int64 left, int64 right, int64 *sum)
{
	if (left == NTM_VALUE_UNKNOWN || right == NTM_VALUE_UNKNOWN)
		*sum = NTM_VALUE_UNKNOWN;
	else if (left == NTM_VALUE_NOT_APPLICABLE)
		*sum = right;
	else if (right == NTM_VALUE_NOT_APPLICABLE)
		*sum = left;
	else
		return !pg_add_s64_overflow(left, right, sum) &&
			*sum < NTM_DECIMAL_LIMIT && *sum > -NTM_DECIMAL_LIMIT;
	return true;
}

static void
sum_out_of_range(const NtmMeasure *item)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("the sum of measure \"%.*s\" is out of range for type ntm.measures",
					item->name_length, item->name),
			 errdetail("Its magnitude must be below " INT64_FORMAT ".",
					   NTM_DECIMAL_LIMIT / NTM_DECIMAL_UNIT)));
}

/*
 * measures_sum_add(state, measures): transition and combine function alike.
 */
Datum
ntm_measures_sum_add(PG_FUNCTION_ARGS)
{
	NtmMeasures *left = PG_GETARG_MEASURES_P(0);
	NtmMeasures *right = PG_GETARG_MEASURES_P(1);
	NtmMeasure *left_items;
	NtmMeasure *right_items;
	NtmMeasure *items;
	int			l = 0;
	int			r = 0;
	int			count = 0;

	if (ntm_measures_same_layout(left, right))
	{
		/* the state of an aggregate may be changed in place */
		if (PointerGetDatum(left) == PG_GETARG_DATUM(0) &&
			!AggCheckCallContext(fcinfo, NULL))
		{
			NtmMeasures *copy = palloc(VARSIZE(left));

			memcpy(copy, left, VARSIZE(left));
			left = copy;
		}
		for (int i = 0; i < left->count; i++)
			if (!add_values(left->values[i], right->values[i], &left->values[i]))
			{
				items = palloc(left->count * sizeof(NtmMeasure));
				ntm_measures_get_items(left, items);
				sum_out_of_range(&items[i]);
			}
		PG_RETURN_MEASURES_P(left);
	}

	items = palloc(2 * (left->count + right->count) * sizeof(NtmMeasure));
	left_items = items + left->count + right->count;
	right_items = left_items + left->count;
	ntm_measures_get_items(left, left_items);
	ntm_measures_get_items(right, right_items);
	while (l < left->count || r < right->count)
	{
		NtmMeasure *item = &items[count++];
		int			order;

		if (l == left->count)
			order = 1;
		else if (r == right->count)
			order = -1;
		else
			order = ntm_compare_bytes(left_items[l].name, left_items[l].name_length,
									  right_items[r].name, right_items[r].name_length);

		*item = order <= 0 ? left_items[l] : right_items[r];
		if (order != 0)
			item->value = NTM_VALUE_UNKNOWN;
		else if (!add_values(left_items[l].value, right_items[r].value, &item->value))
			sum_out_of_range(item);
		l += (order <= 0);
		r += (order >= 0);
	}
	PG_RETURN_MEASURES_P(ntm_measures_build_sorted(items, count));
}
