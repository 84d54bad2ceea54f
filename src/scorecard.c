/*-------------------------------------------------------------------------
 *
 * scorecard.c
 *	  Type ntm.scorecard: text and binary form, and what users read off it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "port/pg_bitutils.h"
#include "port/pg_bswap.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "comparison.h"
#include "json.h"
#include "measures.h"
#include "names.h"
#include "scorecard.h"

#define NO_PARENT 0xFFFF

PG_FUNCTION_INFO_V1(ntm_scorecard_in);
PG_FUNCTION_INFO_V1(ntm_scorecard_out);
PG_FUNCTION_INFO_V1(ntm_scorecard_recv);
PG_FUNCTION_INFO_V1(ntm_scorecard_send);
PG_FUNCTION_INFO_V1(ntm_scorecard_hash);
PG_FUNCTION_INFO_V1(ntm_scorecard_hash_extended);
PG_FUNCTION_INFO_V1(ntm_overall);
PG_FUNCTION_INFO_V1(ntm_scorecard_verdict);
PG_FUNCTION_INFO_V1(ntm_criteria);
PG_FUNCTION_INFO_V1(ntm_indicators);
PG_FUNCTION_INFO_V1(ntm_met_count);
PG_FUNCTION_INFO_V1(ntm_not_met_count);
PG_FUNCTION_INFO_V1(ntm_unknown_count);
PG_FUNCTION_INFO_V1(ntm_criterion_count);
PG_FUNCTION_INFO_V1(ntm_possibly_met_count);
PG_FUNCTION_INFO_V1(ntm_points);
PG_FUNCTION_INFO_V1(ntm_possible_points);

/* ---- the parts of a scorecard ---- */

static const uint8 *
criterion_mask(const NtmScorecard *scorecard)
{
	return scorecard->verdicts + NTM_VERDICT_BYTES(scorecard->node_count);
}

static const uint8 *
indicator_mask(const NtmScorecard *scorecard)
{
	return criterion_mask(scorecard) + NTM_VERDICT_BYTES(scorecard->node_count);
}

static const uint8 *
first_code(const NtmScorecard *scorecard)
{
	return indicator_mask(scorecard) + NTM_VERDICT_BYTES(scorecard->node_count);
}

static bool
in_mask(const uint8 *mask, int node)
{
	return (mask[node / 4] >> (node % 4 * 2)) & 1;
}

/* what the tail is made from, be it from a document or from text */
typedef struct TailNode
{
	const char *code;
	int			parent;			/* -1: none */
} TailNode;

static void
append_tail(StringInfo buffer, const TailNode *nodes, int node_count, const NtmNames *numbers)
{
	int			mask_size = NTM_VERDICT_BYTES(node_count);
	uint8	   *criteria = palloc0(mask_size);
	uint8	   *indicators = palloc0(mask_size);
	bool	   *has_children = palloc0(node_count * sizeof(bool));
	StringInfoData parents;
	uint16		exceptions = 0;

	for (int i = 0; i < node_count; i++)
		if (nodes[i].parent >= 0)
			has_children[nodes[i].parent] = true;

	initStringInfo(&parents);
	for (int i = 0; i < node_count; i++)
	{
		char	   *prefix = ntm_code_prefix(nodes[i].code);
		int			usual = prefix ? ntm_names_find(numbers, prefix) : -1;

		if (nodes[i].parent < 0)
			criteria[i / 4] |= 1 << (i % 4 * 2);
		if (!has_children[i])
			indicators[i / 4] |= 1 << (i % 4 * 2);

		/* a prefix that is no node is an exception too: text alone would ask for it */
		if (nodes[i].parent != usual || (prefix != NULL && usual < 0))
		{
			uint16		exception[2];

			exception[0] = i;
			exception[1] = nodes[i].parent < 0 ? NO_PARENT : nodes[i].parent;
			appendBinaryStringInfo(&parents, (char *) exception, sizeof(exception));
			exceptions++;
		}
	}

	appendBinaryStringInfo(buffer, (char *) criteria, mask_size);
	appendBinaryStringInfo(buffer, (char *) indicators, mask_size);
	for (int i = 0; i < node_count; i++)
	{
		int			length = strlen(nodes[i].code);

		appendStringInfoChar(buffer, (char) length);
		appendBinaryStringInfo(buffer, nodes[i].code, length);
	}
	appendBinaryStringInfo(buffer, (char *) &exceptions, sizeof(exceptions));
	appendBinaryStringInfo(buffer, parents.data, parents.len);
}

void
ntm_scorecard_append_tail(StringInfo buffer, const NtmDocument *document)
{
	TailNode   *nodes = palloc(sizeof(TailNode) * document->node_count);

	for (int i = 0; i < document->node_count; i++)
	{
		nodes[i].code = document->nodes[i].code;
		nodes[i].parent = document->nodes[i].parent;
	}
	append_tail(buffer, nodes, document->node_count, document->node_numbers);
}

/* The low 32 bits, spread so that every other bit is free. */
static inline uint64
spread(uint64 bits)
{
	uint64		spread = bits & PG_UINT32_MAX;

	spread = (spread | spread << 16) & UINT64CONST(0x0000FFFF0000FFFF);
	spread = (spread | spread << 8) & UINT64CONST(0x00FF00FF00FF00FF);
	spread = (spread | spread << 4) & UINT64CONST(0x0F0F0F0F0F0F0F0F);
	spread = (spread | spread << 2) & UINT64CONST(0x3333333333333333);
	spread = (spread | spread << 1) & UINT64CONST(0x5555555555555555);
	return spread;
}

/*
 * Two bits a node.  What the words have beyond the last node is dropped:
 * unused bits are zero.
 */
static void
set_verdicts(uint8 *verdicts, int node_count, const uint64 *high, const uint64 *low)
{
	for (int first = 0; first < node_count; first += 32)
	{
		int			count = Min(node_count - first, 32);
		uint64		chunk = spread(high[first / 64] >> first % 64) << 1 |
			spread(low[first / 64] >> first % 64);

		if (count < 32)
			chunk &= (UINT64CONST(1) << 2 * count) - 1;
#ifdef WORDS_BIGENDIAN
		chunk = pg_bswap64(chunk);
#endif
		if (count == 32)
			memcpy(verdicts + first / 4, &chunk, sizeof(chunk));
		else
			memcpy(verdicts + first / 4, &chunk, NTM_VERDICT_BYTES(count));
	}
}

NtmScorecard *
ntm_scorecard_make(NtmVerdict overall, int node_count, const uint64 *high, const uint64 *low,
				   const uint8 *fingerprint, const char *tail, int tail_size,
				   int64 earned_points, int64 possible_points)
{
	int			verdict_bytes = NTM_VERDICT_BYTES(node_count);
	int32		points[2] = {(int32) earned_points, (int32) possible_points};
	bool		has_points = earned_points >= 0;
	Size		size = offsetof(NtmScorecard, verdicts) + verdict_bytes + tail_size +
		(has_points ? sizeof(points) : 0);
	NtmScorecard *scorecard = palloc(size);

	SET_VARSIZE(scorecard, size);
	scorecard->version = NTM_SCORECARD_VERSION;
	scorecard->overall = overall | (has_points ? NTM_SCORECARD_HAS_POINTS : 0);
	scorecard->node_count = node_count;
	memcpy(scorecard->fingerprint, fingerprint, NTM_DIGEST_SIZE);
	set_verdicts(scorecard->verdicts, node_count, high, low);
	memcpy(scorecard->verdicts + verdict_bytes, tail, tail_size);
	if (has_points)
		memcpy(scorecard->verdicts + verdict_bytes + tail_size, points, sizeof(points));
	return scorecard;
}

static bool
get_points(const NtmScorecard *scorecard, int32 *points)
{
	if (!(scorecard->overall & NTM_SCORECARD_HAS_POINTS))
		return false;
	memcpy(points, (const char *) scorecard + VARSIZE(scorecard) - 2 * sizeof(int32), 2 * sizeof(int32));
	return true;
}

/* ---- text ---- */

static bool
fail(struct Node *escontext, const NtmJson *json, const char *problem, const char *hint)
{
	ntm_errsave(escontext,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", "ntm.scorecard"),
				 errdetail("%s, at character %d.", problem, json->position),
				 hint ? errhint("%s", hint) : 0));
	return false;
}

static bool
read_verdict(const NtmJson *json, NtmVerdict *verdict, struct Node *escontext)
{
	if (json->kind == NTM_JSON_STRING && ntm_verdict_from_name(json->text, verdict))
		return true;
	return fail(escontext, json, psprintf("\"%s\" has no verdict", json->key),
				"The verdicts are met, not_met, unknown and not_applicable.");
}

static bool
read_fingerprint(const NtmJson *json, uint8 *fingerprint, struct Node *escontext)
{
	bool		valid = json->kind == NTM_JSON_STRING && strlen(json->text) == 2 * NTM_DIGEST_SIZE &&
		strspn(json->text, "0123456789abcdef") == 2 * NTM_DIGEST_SIZE;

	if (!valid)
		return fail(escontext, json, "\"ruleset\" is not 32 hexadecimal digits", NULL);
	hex_decode(json->text, 2 * NTM_DIGEST_SIZE, (char *) fingerprint);
	return true;
}

/* "points": [earned, possible] */
static bool
read_points(const NtmJson *json, int64 *points, struct Node *escontext)
{
	const NtmJson *member = json->first;
	bool		valid = json->kind == NTM_JSON_ARRAY && json->count == 2;

	for (int i = 0; i < 2 && valid; i++, member = member->next)
	{
		valid = member->kind == NTM_JSON_NUMBER && strlen(member->text) <= 10 &&
			strspn(member->text, "0123456789") == strlen(member->text);
		if (valid)
			points[i] = strtoll(member->text, NULL, 10);
	}
	if (valid && points[0] <= points[1] && points[1] <= NTM_MAX_COUNT)
		return true;
	return fail(escontext, json, "\"points\" must be [earned, possible], whole numbers", NULL);
}

/*
 * One node: a verdict, or {"verdict": ..., "parent": ...} where the parent is
 * not the dotted prefix.  The parent's code is resolved later.
 */
static bool
read_node(const NtmJson *json, NtmVerdict *verdict, char **parent, struct Node *escontext)
{
	const NtmJson *member = json;
	const NtmJson *above;
	const char *problem = ntm_code_problem(json->key);

	if (problem != NULL)
		return fail(escontext, json, psprintf("the code \"%s\" %s", json->key, problem), NULL);

	*parent = ntm_code_prefix(json->key);
	if (json->kind == NTM_JSON_OBJECT)
	{
		member = ntm_json_member(json, "verdict");
		above = ntm_json_member(json, "parent");
		if (json->count != 2 || member == NULL || above == NULL ||
			(above->kind != NTM_JSON_STRING && above->kind != NTM_JSON_NULL))
			return fail(escontext, json,
						psprintf("node \"%s\" needs a \"verdict\" and a \"parent\"", json->key), NULL);
		*parent = above->kind == NTM_JSON_STRING ? above->text : NULL;
	}
	return read_verdict(member, verdict, escontext);
}

static NtmScorecard *
read_scorecard(const char *text, int length, struct Node *escontext)
{
	NtmJson    *json = ntm_json_parse(text, length, "ntm.scorecard", escontext);
	uint8		fingerprint[NTM_DIGEST_SIZE];
	NtmNames   *numbers;
	TailNode   *nodes;
	char	  **parents;
	NtmVerdict *verdicts;
	NtmVerdict	overall;
	int64		points[2] = {-1, -1};
	const NtmJson *end;
	int			node_count;
	int			count = 0;
	StringInfoData tail;
	uint64	   *high;
	uint64	   *low;

	if (json == NULL)
		return NULL;
	if (json->kind != NTM_JSON_OBJECT || json->count < 3 ||
		strcmp(json->first->key, "overall") != 0 || strcmp(json->last->key, "ruleset") != 0)
	{
		fail(escontext, json,
			 "A scorecard is an object with \"overall\" first, the nodes, and \"ruleset\" last", NULL);
		return NULL;
	}
	if (!read_verdict(json->first, &overall, escontext) ||
		!read_fingerprint(json->last, fingerprint, escontext))
		return NULL;

	end = ntm_json_member(json, "points");
	if (end != NULL && end->next != json->last)
	{
		fail(escontext, end, "\"points\" must stand right before \"ruleset\"", NULL);
		return NULL;
	}
	if (end != NULL && !read_points(end, points, escontext))
		return NULL;
	node_count = json->count - (end ? 3 : 2);
	if (end == NULL)
		end = json->last;
	if (node_count < 1 || node_count > NTM_MAX_NODES)
	{
		fail(escontext, json, psprintf("A scorecard has 1 to %d nodes", NTM_MAX_NODES), NULL);
		return NULL;
	}

	numbers = ntm_names_create();
	nodes = palloc(sizeof(TailNode) * json->count);
	parents = palloc(sizeof(char *) * json->count);
	verdicts = palloc(sizeof(NtmVerdict) * json->count);
	for (const NtmJson *node = json->first->next; node != end; node = node->next)
	{
		if (!read_node(node, &verdicts[count], &parents[count], escontext))
			return NULL;
		nodes[count].code = node->key;
		ntm_names_add(numbers, node->key);
		count++;
	}

	count = 0;
	for (const NtmJson *node = json->first->next; node != end; node = node->next)
	{
		nodes[count].parent = parents[count] ? ntm_names_find(numbers, parents[count]) : -1;
		if (parents[count] != NULL && nodes[count].parent < 0)
		{
			fail(escontext, node,
				 psprintf("the parent \"%s\" of node \"%s\" is missing", parents[count], node->key), NULL);
			return NULL;
		}
		count++;
	}

	for (int i = 0; i < node_count; i++)
	{
		int			steps = 0;

		for (int up = i; up >= 0; up = nodes[up].parent)
			if (++steps > node_count)
			{
				fail(escontext, json, psprintf("the parents of node \"%s\" form a circle", nodes[i].code),
					 NULL);
				return NULL;
			}
	}

	initStringInfo(&tail);
	append_tail(&tail, nodes, count, numbers);
	high = palloc0(sizeof(uint64) * (count / 64 + 1));
	low = palloc0(sizeof(uint64) * (count / 64 + 1));
	for (int i = 0; i < count; i++)
	{
		high[i / 64] |= (uint64) (verdicts[i] >> 1) << (i % 64);
		low[i / 64] |= (uint64) (verdicts[i] & 1) << (i % 64);
	}
	return ntm_scorecard_make(overall, count, high, low, fingerprint, tail.data, tail.len, points[0],
							  points[1]);
}

static char *
write_scorecard(const NtmScorecard *scorecard)
{
	const uint8 *code = first_code(scorecard);
	char	  **codes = palloc(sizeof(char *) * Max(scorecard->node_count, 1));
	StringInfoData buffer;
	uint16		exceptions;
	int32		points[2];

	for (int i = 0; i < scorecard->node_count; i++)
	{
		codes[i] = pnstrdup((const char *) code + 1, *code);
		code += 1 + *code;
	}
	memcpy(&exceptions, code, sizeof(exceptions));
	code += sizeof(exceptions);

	initStringInfo(&buffer);
	appendStringInfo(&buffer, "{\"overall\": \"%s\"", ntm_verdict_name(NTM_SCORECARD_OVERALL(scorecard)));
	for (int i = 0; i < scorecard->node_count; i++)
	{
		const char *verdict = ntm_verdict_name(ntm_scorecard_get(scorecard, i));
		uint16		exception[2] = {0, 0};

		if (exceptions > 0)
			memcpy(exception, code, sizeof(exception));

		appendStringInfoString(&buffer, ", ");
		ntm_json_append_string(&buffer, codes[i]);
		if (exceptions > 0 && exception[0] == i)
		{
			appendStringInfo(&buffer, ": {\"verdict\": \"%s\", \"parent\": ", verdict);
			if (exception[1] == NO_PARENT)
				appendStringInfoString(&buffer, "null");
			else
				ntm_json_append_string(&buffer, codes[exception[1]]);
			appendStringInfoChar(&buffer, '}');
			code += sizeof(exception);
			exceptions--;
		}
		else
			appendStringInfo(&buffer, ": \"%s\"", verdict);
	}

	if (get_points(scorecard, points))
		appendStringInfo(&buffer, ", \"points\": [%d, %d]", points[0], points[1]);
	appendStringInfoString(&buffer, ", \"ruleset\": \"");
	for (int i = 0; i < NTM_DIGEST_SIZE; i++)
		appendStringInfo(&buffer, "%02x", scorecard->fingerprint[i]);
	appendStringInfoString(&buffer, "\"}");
	return buffer.data;
}

/* ntm.scorecard from text: verdicts by code, "overall" first, "ruleset" last. */
Datum
ntm_scorecard_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	NtmScorecard *scorecard = read_scorecard(text, strlen(text), fcinfo->context);

	if (scorecard == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(scorecard);
}

/* Text of a scorecard; reading it again gives the same bytes. */
Datum
ntm_scorecard_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(write_scorecard(PG_GETARG_SCORECARD_P(0)));
}

/* Wire form: a version byte, then the text, which is checked like any other. */
Datum
ntm_scorecard_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	char	   *text;
	int			length;

	ntm_check_wire_version("ntm.scorecard", version, NTM_SCORECARD_WIRE_VERSION);

	text = pq_getmsgtext(message, message->len - message->cursor, &length);
	PG_RETURN_POINTER(read_scorecard(text, length, NULL));
}

/* Wire form: a version byte, then the text. */
Datum
ntm_scorecard_send(PG_FUNCTION_ARGS)
{
	char	   *text = write_scorecard(PG_GETARG_SCORECARD_P(0));
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbyte(&message, NTM_SCORECARD_WIRE_VERSION);
	pq_sendtext(&message, text, strlen(text));
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* ---- comparison: bytewise, for grouping and uniqueness ---- */

static int
compare_scorecards(FunctionCallInfo fcinfo)
{
	NtmScorecard *left = PG_GETARG_SCORECARD_P(0);
	NtmScorecard *right = PG_GETARG_SCORECARD_P(1);
	int			result;

	result = ntm_compare_bytes(VARDATA(left), VARSIZE(left) - VARHDRSZ,
							   VARDATA(right), VARSIZE(right) - VARHDRSZ);
	PG_FREE_IF_COPY(left, 0);
	PG_FREE_IF_COPY(right, 1);
	return result;
}

NTM_COMPARISON_FUNCTIONS(scorecard, compare_scorecards);

Datum
ntm_scorecard_hash(PG_FUNCTION_ARGS)
{
	NtmScorecard *scorecard = PG_GETARG_SCORECARD_P(0);
	Datum		result = hash_any((unsigned char *) VARDATA(scorecard), VARSIZE(scorecard) - VARHDRSZ);

	PG_FREE_IF_COPY(scorecard, 0);
	return result;
}

Datum
ntm_scorecard_hash_extended(PG_FUNCTION_ARGS)
{
	NtmScorecard *scorecard = PG_GETARG_SCORECARD_P(0);
	Datum		result = hash_any_extended((unsigned char *) VARDATA(scorecard),
										   VARSIZE(scorecard) - VARHDRSZ, PG_GETARG_INT64(1));

	PG_FREE_IF_COPY(scorecard, 0);
	return result;
}

/* ---- what users read off ---- */

/* overall(scorecard): the verdict of the whole set; it stands in the head, of which two bytes are enough. */
Datum
ntm_overall(PG_FUNCTION_ARGS)
{
	struct varlena *head = (struct varlena *) PG_GETARG_POINTER(0);

	if (VARATT_IS_EXTERNAL(head) || VARATT_IS_COMPRESSED(head))
		head = PG_DETOAST_DATUM_SLICE(PG_GETARG_DATUM(0), 0, 2);
	ntm_check_stored_version("ntm.scorecard", (uint8) VARDATA_ANY(head)[0], NTM_SCORECARD_VERSION);
	PG_RETURN_VERDICT((NtmVerdict) (VARDATA_ANY(head)[1] & 3));
}

/* scorecard -> code: the verdict of one node; NULL where there is no such node. */
Datum
ntm_scorecard_verdict(PG_FUNCTION_ARGS)
{
	NtmScorecard *scorecard = PG_GETARG_SCORECARD_P(0);
	text	   *wanted = PG_GETARG_TEXT_PP(1);
	int			length = VARSIZE_ANY_EXHDR(wanted);
	const uint8 *code = first_code(scorecard);

	for (int i = 0; i < scorecard->node_count; i++)
	{
		if (*code == length && memcmp(code + 1, VARDATA_ANY(wanted), length) == 0)
			PG_RETURN_VERDICT(ntm_scorecard_get(scorecard, i));
		code += 1 + *code;
	}
	PG_RETURN_NULL();
}

/* Codes of the nodes in a mask that have a verdict, in document order. */
static Datum
codes_with_verdict(const NtmScorecard *scorecard, const uint8 *mask, NtmVerdict verdict)
{
	Datum	   *codes = palloc(sizeof(Datum) * Max(scorecard->node_count, 1));
	const uint8 *code = first_code(scorecard);
	int			count = 0;

	for (int i = 0; i < scorecard->node_count; i++)
	{
		if (in_mask(mask, i) && ntm_scorecard_get(scorecard, i) == verdict)
			codes[count++] = PointerGetDatum(cstring_to_text_with_len((const char *) code + 1, *code));
		code += 1 + *code;
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(codes, count, TEXTOID, -1, false, TYPALIGN_INT));
}

/* criteria(scorecard, verdict): codes of the top-level nodes with that verdict. */
Datum
ntm_criteria(PG_FUNCTION_ARGS)
{
	NtmScorecard *scorecard = PG_GETARG_SCORECARD_P(0);

	return codes_with_verdict(scorecard, criterion_mask(scorecard), PG_GETARG_VERDICT(1));
}

/* indicators(scorecard, verdict): codes of the leaves with that verdict. */
Datum
ntm_indicators(PG_FUNCTION_ARGS)
{
	NtmScorecard *scorecard = PG_GETARG_SCORECARD_P(0);

	return codes_with_verdict(scorecard, indicator_mask(scorecard), PG_GETARG_VERDICT(1));
}

/*
 * Count the criteria by the bits of their verdicts, a byte of four at a time:
 * the high bit alone says "counts as met", the low bit without the high one
 * says "unknown".
 */
static int
count_criteria(const NtmScorecard *scorecard, bool met, bool unknown, bool not_met)
{
	const uint8 *mask = criterion_mask(scorecard);
	int			count = 0;

	for (int i = 0; i < NTM_VERDICT_BYTES(scorecard->node_count); i++)
	{
		uint8		high = (scorecard->verdicts[i] >> 1) & mask[i];
		uint8		low = scorecard->verdicts[i] & mask[i];
		uint8		wanted = 0;

		if (met)
			wanted |= high;
		if (unknown)
			wanted |= low & ~high;
		if (not_met)
			wanted |= mask[i] & ~high & ~low;
		count += pg_number_of_ones[wanted];
	}
	return count;
}

/* met_count(scorecard): criteria that are met; not applicable counts as met. */
Datum
ntm_met_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(count_criteria(PG_GETARG_SCORECARD_P(0), true, false, false));
}

/* not_met_count(scorecard): criteria that are not met. */
Datum
ntm_not_met_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(count_criteria(PG_GETARG_SCORECARD_P(0), false, false, true));
}

/* unknown_count(scorecard): criteria not decided for want of facts. */
Datum
ntm_unknown_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(count_criteria(PG_GETARG_SCORECARD_P(0), false, true, false));
}

/* criterion_count(scorecard): all criteria, the sum of the other three. */
Datum
ntm_criterion_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(count_criteria(PG_GETARG_SCORECARD_P(0), true, true, true));
}

/* possibly_met_count(scorecard): what met_count would be if all that is unknown were met. */
Datum
ntm_possibly_met_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(count_criteria(PG_GETARG_SCORECARD_P(0), true, true, false));
}

static Datum
return_points(FunctionCallInfo fcinfo, int which)
{
	int32		points[2];

	if (!get_points(PG_GETARG_SCORECARD_P(0), points))
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(int64_to_numeric(points[which]));
}

/* points(scorecard): points earned for sure; NULL for sets that do not score. */
Datum
ntm_points(PG_FUNCTION_ARGS)
{
	return return_points(fcinfo, 0);
}

/* possible_points(scorecard): the same if all that is unknown were met. */
Datum
ntm_possible_points(PG_FUNCTION_ARGS)
{
	return return_points(fcinfo, 1);
}
