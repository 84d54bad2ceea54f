/*-------------------------------------------------------------------------
 *
 * path.c
 *	  The cheapest way to comply: which measures to change, to what, at what
 *	  price, so that the verdict becomes met.
 *
 * Where every measure that has a price decides one condition only, the rules
 * form a tree, and the cheapest way is found from the conditions upwards: a
 * gate that needs k more items takes the k cheapest.  Measures that decide
 * several conditions are tried at every value that could matter, cheapest
 * first; the rest is then a tree again.  That search has a limit; beyond it a
 * way is still found where there is an obvious one, but is not called proven.
 *
 * Prices: "name" is what a change costs, however large; "name per unit" is
 * added for every unit of the change.  Either may be left out.  How far an
 * unknown value is from where it should be nobody can say, so it can be changed
 * for a fixed price only.  Of a share only the numerator
 * is ever changed: the denominator is the size of a place, not its merit.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/int.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "assess.h"
#include "condition.h"
#include "row.h"

PG_FUNCTION_INFO_V1(ntm_cheapest_path);
PG_FUNCTION_INFO_V1(ntm_cost_to_comply);

#define PER_UNIT " per unit"
#define IMPOSSIBLE PG_INT64_MAX
#define TOO_DEAR (PG_INT64_MAX - 1)	/* possible, but beyond what can be held */
#define SEARCH_LIMIT 20000		/* combinations of shared measures tried */
#define WORK_LIMIT 20000000		/* steps worked out for them */
#define POINTS_LIMIT 100000		/* points a gate may lack and still be exact */

typedef struct Price
{
	bool		given;
	int64		fixed;
	int64		per_unit;
} Price;

typedef struct Change
{
	int			node;			/* of the condition that asks for it */
	int			measure;
	int64		target;
	int64		cost;
} Change;

/* a value worth trying for a measure that decides several conditions */
typedef struct Candidate
{
	int64		target;
	int64		cost;
} Candidate;

typedef struct Shared
{
	int			measure;
	int			count;
	Candidate  *candidates;
} Shared;

typedef struct Solver
{
	const NtmProgram *program;
	const int32 *rules;			/* for every node, its rule for these classes */
	Price	   *prices;			/* by measure */
	int		   *uses;			/* conditions that a measure decides */
	bool	   *fixed;			/* by measure: not to be changed in the tree */
	const int64 *unit_values;	/* by measure */
	int64	   *values;			/* the same, with what is being tried */
	int64	   *node_costs[2];	/* by node, to make it not met and met; -1: not yet known */
	bool	   *collected[2];	/* by node: its changes are in the list */
	Shared	   *shared;
	int			shared_count;
	int			tried;
	bool		proven;
	int64		best;
	Change	   *best_changes;
	int			best_count;
	Change	   *changes;		/* under construction */
	int			change_count;
	int			change_room;
} Solver;

static int64 step_cost(Solver *solver, int node, int last, bool met, bool collect);

/* Sums of costs; one that cannot be held may still lose against another way. */
static int64
add_costs(int64 left, int64 right)
{
	int64		sum;

	if (left == IMPOSSIBLE || right == IMPOSSIBLE)
		return IMPOSSIBLE;
	if (left == TOO_DEAR || right == TOO_DEAR ||
		pg_add_s64_overflow(left, right, &sum) || sum >= NTM_DECIMAL_LIMIT)
		return TOO_DEAR;
	return sum;
}

static Change *
append_change(Solver *solver)
{
	if (solver->change_count == solver->change_room)
	{
		solver->change_room *= 2;
		solver->changes = repalloc(solver->changes, sizeof(Change) * solver->change_room);
	}
	return &solver->changes[solver->change_count++];
}

static int64
change_cost(const Solver *solver, int measure, int64 target)
{
	const Price *price = &solver->prices[measure];
	int64		value = solver->unit_values[measure];
	uint64		change;
	int64		whole;
	int64		rest;
	int64		product;

	if (!price->given)
		return IMPOSSIBLE;
	if (price->per_unit == 0)
		return price->fixed;

	if (!NTM_VALUE_IS_NUMBER(value))
		return IMPOSSIBLE;
	change = target > value ? (uint64) target - (uint64) value : (uint64) value - (uint64) target;

	/* change * per_unit / 10^6, exactly: whole units apart from millionths */
	if (pg_mul_s64_overflow((int64) (change % NTM_DECIMAL_UNIT), price->per_unit, &rest) ||
		pg_mul_s64_overflow((int64) (change / NTM_DECIMAL_UNIT), price->per_unit, &whole))
		return TOO_DEAR;
	if (rest % NTM_DECIMAL_UNIT != 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the cost of changing measure \"%s\" cannot be held exactly",
						ntm_program_string(solver->program,
										   NTM_PROGRAM_MEASURES(solver->program)[measure].name)),
				 errdetail("A cost has at most 6 decimals."),
				 errhint("Round the price per unit to fewer decimals.")));
	product = add_costs(whole, rest / NTM_DECIMAL_UNIT);
	return add_costs(price->fixed, product);
}

static int64
comparison_cost(Solver *solver, int node, const NtmStep *step, bool met, bool collect)
{
	NtmVerdict	verdict = ntm_condition_verdict(step, solver->values);
	int64		target;
	int64		cost;

	if (met ? NTM_COUNTS_AS_MET(verdict) : verdict == NTM_NOT_MET)
		return 0;

	/* what does not apply cannot be made to apply by money */
	if (verdict == NTM_NOT_APPLICABLE || solver->fixed[step->left] ||
		!ntm_nearest_target(step, solver->values, met, &target))
		return IMPOSSIBLE;

	cost = change_cost(solver, step->left, target);
	if (collect && cost != IMPOSSIBLE)
	{
		Change	   *change = append_change(solver);

		change->node = node;
		change->measure = step->left;
		change->target = target;
		change->cost = cost;
	}
	return cost;
}

static int64
node_cost(Solver *solver, int node, bool met, bool collect)
{
	const NtmProgramRule *rule = ntm_program_rule(solver->program, solver->rules, node);
	int64	   *known = &solver->node_costs[met][node];

	/* a node may be referred to many times, but is worked out and paid for once */
	if (*known < 0)
		*known = step_cost(solver, node, rule->step_count - 1, met, false);
	if (collect && !solver->collected[met][node])
	{
		solver->collected[met][node] = true;
		(void) step_cost(solver, node, rule->step_count - 1, met, true);
	}
	return *known;
}

typedef struct GateItem
{
	int			step;
	int			order;			/* place in the rule, to settle equal costs */
	int			points;
	int64		cost;
	bool		chosen;
} GateItem;

static int
compare_items(const void *left, const void *right)
{
	const GateItem *a = left;
	const GateItem *b = right;

	if (a->cost != b->cost)
		return a->cost < b->cost ? -1 : 1;
	return a->order - b->order;
}

/* Choose items that are worth at least so many points, at the least cost. */
static int64
choose_by_points(Solver *solver, GateItem *items, int count, int64 needed)
{
	int64	   *costs;			/* by points still needed */
	bool	  **chosen;
	int64		result;

	if (needed <= 0)
		return 0;
	if (needed > POINTS_LIMIT || needed * count > 64 * POINTS_LIMIT)
	{
		int64		total = 0;

		/* too many sums: take the cheapest items, and do not call it proven */
		solver->proven = false;
		for (int i = 0; i < count && needed > 0; i++)
		{
			items[i].chosen = items[i].cost != IMPOSSIBLE;
			if (items[i].chosen)
			{
				total = add_costs(total, items[i].cost);
				needed -= items[i].points;
			}
		}
		return needed <= 0 ? total : IMPOSSIBLE;
	}

	costs = palloc(sizeof(int64) * (needed + 1));
	chosen = palloc(sizeof(bool *) * count);
	costs[0] = 0;
	for (int64 n = 1; n <= needed; n++)
		costs[n] = IMPOSSIBLE;
	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		chosen[i] = palloc0(sizeof(bool) * (needed + 1));
		for (int64 n = needed; n >= 1; n--)
		{
			int64		with = add_costs(costs[Max(n - items[i].points, 0)], items[i].cost);

			if (with < costs[n])
			{
				costs[n] = with;
				chosen[i][n] = true;
			}
		}
	}
	result = costs[needed];
	for (int i = count - 1; i >= 0 && needed > 0 && result != IMPOSSIBLE; i--)
		if (chosen[i][needed])
		{
			items[i].chosen = true;
			needed = Max(needed - items[i].points, 0);
		}
	for (int i = 0; i < count; i++)
		pfree(chosen[i]);
	pfree(chosen);
	pfree(costs);
	return result;
}

/*
 * A gate is met if enough items are met, and not met if enough are not, be it
 * by number or by points: either way the cheapest of its items are chosen.
 */
static int64
gate_cost(Solver *solver, int node, int last, bool met, bool collect)
{
	const NtmProgramRule *rule = ntm_program_rule(solver->program, solver->rules, node);
	const NtmStep *steps = ntm_program_steps(solver->program, rule);
	const NtmStep *gate = &steps[last];
	bool		items_met = met != gate->at_most;	/* what the chosen items must be */
	GateItem   *items = palloc0(sizeof(GateItem) * Max(gate->left, 1));
	int64		total = 0;
	int64		needed;
	int64		cost = 0;
	int			step = last - 1;

	for (int i = gate->left - 1; i >= 0; i--)
	{
		items[i].step = step;
		items[i].order = i;
		items[i].points = gate->by_points ? steps[step].points : 1;
		items[i].cost = step_cost(solver, node, step, items_met, false);
		total += items[i].points;
		step -= steps[step].span;
	}

	/* the number that must be met, or must not be */
	if (gate->at_most)
		needed = met ? total - gate->low : gate->low + 1;
	else
		needed = met ? gate->low : total - gate->low + 1;

	qsort(items, gate->left, sizeof(GateItem), compare_items);
	if (needed > total)
		cost = IMPOSSIBLE;
	else if (gate->by_points)
		cost = choose_by_points(solver, items, gate->left, needed);
	else
		for (int64 i = 0; i < needed; i++)
		{
			items[i].chosen = true;
			cost = add_costs(cost, items[i].cost);
		}

	if (collect && cost != IMPOSSIBLE)
		for (int i = 0; i < gate->left; i++)
			if (items[i].chosen)
				step_cost(solver, node, items[i].step, items_met, true);
	pfree(items);
	return cost;
}

/* The least cost of making a condition met, or not met; collect its changes. */
static int64
step_cost(Solver *solver, int node, int last, bool met, bool collect)
{
	const NtmProgramRule *rule = ntm_program_rule(solver->program, solver->rules, node);
	const NtmStep *step = &ntm_program_steps(solver->program, rule)[last];

	CHECK_FOR_INTERRUPTS();
	check_stack_depth();

	switch ((NtmStepKind) step->kind)
	{
		case NTM_STEP_INTERVAL:
		case NTM_STEP_OUTSIDE:
		case NTM_STEP_SHARE:
			return comparison_cost(solver, node, step, met, collect);
		case NTM_STEP_NODE:
			return node_cost(solver, step->left, met, collect);
		case NTM_STEP_NOT:
			return step_cost(solver, node, last - 1, !met, collect);
		case NTM_STEP_GATE:
			return gate_cost(solver, node, last, met, collect);
		case NTM_STEP_UNKNOWN:
			break;
	}
	return IMPOSSIBLE;			/* delegated: no money sets a requirement */
}

/* The tree with the shared measures as they stand now. */
static int64
solve_tree(Solver *solver)
{
	Size		size = sizeof(int64) * (solver->program->node_count + 1);

	memset(solver->node_costs[false], 0xFF, size);
	memset(solver->node_costs[true], 0xFF, size);
	return node_cost(solver, solver->program->node_count, true, false);
}

/* Append the changes of the tree just solved. */
static void
collect_changes(Solver *solver)
{
	int			nodes = solver->program->node_count + 1;

	memset(solver->collected[false], false, sizeof(bool) * nodes);
	memset(solver->collected[true], false, sizeof(bool) * nodes);
	(void) node_cost(solver, solver->program->node_count, true, true);
}

static void
keep_best(Solver *solver, int64 cost)
{
	solver->best = cost;
	solver->best_count = solver->change_count;
	if (solver->best_changes != NULL)
		pfree(solver->best_changes);
	solver->best_changes = palloc(sizeof(Change) * Max(solver->change_count, 1));
	memcpy(solver->best_changes, solver->changes, sizeof(Change) * solver->change_count);
}

/* Try the shared measures from number i on, given what those before cost. */
static void
search(Solver *solver, int i, int64 spent)
{
	Shared	   *shared = &solver->shared[i];
	int64		kept;

	CHECK_FOR_INTERRUPTS();
	check_stack_depth();

	if (spent >= solver->best)
		return;
	if (solver->tried >= SEARCH_LIMIT ||
		(int64) solver->tried * solver->program->step_count >= WORK_LIMIT)
	{
		solver->proven = false;
		return;
	}
	if (i == solver->shared_count)
	{
		int			count = solver->change_count;
		int64		cost = add_costs(spent, solve_tree(solver));

		solver->tried++;
		if (cost < solver->best)
		{
			collect_changes(solver);
			keep_best(solver, cost);
			solver->change_count = count;
		}
		return;
	}

	kept = solver->values[shared->measure];
	search(solver, i + 1, spent);
	for (int c = 0; c < shared->count; c++)
	{
		Change	   *change = append_change(solver);

		change->node = -1;		/* found later: several ask for it */
		change->measure = shared->measure;
		change->target = shared->candidates[c].target;
		change->cost = shared->candidates[c].cost;
		solver->values[shared->measure] = change->target;
		search(solver, i + 1, add_costs(spent, change->cost));
		solver->change_count--;
	}
	solver->values[shared->measure] = kept;
}

/*
 * Count the conditions each measure decides under a node, once for every
 * reference to it, since two references make its conditions shared too.
 */
static void
count_uses(Solver *solver, int node, const int *references)
{
	const NtmProgramRule *rule = ntm_program_rule(solver->program, solver->rules, node);
	const NtmStep *steps = ntm_program_steps(solver->program, rule);
	int			times = Min(references[node], 2);

	for (int i = 0; i < rule->step_count; i++)
	{
		if (steps[i].kind > NTM_STEP_SHARE)
			continue;
		solver->uses[steps[i].left] += times;
		if (steps[i].kind == NTM_STEP_SHARE)
			solver->uses[steps[i].right] += times;
	}
}

/* How often each node is reached from the overall rule, 2 standing for more. */
static int *
count_references(const Solver *solver)
{
	const NtmProgram *program = solver->program;
	const int32 *order = NTM_PROGRAM_ORDER(program);
	int		   *references = palloc0(sizeof(int) * (program->node_count + 1));

	references[program->node_count] = 1;
	for (int i = program->node_count; i >= 0; i--)
	{
		int			node = order[i];
		const NtmProgramRule *rule = ntm_program_rule(program, solver->rules, node);
		const NtmStep *steps = ntm_program_steps(program, rule);

		for (int s = 0; s < rule->step_count; s++)
			if (steps[s].kind == NTM_STEP_NODE)
				references[steps[s].left] = Min(references[steps[s].left] + references[node], 2);
	}
	return references;
}

static int
compare_candidates(const void *left, const void *right)
{
	const Candidate *a = left;
	const Candidate *b = right;

	if (a->cost != b->cost)
		return a->cost < b->cost ? -1 : 1;
	return (a->target > b->target) - (a->target < b->target);
}

static void
add_candidate(Solver *solver, Shared *shared, int64 target)
{
	if (target <= -NTM_DECIMAL_LIMIT || target >= NTM_DECIMAL_LIMIT ||
		target == solver->unit_values[shared->measure])
		return;
	if (shared->count == 0)
		shared->candidates = palloc(sizeof(Candidate) * 4);
	else if (shared->count >= 4 && (shared->count & (shared->count - 1)) == 0)
		shared->candidates = repalloc(shared->candidates, sizeof(Candidate) * 2 * shared->count);
	shared->candidates[shared->count].target = target;
	shared->candidates[shared->count].cost = change_cost(solver, shared->measure, target);
	shared->count++;
}

/* Sort, the cheapest first, and drop what occurs twice: one target has one cost. */
static void
sort_candidates(Shared *shared)
{
	int			kept = 0;

	qsort(shared->candidates, shared->count, sizeof(Candidate), compare_candidates);
	for (int i = 0; i < shared->count; i++)
		if (kept == 0 || shared->candidates[kept - 1].target != shared->candidates[i].target)
			shared->candidates[kept++] = shared->candidates[i];
	shared->count = kept;
}

/* The ends of every interval in which a shared measure can matter. */
static void
find_candidates(Solver *solver, Shared *shared, const int *references)
{
	const NtmProgram *program = solver->program;

	if (solver->unit_values[shared->measure] == NTM_VALUE_NOT_APPLICABLE)
		return;

	for (int node = 0; node <= program->node_count; node++)
	{
		const NtmProgramRule *rule = ntm_program_rule(program, solver->rules, node);
		const NtmStep *steps = ntm_program_steps(program, rule);

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; references[node] > 0 && i < rule->step_count; i++)
		{
			int64		low;
			int64		high;
			bool		inside;

			if (steps[i].kind > NTM_STEP_SHARE)
				continue;

			/* a share moves with its denominator too: more values could matter than are tried */
			if (steps[i].kind == NTM_STEP_SHARE &&
				(steps[i].right == shared->measure ||
				 (steps[i].left == shared->measure && solver->prices[steps[i].right].given &&
				  solver->uses[steps[i].right] > 1)))
				solver->proven = false;
			if (steps[i].left != shared->measure ||
				!ntm_holding_interval(&steps[i], solver->unit_values, &low, &high, &inside))
				continue;
			add_candidate(solver, shared, low);
			add_candidate(solver, shared, low - 1);
			add_candidate(solver, shared, high);
			add_candidate(solver, shared, high + 1);
		}
	}
	if (shared->count > 0)
		sort_candidates(shared);
}

static void
read_prices(Solver *solver, const NtmMeasures *costs)
{
	for (int i = 0; i < solver->program->measure_count; i++)
	{
		const char *name = ntm_program_string(solver->program, NTM_PROGRAM_MEASURES(solver->program)[i].name);
		const char *suffixes[] = {"", PER_UNIT};
		int64	   *amounts[] = {&solver->prices[i].fixed, &solver->prices[i].per_unit};

		for (int k = 0; k < 2; k++)
		{
			char	   *key = psprintf("%s%s", name, suffixes[k]);
			int			position = ntm_measures_find(costs, key, strlen(key));

			if (position < 0 || !NTM_VALUE_IS_NUMBER(costs->values[position]))
				continue;
			if (costs->values[position] < 0)
				ereport(ERROR,
						(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						 errmsg("the price \"%s\" is negative", key)));
			*amounts[k] = costs->values[position];
			solver->prices[i].given = true;
		}
	}
}

/*
 * A first guess for shared measures: what the tree would change if nothing
 * were shared, each measure going as far as any of its conditions asks.
 */
static void
guess(Solver *solver)
{
	const int64 *values = solver->unit_values;
	int64		spent = 0;
	int64		cost;
	int			relaxed_count;
	Change	   *relaxed;

	for (int i = 0; i < solver->shared_count; i++)
		solver->fixed[solver->shared[i].measure] = false;
	if (solve_tree(solver) != IMPOSSIBLE)
		collect_changes(solver);
	for (int i = 0; i < solver->shared_count; i++)
		solver->fixed[solver->shared[i].measure] = true;

	relaxed_count = solver->change_count;
	relaxed = memcpy(palloc(sizeof(Change) * Max(relaxed_count, 1)), solver->changes,
					 sizeof(Change) * relaxed_count);
	solver->change_count = 0;
	for (int i = 0; i < solver->shared_count; i++)
	{
		int			measure = solver->shared[i].measure;
		int64		value = NTM_VALUE_IS_NUMBER(values[measure]) ? values[measure] : 0;
		int64		target = values[measure];
		Change	   *change;

		for (int k = 0; k < relaxed_count; k++)
		{
			if (relaxed[k].measure != measure)
				continue;
			if (!NTM_VALUE_IS_NUMBER(target) ||
				(relaxed[k].target > value ? relaxed[k].target > target : relaxed[k].target < target))
				target = relaxed[k].target;
		}
		if (target == values[measure])
			continue;
		change = append_change(solver);
		change->node = -1;
		change->measure = measure;
		change->target = target;
		change->cost = change_cost(solver, measure, target);
		spent = add_costs(spent, change->cost);
		solver->values[measure] = target;
	}

	cost = add_costs(spent, solve_tree(solver));
	if (cost != IMPOSSIBLE)
	{
		collect_changes(solver);
		keep_best(solver, cost);
	}
	solver->change_count = 0;
	memcpy(solver->values, values, sizeof(int64) * solver->program->measure_count);
	pfree(relaxed);
}

static Solver *
solve(FunctionCallInfo fcinfo)
{
	const NtmAssessor *assessor = ntm_assess_arguments(fcinfo, 3);
	const NtmProgram *program = assessor->program;
	Solver	   *solver = palloc0(sizeof(Solver));
	int			measures = Max(program->measure_count, 1);
	int		   *references;

	solver->program = program;
	solver->rules = assessor->rules;
	solver->prices = palloc0(sizeof(Price) * measures);
	solver->uses = palloc0(sizeof(int) * measures);
	solver->fixed = palloc0(sizeof(bool) * measures);
	solver->values = ntm_assessor_values(assessor);
	solver->unit_values = ntm_assessor_values(assessor);
	solver->node_costs[false] = palloc(sizeof(int64) * (program->node_count + 1));
	solver->node_costs[true] = palloc(sizeof(int64) * (program->node_count + 1));
	solver->collected[false] = palloc(sizeof(bool) * (program->node_count + 1));
	solver->collected[true] = palloc(sizeof(bool) * (program->node_count + 1));
	solver->shared = palloc0(sizeof(Shared) * measures);
	solver->change_room = 64;
	solver->changes = palloc(sizeof(Change) * solver->change_room);
	solver->best = IMPOSSIBLE;
	solver->proven = true;

	read_prices(solver, PG_GETARG_MEASURES_P(2));
	references = count_references(solver);
	for (int node = 0; node <= program->node_count; node++)
		count_uses(solver, node, references);
	for (int i = 0; i < program->measure_count; i++)
	{
		if (!solver->prices[i].given || solver->uses[i] < 2)
			continue;
		solver->fixed[i] = true;
		solver->shared[solver->shared_count].measure = i;
		find_candidates(solver, &solver->shared[solver->shared_count], references);
		solver->shared_count++;
	}

	if (solver->shared_count > 0)
		guess(solver);
	search(solver, 0, 0);
	if (solver->best == TOO_DEAR)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the cost to comply is too large"),
				 errdetail("Costs are below 9.2 * 10^12."),
				 errhint("Give prices in a larger unit of money.")));
	return solver;
}

/* A shared measure stands in several nodes; name the first. */
static int
first_node_with(const Solver *solver, int measure)
{
	for (int node = 0; node < solver->program->node_count; node++)
	{
		const NtmProgramRule *rule = ntm_program_rule(solver->program, solver->rules, node);
		const NtmStep *steps = ntm_program_steps(solver->program, rule);

		for (int i = 0; i < rule->step_count; i++)
			if (steps[i].kind <= NTM_STEP_SHARE && steps[i].left == measure)
				return node;
	}
	return solver->program->node_count;
}

static int
compare_changes(const void *left, const void *right)
{
	const Change *a = left;
	const Change *b = right;

	return a->node != b->node ? a->node - b->node : a->measure - b->measure;
}

/*
 * cheapest_path(measures, ruleset, costs, classes): a row per measure to be
 * changed; none if the verdict is met already, or if no price leads there.
 */
Datum
ntm_cheapest_path(PG_FUNCTION_ARGS)
{
	Solver	   *solver = solve(fcinfo);
	const NtmProgram *program = solver->program;
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	if (solver->best == IMPOSSIBLE)
		return (Datum) 0;

	for (int i = 0; i < solver->best_count; i++)
		if (solver->best_changes[i].node < 0)
			solver->best_changes[i].node = first_node_with(solver, solver->best_changes[i].measure);
	qsort(solver->best_changes, solver->best_count, sizeof(Change), compare_changes);

	for (int i = 0; i < solver->best_count; i++)
	{
		const Change *change = &solver->best_changes[i];
		const char *code = ntm_program_string(program, NTM_PROGRAM_NODES(program)[change->node].code);
		int64		value = solver->unit_values[change->measure];
		Datum		values[6];
		bool		nulls[6] = {0};

		ntm_set_text(values, nulls, 0, code);	/* none if the overall rule itself asks for it */
		ntm_set_text(values, nulls, 1,
					 ntm_program_string(program, NTM_PROGRAM_MEASURES(program)[change->measure].name));
		nulls[2] = !NTM_VALUE_IS_NUMBER(value);
		if (!nulls[2])
			values[2] = ntm_decimal_to_numeric(value);
		values[3] = ntm_decimal_to_numeric(change->target);
		values[4] = ntm_decimal_to_numeric(change->cost);
		values[5] = BoolGetDatum(solver->proven);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * cost_to_comply(measures, ruleset, costs, classes): what that path costs; 0
 * if the verdict is met already, NULL if no price leads there.
 */
Datum
ntm_cost_to_comply(PG_FUNCTION_ARGS)
{
	Solver	   *solver = solve(fcinfo);

	if (solver->best == IMPOSSIBLE)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(ntm_decimal_to_numeric(solver->best));
}
