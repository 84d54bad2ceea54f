/*-------------------------------------------------------------------------
 *
 * layout.h
 *	  The layout of a value of ntm.measures: its names, as they are stored.
 *
 * For each name a head, one byte, then the bodies end to end, sorted bytewise
 * by name.  A head has the length of the name and says whether the body is
 * packed: names are longer than their values, but most consist of ASCII
 * letters, digits and underscores, for which six bits a character are enough.
 * The code keeps the order of characters, so packed names sort as they stand.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_LAYOUT_H
#define NTM_LAYOUT_H

#include "compat.h"

#include "digest.h"

#define NTM_MAX_NAME_LENGTH		63	/* bytes of a measure's name */

#define NTM_NAME_PACKED			0x40
#define NTM_NAME_LENGTH(head)	((head) & 0x3F)
#define NTM_NAME_SIZE(head) \
	((head) & NTM_NAME_PACKED ? (NTM_NAME_LENGTH(head) * 6 + 7) / 8 : (head))

/* one name, as it is stored */
typedef struct NtmStoredName
{
	uint8		head;
	uint8		body[NTM_MAX_NAME_LENGTH];
} NtmStoredName;

extern void ntm_name_store(const char *name, int length, NtmStoredName *stored);

/* Write a name of NTM_NAME_LENGTH(head) bytes, without a NUL. */
extern void ntm_name_restore(uint8 head, const uint8 *body, char *name);

/* Order of the names themselves. */
extern int	ntm_name_compare(uint8 left_head, const uint8 *left, uint8 right_head, const uint8 *right);

/* Index of a name, or -1. */
extern int	ntm_layout_find(const uint8 *heads, int count, const char *name, int length);

/*
 * For each of the wanted names, sorted, its index in the layout, or -1.
 */
extern void ntm_layout_match(const uint8 *heads, int count,
							 const NtmStoredName *wanted, int wanted_count, int32 *positions);

#endif							/* NTM_LAYOUT_H */
