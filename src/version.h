/*-------------------------------------------------------------------------
 *
 * version.h
 *	  The version bytes of stored values and of messages.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_VERSION_H
#define NTM_VERSION_H

#include "compat.h"

/* Refuse a stored value that another version of this library has written. */
static inline void
ntm_check_stored_version(const char *type_name, int version, int supported)
{
	if (unlikely(version != supported))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_EXCEPTION),
				 errmsg("unknown version %d of a stored value of type %s", version, type_name),
				 errdetail("This library reads version %d.", supported),
				 errhint("Install the library that wrote it, or a later one.")));
}

/* Refuse a message of a version that this library does not speak. */
static inline void
ntm_check_wire_version(const char *type_name, int version, int supported)
{
	if (version != supported)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unknown version %d of binary type %s", version, type_name),
				 errdetail("This server reads version %d.", supported)));
}

#endif							/* NTM_VERSION_H */
