/*-------------------------------------------------------------------------
 *
 * scorecard.h
 *	  Type ntm.scorecard: the verdict of every node of a ruleset.
 *
 * Two bits a node, then a tail that is the same for every scorecard of one
 * ruleset and is copied from its program as it stands:
 *
 *	  mask of the criteria	 01 in the two bits of every top-level node
 *	  mask of the indicators 01 in the two bits of every leaf
 *	  codes					 for each node a length byte and the bytes
 *	  parents				 uint16 count, then {uint16 node, uint16 parent} for
 *							 the nodes whose parent is not their dotted prefix
 *							 (65535: none)
 *
 * A set whose overall rule has a gate by points ends with what was earned and
 * what is possible, two int32.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_SCORECARD_H
#define NTM_SCORECARD_H

#include "ntm.h"

#include "digest.h"
#include "document.h"
#include "version.h"

#define NTM_SCORECARD_VERSION	2
#define NTM_SCORECARD_WIRE_VERSION 1

typedef struct NtmScorecard
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;		/* NTM_SCORECARD_VERSION */
	uint8		overall;		/* NtmVerdict, and NTM_SCORECARD_HAS_POINTS */
	uint16		node_count;
	uint8		fingerprint[NTM_DIGEST_SIZE];	/* of the ruleset */
	uint8		verdicts[FLEXIBLE_ARRAY_MEMBER];	/* four nodes a byte, then the tail */
} NtmScorecard;

#define NTM_SCORECARD_HAS_POINTS 0x80
#define NTM_SCORECARD_OVERALL(scorecard) ((NtmVerdict) ((scorecard)->overall & 3))

/* bytes of two bits a node */
#define NTM_VERDICT_BYTES(node_count) (((node_count) + 3) / 4)

/* detoasted, of this version */
static inline NtmScorecard *
DatumGetScorecardP(Datum datum)
{
	NtmScorecard *scorecard = (NtmScorecard *) PG_DETOAST_DATUM(datum);

	ntm_check_stored_version("ntm.scorecard", scorecard->version, NTM_SCORECARD_VERSION);
	return scorecard;
}

#define PG_GETARG_SCORECARD_P(n) DatumGetScorecardP(PG_GETARG_DATUM(n))

/* Append the tail for the nodes of a document. */
extern void ntm_scorecard_append_tail(StringInfo buffer, const NtmDocument *document);

/*
 * A scorecard with these verdicts and points (earned below 0: none).  The
 * nodes come as bit sets of 64 a word: the high bits of their verdicts (counts
 * as met) and the low ones (unknown or not applicable).
 */
extern NtmScorecard *ntm_scorecard_make(NtmVerdict overall, int node_count,
										const uint64 *high, const uint64 *low,
										const uint8 *fingerprint, const char *tail, int tail_size,
										int64 earned_points, int64 possible_points);

static inline NtmVerdict
ntm_scorecard_get(const NtmScorecard *scorecard, int node)
{
	return (scorecard->verdicts[node / 4] >> (node % 4 * 2)) & 3;
}

#endif							/* NTM_SCORECARD_H */
