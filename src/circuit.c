/*-------------------------------------------------------------------------
 *
 * circuit.c
 *	  Lay out the rules that hold for a unit, and run them: the hot path.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "nodes/pg_list.h"

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

#define SLOT_WORD(slot) ((slot) / 64)
#define SLOT_BIT(slot)	(UINT64CONST(1) << ((slot) % 64))

/* ---- building ---- */

typedef struct Builder
{
	const NtmProgram *program;
	const int32 *rules;
	const int32 *positions;
	NtmCircuit *circuit;
	int			mask_count;
	int			item_count;
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
add_lane(Builder *builder, int slot, const NtmStep *step)
{
	NtmCircuit *circuit = builder->circuit;
	int32		position = builder->positions[step->left];

	if (position < 0)
	{
		circuit->absent[SLOT_WORD(slot)] |= SLOT_BIT(slot);
		return;
	}
	circuit->lanes[SLOT_WORD(slot)] |= SLOT_BIT(slot);
	circuit->lane_counts[SLOT_WORD(slot)] = Max(circuit->lane_counts[SLOT_WORD(slot)], slot % 64 / 8 * 8 + 8);
	circuit->positions[slot] = position;
	circuit->low[slot] = step->low;
	circuit->high[slot] = step->high;
	if (step->kind == NTM_STEP_OUTSIDE)
		circuit->outside[SLOT_WORD(slot)] |= SLOT_BIT(slot);
}

static void
add_share(Builder *builder, int slot, const NtmStep *step)
{
	NtmShare   *share = &builder->circuit->shares[builder->circuit->share_count++];

	share->slot = slot;
	share->numerator = builder->positions[step->left];
	share->denominator = builder->positions[step->right];
	share->step = step;
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
	gate->at_most = step->at_most;
	gate->listed = step->by_points;
	gate->threshold = step->kind == NTM_STEP_GATE ? step->low : 1;
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
		gate->first_word = Min(gate->first_word, word);
		last_word = Max(last_word, word);
		circuit->item_slots[builder->item_count] = slot;
		circuit->item_points[builder->item_count] = step->by_points ? steps[item].points : 1;
		builder->item_count++;
		if (step->kind == NTM_STEP_GATE)
			item -= steps[item].span;
	}
	gate->word_count = last_word - gate->first_word + 1;
	if (gate->word_count > gate->item_count + 1)
		gate->listed = true;

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
	const NtmProgramRule *rule = rule_of(builder, node);
	const NtmStep *steps = NTM_PROGRAM_STEPS(builder->program) + rule->first_step;

	/* what counts is what the overall rule scores, and it comes last */
	builder->circuit->points_gate = -1;
	for (int i = 0; i < rule->step_count; i++)
	{
		int			slot = builder->circuit->step_slots[rule->first_step + i];

		switch ((NtmStepKind) steps[i].kind)
		{
			case NTM_STEP_INTERVAL:
			case NTM_STEP_OUTSIDE:
				add_lane(builder, slot, &steps[i]);
				break;
			case NTM_STEP_SHARE:
				add_share(builder, slot, &steps[i]);
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
				builder->circuit->absent[SLOT_WORD(slot)] |= SLOT_BIT(slot);
				break;
		}
	}
}

NtmCircuit *
ntm_circuit_build(const NtmProgram *program, const int32 *rules, const int32 *positions)
{
	NtmCircuit *circuit = palloc0(sizeof(NtmCircuit));
	Builder		builder = {.program = program, .rules = rules, .positions = positions, .circuit = circuit};
	const int32 *order = NTM_PROGRAM_ORDER(program);
	int			steps = 0;
	int			lane_count;

	circuit->node_count = program->node_count;
	assign_slots(&builder);
	circuit->word_count = (circuit->slot_count + 63) / 64;
	lane_count = circuit->word_count * 64;
	circuit->positions = palloc0(sizeof(int32) * lane_count);
	circuit->low = palloc(sizeof(int64) * lane_count);
	circuit->high = palloc(sizeof(int64) * lane_count);
	circuit->lanes = palloc0(sizeof(uint64) * circuit->word_count);
	circuit->lane_counts = palloc0(sizeof(int32) * circuit->word_count);
	for (int i = 0; i < lane_count; i++)
	{
		circuit->low[i] = 1;
		circuit->high[i] = 0;
	}
	circuit->outside = palloc0(sizeof(uint64) * circuit->word_count);
	circuit->absent = palloc0(sizeof(uint64) * circuit->word_count);
	circuit->met = palloc(sizeof(uint64) * circuit->word_count);
	circuit->unknown = palloc(sizeof(uint64) * circuit->word_count);
	circuit->not_applicable = palloc(sizeof(uint64) * circuit->word_count);

	for (int node = 0; node <= program->node_count; node++)
		steps += rule_of(&builder, node)->step_count;
	circuit->shares = palloc(sizeof(NtmShare) * steps);
	circuit->gates = palloc0(sizeof(NtmGate) * steps);
	circuit->item_slots = palloc(sizeof(int32) * 2 * steps);
	circuit->item_points = palloc(sizeof(int32) * 2 * steps);
	/* a mask has at most one word more than its gate has items */
	circuit->masks = palloc(sizeof(uint64) * 3 * steps);
	builder.mask = palloc0(sizeof(uint64) * circuit->word_count);

	for (int i = 0; i <= program->node_count; i++)
		add_rule(&builder, order[i]);
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
run_shares(NtmCircuit *circuit, const int64 *values)
{
	for (int i = 0; i < circuit->share_count; i++)
	{
		const NtmShare *share = &circuit->shares[i];
		int64		numerator = share->numerator >= 0 ? values[share->numerator] : NTM_VALUE_UNKNOWN;
		int64		denominator = share->denominator >= 0 ? values[share->denominator] : NTM_VALUE_UNKNOWN;

		set_verdict(circuit, share->slot, ntm_share_verdict(share->step, numerator, denominator));
	}
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
static inline NtmVerdict
gate_verdict(const NtmGate *gate, int64 met, int64 unknown, bool all_not_applicable)
{
	bool		surely = gate->at_most ? met + unknown <= gate->threshold : met >= gate->threshold;
	bool		never = gate->at_most ? met > gate->threshold : met + unknown < gate->threshold;

	if (gate->inverted)
	{
		if (surely)
			return NTM_NOT_MET;
		return never ? NTM_MET : NTM_UNKNOWN;
	}
	if (surely)
		return all_not_applicable ? NTM_NOT_APPLICABLE : NTM_MET;
	return never ? NTM_NOT_MET : NTM_UNKNOWN;
}

/*
 * All comparisons at once, then the gates.  A value that is no number is below
 * every bound, so it is never inside an interval.
 */
FOR_SEVERAL_PROCESSORS
static void
run_circuit(NtmCircuit *circuit, const int64 *values)
{
#define BITS8(n) UINT64CONST(1) << (n), UINT64CONST(1) << ((n) + 1), \
	UINT64CONST(1) << ((n) + 2), UINT64CONST(1) << ((n) + 3), \
	UINT64CONST(1) << ((n) + 4), UINT64CONST(1) << ((n) + 5), \
	UINT64CONST(1) << ((n) + 6), UINT64CONST(1) << ((n) + 7)
	static const uint64 bits[64] = {
		BITS8(0), BITS8(8), BITS8(16), BITS8(24), BITS8(32), BITS8(40), BITS8(48), BITS8(56)
	};

	for (int word = 0; word < circuit->word_count; word++)
	{
		const int32 *positions = circuit->positions + word * 64;
		const int64 *low = circuit->low + word * 64;
		const int64 *high = circuit->high + word * 64;
		int			lane_count = circuit->lane_counts[word];
		uint64		inside = 0;
		uint64		unknown = 0;
		uint64		not_applicable = 0;

		for (int i = 0; i < lane_count; i++)
		{
			int64		value = values[positions[i]];

			inside |= ((value >= low[i]) & (value <= high[i])) ? bits[i] : 0;
			unknown |= value == NTM_VALUE_UNKNOWN ? bits[i] : 0;
			not_applicable |= value == NTM_VALUE_NOT_APPLICABLE ? bits[i] : 0;
		}

		/* lanes without a comparison read some value or other; drop them */
		not_applicable &= circuit->lanes[word];
		unknown = (unknown & circuit->lanes[word]) | circuit->absent[word];
		circuit->met[word] = ((inside ^ circuit->outside[word]) & ~unknown) | not_applicable;
		circuit->unknown[word] = unknown;
		circuit->not_applicable[word] = not_applicable;
	}

	if (circuit->share_count > 0)
		run_shares(circuit, values);

	for (int g = 0; g < circuit->gate_count; g++)
	{
		const NtmGate *gate = &circuit->gates[g];
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

				met += __builtin_popcountll(circuit->met[word] & mask);
				unknown += __builtin_popcountll(circuit->unknown[word] & mask);
				applicable |= mask & ~circuit->not_applicable[word];
			}
		set_verdict(circuit, gate->slot, gate_verdict(gate, met, unknown, applicable == 0));
	}
}

void
ntm_circuit_run(NtmCircuit *circuit, const int64 *values, int value_count)
{
	static const int64 nothing = NTM_VALUE_UNKNOWN;

	/* lanes without a comparison read the first value, so there must be one */
	run_circuit(circuit, value_count > 0 ? values : &nothing);
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
