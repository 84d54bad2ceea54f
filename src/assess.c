/*-------------------------------------------------------------------------
 *
 * assess.c
 *	  Assess a unit's measures by a ruleset: the hot path.
 *
 * A call site keeps the ruleset it saw last, detoasted; for it, the rules
 * chosen for each combination of classes; and the places of the measures in
 * each layout of dossiers.  All three are found again by comparing bytes, so
 * that nothing ever needs to be invalidated.
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

PG_FUNCTION_INFO_V1(ntm_assess);

/* selections and layouts kept before starting over */
#define MAX_KEPT 256

/* the rules that hold for one array of classes */
typedef struct Selection
{
	struct Selection *next;
	ArrayType  *classes;
	int32	   *rules;
} Selection;

/* where one layout of measures has what the ruleset needs */
typedef struct Layout
{
	struct Layout *next;
	uint64		hash;
	int			count;
	int32	   *positions;
} Layout;

typedef struct CallSite
{
	NtmAssessor assessor;		/* must be first */
	MemoryContext context;		/* of all that belongs to the ruleset */
	char	   *key;			/* bytes by which the ruleset's datum is known */
	Size		key_size;
	Selection  *selections;		/* last used first */
	int			selection_count;
	Layout	   *layouts;		/* last used first */
	int			layout_count;
} CallSite;

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
	NtmAssessor *assessor = &site->assessor;
	MemoryContext old;
	const NtmProgram *program;

	MemoryContextReset(site->context);
	memset(assessor, 0, sizeof(NtmAssessor));
	site->key = NULL;
	site->selections = NULL;
	site->selection_count = 0;
	site->layouts = NULL;
	site->layout_count = 0;

	old = MemoryContextSwitchTo(site->context);
	assessor->ruleset = ntm_ruleset_current((NtmRuleset *) PG_DETOAST_DATUM_COPY(PointerGetDatum(datum)));
	program = assessor->program = NTM_RULESET_PROGRAM(assessor->ruleset);
	assessor->values = palloc(sizeof(int64) * Max(program->measure_count, 1));
	assessor->verdicts = palloc(sizeof(NtmVerdict) * (program->node_count + 1));
	assessor->stack = palloc(sizeof(NtmVerdict) * program->stack_depth);
	assessor->points = palloc(sizeof(int32) * program->stack_depth);
	site->key_size = identifying_size(datum);
	site->key = memcpy(palloc(site->key_size), datum, site->key_size);
	MemoryContextSwitchTo(old);
}

/* For every node, the rule of the first class that has a variant, else the standard rule. */
static int32 *
choose_rules(const NtmProgram *program, ArrayType *classes)
{
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

static void
set_classes(CallSite *site, ArrayType *classes)
{
	MemoryContext old;
	Selection  *selection;

	for (Selection **link = &site->selections; (selection = *link) != NULL; link = &selection->next)
	{
		if (VARSIZE(selection->classes) != VARSIZE(classes) ||
			memcmp(selection->classes, classes, VARSIZE(classes)) != 0)
			continue;
		*link = selection->next;
		selection->next = site->selections;
		site->selections = selection;
		site->assessor.rules = selection->rules;
		return;
	}

	old = MemoryContextSwitchTo(site->context);
	selection = palloc(sizeof(Selection));
	selection->rules = choose_rules(site->assessor.program, classes);
	selection->classes = (ArrayType *) memcpy(palloc(VARSIZE(classes)), classes, VARSIZE(classes));
	selection->next = site->selections;
	site->selections = selection;
	site->selection_count++;
	site->assessor.rules = selection->rules;
	MemoryContextSwitchTo(old);
}

static void
set_layout(CallSite *site, const NtmMeasures *measures)
{
	const NtmProgram *program = site->assessor.program;
	MemoryContext old;
	Layout	   *layout;

	for (Layout **link = &site->layouts; (layout = *link) != NULL; link = &layout->next)
	{
		if (layout->hash != measures->layout || layout->count != measures->count)
			continue;
		*link = layout->next;
		layout->next = site->layouts;
		site->layouts = layout;
		site->assessor.positions = layout->positions;
		return;
	}

	old = MemoryContextSwitchTo(site->context);
	layout = palloc(sizeof(Layout));
	layout->hash = measures->layout;
	layout->count = measures->count;
	layout->positions = palloc(sizeof(int32) * Max(program->measure_count, 1));
	for (int i = 0; i < program->measure_count; i++)
	{
		const char *name = ntm_program_string(program, NTM_PROGRAM_MEASURES(program)[i].name);

		layout->positions[i] = ntm_measures_find(measures, name, strlen(name));
	}
	layout->next = site->layouts;
	site->layouts = layout;
	site->layout_count++;
	site->assessor.positions = layout->positions;
	MemoryContextSwitchTo(old);
}

static void
load_values(NtmAssessor *assessor, const NtmMeasures *measures)
{
	int			count = assessor->program->measure_count;

	for (int i = 0; i < count; i++)
	{
		int32		position = assessor->positions[i];

		assessor->values[i] = position >= 0 ? measures->values[position] : NTM_VALUE_UNKNOWN;
	}
}

/*
 * Where a share stands against its bound: the sign of a / b - t.  The
 * denominator is not zero.
 */
static int
compare_share(const NtmStep *step, int64 numerator, int64 denominator, int64 bound)
{
	int			sign = ntm_compare_products(numerator, step->scale, bound, denominator);

	return denominator > 0 ? sign : -sign;
}

static NtmVerdict
share_verdict(const NtmStep *step, int64 numerator, int64 denominator)
{
	bool		met;

	if (numerator == NTM_VALUE_NOT_APPLICABLE || denominator == NTM_VALUE_NOT_APPLICABLE)
		return NTM_NOT_APPLICABLE;
	if (numerator == NTM_VALUE_UNKNOWN || denominator == NTM_VALUE_UNKNOWN)
		return NTM_UNKNOWN;
	if (denominator == 0)
		return numerator == 0 ? NTM_NOT_APPLICABLE : NTM_UNKNOWN;

	switch ((NtmComparison) step->comparison)
	{
		case NTM_AT_LEAST:
			met = compare_share(step, numerator, denominator, step->low) >= 0;
			break;
		case NTM_AT_MOST:
			met = compare_share(step, numerator, denominator, step->low) <= 0;
			break;
		case NTM_ABOVE:
			met = compare_share(step, numerator, denominator, step->low) > 0;
			break;
		case NTM_BELOW:
			met = compare_share(step, numerator, denominator, step->low) < 0;
			break;
		case NTM_EQUAL:
			met = compare_share(step, numerator, denominator, step->low) == 0;
			break;
		case NTM_DIFFERENT:
			met = compare_share(step, numerator, denominator, step->low) != 0;
			break;
		case NTM_BETWEEN:
			met = compare_share(step, numerator, denominator, step->low) >= 0 &&
				compare_share(step, numerator, denominator, step->high) <= 0;
			break;
		default:
			elog(ERROR, "unexpected comparison %d in a share", step->comparison);
	}
	return met ? NTM_MET : NTM_NOT_MET;
}

NtmVerdict
ntm_comparison_verdict(const NtmStep *step, const int64 *values)
{
	int64		value = values[step->left];
	bool		within;

	if (step->kind == NTM_STEP_SHARE)
		return share_verdict(step, value, values[step->right]);

	if (!NTM_VALUE_IS_NUMBER(value))
		return value == NTM_VALUE_UNKNOWN ? NTM_UNKNOWN : NTM_NOT_APPLICABLE;
	within = value >= step->low && value <= step->high;
	return within == (step->kind == NTM_STEP_INTERVAL) ? NTM_MET : NTM_NOT_MET;
}

/* Where a count of items or points stands against a gate's threshold: the sign. */
static int
compare_count(const NtmStep *step, int64 count)
{
	int64		threshold = step->low;

	if (step->gate == NTM_GATE_ALL)
		threshold = step->left;
	else if (step->gate == NTM_GATE_ANY)
		threshold = 1;
	else if (step->unit == NTM_COUNT_PERCENT)
		return ntm_compare_products(count, 100 * NTM_DECIMAL_UNIT, threshold, step->left);
	return (count > threshold) - (count < threshold);
}

/*
 * Kleene's logic for counts: what is met counts for sure, what is unknown may
 * still count.  A gate that holds with nothing but what is not applicable is
 * not applicable itself.
 */
static NtmVerdict
gate_verdict(const NtmStep *step, int64 met, int64 unknown, bool all_not_applicable)
{
	int			least = compare_count(step, met);
	int			most = unknown ? compare_count(step, met + unknown) : least;
	NtmVerdict	verdict;

	if (step->gate == NTM_GATE_AT_MOST)
	{
		if (most <= 0)
			verdict = NTM_MET;
		else
			verdict = least > 0 ? NTM_NOT_MET : NTM_UNKNOWN;
	}
	else
	{
		if (least >= 0)
			verdict = NTM_MET;
		else
			verdict = most < 0 ? NTM_NOT_MET : NTM_UNKNOWN;
	}
	return verdict == NTM_MET && all_not_applicable ? NTM_NOT_APPLICABLE : verdict;
}

/*
 * Walk a rule's steps once, with a stack; note every step's verdict if there
 * is room for it.
 */
static inline NtmVerdict
run_rule(NtmAssessor *assessor, const NtmProgramRule *rule, NtmVerdict *trace)
{
	const NtmStep *steps = NTM_PROGRAM_STEPS(assessor->program) + rule->first_step;
	NtmVerdict *stack = assessor->stack;
	int32	   *points = assessor->points;
	int			top = 0;

	for (int i = 0; i < rule->step_count; i++)
	{
		const NtmStep *step = &steps[i];
		NtmVerdict	verdict;

		switch ((NtmStepKind) step->kind)
		{
			case NTM_STEP_INTERVAL:
			case NTM_STEP_OUTSIDE:
			case NTM_STEP_SHARE:
				verdict = ntm_comparison_verdict(step, assessor->values);
				break;

			case NTM_STEP_NODE:
				verdict = assessor->verdicts[step->left];
				break;

			case NTM_STEP_NOT:
				verdict = ntm_verdict_not(stack[--top]);
				break;

			case NTM_STEP_GATE:
				{
					int64		met = 0;
					int64		unknown = 0;
					bool		all_not_applicable = true;
					bool		by_points = step->unit == NTM_COUNT_POINTS;

					top -= step->left;
					for (int item = top; item < top + step->left; item++)
					{
						int64		weight = by_points ? points[item] : 1;

						if (NTM_COUNTS_AS_MET(stack[item]))
							met += weight;
						else if (stack[item] == NTM_UNKNOWN)
							unknown += weight;
						all_not_applicable = all_not_applicable && stack[item] == NTM_NOT_APPLICABLE;
					}
					verdict = gate_verdict(step, met, unknown, all_not_applicable);
					if (by_points)
					{
						assessor->earned_points = met;
						assessor->possible_points = met + unknown;
					}
					break;
				}

			default:			/* NTM_STEP_UNKNOWN */
				verdict = NTM_UNKNOWN;
				break;
		}
		if (trace != NULL)
			trace[i] = verdict;
		stack[top] = verdict;
		points[top] = step->points;
		top++;
	}

	Assert(top == 1);
	return stack[0];
}

void
ntm_trace_rule(const NtmAssessor *assessor, const NtmProgramRule *rule, NtmVerdict *trace)
{
	NtmAssessor copy = *assessor;

	run_rule(&copy, rule, trace);
}

const NtmAssessor *
ntm_assess_arguments(FunctionCallInfo fcinfo, int classes_argument)
{
	NtmMeasures *measures = PG_GETARG_MEASURES_P(0);
	struct varlena *ruleset = (struct varlena *) DatumGetPointer(PG_GETARG_DATUM(1));
	ArrayType  *classes = PG_GETARG_ARRAYTYPE_P(classes_argument);
	CallSite   *site = fcinfo->flinfo->fn_extra;
	NtmAssessor *assessor;
	const int32 *order;
	const NtmProgramRule *rules;

	if (site == NULL)
	{
		site = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(CallSite));
		site->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "ntm assess", ALLOCSET_DEFAULT_SIZES);
		fcinfo->flinfo->fn_extra = site;
	}
	assessor = &site->assessor;

	/* many combinations of classes or layouts: start over, lest memory grow */
	if (site->key == NULL || site->key_size != identifying_size(ruleset) ||
		memcmp(site->key, ruleset, site->key_size) != 0 ||
		site->selection_count > MAX_KEPT || site->layout_count > MAX_KEPT)
		set_ruleset(site, ruleset);
	set_classes(site, classes);
	set_layout(site, measures);
	load_values(assessor, measures);

	order = NTM_PROGRAM_ORDER(assessor->program);
	rules = NTM_PROGRAM_RULES(assessor->program);
	for (int i = 0; i <= assessor->program->node_count; i++)
	{
		/* the overall rule comes last; what it scores stays */
		assessor->earned_points = -1;
		assessor->verdicts[order[i]] = run_rule(assessor, &rules[assessor->rules[order[i]]], NULL);
	}

	PG_FREE_IF_COPY(classes, classes_argument);
	return assessor;
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
	NtmScorecard *scorecard;

	scorecard = ntm_scorecard_make(program->node_count, assessor->ruleset->fingerprint,
								   (const char *) program + program->tail, program->tail_size,
								   assessor->earned_points, assessor->possible_points);
	scorecard->overall |= assessor->verdicts[program->node_count];
	for (int i = 0; i < program->node_count; i++)
		ntm_scorecard_set(scorecard, i, assessor->verdicts[i]);
	PG_RETURN_POINTER(scorecard);
}
