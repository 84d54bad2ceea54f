# The hot path does not get slower unnoticed: assess and overall need at most a
# tenth more instructions for a dossier than bench/instructions.txt has
# recorded.  Instructions, because times drift with the machine.
#
# Counted is a build of its own, as users make it: the one that the other tests
# run on has assertions.  "bench/instructions --record" and "make bench" record
# anew, which is right after the path has become faster, or slower for a reason.

use strict;
use warnings;

use Test::More;

my $recorded_in = 'bench/instructions.txt';

# Count on the server that the other tests run on.
my $version = $ENV{NTM_TEST_DB} ? qx(psql -X -At -d "$ENV{NTM_TEST_DB}" -c 'SHOW server_version_num') : '';
local $ENV{PG_CONFIG} = sprintf '/usr/lib/postgresql/%d/bin/pg_config', $version / 10000 if $version;

my %count = map { /^([^\t]+)\t(.*)$/ ? ($1 => $2) : () } qx(bash bench/instructions);
ok(defined $count{assess}, 'the instructions can be counted')
  or die "bench/instructions failed\n";
my $now = $count{assess} - $count{scan};

my $recorded;
open my $file, '<', $recorded_in or die "cannot read $recorded_in: $!";
while (<$file>)
{
	$recorded = $1 if /^\Q$count{build}\E: (\d+)$/;
}

SKIP:
{
	skip "nothing recorded for $count{build}; bench/instructions --record does that", 1 unless $recorded;
	cmp_ok($now, '<=', $recorded * 1.1, "$now instructions for a dossier, $recorded recorded ($count{build})");
	diag("$recorded_in records $recorded instructions for a dossier; now it is $now: bench/instructions --record")
	  if $now < $recorded * 0.9;
}

done_testing();
