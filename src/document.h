/*-------------------------------------------------------------------------
 *
 * document.h
 *	  The document of a ruleset: read from JSON, checked, written canonically.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_DOCUMENT_H
#define NTM_DOCUMENT_H

#include "ntm.h"

#include "nodes/pg_list.h"

#include "json.h"
#include "names.h"
#include "rule.h"

#define NTM_MAX_NODES			4096
#define NTM_MAX_CLASSES			1024
#define NTM_MAX_STEPS			262144	/* conditions over all rules of a ruleset */
#define NTM_MAX_DOCUMENT_LENGTH	(4 * 1024 * 1024)	/* bytes of its JSON text */

/* a rule for one class of units, or for all the others */
typedef struct NtmVariant
{
	char	   *class_code;		/* NULL: the default */
	NtmRule    *rule;			/* NULL: none given */
	char	   *source;			/* where the value comes from, or NULL */
} NtmVariant;

typedef struct NtmDocumentNode
{
	char	   *code;
	char	   *title;
	char	   *parent_code;	/* as given by "parent", or NULL */
	bool		parent_given;	/* "parent" is there, be it null */
	char	   *measure;
	char	   *unit;
	char	   *delegated;		/* who is to set the requirement */
	char	   *cite;
	NtmVariant	standard;		/* "rule" and "source" */
	List	   *variants;		/* of NtmVariant, sorted by class */
	int			parent;			/* index, or -1 */
	List	   *children;		/* int list of indexes, in document order */
	NtmRule    *effective;		/* the standard rule, made up if none is given */
} NtmDocumentNode;

/* a class or a measure that the document declares */
typedef struct NtmDeclaration
{
	char	   *name;
	char	   *title;
	char	   *unit;
} NtmDeclaration;

typedef struct NtmDocument
{
	char	   *code;
	char	   *title;
	char	   *cite;
	NtmRule    *rule;			/* NULL: all of (*) */
	List	   *classes;		/* of NtmDeclaration, sorted */
	bool		classes_given;
	List	   *measures;		/* of NtmDeclaration, sorted */
	bool		measures_given;
	NtmDocumentNode *nodes;
	int			node_count;
	List	   *children;		/* int list: the criteria */
	NtmRule    *effective;		/* the overall rule */
	NtmNames   *node_numbers;	/* code -> index */
	int		   *order;			/* node indexes, what is referred to first */
} NtmDocument;

/* Read and check a document; NULL after a soft error. */
extern NtmDocument *ntm_document_read(const char *text, int length, struct Node *escontext);

/* The canonical text. */
extern char *ntm_document_write(const NtmDocument *document);

/* What a node has for a class, be it only a source; NULL if nothing. */
extern NtmVariant *ntm_document_variant(const NtmDocumentNode *node, const char *class_code);

/* The code without its last dotted part, palloc'd; NULL if there is no dot. */
extern char *ntm_code_prefix(const char *code);

#endif							/* NTM_DOCUMENT_H */
