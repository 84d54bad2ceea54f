/*-------------------------------------------------------------------------
 *
 * problem_numbers.c
 *	  Numbers in rules that say something else than was probably meant.
 *
 * "a / b >= 95" compares the share itself, while "poor_share <= 12%" compares
 * a measure in percent points with the plain number: easily taken for each
 * other.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "problems.h"

typedef enum SlipKind
{
	SLIP_SHARE,					/* a / b >= 95 */
	SLIP_SHARE_PERHAPS,			/* a / b <= 5 */
	SLIP_POINTS,				/* a measure in "%" compared with 0.12 */
	SLIP_PERCENT,				/* a measure in km compared with 95% */
	SLIP_MET,					/* a measure in "%" compared by "met" */
	SLIP_NONE
} SlipKind;

typedef struct SlipSearch
{
	NtmProblems *problems;
	int			node;
	const char *class_code;
	const NtmRule *rule;
	SlipKind	kind;			/* looked for */
	const NtmRule *first;
	int			count;
} SlipSearch;

static bool
names_percent(const char *unit)
{
	return strchr(unit, '%') != NULL || strstr(unit, "percent") != NULL || strstr(unit, "phần trăm") != NULL;
}

static SlipKind
slip_in_share(const NtmProblems *problems, const NtmRule *rule)
{
	const char *left = ntm_problem_unit(problems, rule->left);
	const char *right = ntm_problem_unit(problems, rule->right);
	int64		highest = rule->comparison == NTM_BETWEEN ? rule->high.value : rule->low.value;

	/* 50 people per doctor is no share, and 1.5 times is meant as it stands */
	if (rule->low.percent || (left != NULL && right != NULL && strcmp(left, right) != 0))
		return SLIP_NONE;
	if (rule->comparison == NTM_BETWEEN && rule->low.value > 0 && rule->low.value < NTM_DECIMAL_UNIT)
		return SLIP_NONE;
	if (highest >= 10 * NTM_DECIMAL_UNIT && highest <= 100 * NTM_DECIMAL_UNIT)
		return SLIP_SHARE;
	if (highest > NTM_DECIMAL_UNIT && highest < 10 * NTM_DECIMAL_UNIT &&
		(rule->comparison == NTM_AT_MOST || rule->comparison == NTM_BELOW))
		return SLIP_SHARE_PERHAPS;
	return SLIP_NONE;
}

static SlipKind
slip_in_comparison(const SlipSearch *search, const NtmRule *rule)
{
	const NtmProblems *problems = search->problems;
	const char *measure;
	NtmDomain	domain;
	const char *unit;

	if (rule->kind != NTM_RULE_COMPARISON)
		return SLIP_NONE;
	if (rule->right != NULL)
		return slip_in_share(problems, rule);

	measure = rule->left ? rule->left : problems->document->nodes[search->node].measure;
	domain = ntm_problem_domain(search->problems, measure);
	unit = ntm_problem_unit(problems, measure);

	if (rule->comparison == NTM_YES || rule->comparison == NTM_NO)
		return domain == NTM_DOMAIN_PERCENT ? SLIP_MET : SLIP_NONE;
	if (rule->low.percent)
		return unit == NULL || domain == NTM_DOMAIN_YES_NO || names_percent(unit) ? SLIP_NONE : SLIP_PERCENT;
	if (domain != NTM_DOMAIN_PERCENT)
		return SLIP_NONE;
	if (rule->comparison == NTM_BETWEEN)
		return rule->low.value >= 0 && rule->low.value < rule->high.value &&
			rule->high.value <= NTM_DECIMAL_UNIT ? SLIP_POINTS : SLIP_NONE;
	return rule->low.value > 0 && rule->low.value < NTM_DECIMAL_UNIT ? SLIP_POINTS : SLIP_NONE;
}

static void
find_slip(const NtmRule *rule, void *context)
{
	SlipSearch *search = context;

	if (slip_in_comparison(search, rule) != search->kind)
		return;
	if (search->count++ == 0)
		search->first = rule;
}

static const NtmRule *
correct_slip(const NtmRule *rule, void *context)
{
	SlipSearch *search = context;
	NtmRule    *corrected;
	bool		percent = search->kind != SLIP_PERCENT;
	int			scale = search->kind == SLIP_POINTS ? 100 : 1;

	if (slip_in_comparison(search, rule) != search->kind)
		return rule;
	corrected = palloc(sizeof(NtmRule));
	*corrected = *rule;
	corrected->low.percent = percent;
	corrected->low.value *= scale;
	if (rule->comparison == NTM_BETWEEN)
	{
		corrected->high.percent = percent;
		corrected->high.value *= scale;
	}
	return corrected;
}

static char *
number_text(NtmNumber number)
{
	StringInfoData text;

	initStringInfo(&text);
	ntm_decimal_append(&text, number.value);
	return text.data;
}

static void
report_slip(SlipSearch *search)
{
	static const NtmSeverity severities[] = {
		[SLIP_SHARE] = NTM_SEVERITY_WARNING,
		[SLIP_SHARE_PERHAPS] = NTM_SEVERITY_NOTICE,
		[SLIP_POINTS] = NTM_SEVERITY_NOTICE,
		[SLIP_PERCENT] = NTM_SEVERITY_NOTICE,
		[SLIP_MET] = NTM_SEVERITY_WARNING
	};
	const NtmRule *rule = search->first;
	char	   *quoted = ntm_problem_quote(rule);
	char	   *number = number_text(rule->comparison == NTM_BETWEEN ? rule->high : rule->low);
	const char *measure = rule->left;
	char	   *problem = NULL;
	char	   *proposal = NULL;

	if (measure == NULL)
		measure = search->problems->document->nodes[search->node].measure;
	switch (search->kind)
	{
		case SLIP_SHARE:
		case SLIP_SHARE_PERHAPS:
			problem = psprintf("%s compares the share with %s itself, not with %s%%.", quoted, number,
							   number);
			break;
		case SLIP_POINTS:
			problem = psprintf("%s means %s%%, since \"%s\" is recorded in percent points.", quoted, number,
							   measure);
			break;
		case SLIP_PERCENT:
			problem = psprintf("%s compares with the plain number %s, since the unit of \"%s\" is \"%s\".",
							   quoted,
							   number, measure, ntm_problem_unit(search->problems, measure));
			break;
		default:
			problem = psprintf("%s has its bound at 1%%, since the unit of \"%s\" is \"%%\".", quoted,
							   measure);
			break;
	}
	if (search->count > 1)
		problem = psprintf("%s The same goes for %d more of its conditions.", problem, search->count - 1);

	if (search->kind != SLIP_MET)
		proposal = ntm_problem_proposal(ntm_problem_rewrite(search->rule, correct_slip, search));
	ntm_problem(search->problems, search->node, search->class_code, severities[search->kind], problem,
				proposal ? proposal : "Say which percentage is required.");
}

/* Look for each kind of slip in a rule; one row for all of a kind. */
void
ntm_problems_of_numbers(NtmProblems *problems, int node, const char *class_code, const NtmRule *rule)
{
	for (int kind = 0; kind < SLIP_NONE; kind++)
	{
		SlipSearch	search = {
			.problems = problems, .node = node, .class_code = class_code, .rule = rule, .kind = kind
		};

		ntm_rule_visit(rule, find_slip, &search);
		if (search.count > 0)
			report_slip(&search);
	}
}
