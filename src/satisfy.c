/*-------------------------------------------------------------------------
 *
 * satisfy.c
 *	  Can conditions hold together, for any values of their measures?
 *
 * Items that share no measure cannot hinder each other, so counts of them add
 * up; only where items share a measure are its regions tried one by one.  Most
 * criteria sets are decided without trying anything.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "satisfy.h"

/* limits; beyond them nothing is claimed */
#define MAX_CONDITIONS		65536	/* in one space */
#define MAX_DEPTH			1000	/* conditions within conditions */
#define MAX_BRANCHES		128		/* axes tried within each other */
#define MAX_QUERY_WORK		1000000	/* steps of one search */
#define CONDITION_WORK		16		/* to make a condition, in steps */

static bool holds(NtmSpace *space, const NtmCondition *condition, bool want);
static NtmCondition *add_condition(NtmSpace *space, const NtmRule *rule, int node, int depth);

/* what an axis is found by */
typedef struct AxisKey
{
	char		left[64];
	char		right[64];
	int			node;			/* -1: a measure or share */
} AxisKey;

typedef struct AxisEntry
{
	AxisKey		key;
	NtmAxis    *axis;
} AxisEntry;

NtmSpace *
ntm_space_create(const NtmDocument *document, int64 *work, void *context,
				 NtmDomain (*domain) (void *context, const char *measure),
				 const NtmRule *(*expand) (void *context, int node))
{
	NtmSpace   *space = palloc0(sizeof(NtmSpace));
	HASHCTL		control = {0};

	control.keysize = sizeof(AxisKey);
	control.entrysize = sizeof(AxisEntry);
	control.hcxt = CurrentMemoryContext;
	space->axis_numbers = hash_create("ntm axes", 64, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	space->axis_allocated = 16;
	space->axes = palloc(sizeof(NtmAxis *) * space->axis_allocated);
	space->document = document;
	space->work = work;
	space->context = context;
	space->domain = domain;
	space->expand = expand;
	return space;
}

static NtmAxis *
find_axis(NtmSpace *space, const char *left, const char *right, int node)
{
	AxisKey		key;
	AxisEntry  *entry;
	NtmAxis    *axis;
	bool		found;

	memset(&key, 0, sizeof(key));
	key.node = node;
	if (left != NULL)
		strlcpy(key.left, left, sizeof(key.left));
	if (right != NULL)
		strlcpy(key.right, right, sizeof(key.right));
	entry = hash_search(space->axis_numbers, &key, HASH_ENTER, &found);
	if (found)
		return entry->axis;

	axis = palloc0(sizeof(NtmAxis));
	axis->left = left;
	axis->right = right;
	axis->cell = -1;
	if (left != NULL && right == NULL)
		axis->domain = space->domain(space->context, left);

	if (space->axis_count == space->axis_allocated)
	{
		space->axis_allocated *= 2;
		space->axes = repalloc(space->axes, sizeof(NtmAxis *) * space->axis_allocated);
	}
	space->axes[space->axis_count++] = axis;
	entry->axis = axis;
	return axis;
}

static void
add_bound(NtmAxis *axis, NtmNumber bound)
{
	if (axis->bound_count == axis->bound_allocated)
	{
		axis->bound_allocated = Max(axis->bound_allocated * 2, 4);
		if (axis->bounds == NULL)
			axis->bounds = palloc(sizeof(NtmNumber) * axis->bound_allocated);
		else
			axis->bounds = repalloc(axis->bounds, sizeof(NtmNumber) * axis->bound_allocated);
	}
	axis->bounds[axis->bound_count++] = bound;
}

/* "met" and "not met" have their bound at 1 */
static NtmNumber
lower_bound(const NtmRule *rule)
{
	NtmNumber	one = {NTM_DECIMAL_UNIT, false};

	return rule->comparison == NTM_YES || rule->comparison == NTM_NO ? one : rule->low;
}

static NtmCondition *
make_condition(NtmSpace *space, const NtmRule *rule, int node)
{
	NtmCondition *condition = palloc0(sizeof(NtmCondition));

	*space->work -= CONDITION_WORK;
	if (++space->condition_count > MAX_CONDITIONS || *space->work < 0)
		space->too_large = true;
	condition->rule = rule;
	condition->node = node;
	condition->weight = 1;
	return condition;
}

static NtmCondition *
add_comparison(NtmSpace *space, const NtmRule *rule, int node)
{
	NtmCondition *condition = make_condition(space, rule, node);
	const char *left = rule->left ? rule->left : space->document->nodes[node].measure;

	condition->comparison = rule;
	condition->axis = find_axis(space, left, rule->right, -1);
	add_bound(condition->axis, lower_bound(rule));
	if (rule->comparison == NTM_BETWEEN)
		add_bound(condition->axis, rule->high);
	space->comparisons = lappend(space->comparisons, condition);
	return condition;
}

/* The verdict of another node: its rule, or a verdict that may be either way. */
static NtmCondition *
add_reference(NtmSpace *space, const NtmRule *rule, int node, int referred, int depth)
{
	const NtmRule *expanded = NULL;
	NtmCondition *condition;

	if (space->expand != NULL && depth < MAX_DEPTH && !space->too_large)
		expanded = space->expand(space->context, referred);
	if (expanded != NULL)
		return add_condition(space, expanded, referred, depth + 1);

	condition = make_condition(space, rule, node);
	condition->axis = find_axis(space, NULL, NULL, referred);
	condition->low = condition->high = 1;
	return condition;
}

static NtmCondition *
add_not(NtmCondition *condition, const NtmRule *rule, int node)
{
	condition->inverted = !condition->inverted;
	condition->rule = rule;
	condition->node = node;
	return condition;
}

/* "*" or "not *": an item for every child. */
static List *
add_children(NtmSpace *space, List *items, const NtmRule *item, int node, int depth)
{
	const NtmDocument *document = space->document;
	const List *children = node >= 0 ? document->nodes[node].children : document->children;
	ListCell   *cell;

	foreach(cell, children)
	{
		NtmRule    *reference = palloc0(sizeof(NtmRule));
		NtmCondition *condition;

		reference->kind = NTM_RULE_NODE;
		reference->code = document->nodes[lfirst_int(cell)].code;
		condition = add_reference(space, reference, node, lfirst_int(cell), depth);
		if (item->kind == NTM_RULE_NOT)
		{
			NtmRule    *opposite = palloc0(sizeof(NtmRule));

			opposite->kind = NTM_RULE_NOT;
			opposite->items = list_make1(reference);
			add_not(condition, opposite, node);
		}
		condition->weight = Max(item->points, 1);
		items = lappend(items, condition);
		if (space->too_large)
			break;
	}
	return items;
}

/* The weight of items that a gate needs, or for "at most" one that is too much. */
static int64
needed_weight(const NtmRule *rule, int64 total)
{
	const int64 whole = 100 * NTM_DECIMAL_UNIT;
	int64		beyond = rule->gate == NTM_GATE_AT_MOST ? 1 : 0;

	if (rule->kind == NTM_RULE_AND || (rule->kind == NTM_RULE_GATE && rule->gate == NTM_GATE_ALL))
		return total;
	if (rule->kind == NTM_RULE_OR || rule->gate == NTM_GATE_ANY)
		return 1;
	if (rule->unit != NTM_COUNT_PERCENT)
		return rule->threshold + beyond;
	if (rule->threshold > whole)
		return total + 1;
	if (beyond)
		return rule->threshold * total / whole + 1;
	return (rule->threshold * total + whole - 1) / whole;
}

static NtmCondition *
add_count(NtmSpace *space, const NtmRule *rule, int node, int depth)
{
	NtmCondition *condition = make_condition(space, rule, node);
	List	   *items = NIL;
	ListCell   *cell;

	foreach(cell, rule->items)
	{
		const NtmRule *item = lfirst(cell);
		const NtmRule *inner = item->kind == NTM_RULE_NOT ? linitial(item->items) : item;
		NtmCondition *made;

		if (space->too_large)
			break;
		if (inner->kind == NTM_RULE_CHILDREN)
		{
			items = add_children(space, items, item, node, depth);
			continue;
		}
		made = add_condition(space, item, node, depth + 1);
		made->weight = Max(item->points, 1);
		items = lappend(items, made);
	}

	condition->items = palloc(sizeof(NtmCondition *) * Max(list_length(items), 1));
	foreach(cell, items)
	{
		NtmCondition *item = lfirst(cell);

		condition->items[condition->count++] = item;
		condition->total += item->weight;
	}
	condition->needed = needed_weight(rule, condition->total);
	condition->inverted = rule->kind == NTM_RULE_GATE && rule->gate == NTM_GATE_AT_MOST;
	return condition;
}

static NtmCondition *
add_condition(NtmSpace *space, const NtmRule *rule, int node, int depth)
{
	check_stack_depth();
	CHECK_FOR_INTERRUPTS();

	switch (rule->kind)
	{
		case NTM_RULE_COMPARISON:
			return add_comparison(space, rule, node);

		case NTM_RULE_NOT:
			return add_not(add_condition(space, linitial(rule->items), node, depth + 1), rule, node);

		case NTM_RULE_AND:
		case NTM_RULE_OR:
		case NTM_RULE_GATE:
			return add_count(space, rule, node, depth);

		case NTM_RULE_NODE:
			return add_reference(space, rule, node,
								 ntm_names_find(space->document->node_numbers, rule->code), depth);

		case NTM_RULE_CHILDREN:
			break;				/* only as an item, which add_count() takes */
	}
	elog(ERROR, "unexpected rule of kind %d", rule->kind);
}

NtmCondition *
ntm_space_add(NtmSpace *space, const NtmRule *rule, int node)
{
	return add_condition(space, rule, node, 0);
}

int
ntm_compare_bounds(NtmNumber left, NtmNumber right, bool share)
{
	if (share && left.percent != right.percent)
		return ntm_compare_products(left.value, left.percent ? 1 : 100,
									right.value, right.percent ? 1 : 100);
	return (left.value > right.value) - (left.value < right.value);
}

static int
compare_bounds_arg(const void *left, const void *right, void *share)
{
	return ntm_compare_bounds(*(const NtmNumber *) left, *(const NtmNumber *) right, *(bool *) share);
}

/* Cells 0, 2, 4 ... lie between the bounds, cells 1, 3, 5 ... are the bounds. */
static int
cell_of_bound(const NtmAxis *axis, NtmNumber bound)
{
	int			low = 0;
	int			high = axis->bound_count - 1;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (ntm_compare_bounds(axis->bounds[middle], bound, axis->right != NULL) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return 2 * low + 1;
}

static void
place_comparison(NtmCondition *condition)
{
	const NtmRule *rule = condition->comparison;
	const NtmAxis *axis = condition->axis;
	int			cell = cell_of_bound(axis, lower_bound(rule));

	condition->low = 0;
	condition->high = axis->cell_count - 1;
	switch (rule->comparison)
	{
		case NTM_AT_LEAST:
		case NTM_YES:
			condition->low = cell;
			break;
		case NTM_AT_MOST:
			condition->high = cell;
			break;
		case NTM_ABOVE:
			condition->low = cell + 1;
			break;
		case NTM_BELOW:
		case NTM_NO:
			condition->high = cell - 1;
			break;
		case NTM_DIFFERENT:
			condition->inverted = !condition->inverted;
			/* FALLTHROUGH */
		case NTM_EQUAL:
			condition->low = condition->high = cell;
			break;
		case NTM_BETWEEN:
			condition->low = cell;
			condition->high = cell_of_bound(axis, rule->high);
			break;
	}
}

static bool
cell_is_possible(const NtmAxis *axis, int cell, NtmBelief belief)
{
	bool		share = axis->right != NULL;
	int			above = cell / 2;	/* the bound at or above the cell */
	int64		low = -NTM_DECIMAL_LIMIT + 1;
	int64		high = NTM_DECIMAL_LIMIT - 1;

	if (axis->left == NULL)
		return true;

	if (share)
	{
		NtmNumber	one = {NTM_DECIMAL_UNIT, false};

		/* shares lie as dense as one likes, but a / a is always 1 */
		if (strcmp(axis->left, axis->right) != 0)
			return true;
		if (cell % 2 == 1)
			return ntm_compare_bounds(axis->bounds[above], one, true) == 0;
		return (above == 0 || ntm_compare_bounds(axis->bounds[above - 1], one, true) < 0) &&
			(above == axis->bound_count || ntm_compare_bounds(axis->bounds[above], one, true) > 0);
	}

	/* values are whole millionths, so a gap between two bounds may hold none */
	if (cell % 2 == 1)
		low = high = axis->bounds[above].value;
	else
	{
		if (above > 0)
			low = axis->bounds[above - 1].value + 1;
		if (above < axis->bound_count)
			high = axis->bounds[above].value - 1;
	}
	if (low > high)
		return false;
	if (axis->domain == NTM_DOMAIN_YES_NO && belief >= NTM_BELIEVE_YES_NO)
		return (low <= 0 && high >= 0) || (low <= NTM_DECIMAL_UNIT && high >= NTM_DECIMAL_UNIT);
	if (axis->domain == NTM_DOMAIN_PERCENT && belief >= NTM_BELIEVE_PERCENT)
		return low <= 100 * NTM_DECIMAL_UNIT && high >= 0;
	return true;
}

static void
count_possible(NtmAxis *axis, NtmBelief belief)
{
	axis->possible[0] = 0;
	for (int i = 0; i < axis->cell_count; i++)
		axis->possible[i + 1] = axis->possible[i] + (cell_is_possible(axis, i, belief) ? 1 : 0);
}

void
ntm_space_close(NtmSpace *space)
{
	ListCell   *cell;

	for (int i = 0; i < space->axis_count; i++)
	{
		NtmAxis    *axis = space->axes[i];
		bool		share = axis->right != NULL;
		int			distinct = 0;

		CHECK_FOR_INTERRUPTS();
		if (axis->bound_count > 1)
			qsort_arg(axis->bounds, axis->bound_count, sizeof(NtmNumber), compare_bounds_arg, &share);
		for (int b = 0; b < axis->bound_count; b++)
			if (distinct == 0 || ntm_compare_bounds(axis->bounds[distinct - 1], axis->bounds[b], share) != 0)
				axis->bounds[distinct++] = axis->bounds[b];
		axis->bound_count = distinct;
		axis->cell_count = axis->left != NULL ? 2 * distinct + 1 : 2;
		axis->possible = palloc(sizeof(int) * (axis->cell_count + 1));
		count_possible(axis, NTM_BELIEVE_NOTHING);
	}
	foreach(cell, space->comparisons)
		place_comparison(lfirst(cell));
}

/* ---- the search ---- */

static void
spend(NtmSpace *space)
{
	if (--space->query_work < 0 || --*space->work < 0)
		space->exhausted = true;
	if (space->query_work % 4096 == 0)
		CHECK_FOR_INTERRUPTS();
}

static int
possible_cells(const NtmAxis *axis)
{
	return axis->possible[axis->cell_count];
}

static bool
range_holds(const NtmCondition *condition, bool want)
{
	const NtmAxis *axis = condition->axis;
	int			inside = 0;

	if (axis->cell >= 0)
		return (axis->cell >= condition->low && axis->cell <= condition->high) == want;
	if (condition->low <= condition->high)
		inside = axis->possible[condition->high + 1] - axis->possible[condition->low];
	return want ? inside > 0 : inside < possible_cells(axis);
}

static int
find_group(int *group, int item)
{
	while (group[item] != item)
		item = group[item] = group[group[item]];
	return item;
}

/* Note the axes an item depends on, and join it with the items that share one. */
static void
note_axes(NtmSpace *space, const NtmCondition *condition, int item, int *group, NtmAxis **noted)
{
	NtmAxis    *axis = condition->axis;

	check_stack_depth();
	spend(space);
	if (space->exhausted)
		return;

	if (axis == NULL)
	{
		for (int i = 0; i < condition->count; i++)
			note_axes(space, condition->items[i], item, group, noted);
		return;
	}

	if (axis->cell >= 0 || possible_cells(axis) < 2)
		return;
	if (axis->stamp != space->stamp)
	{
		axis->stamp = space->stamp;
		axis->owner = item;
		axis->owner_count = 1;
		axis->next = *noted;
		*noted = axis;
	}
	else if (axis->owner != item)
	{
		group[find_group(group, axis->owner)] = find_group(group, item);
		axis->owner = item;
		axis->owner_count++;
	}
}

static int64 most_weight(NtmSpace *space, const NtmLiteral *literals, int count, int64 bar, int64 enough);

/* Where all literals must hold, the cells outside of these need not be tried. */
static void
narrow_cells(const NtmAxis *axis, const NtmLiteral *literals, int count, int *first, int *last)
{
	for (int i = 0; i < count; i++)
	{
		const NtmCondition *condition = literals[i].condition;

		if (condition->axis != axis)
			continue;
		if (literals[i].want != condition->inverted)
		{
			*first = Max(*first, condition->low);
			*last = Min(*last, condition->high);
		}
		else if (condition->low == 0)
			*first = Max(*first, condition->high + 1);
		else if (condition->high == axis->cell_count - 1)
			*last = Min(*last, condition->low - 1);
	}
}

/* The same by trying every region of one axis. */
static int64
try_regions(NtmSpace *space, NtmAxis *axis, const NtmLiteral *literals, int count, int64 bar, int64 enough)
{
	int64		best = Max(bar, 1) - 1;
	int64		total = 0;
	int64		found;
	int			first = 0;
	int			last = axis->cell_count - 1;

	if (++space->branches > MAX_BRANCHES)
		space->exhausted = true;
	for (int i = 0; i < count; i++)
		total += literals[i].weight;
	if (bar >= total)
		narrow_cells(axis, literals, count, &first, &last);

	for (int cell = first; cell <= last && best < enough && !space->exhausted; cell++)
	{
		if (axis->possible[cell + 1] == axis->possible[cell])
			continue;
		axis->cell = cell;
		found = most_weight(space, literals, count, best + 1, enough);
		best = Max(best, found);
	}
	axis->cell = -1;
	space->branches--;
	return best;
}

/*
 * The greatest weight of literals that can hold at once.  If it is below the
 * bar any number below the bar will do, and if it is enough any that is.
 */
static int64
most_weight(NtmSpace *space, const NtmLiteral *literals, int count, int64 bar, int64 enough)
{
	int		   *group = palloc(sizeof(int) * count);
	int		   *size = palloc0(sizeof(int) * count);
	int64	   *weight = palloc0(sizeof(int64) * count);
	NtmAxis   **axes = palloc0(sizeof(NtmAxis *) * count);
	NtmAxis    *noted = NULL;
	NtmLiteral *members;
	int64		certain = 0;	/* from groups that are done */
	int64		hoped = 0;		/* at most this from the others */

	check_stack_depth();

	/* what each could give alone */
	for (int i = 0; i < count; i++)
		hoped += literals[i].weight;
	for (int i = 0; i < count && hoped >= bar; i++)
	{
		group[i] = i;
		if (holds(space, literals[i].condition, literals[i].want))
			weight[i] = literals[i].weight;
		else
			hoped -= literals[i].weight;
	}
	if (hoped < bar || space->exhausted)
		goto done;

	/* items that share an axis form a group; it is tried by its busiest axis */
	space->stamp++;
	for (int i = 0; i < count; i++)
		note_axes(space, literals[i].condition, i, group, &noted);
	for (NtmAxis *axis = noted; axis != NULL; axis = axis->next)
	{
		NtmAxis   **chosen = &axes[find_group(group, axis->owner)];

		if (axis->owner_count > 1 && (*chosen == NULL || (*chosen)->owner_count < axis->owner_count))
			*chosen = axis;
	}

	for (int i = 0; i < count; i++)
	{
		size[find_group(group, i)]++;
		if (axes[find_group(group, i)] == NULL)
		{
			certain += weight[i];
			hoped -= weight[i];
		}
	}

	members = palloc(sizeof(NtmLiteral) * count);
	for (int root = 0; root < count && certain < enough && !space->exhausted; root++)
	{
		int			member_count = 0;
		int64		most = 0;

		if (axes[root] == NULL)
			continue;
		for (int i = 0; i < count && member_count < size[root]; i++)
		{
			if (find_group(group, i) != root)
				continue;
			members[member_count++] = literals[i];
			most += weight[i];
		}
		hoped -= most;
		certain += try_regions(space, axes[root], members, member_count,
							   bar - certain - hoped, Min(enough - certain, most));
		if (certain + hoped < bar)
			break;
	}
	pfree(members);

done:
	pfree(group);
	pfree(size);
	pfree(weight);
	pfree(axes);
	return space->exhausted ? Max(enough, bar) : certain + hoped;
}

/* Can a condition be as wanted, the axes being where they are? */
static bool
holds(NtmSpace *space, const NtmCondition *condition, bool want)
{
	NtmLiteral *literals;
	int64		needed;
	bool		result;

	spend(space);
	if (space->exhausted)
		return true;

	want = want != condition->inverted;
	if (condition->axis != NULL)
		return range_holds(condition, want);

	/* not to reach the weight takes items of the rest not to be met, and one more */
	needed = want ? condition->needed : condition->total - condition->needed + 1;
	if (needed <= 0)
		return true;
	if (needed > condition->total)
		return false;

	literals = palloc(sizeof(NtmLiteral) * condition->count);
	for (int i = 0; i < condition->count; i++)
	{
		literals[i].condition = condition->items[i];
		literals[i].want = want;
		literals[i].weight = condition->items[i]->weight;
	}
	result = most_weight(space, literals, condition->count, needed, needed) >= needed;
	pfree(literals);
	return result;
}

/* Get ready for a search; false if there is nothing left to spend on it. */
static bool
begin_search(NtmSpace *space, NtmBelief belief)
{
	if (space->belief != belief)
	{
		for (int i = 0; i < space->axis_count; i++)
			if (space->axes[i]->domain != NTM_DOMAIN_OPEN)
				count_possible(space->axes[i], belief);
		space->belief = belief;
	}
	space->query_work = MAX_QUERY_WORK;
	space->branches = 0;
	space->exhausted = space->too_large || *space->work <= 0;
	return !space->exhausted;
}

bool
ntm_possible(NtmSpace *space, const NtmLiteral *literals, int count, NtmBelief belief)
{
	bool		result;

	if (!begin_search(space, belief))
		return true;
	if (count == 1)
		result = holds(space, literals[0].condition, literals[0].want);
	else
		result = most_weight(space, literals, count, count, count) >= count;
	return result || space->exhausted;
}

bool
ntm_can_be(NtmSpace *space, const NtmCondition *condition, bool want, NtmBelief belief)
{
	NtmLiteral	literal = {condition, want, 1};

	return ntm_possible(space, &literal, 1, belief);
}

int *
ntm_groups(NtmSpace *space, const NtmLiteral *literals, int count)
{
	int		   *group = palloc(sizeof(int) * Max(count, 1));
	bool	   *shared = palloc0(sizeof(bool) * Max(count, 1));
	int		   *numbers = palloc(sizeof(int) * Max(count, 1));
	NtmAxis    *noted = NULL;

	for (int i = 0; i < count; i++)
		group[i] = i;
	if (begin_search(space, NTM_BELIEVE_NOTHING))
	{
		space->stamp++;
		for (int i = 0; i < count; i++)
			note_axes(space, literals[i].condition, i, group, &noted);
		for (NtmAxis *axis = noted; axis != NULL; axis = axis->next)
			if (axis->owner_count > 1)
				shared[find_group(group, axis->owner)] = true;
	}
	for (int i = 0; i < count; i++)
		numbers[i] = shared[find_group(group, i)] ? find_group(group, i) : -1;
	return numbers;
}

/* ---- why not ---- */

/* Does it take every item to be so? */
static bool
takes_all(const NtmCondition *condition, bool want)
{
	want = want != condition->inverted;
	return condition->axis == NULL && condition->count > 0 &&
		condition->needed == (want ? condition->total : 1);
}

static int
count_conjuncts(const NtmCondition *condition, bool want)
{
	int			count = 0;

	check_stack_depth();
	if (!takes_all(condition, want))
		return 1;
	for (int i = 0; i < condition->count; i++)
		count += count_conjuncts(condition->items[i], want != condition->inverted);
	return count;
}

static NtmLiteral *
write_conjuncts(const NtmCondition *condition, bool want, NtmLiteral *literal)
{
	if (takes_all(condition, want))
	{
		for (int i = 0; i < condition->count; i++)
			literal = write_conjuncts(condition->items[i], want != condition->inverted, literal);
		return literal;
	}
	literal->condition = condition;
	literal->want = want;
	literal->weight = 1;
	return literal + 1;
}

int
ntm_conjuncts(const NtmCondition *condition, bool want, NtmLiteral **literals)
{
	int			count = count_conjuncts(condition, want);

	*literals = palloc(sizeof(NtmLiteral) * Max(count, 1));
	write_conjuncts(condition, want, *literals);
	return count;
}

int
ntm_conflict(NtmSpace *space, NtmLiteral *literals, int count, int fixed, NtmBelief belief)
{
	NtmLiteral *rest = palloc(sizeof(NtmLiteral) * Max(count, 1));

	/* leave out large pieces first, then smaller ones */
	for (int piece = Max((count - fixed) / 2, 1); piece > 0; piece /= 2)
	{
		int			first = fixed;

		while (first < count)
		{
			int			left_out = Min(piece, count - first);

			memcpy(rest, literals, sizeof(NtmLiteral) * first);
			memcpy(rest + first, literals + first + left_out,
				   sizeof(NtmLiteral) * (count - first - left_out));
			if (count - left_out > 0 && !ntm_possible(space, rest, count - left_out, belief))
			{
				count -= left_out;
				memcpy(literals, rest, sizeof(NtmLiteral) * count);
			}
			else
				first += left_out;
		}
	}
	pfree(rest);
	return count;
}
