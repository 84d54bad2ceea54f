/*-------------------------------------------------------------------------
 *
 * layout.c
 *	  Store names, compare and find them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "layout.h"

/* the characters of packed names, in their order; 0 is none */
static const char characters[64] =
"\0" "0123456789" "ABCDEFGHIJKLMNOPQRSTUVWXYZ" "_" "abcdefghijklmnopqrstuvwxyz";

/* Number of a character in six bits, or 0 if it cannot be packed. */
static inline int
code_of(char character)
{
	if (character >= 'a' && character <= 'z')
		return character - 'a' + 38;
	if (character == '_')
		return 37;
	if (character >= 'A' && character <= 'Z')
		return character - 'A' + 11;
	if (character >= '0' && character <= '9')
		return character - '0' + 1;
	return 0;
}

void
ntm_name_store(const char *name, int length, NtmStoredName *stored)
{
	uint8	   *body = stored->body;
	uint32		bits = 0;
	int			bit_count = 0;

	Assert(length > 0 && length <= NTM_MAX_NAME_LENGTH);

	for (int i = 0; i < length; i++)
	{
		int			code = code_of(name[i]);

		if (code == 0)
		{
			stored->head = length;
			memcpy(stored->body, name, length);
			return;
		}
		bits = bits << 6 | code;
		bit_count += 6;
		if (bit_count >= 8)
		{
			bit_count -= 8;
			*body++ = (uint8) (bits >> bit_count);
		}
	}
	if (bit_count > 0)
		*body = (uint8) (bits << (8 - bit_count));
	stored->head = length | NTM_NAME_PACKED;
}

void
ntm_name_restore(uint8 head, const uint8 *body, char *name)
{
	int			length = NTM_NAME_LENGTH(head);
	uint32		bits = 0;
	int			bit_count = 0;

	if (!(head & NTM_NAME_PACKED))
	{
		memcpy(name, body, length);
		return;
	}
	for (int i = 0; i < length; i++)
	{
		if (bit_count < 6)
		{
			bits = bits << 8 | *body++;
			bit_count += 8;
		}
		bit_count -= 6;
		name[i] = characters[(bits >> bit_count) & 0x3F];
	}
}

int
ntm_name_compare(uint8 left_head, const uint8 *left, uint8 right_head, const uint8 *right)
{
	char		left_name[NTM_MAX_NAME_LENGTH];
	char		right_name[NTM_MAX_NAME_LENGTH];
	int			order;

	if ((left_head & NTM_NAME_PACKED) != (right_head & NTM_NAME_PACKED))
	{
		ntm_name_restore(left_head, left, left_name);
		ntm_name_restore(right_head, right, right_name);
		left = (uint8 *) left_name;
		right = (uint8 *) right_name;
		left_head &= ~NTM_NAME_PACKED;
		right_head &= ~NTM_NAME_PACKED;
	}
	order = memcmp(left, right, Min(NTM_NAME_SIZE(left_head), NTM_NAME_SIZE(right_head)));
	return order != 0 ? order : (int) left_head - (int) right_head;
}

int
ntm_layout_find(const uint8 *heads, int count, const char *name, int length)
{
	const uint8 *body = heads + count;
	NtmStoredName wanted;

	if (length == 0 || length > NTM_MAX_NAME_LENGTH)
		return -1;
	ntm_name_store(name, length, &wanted);
	for (int i = 0; i < count; i++)
	{
		if (heads[i] == wanted.head && memcmp(body, wanted.body, NTM_NAME_SIZE(wanted.head)) == 0)
			return i;
		body += NTM_NAME_SIZE(heads[i]);
	}
	return -1;
}

void
ntm_layout_match(const uint8 *heads, int count,
				 const NtmStoredName *wanted, int wanted_count, int32 *positions)
{
	const uint8 *body = heads + count;
	int			w = 0;

	for (int i = 0; i < count && w < wanted_count; i++)
	{
		int			order = -1;

		while (w < wanted_count &&
			   (order = ntm_name_compare(wanted[w].head, wanted[w].body, heads[i], body)) < 0)
			positions[w++] = -1;
		if (order == 0)
			positions[w++] = i;
		body += NTM_NAME_SIZE(heads[i]);
	}
	while (w < wanted_count)
		positions[w++] = -1;
}
