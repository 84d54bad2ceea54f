/*-------------------------------------------------------------------------
 *
 * row.h
 *	  Columns of a row under construction.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_ROW_H
#define NTM_ROW_H

#include "ntm.h"

#include "utils/builtins.h"

/* A text, or NULL. */
static inline void
ntm_set_text(Datum *values, bool *nulls, int column, const char *text)
{
	nulls[column] = text == NULL;
	if (text != NULL)
		values[column] = CStringGetTextDatum(text);
}

#endif							/* NTM_ROW_H */
