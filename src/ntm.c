/*-------------------------------------------------------------------------
 *
 * ntm.c
 *	  The module itself: nothing but its magic block.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "ntm.h"

NTM_MODULE_MAGIC;
