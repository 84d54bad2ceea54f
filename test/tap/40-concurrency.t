# Many sessions at once: whoever commits first, the dossiers are the merge of
# the ledger.  Run with a server in the PG* environment, as a superuser;
# everything happens in a database of its own.

use strict;
use warnings;

use File::Temp;
use IPC::Run qw(run start finish timeout);
use Test::More;

my $database = "ntm_concurrency_$$";
my $sessions = 8;

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

	run ['psql', '-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1', '-d', $database], '<', \"$settings::text$script", '>', \my $out, '2>', \my $err;
	diag($err) if $err;
	chomp $out;
	return $out;
}

# Run the scripts in sessions of their own, all at once.  Errors that a client
# is meant to answer by trying again (serialization failures) are none.  They
# read files: what is handed to them by us would reach one after the other.
sub at_once
{
	my ($name, @scripts) = @_;
	my (@handles, @files, @errors);

	foreach my $i (0 .. $#scripts)
	{
		my $file = File::Temp->new;
		print $file "$settings::text$scripts[$i]";
		close $file;
		push @files, $file;
		push @handles, start ['psql', '-X', '-q', '-At', '-d', $database, '-f', "$file"], '<', \undef, '>', \my $out, '2>', \$errors[$i], timeout(120);
	}
	finish $_ foreach @handles;

	my $errors = join '', grep { defined } @errors;
	is($errors, '', "$name: no session fails");
	is(psql('SELECT count(*) FROM check_dossiers()'), '0', "$name: every dossier is the merge of its reports");
	return;
}

BEGIN { $settings::text = "SET search_path = reg, ntm, public; SET client_min_messages = warning;\n"; }

system('createdb', '-T', 'template0', '-E', 'UTF8', $database) == 0 or BAIL_OUT('cannot make a database');
psql(<<'SQL');
CREATE EXTENSION ntm CASCADE;
SELECT ntm.create_registry('reg');
INSERT INTO unit (code, name, level) VALUES ('C', 'Commune', 'commune');
INSERT INTO unit (code, name, level, parent_id) SELECT 'A' || n, 'Area ' || n, 'area', 1 FROM generate_series(1, 10) AS g (n);
INSERT INTO indicator (name, kind, carries_forward, roll_up) SELECT 'm' || n, 'number', true, 'sum' FROM generate_series(1, 5) AS g (n);
SQL

# single reports on the same units and year, each in a transaction of its own
at_once('single reports', map {
	my $session = $_;
	join '', map { sprintf "INSERT INTO report (unit_id, year, measures) VALUES (%d, 2018, '{\"m%d\": %d, \"m5\": %d}');\n",
		2 + $_ % 10, 1 + $_ % 4, $session * 1000 + $_, $session * 1000 + $_ } 1 .. 100
} 1 .. $sessions);
is(psql('SELECT count(*), sum((SELECT sum(report_count) FROM dossier)) / count(*) FROM report'), ($sessions * 100) . '|' . ($sessions * 100) . '.0000000000000000',
	'all are in the ledger, and all are counted');

# many reports a statement, several statements a transaction
at_once('many reports', map {
	my $session = $_;
	join '', map { "BEGIN;\nINSERT INTO report (unit_id, year, measures) SELECT 2 + (n + $session) % 10, 2018, jsonb_build_object('m' || 1 + n % 5, n + $_)::measures FROM generate_series(1, 40) AS g (n);\nCOMMIT;\n" } 1 .. 20
} 1 .. $sessions);

# single entries through the view, corrections that withdraw
at_once('entries', map {
	join '', map { sprintf "INSERT INTO measurement (unit_id, year, name, value) VALUES (%d, 2018, 'm%d', %s);\n", 2 + $_ % 10, 1 + $_ % 5, $_ % 7 ? $_ : 'NULL' } 1 .. 100
} 1 .. $sessions);

# the same file imported by all, while others report, carry forward, roll up and repair
at_once('imports and more',
	(map { "INSERT INTO import_row (batch, unit, year, measure, value) SELECT 'file $_', 'A' || a, '2017', 'm' || m, (a * 10 + m)::text FROM generate_series(1, 10) AS g (a), generate_series(1, 5) AS h (m);\nSELECT import_measurements('file $_');\n" } 1 .. 4),
	(map { my $session = $_; join '', map { sprintf "INSERT INTO report (unit_id, year, measures) VALUES (%d, 2018, '{\"m1\": %d}');\n", 11 - $_ % 10, $session * 1000 + $_ } 1 .. 50 } 1 .. 2),
	(join '', ("SELECT rebuild_dossiers();\n") x 10),
	(join '', ("SELECT carry_forward(2018, 2019);\nSELECT record_roll_up(2018, 'commune');\n") x 5));
is(psql("SELECT count(*), count(DISTINCT unit_id) FROM report WHERE year = 2017"), '10|10', 'what four have imported at once went in once');
is(psql('SELECT count(*) FROM import_row'), '0', 'and nothing is left over');
is(psql('SELECT coalesce(sum(repaired), 0) FROM dossier_repair'), '0', 'there was never anything to repair');
is(psql("SELECT count(*) FROM (SELECT unit_id, measures::text FROM report WHERE year = 2019 GROUP BY 1, 2 HAVING count(*) > 1) AS twice"), '0', 'nothing was carried forward twice');

done_testing();
