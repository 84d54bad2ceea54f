/*-------------------------------------------------------------------------
 *
 * rule.c
 *	  Type ntm.rule: text and binary form, canonical output, what is inside.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "comparison.h"
#include "measures.h"
#include "names.h"
#include "rule.h"
#include "rulegram.h"

#define RULE_TEXT_LENGTH(rule) (VARSIZE(rule) - offsetof(NtmRuleText, text))

PG_FUNCTION_INFO_V1(ntm_rule_in);
PG_FUNCTION_INFO_V1(ntm_rule_out);
PG_FUNCTION_INFO_V1(ntm_rule_recv);
PG_FUNCTION_INFO_V1(ntm_rule_send);
PG_FUNCTION_INFO_V1(ntm_rule_hash);
PG_FUNCTION_INFO_V1(ntm_rule_hash_extended);
PG_FUNCTION_INFO_V1(ntm_rule_variables);

static const char *const comparison_signs[] = {
	[NTM_AT_LEAST] = ">=",
	[NTM_AT_MOST] = "<=",
	[NTM_ABOVE] = ">",
	[NTM_BELOW] = "<",
	[NTM_EQUAL] = "=",
	[NTM_DIFFERENT] = "<>",
	[NTM_BETWEEN] = "between",
	[NTM_YES] = "met",
	[NTM_NO] = "not met"
};

/* words that the scanner takes for something other than a name */
static const char *const reserved_words[] = {
	"all", "and", "any", "at", "between", "met", "not", "or"
};

/*
 * Report what is wrong with a rule, once: what stands there, the problem if
 * it is more than that, and the place in characters.
 */
void
ntm_rule_fail(NtmRuleReader *reader, int offset, const char *token,
			  const char *problem, const char *hint)
{
	StringInfoData detail;
	int			character = pg_mbstrlen_with_len(reader->text, offset) + 1;

	if (reader->failed)
		return;
	reader->failed = true;

	initStringInfo(&detail);
	if (reader->where != NULL)
		appendStringInfo(&detail, "In %s: ", reader->where);
	if (problem == NULL)
	{
		if (token != NULL)
			appendStringInfo(&detail, "\"%s\" is unexpected", token);
		else
			appendStringInfoString(&detail, "The rule is not complete");
	}
	else
	{
		appendStringInfoString(&detail, problem);
		if (token != NULL)
			appendStringInfo(&detail, ": \"%s\"", token);
	}
	appendStringInfo(&detail, ", at character %d.", character);

	ntm_errsave(reader->escontext,
				(errcode(reader->sqlstate ? reader->sqlstate : ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "ntm.rule", reader->text),
				 errdetail_internal("%s", detail.data),
				 hint ? errhint("%s", hint) : 0));
}

static NtmRule *
refuse_length(int length, const char *form, const char *where, struct Node *escontext)
{
	ntm_ereturn(escontext, NULL,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("rule is too long"),
				 errdetail("%s%sThe rule has %d bytes%s; %d are allowed.",
						   where ? where : "", where ? ": " : "",
						   length, form, NTM_MAX_RULE_LENGTH),
				 errhint("Split it over several nodes.")));
}

NtmRule *
ntm_rule_parse(const char *text, int length, const char *where, struct Node *escontext)
{
	NtmRuleReader reader = {0};
	void	   *scanner;

	if (length > NTM_MAX_RULE_LENGTH)
		return refuse_length(length, "", where, escontext);

	reader.text = pnstrdup(text, length);
	reader.where = where;
	reader.escontext = escontext;

	ntm_rule_yylex_init_extra(&reader, &scanner);
	ntm_rule_yy_scan_bytes(reader.text, length, scanner);
	if (ntm_rule_yyparse(scanner, &reader) != 0 || reader.failed)
		return NULL;
	ntm_rule_yylex_destroy(scanner);

	/* what is accepted must be readable again, and its canonical text is what is kept */
	length = strlen(ntm_rule_text(reader.result));
	if (length > NTM_MAX_RULE_LENGTH)
		return refuse_length(length, " in its canonical form", where, escontext);

	return reader.result;
}

bool
ntm_rule_is_reserved(const char *word)
{
	for (size_t i = 0; i < lengthof(reserved_words); i++)
		if (pg_strcasecmp(word, reserved_words[i]) == 0)
			return true;
	return false;
}

void
ntm_rule_append_name(StringInfo buffer, const char *name)
{
	bool		plain = isalpha((unsigned char) name[0]) && !IS_HIGHBIT_SET(name[0]);

	for (const char *c = name; *c != '\0' && plain; c++)
		plain = !IS_HIGHBIT_SET(*c) && (isalnum((unsigned char) *c) || *c == '_');
	plain = plain && !ntm_rule_is_reserved(name);

	if (plain)
	{
		appendStringInfoString(buffer, name);
		return;
	}

	appendStringInfoChar(buffer, '"');
	for (const char *c = name; *c != '\0'; c++)
	{
		if (*c == '"')
			appendStringInfoChar(buffer, '"');
		appendStringInfoChar(buffer, *c);
	}
	appendStringInfoChar(buffer, '"');
}

static void
append_number(StringInfo buffer, NtmNumber number)
{
	ntm_decimal_append(buffer, number.value);
	if (number.percent)
		appendStringInfoChar(buffer, '%');
}

static void
append_comparison(StringInfo buffer, const NtmRule *rule)
{
	if (rule->left != NULL)
	{
		ntm_rule_append_name(buffer, rule->left);
		appendStringInfoChar(buffer, ' ');
	}
	if (rule->right != NULL)
	{
		appendStringInfoString(buffer, "/ ");
		ntm_rule_append_name(buffer, rule->right);
		appendStringInfoChar(buffer, ' ');
	}

	appendStringInfoString(buffer, comparison_signs[rule->comparison]);
	if (rule->comparison == NTM_YES || rule->comparison == NTM_NO)
		return;

	appendStringInfoChar(buffer, ' ');
	append_number(buffer, rule->low);
	if (rule->comparison == NTM_BETWEEN)
	{
		appendStringInfoString(buffer, " and ");
		append_number(buffer, rule->high);
	}
}

static void
append_gate(StringInfo buffer, const NtmRule *rule)
{
	switch (rule->gate)
	{
		case NTM_GATE_ALL:
			appendStringInfoString(buffer, "all");
			break;
		case NTM_GATE_ANY:
			appendStringInfoString(buffer, "any");
			break;
		case NTM_GATE_AT_LEAST:
			appendStringInfoString(buffer, "at least ");
			break;
		case NTM_GATE_AT_MOST:
			appendStringInfoString(buffer, "at most ");
			break;
	}

	if (rule->gate == NTM_GATE_AT_LEAST || rule->gate == NTM_GATE_AT_MOST)
	{
		switch (rule->unit)
		{
			case NTM_COUNT_ITEMS:
				appendStringInfo(buffer, INT64_FORMAT, rule->threshold);
				break;
			case NTM_COUNT_PERCENT:
				ntm_decimal_append(buffer, rule->threshold);
				appendStringInfoChar(buffer, '%');
				break;
			case NTM_COUNT_POINTS:
				appendStringInfo(buffer, INT64_FORMAT " points", rule->threshold);
				break;
		}
	}
	appendStringInfoString(buffer, " of (");
}

/*
 * Binding strength of what is printed: "or" 1, "and" 2, "not" 3, all else 4.
 * A part that binds less than its surroundings ask for goes into brackets.
 */
static void
append_rule(StringInfo buffer, const NtmRule *rule, int strength)
{
	ListCell   *cell;
	bool		brackets = false;

	check_stack_depth();

	if (rule->kind == NTM_RULE_OR)
		brackets = strength > 1;
	else if (rule->kind == NTM_RULE_AND)
		brackets = strength > 2;
	else if (rule->kind == NTM_RULE_COMPARISON && rule->comparison == NTM_YES && rule->left == NULL)
		brackets = strength > 3;	/* "not met" would be another comparison */

	if (brackets)
	{
		appendStringInfoChar(buffer, '(');
		strength = 0;
	}

	switch (rule->kind)
	{
		case NTM_RULE_COMPARISON:
			append_comparison(buffer, rule);
			break;

		case NTM_RULE_AND:
		case NTM_RULE_OR:
			foreach(cell, rule->items)
			{
				if (cell != list_head(rule->items))
					appendStringInfoString(buffer, rule->kind == NTM_RULE_AND ? " and " : " or ");
				append_rule(buffer, lfirst(cell), rule->kind == NTM_RULE_AND ? 3 : 2);
			}
			break;

		case NTM_RULE_NOT:
			appendStringInfoString(buffer, "not ");
			append_rule(buffer, linitial(rule->items), 4);
			break;

		case NTM_RULE_GATE:
			append_gate(buffer, rule);
			foreach(cell, rule->items)
			{
				NtmRule    *item = lfirst(cell);

				if (cell != list_head(rule->items))
					appendStringInfoString(buffer, ", ");
				if (item->points > 0)
					appendStringInfo(buffer, "%d points: ", item->points);
				append_rule(buffer, item, 0);
			}
			appendStringInfoChar(buffer, ')');
			break;

		case NTM_RULE_NODE:
			appendStringInfo(buffer, "[%s]", rule->code);
			break;

		case NTM_RULE_CHILDREN:
			appendStringInfoChar(buffer, '*');
			break;
	}

	if (brackets)
		appendStringInfoChar(buffer, ')');
}

char *
ntm_rule_text(const NtmRule *rule)
{
	StringInfoData buffer;

	initStringInfo(&buffer);
	append_rule(&buffer, rule, 0);
	return buffer.data;
}

void
ntm_rule_visit(const NtmRule *rule, NtmRuleVisitor visitor, void *context)
{
	ListCell   *cell;

	check_stack_depth();

	switch (rule->kind)
	{
		case NTM_RULE_COMPARISON:
		case NTM_RULE_NODE:
		case NTM_RULE_CHILDREN:
			visitor(rule, context);
			break;

		case NTM_RULE_AND:
		case NTM_RULE_OR:
		case NTM_RULE_NOT:
		case NTM_RULE_GATE:
			foreach(cell, rule->items)
				ntm_rule_visit(lfirst(cell), visitor, context);
			break;
	}
}

NtmRuleText *
ntm_rule_datum(const char *canonical)
{
	int			length = strlen(canonical);
	NtmRuleText *rule = palloc(offsetof(NtmRuleText, text) + length);

	SET_VARSIZE(rule, offsetof(NtmRuleText, text) + length);
	rule->version = NTM_RULE_VERSION;
	memcpy(rule->text, canonical, length);
	return rule;
}

/*
 * ntm.rule from text: any spelling the language allows, kept as canonical
 * text.  Errors say the place and what stands there.
 */
Datum
ntm_rule_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	NtmRule    *rule = ntm_rule_parse(text, strlen(text), NULL, fcinfo->context);

	if (rule == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(ntm_rule_datum(ntm_rule_text(rule)));
}

/* The canonical text; reading it again gives the same bytes. */
Datum
ntm_rule_out(PG_FUNCTION_ARGS)
{
	NtmRuleText *rule = PG_GETARG_RULE_P(0);

	PG_RETURN_CSTRING(pnstrdup(rule->text, RULE_TEXT_LENGTH(rule)));
}

/* Wire form: a version byte, then the text, which is parsed like any other. */
Datum
ntm_rule_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	char	   *text;
	int			length;
	NtmRule    *rule;

	ntm_check_wire_version("ntm.rule", version, NTM_RULE_VERSION);

	text = pq_getmsgtext(message, message->len - message->cursor, &length);
	rule = ntm_rule_parse(text, length, NULL, NULL);
	PG_RETURN_POINTER(ntm_rule_datum(ntm_rule_text(rule)));
}

/* Wire form: a version byte, then the canonical text. */
Datum
ntm_rule_send(PG_FUNCTION_ARGS)
{
	NtmRuleText *rule = PG_GETARG_RULE_P(0);
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbyte(&message, NTM_RULE_VERSION);
	pq_sendtext(&message, rule->text, RULE_TEXT_LENGTH(rule));
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* Order of rules: bytewise by canonical text, whatever the locale. */
static int
compare_rules(FunctionCallInfo fcinfo)
{
	NtmRuleText *left = PG_GETARG_RULE_P(0);
	NtmRuleText *right = PG_GETARG_RULE_P(1);
	int			result;

	result = ntm_compare_bytes(left->text, RULE_TEXT_LENGTH(left),
							   right->text, RULE_TEXT_LENGTH(right));
	PG_FREE_IF_COPY(left, 0);
	PG_FREE_IF_COPY(right, 1);
	return result;
}

NTM_COMPARISON_FUNCTIONS(rule, compare_rules);

/* Hash of the canonical text. */
Datum
ntm_rule_hash(PG_FUNCTION_ARGS)
{
	NtmRuleText *rule = PG_GETARG_RULE_P(0);
	Datum		result = hash_any((unsigned char *) rule->text, RULE_TEXT_LENGTH(rule));

	PG_FREE_IF_COPY(rule, 0);
	return result;
}

/* The same, 64 bits wide and seeded, for hash partitioning. */
Datum
ntm_rule_hash_extended(PG_FUNCTION_ARGS)
{
	NtmRuleText *rule = PG_GETARG_RULE_P(0);
	Datum		result = hash_any_extended((unsigned char *) rule->text,
										   RULE_TEXT_LENGTH(rule), PG_GETARG_INT64(1));

	PG_FREE_IF_COPY(rule, 0);
	return result;
}

static void
collect_names(const NtmRule *rule, void *context)
{
	NtmNames   *names = context;

	if (rule->kind != NTM_RULE_COMPARISON)
		return;
	if (rule->left != NULL)
		ntm_names_add(names, rule->left);
	if (rule->right != NULL)
		ntm_names_add(names, rule->right);
}

/* variables(rule): the measures a rule names, sorted; not the node's own. */
Datum
ntm_rule_variables(PG_FUNCTION_ARGS)
{
	NtmRuleText *stored = PG_GETARG_RULE_P(0);
	NtmRule    *rule = ntm_rule_parse(stored->text, RULE_TEXT_LENGTH(stored), NULL, NULL);
	NtmNames   *names = ntm_names_create();

	ntm_rule_visit(rule, collect_names, names);
	ntm_names_sort(names);
	PG_RETURN_ARRAYTYPE_P(ntm_names_to_array(names));
}
