# A short run of the fuzzer, with the same inputs every time: see
# test/fuzz/README.md.  Run by make test, which has built it into $NTM_FUZZ.

use strict;
use warnings;

use IPC::Run qw(run);
use Test::More tests => 2;

my $dir = $ENV{NTM_FUZZ} // BAIL_OUT('there is no fuzzer in NTM_FUZZ: run make test');

@ENV{qw(RUNS SEED INPUT)} = (8_000, 1, '');
my $passed = run ['bash', 'scripts/fuzz', 'run', $dir], '<', \undef, '>&', \my $output;

# Of the coverage only the last lines say anything.
$output =~ s/^#\d+\s+(?:NEW|REDUCE|RELOAD|pulse) .*\n//mg;
ok($passed, 'every input is read or properly refused') or diag($output);

# The edges in the code that the inputs came through: few, if the module were
# built without them or if all inputs were refused at the door.
my ($edges) = $output =~ /DONE\s+cov: (\d+)/;
cmp_ok($edges // 0, '>', 1500, 'the inputs reach the code');
