/*-------------------------------------------------------------------------
 *
 * ntm.h
 *	  What every file of the extension shares.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_H
#define NTM_H

#include "compat.h"

#include "decimal.h"
#include "verdict.h"

#endif							/* NTM_H */
