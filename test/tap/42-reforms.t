# Many sessions at once: a reform is carried out once, and nothing is left
# behind in a unit that has ended.  Run with a server in the PG* environment, as
# a superuser; everything happens in a database of its own.

use strict;
use warnings;

use IPC::Run qw(run start finish timeout);
use Test::More;

my $database = "ntm_reforms_$$";

$SIG{$_} = sub { exit 1 }
  foreach qw(HUP INT TERM);

END
{
	my $status = $?;

	run ['dropdb', '--if-exists', '--force', $database], '>&', \my $ignored;
	$? = $status;
}

my $settings = "SET search_path = reg, ntm, public; SET client_min_messages = warning;\n";

sub psql
{
	my ($script) = @_;

	run ['psql', '-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1', '-d', $database], '<', \"$settings$script", '>', \my $out, '2>', \my $err;
	diag($err) if $err;
	chomp $out;
	return $out;
}

# Run the scripts in sessions of their own, all at once; returns their errors.
sub at_once
{
	my (@scripts) = @_;
	my (@handles, @errors);

	foreach my $i (0 .. $#scripts)
	{
		my $input = "$settings$scripts[$i]";
		push @handles, start ['psql', '-X', '-q', '-At', '-d', $database], '<', \$input, '>', \my $out, '2>', \$errors[$i], timeout(120);
	}
	finish $_ foreach @handles;
	return map { $_ // '' } @errors;
}

my $whole = <<'SQL';
SELECT count(*)
  FROM (VALUES ('2019-12-31'::date), ('2020-01-01'), ('2021-01-01'), ('2022-01-01')) AS d (day)
 CROSS JOIN LATERAL units_on(d.day) AS u
  LEFT JOIN LATERAL units_on(d.day) AS p ON p.unit_id = u.parent_id
 WHERE u.parent_id IS NOT NULL AND (p.unit_id IS NULL OR u.path::text <> p.path::text || '.' || u.unit_id)
SQL

system('createdb', '-T', 'template0', '-E', 'UTF8', $database) == 0 or BAIL_OUT('cannot make a database');
psql(<<'SQL');
CREATE EXTENSION ntm CASCADE;
SELECT ntm.create_registry('reg');
INSERT INTO unit (code, name, level) VALUES ('P', 'Province', 'province');
INSERT INTO unit (code, name, level, parent_id) SELECT 'D' || n, 'District ' || n, 'district', 1 FROM generate_series(1, 2) AS g (n);
INSERT INTO unit (code, name, level, parent_id) SELECT 'C' || n, 'Commune ' || n, 'commune', 2 FROM generate_series(1, 8) AS g (n);
INSERT INTO unit (code, name, level, parent_id) SELECT c.code || '-' || n, 'Area ' || n, 'area', c.id FROM unit AS c, generate_series(1, 5) AS g (n) WHERE c.level = 'commune';
INSERT INTO unit (code, name, level, parent_id, valid_from) SELECT 'N' || n, 'New ' || n, 'commune', 3, '2020-01-01' FROM generate_series(1, 4) AS g (n);
SQL

# the same reform by eight clerks, while others add areas and move districts
my $reform = "INSERT INTO unit_change (predecessor_id, successor_id, change_date, basis)
	SELECT o.id, n.id, '2020-01-01', 'reform' FROM unit AS o JOIN unit AS n ON n.code = 'N' || 1 + substr(o.code, 2)::integer % 4
	 WHERE o.code ~ '^C[0-9]\$';\n";
my @errors = at_once((map { $reform } 1 .. 6),
	(map { my $session = $_; join '', map { "INSERT INTO unit (code, name, level, parent_id, valid_from) SELECT 'X$session-$_', 'Late area', 'area', id, '2020-01-01' FROM unit WHERE code = 'N" . (1 + $_ % 4) . "';\n" } 1 .. 30 } 1 .. 2));
is(scalar(grep { $_ eq '' } @errors), 3, 'one reform goes through, and the additions');
is(scalar(grep { /duplicate key|on record already/ } @errors), 5, 'the others are told that it is on record');
is(psql('SELECT count(*), count(DISTINCT predecessor_id) FROM unit_change'), '8|8', 'which it is once');
is(psql("SELECT count(*) FROM units_on('2020-01-01') AS u JOIN unit AS p ON p.id = u.parent_id WHERE u.name LIKE 'Area%' AND p.code LIKE 'N%'"), '40', 'every area lies in a new commune');
is(psql($whole), '0', 'and nothing in one that has ended');
is(psql('SELECT count(*) FROM check_units()'), '0', 'as a check says');

# areas put into communes while these end
psql("INSERT INTO unit (code, name, level, parent_id, valid_from) SELECT 'M', 'Merged', 'commune', 3, '2021-01-01';");
@errors = at_once("INSERT INTO unit_change (predecessor_id, successor_id, change_date, basis)
	SELECT o.id, n.id, '2021-01-01', 'reform' FROM unit AS o, unit AS n WHERE o.code LIKE 'N_' AND n.code = 'M';\n",
	(map { my $session = $_; join '', map { "INSERT INTO unit (code, name, level, parent_id, valid_from) SELECT 'Y$session-$_', 'Late area', 'area', id, '2020-06-01' FROM unit WHERE code = 'N" . (1 + $_ % 4) . "' AND (valid_to IS NULL OR valid_to > '2021-01-01');\n" } 1 .. 40 } 1 .. 4));
is(join('', @errors), '', 'a reform waits for those who add, and they for it');
is(psql("SELECT count(*) FROM check_units() AS c JOIN unit AS u ON u.id = c.unit_id WHERE u.code NOT LIKE 'Y%'"), '0', 'what came before it moved; what came after is found');

# the same unit changed by all
@errors = at_once(map { "SELECT change_unit(id, '2022-01-01', 'clerk $_', name => 'Named $_') FROM unit WHERE code = 'M';\n" } 1 .. 8);
is(join('', @errors), '', 'changes of one unit on one day wait for each other');
is(psql("SELECT count(*), count(*) FILTER (WHERE latest) FROM unit_state WHERE unit_id = (SELECT id FROM unit WHERE code = 'M')"), '2|1', 'and make one state');
is(psql("SELECT count(*) FROM unit AS u JOIN unit_state AS s ON s.unit_id = u.id AND s.latest WHERE s.name <> u.name OR s.path::text <> u.path::text OR s.valid_to IS DISTINCT FROM u.valid_to"), '0',
	'the latest states are those of the units');

done_testing();
