/*-------------------------------------------------------------------------
 *
 * problem_bands.c
 *	  Bands: several intervals of one measure, of which a value should lie in
 *	  exactly one.  Finds gaps between them and overlaps.
 *
 * Bands are the children of a node that counts them, or the items of a gate by
 * points.  What lies below the lowest and above the highest band is no gap:
 * it usually earns nothing.  Bounds in one direction (>= 50, >= 70) are no
 * bands but steps, each on top of the other.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "problems.h"

typedef struct BandEnd
{
	bool		open;			/* no bound at all */
	bool		includes;		/* the bound itself belongs to the band */
	NtmNumber	bound;
} BandEnd;

typedef struct Band
{
	const char *left;			/* measure */
	const char *right;			/* denominator of a share, or NULL */
	BandEnd		low;
	BandEnd		high;
	const NtmRule *rule;		/* as it stands */
	int			node;			/* of which it is the rule, or an item of it */
	bool		varied;			/* for the class under examination */
} Band;

/* where bands are looked for */
typedef struct BandSearch
{
	NtmProblems *problems;
	int			node;			/* parent of the children, or node of the gate */
	const char *class_code;
	const NtmRule *rule;		/* of which the bands are items; NULL: children */
} BandSearch;

/* Of two lower ends the order of the bands they begin. */
static int
compare_lows(const BandEnd *left, const BandEnd *right, bool share)
{
	int			result;

	if (left->open || right->open)
		return (int) right->open - (int) left->open;
	result = ntm_compare_bounds(left->bound, right->bound, share);
	return result ? result : (int) right->includes - (int) left->includes;
}

/* Of two upper ends the order of the bands they end. */
static int
compare_highs(const BandEnd *left, const BandEnd *right, bool share)
{
	int			result;

	if (left->open || right->open)
		return (int) left->open - (int) right->open;
	result = ntm_compare_bounds(left->bound, right->bound, share);
	return result ? result : (int) left->includes - (int) right->includes;
}

/* Are there values between a lower and an upper end? */
static bool
has_values(const BandEnd *low, const BandEnd *high, bool share)
{
	int			result;

	if (low->open || high->open)
		return true;
	if (!share)
	{
		/* values are whole millionths */
		return low->bound.value + (low->includes ? 0 : 1) <= high->bound.value - (high->includes ? 0 : 1);
	}
	result = ntm_compare_bounds(low->bound, high->bound, true);
	return result < 0 || (result == 0 && low->includes && high->includes);
}

/* Narrow a band to what a comparison allows; false if that is no interval. */
static bool
narrow_band(Band *band, const NtmRule *rule, const char *own_measure)
{
	const char *left = rule->left ? rule->left : own_measure;
	BandEnd		low = {.open = true};
	BandEnd		high = {.open = true};
	NtmNumber	one = {NTM_DECIMAL_UNIT, false};

	if (rule->kind != NTM_RULE_COMPARISON)
		return false;
	if (band->left == NULL)
	{
		band->left = left;
		band->right = rule->right;
	}
	else if (strcmp(band->left, left) != 0 || (band->right == NULL) != (rule->right == NULL) ||
			 (band->right != NULL && strcmp(band->right, rule->right) != 0))
		return false;

	low.bound = high.bound = rule->low;
	switch (rule->comparison)
	{
		case NTM_AT_LEAST:
		case NTM_ABOVE:
			low.open = false;
			low.includes = rule->comparison == NTM_AT_LEAST;
			break;
		case NTM_AT_MOST:
		case NTM_BELOW:
			high.open = false;
			high.includes = rule->comparison == NTM_AT_MOST;
			break;
		case NTM_BETWEEN:
			high.bound = rule->high;
			/* FALLTHROUGH */
		case NTM_EQUAL:
			low.open = high.open = false;
			low.includes = high.includes = true;
			break;
		case NTM_YES:
			low.open = false;
			low.includes = true;
			low.bound = one;
			break;
		case NTM_NO:
			high.open = false;
			high.bound = one;
			break;
		case NTM_DIFFERENT:
			return false;
	}

	if (compare_lows(&low, &band->low, band->right != NULL) > 0)
		band->low = low;
	if (compare_highs(&high, &band->high, band->right != NULL) < 0)
		band->high = high;
	return true;
}

/* A rule as an interval of one measure or share, if it is one; yes and no are no bands. */
static bool
read_band(NtmProblems *problems, Band *band, const NtmRule *rule, const char *own_measure)
{
	ListCell   *cell;

	memset(band, 0, sizeof(Band));
	band->rule = rule;
	band->low.open = band->high.open = true;

	if (rule->kind == NTM_RULE_COMPARISON)
	{
		if (!narrow_band(band, rule, own_measure))
			return false;
	}
	else if (rule->kind == NTM_RULE_AND || (rule->kind == NTM_RULE_GATE && rule->gate == NTM_GATE_ALL))
	{
		foreach(cell, rule->items)
			if (!narrow_band(band, lfirst(cell), own_measure))
				return false;
	}
	else
		return false;
	return has_values(&band->low, &band->high, band->right != NULL) &&
		(band->right != NULL || ntm_problem_domain(problems, band->left) != NTM_DOMAIN_YES_NO);
}

static int
compare_axes(const Band *left, const Band *right)
{
	int			result = strcmp(left->left, right->left);

	if (result != 0 || (left->right == NULL && right->right == NULL))
		return result;
	if (left->right == NULL || right->right == NULL)
		return left->right == NULL ? -1 : 1;
	return strcmp(left->right, right->right);
}

static int
compare_bands(const void *left, const void *right)
{
	const Band *a = left;
	const Band *b = right;
	int			result = compare_axes(a, b);

	if (result == 0)
		result = compare_lows(&a->low, &b->low, a->right != NULL);
	if (result == 0)
		result = compare_highs(&a->high, &b->high, a->right != NULL);
	return result ? result : a->node - b->node;
}

static NtmRule *
make_comparison(const Band *band, NtmComparison comparison, NtmNumber low)
{
	NtmRule    *rule = palloc0(sizeof(NtmRule));

	rule->kind = NTM_RULE_COMPARISON;
	rule->left = unconstify(char *, band->left);
	rule->right = unconstify(char *, band->right);
	rule->comparison = comparison;
	rule->low = low;
	return rule;
}

/* The rule for the values between two ends, at least one of them a bound. */
static NtmRule *
make_interval(const Band *band, BandEnd low, BandEnd high)
{
	NtmRule    *lower = make_comparison(band, low.includes ? NTM_AT_LEAST : NTM_ABOVE, low.bound);
	NtmRule    *upper = make_comparison(band, high.includes ? NTM_AT_MOST : NTM_BELOW, high.bound);
	NtmRule    *both;

	if (low.open)
		return upper;
	if (high.open)
		return lower;
	if (low.includes && high.includes && low.bound.percent == high.bound.percent)
	{
		lower->comparison = low.bound.value == high.bound.value ? NTM_EQUAL : NTM_BETWEEN;
		lower->high = high.bound;
		return lower;
	}
	both = palloc0(sizeof(NtmRule));
	both->kind = NTM_RULE_AND;
	both->items = list_make2(lower, upper);
	return both;
}

static BandEnd
beyond(BandEnd end)
{
	end.includes = !end.includes;
	return end;
}

static char *
name_band(const BandSearch *search, const Band *band)
{
	if (search->rule != NULL)
		return ntm_problem_quote(band->rule);
	return psprintf("[%s]", search->problems->document->nodes[band->node].code);
}

/* No band between two: propose the one that is missing. */
static void
report_gap(const BandSearch *search, const Band *lower, const Band *upper)
{
	const NtmRule *missing = make_interval(lower, beyond(lower->high), beyond(upper->low));
	bool		narrow;

	/* <= 50 and >= 51 may be meant for whole numbers */
	narrow = lower->right == NULL && lower->high.includes && upper->low.includes &&
		lower->high.bound.value % NTM_DECIMAL_UNIT == 0 &&
		upper->low.bound.value == lower->high.bound.value + NTM_DECIMAL_UNIT;
	ntm_problem(search->problems, search->node, search->class_code,
				narrow ? NTM_SEVERITY_NOTICE : NTM_SEVERITY_WARNING,
				psprintf("There is a gap between %s and %s: neither holds for %s.",
						 name_band(search, lower), name_band(search, upper), ntm_problem_quote(missing)),
				ntm_problem_proposal(missing));
}

/* Two bands share values: propose to end the lower one where the upper begins. */
static void
report_overlap(const BandSearch *search, const Band *lower, const Band *upper)
{
	bool		share = lower->right != NULL;
	BandEnd		end = beyond(upper->low);
	BandEnd		first_end = compare_highs(&lower->high, &upper->high, share) < 0 ? lower->high : upper->high;
	bool		nested = compare_highs(&lower->high, &upper->high, share) >= 0 ||
		compare_lows(&lower->low, &upper->low, share) == 0;
	char	   *proposal = NULL;

	if (!nested && has_values(&lower->low, &end, share))
	{
		NtmRule    *shorter = make_interval(lower, lower->low, end);

		shorter->points = lower->rule->points;
		if (search->rule != NULL)
			proposal = ntm_problem_proposal(ntm_problem_replace(search->rule, lower->rule, shorter));
		else
			proposal = ntm_problem_proposal(shorter);
	}
	/* a band within another may be there on purpose, on top of it */
	ntm_problem(search->problems, lower->node, search->class_code,
				nested ? NTM_SEVERITY_NOTICE : NTM_SEVERITY_WARNING,
				psprintf("%s and %s overlap: both hold for %s.",
						 name_band(search, lower), name_band(search, upper),
						 ntm_problem_quote(make_interval(lower, upper->low, first_end))),
				proposal ? proposal : "Give each value one band.");
}

static void
examine_bands(const BandSearch *search, Band *bands, int count)
{
	const Band *highest = NULL;

	qsort(bands, count, sizeof(Band), compare_bands);
	for (int i = 0; i < count; i++)
	{
		const Band *band = &bands[i];
		bool		share = band->right != NULL;
		bool		new_here;

		if (highest == NULL || compare_axes(highest, band) != 0)
		{
			highest = band;
			continue;
		}

		/* for a class, only what its own rules bring about */
		new_here = search->class_code == NULL || search->rule != NULL || band->varied || highest->varied;
		if (new_here && has_values(&band->low, &highest->high, share))
		{
			/* steps are no bands */
			if (!(highest->high.open && band->high.open) && !(highest->low.open && band->low.open))
				report_overlap(search, highest, band);
		}
		else if (new_here && !highest->high.open && !band->low.open)
		{
			BandEnd		from = beyond(highest->high);
			BandEnd		to = beyond(band->low);

			if (has_values(&from, &to, share))
				report_gap(search, highest, band);
		}
		if (compare_highs(&band->high, &highest->high, share) > 0)
			highest = band;
	}
}

/* Does a node count its children, rather than ask for all of them? */
static bool
counts_children(const NtmRule *rule)
{
	return rule != NULL &&
		(rule->kind == NTM_RULE_OR || (rule->kind == NTM_RULE_GATE && rule->gate != NTM_GATE_ALL));
}

static void
examine_children(NtmProblems *problems, int parent, const List *children, const char *class_code, Band *bands)
{
	const NtmDocument *document = problems->document;
	BandSearch	search = {.problems = problems, .node = parent, .class_code = class_code};
	int			count = 0;
	ListCell   *cell;

	CHECK_FOR_INTERRUPTS();
	foreach(cell, children)
	{
		const NtmDocumentNode *node = &document->nodes[lfirst_int(cell)];
		const NtmRule *rule = node->standard.rule;
		bool		varied = false;
		ListCell   *variant_cell;

		problems->work--;
		foreach(variant_cell, class_code ? node->variants : NIL)
		{
			const NtmVariant *variant = lfirst(variant_cell);

			if (variant->rule != NULL && strcmp(variant->class_code, class_code) == 0)
			{
				rule = variant->rule;
				varied = true;
			}
		}
		if (rule == NULL || !read_band(problems, &bands[count], rule, node->measure))
			continue;
		bands[count].node = lfirst_int(cell);
		bands[count].varied = varied;
		count++;
	}
	examine_bands(&search, bands, count);
}

/* The children of a node, or of the whole set for -1. */
void
ntm_problems_of_children(NtmProblems *problems, int parent)
{
	const NtmDocument *document = problems->document;
	const List *children = parent >= 0 ? document->nodes[parent].children : document->children;
	NtmNames   *classes;
	Band	   *bands;
	ListCell   *cell;

	if (list_length(children) < 2 ||
		!counts_children(parent >= 0 ? document->nodes[parent].effective : document->effective))
		return;

	classes = ntm_names_create();
	bands = palloc(sizeof(Band) * list_length(children));
	foreach(cell, children)
	{
		ListCell   *variant_cell;

		foreach(variant_cell, document->nodes[lfirst_int(cell)].variants)
			if (((NtmVariant *) lfirst(variant_cell))->rule != NULL)
				ntm_names_add(classes, ((NtmVariant *) lfirst(variant_cell))->class_code);
	}
	ntm_names_sort(classes);

	examine_children(problems, parent, children, NULL, bands);
	for (int i = 0; i < classes->count && problems->work > 0; i++)
		examine_children(problems, parent, children, classes->names[i], bands);
}

/* The items of a gate by points within a rule. */
void
ntm_problems_of_items(NtmProblems *problems, int node, const char *class_code,
					  const NtmRule *rule, const NtmRule *gate)
{
	BandSearch	search = {.problems = problems, .node = node, .class_code = class_code, .rule = rule};
	const char *own_measure = node >= 0 ? problems->document->nodes[node].measure : NULL;
	Band	   *bands = palloc(sizeof(Band) * list_length(gate->items));
	int			count = 0;
	ListCell   *cell;

	foreach(cell, gate->items)
	{
		if (!read_band(problems, &bands[count], lfirst(cell), own_measure))
			continue;
		bands[count].node = node;
		count++;
	}
	examine_bands(&search, bands, count);
}
