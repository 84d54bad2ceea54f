/*-------------------------------------------------------------------------
 *
 * document.c
 *	  The document of a ruleset: read from JSON, checked, written canonically.
 *
 * Everything that can be wrong with a criteria set is found here, once, when
 * it is read; what comes after trusts it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "document.h"
#include "measures.h"

typedef struct DocumentReader
{
	NtmDocument *document;
	struct Node *escontext;
	bool		failed;
} DocumentReader;

static const char *const reserved_codes[] = {"overall", "points", "ruleset"};

/* Report what is wrong with the document; always false. */
static bool
fail(DocumentReader *reader, int sqlstate, const char *detail, const char *hint)
{
	if (!reader->failed)
	{
		reader->failed = true;
		ntm_errsave(reader->escontext,
					(errcode(sqlstate),
					 reader->document->code ?
					 errmsg("invalid ruleset \"%s\"", reader->document->code) :
					 errmsg("invalid ruleset"),
					 errdetail_internal("%s", detail),
					 hint ? errhint("%s", hint) : 0));
	}
	return false;
}

static bool
fail_at(DocumentReader *reader, const NtmJson *json, const char *where, const char *problem, const char *hint)
{
	return fail(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
				psprintf("In %s: %s, at character %d.", where, problem, json->position), hint);
}

/* A string, or nothing (also for null). */
static bool
read_string(DocumentReader *reader, const NtmJson *json, const char *where, char **result)
{
	*result = NULL;
	if (json == NULL || json->kind == NTM_JSON_NULL)
		return true;
	if (json->kind != NTM_JSON_STRING)
		return fail_at(reader, json, where,
					   psprintf("a string is expected for \"%s\", not %s", json->key,
								ntm_json_kind_name(json)),
					   NULL);
	*result = json->text;
	return true;
}

static bool
check_code(DocumentReader *reader, const NtmJson *json, const char *where, const char *what, const char *code)
{
	const char *problem = ntm_code_problem(code);

	if (problem == NULL)
		return true;
	return fail_at(reader, json, where, psprintf("the %s \"%s\" %s", what, code, problem), NULL);
}

static bool
check_measure(DocumentReader *reader, const NtmJson *json, const char *where, const char *name)
{
	const char *problem = ntm_measures_name_problem(name, strlen(name));

	if (problem == NULL)
		return true;
	return fail_at(reader, json, where, psprintf("no measure can be called \"%s\"", name), problem);
}

static bool
is_one_of(const char *key, const char *const *keys)
{
	for (int i = 0; keys[i] != NULL; i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

/* Refuse keys that mean nothing here, so that a mistyped one is not lost. */
static bool
check_keys(DocumentReader *reader, const NtmJson *object, const char *where, const char *const *keys)
{
	for (const NtmJson *member = object->first; member != NULL; member = member->next)
	{
		StringInfoData known;

		if (is_one_of(member->key, keys))
			continue;

		initStringInfo(&known);
		for (int i = 0; keys[i] != NULL; i++)
			appendStringInfo(&known, "%s%s", i ? ", " : "", keys[i]);
		return fail_at(reader, member, where,
					   psprintf("unknown key \"%s\"", member->key),
					   psprintf("The keys are: %s.", known.data));
	}
	return true;
}

static bool
read_rule(DocumentReader *reader, const NtmJson *json, const char *where, NtmRule **result)
{
	char	   *text;

	*result = NULL;
	if (!read_string(reader, json, where, &text))
		return false;
	if (text == NULL)
		return true;
	*result = ntm_rule_parse(text, strlen(text), where, reader->escontext);
	if (*result == NULL)
		reader->failed = true;
	return *result != NULL;
}

static int
compare_declarations(const ListCell *left, const ListCell *right)
{
	return strcmp(((NtmDeclaration *) lfirst(left))->name, ((NtmDeclaration *) lfirst(right))->name);
}

static int
compare_variants(const ListCell *left, const ListCell *right)
{
	return strcmp(((NtmVariant *) lfirst(left))->class_code, ((NtmVariant *) lfirst(right))->class_code);
}

static bool
expect_object(DocumentReader *reader, const NtmJson *json, const char *where, const char *what)
{
	if (json->kind == NTM_JSON_OBJECT)
		return true;
	return fail_at(reader, json, where,
				   psprintf("an object is expected for %s, not %s", what, ntm_json_kind_name(json)), NULL);
}

/* Classes are looked for one by one, so there cannot be any number of them. */
static bool
check_class_count(DocumentReader *reader, const NtmJson *json)
{
	if (json->count <= NTM_MAX_CLASSES)
		return true;
	return fail(reader, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
				psprintf("Key \"%s\" has %d classes; %d are allowed.", json->key, json->count, NTM_MAX_CLASSES),
				NULL);
}

/* "classes": titles by code. */
static bool
read_classes(DocumentReader *reader, const NtmJson *json)
{
	NtmDocument *document = reader->document;

	if (json == NULL || json->kind == NTM_JSON_NULL)
		return true;
	if (!expect_object(reader, json, "the ruleset", "\"classes\""))
		return false;

	document->classes_given = true;
	if (!check_class_count(reader, json))
		return false;
	for (const NtmJson *member = json->first; member != NULL; member = member->next)
	{
		NtmDeclaration *declaration = palloc0(sizeof(NtmDeclaration));

		declaration->name = member->key;
		if (!check_code(reader, member, "key \"classes\"", "class", member->key) ||
			!read_string(reader, member, "key \"classes\"", &declaration->title))
			return false;
		document->classes = lappend(document->classes, declaration);
	}
	list_sort(document->classes, compare_declarations);
	return true;
}

/* "measures": title and unit by name. */
static bool
read_measures(DocumentReader *reader, const NtmJson *json)
{
	static const char *const keys[] = {"title", "unit", NULL};
	NtmDocument *document = reader->document;

	if (json == NULL || json->kind == NTM_JSON_NULL)
		return true;
	if (!expect_object(reader, json, "the ruleset", "\"measures\""))
		return false;

	document->measures_given = true;
	for (const NtmJson *member = json->first; member != NULL; member = member->next)
	{
		NtmDeclaration *declaration = palloc0(sizeof(NtmDeclaration));
		char	   *where = psprintf("key \"measures\", measure \"%s\"", member->key);

		declaration->name = member->key;
		if (!check_measure(reader, member, "key \"measures\"", member->key) ||
			!expect_object(reader, member, where, "a measure") ||
			!check_keys(reader, member, where, keys) ||
			!read_string(reader, ntm_json_member(member, "title"), where, &declaration->title) ||
			!read_string(reader, ntm_json_member(member, "unit"), where, &declaration->unit))
			return false;
		document->measures = lappend(document->measures, declaration);
	}
	list_sort(document->measures, compare_declarations);
	return true;
}

static bool
class_is_declared(const NtmDocument *document, const char *class_code)
{
	ListCell   *cell;

	foreach(cell, document->classes)
		if (strcmp(((NtmDeclaration *) lfirst(cell))->name, class_code) == 0)
			return true;
	return false;
}

NtmVariant *
ntm_document_variant(const NtmDocumentNode *node, const char *class_code)
{
	ListCell   *cell;

	foreach(cell, node->variants)
		if (strcmp(((NtmVariant *) lfirst(cell))->class_code, class_code) == 0)
			return lfirst(cell);
	return NULL;
}

/*
 * "when" and "when_source".  A class may have a source without a rule of its
 * own: then the source speaks of the standard rule for that class.
 */
static bool
read_variants(DocumentReader *reader, const NtmJson *json, const char *where,
			  NtmDocumentNode *node, bool sources)
{
	NtmDocument *document = reader->document;

	if (json == NULL || json->kind == NTM_JSON_NULL)
		return true;
	if (!expect_object(reader, json, where, sources ? "\"when_source\"" : "\"when\""))
		return false;
	if (!check_class_count(reader, json))
		return false;

	for (const NtmJson *member = json->first; member != NULL; member = member->next)
	{
		char	   *place = psprintf("%s, key \"%s\", class \"%s\"", where, json->key, member->key);
		NtmVariant *variant;

		if (sources && member->kind == NTM_JSON_NULL)
			continue;
		if (!check_code(reader, member, where, "class", member->key))
			return false;
		if (document->classes_given && !class_is_declared(document, member->key))
			return fail_at(reader, member, where, psprintf("unknown class \"%s\"", member->key),
						   "List the class under \"classes\", or correct its spelling.");

		variant = ntm_document_variant(node, member->key);
		if (variant == NULL)
		{
			if (sources && !document->classes_given)
				return fail_at(reader, member, where,
							   psprintf("\"when_source\" names class \"%s\", which has no variant",
										member->key),
							   "Give the class a rule under \"when\", or list it under \"classes\".");
			variant = palloc0(sizeof(NtmVariant));
			variant->class_code = member->key;
			node->variants = lappend(node->variants, variant);
		}

		if (sources)
		{
			if (!read_string(reader, member, place, &variant->source))
				return false;
		}
		else if (!read_rule(reader, member, place, &variant->rule))
			return false;
		else if (variant->rule == NULL)
			return fail_at(reader, member, place, "a rule is missing", NULL);
	}
	return true;
}

static bool
read_node(DocumentReader *reader, const NtmJson *json, int index)
{
	static const char *const keys[] = {
		"code", "title", "parent", "measure", "unit", "rule", "when", "delegated",
		"cite", "source", "when_source", NULL
	};
	NtmDocument *document = reader->document;
	NtmDocumentNode *node = &document->nodes[index];
	char	   *where = psprintf("node %d", index + 1);
	const NtmJson *parent;

	if (!expect_object(reader, json, where, "a node") ||
		!read_string(reader, ntm_json_member(json, "code"), where, &node->code))
		return false;
	if (node->code == NULL)
		return fail_at(reader, json, where, "the node has no \"code\"", NULL);

	where = psprintf("node \"%s\"", node->code);
	if (!check_code(reader, json, where, "node's code", node->code) ||
		!check_keys(reader, json, where, keys))
		return false;
	for (size_t i = 0; i < lengthof(reserved_codes); i++)
		if (strcmp(node->code, reserved_codes[i]) == 0)
			return fail_at(reader, json, where, psprintf("\"%s\" cannot be a code", node->code),
						   "It has a meaning of its own in scorecards.");
	if (ntm_names_find(document->node_numbers, node->code) >= 0)
		return fail_at(reader, json, where, "the code is used twice", NULL);
	ntm_names_add(document->node_numbers, node->code);

	parent = ntm_json_member(json, "parent");
	node->parent_given = parent != NULL;
	if (!read_string(reader, ntm_json_member(json, "title"), where, &node->title) ||
		!read_string(reader, parent, where, &node->parent_code) ||
		!read_string(reader, ntm_json_member(json, "measure"), where, &node->measure) ||
		!read_string(reader, ntm_json_member(json, "unit"), where, &node->unit) ||
		!read_string(reader, ntm_json_member(json, "delegated"), where, &node->delegated) ||
		!read_string(reader, ntm_json_member(json, "cite"), where, &node->cite) ||
		!read_string(reader, ntm_json_member(json, "source"), where, &node->standard.source))
		return false;
	if (node->measure != NULL && !check_measure(reader, json, where, node->measure))
		return false;

	if (!read_rule(reader, ntm_json_member(json, "rule"),
				   psprintf("%s, key \"rule\"", where), &node->standard.rule) ||
		!read_variants(reader, ntm_json_member(json, "when"), where, node, false) ||
		!read_variants(reader, ntm_json_member(json, "when_source"), where, node, true))
		return false;
	list_sort(node->variants, compare_variants);

	if (node->delegated != NULL && node->standard.rule != NULL)
		return fail_at(reader, json, where, "a node with a rule cannot be \"delegated\"",
					   "A delegated requirement is unknown until an edition replaces \"delegated\" by a \"rule\".");
	return true;
}

static bool
read_set(DocumentReader *reader, const NtmJson *json)
{
	static const char *const keys[] = {
		"code", "title", "cite", "rule", "classes", "measures", "nodes", NULL
	};
	NtmDocument *document = reader->document;
	const NtmJson *nodes;
	int			index = 0;

	if (!expect_object(reader, json, "the ruleset", "a ruleset") ||
		!read_string(reader, ntm_json_member(json, "code"), "the ruleset", &document->code))
		return false;
	if (document->code == NULL)
		return fail_at(reader, json, "the ruleset", "there is no \"code\"", NULL);
	if (!check_code(reader, json, "the ruleset", "ruleset's code", document->code) ||
		!check_keys(reader, json, "the ruleset", keys) ||
		!read_string(reader, ntm_json_member(json, "title"), "the ruleset", &document->title) ||
		!read_string(reader, ntm_json_member(json, "cite"), "the ruleset", &document->cite) ||
		!read_rule(reader, ntm_json_member(json, "rule"), "key \"rule\" of the ruleset", &document->rule) ||
		!read_classes(reader, ntm_json_member(json, "classes")) ||
		!read_measures(reader, ntm_json_member(json, "measures")))
		return false;

	nodes = ntm_json_member(json, "nodes");
	if (nodes == NULL || nodes->kind != NTM_JSON_ARRAY || nodes->count == 0)
		return fail_at(reader, nodes ? nodes : json, "the ruleset",
					   "\"nodes\" must be an array of at least one node", NULL);
	if (nodes->count > NTM_MAX_NODES)
		return fail(reader, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
					psprintf("The ruleset has %d nodes; %d are allowed.", nodes->count, NTM_MAX_NODES), NULL);

	document->node_numbers = ntm_names_create();
	document->nodes = palloc0(sizeof(NtmDocumentNode) * nodes->count);
	document->node_count = nodes->count;
	for (const NtmJson *node = nodes->first; node != NULL; node = node->next)
	{
		CHECK_FOR_INTERRUPTS();
		if (!read_node(reader, node, index++))
			return false;
	}
	return true;
}

char *
ntm_code_prefix(const char *code)
{
	const char *dot = strrchr(code, '.');

	return dot != NULL && dot > code ? pnstrdup(code, dot - code) : NULL;
}

/* Find every node's parent and children. */
static bool
link_nodes(DocumentReader *reader)
{
	NtmDocument *document = reader->document;

	for (int i = 0; i < document->node_count; i++)
	{
		NtmDocumentNode *node = &document->nodes[i];
		char	   *parent = node->parent_given ? node->parent_code : ntm_code_prefix(node->code);

		node->parent = -1;
		if (parent != NULL)
		{
			node->parent = ntm_names_find(document->node_numbers, parent);
			if (node->parent < 0)
				return fail(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
							psprintf("In node \"%s\": its parent \"%s\" is not defined.", node->code, parent),
							"Add the parent, or give another one by \"parent\"; null makes the node a criterion.");
			document->nodes[node->parent].children = lappend_int(document->nodes[node->parent].children, i);
		}
		else
			document->children = lappend_int(document->children, i);
	}

	if (document->children == NIL)
		return fail(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
					"Every node has a parent, so the parents form a circle.", NULL);
	return true;
}

static NtmRule *
make_gate_of_children(void)
{
	NtmRule    *gate = palloc0(sizeof(NtmRule));
	NtmRule    *children = palloc0(sizeof(NtmRule));

	children->kind = NTM_RULE_CHILDREN;
	gate->kind = NTM_RULE_GATE;
	gate->gate = NTM_GATE_ALL;
	gate->items = list_make1(children);
	return gate;
}

static NtmRule *
make_met(void)
{
	NtmRule    *rule = palloc0(sizeof(NtmRule));

	rule->kind = NTM_RULE_COMPARISON;
	rule->comparison = NTM_YES;
	return rule;
}

/* what the check of one rule needs to know */
typedef struct RuleCheck
{
	DocumentReader *reader;
	const NtmDocumentNode *node;	/* NULL: the overall rule */
	const char *where;
	NtmNames   *measures;		/* all that may be named, or NULL for any */
	int64		conditions;		/* in all rules so far, every child of a "*" counted */
} RuleCheck;

static bool
check_name(RuleCheck *check, const char *name)
{
	if (check->measures == NULL || ntm_names_find(check->measures, name) >= 0)
		return true;
	return fail(check->reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
				psprintf("In %s: undefined measure \"%s\".", check->where, name),
				"Declare it under \"measures\", or correct its spelling.");
}

static void
check_reference(const NtmRule *rule, void *context)
{
	RuleCheck  *check = context;
	DocumentReader *reader = check->reader;

	if (reader->failed)
		return;

	/* counted before anything walks through them all */
	if (rule->kind == NTM_RULE_CHILDREN)
		check->conditions += list_length(check->node ? check->node->children : reader->document->children);
	else
		check->conditions++;
	if (check->conditions > NTM_MAX_STEPS)
	{
		reader->failed = true;
		ntm_errsave(reader->escontext,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("ruleset \"%s\" is too large", reader->document->code),
					 errdetail("Its rules have more than %d conditions, counting every child node that \"*\" stands for.",
							   NTM_MAX_STEPS)));
		return;
	}

	switch (rule->kind)
	{
		case NTM_RULE_COMPARISON:
			if (rule->left == NULL && (check->node == NULL || check->node->measure == NULL))
				fail(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
					 psprintf("In %s: a condition names no measure, and the node has none of its own.",
							  check->where),
					 "Give the node a \"measure\", or name one in the condition.");
			if (rule->left != NULL && !check_name(check, rule->left))
				return;
			if (rule->right != NULL)
				check_name(check, rule->right);
			break;

		case NTM_RULE_NODE:
			if (ntm_names_find(reader->document->node_numbers, rule->code) < 0)
				fail(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
					 psprintf("In %s: undefined node [%s].", check->where, rule->code), NULL);
			break;

		case NTM_RULE_CHILDREN:
			if (check->node != NULL && check->node->children == NIL)
				fail(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
					 psprintf("In %s: \"*\" stands for the child nodes, and the node has none.",
							  check->where), NULL);
			break;

		default:
			break;
	}
}

static NtmNames *
known_measures(const NtmDocument *document)
{
	NtmNames   *names;
	ListCell   *cell;

	if (!document->measures_given)
		return NULL;
	names = ntm_names_create();
	foreach(cell, document->measures)
		ntm_names_add(names, ((NtmDeclaration *) lfirst(cell))->name);
	for (int i = 0; i < document->node_count; i++)
		if (document->nodes[i].measure != NULL)
			ntm_names_add(names, document->nodes[i].measure);
	return names;
}

/* Fill in the rules that are left out, and check what every rule refers to. */
static bool
check_rules(DocumentReader *reader)
{
	NtmDocument *document = reader->document;
	RuleCheck	check = {.reader = reader};

	check.measures = known_measures(document);

	document->effective = document->rule ? document->rule : make_gate_of_children();
	check.where = "the overall rule";
	ntm_rule_visit(document->effective, check_reference, &check);

	for (int i = 0; i < document->node_count && !reader->failed; i++)
	{
		NtmDocumentNode *node = &document->nodes[i];
		ListCell   *cell;

		CHECK_FOR_INTERRUPTS();
		if (node->standard.rule != NULL)
			node->effective = node->standard.rule;
		else if (node->delegated == NULL)
			node->effective = node->children != NIL ? make_gate_of_children() : make_met();

		check.node = node;
		check.where = psprintf("node \"%s\"", node->code);
		if (node->effective != NULL)
			ntm_rule_visit(node->effective, check_reference, &check);
		foreach(cell, node->variants)
		{
			NtmVariant *variant = lfirst(cell);

			check.where = psprintf("node \"%s\", class \"%s\"", node->code, variant->class_code);
			if (variant->rule != NULL)
				ntm_rule_visit(variant->rule, check_reference, &check);
		}
	}
	return !reader->failed;
}

/* the search for an order in which every node comes after what it refers to */
typedef struct OrderSearch
{
	DocumentReader *reader;
	int			node;			/* the one whose rules are visited */
	bool	   *begun;
	bool	   *done;
	int			count;			/* done so far */
	List	   *path;			/* int list, for the message about a circle */
} OrderSearch;

static void order_node(OrderSearch *search, int node);

static void
order_reference(const NtmRule *rule, void *context)
{
	OrderSearch *search = context;
	NtmDocument *document = search->reader->document;
	int			node = search->node;

	if (rule->kind == NTM_RULE_NODE)
		order_node(search, ntm_names_find(document->node_numbers, rule->code));
	else if (rule->kind == NTM_RULE_CHILDREN)
	{
		ListCell   *cell;

		foreach(cell, document->nodes[node].children)
			order_node(search, lfirst_int(cell));
	}
	search->node = node;
}

static void
report_circle(OrderSearch *search, int node)
{
	NtmDocument *document = search->reader->document;
	StringInfoData circle;
	ListCell   *cell;
	bool		within = false;

	initStringInfo(&circle);
	foreach(cell, search->path)
	{
		within = within || lfirst_int(cell) == node;
		if (within)
			appendStringInfo(&circle, "[%s] -> ", document->nodes[lfirst_int(cell)].code);
	}
	fail(search->reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
		 psprintf("Nodes depend on each other in a circle: %s[%s].", circle.data, document->nodes[node].code),
		 NULL);
}

static void
order_node(OrderSearch *search, int number)
{
	NtmDocument *document = search->reader->document;
	NtmDocumentNode *node = &document->nodes[number];
	ListCell   *cell;

	CHECK_FOR_INTERRUPTS();
	check_stack_depth();

	if (search->done[number] || search->reader->failed)
		return;
	if (search->begun[number])
	{
		report_circle(search, number);
		return;
	}
	search->begun[number] = true;
	search->path = lappend_int(search->path, number);

	search->node = number;
	if (node->effective != NULL)
		ntm_rule_visit(node->effective, order_reference, search);
	foreach(cell, node->variants)
	{
		NtmVariant *variant = lfirst(cell);

		search->node = number;
		if (variant->rule != NULL)
			ntm_rule_visit(variant->rule, order_reference, search);
	}

	search->path = list_delete_last(search->path);
	search->done[number] = true;
	document->order[search->count++] = number;
}

/* Order the nodes for assessment; a circle is an error, also one of parents. */
static bool
order_nodes(DocumentReader *reader)
{
	NtmDocument *document = reader->document;
	OrderSearch search = {.reader = reader};

	document->order = palloc(sizeof(int) * document->node_count);
	search.begun = palloc0(sizeof(bool) * document->node_count);
	search.done = palloc0(sizeof(bool) * document->node_count);
	for (int i = 0; i < document->node_count && !reader->failed; i++)
	{
		int			steps = 0;

		order_node(&search, i);
		for (int up = i; up >= 0; up = document->nodes[up].parent)
			if (++steps > document->node_count)
				return fail(reader, ERRCODE_INVALID_TEXT_REPRESENTATION,
							psprintf("The parents of node \"%s\" form a circle.", document->nodes[i].code),
							NULL);
	}
	return !reader->failed;
}

NtmDocument *
ntm_document_read(const char *text, int length, struct Node *escontext)
{
	NtmDocument *document = palloc0(sizeof(NtmDocument));
	DocumentReader reader = {.document = document, .escontext = escontext};
	NtmJson    *json;

	if (length > NTM_MAX_DOCUMENT_LENGTH)
		ntm_ereturn(escontext, NULL,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("ruleset is too long"),
					 errdetail("The document has %d bytes; %d are allowed.", length,
							   NTM_MAX_DOCUMENT_LENGTH)));

	json = ntm_json_parse(text, length, "ntm.ruleset", escontext);
	if (json == NULL)
		return NULL;

	if (read_set(&reader, json) && link_nodes(&reader) && check_rules(&reader) && order_nodes(&reader))
		return document;
	return NULL;
}

/* ---- writing ---- */

/* ', "key": ' or the same without the comma for the first one */
static void
append_key(StringInfo buffer, const char *key)
{
	char		before = buffer->data[buffer->len - 1];

	if (before != '{' && before != '[')
		appendStringInfoString(buffer, ", ");
	ntm_json_append_string(buffer, key);
	appendStringInfoString(buffer, ": ");
}

static void
append_member(StringInfo buffer, const char *key, const char *value)
{
	if (value == NULL)
		return;
	append_key(buffer, key);
	ntm_json_append_string(buffer, value);
}

static void
append_variants(StringInfo buffer, const NtmDocumentNode *node, bool sources)
{
	bool		begun = false;
	ListCell   *cell;

	foreach(cell, node->variants)
	{
		NtmVariant *variant = lfirst(cell);
		char	   *value;

		if (sources)
			value = variant->source;
		else
			value = variant->rule ? ntm_rule_text(variant->rule) : NULL;
		if (value == NULL)
			continue;

		if (!begun)
		{
			append_key(buffer, sources ? "when_source" : "when");
			appendStringInfoChar(buffer, '{');
			begun = true;
		}
		append_member(buffer, variant->class_code, value);
	}
	if (begun)
		appendStringInfoChar(buffer, '}');
}

static void
append_node(StringInfo buffer, const NtmDocumentNode *node)
{
	appendStringInfoChar(buffer, '{');
	append_member(buffer, "code", node->code);
	append_member(buffer, "title", node->title);
	if (node->parent_given && node->parent_code == NULL)
	{
		append_key(buffer, "parent");
		appendStringInfoString(buffer, "null");
	}
	else
		append_member(buffer, "parent", node->parent_code);
	append_member(buffer, "measure", node->measure);
	append_member(buffer, "unit", node->unit);
	append_member(buffer, "rule", node->standard.rule ? ntm_rule_text(node->standard.rule) : NULL);
	append_variants(buffer, node, false);
	append_member(buffer, "delegated", node->delegated);
	append_member(buffer, "cite", node->cite);
	append_member(buffer, "source", node->standard.source);
	append_variants(buffer, node, true);
	appendStringInfoChar(buffer, '}');
}

char *
ntm_document_write(const NtmDocument *document)
{
	StringInfoData buffer;
	ListCell   *cell;

	initStringInfo(&buffer);
	appendStringInfoChar(&buffer, '{');
	append_member(&buffer, "code", document->code);
	append_member(&buffer, "title", document->title);
	append_member(&buffer, "cite", document->cite);
	append_member(&buffer, "rule", document->rule ? ntm_rule_text(document->rule) : NULL);

	if (document->classes_given)
	{
		append_key(&buffer, "classes");
		appendStringInfoChar(&buffer, '{');
		foreach(cell, document->classes)
		{
			NtmDeclaration *declaration = lfirst(cell);

			append_key(&buffer, declaration->name);
			if (declaration->title != NULL)
				ntm_json_append_string(&buffer, declaration->title);
			else
				appendStringInfoString(&buffer, "null");
		}
		appendStringInfoChar(&buffer, '}');
	}

	if (document->measures_given)
	{
		append_key(&buffer, "measures");
		appendStringInfoChar(&buffer, '{');
		foreach(cell, document->measures)
		{
			NtmDeclaration *declaration = lfirst(cell);

			append_key(&buffer, declaration->name);
			appendStringInfoChar(&buffer, '{');
			append_member(&buffer, "title", declaration->title);
			append_member(&buffer, "unit", declaration->unit);
			appendStringInfoChar(&buffer, '}');
		}
		appendStringInfoChar(&buffer, '}');
	}

	append_key(&buffer, "nodes");
	appendStringInfoChar(&buffer, '[');
	for (int i = 0; i < document->node_count; i++)
	{
		if (i > 0)
			appendStringInfoString(&buffer, ", ");
		append_node(&buffer, &document->nodes[i]);
	}
	appendStringInfoString(&buffer, "]}");
	return buffer.data;
}
