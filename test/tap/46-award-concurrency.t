# Many sessions grant awards at once: nobody is rewarded twice, no budget is
# overspent, the chain of decisions holds.  Run with a server in the PG*
# environment, as a superuser; everything happens in a database of its own.

use strict;
use warnings;

use File::Temp;
use IPC::Run qw(run start finish timeout);
use Test::More;

my $database = "ntm_award_concurrency_$$";
my $sessions = 8;
my $settings = "SET search_path = reg, ntm, public; SET client_min_messages = error;\n";

$SIG{$_} = sub { exit 1 }
  foreach qw(HUP INT TERM);

END
{
	my $status = $?;

	run ['dropdb', '--if-exists', '--force', $database], '>&', \my $ignored;
	$? = $status;
}

sub psql
{
	my ($script) = @_;

	run ['psql', '-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1', '-d', $database], '<', \"$settings$script", '>', \my $out, '2>', \my $err;
	diag($err) if $err;
	chomp $out;
	return $out;
}

# Run the scripts in sessions of their own, all at once, and give what each
# printed and what errors there were.  They read files: what is handed to them
# by us would reach one after the other.
sub at_once
{
	my @scripts = @_;
	my (@handles, @files, @outputs, @errors);

	foreach my $i (0 .. $#scripts)
	{
		my $file = File::Temp->new;
		binmode $file;
		print $file "$settings$scripts[$i]";
		close $file;
		push @files, $file;
		push @handles, start ['psql', '-X', '-q', '-At', '-v', 'VERBOSITY=sqlstate', '-d', $database, '-f', "$file"],
		  '<', \undef, '>', \$outputs[$i], '2>', \$errors[$i], timeout(180);
	}
	finish $_ foreach @handles;

	return (\@outputs, join '', map { $_ // '' } @errors);
}

sub sound
{
	my ($name) = @_;

	is(psql('SELECT count(*) FROM (SELECT unit_id, policy_code, year, tier FROM award_standing GROUP BY 1, 2, 3, 4 HAVING count(*) > 1) AS twice'), '0', "$name: nobody is rewarded twice");
	is(psql('SELECT count(*) FROM check_awards()'), '0', "$name: every award is right, no budget overspent");
	is(psql('SELECT count(*) FROM check_decisions()'), '0', "$name: the chain holds");
	return;
}

system('createdb', '-T', 'template0', '-E', 'UTF8', $database) == 0 or BAIL_OUT('cannot make a database');
psql(<<'SQL');
CREATE EXTENSION ntm CASCADE;
SELECT ntm.create_registry('reg');
INSERT INTO unit (code, name, level) VALUES ('P', 'Province', 'province');
INSERT INTO unit (code, name, level, parent_id) SELECT 'C' || n, 'Commune ' || n, 'commune', 1 FROM generate_series(1, 60) AS g (n);
INSERT INTO recognition (unit_id, event, year, event_date)
SELECT u.id, 'recognised', y, make_date(y, 6, 1) FROM unit AS u, (VALUES (2018)) AS v (y) WHERE u.level = 'commune';
INSERT INTO recognition (unit_id, event, tier, year, event_date)
SELECT u.id, 'recognised', t.tier, 2018, '2018-06-01' FROM unit AS u, (VALUES ('advanced'), ('model')) AS t (tier) WHERE u.level = 'commune';
SELECT publish_award_policy(jsonb_build_object('code', 'T-' || tier, 'nodes', '[{"code": "1", "measure": "newly_recognised", "rule": "met"}]'::jsonb)::ruleset,
                            'commune', 'r', 100, '2018-01-01', tier => tier)
  FROM (VALUES ('standard'), ('advanced')) AS t (tier);
SELECT publish_award_document('{"code": "T-model", "level": "commune", "tier": "model", "resolution": "r", "valid_from": "2018-01-01",
                                "clauses": [{"code": "1", "measure": "newly_recognised", "rule": "met"}], "amounts": [{}]}');
SQL

# one decision, eight clerks
my ($outputs, $errors) = at_once(("SELECT grant_awards(2018, 'T-standard', 3000, 'QĐ 1', '2018-12-31');\n") x $sessions);
is($errors, '', 'one decision: no session fails');
is_deeply([ sort { $a <=> $b } map { $_ + 0 } @$outputs ], [ (0) x ($sessions - 1), 30 ], 'one of them grants, the others nothing');
is(psql("SELECT count(*), sum(amount) FROM award"), '30|3000', 'for as much as there is money');
sound('one decision');

# eight decisions with some money each, one after another in each session
($outputs, $errors) = at_once(map { my $s = $_; join '', map { "SELECT grant_awards(2018, 'T-advanced', 200, 'QĐ $s/$_', '2018-12-31');\n" } 1 .. 5 } 1 .. $sessions);
is($errors, '', 'many decisions: no session fails');
is(psql("SELECT count(*), sum(amount) FROM award WHERE policy_code = 'T-advanced'"), '60|6000', 'everybody is rewarded');
is(psql("SELECT max(granted) <= 200 FROM award_budget_left WHERE decision <> 'QĐ 1'"), 't', 'no decision spends more than it has');
sound('many decisions');

# by hand, each unit by every clerk
($outputs, $errors) = at_once(map {
	my $s = $_;
	join '', map { "SELECT grant_award((SELECT id FROM unit WHERE code = 'C$_'), 2018, 'T-model', '{\"award\": $s}', 'QĐ H$s', '2018-12-31', 'test', 'model');\n" } $s % 2 ? 1 .. 10 : reverse 1 .. 10
} 1 .. $sessions);
my @states = $errors =~ /ERROR:\s+(\w{5})/g;
is_deeply([ @states ], [ ('23505') x (10 * ($sessions - 1)) ], 'by hand: all but one are told that it is granted already');
is(psql("SELECT count(*) FROM award WHERE policy_code = 'T-model'"), '10', 'each unit once');
sound('by hand');

# the same in transactions that see the past: whoever comes late must try again
($outputs, $errors) = at_once((<<'SQL') x $sessions);
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM award;
SELECT pg_sleep(0.5);
SELECT grant_awards(2018, 'T-standard', 3000, 'QĐ 2', '2018-12-31');
COMMIT;
SQL
unlike($errors, qr/ERROR:\s+(?!40001|23505)\w{5}/, 'repeatable read: who fails is told to try again');
is(psql("SELECT count(*), sum(amount) FROM award WHERE policy_code = 'T-standard'"), '60|6000', 'and nobody is rewarded twice');
sound('repeatable read');

# cancelled by many, granted again by many
($outputs, $errors) = at_once(("SELECT cancel_award((SELECT min(id) FROM award), 'QĐ C', '2019-01-31', 'test', grant_again => true);\nSELECT grant_awards(2018, 'T-standard', 100, 'QĐ 3', '2019-01-31');\n") x $sessions);
@states = $errors =~ /ERROR:\s+(\w{5})/g;
is_deeply([ @states ], [ ('55000') x ($sessions - 1) ], 'cancelled: once');
is(psql("SELECT count(*), sum(amount) FROM award_standing WHERE policy_code = 'T-standard'"), '60|6000', 'and granted again once');
sound('cancelled');

# cancels, then grants in one transaction, against whoever grants: nobody waits
# for the chain with another lock in hand
($outputs, $errors) = at_once(map {
	my $s = $_;
	$s % 2 ? join('', map { "BEGIN;\nSELECT cancel_award((SELECT max(id) FROM award_standing WHERE policy_code = 'T-advanced' AND unit_id = (SELECT id FROM unit WHERE code = 'C' || ($_ * 10 + $s))), 'QĐ D$s', '2019-02-28', 'test', grant_again => true);\nSELECT pg_sleep(0.05);\nSELECT grant_awards(2018, 'T-advanced', NULL, 'QĐ E$s/$_', '2019-03-01');\nCOMMIT;\n" } 0 .. 4)
	  : join('', map { "SELECT grant_awards(2018, 'T-advanced', NULL, 'QĐ F$s/$_', '2019-03-01');\nSELECT pg_sleep(0.02);\n" } 0 .. 9)
} 1 .. $sessions);
is($errors, '', 'cancelled and granted: no deadlock');
is(psql("SELECT count(*), sum(amount) FROM award_standing WHERE policy_code = 'T-advanced'"), '60|6000', 'and everybody has one award');
sound('cancelled and granted');

# policies superseded while awards are granted under them
psql(<<'SQL');
INSERT INTO draft_award_policy (code, level, resolution, valid_from, tier) VALUES ('T-standard', 'commune', 'r', '2019-01-01', 'standard');
INSERT INTO draft_award_clause (policy_code, measure) VALUES ('T-standard', 'newly_recognised');
INSERT INTO draft_award_amount (policy_code, amount) VALUES ('T-standard', '1 triệu');
SQL
($outputs, $errors) = at_once(
	(map { "BEGIN;\nSELECT grant_awards(2018, 'T-advanced', NULL, 'QĐ S$_', '2019-04-01');\nSELECT pg_sleep(0.5);\nSELECT grant_awards(2018, 'T-standard', 100000, 'QĐ S$_', '2019-04-01');\nCOMMIT;\n" } 1 .. 4),
	"SELECT pg_sleep(0.2);\nSELECT supersede_award_policy('T-standard', 'T-standard', '2019-01-01');\n");
is($errors, '', 'superseded meanwhile: no deadlock');
is(psql("SELECT string_agg(valid_from || ' ' || coalesce(valid_to::text, '-'), ', ' ORDER BY valid_from) FROM award_policy WHERE code = 'T-standard'"), '2018-01-01 2019-01-01, 2019-01-01 -', 'and superseded once');
sound('superseded');

# what is said without being refused
sub said
{
	my ($script) = @_;

	run ['psql', '-X', '-q', '-At', '-d', $database], '<', \"SET search_path = reg, ntm, public;\n$script", '>', \my $out, '2>', \my $err;
	return $err;
}

psql(<<'SQL');
INSERT INTO unit (code, name, level) VALUES ('L', 'Late province', 'province');
INSERT INTO unit (code, name, level, parent_id) SELECT 'L' || lpad(n::text, 2, '0'), 'Late ' || n, 'commune', (SELECT id FROM unit WHERE code = 'L') FROM generate_series(1, 12) AS g (n);
INSERT INTO recognition (unit_id, event, year, event_date) SELECT u.id, 'recognised', 2019, '2020-01-20' FROM unit AS u WHERE u.code LIKE 'L__';
SQL
my $said = said("SELECT grant_awards(2019, 'T-standard', NULL, 'QĐ L', '2019-12-31');");
like($said, qr/WARNING:  decision QĐ L of 2019-12-31 leaves out units that it cannot reward: 12\n/, 'a warning says how many could not be rewarded on the day');
like($said, qr/DETAIL:  Late 1 \(recognised on 2020-01-20\), .*Late 10 \(recognised on 2020-01-20\) and others\.\n/, 'and names ten');
psql(<<'SQL');
SELECT publish_award_document('{"code": "T-contest", "level": "area", "tier": "standard", "resolution": "r", "valid_from": "2018-01-01", "candidates": "ranked", "ranking": "GOOD",
                                "clauses": [{"code": "1", "measure": "ranked", "rule": "met"}], "amounts": [{"amount": 5}]}');
INSERT INTO award_ranking (ranking, year, unit_id, rank, decision) SELECT 'GOD', 2018, id, 1, 'r' FROM unit WHERE code = 'C1';
SQL
$said = said("SELECT grant_awards(2018, 'T-contest', NULL, 'QĐ', '2018-12-31');");
like($said, qr/NOTICE:  award policy "T-contest" considers no unit for 2018\nDETAIL:  It considers those in ranking "GOOD"; there are: "GOD" of 2018\.\n/, 'a policy that considers nobody is not silent');

done_testing();
