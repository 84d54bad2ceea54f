/*-------------------------------------------------------------------------
 *
 * compat.h
 *	  The only place that knows which PostgreSQL it is compiled against.
 *
 * Every name defined here starts with ntm_ or NTM_, so that a minor release
 * that adds a core name can never clash with ours.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_COMPAT_H
#define NTM_COMPAT_H

#include "postgres.h"

#include "common/jsonapi.h"
#include "fmgr.h"

#if PG_VERSION_NUM < 150000
#error "ntm needs PostgreSQL 15 or later"
#endif

/* varlena macros moved to a header of their own in 16 */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* a hint to the processor, on a place that need not exist */
#if defined(__GNUC__)
#define ntm_prefetch(place) __builtin_prefetch(place)
#else
#define ntm_prefetch(place) ((void) (place))
#endif

/*
 * Soft errors: from 16 on an input function can hand an error back to its
 * caller.  Before that every error is thrown.
 */
#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#define ntm_ereturn(escontext, value, ...) ereturn(escontext, value, __VA_ARGS__)
#define ntm_errsave(escontext, ...) errsave(escontext, __VA_ARGS__)
#define NTM_SOFT_ERROR_OCCURRED(escontext) SOFT_ERROR_OCCURRED(escontext)
#else
#define ntm_ereturn(escontext, value, ...) \
	do { \
		(void) (escontext); \
		ereport(ERROR, __VA_ARGS__); \
		return value; \
	} while (0)
#define ntm_errsave(escontext, ...) \
	do { \
		(void) (escontext); \
		ereport(ERROR, __VA_ARGS__); \
	} while (0)
#define NTM_SOFT_ERROR_OCCURRED(escontext) ((void) (escontext), false)
#endif

/*
 * JSON parsing: callbacks return nothing in 15 and a status from 16 on; the
 * lexer is allocated by the caller from 17 on.
 */
#if PG_VERSION_NUM >= 160000
typedef JsonParseErrorType NtmJsonActionResult;
#define NTM_JSON_ACTION_DONE return JSON_SUCCESS
#else
typedef void NtmJsonActionResult;
#define NTM_JSON_ACTION_DONE return
#endif

#if PG_VERSION_NUM >= 170000
#define ntm_make_json_lexer(text, length, encoding) \
	makeJsonLexContextCstringLen(NULL, text, length, encoding, true)
#else
#define ntm_make_json_lexer(text, length, encoding) \
	makeJsonLexContextCstringLen((char *) (text), length, encoding, true)
#endif

/* the module's name and version are readable by SQL from 18 on */
#ifdef PG_MODULE_MAGIC_EXT
#define NTM_MODULE_MAGIC PG_MODULE_MAGIC_EXT(.name = "ntm", .version = NTM_VERSION)
#else
#define NTM_MODULE_MAGIC PG_MODULE_MAGIC
#endif

#endif							/* NTM_COMPAT_H */
