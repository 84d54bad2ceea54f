# The extension reads and ships UTF-8, so it goes into no other database.  Run
# with a server in the PG* environment, as a superuser; everything happens in
# databases of its own.

use strict;
use warnings;

use IPC::Run qw(run);
use Test::More;

my $database = "ntm_encoding_$$";

$SIG{$_} = sub { exit 1 }
  foreach qw(HUP INT TERM);

END
{
	my $status = $?;

	run ['dropdb', '--if-exists', '--force', $database], '>&', \my $ignored;
	$? = $status;
}

$ENV{PGCLIENTENCODING} = 'UTF8';

sub make_database
{
	my ($encoding) = @_;

	system('createdb', '-T', 'template0', '-E', $encoding, '--locale=C', $database) == 0
	  or BAIL_OUT("cannot make a database in $encoding");
}

sub psql
{
	my ($script) = @_;

	run ['psql', '-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1', '-v', 'VERBOSITY=verbose', '-d', $database],
	  '<', \$script, '>', \my $out, '2>', \my $err;
	return ($out, $err);
}

foreach my $encoding (qw(LATIN1 SQL_ASCII))
{
	make_database($encoding);
	my (undef, $error) = psql("CREATE EXTENSION ntm CASCADE;\n");
	like($error, qr/ERROR:  0A000: extension "ntm" needs a database in UTF8\nDETAIL:  This database is in $encoding\.\nHINT:  Make one by: createdb/, "no extension in $encoding");
	my ($left) = psql("SELECT count(*) FROM pg_extension WHERE extname IN ('ntm', 'ltree'); SELECT to_regnamespace('ntm');\n");
	is($left, "0\n\n", 'and nothing is left of it');
	system('dropdb', $database) == 0 or BAIL_OUT('cannot drop a database');
}

make_database('UTF8');
my ($made, $error) = psql("SET client_min_messages = warning; CREATE EXTENSION ntm CASCADE; SELECT 'Đạt'::ntm.rule;\n");
is("$made$error", "met\n", 'it goes into one in UTF8, whatever its locale');

done_testing;
