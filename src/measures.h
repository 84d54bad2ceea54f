/*-------------------------------------------------------------------------
 *
 * measures.h
 *	  Type ntm.measures: a map from a measure's name to an exact decimal, to
 *	  "not applicable" or to "explicitly unknown".
 *
 * The values come first, as one aligned array, and the names after them
 * (layout.h), so that whoever knows the layout by its digest never looks at a
 * name.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_MEASURES_H
#define NTM_MEASURES_H

#include "compat.h"
#include "decimal.h"
#include "layout.h"

#define NTM_MEASURES_VERSION	2
#define NTM_MAX_MEASURES		4096	/* measures in one value */

typedef struct NtmMeasures
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;		/* NTM_MEASURES_VERSION */
	uint8		reserved;		/* zero, or NTM_MEASURES_DRAFT */
	uint16		count;
	uint8		layout[NTM_DIGEST_SIZE];	/* of the names as they are stored */
	int64		values[FLEXIBLE_ARRAY_MEMBER];
} NtmMeasures;

#define NTM_MEASURES_HEADS(m) ((const uint8 *) &(m)->values[(m)->count])

/* what a value of so many measures takes without its names */
#define NTM_MEASURES_VALUES_SIZE(count) (offsetof(NtmMeasures, values) + (count) * sizeof(int64))

/*
 * "reserved" of a value under construction, which only exists as the state of
 * measures_agg() and looks different inside: see measures_agg.c.  A user's own
 * aggregate can bring one into a table, where it stays as it is.  So equal
 * values may have different images, and the btree operator class must not
 * claim the contrary (support function 4).
 */
#define NTM_MEASURES_DRAFT		1

/* detoasted, aligned, and finished if the datum is the state of an aggregate */
#define DatumGetMeasuresP(d)	ntm_measures_from_datum(d)
#define PG_GETARG_MEASURES_P(n) DatumGetMeasuresP(PG_GETARG_DATUM(n))
#define PG_RETURN_MEASURES_P(m) PG_RETURN_POINTER(m)

extern NtmMeasures *ntm_measures_from_datum(Datum datum);

/* one measure while a value is being built */
typedef struct NtmMeasure
{
	const char *name;			/* not NUL-terminated */
	int			name_length;
	int64		value;
} NtmMeasure;

/* Build a value from measures in any order; names must be distinct. */
extern NtmMeasures *ntm_measures_build(NtmMeasure *items, int count);

/* Index of a name, or -1. */
extern int	ntm_measures_find(const NtmMeasures *measures, const char *name, int length);

/* shared by measures.c and measures_agg.c */
extern const char *ntm_measures_name_problem(const char *name, int length);
extern void ntm_measures_sort(NtmMeasure *items, int count);
extern NtmMeasures *ntm_measures_build_sorted(const NtmMeasure *items, int count);
extern void ntm_measures_get_items(const NtmMeasures *measures, NtmMeasure *items);
extern NtmMeasures *ntm_measures_from_draft(const NtmMeasures *draft);

static inline bool
ntm_measures_same_layout(const NtmMeasures *a, const NtmMeasures *b)
{
	return a->count == b->count && memcmp(a->layout, b->layout, NTM_DIGEST_SIZE) == 0;
}

#endif							/* NTM_MEASURES_H */
