/*-------------------------------------------------------------------------
 *
 * circuit.c
 *	  Lay out the rules that hold for a unit, and run them: the hot path.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "nodes/pg_list.h"
#include "port/pg_bitutils.h"

#include "circuit.h"
#include "condition.h"

/*
 * The same C, compiled for several processors and chosen by the loader; the
 * results are the same to the bit.  Where the compiler or the platform cannot
 * do that, there is one version.
 */
#if defined(__x86_64__) && defined(__GNUC__) && defined(__linux__) && defined(__GLIBC__)
#define FOR_SEVERAL_PROCESSORS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_SEVERAL_PROCESSORS
#endif

/* one instruction, where the version compiled has it */
#ifdef HAVE__BUILTIN_POPCOUNT
#define COUNT_BITS(word) __builtin_popcountll(word)
#else
#define COUNT_BITS(word) pg_popcount64(word)
#endif

#define SLOT_WORD(slot) ((slot) / 64)
#define SLOT_BIT(slot)	(UINT64CONST(1) << ((slot) % 64))

/* ---- building ---- */

typedef struct Builder
{
	const NtmProgram *program;
	const int32 *rules;
	NtmCircuit *circuit;
	int			mask_count;
	int			item_count;
	int32	   *levels;			/* by slot: 0 for what is no gate */
	uint64	   *mask;			/* of the gate under construction */
} Builder;

static const NtmProgramRule *
rule_of(const Builder *builder, int node)
{
	return &NTM_PROGRAM_RULES(builder->program)[builder->rules[node]];
}

/*
 * Give every step of the rules in use a slot: the last step of a rule has its
 * node's, a reference that of the node it names, all others one of their own.
 */
static void
assign_slots(Builder *builder)
{
	const NtmProgram *program = builder->program;
	NtmCircuit *circuit = builder->circuit;

	circuit->step_slots = palloc(sizeof(int32) * program->step_count);
	memset(circuit->step_slots, 0xFF, sizeof(int32) * program->step_count);
	circuit->slot_count = program->node_count + 1;
	for (int node = 0; node <= program->node_count; node++)
	{
		const NtmProgramRule *rule = rule_of(builder, node);
		const NtmStep *steps = NTM_PROGRAM_STEPS(program) + rule->first_step;

		for (int i = 0; i < rule->step_count; i++)
		{
			int32	   *slot = &circuit->step_slots[rule->first_step + i];

			if (i == rule->step_count - 1)
				*slot = node;
			else if (steps[i].kind == NTM_STEP_NODE)
				*slot = steps[i].left;
			else
				*slot = circuit->slot_count++;
		}
	}
}

static void
add_comparison(NtmCircuit *circuit, int slot, const NtmStep *step)
{
	if (step->kind == NTM_STEP_INTERVAL && circuit->slots[step->left] < 0)
	{
		circuit->low[step->left] = step->low;
		circuit->high[step->left] = step->high;
		circuit->slots[step->left] = slot;
		circuit->compared[SLOT_WORD(slot)] |= SLOT_BIT(slot);
		return;
	}
	circuit->others[circuit->other_count].slot = slot;
	circuit->others[circuit->other_count].step = step;
	circuit->other_count++;
}

/*
 * A gate over the conditions that end before a step.  Most are counted by a
 * mask.  Item by item are counted those by points, those in which an item
 * occurs twice, which a mask cannot say, and those whose items lie so far
 * apart that the mask would have more words than items.
 */
static void
add_gate(Builder *builder, const NtmProgramRule *rule, int last)
{
	NtmCircuit *circuit = builder->circuit;
	const NtmStep *steps = NTM_PROGRAM_STEPS(builder->program) + rule->first_step;
	const NtmStep *step = &steps[last];
	NtmGate    *gate = &circuit->gates[circuit->gate_count++];
	int			item = last - 1;
	int			last_word = 0;

	gate->slot = circuit->step_slots[rule->first_step + last];
	gate->inverted = step->kind == NTM_STEP_NOT;
	gate->opposite = gate->inverted || step->at_most;
	gate->listed = step->by_points;
	gate->threshold = step->kind != NTM_STEP_GATE ? 1 : step->at_most ? step->low + 1 : step->low;
	gate->first_item = builder->item_count;
	gate->item_count = step->kind == NTM_STEP_GATE ? step->left : 1;
	gate->first_word = circuit->word_count - 1;
	if (step->by_points)
		circuit->points_gate = circuit->gate_count - 1;

	for (int i = 0; i < gate->item_count; i++)
	{
		/* a rule that is nothing but a reference is a gate of one item */
		int			slot = step->kind == NTM_STEP_NODE ? step->left : circuit->step_slots[rule->first_step + item];
		int			word = SLOT_WORD(slot);

		if (builder->mask[word] & SLOT_BIT(slot))
			gate->listed = true;
		builder->mask[word] |= SLOT_BIT(slot);
		gate->level = Max(gate->level, builder->levels[slot] + 1);
		gate->first_word = Min(gate->first_word, word);
		last_word = Max(last_word, word);
		circuit->item_slots[builder->item_count] = slot;
		circuit->item_points[builder->item_count] = step->by_points ? steps[item].points : 1;
		builder->item_count++;
		if (step->kind == NTM_STEP_GATE)
			item -= steps[item].span;
	}
	builder->levels[gate->slot] = gate->level;
	gate->word_count = last_word - gate->first_word + 1;
	if (gate->word_count > gate->item_count + 1)
		gate->listed = true;
	gate->all = !gate->opposite && !gate->listed && gate->threshold == gate->item_count;

	if (!gate->listed)
	{
		gate->mask = builder->mask_count;
		memcpy(circuit->masks + gate->mask, builder->mask + gate->first_word, sizeof(uint64) * gate->word_count);
		builder->mask_count += gate->word_count;
	}
	for (int i = gate->first_item; i < builder->item_count; i++)
		builder->mask[SLOT_WORD(circuit->item_slots[i])] = 0;
}

static void
add_rule(Builder *builder, int node)
{
	NtmCircuit *circuit = builder->circuit;
	const NtmProgramRule *rule = rule_of(builder, node);
	const NtmStep *steps = NTM_PROGRAM_STEPS(builder->program) + rule->first_step;

	/* what counts is what the overall rule scores, and it comes last */
	circuit->points_gate = -1;
	for (int i = 0; i < rule->step_count; i++)
	{
		int			slot = circuit->step_slots[rule->first_step + i];

		switch ((NtmStepKind) steps[i].kind)
		{
			case NTM_STEP_INTERVAL:
			case NTM_STEP_OUTSIDE:
			case NTM_STEP_SHARE:
				add_comparison(circuit, slot, &steps[i]);
				break;
			case NTM_STEP_NODE:
				if (i == rule->step_count - 1)
					add_gate(builder, rule, i);
				break;
			case NTM_STEP_NOT:
			case NTM_STEP_GATE:
				add_gate(builder, rule, i);
				break;
			case NTM_STEP_UNKNOWN:
				circuit->delegated[SLOT_WORD(slot)] |= SLOT_BIT(slot);
				break;
		}
	}
}

static bool
fits_batch(const NtmGate *gate)
{
	return !gate->listed && gate->word_count == 1;
}

/*
 * The order in which gates are run: by level, and within a level those first
 * that do not fit into a batch, then batch by batch.
 */
static int
compare_gates(const void *left, const void *right)
{
	const NtmGate *a = *(NtmGate *const *) left;
	const NtmGate *b = *(NtmGate *const *) right;

#define COMPARE(x, y) if ((x) != (y)) return (x) < (y) ? -1 : 1
	COMPARE(a->level, b->level);
	COMPARE(fits_batch(a), fits_batch(b));
	COMPARE(a->all, b->all);
	COMPARE(a->first_word, b->first_word);
	COMPARE(SLOT_WORD(a->slot), SLOT_WORD(b->slot));
	COMPARE(a->slot, b->slot);
#undef COMPARE
	return 0;
}

static bool
same_batch(const NtmGate *a, const NtmGate *b)
{
	return a->level == b->level && a->all == b->all &&
		a->first_word == b->first_word && SLOT_WORD(a->slot) == SLOT_WORD(b->slot);
}

static void
arrange_gates(NtmCircuit *circuit)
{
	int			count = circuit->gate_count;
	NtmGate   **order = palloc(sizeof(NtmGate *) * count);
	NtmBatch   *batch = NULL;
	int			batch_count = 0;

	circuit->stages = palloc(sizeof(NtmStage) * count);
	circuit->batches = palloc0(sizeof(NtmBatch) * count);
	circuit->batch_masks = palloc(sizeof(uint64) * count);
	circuit->batch_bits = palloc(sizeof(uint64) * count);
	circuit->batch_thresholds = palloc(sizeof(int32) * count);

	for (int i = 0; i < count; i++)
		order[i] = &circuit->gates[i];
	qsort(order, count, sizeof(NtmGate *), compare_gates);
	for (int i = 0; i < count; i++)
	{
		const NtmGate *gate = order[i];

		if (!fits_batch(gate))
		{
			circuit->stages[circuit->stage_count].is_batch = false;
			circuit->stages[circuit->stage_count++].number = gate - circuit->gates;
			batch = NULL;
			continue;
		}
		if (batch == NULL || !same_batch(order[i - 1], gate))
		{
			circuit->stages[circuit->stage_count].is_batch = true;
			circuit->stages[circuit->stage_count++].number = batch_count;
			batch = &circuit->batches[batch_count++];
			batch->all = gate->all;
			batch->from_word = gate->first_word;
			batch->to_word = SLOT_WORD(gate->slot);
			batch->first = i;
		}
		circuit->batch_masks[i] = circuit->masks[gate->mask];
		circuit->batch_bits[i] = SLOT_BIT(gate->slot);
		/* no more than 64 items: whoever asks for more asks for too many */
		circuit->batch_thresholds[i] = (int32) Min(gate->threshold, 65);
		if (gate->opposite)
			batch->opposite |= SLOT_BIT(gate->slot);
		if (gate->inverted)
			batch->inverted |= SLOT_BIT(gate->slot);
		batch->count++;
	}
	pfree(order);
}

NtmCircuit *
ntm_circuit_build(const NtmProgram *program, const int32 *rules)
{
	NtmCircuit *circuit = palloc0(sizeof(NtmCircuit));
	Builder		builder = {.program = program, .rules = rules, .circuit = circuit};
	const int32 *order = NTM_PROGRAM_ORDER(program);
	int			measure_count = program->measure_count;
	int			steps = 0;

	circuit->node_count = program->node_count;
	assign_slots(&builder);
	circuit->word_count = (circuit->slot_count + 63) / 64;
	circuit->measure_count = measure_count;
	circuit->low = palloc(sizeof(int64) * Max(measure_count, 1));
	circuit->high = palloc(sizeof(int64) * Max(measure_count, 1));
	circuit->slots = palloc(sizeof(int32) * Max(measure_count, 1));
	for (int i = 0; i < measure_count; i++)
	{
		circuit->low[i] = PG_INT64_MIN;
		circuit->high[i] = PG_INT64_MAX;
		circuit->slots[i] = -1;
	}
	circuit->compared = palloc0(sizeof(uint64) * circuit->word_count);
	circuit->delegated = palloc0(sizeof(uint64) * circuit->word_count);
	circuit->met = palloc(sizeof(uint64) * circuit->word_count);
	circuit->unknown = palloc(sizeof(uint64) * circuit->word_count);
	circuit->not_applicable = palloc(sizeof(uint64) * circuit->word_count);

	for (int node = 0; node <= program->node_count; node++)
		steps += rule_of(&builder, node)->step_count;
	circuit->others = palloc(sizeof(NtmComparisonSlot) * steps);
	circuit->gates = palloc0(sizeof(NtmGate) * steps);
	circuit->item_slots = palloc(sizeof(int32) * 2 * steps);
	circuit->item_points = palloc(sizeof(int32) * 2 * steps);
	/* a mask has at most one word more than its gate has items */
	circuit->masks = palloc(sizeof(uint64) * 3 * steps);
	builder.mask = palloc0(sizeof(uint64) * circuit->word_count);
	builder.levels = palloc0(sizeof(int32) * circuit->slot_count);

	for (int i = 0; i <= program->node_count; i++)
		add_rule(&builder, order[i]);
	arrange_gates(circuit);
	pfree(builder.mask);
	pfree(builder.levels);
	return circuit;
}

/* ---- running ---- */

static void
set_verdict(NtmCircuit *circuit, int slot, NtmVerdict verdict)
{
	uint64		bit = SLOT_BIT(slot);
	int			word = SLOT_WORD(slot);

	if (NTM_COUNTS_AS_MET(verdict))
		circuit->met[word] |= bit;
	else if (verdict == NTM_UNKNOWN)
		circuit->unknown[word] |= bit;
	if (verdict == NTM_NOT_APPLICABLE)
		circuit->not_applicable[word] |= bit;
}

static void
count_items(const NtmCircuit *circuit, const NtmGate *gate, int64 *met, int64 *unknown, uint64 *applicable)
{
	*met = 0;
	*unknown = 0;
	*applicable = 0;
	for (int i = gate->first_item; i < gate->first_item + gate->item_count; i++)
	{
		int			word = SLOT_WORD(circuit->item_slots[i]);
		uint64		bit = SLOT_BIT(circuit->item_slots[i]);

		if (circuit->met[word] & bit)
			*met += circuit->item_points[i];
		else if (circuit->unknown[word] & bit)
			*unknown += circuit->item_points[i];
		*applicable |= bit & ~circuit->not_applicable[word];
	}
}

/*
 * Kleene's logic for counts: what is met counts for sure, what is unknown may
 * still count.  A gate that holds with nothing but what is not applicable is
 * not applicable itself.
 */
static NtmVerdict
gate_verdict(const NtmGate *gate, int64 met, int64 unknown, bool all_not_applicable)
{
	bool		surely = met >= gate->threshold;
	bool		possibly = met + unknown >= gate->threshold;

	if (gate->opposite)
	{
		bool		was_sure = surely;

		surely = !possibly;
		possibly = !was_sure;
	}
	if (surely)
		return all_not_applicable && !gate->inverted ? NTM_NOT_APPLICABLE : NTM_MET;
	return possibly ? NTM_UNKNOWN : NTM_NOT_MET;
}

static void
run_gate(NtmCircuit *circuit, const NtmGate *gate)
{
	uint64		applicable = 0;
	int64		met = 0;
	int64		unknown = 0;

	if (gate->listed)
		count_items(circuit, gate, &met, &unknown, &applicable);
	else
		for (int i = 0; i < gate->word_count; i++)
		{
			int			word = gate->first_word + i;
			uint64		mask = circuit->masks[gate->mask + i];

			met += pg_popcount64(circuit->met[word] & mask);
			unknown += pg_popcount64(circuit->unknown[word] & mask);
			applicable |= mask & ~circuit->not_applicable[word];
		}
	set_verdict(circuit, gate->slot, gate_verdict(gate, met, unknown, applicable == 0));
}

/* The same for a gate that needs all its items: nothing needs to be counted. */
static inline void
run_all(NtmCircuit *circuit, const NtmGate *gate)
{
	uint64		lacking = 0;
	uint64		failing = 0;
	uint64		applicable = 0;

	for (int i = 0; i < gate->word_count; i++)
	{
		int			word = gate->first_word + i;
		uint64		unmet = circuit->masks[gate->mask + i] & ~circuit->met[word];

		lacking |= unmet;
		failing |= unmet & ~circuit->unknown[word];
		applicable |= circuit->masks[gate->mask + i] & ~circuit->not_applicable[word];
	}
	if (failing != 0)
		return;
	set_verdict(circuit, gate->slot, lacking != 0 ? NTM_UNKNOWN : applicable == 0 ? NTM_NOT_APPLICABLE : NTM_MET);
}

/*
 * The gates of a batch: those that hold for sure, those that may hold, and
 * those with no item that applies.
 */
static pg_attribute_always_inline void
run_batch(NtmCircuit *circuit, const NtmBatch *batch)
{
	const uint64 *masks = circuit->batch_masks + batch->first;
	const uint64 *bits = circuit->batch_bits + batch->first;
	const int32 *thresholds = circuit->batch_thresholds + batch->first;
	int			count = batch->count;
	uint64		met = circuit->met[batch->from_word];
	uint64		unknown = circuit->unknown[batch->from_word];
	uint64		applicable = ~circuit->not_applicable[batch->from_word];
	uint64		surely = 0;
	uint64		possibly = 0;
	uint64		none_applicable = 0;

	if (batch->all)
		for (int i = 0; i < count; i++)
		{
			surely |= (masks[i] & ~met) == 0 ? bits[i] : 0;
			possibly |= (masks[i] & ~(met | unknown)) == 0 ? bits[i] : 0;
			none_applicable |= (masks[i] & applicable) == 0 ? bits[i] : 0;
		}
	else
	{
		uint64		was_sure;

		for (int i = 0; i < count; i++)
		{
			int			met_count = COUNT_BITS(masks[i] & met);
			int			unknown_count = COUNT_BITS(masks[i] & unknown);

			surely |= met_count >= thresholds[i] ? bits[i] : 0;
			possibly |= met_count + unknown_count >= thresholds[i] ? bits[i] : 0;
			none_applicable |= (masks[i] & applicable) == 0 ? bits[i] : 0;
		}
		was_sure = surely;
		surely = (surely & ~batch->opposite) | (~possibly & batch->opposite);
		possibly = (possibly & ~batch->opposite) | (~was_sure & batch->opposite);
		none_applicable &= ~batch->inverted;
	}

	circuit->met[batch->to_word] |= surely;
	circuit->unknown[batch->to_word] |= possibly & ~surely;
	circuit->not_applicable[batch->to_word] |= none_applicable & surely;
}

/*
 * Compare up to 64 measures; the result has a bit for each that is not inside
 * its interval.  What is no number is below every bound.
 */
static pg_attribute_always_inline uint64
find_outside(const int64 *values, const int64 *low, const int64 *high, int count)
{
#define BITS8(n) UINT64CONST(1) << (n), UINT64CONST(1) << ((n) + 1), \
	UINT64CONST(1) << ((n) + 2), UINT64CONST(1) << ((n) + 3), \
	UINT64CONST(1) << ((n) + 4), UINT64CONST(1) << ((n) + 5), \
	UINT64CONST(1) << ((n) + 6), UINT64CONST(1) << ((n) + 7)
	static const uint64 bits[64] = {
		BITS8(0), BITS8(8), BITS8(16), BITS8(24), BITS8(32), BITS8(40), BITS8(48), BITS8(56)
	};
	uint64		outside = 0;

	for (int i = 0; i < count; i++)
		outside |= ((values[i] < low[i]) | (values[i] > high[i])) ? bits[i] : 0;
	return outside;
}

/*
 * Most of what is compared is met, so that is where this starts; what is not
 * inside its interval is then looked at one by one.
 */
FOR_SEVERAL_PROCESSORS
static void
run_circuit(NtmCircuit *circuit, const int64 *values)
{
	for (int word = 0; word < circuit->word_count; word++)
	{
		circuit->met[word] = circuit->compared[word];
		circuit->unknown[word] = circuit->delegated[word];
		circuit->not_applicable[word] = 0;
	}

	for (int first = 0; first < circuit->measure_count; first += 64)
	{
		uint64		outside = find_outside(values + first, circuit->low + first, circuit->high + first,
										   Min(circuit->measure_count - first, 64));

		while (outside != 0)
		{
			int			measure = first + pg_rightmost_one_pos64(outside);
			int			slot = circuit->slots[measure];

			outside &= outside - 1;
			if (values[measure] == NTM_VALUE_NOT_APPLICABLE)
				circuit->not_applicable[SLOT_WORD(slot)] |= SLOT_BIT(slot);
			else
				circuit->met[SLOT_WORD(slot)] &= ~SLOT_BIT(slot);
			if (values[measure] == NTM_VALUE_UNKNOWN)
				circuit->unknown[SLOT_WORD(slot)] |= SLOT_BIT(slot);
		}
	}

	for (int i = 0; i < circuit->other_count; i++)
		set_verdict(circuit, circuit->others[i].slot, ntm_condition_verdict(circuit->others[i].step, values));

	for (int i = 0; i < circuit->stage_count; i++)
	{
		const NtmStage *stage = &circuit->stages[i];

		if (stage->is_batch)
			run_batch(circuit, &circuit->batches[stage->number]);
		else if (circuit->gates[stage->number].all)
			run_all(circuit, &circuit->gates[stage->number]);
		else
			run_gate(circuit, &circuit->gates[stage->number]);
	}
}

void
ntm_circuit_run(NtmCircuit *circuit, const int64 *values)
{
	run_circuit(circuit, values);
}

bool
ntm_circuit_points(const NtmCircuit *circuit, int64 *earned, int64 *possible)
{
	int64		unknown;
	uint64		applicable;

	if (circuit->points_gate < 0)
		return false;
	count_items(circuit, &circuit->gates[circuit->points_gate], earned, &unknown, &applicable);
	*possible = *earned + unknown;
	return true;
}
