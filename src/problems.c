/*-------------------------------------------------------------------------
 *
 * problems.c
 *	  ntm.problems(): what is probably wrong with a ruleset.
 *
 * Every problem can be seen in the document alone; nothing is known of the
 * world but what units say of their measures.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "problems.h"
#include "row.h"
#include "ruleset.h"

PG_FUNCTION_INFO_V1(ntm_problems);

/* steps of searching over a whole set; beyond them less is found */
#define MAX_WORK	50000000

/* problems that are shown */
#define MAX_FINDINGS	10000

/* bytes of a rule within a message */
#define MAX_QUOTED	120

#define PROBLEM_COLUMNS 5

typedef struct Finding
{
	int			node;			/* -1: the set as a whole */
	int			sequence;
	const char *class_code;
	NtmSeverity severity;
	char	   *problem;
	char	   *proposal;
} Finding;

static const char *const severity_names[] = {
	[NTM_SEVERITY_NOTICE] = "notice",
	[NTM_SEVERITY_WARNING] = "warning",
	[NTM_SEVERITY_ERROR] = "error"
};

void
ntm_problem(NtmProblems *problems, int node, const char *class_code,
			NtmSeverity severity, const char *problem, const char *proposal)
{
	MemoryContext old;
	Finding    *finding;

	if (list_length(problems->findings) > MAX_FINDINGS)
		return;
	if (list_length(problems->findings) == MAX_FINDINGS)
	{
		node = -1;
		class_code = NULL;
		severity = NTM_SEVERITY_NOTICE;
		problem = psprintf("There are more than %d problems; not all are shown.", MAX_FINDINGS);
		proposal = "Solve those that are shown first.";
		problems->work = 0;
	}

	old = MemoryContextSwitchTo(problems->context);
	finding = palloc(sizeof(Finding));
	finding->node = node;
	finding->sequence = list_length(problems->findings);
	finding->class_code = class_code ? pstrdup(class_code) : NULL;
	finding->severity = severity;
	finding->problem = pstrdup(problem);
	finding->proposal = pstrdup(proposal ? proposal : "Rewrite the rule.");
	problems->findings = lappend(problems->findings, finding);
	MemoryContextSwitchTo(old);
}

char *
ntm_problem_quote(const NtmRule *rule)
{
	char	   *text = ntm_rule_text(rule);
	int			length = strlen(text);

	if (length <= MAX_QUOTED)
		return psprintf("\"%s\"", text);
	return psprintf("\"%.*s...\"", pg_mbcliplen(text, length, MAX_QUOTED), text);
}

/* ---- changed copies of rules ---- */

const NtmRule *
ntm_problem_rewrite(const NtmRule *rule, NtmSubstitute substitute, void *context)
{
	const NtmRule *result = substitute(rule, context);
	bool		is_list = rule->kind == NTM_RULE_AND || rule->kind == NTM_RULE_OR;
	bool		changed = false;
	List	   *items = NIL;
	NtmRule    *copy;
	ListCell   *cell;

	check_stack_depth();
	if (result == NULL)
		return NULL;
	if (result != rule)
	{
		copy = palloc(sizeof(NtmRule));
		*copy = *result;
		copy->points = rule->points;
		return copy;
	}

	foreach(cell, rule->items)
	{
		const NtmRule *item = lfirst(cell);
		const NtmRule *rewritten = ntm_problem_rewrite(item, substitute, context);

		changed = changed || rewritten != item;
		if (rewritten == NULL)
			continue;
		/* "a and (b and c)" is one list of three */
		if (is_list && rewritten->kind == rule->kind)
			items = list_concat(items, rewritten->items);
		else
			items = lappend(items, unconstify(NtmRule *, rewritten));
	}
	if (!changed)
		return rule;
	if (items == NIL)
		return NULL;

	copy = palloc(sizeof(NtmRule));
	*copy = *rule;
	copy->items = items;
	if (is_list && list_length(items) == 1)
	{
		*copy = *(const NtmRule *) linitial(items);
		copy->points = rule->points;
	}
	return copy;
}

typedef struct Replacement
{
	const NtmRule *part;
	const NtmRule *with;
} Replacement;

static const NtmRule *
substitute_part(const NtmRule *rule, void *context)
{
	Replacement *replacement = context;

	return rule == replacement->part ? replacement->with : rule;
}

const NtmRule *
ntm_problem_replace(const NtmRule *rule, const NtmRule *part, const NtmRule *with)
{
	Replacement replacement = {part, with};

	return ntm_problem_rewrite(rule, substitute_part, &replacement);
}

static int
depth_of_rule(const NtmRule *rule)
{
	int			depth = 0;
	ListCell   *cell;

	check_stack_depth();
	foreach(cell, rule->items)
	{
		int			item_depth = depth_of_rule(lfirst(cell));

		depth = Max(depth, item_depth);
	}
	return depth + 1;
}

char *
ntm_problem_proposal(const NtmRule *rule)
{
	char	   *text;

	if (rule == NULL || depth_of_rule(rule) > NTM_MAX_RULE_DEPTH)
		return NULL;
	text = ntm_rule_text(rule);
	return strlen(text) <= NTM_MAX_RULE_LENGTH ? text : NULL;
}

/* ---- units ---- */

const char *
ntm_problem_unit(const NtmProblems *problems, const char *measure)
{
	int			number = ntm_names_find(problems->measures, measure);

	return number >= 0 && !problems->disputed[number] ? problems->units[number] : NULL;
}

/* The same units as those by which a registry knows the kind of a measure. */
NtmDomain
ntm_problem_domain(void *problems, const char *measure)
{
	const char *unit = ntm_problem_unit(problems, measure);

	if (unit == NULL)
		return NTM_DOMAIN_OPEN;
	if (strcmp(unit, "%") == 0)
		return NTM_DOMAIN_PERCENT;
	if (strcmp(unit, "đạt/không") == 0 || strcmp(unit, "yes/no") == 0)
		return NTM_DOMAIN_YES_NO;
	return NTM_DOMAIN_OPEN;
}

/* Collect the units, and report measures that have two. */
static void
examine_units(NtmProblems *problems)
{
	const NtmDocument *document = problems->document;
	int			most = list_length(document->measures) + document->node_count;
	int		   *stated_at = palloc(sizeof(int) * Max(most, 1));
	ListCell   *cell;

	problems->measures = ntm_names_create();
	problems->units = palloc0(sizeof(char *) * Max(most, 1));
	problems->disputed = palloc0(sizeof(bool) * Max(most, 1));

	foreach(cell, document->measures)
	{
		const NtmDeclaration *declaration = lfirst(cell);
		int			number = ntm_names_add(problems->measures, declaration->name);

		problems->units[number] = declaration->unit;
		stated_at[number] = -1;
	}

	for (int i = 0; i < document->node_count; i++)
	{
		const NtmDocumentNode *node = &document->nodes[i];
		int			number;

		if (node->measure == NULL || node->unit == NULL)
			continue;
		number = ntm_names_add(problems->measures, node->measure);
		if (problems->units[number] == NULL)
		{
			problems->units[number] = node->unit;
			stated_at[number] = i;
		}
		else if (strcmp(problems->units[number], node->unit) != 0)
		{
			problems->disputed[number] = true;
			ntm_problem(problems, i, NULL, NTM_SEVERITY_WARNING,
						psprintf("The unit of \"%s\" is \"%s\" here, but \"%s\" %s.",
								 node->measure, node->unit,
								 problems->units[number],
								 stated_at[number] < 0 ? "under \"measures\"" :
								 psprintf("at [%s]", document->nodes[stated_at[number]].code)),
						"Give the measure one unit, or use two measures.");
		}
	}
}

/* ---- what is never used ---- */

/* a walk from node to node along references */
typedef struct Walk
{
	const NtmDocument *document;
	int			node;			/* whose rules are visited */
	bool	   *reached;
	int		   *queue;
	int			queued;
} Walk;

static void
reach_node(Walk *walk, int node)
{
	if (walk->reached[node])
		return;
	walk->reached[node] = true;
	walk->queue[walk->queued++] = node;
}

static void
follow_reference(const NtmRule *rule, void *context)
{
	Walk	   *walk = context;
	const NtmDocument *document = walk->document;
	ListCell   *cell;

	if (rule->kind == NTM_RULE_NODE)
		reach_node(walk, ntm_names_find(document->node_numbers, rule->code));
	else if (rule->kind == NTM_RULE_CHILDREN)
		foreach(cell, walk->node >= 0 ? document->nodes[walk->node].children : document->children)
			reach_node(walk, lfirst_int(cell));
}

static void
follow_node(Walk *walk, int number)
{
	const NtmDocumentNode *node = &walk->document->nodes[number];
	ListCell   *cell;

	CHECK_FOR_INTERRUPTS();
	walk->node = number;
	if (node->effective != NULL)
		ntm_rule_visit(node->effective, follow_reference, walk);
	foreach(cell, node->variants)
	{
		const NtmVariant *variant = lfirst(cell);

		if (variant->rule != NULL)
			ntm_rule_visit(variant->rule, follow_reference, walk);
	}
}

/*
 * Nodes that cannot make a difference to the overall verdict, for no class; of
 * several that hang together only the uppermost.
 */
static void
examine_references(NtmProblems *problems)
{
	const NtmDocument *document = problems->document;
	Walk		walk = {.document = document, .node = -1};
	Walk		rest = {.document = document};

	walk.reached = palloc0(sizeof(bool) * document->node_count);
	walk.queue = palloc(sizeof(int) * document->node_count);
	ntm_rule_visit(document->effective, follow_reference, &walk);
	for (int i = 0; i < walk.queued; i++)
		follow_node(&walk, walk.queue[i]);

	/* what the nodes that were not reached refer to */
	rest.reached = palloc0(sizeof(bool) * document->node_count);
	rest.queue = palloc(sizeof(int) * document->node_count);
	for (int i = 0; i < document->node_count; i++)
		if (!walk.reached[i])
			follow_node(&rest, i);

	for (int i = 0; i < document->node_count; i++)
	{
		const NtmDocumentNode *node = &document->nodes[i];

		if (walk.reached[i] || rest.reached[i])
			continue;
		ntm_problem(problems, i, NULL, NTM_SEVERITY_WARNING,
					"The node cannot influence the overall verdict: no rule refers to it.",
					node->parent >= 0 ?
					psprintf("Refer to it by [%s] or \"*\" in the rule of [%s], or remove it.", node->code,
							 document->nodes[node->parent].code) :
					psprintf("Refer to it by [%s] or \"*\" in the overall rule, or remove it.", node->code));
	}
}

static void
add_measures(const NtmRule *rule, void *context)
{
	if (rule->kind != NTM_RULE_COMPARISON)
		return;
	if (rule->left != NULL)
		ntm_names_add(context, rule->left);
	if (rule->right != NULL)
		ntm_names_add(context, rule->right);
}

/* Classes and measures that are declared, and that nothing uses. */
static void
examine_declarations(NtmProblems *problems)
{
	const NtmDocument *document = problems->document;
	NtmNames   *classes = ntm_names_create();
	NtmNames   *measures = ntm_names_create();
	ListCell   *cell;

	ntm_rule_visit(document->effective, add_measures, measures);
	for (int i = 0; i < document->node_count; i++)
	{
		const NtmDocumentNode *node = &document->nodes[i];

		if (node->measure != NULL)
			ntm_names_add(measures, node->measure);
		if (node->effective != NULL)
			ntm_rule_visit(node->effective, add_measures, measures);
		foreach(cell, node->variants)
		{
			const NtmVariant *variant = lfirst(cell);

			ntm_names_add(classes, variant->class_code);
			if (variant->rule != NULL)
				ntm_rule_visit(variant->rule, add_measures, measures);
		}
	}

	foreach(cell, document->classes)
	{
		const NtmDeclaration *declaration = lfirst(cell);

		if (ntm_names_find(classes, declaration->name) < 0)
			ntm_problem(problems, -1, declaration->name, NTM_SEVERITY_NOTICE,
						psprintf("Class \"%s\" is declared, but makes no difference to any node.",
								 declaration->name),
						"Add the variants for the class, or remove it from \"classes\".");
	}
	foreach(cell, document->measures)
	{
		const NtmDeclaration *declaration = lfirst(cell);

		if (ntm_names_find(measures, declaration->name) < 0)
			ntm_problem(problems, -1, NULL, NTM_SEVERITY_NOTICE,
						psprintf("Measure \"%s\" is declared, but no rule or node uses it.",
								 declaration->name),
						"Use the measure, or remove it from \"measures\".");
	}
}

/* ---- nodes ---- */

/* A node that only says that its children count needs no source. */
static bool
needs_source(const NtmDocumentNode *node)
{
	const NtmRule *rule = node->standard.rule;

	if (rule == NULL)
		return node->delegated != NULL || node->children == NIL;
	return rule->kind != NTM_RULE_GATE || rule->gate != NTM_GATE_ALL ||
		list_length(rule->items) != 1 || ((NtmRule *) linitial(rule->items))->kind != NTM_RULE_CHILDREN;
}

/* Where some requirements have a source, those that have none. */
static void
examine_sources(NtmProblems *problems)
{
	static const char proposal[] = "Say where it comes from by \"source\": an address, unverified or illustrative.";
	const NtmDocument *document = problems->document;
	bool		some = false;
	ListCell   *cell;

	for (int i = 0; i < document->node_count && !some; i++)
	{
		some = document->nodes[i].standard.source != NULL;
		foreach(cell, document->nodes[i].variants)
			some = some || ((NtmVariant *) lfirst(cell))->source != NULL;
	}
	if (!some)
		return;

	for (int i = 0; i < document->node_count; i++)
	{
		const NtmDocumentNode *node = &document->nodes[i];

		/* a node's source speaks for its variants too, unless they have their own */
		if (node->standard.source != NULL)
			continue;
		if (needs_source(node))
			ntm_problem(problems, i, NULL, NTM_SEVERITY_NOTICE,
						"The requirement has no source, while others have one.", proposal);
		else
			foreach(cell, node->variants)
			{
				const NtmVariant *variant = lfirst(cell);

				if (variant->rule != NULL && variant->source == NULL)
					ntm_problem(problems, i, variant->class_code, NTM_SEVERITY_NOTICE,
								"The requirement for this class has no source, while others have one.",
								proposal);
			}
	}
}

/* Does a variant say the same as the standard rule? */
static void
examine_variant(NtmProblems *problems, int number, const NtmVariant *variant)
{
	static const char proposal[] =
		"Remove the variant; a source of its own for the class may stay under \"when_source\".";
	const NtmDocumentNode *node = &problems->document->nodes[number];

	if (node->effective == NULL)
		return;
	if (strcmp(ntm_rule_text(node->effective), ntm_rule_text(variant->rule)) == 0)
		ntm_problem(problems, number, variant->class_code, NTM_SEVERITY_NOTICE,
					"The rule for this class repeats the standard rule.", proposal);
	else if (ntm_problems_equivalent(problems, number, node->effective, variant->rule, NTM_BELIEVE_NOTHING))
		ntm_problem(problems, number, variant->class_code, NTM_SEVERITY_NOTICE,
					psprintf("The rule for this class always decides as the standard rule %s does.",
							 ntm_problem_quote(node->effective)), proposal);
}

static void
examine_node(NtmProblems *problems, int number)
{
	const NtmDocumentNode *node = &problems->document->nodes[number];
	ListCell   *cell;

	if (node->effective != NULL)
		problems->standard_decided[number] = ntm_problems_of_rule(problems, number, NULL, node->effective);
	else
		ntm_problem(problems, number, NULL, NTM_SEVERITY_NOTICE,
					psprintf("The requirement is delegated: %s.", node->delegated),
					"Give the node a rule as soon as the requirement is set.");

	foreach(cell, node->variants)
	{
		const NtmVariant *variant = lfirst(cell);

		if (variant->rule == NULL)
			continue;
		if (ntm_problems_of_rule(problems, number, variant->class_code, variant->rule))
		{
			MemoryContext old = MemoryContextSwitchTo(problems->context);

			problems->variants_decided[number] = lappend(problems->variants_decided[number],
														 variant->class_code);
			MemoryContextSwitchTo(old);
		}
		examine_variant(problems, number, variant);
	}
}

/* ---- SQL ---- */

static int
compare_findings(const ListCell *left, const ListCell *right)
{
	const Finding *a = lfirst(left);
	const Finding *b = lfirst(right);

	return a->node != b->node ? a->node - b->node : a->sequence - b->sequence;
}

static void
find_problems(NtmProblems *problems)
{
	const NtmDocument *document = problems->document;
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "ntm problems",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old;

	problems->standard_decided = palloc0(sizeof(bool) * (document->node_count + 1));
	problems->variants_decided = palloc0(sizeof(List *) * document->node_count);
	examine_units(problems);

	/* what one node takes is not needed for the next */
	old = MemoryContextSwitchTo(scratch);
	problems->standard_decided[document->node_count] =
		ntm_problems_of_rule(problems, -1, NULL, document->effective);
	ntm_problems_of_children(problems, -1);
	for (int i = 0; i < document->node_count; i++)
	{
		examine_node(problems, i);
		ntm_problems_of_children(problems, i);
		MemoryContextReset(scratch);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);

	ntm_problems_of_nodes(problems);
	examine_references(problems);
	examine_declarations(problems);
	examine_sources(problems);
	list_sort(problems->findings, compare_findings);
}

/*
 * problems(ruleset): a row per problem, in document order, the set as a whole
 * first.
 */
Datum
ntm_problems(PG_FUNCTION_ARGS)
{
	NtmRuleset *ruleset = (NtmRuleset *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	NtmProblems problems = {.context = CurrentMemoryContext, .work = MAX_WORK};
	ListCell   *cell;

	InitMaterializedSRF(fcinfo, 0);
	problems.document = ntm_document_read(ruleset->document, ruleset->document_length, NULL);
	find_problems(&problems);

	foreach(cell, problems.findings)
	{
		const Finding *finding = lfirst(cell);
		Datum		values[PROBLEM_COLUMNS];
		bool		nulls[PROBLEM_COLUMNS] = {0};

		ntm_set_text(values, nulls, 0,
					 finding->node >= 0 ? problems.document->nodes[finding->node].code : NULL);
		ntm_set_text(values, nulls, 1, finding->class_code);
		values[2] = CStringGetTextDatum(severity_names[finding->severity]);
		values[3] = CStringGetTextDatum(finding->problem);
		values[4] = CStringGetTextDatum(finding->proposal);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
