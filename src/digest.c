/*-------------------------------------------------------------------------
 *
 * digest.c
 *	  Digests by PostgreSQL's SHA-256.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "digest.h"

void
ntm_digest(const void *data, int size, uint8 *digest)
{
	bytea	   *input = (bytea *) cstring_to_text_with_len(data, size);
	bytea	   *output = DatumGetByteaPP(DirectFunctionCall1(sha256_bytea, PointerGetDatum(input)));

	memcpy(digest, VARDATA_ANY(output), NTM_DIGEST_SIZE);
	pfree(output);
	pfree(input);
}
