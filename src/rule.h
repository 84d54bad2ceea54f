/*-------------------------------------------------------------------------
 *
 * rule.h
 *	  Type ntm.rule: one condition of the rule language, as text and as a tree.
 *
 * A stored rule is its canonical text behind a version byte; the tree exists
 * only while a rule is read or compiled.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_RULE_H
#define NTM_RULE_H

#include "ntm.h"

#include "nodes/pg_list.h"

#include "version.h"

#define NTM_RULE_VERSION		1
#define NTM_MAX_RULE_LENGTH		16384	/* bytes of a rule's text */
#define NTM_MAX_RULE_DEPTH		64	/* gates within gates */
#define NTM_MAX_RULE_ITEMS		4096	/* conditions, gates and nodes in a rule */
#define NTM_MAX_COUNT			1000000000	/* k and points */

typedef struct NtmRuleText
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;		/* NTM_RULE_VERSION */
	char		text[FLEXIBLE_ARRAY_MEMBER];	/* not NUL-terminated */
} NtmRuleText;

/* detoasted, of this version */
static inline NtmRuleText *
DatumGetRuleP(Datum datum)
{
	NtmRuleText *rule = (NtmRuleText *) PG_DETOAST_DATUM(datum);

	ntm_check_stored_version("ntm.rule", rule->version, NTM_RULE_VERSION);
	return rule;
}

#define PG_GETARG_RULE_P(n)		DatumGetRuleP(PG_GETARG_DATUM(n))

typedef enum NtmRuleKind
{
	NTM_RULE_COMPARISON,		/* [operand] comparison */
	NTM_RULE_AND,
	NTM_RULE_OR,
	NTM_RULE_NOT,
	NTM_RULE_GATE,				/* all, any, at least, at most */
	NTM_RULE_NODE,				/* [code] */
	NTM_RULE_CHILDREN			/* "*", only as an item, or under "not" as one */
} NtmRuleKind;

/* stored in compiled programs: never renumber */
typedef enum NtmComparison
{
	NTM_AT_LEAST = 0,			/* >= */
	NTM_AT_MOST = 1,			/* <= */
	NTM_ABOVE = 2,				/* > */
	NTM_BELOW = 3,				/* < */
	NTM_EQUAL = 4,				/* = */
	NTM_DIFFERENT = 5,			/* <> */
	NTM_BETWEEN = 6,
	NTM_YES = 7,				/* met: >= 1 */
	NTM_NO = 8					/* not met: < 1 */
} NtmComparison;

typedef enum NtmGateKind
{
	NTM_GATE_ALL,
	NTM_GATE_ANY,
	NTM_GATE_AT_LEAST,
	NTM_GATE_AT_MOST
} NtmGateKind;

typedef enum NtmGateUnit
{
	NTM_COUNT_ITEMS,
	NTM_COUNT_PERCENT,
	NTM_COUNT_POINTS
} NtmGateUnit;

typedef struct NtmNumber
{
	int64		value;			/* in millionths, as written */
	bool		percent;		/* followed by a percent sign */
} NtmNumber;

typedef struct NtmRule
{
	NtmRuleKind kind;
	int			depth;			/* 1 for a condition */
	int			points;			/* as an item of a gate by points, else 0 */

	/* NTM_RULE_COMPARISON */
	char	   *left;			/* NULL: the node's own measure */
	char	   *right;			/* the denominator of a share, or NULL */
	NtmComparison comparison;
	NtmNumber	low;			/* the bound; the lower one of "between" */
	NtmNumber	high;			/* the upper bound of "between" */

	/* NTM_RULE_GATE */
	NtmGateKind gate;
	NtmGateUnit unit;
	int64		threshold;		/* items or points; percent in millionths */

	/* NTM_RULE_AND, OR, NOT, GATE */
	List	   *items;			/* of NtmRule */

	/* NTM_RULE_NODE */
	char	   *code;
} NtmRule;

/* what scanner and parser share while reading one rule */
typedef struct NtmRuleReader
{
	const char *text;
	const char *where;			/* the place of the rule, or NULL */
	struct Node *escontext;
	NtmRule    *result;
	int			items;			/* rules made so far, against the limit */
	int			sqlstate;		/* of the error to come, if it is no syntax error */
	bool		failed;			/* the error has been reported (softly) */
} NtmRuleReader;

/*
 * Parse a rule.  "where" says in errors where it stands ('node "17.1", key
 * "rule"'), NULL for a rule of its own.  NULL after a soft error.
 */
extern NtmRule *ntm_rule_parse(const char *text, int length, const char *where,
							   struct Node *escontext);

/* Canonical text, palloc'd. */
extern char *ntm_rule_text(const NtmRule *rule);

/*
 * Call a function for every comparison, node reference and "*" of a rule, in
 * the order of the text.
 */
typedef void (*NtmRuleVisitor) (const NtmRule *rule, void *context);
extern void ntm_rule_visit(const NtmRule *rule, NtmRuleVisitor visitor, void *context);

/* Whether the scanner takes a word for something other than a name. */
extern bool ntm_rule_is_reserved(const char *word);

/* Append a measure's name, quoted where the scanner needs it. */
extern void ntm_rule_append_name(StringInfo buffer, const char *name);

extern NtmRuleText *ntm_rule_datum(const char *canonical);

/* scanner and parser */
extern void ntm_rule_fail(NtmRuleReader *reader, int offset, const char *token,
						  const char *problem, const char *hint);

#endif							/* NTM_RULE_H */
