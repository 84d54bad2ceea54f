# The project as a whole: one version everywhere, installation scripts that can
# be run anywhere, and a library that exports nothing but its own names.
# Run in the project's directory; NTM_LIBRARY is the built library if that is
# elsewhere.

use strict;
use warnings;

use JSON::PP;
use Test::More;

sub slurp
{
	my ($path) = @_;
	open my $file, '<', $path or return '';
	local $/;
	return scalar <$file>;
}

my $library = $ENV{NTM_LIBRARY} // 'ntm.so';

# one version
my ($version) = slurp('ntm.control') =~ /^default_version\s*=\s*'([^']+)'/m;
ok($version, 'ntm.control has a version');
my $meta = decode_json(slurp('META.json'));
is($meta->{version}, $version, 'META.json has the same');
is($meta->{provides}{ntm}{version}, $version, 'and so has what it provides');
my ($newest) = slurp('CHANGELOG.md') =~ /^##\s+(\d\S*)/m;
is($newest, $version, 'CHANGELOG.md begins with it');
(my $script = $library) =~ s/[^\/]*$/ntm--$version.sql/;
ok(-e $script, 'the installation script is named after it');

SKIP:
{
	skip 'no server', 1 unless $ENV{NTM_TEST_DB};
	my $installed = qx(psql -X -At -d $ENV{NTM_TEST_DB} -c "SELECT extversion FROM pg_extension WHERE extname = 'ntm'");
	chomp $installed;
	is($installed, $version, 'the server installed it');
}

# CREATE EXTENSION is replicated by two-phase commit in some places, which
# temporary objects prevent; and OR REPLACE could take over a stranger's object.
foreach my $part (sort map { glob "sql/$_" }
	qw(core/*.sql library/*.sql install/*.sql registry/*.sql registry/bi/*.sql))
{
	(my $sql = slurp($part)) =~ s/--.*//g;
	unlike($sql, qr/\bCREATE\s+OR\s+REPLACE\b/i, "$part replaces nothing");
	unlike($sql, qr/\bCREATE\s+(?:(?:GLOBAL|LOCAL)\s+)?TEMP(?:ORARY)?\b/i, "$part makes nothing temporary");
}

# All symbols of a backend's libraries share one name space.
my @exported = map { (split)[-1] } qx(nm -D --defined-only "$library");
cmp_ok(scalar @exported, '>', 0, 'the library exports something');
is_deeply([ grep { !/^(?:ntm_|pg_finfo_ntm_|_PG_|Pg_magic)/ } @exported ],
	[], 'the library exports only names of its own');

done_testing();
