/*-------------------------------------------------------------------------
 *
 * names.h
 *	  A set of names (of measures, classes, nodes) with a number for each.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_NAMES_H
#define NTM_NAMES_H

#include "compat.h"

#include "utils/array.h"
#include "utils/hsearch.h"

typedef struct NtmNames
{
	HTAB	   *numbers;		/* name -> number */
	const char **names;			/* number -> name */
	int			count;
	int			allocated;
} NtmNames;

extern NtmNames *ntm_names_create(void);

/* Number of a name, adding it if it is new.  Names have at most 63 bytes. */
extern int	ntm_names_add(NtmNames *names, const char *name);

/* Number of a name, or -1. */
extern int	ntm_names_find(const NtmNames *names, const char *name);

/* Sort bytewise and number anew. */
extern void ntm_names_sort(NtmNames *names);

/* As text[], in order of their numbers. */
extern ArrayType *ntm_names_to_array(const NtmNames *names);

/*
 * What is wrong with the code of a node, a class or a set, as the end of a
 * sentence; NULL if nothing is.
 */
extern const char *ntm_code_problem(const char *code);

/* memcmp, then the shorter first */
extern int	ntm_compare_bytes(const char *left, int left_length,
							  const char *right, int right_length);

#endif							/* NTM_NAMES_H */
