/*-------------------------------------------------------------------------
 *
 * ruleset.h
 *	  Type ntm.ruleset: a whole criteria set, document and program.
 *
 * The document is canonical JSON and is what the value means; the program is
 * derived from it and is compiled anew if it is of another version.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_RULESET_H
#define NTM_RULESET_H

#include "ntm.h"

#include "program.h"
#include "scorecard.h"

#define NTM_RULESET_VERSION		2
#define NTM_RULESET_WIRE_VERSION 1

typedef struct NtmRuleset
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;		/* NTM_RULESET_VERSION */
	uint8		program_version;	/* NTM_PROGRAM_VERSION */
	uint16		reserved;		/* always zero */
	uint8		fingerprint[NTM_DIGEST_SIZE];	/* of the document in UTF-8 */
	uint32		document_length;
	char		document[FLEXIBLE_ARRAY_MEMBER];	/* then the program, aligned */
} NtmRuleset;

#define NTM_RULESET_PROGRAM_OFFSET(document_length) \
	MAXALIGN(offsetof(NtmRuleset, document) + (document_length))
#define NTM_RULESET_PROGRAM(ruleset) \
	((const NtmProgram *) ((const char *) (ruleset) + NTM_RULESET_PROGRAM_OFFSET((ruleset)->document_length)))

/* detoasted; the document is there, the program may be of another version */
static inline NtmRuleset *
DatumGetRulesetDocument(Datum datum)
{
	NtmRuleset *ruleset = (NtmRuleset *) PG_DETOAST_DATUM(datum);

	ntm_check_stored_version("ntm.ruleset", ruleset->version, NTM_RULESET_VERSION);
	return ruleset;
}

#define PG_GETARG_RULESET_DOCUMENT(n) DatumGetRulesetDocument(PG_GETARG_DATUM(n))

/* detoasted, with a program of this version */
#define DatumGetRulesetP(d)		ntm_ruleset_current((NtmRuleset *) PG_DETOAST_DATUM(d))
#define PG_GETARG_RULESET_P(n)	DatumGetRulesetP(PG_GETARG_DATUM(n))

extern NtmRuleset *ntm_ruleset_current(NtmRuleset *ruleset);

/* From the text of a document; NULL after a soft error. */
extern NtmRuleset *ntm_ruleset_from_text(const char *text, int length, struct Node *escontext);

/* From a document that has been checked. */
extern NtmRuleset *ntm_ruleset_from_document(const NtmDocument *document, struct Node *escontext);

#endif							/* NTM_RULESET_H */
