/*-------------------------------------------------------------------------
 *
 * program.c
 *	  Compile the document of a ruleset into a flat program.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "measures.h"
#include "program.h"
#include "scorecard.h"

typedef struct Compiler
{
	const NtmDocument *document;
	NtmNames   *measures;
	NtmNames   *classes;
	StringInfoData nodes;
	StringInfoData rules;
	StringInfoData steps;
	StringInfoData strings;
	bool		too_large;
	bool		too_many_points;
	const NtmDocumentNode *node;	/* whose rule is compiled; NULL: overall */
} Compiler;

#define STEP_COUNT(compiler) ((int) ((compiler)->steps.len / sizeof(NtmStep)))
#define RULE_COUNT(compiler) ((int) ((compiler)->rules.len / sizeof(NtmProgramRule)))

static uint32
add_string(Compiler *compiler, const char *string)
{
	uint32		offset = compiler->strings.len;

	if (string == NULL)
		return 0;
	appendBinaryStringInfo(&compiler->strings, string, strlen(string) + 1);
	return offset;
}

static void
collect_measures(const NtmRule *rule, void *context)
{
	Compiler   *compiler = context;

	if (rule->kind != NTM_RULE_COMPARISON)
		return;
	if (rule->left != NULL)
		ntm_names_add(compiler->measures, rule->left);
	if (rule->right != NULL)
		ntm_names_add(compiler->measures, rule->right);
}

/* Number all measures and classes, sorted by name. */
static void
collect_names(Compiler *compiler)
{
	const NtmDocument *document = compiler->document;
	ListCell   *cell;

	foreach(cell, document->measures)
		ntm_names_add(compiler->measures, ((NtmDeclaration *) lfirst(cell))->name);
	foreach(cell, document->classes)
		ntm_names_add(compiler->classes, ((NtmDeclaration *) lfirst(cell))->name);
	ntm_rule_visit(document->effective, collect_measures, compiler);
	for (int i = 0; i < document->node_count; i++)
	{
		const NtmDocumentNode *node = &document->nodes[i];

		if (node->measure != NULL)
			ntm_names_add(compiler->measures, node->measure);
		if (node->effective != NULL)
			ntm_rule_visit(node->effective, collect_measures, compiler);
		foreach(cell, node->variants)
		{
			NtmVariant *variant = lfirst(cell);

			ntm_names_add(compiler->classes, variant->class_code);
			if (variant->rule != NULL)
				ntm_rule_visit(variant->rule, collect_measures, compiler);
		}
	}
	ntm_names_sort(compiler->measures);
	ntm_names_sort(compiler->classes);
}

static void
add_step(Compiler *compiler, NtmStep *step, int first)
{
	/* "*" in "*" can multiply; stop before the memory does */
	if (STEP_COUNT(compiler) >= NTM_MAX_STEPS)
	{
		compiler->too_large = true;
		return;
	}

	step->span = STEP_COUNT(compiler) - first + 1;
	appendBinaryStringInfo(&compiler->steps, (char *) step, sizeof(NtmStep));
}

/*
 * A comparison with one measure is an interval of millionths: values are
 * whole numbers of them, so "above x" is "at least x plus one".
 */
static void
set_interval(NtmStep *step, const NtmRule *rule)
{
	const int64 lowest = -NTM_DECIMAL_LIMIT;
	const int64 highest = NTM_DECIMAL_LIMIT;

	step->kind = NTM_STEP_INTERVAL;
	step->low = lowest;
	step->high = highest;
	switch (rule->comparison)
	{
		case NTM_AT_LEAST:
			step->low = rule->low.value;
			break;
		case NTM_AT_MOST:
			step->high = rule->low.value;
			break;
		case NTM_ABOVE:
			step->low = rule->low.value + 1;
			break;
		case NTM_BELOW:
			step->high = rule->low.value - 1;
			break;
		case NTM_DIFFERENT:
			step->kind = NTM_STEP_OUTSIDE;
			/* FALLTHROUGH */
		case NTM_EQUAL:
			step->low = step->high = rule->low.value;
			break;
		case NTM_BETWEEN:
			step->low = rule->low.value;
			step->high = rule->high.value;
			break;
		case NTM_YES:
			step->low = NTM_DECIMAL_UNIT;
			break;
		case NTM_NO:
			step->high = NTM_DECIMAL_UNIT - 1;
			break;
	}
}

/*
 * A share a / b is compared with t millionths as a * 10^6 with t * b; with t
 * percent as a * 10^8 with t * b.
 */
static void
set_share(NtmStep *step, const NtmRule *rule)
{
	step->kind = NTM_STEP_SHARE;
	step->scale = rule->low.percent ? 100 * NTM_DECIMAL_UNIT : NTM_DECIMAL_UNIT;
	step->low = rule->low.value;
	step->high = rule->high.value;
	if (rule->comparison == NTM_YES || rule->comparison == NTM_NO)
	{
		step->comparison = rule->comparison == NTM_YES ? NTM_AT_LEAST : NTM_BELOW;
		step->low = NTM_DECIMAL_UNIT;
	}
}

static void compile_rule(Compiler *compiler, const NtmRule *rule, int points);

static void
compile_node_step(Compiler *compiler, int node, int points, bool negated)
{
	int			first = STEP_COUNT(compiler);
	NtmStep		step = {.kind = NTM_STEP_NODE};

	step.left = node;
	step.points = negated ? 0 : points;
	add_step(compiler, &step, first);
	if (negated)
	{
		NtmStep		opposite = {.kind = NTM_STEP_NOT};

		opposite.points = points;
		add_step(compiler, &opposite, first);
	}
}

/* An item "*" or "not *" becomes an item for every child. */
static int
compile_children(Compiler *compiler, bool negated, int points)
{
	const List *children = compiler->node ? compiler->node->children : compiler->document->children;
	ListCell   *cell;
	int			count = 0;

	foreach(cell, children)
	{
		compile_node_step(compiler, lfirst_int(cell), points, negated);
		count++;
	}
	return count;
}

/* The threshold of a gate over so many items, as a number of items or points. */
static int64
gate_threshold(const NtmRule *rule, int64 items)
{
	const int64 all = 100 * NTM_DECIMAL_UNIT;
	int64		needed = 0;

	if (rule->kind == NTM_RULE_AND)
		return items;
	if (rule->kind == NTM_RULE_OR)
		return 1;
	if (rule->gate == NTM_GATE_ALL)
		return items;
	if (rule->gate == NTM_GATE_ANY)
		return 1;
	if (rule->unit != NTM_COUNT_PERCENT)
		return rule->threshold;

	/* whole items: of a least percentage rounded up, of a greatest down */
	while (needed <= items && ntm_compare_products(needed, all, rule->threshold, items) < 0)
		needed++;
	if (rule->gate == NTM_GATE_AT_MOST && ntm_compare_products(needed, all, rule->threshold, items) > 0)
		needed--;
	return needed;
}

static void
compile_gate(Compiler *compiler, const NtmRule *rule, int points)
{
	int			first = STEP_COUNT(compiler);
	int64		total = 0;
	ListCell   *cell;
	NtmStep		step = {.kind = NTM_STEP_GATE};

	foreach(cell, rule->items)
	{
		const NtmRule *item = lfirst(cell);
		const NtmRule *inner = item->kind == NTM_RULE_NOT ? linitial(item->items) : item;
		int			count = 1;

		if (inner->kind == NTM_RULE_CHILDREN)
			count = compile_children(compiler, item != inner, item->points);
		else
			compile_rule(compiler, item, item->points);
		step.left += count;
		total += (int64) count * item->points;
	}

	if (total > NTM_MAX_COUNT)
		compiler->too_many_points = true;
	step.points = points;
	step.at_most = rule->kind == NTM_RULE_GATE && rule->gate == NTM_GATE_AT_MOST;
	step.by_points = rule->kind == NTM_RULE_GATE && rule->unit == NTM_COUNT_POINTS;
	step.low = gate_threshold(rule, step.left);
	add_step(compiler, &step, first);
}

static void
compile_rule(Compiler *compiler, const NtmRule *rule, int points)
{
	int			first = STEP_COUNT(compiler);
	NtmStep		step = {0};

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();

	switch (rule->kind)
	{
		case NTM_RULE_COMPARISON:
			step.comparison = rule->comparison;
			step.points = points;
			step.left = ntm_names_find(compiler->measures, rule->left ? rule->left : compiler->node->measure);
			step.right = rule->right ? ntm_names_find(compiler->measures, rule->right) : -1;
			if (rule->right != NULL)
				set_share(&step, rule);
			else
				set_interval(&step, rule);
			add_step(compiler, &step, first);
			break;

		case NTM_RULE_NODE:
			compile_node_step(compiler, ntm_names_find(compiler->document->node_numbers, rule->code),
							  points, false);
			break;

		case NTM_RULE_NOT:
			compile_rule(compiler, linitial(rule->items), 0);
			step.kind = NTM_STEP_NOT;
			step.points = points;
			add_step(compiler, &step, first);
			break;

		case NTM_RULE_AND:
		case NTM_RULE_OR:
		case NTM_RULE_GATE:
			compile_gate(compiler, rule, points);
			break;

		case NTM_RULE_CHILDREN:
			/* the grammar has it only as an item, where compile_gate() takes it */
			Assert(false);
			break;
	}
}

/* text and source as stated; rule as it is to be worked out, NULL for none */
static void
add_rule(Compiler *compiler, int class_number, const NtmRule *rule, const char *source, bool unknown)
{
	NtmProgramRule entry = {0};

	entry.class_number = class_number;
	entry.source = add_string(compiler, source);
	entry.first_step = STEP_COUNT(compiler);
	if (rule != NULL)
	{
		entry.text = add_string(compiler, ntm_rule_text(rule));
		compile_rule(compiler, rule, 0);
	}
	else if (unknown)
	{
		NtmStep		step = {.kind = NTM_STEP_UNKNOWN};

		add_step(compiler, &step, entry.first_step);
	}
	entry.step_count = STEP_COUNT(compiler) - entry.first_step;
	appendBinaryStringInfo(&compiler->rules, (char *) &entry, sizeof(entry));
}

static void
add_node(Compiler *compiler, const NtmDocumentNode *node)
{
	NtmProgramNode entry = {0};
	ListCell   *cell;

	compiler->node = node;
	entry.code = add_string(compiler, node->code);
	entry.title = add_string(compiler, node->title);
	entry.measure = add_string(compiler, node->measure);
	entry.unit = add_string(compiler, node->unit);
	entry.delegated = add_string(compiler, node->delegated);
	entry.cite = add_string(compiler, node->cite);
	entry.parent = node->parent;
	entry.own_measure = node->measure ? ntm_names_find(compiler->measures, node->measure) : -1;
	entry.child_count = list_length(node->children);
	entry.first_rule = RULE_COUNT(compiler);

	add_rule(compiler, -1, node->effective, node->standard.source, true);
	foreach(cell, node->variants)
	{
		NtmVariant *variant = lfirst(cell);

		add_rule(compiler, ntm_names_find(compiler->classes, variant->class_code),
				 variant->rule, variant->source, false);
	}
	entry.rule_count = RULE_COUNT(compiler) - entry.first_rule;
	appendBinaryStringInfo(&compiler->nodes, (char *) &entry, sizeof(entry));
}

/* The overall rule, as one more node. */
static void
add_overall(Compiler *compiler)
{
	NtmProgramNode entry = {0};

	compiler->node = NULL;
	entry.parent = -1;
	entry.own_measure = -1;
	entry.child_count = list_length(compiler->document->children);
	entry.first_rule = RULE_COUNT(compiler);
	entry.rule_count = 1;
	add_rule(compiler, -1, compiler->document->effective, NULL, false);
	appendBinaryStringInfo(&compiler->nodes, (char *) &entry, sizeof(entry));
}

/* What the document says of a measure: declared, else the first node's. */
static NtmProgramMeasure
describe_measure(Compiler *compiler, const char *name)
{
	const NtmDocument *document = compiler->document;
	NtmProgramMeasure measure = {0};
	ListCell   *cell;

	measure.name = add_string(compiler, name);
	foreach(cell, document->measures)
	{
		NtmDeclaration *declaration = lfirst(cell);

		if (strcmp(declaration->name, name) == 0)
		{
			measure.title = add_string(compiler, declaration->title);
			measure.unit = add_string(compiler, declaration->unit);
			return measure;
		}
	}
	for (int i = 0; i < document->node_count; i++)
	{
		const NtmDocumentNode *node = &document->nodes[i];

		if (node->measure != NULL && strcmp(node->measure, name) == 0)
		{
			measure.title = add_string(compiler, node->title);
			measure.unit = add_string(compiler, node->unit);
			return measure;
		}
	}
	return measure;
}

static NtmProgramClass
describe_class(Compiler *compiler, const char *code)
{
	NtmProgramClass described = {0};
	ListCell   *cell;

	described.code = add_string(compiler, code);
	foreach(cell, compiler->document->classes)
	{
		NtmDeclaration *declaration = lfirst(cell);

		if (strcmp(declaration->name, code) == 0)
			described.title = add_string(compiler, declaration->title);
	}
	return described;
}

/* Append a part to the program, aligned, and return its offset. */
static uint32
append_part(StringInfo program, const void *part, int size)
{
	uint32		offset;

	while (program->len % MAXIMUM_ALIGNOF != 0)
		appendStringInfoChar(program, '\0');
	offset = program->len;
	appendBinaryStringInfo(program, part, size);
	return offset;
}

NtmProgram *
ntm_program_compile(const NtmDocument *document, struct Node *escontext)
{
	Compiler	compiler = {.document = document};
	StringInfoData buffer;
	StringInfoData tail;
	NtmProgram	head = {0};
	NtmProgramMeasure *measures;
	NtmProgramClass *classes;
	int32	   *order;

	compiler.measures = ntm_names_create();
	compiler.classes = ntm_names_create();
	initStringInfo(&compiler.nodes);
	initStringInfo(&compiler.rules);
	initStringInfo(&compiler.steps);
	initStringInfo(&compiler.strings);
	appendStringInfoChar(&compiler.strings, '\0');	/* offset 0 is no string */

	head.code = add_string(&compiler, document->code);
	head.title = add_string(&compiler, document->title);
	head.cite = add_string(&compiler, document->cite);

	collect_names(&compiler);
	for (int i = 0; i < document->node_count; i++)
		add_node(&compiler, &document->nodes[i]);
	add_overall(&compiler);

	if (compiler.too_large)
		ntm_ereturn(escontext, NULL,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("ruleset \"%s\" is too large", document->code),
					 errdetail("Its rules have more than %d conditions, counting every child node that \"*\" stands for.",
							   NTM_MAX_STEPS)));
	if (compiler.too_many_points)
		ntm_ereturn(escontext, NULL,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("ruleset \"%s\" is too large", document->code),
					 errdetail("The items of a gate are worth more than %d points, counting every child node that \"*\" stands for.",
							   NTM_MAX_COUNT)));
	if (compiler.measures->count > NTM_MAX_MEASURES)
		ntm_ereturn(escontext, NULL,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("ruleset \"%s\" is too large", document->code),
					 errdetail("Its rules name %d measures; %d are allowed.",
							   compiler.measures->count, NTM_MAX_MEASURES)));

	if (compiler.classes->count > NTM_MAX_CLASSES)
		ntm_ereturn(escontext, NULL,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("ruleset \"%s\" is too large", document->code),
					 errdetail("Its nodes name %d classes; %d are allowed.",
							   compiler.classes->count, NTM_MAX_CLASSES)));

	measures = palloc(sizeof(NtmProgramMeasure) * Max(compiler.measures->count, 1));
	for (int i = 0; i < compiler.measures->count; i++)
		measures[i] = describe_measure(&compiler, compiler.measures->names[i]);
	classes = palloc(sizeof(NtmProgramClass) * Max(compiler.classes->count, 1));
	for (int i = 0; i < compiler.classes->count; i++)
		classes[i] = describe_class(&compiler, compiler.classes->names[i]);

	/* the overall rule comes last */
	order = palloc(sizeof(int32) * (document->node_count + 1));
	for (int i = 0; i < document->node_count; i++)
		order[i] = document->order[i];
	order[document->node_count] = document->node_count;

	initStringInfo(&tail);
	ntm_scorecard_append_tail(&tail, document);

	head.node_count = document->node_count;
	head.rule_count = RULE_COUNT(&compiler);
	head.step_count = STEP_COUNT(&compiler);
	head.measure_count = compiler.measures->count;
	head.class_count = compiler.classes->count;

	initStringInfo(&buffer);
	appendBinaryStringInfo(&buffer, (char *) &head, sizeof(head));
	head.nodes = append_part(&buffer, compiler.nodes.data, compiler.nodes.len);
	head.rules = append_part(&buffer, compiler.rules.data, compiler.rules.len);
	head.steps = append_part(&buffer, compiler.steps.data, compiler.steps.len);
	head.measures = append_part(&buffer, measures, sizeof(NtmProgramMeasure) * head.measure_count);
	head.classes = append_part(&buffer, classes, sizeof(NtmProgramClass) * head.class_count);
	head.order = append_part(&buffer, order, sizeof(int32) * (head.node_count + 1));
	head.tail = append_part(&buffer, tail.data, tail.len);
	head.tail_size = tail.len;
	head.strings = append_part(&buffer, compiler.strings.data, compiler.strings.len);
	head.size = buffer.len;
	memcpy(buffer.data, &head, sizeof(head));

	return (NtmProgram *) buffer.data;
}
