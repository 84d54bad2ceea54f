/*-------------------------------------------------------------------------
 *
 * fuzz.c
 *	  Inputs that libFuzzer makes up, fed to everything that reads what users
 *	  send; see README.md.
 *
 * An input's first byte says who is to read the rest.  To be refused with a
 * proper error is all right.  An accepted value must keep its promises: its
 * text and its wire form give the same value back, byte for byte, whatever it
 * is asked is answered or refused properly, and asked twice it says the same.
 * A broken promise ends the process, and libFuzzer keeps the input.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "json.h"
#include "measures.h"
#include "memory.h"
#include "ruleset.h"

#include <signal.h>

PG_FUNCTION_INFO_V1(ntm_fuzz);

extern int	LLVMFuzzerRunDriver(int *argc, char ***argv,
								int (*callback) (const uint8_t *data, size_t size));

typedef struct FuzzType
{
	const char *name;
	PGFunction	in;
	PGFunction	out;
	PGFunction	recv;
	PGFunction	send;
	PGFunction	eq;
	PGFunction	cmp;
	PGFunction	hash;
	Oid			oid;
	bool		by_value;
	int16		length;
} FuzzType;

#define DECLARE(type) \
	extern Datum ntm_##type##_in(PG_FUNCTION_ARGS); \
	extern Datum ntm_##type##_out(PG_FUNCTION_ARGS); \
	extern Datum ntm_##type##_recv(PG_FUNCTION_ARGS); \
	extern Datum ntm_##type##_send(PG_FUNCTION_ARGS); \
	extern Datum ntm_##type##_eq(PG_FUNCTION_ARGS); \
	extern Datum ntm_##type##_cmp(PG_FUNCTION_ARGS); \
	extern Datum ntm_##type##_hash(PG_FUNCTION_ARGS)

#define FUZZ_TYPE(type) { \
	.name = "ntm." #type, .in = ntm_##type##_in, .out = ntm_##type##_out, \
	.recv = ntm_##type##_recv, .send = ntm_##type##_send, \
	.eq = ntm_##type##_eq, .cmp = ntm_##type##_cmp, .hash = ntm_##type##_hash}

DECLARE(rule);
DECLARE(measures);
DECLARE(ruleset);
DECLARE(scorecard);
DECLARE(verdict);

enum
{
	RULE, MEASURES, RULESET, SCORECARD, VERDICT, TYPE_COUNT
};

/*
 * Who reads an input: 0 the JSON reader, 1 to 5 a type's text form, 6 to 10 its
 * wire form, 11 the reader of numeric.
 */
#define FIRST_WIRE_ENTRY	(1 + TYPE_COUNT)
#define NUMERIC_ENTRY		(1 + 2 * TYPE_COUNT)
#define ENTRY_COUNT			(NUMERIC_ENTRY + 1)

static FuzzType types[TYPE_COUNT] = {
	FUZZ_TYPE(rule), FUZZ_TYPE(measures), FUZZ_TYPE(ruleset), FUZZ_TYPE(scorecard), FUZZ_TYPE(verdict)
};

/* a function of the extension that SQL can call */
typedef struct FuzzFunction
{
	FmgrInfo	info;			/* the call site that is kept from input to input */
	MemoryContext context;		/* of what the call site keeps */
	char	   *name;
	bool		set;
	Oid			result;
	bool		by_value;
	int16		length;
	int			argument_count;
	Oid			arguments[FUNC_MAX_ARGS];
} FuzzFunction;

static FuzzFunction *functions;
static int	function_count;

/* what functions are called with: a first and a second argument by type */
typedef struct Values
{
	Oid			type;
	Datum		values[2];
} Values;

static Values values[TYPE_COUNT + 4];
static int	value_count;

static MemoryContext input_context;

/* for decisions of our own, from the input alone */
static uint64 random_state;

static uint32
random_below(uint32 limit)
{
	random_state = random_state * UINT64CONST(6364136223846793005) + UINT64CONST(1442695040888963407);
	return (uint32) (random_state >> 33) % limit;
}

/* ---- findings ---- */

static void
finding(const char *format,...) pg_attribute_printf(1, 2) pg_attribute_noreturn();

static void
finding(const char *format,...)
{
	va_list		arguments;

	fputs("\nntm fuzz: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputs("\n", stderr);
	abort();
}

static void
check_text(const char *what, const char *text)
{
	if (text != NULL && !pg_verifymbstr(text, strlen(text), true))
		finding("%s is not valid UTF-8: %s", what, text);
}

/* Take the current error away.  It must be an error that a user can make. */
static void
take_error(const char *where, bool allowed)
{
	ErrorData  *error;

	MemoryContextSwitchTo(input_context);
	error = CopyErrorData();
	FlushErrorState();
	if (!allowed || ERRCODE_TO_CATEGORY(error->sqlerrcode) == ERRCODE_INTERNAL_ERROR)
		finding("%s: %s: %s (%s)", where, unpack_sql_state(error->sqlerrcode),
				error->message, error->detail ? error->detail : "no detail");
	check_text("message", error->message);
	check_text("detail", error->detail);
	check_text("hint", error->hint);
}

/* ---- values ---- */

/* The place for values of a type, or NULL. */
static Values *
place_of(Oid type)
{
	for (int i = 0; i < value_count; i++)
		if (values[i].type == type)
			return &values[i];
	return NULL;
}

static void
set_values(Oid type, Datum first, Datum second)
{
	Values	   *place = place_of(type);

	if (place == NULL)
		place = &values[value_count++];
	place->type = type;
	place->values[0] = first;
	place->values[1] = second;
}

static bool
same(const FuzzType *type, Datum left, Datum right)
{
	return datumIsEqual(left, right, type->by_value, type->length);
}

/* Bytes as they come in a message: with a NUL behind them that does not count. */
static StringInfo
message(const char *data, int length)
{
	StringInfo	buffer = palloc0(sizeof(StringInfoData));

	buffer->data = palloc(length + 1);
	memcpy(buffer->data, data, length);
	buffer->data[length] = '\0';
	buffer->len = length;
	buffer->maxlen = length + 1;
	return buffer;
}

/* What every value promises; no error is allowed here. */
static void
check_value(const FuzzType *type, Datum value)
{
	char	   *text;
	bytea	   *wire;
	Datum		again;
	StringInfo	buffer;

	text = DatumGetCString(DirectFunctionCall1(type->out, value));
	check_text("text", text);
	again = DirectFunctionCall1(type->in, CStringGetDatum(text));
	if (!same(type, value, again))
		finding("%s: text %s gives another value, with text %s", type->name, text,
				DatumGetCString(DirectFunctionCall1(type->out, again)));
	if (strcmp(text, DatumGetCString(DirectFunctionCall1(type->out, again))) != 0)
		finding("%s: text %s is not written again", type->name, text);

	wire = DatumGetByteaPP(DirectFunctionCall1(type->send, value));
	buffer = message(VARDATA_ANY(wire), VARSIZE_ANY_EXHDR(wire));
	again = DirectFunctionCall1(type->recv, PointerGetDatum(buffer));
	if (!same(type, value, again) || buffer->cursor != buffer->len)
		finding("%s: the wire form of %s gives %s", type->name, text,
				DatumGetCString(DirectFunctionCall1(type->out, again)));

	if (!DatumGetBool(DirectFunctionCall2(type->eq, value, again)) ||
		DatumGetInt32(DirectFunctionCall2(type->cmp, value, again)) != 0 ||
		DirectFunctionCall1(type->hash, value) != DirectFunctionCall1(type->hash, again))
		finding("%s: %s is not equal to itself", type->name, text);
}

static const FuzzType *
find_type(Oid oid)
{
	for (int i = 0; i < TYPE_COUNT; i++)
		if (types[i].oid == oid)
			return &types[i];
	return NULL;
}

/* ---- calling whatever takes a value ---- */

/* Fill in a function's arguments; false if one is of a type we have no value of. */
static bool
set_arguments(const FuzzFunction *function, Oid wanted, FunctionCallInfo fcinfo)
{
	bool		takes_wanted = false;

	for (int i = 0; i < function->argument_count; i++)
	{
		Oid			type = function->arguments[i];
		Values	   *place = place_of(type);
		bool		again = false;

		if (place == NULL)
			return false;
		for (int j = 0; j < i; j++)
			again = again || function->arguments[j] == type;
		fcinfo->args[i].value = place->values[again];
		fcinfo->args[i].isnull = false;
		takes_wanted = takes_wanted || type == wanted;
	}
	return takes_wanted;
}

/* Read a function that returns a set to its end, as the executor would. */
static void
call_for_set(FunctionCallInfo fcinfo)
{
	ReturnSetInfo result = {.type = T_ReturnSetInfo};

	result.econtext = CreateStandaloneExprContext();
	result.allowedModes = SFRM_ValuePerCall | SFRM_Materialize;
	result.returnMode = SFRM_ValuePerCall;
	fcinfo->resultinfo = (Node *) &result;
	do
	{
		fcinfo->isnull = false;
		result.isDone = ExprSingleResult;
		FunctionCallInvoke(fcinfo);
	} while (result.returnMode == SFRM_ValuePerCall && result.isDone == ExprMultipleResult);
	if (result.setResult != NULL)
		tuplestore_end(result.setResult);
	FreeExprContext(result.econtext, true);
}

/* Call a function; false if it refuses. */
static bool
call_function(FuzzFunction *function, FunctionCallInfo fcinfo, Datum *result)
{
	volatile bool done = false;

	PG_TRY();
	{
		fcinfo->isnull = false;
		if (function->set)
			call_for_set(fcinfo);
		else
			*result = FunctionCallInvoke(fcinfo);
		done = true;
	}
	PG_CATCH();
	{
		take_error(function->name, true);
	}
	PG_END_TRY();
	return done;
}

static void
renew_call_site(FuzzFunction *function)
{
	MemoryContextReset(function->context);
	fmgr_info_cxt(function->info.fn_oid, &function->info, function->context);
}

/*
 * Call every function that takes a value of this type.  Each is called at a
 * call site that has seen other inputs, with what it remembers of them, and at
 * a new one: both must say the same.
 */
static void
call_functions(Oid wanted)
{
	for (int i = 0; i < function_count; i++)
	{
		FuzzFunction *function = &functions[i];
		LOCAL_FCINFO(fcinfo, FUNC_MAX_ARGS);
		FmgrInfo	fresh;
		Datum		kept_result = 0;
		Datum		result = 0;
		const FuzzType *type;
		bool		done;
		bool		isnull;

		InitFunctionCallInfoData(*fcinfo, &function->info, function->argument_count,
								 DEFAULT_COLLATION_OID, NULL, NULL);
		if (!set_arguments(function, wanted, fcinfo))
			continue;
		done = call_function(function, fcinfo, &kept_result);
		isnull = fcinfo->isnull;
		if (!done)
			renew_call_site(function);	/* as one does not outlive an error */
		if (function->set)
			continue;

		fmgr_info_cxt(function->info.fn_oid, &fresh, input_context);
		fcinfo->flinfo = &fresh;
		if (call_function(function, fcinfo, &result) != done || (done && isnull != fcinfo->isnull) ||
			(done && !isnull && !datumIsEqual(result, kept_result, function->by_value, function->length)))
			finding("%s does not always say the same", function->name);

		type = find_type(function->result);
		if (done && !isnull && type != NULL)
			check_value(type, result);
	}
}

/* ---- reading inputs ---- */

/* Read a value of a type; false if the input is refused. */
static bool
read_value(const FuzzType *type, bool wire, const char *data, int length, Datum *value)
{
	volatile bool accepted = false;

	PG_TRY();
	{
		StringInfo	buffer = message(data, length);

		if (wire)
			*value = DirectFunctionCall1(type->recv, PointerGetDatum(buffer));
		else
			*value = DirectFunctionCall1(type->in, CStringGetDatum(buffer->data));
		accepted = !wire || buffer->cursor == buffer->len;
	}
	PG_CATCH();
	{
		take_error(type->name, true);
	}
	PG_END_TRY();
	return accepted;
}

static Datum
new_value(int type, const char *text)
{
	return DirectFunctionCall1(types[type].in, CStringGetDatum(text));
}

/* A value that tends to matter: from FIRST_NUMBER on a number, from FIRST_PRICE on a price. */
#define FIRST_NUMBER	2
#define FIRST_PRICE		5

static int64
some_value(int first)
{
	static const int64 some[] = {
		NTM_VALUE_UNKNOWN, NTM_VALUE_NOT_APPLICABLE,
		-1, -NTM_DECIMAL_UNIT, 1 - NTM_DECIMAL_LIMIT,
		0, 1, NTM_DECIMAL_UNIT, 2 * NTM_DECIMAL_UNIT, 50 * NTM_DECIMAL_UNIT,
		100 * NTM_DECIMAL_UNIT, NTM_DECIMAL_LIMIT - 1
	};

	return some[first + random_below(lengthof(some) - first)];
}

/* Measures for a ruleset, values or prices. */
static Datum
make_measures(const NtmProgram *program, int first)
{
	NtmMeasure *items = palloc(sizeof(NtmMeasure) * program->measure_count);
	int			count = 0;

	for (int i = 0; i < program->measure_count; i++)
	{
		const char *name = ntm_program_string(program, NTM_PROGRAM_MEASURES(program)[i].name);

		if (random_below(8) == 0)
			continue;
		items[count].name = name;
		items[count].name_length = strlen(name);
		items[count].value = some_value(first);
		count++;
	}
	return PointerGetDatum(ntm_measures_build(items, count));
}

/* What functions are called with: the value that was read, and what goes with it. */
static void
choose_values(int type, Datum value)
{
	const char *code = "1";
	Datum		classes[2];

	classes[0] = classes[1] = CStringGetTextDatum("A");
	value_count = 0;
	set_values(types[VERDICT].oid, VerdictGetDatum((NtmVerdict) random_below(4)), VerdictGetDatum(NTM_MET));
	set_values(types[RULE].oid, new_value(RULE, ">= 2"), new_value(RULE, "a met or b < 3"));
	set_values(types[MEASURES].oid, new_value(MEASURES, "{\"a\": 1.5}"), new_value(MEASURES, "{\"b\": null}"));
	if (type == RULESET)
	{
		const NtmProgram *program = NTM_RULESET_PROGRAM((NtmRuleset *) DatumGetPointer(value));
		const NtmProgramNode *nodes = NTM_PROGRAM_NODES(program);
		const NtmProgramClass *declared = NTM_PROGRAM_CLASSES(program);

		code = ntm_program_string(program, nodes[random_below(program->node_count)].code);
		for (int i = 0; i < 2 && program->class_count > 0; i++)
			classes[i] = CStringGetTextDatum(ntm_program_string(program,
																declared[random_below(program->class_count)].code));
		set_values(types[MEASURES].oid, make_measures(program, 0), make_measures(program, FIRST_PRICE));
	}
	if (place_of(types[type].oid) != NULL)
		place_of(types[type].oid)->values[0] = value;
	else
		set_values(types[type].oid, value, value);

	set_values(TEXTOID, CStringGetTextDatum(code), classes[0]);
	set_values(TEXTARRAYOID,
			   PointerGetDatum(construct_array(classes, random_below(3), TEXTOID, -1, false, TYPALIGN_INT)), 0);
	set_values(INT8OID, Int64GetDatum(42), 0);
	set_values(NUMERICOID, ntm_decimal_to_numeric(some_value(FIRST_NUMBER)), 0);
}

static void
fuzz_type(int type, bool wire, const char *data, int length)
{
	Datum		value;

	if (!read_value(&types[type], wire, data, length, &value))
		return;
	check_value(&types[type], value);
	choose_values(type, value);
	call_functions(types[type].oid);

	/* what call sites remember of a ruleset is for calls with other measures */
	for (int i = 0; i < 3 && type == RULESET; i++)
	{
		choose_values(type, value);
		call_functions(types[MEASURES].oid);
	}

	/* a rule is also tried in a ruleset */
	if (type == RULE)
	{
		StringInfoData document;

		initStringInfo(&document);
		appendStringInfoString(&document, "{\"code\": \"X\", \"nodes\": [{\"code\": \"1\", \"measure\": \"own\", \"rule\": ");
		ntm_json_append_string(&document, DatumGetCString(DirectFunctionCall1(types[RULE].out, value)));
		appendStringInfoString(&document, "}, {\"code\": \"1.1\", \"rule\": \"a met\"}, {\"code\": \"1.2\", \"rule\": \"b < 3\"},"
							   " {\"code\": \"2\", \"rule\": \"c between 1 and 2\"}]}");
		fuzz_type(RULESET, false, document.data, document.len);
	}
}

/* Places within the text and never backwards; counts that are true. */
static void
check_json(const NtmJson *json, int length, int *last)
{
	int			count = 0;

	if (json->position < *last || json->position > length)
		finding("json: a value at character %d, after one at %d", json->position, *last);
	*last = json->position;
	check_text("key", json->key);
	check_text("text", json->text);
	for (const NtmJson *member = json->first; member != NULL; member = member->next)
	{
		check_json(member, length, last);
		count++;
	}
	if (count != json->count)
		finding("json: %d members instead of %d", count, json->count);
}

/* Nothing is accepted that PostgreSQL's own type json would refuse. */
static void
fuzz_json(const char *data, int length)
{
	const char *text = message(data, length)->data;
	NtmJson    *volatile json = NULL;
	int			last = 1;

	PG_TRY();
	{
		json = ntm_json_parse(text, length, "ntm.json", NULL);
	}
	PG_CATCH();
	{
		take_error("json", true);
	}
	PG_END_TRY();

	if (json != NULL)
	{
		check_json(json, length, &last);
		DirectFunctionCall1(json_in, CStringGetDatum(text));
	}
}

/* Reading a numeric as it is stored and reading its text must come to the same. */
static void
fuzz_numeric(const char *data, int length)
{
	volatile Datum numeric = 0;
	char	   *text;
	int64		value;
	int64		text_value;
	bool		accepted;
	bool		text_accepted;

	PG_TRY();
	{
		numeric = DirectFunctionCall3(numeric_in, CStringGetDatum(message(data, length)->data),
									  ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
	}
	PG_CATCH();
	{
		take_error("numeric", true);
	}
	PG_END_TRY();
	if (numeric == 0)
		return;

	text = DatumGetCString(DirectFunctionCall1(numeric_out, numeric));
	accepted = ntm_numeric_read(numeric, &value) == NTM_DECIMAL_OK;
	text_accepted = ntm_decimal_read(text, strlen(text), &text_value) == NTM_DECIMAL_OK;
	if (accepted != text_accepted)
		finding("numeric: %s is %s, its text is %s", text,
				accepted ? "accepted" : "refused", text_accepted ? "accepted" : "refused");
	if (accepted && value != text_value)
		finding("numeric: %s is read as " INT64_FORMAT ", its text as " INT64_FORMAT, text, value, text_value);
	if (accepted && !DatumGetBool(DirectFunctionCall2(numeric_eq, numeric, ntm_decimal_to_numeric(value))))
		finding("numeric: %s comes back as another number", text);
}

static void
fuzz_entry(int entry, const char *data, int length)
{
	bool		wire = entry >= FIRST_WIRE_ENTRY && entry < NUMERIC_ENTRY;

	/* of texts the server checks the encoding, receivers must do it themselves */
	if (!wire && !pg_verifymbstr(data, length, true))
		return;

	if (entry == 0)
		fuzz_json(data, length);
	else if (entry == NUMERIC_ENTRY)
		fuzz_numeric(data, length);
	else
		fuzz_type((entry - 1) % TYPE_COUNT, wire, data, length);
}

static int
fuzz_input(const uint8_t *input, size_t size)
{
	MemoryContext old;

	if (size == 0)
		return 0;
	old = MemoryContextSwitchTo(input_context);
	random_state = hash_bytes_extended(input, (int) size, 0);
	PG_TRY();
	{
		/* digits first, so that a corpus can be written by hand */
		fuzz_entry((uint8) (input[0] - '0') % ENTRY_COUNT, (const char *) input + 1, (int) size - 1);
	}
	PG_CATCH();
	{
		take_error("after the input was accepted", false);
	}
	PG_END_TRY();
	MemoryContextSwitchTo(old);
	MemoryContextReset(input_context);
	return 0;
}

/* ---- setting up ---- */

static void
find_types(void)
{
	char		align;

	for (int i = 0; i < TYPE_COUNT; i++)
	{
		types[i].oid = DatumGetObjectId(DirectFunctionCall1(regtypein, CStringGetDatum(types[i].name)));
		get_typlenbyvalalign(types[i].oid, &types[i].length, &types[i].by_value, &align);
	}
}

static Datum
column(uint64 row, int number)
{
	bool		isnull;

	return SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, number, &isnull);
}

/* All that SQL can call in the extension, but for what reads and writes values. */
static void
find_functions(void)
{
	SPI_connect();
	SPI_execute("SELECT oid, oid::regprocedure::text, proretset, prorettype, proargtypes FROM pg_proc"
				" WHERE pronamespace = 'ntm'::regnamespace AND probin IS NOT NULL"
				" AND proargtypes::oid[] <> '{}' AND prorettype <> 'cstring'::regtype"
				" AND NOT proargtypes::oid[] && '{cstring,internal}'::regtype[]::oid[] ORDER BY 2",
				true, 0);
	functions = MemoryContextAllocZero(TopMemoryContext, sizeof(FuzzFunction) * SPI_processed);
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		FuzzFunction *function = &functions[function_count++];
		oidvector  *arguments = (oidvector *) DatumGetPointer(column(row, 5));
		char		align;

		function->context = ntm_fuzz_context_create(TopMemoryContext);
		fmgr_info_cxt(DatumGetObjectId(column(row, 1)), &function->info, function->context);
		function->name = MemoryContextStrdup(TopMemoryContext, TextDatumGetCString(column(row, 2)));
		function->set = DatumGetBool(column(row, 3));
		function->result = DatumGetObjectId(column(row, 4));
		get_typlenbyvalalign(function->result, &function->length, &function->by_value, &align);
		function->argument_count = arguments->dim1;
		for (int i = 0; i < arguments->dim1; i++)
			function->arguments[i] = arguments->values[i];
	}
	SPI_finish();
}

/*
 * ntm_fuzz(arguments text[]): hand over to libFuzzer, with the arguments of
 * its command line.  At a finding libFuzzer ends the process.
 */
Datum
ntm_fuzz(PG_FUNCTION_ARGS)
{
	static const int handled[] = {SIGALRM, SIGFPE, SIGHUP, SIGINT, SIGTERM, SIGUSR1, SIGUSR2};
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	Datum	   *elements;
	char	  **arguments;
	int			count;

	find_types();
	find_functions();
	input_context = ntm_fuzz_context_create(TopMemoryContext);

	/* libFuzzer leaves signals alone that have a handler already */
	for (size_t i = 0; i < lengthof(handled); i++)
		signal(handled[i], SIG_DFL);

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements, NULL, &count);
	arguments = palloc(sizeof(char *) * (count + 2));
	arguments[0] = "ntm_fuzz";
	for (int i = 0; i < count; i++)
		arguments[i + 1] = TextDatumGetCString(elements[i]);
	arguments[count + 1] = NULL;
	count++;
	LLVMFuzzerRunDriver(&count, &arguments, fuzz_input);
	PG_RETURN_VOID();
}
