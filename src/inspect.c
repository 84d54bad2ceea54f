/*-------------------------------------------------------------------------
 *
 * inspect.c
 *	  What is inside a ruleset: nodes, requirements, measures, classes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "row.h"
#include "ruleset.h"

PG_FUNCTION_INFO_V1(ntm_ruleset_code);
PG_FUNCTION_INFO_V1(ntm_ruleset_title);
PG_FUNCTION_INFO_V1(ntm_ruleset_fingerprint);
PG_FUNCTION_INFO_V1(ntm_nodes);
PG_FUNCTION_INFO_V1(ntm_requirements);
PG_FUNCTION_INFO_V1(ntm_declared_measures);
PG_FUNCTION_INFO_V1(ntm_class_titles);
PG_FUNCTION_INFO_V1(ntm_ruleset_variables);
PG_FUNCTION_INFO_V1(ntm_classes);

/* A string of the program as text in a row under construction, 0 as NULL. */
static void
set_string(Datum *values, bool *nulls, int column, const NtmProgram *program, uint32 string)
{
	ntm_set_text(values, nulls, column, ntm_program_string(program, string));
}

/* ruleset_code(ruleset): the code of the set, such as VN-XA-2016. */
Datum
ntm_ruleset_code(PG_FUNCTION_ARGS)
{
	const NtmProgram *program = NTM_RULESET_PROGRAM(PG_GETARG_RULESET_P(0));

	PG_RETURN_TEXT_P(cstring_to_text(ntm_program_string(program, program->code)));
}

/* ruleset_title(ruleset): the title of the set, NULL if it has none. */
Datum
ntm_ruleset_title(PG_FUNCTION_ARGS)
{
	const NtmProgram *program = NTM_RULESET_PROGRAM(PG_GETARG_RULESET_P(0));

	if (program->title == 0)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(ntm_program_string(program, program->title)));
}

/* fingerprint(ruleset): what scorecards show under "ruleset". */
Datum
ntm_ruleset_fingerprint(PG_FUNCTION_ARGS)
{
	NtmRuleset *ruleset = PG_GETARG_RULESET_P(0);
	char		digits[2 * NTM_DIGEST_SIZE];

	hex_encode((char *) ruleset->fingerprint, NTM_DIGEST_SIZE, digits);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(digits, sizeof(digits)));
}

/* nodes(ruleset): a row per node, in document order. */
Datum
ntm_nodes(PG_FUNCTION_ARGS)
{
	const NtmProgram *program = NTM_RULESET_PROGRAM(PG_GETARG_RULESET_P(0));
	const NtmProgramNode *nodes = NTM_PROGRAM_NODES(program);
	const NtmProgramRule *rules = NTM_PROGRAM_RULES(program);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < program->node_count; i++)
	{
		const NtmProgramNode *node = &nodes[i];
		const NtmProgramRule *rule = &rules[node->first_rule];
		Datum		values[10];
		bool		nulls[10] = {0};

		values[0] = Int32GetDatum(i + 1);
		set_string(values, nulls, 1, program, node->code);
		set_string(values, nulls, 2, program, node->parent >= 0 ? nodes[node->parent].code : 0);
		set_string(values, nulls, 3, program, node->title);
		set_string(values, nulls, 4, program, node->measure);
		set_string(values, nulls, 5, program, node->unit);
		set_string(values, nulls, 6, program, rule->text);
		set_string(values, nulls, 7, program, node->delegated);
		set_string(values, nulls, 8, program, node->cite);
		set_string(values, nulls, 9, program, rule->source);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * requirements(ruleset): a row per node and class; class NULL for the standard
 * rule.  A class with a source but no rule of its own has the standard rule.
 */
Datum
ntm_requirements(PG_FUNCTION_ARGS)
{
	const NtmProgram *program = NTM_RULESET_PROGRAM(PG_GETARG_RULESET_P(0));
	const NtmProgramNode *nodes = NTM_PROGRAM_NODES(program);
	const NtmProgramRule *rules = NTM_PROGRAM_RULES(program);
	const NtmProgramClass *classes = NTM_PROGRAM_CLASSES(program);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < program->node_count; i++)
	{
		const NtmProgramRule *standard = &rules[nodes[i].first_rule];

		for (int r = 0; r < nodes[i].rule_count; r++)
		{
			const NtmProgramRule *rule = &standard[r];
			Datum		values[4];
			bool		nulls[4] = {0};

			set_string(values, nulls, 0, program, nodes[i].code);
			set_string(values, nulls, 1, program,
					   rule->class_number >= 0 ? classes[rule->class_number].code : 0);
			set_string(values, nulls, 2, program, rule->step_count > 0 ? rule->text : standard->text);
			set_string(values, nulls, 3, program, rule->source);
			tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		}
	}
	return (Datum) 0;
}

/* declared_measures(ruleset): every measure the set needs, with title and unit. */
Datum
ntm_declared_measures(PG_FUNCTION_ARGS)
{
	const NtmProgram *program = NTM_RULESET_PROGRAM(PG_GETARG_RULESET_P(0));
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < program->measure_count; i++)
	{
		const NtmProgramMeasure *measure = &NTM_PROGRAM_MEASURES(program)[i];
		Datum		values[3];
		bool		nulls[3];

		set_string(values, nulls, 0, program, measure->name);
		set_string(values, nulls, 1, program, measure->title);
		set_string(values, nulls, 2, program, measure->unit);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* class_titles(ruleset): every class the set knows, with its title. */
Datum
ntm_class_titles(PG_FUNCTION_ARGS)
{
	const NtmProgram *program = NTM_RULESET_PROGRAM(PG_GETARG_RULESET_P(0));
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < program->class_count; i++)
	{
		const NtmProgramClass *known = &NTM_PROGRAM_CLASSES(program)[i];
		Datum		values[2];
		bool		nulls[2];

		set_string(values, nulls, 0, program, known->code);
		set_string(values, nulls, 1, program, known->title);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* variables(ruleset): names of all measures, sorted. */
Datum
ntm_ruleset_variables(PG_FUNCTION_ARGS)
{
	const NtmProgram *program = NTM_RULESET_PROGRAM(PG_GETARG_RULESET_P(0));
	Datum	   *names = palloc(sizeof(Datum) * Max(program->measure_count, 1));

	for (int i = 0; i < program->measure_count; i++)
		names[i] = CStringGetTextDatum(ntm_program_string(program, NTM_PROGRAM_MEASURES(program)[i].name));
	PG_RETURN_ARRAYTYPE_P(construct_array(names, program->measure_count, TEXTOID, -1, false, TYPALIGN_INT));
}

/* classes(ruleset): codes of all classes, sorted. */
Datum
ntm_classes(PG_FUNCTION_ARGS)
{
	const NtmProgram *program = NTM_RULESET_PROGRAM(PG_GETARG_RULESET_P(0));
	Datum	   *codes = palloc(sizeof(Datum) * Max(program->class_count, 1));

	for (int i = 0; i < program->class_count; i++)
		codes[i] = CStringGetTextDatum(ntm_program_string(program, NTM_PROGRAM_CLASSES(program)[i].code));
	PG_RETURN_ARRAYTYPE_P(construct_array(codes, program->class_count, TEXTOID, -1, false, TYPALIGN_INT));
}
