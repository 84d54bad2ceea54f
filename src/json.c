/*-------------------------------------------------------------------------
 *
 * json.c
 *	  A JSON document as a tree, read by PostgreSQL's own JSON parser.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "json.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/json.h"

/* no document of ours needs more than six levels */
#define NTM_MAX_JSON_DEPTH		64

typedef struct NtmJsonReader
{
	JsonLexContext *lexer;
	const char *text;
	int			length;
	const char *type_name;
	struct Node *escontext;
	/* set after a soft error: every later callback does nothing */
	bool		failed;
	NtmJson    *root;
	int			depth;			/* open arrays and objects */
	NtmJson    *open[NTM_MAX_JSON_DEPTH];
	/* announced by the parser before the value itself */
	char	   *next_key;
	int			next_offset;
	/* the last place counted: offsets only grow, so counting stays linear */
	int			counted_offset;
	int			counted_characters;
} NtmJsonReader;

/*
 * Character, from 1, at a byte offset that is not before the last one asked
 * for.
 */
static int
character_at(NtmJsonReader *reader, int offset)
{
	Assert(offset >= reader->counted_offset && offset <= reader->length);

	reader->counted_characters +=
		pg_mbstrlen_with_len(reader->text + reader->counted_offset,
							 offset - reader->counted_offset);
	reader->counted_offset = offset;
	return reader->counted_characters + 1;
}

/*
 * Byte offset of the token the parser looks at.
 */
static int
token_offset(NtmJsonReader *reader)
{
	JsonLexContext *lexer = reader->lexer;

	if (lexer->token_start == NULL)
		return reader->length;
	return (int) (lexer->token_start - lexer->input);
}

static NtmJson *
add_value(NtmJsonReader *reader, NtmJsonKind kind)
{
	NtmJson    *value = palloc0(sizeof(NtmJson));

	CHECK_FOR_INTERRUPTS();

	value->kind = kind;
	value->position = character_at(reader, reader->next_offset);
	if (reader->depth == 0)
		reader->root = value;
	else
	{
		NtmJson    *parent = reader->open[reader->depth - 1];

		value->key = reader->next_key;
		reader->next_key = NULL;
		if (parent->last == NULL)
			parent->first = value;
		else
			parent->last->next = value;
		parent->last = value;
		parent->count++;
	}
	return value;
}

static void
open_value(NtmJsonReader *reader, NtmJsonKind kind)
{
	NtmJson    *value;

	if (reader->failed)
		return;

	value = add_value(reader, kind);
	if (reader->depth >= NTM_MAX_JSON_DEPTH)
	{
		reader->failed = true;
		ntm_errsave(reader->escontext,
					(errcode(ERRCODE_STATEMENT_TOO_COMPLEX),
					 errmsg("%s is nested too deeply at character %d",
							reader->type_name, value->position),
					 errdetail("A document may have at most %d levels.",
							   NTM_MAX_JSON_DEPTH)));
		return;
	}
	reader->open[reader->depth++] = value;
}

static int
compare_keys(const void *left, const void *right)
{
	const NtmJson *a = *(NtmJson *const *) left;
	const NtmJson *b = *(NtmJson *const *) right;
	int			order = strcmp(a->key, b->key);

	if (order != 0)
		return order;
	return (a->position > b->position) - (a->position < b->position);
}

/*
 * Character, from 1, of a member's key.  The lexer has passed it long ago, so
 * walk back from the value: over the colon and over a string, in which a quote
 * always follows a backslash.
 */
static int
key_position(NtmJsonReader *reader, const NtmJson *member)
{
	const char *text = reader->text;
	int			offset = pg_mbcharcliplen(text, reader->length, member->position - 1);

	do
		offset--;
	while (text[offset] != '"');
	do
		offset--;
	while (text[offset] != '"' || text[offset - 1] == '\\');

	return pg_mbstrlen_with_len(text, offset) + 1;
}

static void
check_keys(NtmJsonReader *reader, const NtmJson *object)
{
	NtmJson   **members;
	NtmJson    *member;
	NtmJson    *duplicate = NULL;
	int			count = 0;

	/* canonical text is sorted already, and then there is nothing to do */
	for (member = object->first; member != NULL; member = member->next)
		if (member->next != NULL && strcmp(member->key, member->next->key) >= 0)
			break;
	if (member == NULL)
		return;

	members = palloc(object->count * sizeof(NtmJson *));
	for (member = object->first; member != NULL; member = member->next)
		members[count++] = member;
	qsort(members, count, sizeof(NtmJson *), compare_keys);
	for (int i = 1; i < count; i++)
		if (strcmp(members[i - 1]->key, members[i]->key) == 0 &&
			(duplicate == NULL || members[i]->position < duplicate->position))
			duplicate = members[i];
	pfree(members);

	if (duplicate != NULL)
	{
		reader->failed = true;
		ntm_errsave(reader->escontext,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid input syntax for type %s at character %d",
							reader->type_name, key_position(reader, duplicate)),
					 errdetail("Key \"%s\" occurs twice in the same object.",
							   duplicate->key)));
	}
}

static void
close_value(NtmJsonReader *reader)
{
	NtmJson    *value;

	if (reader->failed)
		return;

	Assert(reader->depth > 0);
	value = reader->open[--reader->depth];
	if (value->kind == NTM_JSON_OBJECT)
		check_keys(reader, value);
}

static NtmJsonActionResult
on_object_start(void *state)
{
	NtmJsonReader *reader = state;

	reader->next_offset = token_offset(reader);
	open_value(reader, NTM_JSON_OBJECT);
	NTM_JSON_ACTION_DONE;
}

static NtmJsonActionResult
on_object_end(void *state)
{
	close_value(state);
	NTM_JSON_ACTION_DONE;
}

static NtmJsonActionResult
on_array_start(void *state)
{
	NtmJsonReader *reader = state;

	reader->next_offset = token_offset(reader);
	open_value(reader, NTM_JSON_ARRAY);
	NTM_JSON_ACTION_DONE;
}

static NtmJsonActionResult
on_array_end(void *state)
{
	close_value(state);
	NTM_JSON_ACTION_DONE;
}

static NtmJsonActionResult
on_field_start(void *state, char *name, bool isnull)
{
	NtmJsonReader *reader = state;

	(void) isnull;
	reader->next_key = name;
	reader->next_offset = token_offset(reader);
	NTM_JSON_ACTION_DONE;
}

static NtmJsonActionResult
on_element_start(void *state, bool isnull)
{
	NtmJsonReader *reader = state;

	(void) isnull;
	reader->next_offset = token_offset(reader);
	NTM_JSON_ACTION_DONE;
}

/*
 * The lexer is past the token by now: its place was noted when the field or
 * the element was announced.
 */
static NtmJsonActionResult
on_scalar(void *state, char *token, JsonTokenType token_type)
{
	NtmJsonReader *reader = state;
	NtmJson    *value;

	if (reader->failed)
		NTM_JSON_ACTION_DONE;

	switch (token_type)
	{
		case JSON_TOKEN_STRING:
			value = add_value(reader, NTM_JSON_STRING);
			value->text = token;
			break;
		case JSON_TOKEN_NUMBER:
			value = add_value(reader, NTM_JSON_NUMBER);
			value->text = token;
			break;
		case JSON_TOKEN_TRUE:
		case JSON_TOKEN_FALSE:
			value = add_value(reader, NTM_JSON_BOOLEAN);
			value->boolean = (token_type == JSON_TOKEN_TRUE);
			break;
		default:
			Assert(token_type == JSON_TOKEN_NULL);
			(void) add_value(reader, NTM_JSON_NULL);
			break;
	}
	NTM_JSON_ACTION_DONE;
}

NtmJson *
ntm_json_parse(const char *text, int length, const char *type_name,
			   struct Node *escontext)
{
	NtmJsonReader reader = {0};
	JsonSemAction actions = {0};
	JsonParseErrorType result;

	reader.lexer = ntm_make_json_lexer(text, length, GetDatabaseEncoding());
	reader.text = text;
	reader.length = length;
	reader.type_name = type_name;
	reader.escontext = escontext;

	/* nothing announces a scalar that is the whole document */
	while (reader.next_offset < length &&
		   strchr(" \t\n\r", text[reader.next_offset]) != NULL)
		reader.next_offset++;

	actions.semstate = &reader;
	actions.object_start = on_object_start;
	actions.object_end = on_object_end;
	actions.array_start = on_array_start;
	actions.array_end = on_array_end;
	actions.object_field_start = on_field_start;
	actions.array_element_start = on_element_start;
	actions.scalar = on_scalar;

	result = pg_parse_json(reader.lexer, &actions);
	if (reader.failed)
		return NULL;
	if (result != JSON_SUCCESS)
	{
		int			position = pg_mbstrlen_with_len(text, token_offset(&reader)) + 1;

		ntm_ereturn(escontext, NULL,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid input syntax for type %s at character %d",
							type_name, position),
					 errdetail_internal("%s", json_errdetail(result, reader.lexer))));
	}
	return reader.root;
}

NtmJson *
ntm_json_member(const NtmJson *object, const char *key)
{
	NtmJson    *member;

	Assert(object->kind == NTM_JSON_OBJECT);

	for (member = object->first; member != NULL; member = member->next)
		if (strcmp(member->key, key) == 0)
			return member;
	return NULL;
}

const char *
ntm_json_kind_name(const NtmJson *json)
{
	switch (json->kind)
	{
		case NTM_JSON_NULL:
			return "null";
		case NTM_JSON_BOOLEAN:
			return json->boolean ? "true" : "false";
		case NTM_JSON_NUMBER:
			return "a number";
		case NTM_JSON_STRING:
			return "a string";
		case NTM_JSON_ARRAY:
			return "an array";
		case NTM_JSON_OBJECT:
			return "an object";
	}
	return "something else";	/* keep the compiler quiet */
}

void
ntm_json_append_string(StringInfo buffer, const char *text)
{
	escape_json(buffer, text);
}
