# ntm: build, install and test.
#
#   make, make install, make installcheck    as for any PGXS extension;
#                                            PG_CONFIG=... chooses the server
#   make demo [KEEP=1], make demo-stop       on Debian: set up, build, install,
#   make test                                and run in a throw-away server
#   make properties [ROUNDS=...]             generated cases, one seed after another
#   make bench [UNITS=... RUNS=...]          measure; bench/README.md
#   make fuzz [RUNS=... SEED=... INPUT=...]  look for crashes; test/fuzz/README.md

PG_CONFIG ?= pg_config

EXTENSION = ntm
MODULE_big = ntm
# The version is written once, in the control file.
NTM_VERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" ntm.control)

OBJS = $(addprefix src/, \
	json.o names.o digest.o decimal.o verdict.o layout.o measures.o measures_agg.o \
	rule.o rulescan.o rulegram.o \
	document.o program.o ruleset.o assess.o scorecard.o explain.o inspect.o condition.o circuit.o path.o \
	problems.o problem_rules.o problem_numbers.o problem_bands.o satisfy.o \
	ntm.o) $(NTM_FUZZ_OBJS)

DATA = $(wildcard sql/update/*.sql)
DATA_built = ntm--$(NTM_VERSION).sql
EXTRA_CLEAN = $(OBJS:.o=.d) $(DATA_built).part \
	src/rulegram.c src/rulegram.h src/rulescan.c

# -MMD: Debian's PostgreSQL is configured without dependency tracking, and an
# object that is older than its header is a corrupt datum waiting to happen.
override PG_CFLAGS += -MMD -MP
override PG_CPPFLAGS += -DNTM_VERSION=\"$(NTM_VERSION)\"

# pg_prove, not pg_regress; see installcheck below.
NO_INSTALLCHECK = 1

# The commands that find their server themselves need no PGXS.
own_goals = demo demo-stop test properties bench fuzz
ifneq ($(filter-out $(own_goals),$(or $(MAKECMDGOALS),all)),)

# One clear line instead of what make would say.
PGXS := $(shell "$(PG_CONFIG)" --pgxs 2>/dev/null)
ifeq ($(PGXS),)
$(error ntm: $(PG_CONFIG) cannot be run; install PostgreSQL 15 or later with its server headers (Debian: postgresql-server-dev-NN), or say where: make PG_CONFIG=/path/to/pg_config)
endif
pg_version := $(shell "$(PG_CONFIG)" --version)
pg_major := $(shell echo '$(pg_version)' | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
ifneq ($(shell test '$(pg_major)' -ge 15 2>/dev/null || echo old),)
$(error ntm: $(PG_CONFIG) belongs to $(pg_version), but PostgreSQL 15 or later is needed)
endif
ifeq ($(and $(wildcard $(PGXS)),$(wildcard $(shell "$(PG_CONFIG)" --includedir-server)/postgres.h)),)
$(error ntm: the server headers of $(pg_version) are missing; on Debian: apt-get install postgresql-server-dev-$(pg_major))
endif

include $(PGXS)

# $(call need,command,what to do)
need = $(if $(shell command -v '$(firstword $(1))' 2>/dev/null),,$(error ntm: $(firstword $(1)) is not installed; $(2)))
ifneq ($(filter-out clean distclean maintainer-clean uninstall installcheck,$(or $(MAKECMDGOALS),all)),)
$(call need,$(CC),a C compiler is needed (Debian: gcc))
$(call need,$(FLEX),the rule language needs it (Debian: flex))
$(call need,$(BISON),the rule language needs it (Debian: bison))
ifeq ($(with_llvm),yes)
$(call need,$(CLANG),the server was built with JIT (without bitcode: make with_llvm=no))
endif
endif

.DELETE_ON_ERROR:

# Scanner and parser.  The header comes out of the same bison run; touching it
# keeps make from running bison twice.
src/rulegram.c: BISONFLAGS += -d
src/rulegram.h: src/rulegram.c
	touch $@
$(OBJS) $(OBJS:.o=.bc): | src/rulegram.h
src/rulescan.c: src/rulescan.l

# Loops over bit sets and arrays of numbers, made to be vectorized.
src/circuit.o: CFLAGS += -O3

# Bitcode has no dependency files of its own: it follows its object.
$(foreach o,$(OBJS),$(eval $(o:.o=.bc): $(o)))
$(OBJS): Makefile
src/ntm.o: ntm.control

-include $(OBJS:.o=.d)

# The installation script.  The directories are named so that a removed part
# counts as a change too.
sql_parts = $(foreach d,core library install,$(sort $(wildcard sql/$(d)/*.sql)))
sql_data = $(wildcard criteria/*.json awards/*.json sql/registry/*.sql sql/registry/bi/*.sql)
$(DATA_built): $(sql_parts) $(sql_data) ntm.control scripts/embed \
		$(sort $(dir $(sql_parts) $(sql_data)))
	sh scripts/embed $(sql_parts) > $@.part
	mv $@.part $@

# Against the running server of the user's PG* environment, in databases of
# its own.
installcheck:
	@sh scripts/run-tests test/sql/*.sql

endif

# PG_CONFIG is handed on only if the user chose one.
chosen_pg_config = $(if $(filter file,$(origin PG_CONFIG)),,$(PG_CONFIG))

demo:
	@KEEP='$(KEEP)' PG_CONFIG='$(chosen_pg_config)' bash scripts/demo

demo-stop:
	@bash scripts/demo stop

test:
	@PG_CONFIG='$(chosen_pg_config)' bash scripts/test

properties:
	@ROUNDS='$(or $(ROUNDS),20)' PG_CONFIG='$(chosen_pg_config)' bash scripts/test test/sql/51-reference.sql test/sql/60-explain.sql test/sql/80-path.sql

bench:
	@PG_CONFIG='$(chosen_pg_config)' bash bench/run

fuzz:
	@RUNS='$(RUNS)' SEED='$(SEED)' INPUT='$(INPUT)' PG_CONFIG='$(chosen_pg_config)' bash scripts/fuzz

.PHONY: demo demo-stop test properties bench fuzz installcheck
