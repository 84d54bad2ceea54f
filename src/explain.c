/*-------------------------------------------------------------------------
 *
 * explain.c
 *	  Why a verdict is what it is: one row per node, with what was required,
 *	  what was found, how far apart they are and whether it still matters.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"

#include "assess.h"
#include "condition.h"
#include "row.h"

#define EXPLAIN_COLUMNS 11

PG_FUNCTION_INFO_V1(ntm_explain);

typedef struct Explanation
{
	const NtmAssessor *assessor;
	const NtmProgram *program;
	const int32 *rules;			/* for every node, its rule for these classes */
	const int64 *values;		/* by the program's measures */
	NtmVerdict **traces;		/* for every node, the verdicts of its rule's steps */
	bool	   *decisive;		/* by node: unknown, and could still change the overall verdict */
	bool	   *blocking[2];	/* by what is wanted of it (not met, met) and node: keeps the
								 * overall verdict from being met */
} Explanation;

/* the condition that best explains a rule's verdict */
typedef struct Binding
{
	const NtmStep *step;		/* a comparison, or NULL */
	bool		inverted;		/* it stands under an odd number of "not" */
} Binding;

static const NtmStep *
steps_of_node(const Explanation *explanation, int node)
{
	return ntm_program_steps(explanation->program,
							 ntm_program_rule(explanation->program, explanation->rules, node));
}

/* Where the last step of a node's rule is, which is the whole rule. */
static int
last_step(const Explanation *explanation, int node)
{
	return ntm_program_rule(explanation->program, explanation->rules, node)->step_count - 1;
}

/*
 * Whether an unknown item of a gate by points can tip it: whether the other
 * unknown items can add up so that its points make the difference.  A gate
 * with more sums than it is worth working out lets every item count.
 *
 * One call takes a step for every item and every sum up to the threshold, of
 * which there are at most "limit"; a gate of n unknown items calls it n times.
 * So the time is bounded by n * n * limit, and the caller can cancel it.
 */
static bool
can_tip(const NtmStep *steps, const NtmVerdict *trace, int last, int item)
{
	const int	limit = 100000;
	const NtmStep *gate = &steps[last];
	int64		first = gate->low - steps[item].points;	/* sums of the others from here ... */
	int64		final = gate->low - 1;	/* ... to here */
	bool	   *reached;
	bool		tips = false;

	if (gate->at_most)
	{
		first++;
		final++;
	}
	if (final > limit)
		return true;
	if (final < 0)
		return false;

	/* the sums that what is met makes with some of the other unknown items */
	reached = palloc0(final + 1);
	reached[0] = true;
	for (int i = 0, other = last - 1; i < gate->left; i++, other -= steps[other].span)
	{
		int			points = steps[other].points;

		CHECK_FOR_INTERRUPTS();
		if (other == item || trace[other] == NTM_NOT_MET)
			continue;
		for (int64 sum = final; sum >= 0; sum--)
		{
			bool		with = sum >= points && reached[sum - points];

			reached[sum] = with || (reached[sum] && trace[other] == NTM_UNKNOWN);
		}
	}
	for (int64 sum = Max(first, 0); sum <= final; sum++)
		tips = tips || reached[sum];
	pfree(reached);
	return tips;
}

/*
 * Mark what could still change the overall verdict: from an unknown rule down
 * to the unknown items it consists of.
 */
static void
mark_decisive(Explanation *explanation, int node, int last)
{
	const NtmStep *step = &steps_of_node(explanation, node)[last];
	int			item = last - 1;

	check_stack_depth();

	if (explanation->traces[node][last] != NTM_UNKNOWN)
		return;

	switch ((NtmStepKind) step->kind)
	{
		case NTM_STEP_NODE:
			if (!explanation->decisive[step->left])
			{
				explanation->decisive[step->left] = true;
				mark_decisive(explanation, step->left, last_step(explanation, step->left));
			}
			break;

		case NTM_STEP_NOT:
			mark_decisive(explanation, node, item);
			break;

		case NTM_STEP_GATE:
			for (int i = 0; i < step->left; i++)
			{
				const NtmStep *steps = steps_of_node(explanation, node);

				const NtmVerdict *trace = explanation->traces[node];

				if (trace[item] == NTM_UNKNOWN && (!step->by_points || can_tip(steps, trace, last, item)))
					mark_decisive(explanation, node, item);
				item -= steps[item].span;
			}
			break;

		default:
			break;
	}
}

/*
 * Mark what keeps the overall verdict from being met: from a rule that is not
 * as wanted down to the items that are not.  Under "not" and "at most" what is
 * wanted of an item is that it is not met.
 */
static void
mark_blocking(Explanation *explanation, int node, int last, bool wanted)
{
	const NtmStep *step = &steps_of_node(explanation, node)[last];
	NtmVerdict	verdict = explanation->traces[node][last];
	int			item = last - 1;

	check_stack_depth();

	if (wanted ? NTM_COUNTS_AS_MET(verdict) : verdict == NTM_NOT_MET)
		return;

	switch ((NtmStepKind) step->kind)
	{
		case NTM_STEP_NODE:
			/* a node that is unknown may be wanted both ways, for other items each */
			if (!explanation->blocking[wanted][step->left])
			{
				explanation->blocking[wanted][step->left] = true;
				mark_blocking(explanation, step->left, last_step(explanation, step->left), wanted);
			}
			break;

		case NTM_STEP_NOT:
			mark_blocking(explanation, node, item, !wanted);
			break;

		case NTM_STEP_GATE:
			for (int i = 0; i < step->left; i++)
			{
				mark_blocking(explanation, node, item, wanted != (step->at_most));
				item -= steps_of_node(explanation, node)[item].span;
			}
			break;

		default:
			break;
	}
}

/*
 * Of a rule's conditions the one to show: where the rule is not met, one that
 * is not met; where it is unknown, one that is unknown; and the node's own
 * measure before others.
 */
static Binding
find_binding(const Explanation *explanation, int node, int last, bool inverted)
{
	const NtmStep *steps = steps_of_node(explanation, node);
	const NtmVerdict *trace = explanation->traces[node];
	const NtmStep *step = &steps[last];
	int			own = NTM_PROGRAM_NODES(explanation->program)[node].own_measure;
	int			item = last - 1;
	Binding		binding = {NULL, inverted};

	check_stack_depth();

	switch ((NtmStepKind) step->kind)
	{
		case NTM_STEP_INTERVAL:
		case NTM_STEP_OUTSIDE:
		case NTM_STEP_SHARE:
			binding.step = step;
			break;

		case NTM_STEP_NOT:
			return find_binding(explanation, node, item, !inverted);

		case NTM_STEP_GATE:
			/* the items come last first; a later choice replaces an earlier one */
			for (int i = 0; i < step->left; i++)
			{
				bool		at_most = step->at_most;
				NtmVerdict	wanted = at_most ? ntm_verdict_not(trace[last]) : trace[last];

				if (NTM_COUNTS_AS_MET(trace[item]) == NTM_COUNTS_AS_MET(wanted) &&
					(trace[item] == NTM_UNKNOWN) == (wanted == NTM_UNKNOWN))
				{
					Binding		found = find_binding(explanation, node, item, inverted != at_most);

					if (found.step != NULL &&
						(binding.step == NULL || binding.step->left != own || found.step->left == own))
						binding = found;
				}
				item -= steps[item].span;
			}
			break;

		default:
			break;
	}
	return binding;
}

/*
 * The change a measure needs so that a condition holds: positive if it must
 * rise, negative if it must fall, 0 if it holds already.  False if there is
 * no number to give.
 */
static bool
find_gap(const Explanation *explanation, Binding binding, bool met, Datum *gap)
{
	const int64 *values = explanation->values;
	int64		value = values[binding.step->left];
	int64		target;

	if (!NTM_VALUE_IS_NUMBER(value))
		return false;
	if (met)
		target = value;
	else if (!ntm_nearest_target(binding.step, values, !binding.inverted, &target))
		return false;

	/* the difference of two decimals may be larger than a decimal */
	*gap = DirectFunctionCall2(numeric_sub, ntm_decimal_to_numeric(target), ntm_decimal_to_numeric(value));
	return true;
}

/* A share as users read it: in percent if its bound is, rounded to 6 decimals. */
static Datum
share_value(const NtmStep *step, int64 numerator, int64 denominator)
{
	Datum		share = DirectFunctionCall2(numeric_mul, ntm_decimal_to_numeric(numerator),
											ntm_decimal_to_numeric(step->scale));

	share = DirectFunctionCall2(numeric_div, share, ntm_decimal_to_numeric(denominator));
	share = DirectFunctionCall2(numeric_round, share, Int32GetDatum(NTM_DECIMAL_SCALE));
	return DirectFunctionCall1(numeric_trim_scale, share);
}

static bool
find_value(const Explanation *explanation, const NtmStep *step, Datum *value)
{
	const int64 *values = explanation->values;

	if (!NTM_VALUE_IS_NUMBER(values[step->left]))
		return false;
	if (step->kind != NTM_STEP_SHARE)
		*value = ntm_decimal_to_numeric(values[step->left]);
	else if (NTM_VALUE_IS_NUMBER(values[step->right]) && values[step->right] != 0)
		*value = share_value(step, values[step->left], values[step->right]);
	else
		return false;
	return true;
}

static char *
measure_text(const NtmProgram *program, const NtmStep *step)
{
	const NtmProgramMeasure *measures = NTM_PROGRAM_MEASURES(program);
	StringInfoData text;

	if (step->kind != NTM_STEP_SHARE)
		return pstrdup(ntm_program_string(program, measures[step->left].name));

	initStringInfo(&text);
	ntm_rule_append_name(&text, ntm_program_string(program, measures[step->left].name));
	appendStringInfoString(&text, " / ");
	ntm_rule_append_name(&text, ntm_program_string(program, measures[step->right].name));
	return text.data;
}

static void
explain_node(const Explanation *explanation, int number, Datum *values, bool *nulls)
{
	const NtmProgram *program = explanation->program;
	const NtmProgramNode *nodes = NTM_PROGRAM_NODES(program);
	const NtmProgramNode *node = &nodes[number];
	const NtmProgramRule *rule = ntm_program_rule(program, explanation->rules, number);
	NtmVerdict	verdict = ntm_circuit_verdict(explanation->assessor->circuit, number);
	Binding		binding = find_binding(explanation, number, last_step(explanation, number), false);

	memset(nulls, false, sizeof(bool) * EXPLAIN_COLUMNS);
	ntm_set_text(values, nulls, 0, ntm_program_string(program, node->code));
	ntm_set_text(values, nulls, 1,
				 node->parent >= 0 ? ntm_program_string(program, nodes[node->parent].code) : NULL);
	ntm_set_text(values, nulls, 2, ntm_program_string(program, node->title));
	ntm_set_text(values, nulls, 3, binding.step ? measure_text(program, binding.step) :
				 ntm_program_string(program, node->measure));
	ntm_set_text(values, nulls, 4, ntm_program_string(program, rule->text ? rule->text : node->delegated));
	nulls[5] = binding.step == NULL || !find_value(explanation, binding.step, &values[5]);
	if (binding.step == NULL && node->own_measure >= 0 &&
		NTM_VALUE_IS_NUMBER(explanation->values[node->own_measure]))
	{
		/* a delegated requirement: the value is there, only no bound to hold it against */
		values[5] = ntm_decimal_to_numeric(explanation->values[node->own_measure]);
		nulls[5] = false;
	}
	values[6] = VerdictGetDatum(verdict);
	nulls[7] = binding.step == NULL || verdict == NTM_NOT_APPLICABLE ||
		!find_gap(explanation, binding, NTM_COUNTS_AS_MET(verdict), &values[7]);
	values[8] = BoolGetDatum(explanation->decisive[number]);
	ntm_set_text(values, nulls, 9, ntm_program_string(program, node->cite));
	values[10] = BoolGetDatum(explanation->blocking[false][number] || explanation->blocking[true][number]);
}

/*
 * explain(measures, ruleset, classes): a row per node, in document order.
 * Gap: the change the shown measure needs, in its unit, or in the numerator's
 * for a share; NULL where a fact is missing or nothing applies.
 */
Datum
ntm_explain(PG_FUNCTION_ARGS)
{
	const NtmAssessor *assessor = ntm_assess_arguments(fcinfo, 2);
	const NtmProgram *program = assessor->program;
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Explanation explanation = {.assessor = assessor, .program = program, .rules = assessor->rules};
	int			overall = program->node_count;

	InitMaterializedSRF(fcinfo, 0);

	explanation.traces = palloc(sizeof(NtmVerdict *) * (overall + 1));
	explanation.decisive = palloc0(sizeof(bool) * (overall + 1));
	explanation.blocking[false] = palloc0(sizeof(bool) * (overall + 1));
	explanation.blocking[true] = palloc0(sizeof(bool) * (overall + 1));
	explanation.values = ntm_assessor_values(assessor);
	for (int i = 0; i <= overall; i++)
		explanation.traces[i] = ntm_assessor_trace(assessor, ntm_program_rule(program, assessor->rules, i));
	mark_decisive(&explanation, overall, last_step(&explanation, overall));
	mark_blocking(&explanation, overall, last_step(&explanation, overall), true);

	for (int i = 0; i < overall; i++)
	{
		Datum		values[EXPLAIN_COLUMNS];
		bool		nulls[EXPLAIN_COLUMNS];

		explain_node(&explanation, i, values, nulls);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
