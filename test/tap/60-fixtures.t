# Values stay readable: what earlier versions stored and sent is read by this
# one as the same value, and this one writes what the newest fixture says.  Run
# by make test; needs a superuser.
#
# test/fixtures has a file for every version that changed a form, named by it.
# An entry is a value's type, its text, its bytes on the wire and its bytes as
# stored, without the varlena header, in hex.  A fixture is never changed: for a
# new form add a file with the same values.  (Who changes what a ruleset is
# compiled to without counting up NTM_PROGRAM_VERSION learns it here, too.)
#
# Numbers are stored in the machine's byte order; the fixtures are little-endian.

use strict;
use warnings;

use File::Temp qw(tempdir);
use IPC::Run qw(run);
use Test::More;

my $dir = tempdir(CLEANUP => 1);
my $little_endian = pack('L', 1) eq pack('V', 1);

delete @ENV{ grep { /^(?:PGOPTIONS|PSQL)/ } keys %ENV };
@ENV{qw(LC_ALL PGCLIENTENCODING PGOPTIONS)} = ('C.UTF-8', 'UTF8', '-c search_path=ntm,public');

my @files = sort { version->parse($a =~ s{.*/}{}r) <=> version->parse($b =~ s{.*/}{}r) } glob 'test/fixtures/*';
my @values = map { read_fixture($_) } @files;
my $script = "\\set ON_ERROR_STOP on\nBEGIN;\n";

# Internal functions that give back their argument as it stands make bytes of a
# value and a value of bytes.
$script .= <<"SQL" foreach qw(measures rule ruleset scorecard);
CREATE FUNCTION pg_temp.bytes($_, integer, boolean) RETURNS bytea LANGUAGE internal AS 'varbit';
CREATE FUNCTION pg_temp.as_$_(bytea, integer, boolean) RETURNS $_ LANGUAGE internal AS 'varbit';
SQL
$script .= <<'SQL';
CREATE FUNCTION pg_temp.code(verdict) RETURNS integer LANGUAGE internal AS 'chartoi4';
CREATE FUNCTION pg_temp.verdict(integer) RETURNS verdict LANGUAGE internal AS 'i4tochar';
CREATE FUNCTION pg_temp.bytes(verdict, integer, boolean) RETURNS bytea
	LANGUAGE sql AS $$ SELECT set_byte('\x00', 0, pg_temp.code($1)) $$;
CREATE FUNCTION pg_temp.as_verdict(bytea, integer, boolean) RETURNS verdict
	LANGUAGE sql AS $$ SELECT pg_temp.verdict(get_byte($1, 0)) $$;
SQL

foreach my $i (0 .. $#values)
{
	my ($type, $text, $wire, $stored) = @{ $values[$i] }{qw(type text wire stored)};

	open my $file, '>:raw', "$dir/$i" or die "$dir/$i: $!";
	print $file "PGCOPY\n\xFF\r\n\x00", pack('N N n N/a* n', 0, 0, 1, pack('H*', $wire), 0xFFFF);
	close $file or die "$dir/$i: $!";
	$script .= <<"SQL";
CREATE TEMPORARY TABLE value AS
	SELECT text, text::$type AS today, pg_temp.as_$type('\\x$stored', 0, false) AS stored FROM (SELECT \$text\$$text\$text\$ AS text) x;
CREATE TEMPORARY TABLE message (sent $type);
\\copy message FROM '$dir/$i' (FORMAT binary)
SELECT '$i read', stored = today AND stored::text = text FROM value;
SELECT '$i received', sent = today AND sent::text = text FROM value, message;
SELECT '$i stored', encode(pg_temp.bytes(today, 0, false), 'hex') FROM value;
SELECT '$i sent', encode(${type}_send(today), 'hex') FROM value;
DROP TABLE value, message;
SQL
}

my $output;
run ['psql', '-X', '-A', '-t', '-q', '-d', $ENV{NTM_TEST_DB}], '<', \"${script}ROLLBACK;\n", '>&', \$output
  or BAIL_OUT($output);
my %results = map { split /\|/ } split /\n/, $output;

foreach my $i (0 .. $#values)
{
	my $value = $values[$i];

	is($results{"$i received"}, 't', "$value->{place}: what was sent is read");
	is($results{"$i sent"}, $value->{wire}, "$value->{place}: so it is sent") if $value->{newest};
  SKIP:
	{
		skip 'the fixtures are of another byte order', 1 + $value->{newest} unless $little_endian;
		is($results{"$i read"}, 't', "$value->{place}: what was stored is read");
		is($results{"$i stored"}, $value->{stored}, "$value->{place}: so it is stored") if $value->{newest};
	}
}
done_testing();

# The entries of a fixture.
sub read_fixture
{
	my ($name) = @_;
	my @entries;

	open my $file, '<', $name or die "$name: $!";
	while (my $line = <$file>)
	{
		my ($key, $text) = $line =~ /^(type|text|wire|stored) (.*)$/ or next;

		push @entries, { place => "$name, line $., $text", newest => $name eq $files[-1] || 0 } if $key eq 'type';
		$entries[-1]{$key} = $text;
	}
	return @entries;
}
