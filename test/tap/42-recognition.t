# Many sessions record decisions at once: nothing is doubled, the chain holds,
# in the order of commit; and a dump restores it.  Run with a server in the PG*
# environment, as a superuser; everything happens in databases of its own.

use strict;
use warnings;

use File::Temp;
use IPC::Run qw(run start finish timeout);
use Test::More;

my $database = "ntm_recognition_$$";
my $restored = "ntm_restored_$$";
my $sessions = 8;
my $settings;

BEGIN { $settings = "SET search_path = reg, ntm, public; SET client_min_messages = warning;\n"; }

$SIG{$_} = sub { exit 1 }
  foreach qw(HUP INT TERM);

END
{
	my $status = $?;

	run ['dropdb', '--if-exists', '--force', $_], '>&', \my $ignored foreach $database, $restored;
	$? = $status;
}

sub psql
{
	my ($script, $where) = @_;

	run ['psql', '-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1', '-d', $where // $database], '<', \"$settings$script", '>', \my $out, '2>', \my $err;
	diag($err) if $err;
	chomp $out;
	return $out;
}

# Run the scripts in sessions of their own, all at once; returns what they said
# on standard error, all in one.  They read files: what is handed to them by us
# would reach one after the other.
sub at_once
{
	my (@scripts) = @_;
	my (@handles, @files, @errors);

	foreach my $i (0 .. $#scripts)
	{
		my $file = File::Temp->new;
		print $file "$settings$scripts[$i]";
		close $file;
		push @files, $file;
		push @handles, start ['psql', '-X', '-q', '-At', '-d', $database, '-f', "$file"], '<', \undef, '>', \my $out, '2>', \$errors[$i], timeout(180);
	}
	finish $_ foreach @handles;
	return join '', grep { defined } @errors;
}

sub chain_holds
{
	my ($name, $where) = @_;

	is(psql('SELECT * FROM check_decisions()', $where), '', "$name: the chain holds");
	is(psql("SELECT (SELECT count(*) FROM recognition) - (SELECT row_count FROM decision_ledger WHERE ledger = 'recognition')", $where), '0',
		"$name: and has every row");
	return;
}

system('createdb', '-T', 'template0', '-E', 'UTF8', $database) == 0 or BAIL_OUT('cannot make a database');
psql(<<'SQL');
CREATE EXTENSION ntm CASCADE;
SELECT ntm.create_registry('reg');
INSERT INTO unit (code, name, level) VALUES ('C', 'Commune', 'commune');
INSERT INTO unit (code, name, level, parent_id) SELECT 'A' || n, 'Area ' || n, 'area', 1 FROM generate_series(1, 40) AS g (n);
SELECT publish_criteria_set('{"code": "T", "title": "Test", "nodes": [{"code": "1", "title": "Income", "measure": "income", "rule": ">= 30"}]}', 'area', 'standard', '2017-01-01');
SELECT publish_procedure('{"code": "P", "title": "Test", "valid_years": 3, "steps": [
    {"event": "registered"}, {"event": "verified", "after": ["registered"], "conditions": [{"code": "1", "title": "One", "rule": "met_count >= 1"}]},
    {"event": "recognised", "after": ["verified"]}]}', 'area', 'standard', '2017-01-01');
SELECT publish_award_document('{"code": "W", "title": "Award", "level": "area", "resolution": "R", "valid_from": "2017-01-01",
    "clauses": [{"code": "1", "title": "One", "rule": "income >= 30"}], "amounts": [{"amount": 30}], "priority": [{"fact": "income", "direction": "descending"}]}');
INSERT INTO report (unit_id, year, measures) SELECT id, 2018, '{"income": 30}' FROM unit WHERE level = 'area';
SQL

# everybody records everything, each in an order of its own
my $errors = at_once(map {
	my $session = $_;
	join '', map { my $event = $_; map {
		my $unit = 2 + ($_ * ($session * 2 + 1)) % 40;
		$event eq 'recognised' ? "SELECT recognise($unit, 2018, 'QĐ $unit', '2018-12-20');\n" : "SELECT record_event($unit, '$event', 2018, '2018-0" . ($event eq 'verified' ? 6 : 1) . "-01');\n"
	} 0 .. 39 } qw(registered verified recognised)
} 1 .. $sessions);
unlike($errors, qr/deadlock|40P01|XX000|terminated|decision_chain/, 'nobody is in anybody\'s way for ever');
is(psql("SELECT event, count(*), count(DISTINCT unit_id) FROM recognition GROUP BY event ORDER BY event"),
	"recognised|40|40\nregistered|40|40\nverified|40|40", 'eight clerks record every event once');
is(psql('SELECT count(*) FROM recognition_check WHERE follows IS NOT TRUE'), '0', 'each after the one before it');
chain_holds('single events');

# several statements a transaction, over the same units in opposite orders
$errors = at_once(map {
	my $session = $_;
	my @units = map { 2 + ($_ * 7 + $session) % 40 } 0 .. 9;
	@units = reverse @units if $session % 2;
	join '', map { my $year = $_; "BEGIN;\n" . join('', map { "INSERT INTO recognition (unit_id, event, tier, year, event_date, note) VALUES ($_, 'proposed', 'model', $year, '2018-05-01', 'session $session');\n" } @units) . "COMMIT;\n" } 2019 .. 2023
} 1 .. $sessions);
unlike($errors, qr/deadlock|40P01|XX000|terminated|decision_chain/, 'transactions over the same units do not deadlock');
chain_holds('transactions');
is(psql("SELECT count(*) FROM (SELECT unit_id, tier, year, event, event_date FROM recognition WHERE tier = 'model' GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1) AS twice"), '0', 'and nothing is there twice');

# transactions that are rolled back leave no gap; those that are serializable
# fail rather than double or break anything
$errors = at_once(map {
	my $session = $_;
	join '', map { sprintf "BEGIN ISOLATION LEVEL %s;\nINSERT INTO recognition (unit_id, event, tier, year, event_date) VALUES (%d, 'registered', 'advanced', %d, '2018-05-01') ON CONFLICT DO NOTHING;\n%s;\n",
		('READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE')[$_ % 3], 2 + $_ % 40, 2019 + $session % 2, $_ % 4 ? 'COMMIT' : 'ROLLBACK' } 1 .. 60
} 1 .. $sessions);
unlike($errors, qr/deadlock|40P01|XX000|terminated|decision_chain/, 'no other errors than those that ask to try again');
chain_holds('rolled back or refused');

# renewing, lapsing and revoking at once
psql("INSERT INTO report (unit_id, year, measures) SELECT id, 2021, '{\"income\": 30}' FROM unit WHERE level = 'area'");
$errors = at_once(
	(map { join '', map { "SELECT renew($_, 2021, 'renewed', '2021-12-01');\n" } 2 .. 21 } 1 .. 2),
	(map { join '', map { "SELECT revoke($_, 'revoked', '2021-12-02', 'by hand');\n" } 12 .. 31 } 1 .. 2),
	(map { "SELECT lapse_recognitions('2021-12-31');\n" x 5 } 1 .. 4));
unlike($errors, qr/deadlock|40P01|XX000|terminated|decision_chain/, 'renewals, revocations and lapses wait for each other');
psql("SELECT lapse_recognitions('2021-12-31')");
is(psql("SELECT count(*), count(*) FILTER (WHERE ends > 1) FROM (SELECT count(*) FILTER (WHERE event IN ('lapsed', 'revoked')) AS ends FROM recognition WHERE tier = 'standard' AND term IS NOT NULL GROUP BY unit_id, term) AS terms"),
	'40|0', 'no term ends twice');
is(psql("SELECT count(*) FROM recognition_term WHERE tier = 'standard' AND ends_on <= '2021-12-31' AND end_id IS NULL"), '0', 'and every end is on record');
chain_holds('ends of terms');

# Several ledgers in a transaction, one after the other in opposite orders: each
# session has written to its first one when it comes to the second.
my $proposed = sub {
	my ($unit, $year) = @_;
	return "INSERT INTO recognition (unit_id, event, tier, year, event_date) VALUES ($unit, 'proposed', 'model', $year, '2018-05-02');\n";
};
my $given = sub {
	my ($unit, $year) = @_;
	return "INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date) VALUES ($unit, $year, 'OLD', 5, '{\"award\": 5}', 'D', '2018-05-02');\n";
};
my $granted = sub { return "SELECT grant_awards(2018, 'W', NULL, 'QĐ $_[0]', '2019-01-10');\n" };
my $law = sub {
	my ($code) = @_;
	return <<"SQL";
SELECT publish_award_document('{"code": "$code", "title": "Award", "level": "commune", "resolution": "R", "valid_from": "2017-01-01", "hit_policy": "sum",
    "classes": {"POOR": "Poor"}, "clauses": [{"code": "1", "title": "One", "rule": "income >= 30"}], "amounts": [{"class": "POOR", "amount": 30}]}');
SQL
};
my $set = sub {
	my ($code, $tier, $class) = @_;
	return <<"SQL";
SELECT publish_criteria_set('{"code": "$code", "title": "Test", "classes": {"$class": "Poor"}, "nodes": [{"code": "1", "title": "Income", "measure": "income", "rule": ">= 30"}]}',
    'commune', '$tier', '2017-01-01');
SQL
};
my $ended = sub { return "UPDATE criteria_set SET valid_to = '$_[0]-01-01' WHERE code = 'S1' AND valid_to IS NULL;\n" };
my $pause = "SELECT pg_sleep(0.5);\n";

psql($set->('S1', 'model', 'OTHER'));

foreach my $pair (
	[ 'a recognition and an award', $proposed->(2, 2018) . $pause . $given->(2, 2018), $given->(3, 2018) . $pause . $proposed->(3, 2018) ],
	[ 'a recognition and awards granted', $proposed->(4, 2018) . $pause . $granted->(1), $granted->(2) . $pause . $proposed->(5, 2018) ],
	[ 'a policy and a set', $law->('W1') . $pause . $set->('S2', 'standard', 'POOR'), $set->('S3', 'advanced', 'POOR') . $pause . $law->('W2') ],
	[ 'a recognition and a set with the class of a policy', $proposed->(8, 2018) . "$pause$pause" . $ended->(2030) =~ s/S1/S2/r . $set->('S4', 'standard', 'NEW') =~ s/2017-01-01/2030-01-01/r, $pause . $law->('W3') =~ s/POOR/NEW/gr ],
	[ 'the end of a set and a recognition', $ended->(2030) . $pause . $proposed->(6, 2018), $proposed->(7, 2018) . $pause . $ended->(2031) ])
{
	my ($name, @scripts) = @$pair;

	is(at_once(map { "BEGIN;\n${_}COMMIT;\n" } @scripts), '', "$name, in one order and the other: nobody is in anybody's way for ever");
	chain_holds($name);
}

# the order of the chain is the order of commit
psql('CREATE TABLE commit_order (id bigint GENERATED ALWAYS AS IDENTITY, recognition_id bigint)');
at_once(map {
	join '', map { "BEGIN;\nINSERT INTO recognition (unit_id, event, tier, year, event_date, note) SELECT 2 + (random() * 39)::integer, 'proposed', 'advanced', 2018, date '2018-01-01' + (random() * 300)::integer, 'x' ON CONFLICT DO NOTHING RETURNING pg_sleep(random() / 200);\nINSERT INTO commit_order (recognition_id) SELECT max(id) FROM recognition WHERE xmin::text = (txid_current() % (1::bigint << 32))::text;\nCOMMIT;\n" } 1 .. 20
} 1 .. 4);
is(psql("SELECT count(*) FROM (SELECT position, lag(position) OVER (ORDER BY o.id) AS before FROM commit_order AS o JOIN decision_chain AS c ON c.ledger = 'recognition' AND c.row_id = o.recognition_id) AS ordered WHERE position < before"), '0',
	'whoever commits first comes first in the chain');
cmp_ok(psql('SELECT count(recognition_id) FROM commit_order'), '>', 60, 'as many as were recorded');
chain_holds('order');

# dump and restore
my $digest = psql("SELECT digest FROM decision_ledger WHERE ledger = 'recognition'");
my $dump = File::Temp->new;
my $said;
run ['pg_dump', '-Fc', '-d', $database, '-f', "$dump"], '>&', \$said or diag($said);
system('createdb', '-T', 'template0', '-E', 'UTF8', $restored) == 0 or BAIL_OUT('cannot make a database');
ok(run(['pg_restore', '--exit-on-error', '-d', $restored, "$dump"], '>&', \$said), 'a dump is restored') or diag($said);
chain_holds('restored', $restored);
is(psql("SELECT string_agg(ledger || ' ' || row_count, ', ' ORDER BY ledger) FROM decision_ledger WHERE ledger NOT IN ('award', 'recognition')", $restored),
	'award_amount 4, award_policy 4, award_priority 1, criteria_set 5, procedure_step 3, recognition_procedure 1', 'the chains of the law are in it too');
is(psql("SET session_replication_role = replica; UPDATE procedure_step SET \"after\" = '{}' WHERE event = 'verified'; SET session_replication_role = origin; SELECT ledger, position, problem FROM check_decisions()", $restored),
	'procedure_step|2|has been altered', 'and find what is altered there');
psql("SET session_replication_role = replica; UPDATE procedure_step SET \"after\" = '{registered}' WHERE event = 'verified'", $restored);
is(psql("SELECT * FROM check_decisions('$digest')", $restored), '', 'the digest printed before is in it');
is(psql("INSERT INTO recognition (unit_id, event, tier, year, event_date) VALUES (3, 'registered', 'model', 2030, '2025-01-01') RETURNING event", $restored), 'registered', 'and it is continued');
chain_holds('continued', $restored);

done_testing();
