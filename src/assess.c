/*-------------------------------------------------------------------------
 *
 * assess.c
 *	  Assess a unit's measures by a ruleset: what a call site keeps.
 *
 * A call site keeps the ruleset it saw last, detoasted; for it, the rules
 * chosen for each combination of classes; and for each of those, a circuit for
 * each layout of dossiers.  All are found again by comparing bytes, so that
 * nothing ever needs to be invalidated.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "assess.h"
#include "condition.h"

PG_FUNCTION_INFO_V1(ntm_assess);

/*
 * Selections and circuits kept before starting over, lest memory grow with the
 * rows; a large circuit counts for several.
 */
#define MAX_KEPT 256
#define CIRCUIT_WEIGHT(circuit) (1 + (circuit)->slot_count / 1024)

/* the rules laid out for one layout of measures */
typedef struct Layout
{
	struct Layout *next;
	NtmMeasures *sample;		/* any value of that layout */
	int32	   *positions;
	NtmCircuit *circuit;
} Layout;

/* the rules that hold for one array of classes */
typedef struct Selection
{
	struct Selection *next;
	Size		size;			/* of the array as it came, perhaps toasted */
	char	   *classes;
	int32	   *rules;
	Layout	   *layouts;		/* last used first */
} Selection;

typedef struct CallSite
{
	NtmAssessor assessor;		/* must be first */
	MemoryContext context;		/* of all that belongs to the ruleset */
	char	   *key;			/* bytes by which the ruleset's datum is known */
	Size		key_size;
	Selection  *selections;		/* last used first */
	int			kept;			/* selections and circuits, by weight */
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

static void
set_ruleset(CallSite *site, struct varlena *datum)
{
	MemoryContext old;

	MemoryContextReset(site->context);
	memset(&site->assessor, 0, sizeof(NtmAssessor));
	site->key = NULL;
	site->selections = NULL;
	site->kept = 0;

	old = MemoryContextSwitchTo(site->context);
	site->assessor.ruleset = ntm_ruleset_current((NtmRuleset *) PG_DETOAST_DATUM_COPY(PointerGetDatum(datum)));
	site->assessor.program = NTM_RULESET_PROGRAM(site->assessor.ruleset);
	site->key_size = identifying_size(datum);
	site->key = memcpy(palloc(site->key_size), datum, site->key_size);
	MemoryContextSwitchTo(old);
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

/* The selection for these classes, moved to the front. */
static Selection *
get_selection(CallSite *site, struct varlena *classes)
{
	Size		size = VARSIZE_ANY(classes);
	MemoryContext old;
	Selection  *selection;

	for (Selection **link = &site->selections; (selection = *link) != NULL; link = &selection->next)
	{
		if (selection->size != size || memcmp(selection->classes, classes, size) != 0)
			continue;
		*link = selection->next;
		selection->next = site->selections;
		site->selections = selection;
		return selection;
	}

	old = MemoryContextSwitchTo(site->context);
	selection = palloc0(sizeof(Selection));
	selection->rules = choose_rules(site->assessor.program, PointerGetDatum(classes));
	selection->size = size;
	selection->classes = memcpy(palloc(size), classes, size);
	selection->next = site->selections;
	site->selections = selection;
	site->kept++;
	MemoryContextSwitchTo(old);
	return selection;
}

/*
 * The layout of these measures, moved to the front.  The hash of the names
 * settles nearly all cases, but collisions can be made on purpose, so the bytes
 * of the names are compared too.
 */
static Layout *
get_layout(CallSite *site, Selection *selection, const NtmMeasures *measures)
{
	const NtmProgram *program = site->assessor.program;
	MemoryContext old;
	Layout	   *layout;

	for (Layout **link = &selection->layouts; (layout = *link) != NULL; link = &layout->next)
	{
		if (!ntm_measures_same_layout(layout->sample, measures))
			continue;
		*link = layout->next;
		layout->next = selection->layouts;
		selection->layouts = layout;
		return layout;
	}

	old = MemoryContextSwitchTo(site->context);
	layout = palloc(sizeof(Layout));
	layout->sample = memcpy(palloc(VARSIZE(measures)), measures, VARSIZE(measures));
	layout->positions = palloc(sizeof(int32) * Max(program->measure_count, 1));
	for (int i = 0; i < program->measure_count; i++)
	{
		const char *name = ntm_program_string(program, NTM_PROGRAM_MEASURES(program)[i].name);

		layout->positions[i] = ntm_measures_find(measures, name, strlen(name));
	}
	layout->circuit = ntm_circuit_build(program, selection->rules, layout->positions);
	layout->next = selection->layouts;
	selection->layouts = layout;
	site->kept += CIRCUIT_WEIGHT(layout->circuit);
	MemoryContextSwitchTo(old);
	return layout;
}

const NtmAssessor *
ntm_assess_arguments(FunctionCallInfo fcinfo, int classes_argument)
{
	NtmMeasures *measures = PG_GETARG_MEASURES_P(0);
	struct varlena *ruleset = stable_argument(PG_GETARG_DATUM(1));
	CallSite   *site = fcinfo->flinfo->fn_extra;
	Selection  *selection;
	Layout	   *layout;

	if (site == NULL)
	{
		site = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(CallSite));
		site->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "ntm assess", ALLOCSET_DEFAULT_SIZES);
		fcinfo->flinfo->fn_extra = site;
	}
	if (site->key == NULL || site->key_size != identifying_size(ruleset) ||
		memcmp(site->key, ruleset, site->key_size) != 0 || site->kept > MAX_KEPT)
		set_ruleset(site, ruleset);

	selection = get_selection(site, stable_argument(PG_GETARG_DATUM(classes_argument)));
	layout = get_layout(site, selection, measures);
	site->assessor.rules = selection->rules;
	site->assessor.positions = layout->positions;
	site->assessor.measures = measures;
	site->assessor.circuit = layout->circuit;
	ntm_circuit_run(layout->circuit, measures->values, measures->count);
	return &site->assessor;
}

int64 *
ntm_assessor_values(const NtmAssessor *assessor)
{
	int			count = assessor->program->measure_count;
	int64	   *values = palloc(sizeof(int64) * Max(count, 1));

	for (int i = 0; i < count; i++)
	{
		int32		position = assessor->positions[i];

		values[i] = position >= 0 ? assessor->measures->values[position] : NTM_VALUE_UNKNOWN;
	}
	return values;
}

NtmVerdict *
ntm_assessor_trace(const NtmAssessor *assessor, const NtmProgramRule *rule)
{
	NtmVerdict *trace = palloc(sizeof(NtmVerdict) * rule->step_count);

	for (int i = 0; i < rule->step_count; i++)
		trace[i] = ntm_circuit_verdict(assessor->circuit, assessor->circuit->step_slots[rule->first_step + i]);
	return trace;
}

/* A bit set of 32 nodes, spread so that every other bit is free. */
static inline uint64
spread(uint32 bits)
{
	uint64		spread = bits;

	spread = (spread | spread << 16) & UINT64CONST(0x0000FFFF0000FFFF);
	spread = (spread | spread << 8) & UINT64CONST(0x00FF00FF00FF00FF);
	spread = (spread | spread << 4) & UINT64CONST(0x0F0F0F0F0F0F0F0F);
	spread = (spread | spread << 2) & UINT64CONST(0x3333333333333333);
	spread = (spread | spread << 1) & UINT64CONST(0x5555555555555555);
	return spread;
}

/*
 * The verdicts of all nodes, two bits each: the high one says that it counts
 * as met, the low one that it is unknown or not applicable.
 */
static void
set_verdicts(NtmScorecard *scorecard, const NtmCircuit *circuit)
{
	int			size = NTM_VERDICT_BYTES(circuit->node_count);

	for (int first = 0; first < circuit->node_count; first += 32)
	{
		int			shift = first % 64;
		int			count = Min(circuit->node_count - first, 32);
		uint32		nodes = count == 32 ? PG_UINT32_MAX : ((uint32) 1 << count) - 1;
		uint32		high = (uint32) (circuit->met[first / 64] >> shift) & nodes;
		uint32		low = (uint32) ((circuit->unknown[first / 64] | circuit->not_applicable[first / 64]) >> shift) & nodes;
		uint64		verdicts = spread(high) << 1 | spread(low);

		for (int byte = first / 4; byte < Min(first / 4 + 8, size); byte++)
		{
			scorecard->verdicts[byte] = (uint8) verdicts;
			verdicts >>= 8;
		}
	}
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
	int64		earned = -1;
	int64		possible = -1;
	NtmScorecard *scorecard;

	(void) ntm_circuit_points(assessor->circuit, &earned, &possible);
	scorecard = ntm_scorecard_make(program->node_count, assessor->ruleset->fingerprint,
								   (const char *) program + program->tail, program->tail_size,
								   earned, possible);
	scorecard->overall |= ntm_circuit_verdict(assessor->circuit, program->node_count);
	set_verdicts(scorecard, assessor->circuit);
	PG_RETURN_POINTER(scorecard);
}
