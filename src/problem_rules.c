/*-------------------------------------------------------------------------
 *
 * problem_rules.c
 *	  What is wrong with the logic of a rule: it holds never or always, has
 *	  parts that do, or says things twice.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "problems.h"

/* of one rule no more problems are shown than this */
#define MAX_FINDINGS	10

/* steps of searching for one rule, so that a hostile one leaves some for others */
#define MAX_RULE_WORK	4000000

/* of conditions that exclude each other, and the like */
#define MAX_NAMED		4

/* a rule under examination, by itself or with those it refers to */
typedef struct Examination
{
	NtmProblems *problems;
	int			node;
	const char *class_code;
	const NtmRule *rule;
	NtmSpace   *space;
	NtmCondition *condition;
	int			found;

	/* with those it refers to */
	bool		together;
	bool		varied;			/* the class made a difference */
	const bool *open;			/* nodes whose verdict is to be left open */
} Examination;

static const char *const belief_texts[] = {
	[NTM_BELIEVE_NOTHING] = "",
	[NTM_BELIEVE_YES_NO] = ", since a yes/no measure is 0 or 1",
	[NTM_BELIEVE_PERCENT] = ", if values in \"%\" lie between 0 and 100"
};

static void
add_finding(Examination *examination, NtmSeverity severity, const char *problem, const char *proposal)
{
	if (examination->found++ < MAX_FINDINGS)
		ntm_problem(examination->problems, examination->node, examination->class_code,
					severity, problem, proposal);
}

/* ---- wording ---- */

/* "x >= 5", or with the node where it stands if several are under examination */
static char *
name_condition(const Examination *examination, const NtmCondition *condition, bool want)
{
	const NtmDocumentNode *nodes = examination->problems->document->nodes;
	const NtmRule *rule = condition->rule;
	char	   *text;

	/* elsewhere the node's own measure is not self-evident */
	if (examination->together && rule->kind == NTM_RULE_COMPARISON && rule->left == NULL)
	{
		NtmRule    *named = palloc(sizeof(NtmRule));

		*named = *rule;
		named->left = nodes[condition->node].measure;
		rule = named;
	}
	if (!want && rule->kind == NTM_RULE_NOT)
		rule = linitial(rule->items);
	else if (!want)
	{
		NtmRule    *opposite = palloc0(sizeof(NtmRule));

		opposite->kind = NTM_RULE_NOT;
		opposite->items = list_make1(unconstify(NtmRule *, rule));
		rule = opposite;
	}

	text = ntm_problem_quote(rule);
	if (examination->together && condition->node >= 0 && condition->node != examination->node)
		return psprintf("%s of [%s]", text, nodes[condition->node].code);
	return text;
}

/* "a", "b" and "c"; each the opposite of the literal if "opposite" */
static char *
name_literals(const Examination *examination, const NtmLiteral *literals, int count,
			  bool opposite, const char *last)
{
	StringInfoData text;
	int			named = count > MAX_NAMED ? MAX_NAMED - 1 : count;

	initStringInfo(&text);
	for (int i = 0; i < named; i++)
	{
		if (i > 0)
			appendStringInfoString(&text, i == count - 1 ? last : ", ");
		appendStringInfoString(&text, name_condition(examination, literals[i].condition,
													 literals[i].want != opposite));
	}
	if (named < count)
		appendStringInfo(&text, "%s%d more", last, count - named);
	return text.data;
}

/* What a gate asks for that no choice of its items can give. */
static char *
gate_reason(const NtmCondition *condition, bool want, const char *subject)
{
	const NtmRule *rule = condition->rule;
	bool		points;

	while (rule->kind == NTM_RULE_NOT)
		rule = linitial(rule->items);
	points = rule->kind == NTM_RULE_GATE && rule->unit == NTM_COUNT_POINTS;

	if (condition->needed > condition->total && rule->gate == NTM_GATE_AT_MOST)
		return psprintf(points ? "%s allows all of its " INT64_FORMAT " points" :
						"%s allows all of its " INT64_FORMAT " items", subject, condition->total);
	if (condition->needed > condition->total && rule->unit == NTM_COUNT_PERCENT)
		return psprintf("%s asks for more than 100%% of its items", subject);
	if (condition->needed > condition->total)
		return psprintf(points ? "%s asks for " INT64_FORMAT " points and its items add up to " INT64_FORMAT :
						"%s asks for " INT64_FORMAT " items and has " INT64_FORMAT,
						subject, condition->needed, condition->total);
	if (condition->needed <= 0)
		return psprintf(points ? "%s asks for no points" : "%s asks for none of its items", subject);

	if (want != condition->inverted)
		return psprintf(points ? "so many points of %s cannot be reached together" :
						"so many items of %s cannot be met together", subject);
	return psprintf(points ? "so many points of %s are always reached" :
					"so many items of %s are always met", subject);
}

/* Why a single condition cannot be as wanted. */
static char *
single_reason(const Examination *examination, const NtmLiteral *literal, const NtmRule *part)
{
	const NtmCondition *condition = literal->condition;
	const NtmRule *comparison = condition->comparison;
	bool		is_part = condition->rule == part;
	const char *subject = is_part ? "it" : name_condition(examination, condition, true);

	if (condition->axis == NULL)
		return gate_reason(condition, literal->want, subject);
	if (comparison != NULL && comparison->comparison == NTM_BETWEEN && condition->low > condition->high)
		return psprintf("%s lower bound is above the upper one",
						is_part ? "its" : psprintf("in %s the", subject));
	if (comparison != NULL && comparison->right != NULL)
		return psprintf("the share of a measure in itself is always 1");
	return psprintf("%s value satisfies %s", literal->want ? "no" : "every", subject);
}

/* Why a conjunction cannot hold; or if "always", why its opposite always does. */
static char *
conflict_reason(const Examination *examination, const NtmLiteral *conflict, int count,
				const NtmRule *part, bool always, NtmBelief belief)
{
	char	   *reason;

	if (count == 1)
		reason = single_reason(examination, &conflict[0], part);
	else if (always)
		reason = psprintf("%s%s always holds", count > 2 ? "one of " : "",
						  name_literals(examination, conflict, count, true, " or "));
	else
		reason = psprintf("%s %s", name_literals(examination, conflict, count, false, " and "),
						  count > 2 ? "cannot hold together" : "exclude each other");
	return psprintf("%s%s", reason, belief_texts[belief]);
}

/* ---- corrections ---- */

static bool
is_possible_rule(const Examination *examination, const NtmRule *rule)
{
	NtmProblems *problems = examination->problems;
	NtmSpace   *space = ntm_space_create(problems->document, &problems->work, problems, ntm_problem_domain,
										 NULL);
	NtmCondition *condition = ntm_space_add(space, rule, examination->node);

	ntm_space_close(space);
	return ntm_can_be(space, condition, true, NTM_BELIEVE_PERCENT) &&
		ntm_can_be(space, condition, false, NTM_BELIEVE_PERCENT);
}

static bool
is_lower_bound(const NtmRule *rule)
{
	return rule->comparison == NTM_AT_LEAST || rule->comparison == NTM_ABOVE;
}

static bool
is_upper_bound(const NtmRule *rule)
{
	return rule->comparison == NTM_AT_MOST || rule->comparison == NTM_BELOW;
}

static NtmRule *
copy_rule(const NtmRule *rule)
{
	NtmRule    *copy = palloc(sizeof(NtmRule));

	*copy = *rule;
	return copy;
}

/* The first of two conditions becomes "first and second" or "first or second". */
static const NtmRule *
join_conditions(const NtmRule *rule, const NtmRule *first, const NtmRule *second, NtmRuleKind kind)
{
	NtmRule    *joined = palloc0(sizeof(NtmRule));
	NtmRule    *left = copy_rule(first);
	NtmRule    *right = copy_rule(second);

	left->points = right->points = 0;
	joined->kind = kind;
	joined->items = list_make2(left, right);
	rule = ntm_problem_replace(rule, first, joined);
	return rule ? ntm_problem_replace(rule, second, NULL) : NULL;
}

/* Of a lower and an upper bound each gets the other's number. */
static const NtmRule *
swap_bounds(const NtmRule *rule, const NtmRule *first, const NtmRule *second)
{
	NtmRule    *left = copy_rule(first);
	NtmRule    *right = copy_rule(second);

	left->low = second->low;
	right->low = first->low;
	/* the smaller bound reads better first */
	if (is_lower_bound(second))
	{
		NtmRule    *swap = left;

		left = right;
		right = swap;
	}
	rule = ntm_problem_replace(rule, first, left);
	return rule ? ntm_problem_replace(rule, second, right) : NULL;
}

/* The rule, or part of one, as it was probably meant, or NULL. */
static const NtmRule *
correct_conflict(const NtmRule *rule, const NtmLiteral *conflict, int count, bool always)
{
	const NtmRule *first = conflict[0].condition->rule;
	const NtmRule *second;

	if (conflict[0].want == always || conflict[count - 1].want == always)
		return NULL;			/* something is negated: too clever to guess */

	if (count == 1 && first->kind == NTM_RULE_COMPARISON && first->comparison == NTM_BETWEEN)
	{
		NtmRule    *turned = copy_rule(first);

		turned->low = first->high;
		turned->high = first->low;
		return ntm_problem_replace(rule, first, turned);
	}
	if (count == 1 && first->kind == NTM_RULE_GATE && first->gate == NTM_GATE_AT_LEAST &&
		first->unit != NTM_COUNT_POINTS && conflict[0].condition->needed > conflict[0].condition->total)
	{
		NtmRule    *all = copy_rule(first);

		all->gate = NTM_GATE_ALL;
		all->unit = NTM_COUNT_ITEMS;
		return ntm_problem_replace(rule, first, all);
	}

	if (count != 2 || conflict[0].condition->axis == NULL ||
		conflict[0].condition->axis != conflict[1].condition->axis)
		return NULL;
	second = conflict[1].condition->rule;
	if (first->kind != NTM_RULE_COMPARISON || second->kind != NTM_RULE_COMPARISON)
		return NULL;
	if (always)
		return join_conditions(rule, first, second, NTM_RULE_AND);
	if ((is_lower_bound(first) && is_upper_bound(second)) ||
		(is_upper_bound(first) && is_lower_bound(second)))
		return swap_bounds(rule, first, second);
	if (first->comparison == NTM_EQUAL && second->comparison == NTM_EQUAL)
		return join_conditions(rule, first, second, NTM_RULE_OR);
	return NULL;
}

/* The rule without a part that makes no difference, or NULL. */
static char *
propose_without(const Examination *examination, const NtmRule *part, NtmBelief belief)
{
	const NtmRule *rule = ntm_problem_replace(examination->rule, part, NULL);

	if (rule == NULL || rule == examination->rule ||
		!ntm_problems_equivalent(examination->problems, examination->node, rule, examination->rule, belief))
		return NULL;
	return ntm_problem_proposal(rule);
}

/* The correction if it is one, else the rule without the part, else NULL. */
static char *
propose_correction(const Examination *examination, const NtmLiteral *conflict, int count,
				   const NtmRule *part, bool always, NtmBelief belief)
{
	const NtmRule *corrected = correct_conflict(part, conflict, count, always);

	if (corrected != NULL && corrected != part && is_possible_rule(examination, corrected))
	{
		corrected = ntm_problem_replace(examination->rule, part, corrected);
		if (corrected != examination->rule && is_possible_rule(examination, corrected))
			return ntm_problem_proposal(corrected);
	}
	return propose_without(examination, part, belief);
}

/* What to do where there is no rule to propose. */
static const char *
advise(const NtmLiteral *conflict, int count)
{
	const NtmCondition *condition = conflict[0].condition;

	if (count > 1)
		return "Correct one of these conditions.";
	if (condition->axis == NULL)
		return "Correct the number that the gate asks for, or its items.";
	if (condition->axis->right != NULL && strcmp(condition->axis->left, condition->axis->right) == 0)
		return "Name another denominator.";
	return "Correct the bound.";
}

/* ---- never and always ---- */

/* The least belief that makes a condition impossible as wanted, or -1. */
static int
least_belief(const Examination *examination, const NtmCondition *condition, bool want)
{
	for (int belief = NTM_BELIEVE_NOTHING; belief <= NTM_BELIEVE_PERCENT; belief++)
		if (!ntm_can_be(examination->space, condition, want, belief))
			return belief;
	return -1;
}

/*
 * Report a condition that is never or always met, if it is one.  The whole
 * rule of a node is an error, since nobody or everybody meets it.
 */
static bool
report_decided(Examination *examination, const NtmCondition *condition, bool always)
{
	bool		whole = condition == examination->condition;
	int			belief = least_belief(examination, condition, !always);
	NtmLiteral *conflict;
	int			count;
	char	   *reason;
	char	   *proposal = NULL;
	const char *subject;
	NtmSeverity severity;

	if (belief < 0)
		return false;

	count = ntm_conjuncts(condition, !always, &conflict);
	count = ntm_conflict(examination->space, conflict, count, 0, belief);
	reason = conflict_reason(examination, conflict, count, condition->rule, always, belief);

	severity = whole ? NTM_SEVERITY_ERROR : NTM_SEVERITY_WARNING;
	if (belief == NTM_BELIEVE_PERCENT)
		severity--;
	if (examination->together && always)
		severity = Min(severity, NTM_SEVERITY_WARNING);

	if (!whole)
		subject = ntm_problem_quote(condition->rule);
	else
		subject = examination->node < 0 ? "The overall rule" : "The rule";
	if (!examination->together)
		proposal = propose_correction(examination, conflict, count, condition->rule, always, belief);

	add_finding(examination, severity,
				psprintf("%s %s met%s: %s.", subject, always ? "is always" : "can never be",
						 examination->together ? " with the rules it refers to" : "", reason),
				proposal ? proposal : advise(conflict, count));
	return true;
}

/*
 * Conditions that all must hold, or of which one suffices: report those that
 * the others make superfluous.  A literal says what is needed for all to hold,
 * or for none to.
 */
static void
find_superfluous(Examination *examination, const NtmCondition *condition, bool want)
{
	NtmLiteral *literals;
	NtmLiteral *others;
	int			count = ntm_conjuncts(condition, want, &literals);
	int		   *groups = ntm_groups(examination->space, literals, count);

	others = palloc(sizeof(NtmLiteral) * count);
	for (int i = count - 1; i >= 0 && examination->found < MAX_FINDINGS; i--)
	{
		const NtmLiteral superfluous = literals[i];
		int			other_count = 1;
		char	   *name;
		char	   *reasons;
		char	   *proposal;

		if (groups[i] < 0)
			continue;

		/* can the others hold, and this one not? */
		others[0] = superfluous;
		others[0].want = !superfluous.want;
		for (int j = 0; j < count; j++)
			if (j != i && groups[j] == groups[i])
				others[other_count++] = literals[j];
		if (!ntm_possible(examination->space, others, 1, NTM_BELIEVE_PERCENT) ||
			ntm_possible(examination->space, others, other_count, NTM_BELIEVE_NOTHING))
			continue;

		other_count = ntm_conflict(examination->space, others, other_count, 1, NTM_BELIEVE_NOTHING) - 1;
		name = name_condition(examination, superfluous.condition, superfluous.want == want);
		reasons = name_literals(examination, others + 1, other_count, !want, want ? " and " : " or ");
		proposal = propose_without(examination, superfluous.condition->rule, NTM_BELIEVE_NOTHING);
		add_finding(examination, NTM_SEVERITY_NOTICE,
					want ? psprintf("%s adds nothing: %s %s it.", name, reasons,
									other_count > 1 ? "imply" : "implies") :
					psprintf("%s adds nothing: where it holds, %s holds too.", name, reasons),
					proposal ? proposal : "Remove the condition, or correct its bound.");

		/* two that say the same are not both superfluous */
		groups[i] = -1;
	}
}

typedef struct ItemText
{
	char	   *text;
	const NtmRule *rule;
	int			position;
} ItemText;

static int
compare_item_texts(const void *left, const void *right)
{
	const ItemText *a = left;
	const ItemText *b = right;
	int			result = strcmp(a->text, b->text);

	return result ? result : a->position - b->position;
}

/* Items of a counting gate that stand there twice, and count twice. */
static void
find_duplicates(Examination *examination, const NtmCondition *condition)
{
	ItemText   *items = palloc(sizeof(ItemText) * condition->count);

	for (int i = 0; i < condition->count; i++)
	{
		items[i].rule = condition->items[i]->rule;
		items[i].text = ntm_rule_text(items[i].rule);
		items[i].position = i;
	}
	qsort(items, condition->count, sizeof(ItemText), compare_item_texts);

	for (int i = 1; i < condition->count; i++)
	{
		const NtmRule *shorter;
		char	   *proposal = NULL;

		if (strcmp(items[i - 1].text, items[i].text) != 0 ||
			(i > 1 && strcmp(items[i - 2].text, items[i].text) == 0))
			continue;
		shorter = ntm_problem_replace(examination->rule, items[i].rule, NULL);
		if (shorter != NULL && shorter != examination->rule && is_possible_rule(examination, shorter))
			proposal = ntm_problem_proposal(shorter);
		add_finding(examination, NTM_SEVERITY_WARNING,
					psprintf("%s is an item more than once, and counts each time.",
							 ntm_problem_quote(items[i].rule)),
					proposal ? proposal : "Name each item once.");
	}
}

/*
 * What is wrong within a condition that can be met and can be missed.  The
 * conjunction it belongs to has been looked at, if "seen" says of which kind.
 */
static void
examine_parts(Examination *examination, const NtmCondition *condition, int seen)
{
	int			kind = -1;

	check_stack_depth();
	if (condition->axis != NULL)
		return;

	/* which of the two is a conjunction: that it holds, or that it does not? */
	if (condition->count == 1)
		kind = seen;
	else if (condition->needed == condition->total || condition->needed == 1)
	{
		kind = (condition->needed == 1) == condition->inverted;
		if (seen != kind)
			find_superfluous(examination, condition, kind);
	}
	else
		find_duplicates(examination, condition);

	for (int i = 0; i < condition->count; i++)
	{
		const NtmCondition *item = condition->items[i];

		if (examination->found >= MAX_FINDINGS)
			return;
		if (item->axis != NULL && item->axis->left == NULL)
			continue;			/* another node's verdict */
		if (report_decided(examination, item, false) || report_decided(examination, item, true))
			continue;
		examine_parts(examination, item, kind < 0 ? -1 : kind != condition->inverted);
	}
}

/* ---- rules ---- */

/* Scored bands within a rule. */
static void
examine_gates(Examination *examination, const NtmRule *rule)
{
	ListCell   *cell;

	check_stack_depth();
	if (rule->kind == NTM_RULE_GATE && rule->gate == NTM_GATE_AT_LEAST && rule->unit == NTM_COUNT_POINTS)
		ntm_problems_of_items(examination->problems, examination->node, examination->class_code,
							  examination->rule, rule);
	foreach(cell, rule->items)
		examine_gates(examination, lfirst(cell));
}

/* Leave only so much work as one rule may take; the rest is to be added again. */
static int64
set_work_aside(NtmProblems *problems)
{
	int64		reserved = Max(problems->work - MAX_RULE_WORK, 0);

	problems->work -= reserved;
	return reserved;
}

bool
ntm_problems_of_rule(NtmProblems *problems, int node, const char *class_code, const NtmRule *rule)
{
	Examination examination = {
		.problems = problems, .node = node, .class_code = class_code, .rule = rule
	};
	int64		reserved = set_work_aside(problems);
	bool		decided;

	CHECK_FOR_INTERRUPTS();
	examination.space = ntm_space_create(problems->document, &problems->work, problems, ntm_problem_domain,
										 NULL);
	examination.condition = ntm_space_add(examination.space, rule, node);
	ntm_space_close(examination.space);

	decided = report_decided(&examination, examination.condition, false) ||
		report_decided(&examination, examination.condition, true);
	if (!decided)
		examine_parts(&examination, examination.condition, -1);

	ntm_problems_of_numbers(problems, node, class_code, rule);
	examine_gates(&examination, rule);
	problems->work += reserved;
	return decided;
}

bool
ntm_problems_equivalent(NtmProblems *problems, int node, const NtmRule *left, const NtmRule *right,
						NtmBelief belief)
{
	NtmSpace   *space = ntm_space_create(problems->document, &problems->work, problems, ntm_problem_domain,
										 NULL);
	NtmLiteral	literals[2] = {{NULL, true, 1}, {NULL, false, 1}};
	bool		differ;

	literals[0].condition = ntm_space_add(space, left, node);
	literals[1].condition = ntm_space_add(space, right, node);
	ntm_space_close(space);

	differ = ntm_possible(space, literals, 2, belief);
	literals[0].want = false;
	literals[1].want = true;
	return !differ && !ntm_possible(space, literals, 2, belief);
}

/* ---- rules with those they refer to ---- */

static bool
is_decided(const NtmProblems *problems, int node, const NtmVariant *variant)
{
	ListCell   *cell;

	if (variant == NULL)
		return problems->standard_decided[node];
	foreach(cell, problems->variants_decided[node])
		if (strcmp(lfirst(cell), variant->class_code) == 0)
			return true;
	return false;
}

/* The rule of a node for the class; none if it is delegated or said to be wrong. */
static const NtmRule *
rule_for_class(void *context, int number)
{
	Examination *examination = context;
	const NtmDocumentNode *node = &examination->problems->document->nodes[number];
	NtmVariant *variant = NULL;

	if (examination->class_code != NULL)
		variant = ntm_document_variant(node, examination->class_code);
	if (variant != NULL && variant->rule == NULL)
		variant = NULL;			/* it has a source for the standard rule */

	if (examination->open[number] || is_decided(examination->problems, number, variant))
		return NULL;
	if (variant == NULL)
		return node->effective;
	examination->varied = true;
	return variant->rule;
}

static NtmDomain
domain_for_examination(void *context, const char *measure)
{
	return ntm_problem_domain(((Examination *) context)->problems, measure);
}

static void
note_reference(const NtmRule *rule, void *context)
{
	if (rule->kind != NTM_RULE_COMPARISON)
		*(bool *) context = true;
}

/* A node's rule for units of a class, with all it refers to; true if it is never or always met. */
static bool
examine_together(NtmProblems *problems, int number, const char *class_code, const bool *open)
{
	int			overall = problems->document->node_count;
	Examination examination = {
		.problems = problems, .node = number < overall ? number : -1, .class_code = class_code,
		.together = true, .open = open
	};
	bool		refers = false;
	bool		decided = false;
	int64		reserved;

	CHECK_FOR_INTERRUPTS();
	if (number < overall)
		examination.rule = rule_for_class(&examination, number);
	else if (!problems->standard_decided[overall])
		examination.rule = problems->document->effective;
	if (examination.rule != NULL)
		ntm_rule_visit(examination.rule, note_reference, &refers);
	if (!refers)
		return false;

	reserved = set_work_aside(problems);
	examination.space = ntm_space_create(problems->document, &problems->work, &examination,
										 domain_for_examination, rule_for_class);
	examination.condition = ntm_space_add(examination.space, examination.rule, examination.node);

	/* where the class makes no difference all has been said for units of none */
	if (class_code == NULL || examination.varied)
	{
		ntm_space_close(examination.space);
		decided = report_decided(&examination, examination.condition, false) ||
			report_decided(&examination, examination.condition, true);
	}
	problems->work += reserved;
	return decided;
}

/* All nodes for one class, what is referred to first; what is found is added to "open". */
static void
examine_class(NtmProblems *problems, const char *class_code, bool *open)
{
	const NtmDocument *document = problems->document;
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "ntm problems",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(scratch);

	for (int i = 0; i <= document->node_count; i++)
	{
		int			number = i < document->node_count ? document->order[i] : i;

		if (!open[number] && examine_together(problems, number, class_code, open))
			open[number] = true;
		MemoryContextReset(scratch);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
}

void
ntm_problems_of_nodes(NtmProblems *problems)
{
	const NtmDocument *document = problems->document;
	NtmNames   *classes = ntm_names_create();
	bool	   *open = palloc0(sizeof(bool) * (document->node_count + 1));
	bool	   *open_for_class = palloc(sizeof(bool) * (document->node_count + 1));

	for (int i = 0; i < document->node_count; i++)
	{
		ListCell   *cell;

		foreach(cell, document->nodes[i].variants)
			if (((NtmVariant *) lfirst(cell))->rule != NULL)
				ntm_names_add(classes, ((NtmVariant *) lfirst(cell))->class_code);
	}
	ntm_names_sort(classes);

	examine_class(problems, NULL, open);
	for (int i = 0; i < classes->count && problems->work > 0; i++)
	{
		memcpy(open_for_class, open, sizeof(bool) * (document->node_count + 1));
		examine_class(problems, classes->names[i], open_for_class);
	}
}
