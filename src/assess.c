/*-------------------------------------------------------------------------
 *
 * assess.c
 *	  Assess a unit's measures by a ruleset: what a call site keeps.
 *
 * A call site keeps the rulesets it saw last, detoasted; for each of them, a
 * circuit for each combination of classes, and for each layout of dossiers,
 * where in it the ruleset's measures are.  All are found again by comparing
 * bytes or digests, so that nothing ever needs to be invalidated.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/detoast.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "assess.h"
#include "condition.h"

PG_FUNCTION_INFO_V1(ntm_assess);

/* lest memory grow with the rows: rulesets kept, and what may be kept for one */
#define MAX_LAWS		8
#define MAX_LAW_MEMORY	(8 * 1024 * 1024)

#define MAX_PREFETCH	2048	/* bytes of a dossier */
#define RECENT_SELECTIONS 16

/* the rules that hold for one array of classes */
typedef struct Selection
{
	struct Selection *next;		/* with the same hash */
	int			size;			/* of the array as it came, perhaps toasted */
	const char *classes;
	int32	   *rules;
	NtmCircuit *circuit;
} Selection;

typedef struct SelectionEntry
{
	uint64		hash;			/* key */
	Selection  *selections;
} SelectionEntry;

/* where the ruleset's measures are in dossiers of one layout */
typedef struct Layout
{
	uint8		digest[NTM_DIGEST_SIZE];	/* key */
	bool		in_order;		/* each has its own number for a position */
	int32	   *positions;		/* of every measure, or -1 */
} Layout;

/* a ruleset, and all that is kept for it */
typedef struct Law
{
	struct Law *next;
	MemoryContext context;
	char	   *key;			/* bytes by which the ruleset's datum is known */
	Size		key_size;
	const NtmRuleset *ruleset;
	const NtmProgram *program;
	NtmStoredName *names;		/* of the program's measures, as dossiers store them */
	int64	   *values;			/* of the program's measures */
	HTAB	   *selections;
	HTAB	   *layouts;
	const Selection *recent[RECENT_SELECTIONS];
	const Layout *last_layout;
	bool		full;			/* to be started over */
} Law;

typedef struct CallSite
{
	NtmAssessor assessor;		/* must be first */
	MemoryContext context;
	Law		   *laws;			/* last used first */
	/* of the last dossier */
	intptr_t	last_dossier;	/* where it was */
	int32		raw_size;
	int			measure_count;
} CallSite;

/*
 * An argument as it came, unless it is a pointer into memory, such as an array
 * variable of PL/pgSQL: those bytes stay the same when the content changes.
 */
static struct varlena *
stable_argument(Datum datum)
{
	struct varlena *argument = (struct varlena *) DatumGetPointer(datum);

	if (VARATT_IS_EXTERNAL(argument) && !VARATT_IS_EXTERNAL_ONDISK(argument))
		return PG_DETOAST_DATUM(datum);
	return argument;
}

/*
 * The bytes that identify a ruleset's datum without reading all of it: a
 * toast pointer or a compressed value as it stands, a plain one by its head,
 * which has the document's fingerprint.
 */
static Size
identifying_size(const struct varlena *datum)
{
	Size		size = VARSIZE_ANY(datum);

	if (VARATT_IS_4B_U(datum))
		return Min(size, offsetof(NtmRuleset, document));
	return size;
}

static HTAB *
create_table(Size key_size, Size entry_size)
{
	HASHCTL		control = {.keysize = key_size, .entrysize = entry_size, .hcxt = CurrentMemoryContext};

	return hash_create("ntm assess", 32, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

static Law *
add_law(CallSite *site, struct varlena *datum)
{
	MemoryContext context = AllocSetContextCreate(site->context, "ntm assess", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	Law		   *law = palloc0(sizeof(Law));
	const NtmProgram *program;

	law->context = context;
	law->ruleset = ntm_ruleset_current((NtmRuleset *) PG_DETOAST_DATUM_COPY(PointerGetDatum(datum)));
	law->program = program = NTM_RULESET_PROGRAM(law->ruleset);
	law->key_size = identifying_size(datum);
	law->key = memcpy(palloc(law->key_size), datum, law->key_size);
	law->names = palloc(sizeof(NtmStoredName) * Max(program->measure_count, 1));
	for (int i = 0; i < program->measure_count; i++)
	{
		const char *name = ntm_program_string(program, NTM_PROGRAM_MEASURES(program)[i].name);

		ntm_name_store(name, strlen(name), &law->names[i]);
	}
	law->values = palloc(sizeof(int64) * Max(program->measure_count, 1));
	law->selections = create_table(sizeof(uint64), sizeof(SelectionEntry));
	law->layouts = create_table(NTM_DIGEST_SIZE, sizeof(Layout));
	MemoryContextSwitchTo(old);

	law->next = site->laws;
	site->laws = law;
	return law;
}

/* The law of this ruleset, moved to the front. */
static Law *
get_law(CallSite *site, struct varlena *datum)
{
	Size		size = identifying_size(datum);
	int			count = 0;
	Law		   *law;

	for (Law **link = &site->laws; (law = *link) != NULL; link = &law->next)
	{
		bool		found = law->key_size == size && memcmp(law->key, datum, size) == 0 && !law->full;

		if (found && link == &site->laws)
			return law;
		if (!found && !law->full && ++count < MAX_LAWS)
			continue;
		*link = law->next;
		if (!found)
		{
			MemoryContextDelete(law->context);
			break;
		}
		law->next = site->laws;
		site->laws = law;
		return law;
	}
	return add_law(site, datum);
}

static void
note_size(Law *law)
{
	law->full = MemoryContextMemAllocated(law->context, true) > MAX_LAW_MEMORY;
}

/* For every node, the rule of the first class that has a variant, else the standard rule. */
static int32 *
choose_rules(const NtmProgram *program, Datum array)
{
	ArrayType  *classes = DatumGetArrayTypeP(array);
	const NtmProgramNode *nodes = NTM_PROGRAM_NODES(program);
	const NtmProgramRule *rules = NTM_PROGRAM_RULES(program);
	int32	   *chosen = palloc(sizeof(int32) * (program->node_count + 1));
	Datum	   *codes;
	bool	   *nulls;
	int			count;

	if (ARR_NDIM(classes) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("classes must be a one-dimensional array")));
	deconstruct_array(classes, TEXTOID, -1, false, TYPALIGN_INT, &codes, &nulls, &count);

	for (int i = 0; i <= program->node_count; i++)
		chosen[i] = nodes[i].first_rule;

	/* from the last class to the first, so that the first one wins */
	for (int c = count - 1; c >= 0; c--)
	{
		char	   *code;
		int			number = -1;

		if (nulls[c])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("classes must not contain nulls")));
		code = TextDatumGetCString(codes[c]);
		for (int i = 0; i < program->class_count; i++)
			if (strcmp(ntm_program_string(program, NTM_PROGRAM_CLASSES(program)[i].code), code) == 0)
				number = i;
		if (number < 0)
			continue;			/* this ruleset makes no difference for it */
		for (int i = 0; i < program->node_count; i++)
			for (int r = nodes[i].first_rule + 1; r < nodes[i].first_rule + nodes[i].rule_count; r++)
				if (rules[r].class_number == number && rules[r].step_count > 0)
					chosen[i] = r;
	}
	return chosen;
}

/*
 * Where a selection is looked for before it is looked up, by the last bytes of
 * the array: there most combinations of classes differ.
 */
static inline int
recent_place(const char *classes, int size)
{
	uint64		bytes;

	if (size < (int) sizeof(bytes))
		return 0;
	memcpy(&bytes, classes + size - sizeof(bytes), sizeof(bytes));
	return (bytes * UINT64CONST(0x9E3779B97F4A7C15)) >> 60;
}

static bool
has_classes(const Selection *selection, const char *classes, int size)
{
	return selection->size == size && memcmp(selection->classes, classes, size) == 0;
}

static const Selection *
get_selection(Law *law, struct varlena *array)
{
	const char *classes = (const char *) array;
	int			size = VARSIZE_ANY(array);
	const Selection **recent = &law->recent[recent_place(classes, size)];
	uint64		hash;
	SelectionEntry *entry;
	Selection  *selection;
	bool		found;

	if (*recent != NULL && has_classes(*recent, classes, size))
		return *recent;

	hash = hash_bytes_extended((const unsigned char *) classes, size, 0);
	entry = hash_search(law->selections, &hash, HASH_FIND, NULL);
	selection = entry ? entry->selections : NULL;
	while (selection != NULL && !has_classes(selection, classes, size))
		selection = selection->next;
	if (selection == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(law->context);

		selection = palloc(sizeof(Selection));
		selection->rules = choose_rules(law->program, PointerGetDatum(array));
		selection->circuit = ntm_circuit_build(law->program, selection->rules);
		selection->size = size;
		selection->classes = memcpy(palloc(size), classes, size);
		entry = hash_search(law->selections, &hash, HASH_ENTER, &found);
		selection->next = found ? entry->selections : NULL;
		entry->selections = selection;
		MemoryContextSwitchTo(old);
		note_size(law);
	}
	*recent = selection;
	return selection;
}

/*
 * The layout of these measures, whose names are only looked at if it is new;
 * NULL if it is and they are not there.
 */
static const Layout *
get_layout(Law *law, const NtmMeasures *measures, bool with_names)
{
	int			measure_count = law->program->measure_count;
	Layout	   *layout;

	if (law->last_layout != NULL &&
		memcmp(law->last_layout->digest, measures->layout, NTM_DIGEST_SIZE) == 0)
		return law->last_layout;

	layout = hash_search(law->layouts, measures->layout, HASH_FIND, NULL);
	if (layout == NULL)
	{
		MemoryContext old;
		int32	   *positions;
		bool		found;

		if (!with_names)
			return NULL;
		old = MemoryContextSwitchTo(law->context);
		positions = palloc(sizeof(int32) * Max(measure_count, 1));
		ntm_layout_match(NTM_MEASURES_HEADS(measures), measures->count, law->names, measure_count, positions);
		layout = hash_search(law->layouts, measures->layout, HASH_ENTER, &found);
		layout->positions = positions;
		layout->in_order = true;
		for (int i = 0; i < measure_count; i++)
			layout->in_order = layout->in_order && positions[i] == i;
		MemoryContextSwitchTo(old);
		note_size(law);
	}
	law->last_layout = layout;
	return layout;
}

/*
 * The head and the values of a dossier stored out of line, if it is as long as
 * the last one, which had so many measures; the names are left where they are.
 */
static NtmMeasures *
fetch_values(const CallSite *site, struct varlena *datum)
{
	struct varatt_external pointer;
	NtmMeasures *measures;

	if (!VARATT_IS_EXTERNAL_ONDISK(datum))
		return NULL;
	VARATT_EXTERNAL_GET_POINTER(pointer, datum);
	if (pointer.va_rawsize != site->raw_size ||
		VARATT_EXTERNAL_GET_EXTSIZE(pointer) + VARHDRSZ != (uint32) pointer.va_rawsize)
		return NULL;			/* of another size, or compressed */

	measures = (NtmMeasures *) PG_DETOAST_DATUM_SLICE(PointerGetDatum(datum), 0,
													  NTM_MEASURES_VALUES_SIZE(site->measure_count) - VARHDRSZ);
	if (measures->version != NTM_MEASURES_VERSION || measures->reserved != 0 ||
		measures->count != site->measure_count)
		return NULL;
	return measures;
}

/* The values of the program's measures in a dossier. */
static const int64 *
get_values(CallSite *site, Law *law, Datum datum)
{
	struct varlena *argument = (struct varlena *) DatumGetPointer(datum);
	NtmMeasures *measures = NULL;
	const Layout *layout = NULL;

	if (VARATT_IS_EXTERNAL(argument))
	{
		measures = fetch_values(site, argument);
		if (measures != NULL)
			layout = get_layout(law, measures, false);
	}
	if (layout == NULL)
	{
		measures = DatumGetMeasuresP(datum);
		layout = get_layout(law, measures, true);
		site->raw_size = VARSIZE(measures);
		site->measure_count = measures->count;
	}

	if (layout->in_order)
		return measures->values;
	for (int i = 0; i < law->program->measure_count; i++)
		law->values[i] = layout->positions[i] >= 0 ? measures->values[layout->positions[i]] : NTM_VALUE_UNKNOWN;
	return law->values;
}

/*
 * Most of what a row takes is waiting for memory.  The rows of a page lie one
 * behind the other, so the next dossier is probably as far from this one as
 * this one is from the last; ask for it now.  Nothing is read here, so it does
 * not matter if there is something else, or nothing, at that place.
 */
static inline void
prefetch_next(CallSite *site, const char *dossier, const char *classes)
{
	intptr_t	stride = (intptr_t) dossier - site->last_dossier;
	Size		size = Min(NTM_MEASURES_VALUES_SIZE(site->measure_count), MAX_PREFETCH);

	site->last_dossier = (intptr_t) dossier;
	ntm_prefetch((const char *) ((intptr_t) classes + stride));
	/* the head of the row stands before the dossier */
	for (intptr_t line = -64; line < (intptr_t) size; line += 64)
		ntm_prefetch((const char *) ((intptr_t) dossier + stride + line));
}

const NtmAssessor *
ntm_assess_arguments(FunctionCallInfo fcinfo, int classes_argument)
{
	CallSite   *site = fcinfo->flinfo->fn_extra;
	NtmAssessor *assessor;
	struct varlena *classes = (struct varlena *) PG_GETARG_POINTER(classes_argument);
	Law		   *law;
	const Selection *selection;

	if (site == NULL)
	{
		site = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(CallSite));
		site->context = fcinfo->flinfo->fn_mcxt;
		fcinfo->flinfo->fn_extra = site;
	}
	prefetch_next(site, PG_GETARG_POINTER(0), (const char *) classes);
	law = get_law(site, stable_argument(PG_GETARG_DATUM(1)));
	/* in a long row they may stand out of line, in each row somewhere else */
	if (VARATT_IS_EXTERNAL(classes))
		classes = PG_DETOAST_DATUM(PointerGetDatum(classes));
	selection = get_selection(law, classes);

	assessor = &site->assessor;
	assessor->ruleset = law->ruleset;
	assessor->program = law->program;
	assessor->rules = selection->rules;
	assessor->circuit = selection->circuit;
	assessor->values = get_values(site, law, PG_GETARG_DATUM(0));
	ntm_circuit_run(assessor->circuit, assessor->values);
	return assessor;
}

int64 *
ntm_assessor_values(const NtmAssessor *assessor)
{
	Size		size = sizeof(int64) * assessor->program->measure_count;

	return memcpy(palloc(Max(size, 1)), assessor->values, size);
}

NtmVerdict *
ntm_assessor_trace(const NtmAssessor *assessor, const NtmProgramRule *rule)
{
	NtmVerdict *trace = palloc(sizeof(NtmVerdict) * rule->step_count);

	for (int i = 0; i < rule->step_count; i++)
		trace[i] = ntm_circuit_verdict(assessor->circuit, assessor->circuit->step_slots[rule->first_step + i]);
	return trace;
}

/*
 * assess(measures, ruleset, classes): the verdict of every node and of the
 * whole.  A class that the ruleset does not mention makes no difference.
 */
Datum
ntm_assess(PG_FUNCTION_ARGS)
{
	const NtmAssessor *assessor = ntm_assess_arguments(fcinfo, 2);
	const NtmProgram *program = assessor->program;
	NtmCircuit *circuit = assessor->circuit;
	NtmVerdict	overall = ntm_circuit_verdict(circuit, program->node_count);
	int64		earned = -1;
	int64		possible = -1;

	(void) ntm_circuit_points(circuit, &earned, &possible);
	/* the last thing to be read of the circuit, so this may spoil it */
	for (int word = 0; word < circuit->word_count; word++)
		circuit->unknown[word] |= circuit->not_applicable[word];
	PG_RETURN_POINTER(ntm_scorecard_make(overall, program->node_count, circuit->met, circuit->unknown,
										 assessor->ruleset->fingerprint,
										 (const char *) program + program->tail, program->tail_size,
										 earned, possible));
}
