%{
/*-------------------------------------------------------------------------
 *
 * rulegram.y
 *	  Grammar of the rule language.
 *
 * The grammar has no conflicts and relies on no precedence.  Two places need
 * care: "not met" without an operand is a comparison (below 1), not the
 * opposite of "met"; and "*" is an item of a gate only.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "measures.h"
#include "names.h"
#include "rule.h"
#include "rulegram.h"

/* bison's stacks live in the caller's memory context */
#define YYMALLOC palloc
#define YYFREE pfree

#define YYLLOC_DEFAULT(current, rhs, n) \
	do { \
		(current).first = (n) ? YYRHSLOC(rhs, 1).first : YYRHSLOC(rhs, 0).last; \
		(current).last = (n) ? YYRHSLOC(rhs, n).last : YYRHSLOC(rhs, 0).last; \
	} while (0)

/* a check that fails ends the parse; the reader has the error */
#define CHECK(made) \
	do { \
		if ((made) == NULL) \
			YYABORT; \
	} while (0)

static NtmRule *make_rule(NtmRuleReader *reader, NtmRuleLocation *place, NtmRuleKind kind);
static NtmRule *make_comparison(NtmRuleReader *reader, NtmRuleLocation *place,
								NtmComparison comparison, NtmNumber low, NtmNumber high);
static NtmRule *make_not(NtmRuleReader *reader, NtmRuleLocation *place, NtmRule *item);
static NtmRule *make_list(NtmRuleReader *reader, NtmRuleLocation *place,
						  NtmRuleKind kind, NtmRule *left, NtmRule *right);
static NtmRule *make_gate(NtmRuleReader *reader, NtmRuleLocation *place,
						  NtmRule *count, List *items);
static NtmRule *make_node(NtmRuleReader *reader, NtmRuleLocation *place, char *code);
static NtmRule *set_operand(NtmRule *comparison, char *left, char *right);
static bool whole_number(NtmRuleReader *reader, NtmRuleLocation *place, NtmNumber number,
						 const char *what, int64 *result);

static const NtmNumber no_number = {0, false};

static void ntm_rule_yyerror(NtmRuleLocation *place, void *scanner,
							 NtmRuleReader *reader, const char *message);
%}

%code requires
{
#include "rule.h"

/* byte offsets into the rule's text */
typedef struct NtmRuleLocation
{
	int			first;
	int			last;
} NtmRuleLocation;
}

%code provides
{
extern int	ntm_rule_yylex(NTM_RULE_YYSTYPE *value, NtmRuleLocation *place, void *scanner);
extern int	ntm_rule_yylex_init_extra(NtmRuleReader *reader, void **scanner);
extern int	ntm_rule_yylex_destroy(void *scanner);
extern struct yy_buffer_state *ntm_rule_yy_scan_bytes(const char *text, int length, void *scanner);
}

%define api.pure full
%define api.prefix {ntm_rule_yy}
%define api.location.type {NtmRuleLocation}
%locations
%lex-param {void *scanner}
%parse-param {void *scanner}
%parse-param {NtmRuleReader *reader}
%initial-action { @$.first = 0; @$.last = 0; }
%expect 0

%union
{
	char	   *text;
	NtmNumber	number;
	NtmComparison comparison;
	NtmRule    *rule;
	List	   *list;
}

%token AND OR NOT BETWEEN MET ALL ANY AT KHONG
%token INVALID STRANGE
%token AT_LEAST_SIGN AT_MOST_SIGN DIFFERENT_SIGN
%token <text> NAME CODE LEAST MOST OF POINTS
%token <number> NUMBER

%type <text> name
%type <number> number decimal
%type <comparison> sign
%type <rule> rule conjunction negation negation_but_met operated comparison
%type <rule> cell gate count item item_rule
%type <list> items

%%

cell:
	rule
		{
			reader->result = $1;
			$$ = $1;
		}
	| NUMBER
		{
			ntm_rule_fail(reader, @1.first, NULL, "A number alone is no condition",
						  "Say which side of it is met, for example \">= 80\" or \"= 0\".");
			YYABORT;
		}
	| NUMBER '%'
		{
			/* an annex writes "100%" for "all of them" */
			if ($1.value != 100 * NTM_DECIMAL_UNIT)
			{
				ntm_rule_fail(reader, @1.first, NULL, "A number alone is no condition",
							  "Say which side of it is met, for example \">= 80%\"; only \"100%\" may stand alone.");
				YYABORT;
			}
			CHECK($$ = make_comparison(reader, &@$, NTM_AT_LEAST, $1, no_number));
			reader->result = $$;
		}
	;

rule:
	conjunction
	| rule OR conjunction
		{ CHECK($$ = make_list(reader, &@$, NTM_RULE_OR, $1, $3)); }
	;

conjunction:
	negation
	| conjunction AND negation
		{ CHECK($$ = make_list(reader, &@$, NTM_RULE_AND, $1, $3)); }
	;

negation:
	negation_but_met
	| MET
		{ CHECK($$ = make_comparison(reader, &@$, NTM_YES, no_number, no_number)); }
	;

/* what may follow "not": all but a bare "met", which makes "not met" one comparison */
negation_but_met:
	operated
	| not_met
		{ CHECK($$ = make_comparison(reader, &@$, NTM_NO, no_number, no_number)); }
	| NOT negation_but_met
		{ CHECK($$ = make_not(reader, &@$, $2)); }
	;

operated:
	'(' rule ')'
		{ $$ = $2; }
	| gate
	| CODE
		{ CHECK($$ = make_node(reader, &@$, $1)); }
	| comparison
	| name comparison
		{ $$ = set_operand($2, $1, NULL); }
	| name MET
		{
			CHECK($$ = make_comparison(reader, &@$, NTM_YES, no_number, no_number));
			set_operand($$, $1, NULL);
		}
	| name not_met
		{
			CHECK($$ = make_comparison(reader, &@$, NTM_NO, no_number, no_number));
			set_operand($$, $1, NULL);
		}
	| name '/' name MET
		{
			CHECK($$ = make_comparison(reader, &@$, NTM_YES, no_number, no_number));
			set_operand($$, $1, $3);
		}
	| name '/' name not_met
		{
			CHECK($$ = make_comparison(reader, &@$, NTM_NO, no_number, no_number));
			set_operand($$, $1, $3);
		}
	| name '/' name comparison
		{ $$ = set_operand($4, $1, $3); }
	;

/* in English, and as an annex writes it */
not_met:
	NOT MET
	| KHONG MET
	;

comparison:
	sign number
		{ CHECK($$ = make_comparison(reader, &@$, $1, $2, no_number)); }
	| BETWEEN number AND number
		{
			if ($2.percent != $4.percent)
			{
				ntm_rule_fail(reader, @4.first, NULL, "One bound is a percentage and the other is not",
							  "Write both bounds alike, for example \"between 50% and 70%\".");
				YYABORT;
			}
			CHECK($$ = make_comparison(reader, &@$, NTM_BETWEEN, $2, $4));
		}
	| KHONG
		{ CHECK($$ = make_comparison(reader, &@$, NTM_EQUAL, no_number, no_number)); }
	;

sign:
	AT_LEAST_SIGN		{ $$ = NTM_AT_LEAST; }
	| AT_MOST_SIGN		{ $$ = NTM_AT_MOST; }
	| '>'				{ $$ = NTM_ABOVE; }
	| '<'				{ $$ = NTM_BELOW; }
	| '='				{ $$ = NTM_EQUAL; }
	| DIFFERENT_SIGN	{ $$ = NTM_DIFFERENT; }
	;

number:
	decimal
	| decimal '%'
		{
			$$ = $1;
			$$.percent = true;
		}
	;

decimal:
	NUMBER
	| '-' NUMBER
		{
			$$ = $2;
			$$.value = -$2.value;
		}
	;

gate:
	count OF '(' items ')'
		{ CHECK($$ = make_gate(reader, &@$, $1, $4)); }
	;

/* a gate without its items */
count:
	ALL
		{
			CHECK($$ = make_rule(reader, &@$, NTM_RULE_GATE));
			$$->gate = NTM_GATE_ALL;
		}
	| ANY
		{
			CHECK($$ = make_rule(reader, &@$, NTM_RULE_GATE));
			$$->gate = NTM_GATE_ANY;
		}
	| AT LEAST NUMBER
		{
			CHECK($$ = make_rule(reader, &@$, NTM_RULE_GATE));
			$$->gate = NTM_GATE_AT_LEAST;
			if (!whole_number(reader, &@3, $3, "A count", &$$->threshold))
				YYABORT;
		}
	| AT LEAST NUMBER '%'
		{
			CHECK($$ = make_rule(reader, &@$, NTM_RULE_GATE));
			$$->gate = NTM_GATE_AT_LEAST;
			$$->unit = NTM_COUNT_PERCENT;
			$$->threshold = $3.value;
		}
	| AT LEAST NUMBER POINTS
		{
			CHECK($$ = make_rule(reader, &@$, NTM_RULE_GATE));
			$$->gate = NTM_GATE_AT_LEAST;
			$$->unit = NTM_COUNT_POINTS;
			if (!whole_number(reader, &@3, $3, "A number of points", &$$->threshold))
				YYABORT;
		}
	| AT MOST NUMBER
		{
			CHECK($$ = make_rule(reader, &@$, NTM_RULE_GATE));
			$$->gate = NTM_GATE_AT_MOST;
			if (!whole_number(reader, &@3, $3, "A count", &$$->threshold))
				YYABORT;
		}
	| AT MOST NUMBER '%'
		{
			CHECK($$ = make_rule(reader, &@$, NTM_RULE_GATE));
			$$->gate = NTM_GATE_AT_MOST;
			$$->unit = NTM_COUNT_PERCENT;
			$$->threshold = $3.value;
		}
	| AT MOST NUMBER POINTS
		{
			CHECK($$ = make_rule(reader, &@$, NTM_RULE_GATE));
			$$->gate = NTM_GATE_AT_MOST;
			$$->unit = NTM_COUNT_POINTS;
			if (!whole_number(reader, &@3, $3, "A number of points", &$$->threshold))
				YYABORT;
		}
	;

items:
	item
		{ $$ = list_make1($1); }
	| items ',' item
		{ $$ = lappend($1, $3); }
	;

item:
	item_rule
	| NUMBER POINTS ':' item_rule
		{
			int64		points;

			if (!whole_number(reader, &@1, $1, "A number of points", &points))
				YYABORT;
			if (points == 0)
			{
				ntm_rule_fail(reader, @1.first, NULL, "An item cannot be worth 0 points", NULL);
				YYABORT;
			}
			$$ = $4;
			$$->points = (int) points;
		}
	;

item_rule:
	rule
	| '*'
		{ CHECK($$ = make_rule(reader, &@$, NTM_RULE_CHILDREN)); }
	| NOT '*'
		{
			NtmRule    *children;

			CHECK(children = make_rule(reader, &@2, NTM_RULE_CHILDREN));
			CHECK($$ = make_not(reader, &@$, children));
		}
	;

/* words that mean something only where no name can stand */
name:
	NAME
		{
			const char *problem = ntm_measures_name_problem($1, strlen($1));

			if (problem != NULL)
			{
				ntm_rule_fail(reader, @1.first, NULL, "A measure cannot have this name", problem);
				YYABORT;
			}
			$$ = $1;
		}
	| LEAST
	| MOST
	| OF
	| POINTS
	;

%%

static NtmRule *
make_rule(NtmRuleReader *reader, NtmRuleLocation *place, NtmRuleKind kind)
{
	NtmRule    *rule;

	if (++reader->items > NTM_MAX_RULE_ITEMS)
	{
		reader->sqlstate = ERRCODE_PROGRAM_LIMIT_EXCEEDED;
		ntm_rule_fail(reader, place->first, NULL, "The rule has too many conditions",
					  "Split it over several nodes.");
		return NULL;
	}

	rule = palloc0(sizeof(NtmRule));
	rule->kind = kind;
	rule->depth = 1;
	return rule;
}

/* Note a part's depth in the whole it becomes part of. */
static bool
deepen(NtmRuleReader *reader, NtmRuleLocation *place, NtmRule *whole, const NtmRule *part)
{
	whole->depth = Max(whole->depth, part->depth + 1);
	if (whole->depth <= NTM_MAX_RULE_DEPTH)
		return true;

	reader->sqlstate = ERRCODE_PROGRAM_LIMIT_EXCEEDED;
	ntm_rule_fail(reader, place->first, NULL, "The rule is nested too deeply",
				  "Split it over several nodes.");
	return false;
}

static NtmRule *
make_comparison(NtmRuleReader *reader, NtmRuleLocation *place,
				NtmComparison comparison, NtmNumber low, NtmNumber high)
{
	NtmRule    *rule = make_rule(reader, place, NTM_RULE_COMPARISON);

	if (rule != NULL)
	{
		rule->comparison = comparison;
		rule->low = low;
		rule->high = high;
	}
	return rule;
}

static NtmRule *
set_operand(NtmRule *comparison, char *left, char *right)
{
	comparison->left = left;
	comparison->right = right;
	return comparison;
}

static NtmRule *
make_not(NtmRuleReader *reader, NtmRuleLocation *place, NtmRule *item)
{
	NtmRule    *rule = make_rule(reader, place, NTM_RULE_NOT);

	if (rule == NULL || !deepen(reader, place, rule, item))
		return NULL;
	rule->items = list_make1(item);
	return rule;
}

/* "a and b and c" is one list of three, however it is bracketed */
static NtmRule *
make_list(NtmRuleReader *reader, NtmRuleLocation *place,
		  NtmRuleKind kind, NtmRule *left, NtmRule *right)
{
	NtmRule    *rule = left;

	if (left->kind != kind)
	{
		rule = make_rule(reader, place, kind);
		if (rule == NULL || !deepen(reader, place, rule, left))
			return NULL;
		rule->items = list_make1(left);
	}

	if (right->kind == kind)
	{
		rule->depth = Max(rule->depth, right->depth);
		rule->items = list_concat(rule->items, right->items);
		return rule;
	}

	if (!deepen(reader, place, rule, right))
		return NULL;
	rule->items = lappend(rule->items, right);
	return rule;
}

static NtmRule *
make_gate(NtmRuleReader *reader, NtmRuleLocation *place, NtmRule *count, List *items)
{
	ListCell   *cell;
	int64		total = 0;

	foreach(cell, items)
	{
		NtmRule    *item = lfirst(cell);

		if (!deepen(reader, place, count, item))
			return NULL;
		total += item->points;

		if ((count->unit == NTM_COUNT_POINTS) != (item->points > 0))
		{
			if (count->unit == NTM_COUNT_POINTS)
				ntm_rule_fail(reader, place->first, NULL, "Every item of a gate by points needs its points",
							  "Write for example \"at least 50 points of (30 points: a >= 1, 20 points: b met)\".");
			else
				ntm_rule_fail(reader, place->first, NULL, "Only a gate by points may have items with points",
							  "Write for example \"at least 50 points of (...)\".");
			return NULL;
		}
	}
	if (total > NTM_MAX_COUNT)
	{
		reader->sqlstate = ERRCODE_PROGRAM_LIMIT_EXCEEDED;
		ntm_rule_fail(reader, place->first, NULL, "The points of the items add up to too much", NULL);
		return NULL;
	}

	count->items = items;
	return count;
}

static NtmRule *
make_node(NtmRuleReader *reader, NtmRuleLocation *place, char *code)
{
	NtmRule    *rule;
	const char *problem = ntm_code_problem(code);

	if (problem != NULL)
	{
		ntm_rule_fail(reader, place->first, NULL, psprintf("The node code %s", problem),
					  "Write the code of a node in brackets, such as [17.1].");
		return NULL;
	}

	rule = make_rule(reader, place, NTM_RULE_NODE);
	if (rule != NULL)
		rule->code = code;
	return rule;
}

/* The number of a count or of points: whole, and of a sensible size. */
static bool
whole_number(NtmRuleReader *reader, NtmRuleLocation *place, NtmNumber number,
			 const char *what, int64 *result)
{
	*result = number.value / NTM_DECIMAL_UNIT;
	if (number.value % NTM_DECIMAL_UNIT == 0)
	{
		if (*result <= NTM_MAX_COUNT)
			return true;
		reader->sqlstate = ERRCODE_PROGRAM_LIMIT_EXCEEDED;
	}

	ntm_rule_fail(reader, place->first, NULL,
				  psprintf("%s must be a whole number of at most %d", what, NTM_MAX_COUNT), NULL);
	return false;
}

static bool
is_letter(char c)
{
	return IS_HIGHBIT_SET(c) || isalnum((unsigned char) c) || c == '_';
}

/*
 * What people write who know what they mean, and what the language calls it.
 */
static const char *
hint_for(const char *text, const char *token, const char *word)
{
	static const char *const words[][2] = {
		{"và", "and"}, {"hoặc", "or"}, {"ít", "at least"}, {"từ", "between"}, {"tất", "all of"}
	};
	const char *before = token;

	for (size_t i = 0; i < lengthof(words); i++)
		if (strcmp(word, words[i][0]) == 0)
			return psprintf("Write \"%s\".", words[i][1]);
	while (before > text && before[-1] == ' ')
		before--;
	if (before > text && (isdigit((unsigned char) before[-1]) || before[-1] == '%') &&
		is_letter(*word) && !ntm_rule_is_reserved(word))
		return "Leave out units of measure other than \"%\"; join conditions by \"and\" or \"or\".";
	for (const char *c = word; *c != '\0'; c++)
		if (IS_HIGHBIT_SET(*c))
			return "Names with letters beyond a to z stand in double quotes.";
	if (*word == '+' ||
		(*word == '*' && before > text &&
		 !(before - text >= 3 && pg_strncasecmp(before - 3, "not", 3) == 0)))
		return "Rules compare and do not calculate, but for a share: a / b.";
	return NULL;
}

/* bison calls this for a token that fits nowhere, and when its stack is full */
static void
ntm_rule_yyerror(NtmRuleLocation *place, void *scanner,
				 NtmRuleReader *reader, const char *message)
{
	const char *token = reader->text + place->first;
	const char *end = reader->text + place->last;
	char	   *word;

	(void) scanner;
	if (strcmp(message, "syntax error") != 0)
	{
		reader->sqlstate = ERRCODE_PROGRAM_LIMIT_EXCEEDED;
		ntm_rule_fail(reader, place->first, NULL, "The rule is nested too deeply",
					  "Split it over several nodes.");
		return;
	}
	if (token == end)
	{
		ntm_rule_fail(reader, place->first, NULL, NULL, NULL);
		return;
	}

	/* a word with Vietnamese letters is one word to its reader */
	if (is_letter(*token))
	{
		while (token > reader->text && is_letter(token[-1]))
			token--;
		while (is_letter(*end))
			end++;
	}
	word = pnstrdup(token, end - token);
	ntm_rule_fail(reader, token - reader->text, word, NULL, hint_for(reader->text, token, word));
}
