/*-------------------------------------------------------------------------
 *
 * ruleset.c
 *	  Type ntm.ruleset: text and binary form, comparison, changed copies.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "comparison.h"
#include "measures.h"
#include "ruleset.h"

PG_FUNCTION_INFO_V1(ntm_ruleset_in);
PG_FUNCTION_INFO_V1(ntm_ruleset_out);
PG_FUNCTION_INFO_V1(ntm_ruleset_recv);
PG_FUNCTION_INFO_V1(ntm_ruleset_send);
PG_FUNCTION_INFO_V1(ntm_ruleset_hash);
PG_FUNCTION_INFO_V1(ntm_ruleset_hash_extended);
PG_FUNCTION_INFO_V1(ntm_amend);
PG_FUNCTION_INFO_V1(ntm_drop_variant);

/*
 * The digest of the document, in UTF-8 whatever the encoding of the database,
 * so that anyone can check what a scorecard rested on.
 */
static void
fingerprint_document(const char *document, int length, uint8 *fingerprint)
{
	char	   *utf8 = (char *) pg_server_to_any(document, length, PG_UTF8);

	if (utf8 != document)
		length = strlen(utf8);
	ntm_digest(utf8, length, fingerprint);
}

NtmRuleset *
ntm_ruleset_from_document(const NtmDocument *document, struct Node *escontext)
{
	NtmProgram *program = ntm_program_compile(document, escontext);
	char	   *text;
	uint32		length;
	Size		size;
	NtmRuleset *ruleset;

	if (program == NULL)
		return NULL;

	text = ntm_document_write(document);
	length = strlen(text);
	if (length > NTM_MAX_DOCUMENT_LENGTH)
		ntm_ereturn(escontext, NULL,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("ruleset \"%s\" is too long", document->code),
					 errdetail("The canonical document has %u bytes; %d are allowed.",
							   length, NTM_MAX_DOCUMENT_LENGTH)));
	size = NTM_RULESET_PROGRAM_OFFSET(length) + program->size;

	ruleset = palloc0(size);
	SET_VARSIZE(ruleset, size);
	ruleset->version = NTM_RULESET_VERSION;
	ruleset->program_version = NTM_PROGRAM_VERSION;
	fingerprint_document(text, length, ruleset->fingerprint);
	ruleset->document_length = length;
	memcpy(ruleset->document, text, length);
	memcpy((char *) ruleset + NTM_RULESET_PROGRAM_OFFSET(length), program, program->size);
	return ruleset;
}

NtmRuleset *
ntm_ruleset_from_text(const char *text, int length, struct Node *escontext)
{
	NtmDocument *document = ntm_document_read(text, length, escontext);

	return document ? ntm_ruleset_from_document(document, escontext) : NULL;
}

NtmRuleset *
ntm_ruleset_current(NtmRuleset *ruleset)
{
	ntm_check_stored_version("ntm.ruleset", ruleset->version, NTM_RULESET_VERSION);
	if (ruleset->program_version == NTM_PROGRAM_VERSION)
		return ruleset;
	return ntm_ruleset_from_text(ruleset->document, ruleset->document_length, NULL);
}

/* ntm.ruleset from a JSON document: checked as a whole, written canonically, compiled. */
Datum
ntm_ruleset_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	NtmRuleset *ruleset = ntm_ruleset_from_text(text, strlen(text), fcinfo->context);

	if (ruleset == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(ruleset);
}

/* The canonical document; reading it again gives the same bytes. */
Datum
ntm_ruleset_out(PG_FUNCTION_ARGS)
{
	NtmRuleset *ruleset = PG_GETARG_RULESET_DOCUMENT(0);

	PG_RETURN_CSTRING(pnstrdup(ruleset->document, ruleset->document_length));
}

/* Wire form: a version byte, then the document; the program never travels. */
Datum
ntm_ruleset_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	char	   *text;
	int			length;

	ntm_check_wire_version("ntm.ruleset", version, NTM_RULESET_WIRE_VERSION);

	text = pq_getmsgtext(message, message->len - message->cursor, &length);
	PG_RETURN_POINTER(ntm_ruleset_from_text(text, length, NULL));
}

/* Wire form: a version byte, then the document. */
Datum
ntm_ruleset_send(PG_FUNCTION_ARGS)
{
	NtmRuleset *ruleset = PG_GETARG_RULESET_DOCUMENT(0);
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbyte(&message, NTM_RULESET_WIRE_VERSION);
	pq_sendtext(&message, ruleset->document, ruleset->document_length);
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* Order of rulesets: bytewise by document; it means nothing but equal or not. */
static int
compare_rulesets(FunctionCallInfo fcinfo)
{
	NtmRuleset *left = PG_GETARG_RULESET_DOCUMENT(0);
	NtmRuleset *right = PG_GETARG_RULESET_DOCUMENT(1);
	int			result;

	result = ntm_compare_bytes(left->document, left->document_length,
							   right->document, right->document_length);
	PG_FREE_IF_COPY(left, 0);
	PG_FREE_IF_COPY(right, 1);
	return result;
}

NTM_COMPARISON_FUNCTIONS(ruleset, compare_rulesets);

/* Hash of the canonical document. */
Datum
ntm_ruleset_hash(PG_FUNCTION_ARGS)
{
	NtmRuleset *ruleset = PG_GETARG_RULESET_DOCUMENT(0);
	Datum		result = hash_any((unsigned char *) ruleset->document, ruleset->document_length);

	PG_FREE_IF_COPY(ruleset, 0);
	return result;
}

/* The same, 64 bits wide and seeded, for hash partitioning. */
Datum
ntm_ruleset_hash_extended(PG_FUNCTION_ARGS)
{
	NtmRuleset *ruleset = PG_GETARG_RULESET_DOCUMENT(0);
	Datum		result = hash_any_extended((unsigned char *) ruleset->document,
										   ruleset->document_length, PG_GETARG_INT64(1));

	PG_FREE_IF_COPY(ruleset, 0);
	return result;
}

/* The document of argument 0 and the node that argument 1 names, to be changed. */
static NtmDocumentNode *
node_to_amend(FunctionCallInfo fcinfo, NtmDocument **document)
{
	NtmRuleset *ruleset = PG_GETARG_RULESET_DOCUMENT(0);
	char	   *code = text_to_cstring(PG_GETARG_TEXT_PP(1));
	int			number;

	*document = ntm_document_read(ruleset->document, ruleset->document_length, NULL);
	number = ntm_names_find((*document)->node_numbers, code);
	if (number < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("ruleset \"%s\" has no node \"%s\"", (*document)->code, code)));
	return &(*document)->nodes[number];
}

/* Read the changed document anew, so that whatever is wrong with it is found. */
static NtmRuleset *
amended_ruleset(const NtmDocument *document)
{
	char	   *text = ntm_document_write(document);

	return ntm_ruleset_from_text(text, strlen(text), NULL);
}

/*
 * amend(ruleset, code, rule [, class]): a copy in which a node has another
 * rule, for all units or for those of a class.  Where it was delegated it is
 * no longer.  The value's source goes, since it spoke of the old rule.
 */
Datum
ntm_amend(PG_FUNCTION_ARGS)
{
	NtmRuleText *stored = PG_GETARG_RULE_P(2);
	NtmRule    *rule = ntm_rule_parse(stored->text, VARSIZE(stored) - offsetof(NtmRuleText, text),
									  NULL, NULL);
	NtmDocument *document;
	NtmDocumentNode *node = node_to_amend(fcinfo, &document);

	if (PG_NARGS() > 3)
	{
		char	   *class_code = text_to_cstring(PG_GETARG_TEXT_PP(3));
		NtmVariant *variant = ntm_document_variant(node, class_code);

		if (variant == NULL)
		{
			variant = palloc0(sizeof(NtmVariant));
			variant->class_code = class_code;
			node->variants = lappend(node->variants, variant);
		}
		variant->rule = rule;
		variant->source = NULL;
	}
	else
	{
		node->standard.rule = rule;
		node->standard.source = NULL;
		node->delegated = NULL;
	}
	PG_RETURN_POINTER(amended_ruleset(document));
}

/* drop_variant(ruleset, code, class): a copy in which a class has a node's standard rule again. */
Datum
ntm_drop_variant(PG_FUNCTION_ARGS)
{
	char	   *class_code = text_to_cstring(PG_GETARG_TEXT_PP(2));
	NtmDocument *document;
	NtmDocumentNode *node = node_to_amend(fcinfo, &document);
	NtmVariant *variant = ntm_document_variant(node, class_code);

	if (variant == NULL || variant->rule == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("node \"%s\" of ruleset \"%s\" has no variant for class \"%s\"",
						node->code, document->code, class_code)));
	node->variants = list_delete_ptr(node->variants, variant);
	PG_RETURN_POINTER(amended_ruleset(document));
}
