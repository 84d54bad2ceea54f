/*-------------------------------------------------------------------------
 *
 * names.c
 *	  A set of names with a number for each, on PostgreSQL's hash tables.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"

#include "measures.h"
#include "names.h"

typedef struct NameEntry
{
	char		name[NTM_MAX_NAME_LENGTH + 1];	/* hash key */
	int			number;
} NameEntry;

NtmNames *
ntm_names_create(void)
{
	NtmNames   *names = palloc0(sizeof(NtmNames));
	HASHCTL		control = {0};

	control.keysize = NTM_MAX_NAME_LENGTH + 1;
	control.entrysize = sizeof(NameEntry);
	control.hcxt = CurrentMemoryContext;
	names->numbers = hash_create("ntm names", 64, &control,
								 HASH_ELEM | HASH_STRINGS | HASH_CONTEXT);
	names->allocated = 64;
	names->names = palloc(sizeof(char *) * names->allocated);
	return names;
}

int
ntm_names_add(NtmNames *names, const char *name)
{
	bool		found;
	NameEntry  *entry;

	Assert(strlen(name) <= NTM_MAX_NAME_LENGTH);
	entry = hash_search(names->numbers, name, HASH_ENTER, &found);
	if (!found)
	{
		if (names->count == names->allocated)
		{
			names->allocated *= 2;
			names->names = repalloc(names->names, sizeof(char *) * names->allocated);
		}
		entry->number = names->count;
		names->names[names->count++] = pstrdup(name);
	}
	return entry->number;
}

int
ntm_names_find(const NtmNames *names, const char *name)
{
	NameEntry  *entry;

	if (strlen(name) > NTM_MAX_NAME_LENGTH)
		return -1;
	entry = hash_search(names->numbers, name, HASH_FIND, NULL);
	return entry ? entry->number : -1;
}

static int
compare_names(const void *left, const void *right)
{
	return strcmp(*(const char *const *) left, *(const char *const *) right);
}

void
ntm_names_sort(NtmNames *names)
{
	qsort(names->names, names->count, sizeof(char *), compare_names);
	for (int i = 0; i < names->count; i++)
	{
		NameEntry  *entry = hash_search(names->numbers, names->names[i], HASH_FIND, NULL);

		entry->number = i;
	}
}

ArrayType *
ntm_names_to_array(const NtmNames *names)
{
	Datum	   *elements = palloc(sizeof(Datum) * Max(names->count, 1));

	for (int i = 0; i < names->count; i++)
		elements[i] = CStringGetTextDatum(names->names[i]);
	return construct_array(elements, names->count, TEXTOID, -1, false, TYPALIGN_INT);
}

const char *
ntm_code_problem(const char *code)
{
	int			length = strlen(code);

	if (length == 0)
		return "is empty";
	if (length > NTM_MAX_NAME_LENGTH)
		return psprintf("has %d bytes; %d are allowed", length, NTM_MAX_NAME_LENGTH);
	for (const char *c = code; *c != '\0'; c++)
		if ((unsigned char) *c < ' ' || *c == '[' || *c == ']' || *c == 0x7F)
			return "has brackets or control characters";
	if (code[0] == ' ' || code[length - 1] == ' ')
		return "begins or ends with a blank";
	return NULL;
}

int
ntm_compare_bytes(const char *left, int left_length, const char *right, int right_length)
{
	int			result = memcmp(left, right, Min(left_length, right_length));

	if (result != 0)
		return result;
	return (left_length > right_length) - (left_length < right_length);
}
