/*-------------------------------------------------------------------------
 *
 * json.h
 *	  A JSON document as a tree, read by PostgreSQL's own JSON parser.
 *
 * Unlike jsonb this keeps the order of keys and the place of every value in
 * the text, and refuses a key that occurs twice in one object.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_JSON_H
#define NTM_JSON_H

#include "compat.h"

#include "lib/stringinfo.h"

typedef enum NtmJsonKind
{
	NTM_JSON_NULL,
	NTM_JSON_BOOLEAN,
	NTM_JSON_NUMBER,
	NTM_JSON_STRING,
	NTM_JSON_ARRAY,
	NTM_JSON_OBJECT
} NtmJsonKind;

typedef struct NtmJson
{
	NtmJsonKind kind;
	char	   *key;			/* within an object, else NULL */
	char	   *text;			/* string (unescaped) or number (as written) */
	bool		boolean;
	int			position;		/* character of the text where it starts, from 1 */
	int			count;			/* members of an array or object */
	struct NtmJson *first;		/* first member */
	struct NtmJson *last;
	struct NtmJson *next;		/* next member of the same array or object */
} NtmJson;

/*
 * Parse a text; type_name is what errors say ("ntm.measures").  NULL after a
 * soft error.
 */
extern NtmJson *ntm_json_parse(const char *text, int length, const char *type_name,
							   struct Node *escontext);

/* Member of an object by key, or NULL. */
extern NtmJson *ntm_json_member(const NtmJson *object, const char *key);

/* What a value is, for error messages: "a string", "an object", ... */
extern const char *ntm_json_kind_name(const NtmJson *json);

/* Append a string as JSON, quoted and escaped, as PostgreSQL does. */
extern void ntm_json_append_string(StringInfo buffer, const char *text);

#endif							/* NTM_JSON_H */
