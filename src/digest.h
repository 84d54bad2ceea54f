/*-------------------------------------------------------------------------
 *
 * digest.h
 *	  The first bytes of a SHA-256: what stands for a text where comparing the
 *	  text itself would take too long.
 *
 * 128 bits, so that nobody can make two texts that share one.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_DIGEST_H
#define NTM_DIGEST_H

#include "compat.h"

#define NTM_DIGEST_SIZE 16

extern void ntm_digest(const void *data, int size, uint8 *digest);

#endif							/* NTM_DIGEST_H */
