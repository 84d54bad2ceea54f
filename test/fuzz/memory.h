/*-------------------------------------------------------------------------
 *
 * memory.h
 *	  A memory context whose every chunk is watched by AddressSanitizer.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_FUZZ_MEMORY_H
#define NTM_FUZZ_MEMORY_H

#include "postgres.h"

#include "utils/memutils.h"

extern MemoryContext ntm_fuzz_context_create(MemoryContext parent);

#endif							/* NTM_FUZZ_MEMORY_H */
