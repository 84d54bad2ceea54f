# What scripts/demo, scripts/test, scripts/fuzz and bench share.  bash, sourced.

set -eu
umask 022					# as root, the server reads our files as postgres

say()
{
	echo "ntm: $*" >&2
}

fail()
{
	say "$*"
	exit 1
}

as_root()
{
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		fail "only root can do this, and there is no sudo: $*"
	fi
}

# The user's own servers are none of our business, and our makes run with
# their own options.
chosen_pg_config=${PG_CONFIG:-}
unset ${!PG@} MAKEFLAGS MFLAGS MAKELEVEL
export LC_ALL=C.UTF-8

# set_up [bench]: sets pg_config and major.
set_up()
{
	pg_config=$(PG_CONFIG=$chosen_pg_config sh scripts/setup "$@")
	major=$("$pg_config" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
	PATH=$("$pg_config" --bindir):$PATH
}

# start_server DIR [setting=value ...]: and point the environment at it.
start_server()
{
	bash scripts/cluster start "$1" "$major" "${@:2}"
	export PGHOST=$1/socket PGPORT=5432 PGUSER=postgres PGCLIENTENCODING=UTF8
}

stop_server()
{
	bash scripts/cluster stop "$1"
}

# build_copy DIR [make's arguments]: builds and installs a copy, so that
# nothing in the checkout or in the system is changed.
build_copy()
{
	mkdir "$1"
	tar -cf - --exclude='*.o' --exclude='*.d' --exclude='*.bc' --exclude='src/rulegram.[ch]' \
		--exclude=src/rulescan.c Makefile ntm.control scripts src sql criteria awards test/fuzz |
		tar -xf - -C "$1"
	make -s -j"$(nproc)" -C "$1" --no-print-directory install PG_CONFIG="$pg_config" with_llvm=no "${@:2}"
}
