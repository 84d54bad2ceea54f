# Binary forms over the wire: what is sent is read back unchanged, and whatever
# else comes is an ordinary error.  Run with a server in the PG* environment,
# as a superuser; everything happens in a database of its own.
#
# The bytes go through COPY ... (FORMAT binary), which calls the types' receive
# functions as any driver does.

use strict;
use warnings;

use Encode qw(encode);
use File::Temp qw(tempdir);
use IPC::Run qw(run);
use Test::More;

my $database = "ntm_binary_$$";
my $dir = tempdir(CLEANUP => 1);

# What an error of input may be: data exception, limit exceeded, protocol
# violation.  Above all not XX: an internal error, or the end of the server.
my $ordinary = qr/^(?:22[0-9A-Z]{3}|540[0-9A-Z]{2}|08P01)$/;

delete @ENV{ grep { /^(?:LANGUAGE|LC_|PG_COLOR|PGOPTIONS|PSQL)/ } keys %ENV };
@ENV{qw(LC_ALL PGCLIENTENCODING PGOPTIONS)} = ('C.UTF-8', 'UTF8', '-c search_path=ntm,public');

$SIG{$_} = sub { exit 1 }
  foreach qw(HUP INT TERM);

END
{
	my $status = $?;

	run ['dropdb', '--if-exists', '--force', $database], '<', \undef, '>&', \my $ignored;
	$? = $status;
}

run_or_die('createdb', '-T', 'template0', '-E', 'UTF8', $database);
psql('CREATE EXTENSION ntm CASCADE;
	  CREATE TABLE verdict_message (v verdict);
	  CREATE TABLE measures_message (v measures);
	  CREATE TABLE rule_message (v rule);
	  CREATE TABLE ruleset_message (v ruleset);
	  CREATE TABLE scorecard_message (v scorecard);');

my $document = '{"code": "X", "nodes": [{"code": "1", "rule": "a >= 1"}]}';
my $card = '{"overall": "met", "1": "met", "1.1": {"verdict": "unknown", "parent": null}, "points": [1, 2], "ruleset": "0123456789abcdef0123456789abcdef"}';

# ---- bytes made by hand: what they mean, or how they are refused ----

check_messages(
	'verdict',
	['not_met', "\x01\x00", 'not_met'],
	['unknown', "\x01\x01", 'unknown'],
	['met', "\x01\x02", 'met'],
	['not_applicable', "\x01\x03", 'not_applicable'],
	['nothing', '', '22P03'],
	['the version alone', "\x01", '22P03'],
	['version 0', "\x00\x02", '22P03'],
	['version 2', "\x02\x02", '22P03'],
	['version 255', "\xFF\x02", '22P03'],
	['the first code that is none', "\x01\x04", '22P03'],
	['the last code that is none', "\x01\xFF", '22P03'],
	['a byte too many', "\x01\x02\x00", '22P03'],
	['far too many bytes', "\x01\x02" . "\x00" x 100_000, '22P03']);

check_messages(
	'measures',
	['no measures', measures(), '{}'],
	['numbers', measures(['a', 1_500_000], ['b', -1], ['c', 0]), '{"a": 1.5, "b": -0.000001, "c": 0}'],
	['any order of names', measures(['b', 0], ['a', 1_000_000], ['B', 0]), '{"B": 0, "a": 1, "b": 0}'],
	['explicitly unknown and not applicable', measures(['a', "\x80" . "\x00" x 6 . "\x01"], ['b', "\x80" . "\x00" x 7]), '{"a": null, "b": "n/a"}'],
	['the largest number', measures(['a', 9_199_999_999_999_999_999]), '{"a": 9199999999999.999999}'],
	['the smallest number', measures(['a', -9_199_999_999_999_999_999]), '{"a": -9199999999999.999999}'],
	['names of 63 bytes', measures(['x' x 63, 0]), '{"' . 'x' x 63 . '": 0}'],
	['a name in Vietnamese', measures([encode('UTF-8', "nh\x{1EAD}p"), 0]), encode('UTF-8', "{\"nh\x{1EAD}p\": 0}")],
	['4,096 measures', measures(map { [sprintf('m%04d', $_), 0] } 1 .. 4096), qr/^\{"m0001": 0, .*"m4096": 0\}$/],
	['nothing', '', '22P03'],
	['the version alone', "\x01", '22P03'],
	['version 0', "\x00\x00\x00", '22P03'],
	['version 2', "\x02\x00\x00", '22P03'],
	['fewer measures than counted', "\x01\x00\x02" . substr(measures(['a', 0]), 3), '22P03'],
	['more measures than counted', "\x01\x00\x01" . substr(measures(['a', 0], ['b', 0]), 3), '22P03'],
	['more measures than there may be', "\x01\x10\x01" . substr(measures(map { [sprintf('m%04d', $_), 0] } 1 .. 4097), 3), '22P03'],
	['a count of 65,535 and no measures', "\x01\xFF\xFF", '22P03'],
	['a name longer than the message', "\x01\x00\x01\xFF\xFFa" . "\x00" x 8, '22P03'],
	['a name with a negative length', "\x01\x00\x01\x80\x00a" . "\x00" x 8, '22P03'],
	['an empty name', measures(['', 0]), '22P03'],
	['an empty name among others', measures(['a', 0], ['', 0], ['b', 0]), '22P03'],
	['a name of 64 bytes', measures(['x' x 64, 0]), '22P03'],
	['a name with a line break', measures(["a\nb", 0]), '22P03'],
	['a name with DEL', measures(["a\x7F", 0]), '22P03'],
	['a name with a zero byte', measures(["a\x00b", 0]), '22021'],
	['a name that is no UTF-8', measures(["a\xFF", 0]), '22021'],
	['the same name twice', measures(['a', 0], ['b', 1], ['a', 0]), '22P03'],
	['a number just too large', measures(['a', 9_200_000_000_000_000_000]), '22P03'],
	['a number just too small', measures(['a', -9_200_000_000_000_000_000]), '22P03'],
	['the code after the reserved ones', measures(['a', "\x80" . "\x00" x 6 . "\x02"]), '22P03'],
	['a byte too many', measures(['a', 0]) . "\x00", '22P03']);

check_messages(
	'rule',
	['a rule', "\x01>= 95%", '>= 95%'],
	['a rule in another spelling', "\x01" . encode('UTF-8', "\x{2265}95 %  AND \x{110}\x{1EA1}t"), '>= 95% and met'],
	['nothing', '', '08P01'],
	['the version alone', "\x01", '22P02'],
	['version 0', "\x00>= 95%", '22P03'],
	['version 2', "\x02>= 95%", '22P03'],
	['text without version', '>= 95%', '22P03'],
	['half a rule', "\x01>= 95% and", '22P02'],
	['a zero byte at the end', "\x01>= 95%\x00", '22021'],
	['a zero byte within', "\x01a >= 95%\x00 and b >= 1", '22021'],
	['no UTF-8', "\x01\"a\xFF\" >= 95", '22021'],
	['half a character', "\x01\"a\xE1\xBA\" >= 95", '22021'],
	['a control character', "\x01\"a\x01b\" met", '22P02'],
	['too long a rule', "\x01>= 95" . ' ' x 16_384, '54000'],
	['too deep a rule', "\x01" . 'not ' x 64 . 'a met', '54000'],
	['a megabyte of brackets', "\x01" . '(' x 1_048_576, '54000'],
	['a number out of range', "\x01>= 9200000000000", '22003']);

check_messages(
	'ruleset',
	['a document', "\x01$document", $document],
	['a document in another spelling', "\x01" . ' {"nodes":[{"rule":"a>=1","code":"1"}],"code":"X"} ', $document],
	['nothing', '', '08P01'],
	['the version alone', "\x01", '22P02'],
	['version 0', "\x00$document", '22P03'],
	['version 2', "\x02$document", '22P03'],
	['text without version', $document, '22P03'],
	['a zero byte at the end', "\x01$document\x00", '22021'],
	['no UTF-8', "\x01{\"code\": \"X\xFF\", \"nodes\": []}", '22021'],
	['no JSON', "\x01" . 'X', '22P02'],
	['a set without nodes', "\x01" . '{"code": "X", "nodes": []}', '22P02'],
	['an unknown key', "\x01" . '{"code": "X", "nodes": [{"code": "1", "rule": "a met", "x": 1}]}', '22P02'],
	['a circle', "\x01" . '{"code": "X", "nodes": [{"code": "1", "rule": "[1]"}]}', '22P02'],
	['too deep', "\x01" . '[' x 100_000, qr/^54/],
	['too long', "\x01" . ' ' x (4 * 1024 * 1024) . $document, '54000']);

check_messages(
	'scorecard',
	['a card', "\x01$card", $card],
	['nothing', '', '08P01'],
	['the version alone', "\x01", '22P02'],
	['version 0', "\x00$card", '22P03'],
	['version 2', "\x02$card", '22P03'],
	['text without version', $card, '22P03'],
	['a zero byte at the end', "\x01$card\x00", '22021'],
	['no UTF-8', "\x01" . $card =~ s/"1"/"\xC3"/r, '22021'],
	['an unknown verdict', "\x01" . $card =~ s/unknown/unsure/r, '22P02'],
	['no verdict of the whole', "\x01" . $card =~ s/"overall": "met", //r, '22P02'],
	['no nodes', "\x01" . '{"overall": "met", "ruleset": "0123456789abcdef0123456789abcdef"}', '22P02'],
	['a short fingerprint', "\x01" . $card =~ s/abcdef/abcde/r, '22P02'],
	['a parent that is not there', "\x01" . $card =~ s/null/"7"/r, '22P02'],
	['a parent of its own', "\x01" . $card =~ s/null/"1.1"/r, '22P02'],
	['too deep', "\x01" . '{"a":' x 100_000, qr/^(?:54|22P02)/]);

# ---- every beginning of a message, and messages with a few bytes changed ----

my %whole = (
	verdict => ["\x01\x02"],
	measures => [measures(['a', 1], ['b', "\x80" . "\x00" x 7], ['cde', -5]), measures(map { ["name$_", $_] } 1 .. 20)],
	rule => ["\x01" . 'at least 2 of (>= 95%, "x y" / b between 1% and 2.5%, not [17.1], *) and c met'],
	ruleset => [
		"\x01$document",
		"\x01" . '{"code": "Y", "title": "t", "rule": "at least 1 of (*)", "classes": {"A": null}, "measures": {"m": {"unit": "%"}},'
		  . ' "nodes": [{"code": "1", "parent": null, "when": {"A": "any of (not *)"}}, {"code": "1.1", "measure": "m", "rule": "not >= 5", "when_source": {"A": "s"}}]}'
	],
	scorecard => ["\x01$card"]);

srand(20191031);
foreach my $type (sort keys %whole)
{
	my @cut;
	my @changed;

	foreach my $message (@{ $whole{$type} })
	{
		push @cut, map { substr($message, 0, $_) } 0 .. length($message) - 1;
		push @changed, map { change_bytes($message) } 1 .. 300;
	}

	my @answers = receive($type, @cut);
	my @wrong = grep { $answers[$_]{state} !~ $ordinary } 0 .. $#cut;
	# a rule cut short may still be one
	@wrong = grep { $answers[$_]{state} ne '' } @wrong if $type eq 'rule';
	ok(!@wrong, sprintf('%s: %d beginnings of messages are refused', $type, scalar @cut))
	  or show($answers[ $wrong[0] ], $cut[ $wrong[0] ]);

	@answers = receive($type, @changed);
	@wrong = grep { $answers[$_]{state} ne '' && $answers[$_]{state} !~ $ordinary } 0 .. $#changed;
	ok(!@wrong, sprintf('%s: %d changed messages are refused or read', $type, scalar @changed))
	  or show($answers[ $wrong[0] ], $changed[ $wrong[0] ]);

	my $again = psql("SELECT count(*) FROM ${type}_message WHERE v::text::${type}::text <> v::text");
	is($again, '0', "$type: what was read has a text that can be read");
}

# ---- there and back ----

psql(<<'SQL');
CREATE TABLE stored (
	id integer PRIMARY KEY, verdict verdict, measures measures, rule rule, ruleset ruleset,
	scorecard scorecard, verdicts verdict[], many measures[], rules rule[], cards scorecard[]);
INSERT INTO stored
SELECT n, v, m, q, s, c, ARRAY[v, NULL, v], ARRAY[m, '{}'], ARRAY[q, NULL], ARRAY[c, c]
FROM generate_series(1, 60) n,
	LATERAL (SELECT (ARRAY['not_met', 'unknown', 'met', 'not_applicable'])[1 + n % 4]::verdict AS v,
		format('{"đâu": %s, "a\"b": %s, "n": "n/a", "u": null, "%s": %s%s}', n, -n / 1000000.0, repeat('x', n), (n % 2 = 0)::text,
			(SELECT string_agg(format(', "m%s": %s', i, i * 1.5), '') FROM generate_series(1, n * n) i))::measures AS m,
		(SELECT string_agg(format('m%s >= %s%% or "đâu %s" / b between -1 and %s', i, i, i, i), ' and ') FROM generate_series(1, n) i)::rule AS q,
		(SELECT format('{"code": "S%s", "title": "đ", "rule": "at least %s points of (2 points: *)", "nodes": [%s]}', n, n,
			string_agg(format('{"code": "đ%s.%s", "parent": null, "rule": "m%s >= 5"}', i, n, i), ', '))
		 FROM generate_series(1, n * 10) i)::ruleset AS s) x,
	LATERAL (SELECT assess(m, s) AS c) y;
INSERT INTO stored (id) VALUES (0);
CREATE TABLE copied (LIKE stored);
SQL

foreach my $encoding (qw(UTF8 WIN1258))
{
	psql("TRUNCATE copied;
		  SET client_encoding = '$encoding';
		  \\copy stored TO '$dir/stored' (FORMAT binary)
		  \\copy copied FROM '$dir/stored' (FORMAT binary)");
	is(psql('SELECT count(*) FROM copied'), '61', "$encoding: all rows come back");
	is( psql('SELECT count(*) FROM stored s JOIN copied c USING (id) WHERE s IS DISTINCT FROM c'),
		'0', "$encoding: all values are equal");
	is( psql('SELECT count(*) FROM stored s JOIN copied c USING (id) WHERE s::text <> c::text
			  OR measures_send(s.measures) <> measures_send(c.measures) OR ruleset_send(s.ruleset) <> ruleset_send(c.ruleset)
			  OR ruleset_hash(s.ruleset) <> ruleset_hash(c.ruleset) OR scorecard_hash(s.scorecard) <> scorecard_hash(c.scorecard)
			  OR assess(c.measures, c.ruleset) <> s.scorecard'),
		'0', "$encoding: in text, bytes, hash and verdicts");
}
is(psql("SET client_encoding = 'WIN1258'; SELECT encode(measures_send('{\"\\u0111\": 1}'), 'hex')"),
	'0100010001f000000000000f4240', 'a name is sent in the encoding of the client');

# ---- exported symbols: all are global in the server's process ----

SKIP:
{
	my $library = (psql("SELECT setting FROM pg_settings WHERE name = 'extension_destdir'") // '')
	  . psql("SELECT setting FROM pg_config WHERE name = 'PKGLIBDIR'") . '/ntm.so';

	skip 'no nm, or the server is elsewhere', 1 unless -r $library && run ['nm', '--version'], '<', \undef, '>&', \my $ignored;
	run ['nm', '-D', '--defined-only', $library], '<', \undef, '>', \my $symbols;
	my @foreign = grep { !/^(?:ntm_\w+|pg_finfo_ntm_\w+|_PG_init|Pg_magic_func|_init|_fini|_edata|_end|__bss_start)$/ }
	  map { (split)[-1] } split /\n/, $symbols;
	is("@foreign", '', 'the library exports no name that could clash');
}

done_testing();

# ---- helpers ----

# The wire form of measures; a value is a number of millionths or 8 bytes.
sub measures
{
	return pack('C n', 1, scalar @_)
	  . join('', map { pack('n/a*', $_->[0]) . ($_->[1] =~ /^-?[0-9]+$/ ? pack('q>', $_->[1]) : $_->[1]) } @_);
}

# A message with one to three bytes changed, left out or doubled
sub change_bytes
{
	my ($message) = @_;

	foreach (1 .. 1 + int rand 3)
	{
		my $place = int rand length $message;
		my $how = int rand 4;
		my $byte = substr($message, $place, 1);

		# the version is tested elsewhere
		next if $place == 0;
		substr($message, $place, 1) =
			$how == 0 ? chr int rand 256
		  : $how == 1 ? ''
		  : $how == 2 ? $byte . $byte
		  :             chr(ord($byte) ^ (1 << int rand 8));
	}
	return $message;
}

# Have messages received one by one, in one session; for each the SQLSTATE ('' if
# it was read) and what was said.
sub receive
{
	my ($type, @messages) = @_;
	my $script = "\\set VERBOSITY verbose\nTRUNCATE ${type}_message;\nSELECT pg_backend_pid() AS pid \\gset\n";
	my ($output, @answers);

	foreach my $i (0 .. $#messages)
	{
		open my $file, '>:raw', "$dir/$i" or die "$dir/$i: $!";
		print $file "PGCOPY\n\xFF\r\n\x00", pack('N N n N', 0, 0, 1, length $messages[$i]), $messages[$i], pack('n', 0xFFFF);
		close $file or die "$dir/$i: $!";
		$script .= "\\copy ${type}_message FROM '$dir/$i' (FORMAT binary)\n\\echo ---- next\n";
	}
	$script .= "SELECT 'the same session' WHERE pg_backend_pid() = :pid;\n";

	run ['psql', '-X', '-A', '-t', '-q', '-d', $database], '<', \$script, '>&', \$output;
	@answers = split /^---- next\n/m, $output, -1;
	die "the server did not survive:\n" . substr($output, -2000) unless pop(@answers) =~ /the same session/;
	return map { { said => $_, state => /ERROR:  ([0-9A-Z]{5}): / ? $1 : $_ eq '' ? '' : 'odd' } } @answers;
}

# Messages and what they are to give: an SQLSTATE, or the text of the value
sub check_messages
{
	my ($type, @cases) = @_;
	my @answers = receive($type, map { $_->[1] } @cases);

	foreach my $i (0 .. $#cases)
	{
		my ($what, undef, $should) = @{ $cases[$i] };
		my $state = $answers[$i]{state};

		if (ref $should ? $state =~ $should : $should =~ /^[0-9][0-9A-Z]{4}$/)
		{
			like($state, ref $should ? $should : qr/^$should$/, "$type: $what is refused")
			  or show($answers[$i], $cases[$i][1]);
			next;
		}
		is($state, '', "$type: $what is read") or show($answers[$i], $cases[$i][1]);
	}

	# what was read, in the order in which it came
	my @read = split /\n/, psql("SELECT v FROM ${type}_message ORDER BY ctid");
	foreach my $case (grep { ref $_->[2] || $_->[2] !~ /^[0-9][0-9A-Z]{4}$/ } @cases)
	{
		next if ref $case->[2] && "$case->[2]" =~ /54/;
		my $value = shift @read;

		like($value // 'nothing', ref $case->[2] ? $case->[2] : qr/^\Q$case->[2]\E$/, "$type: $case->[0] is what it says");
	}
	is(scalar @read, 0, "$type: nothing else was read");
	return;
}

sub show
{
	my ($answer, $message) = @_;

	diag('bytes: ' . substr(unpack('H*', $message), 0, 400));
	diag('said: ' . substr($answer->{said}, 0, 600));
	return;
}

# Run SQL, return what it prints; any error ends the test.
sub psql
{
	my ($script) = @_;
	my ($output, $errors);

	run ['psql', '-X', '-A', '-t', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $database], '<', \$script, '>', \$output, '2>', \$errors
	  or die "psql: $errors";
	chomp $output;
	return $output;
}

sub run_or_die
{
	my (@command) = @_;
	my $output;

	run \@command, '<', \undef, '>&', \$output
	  or die "@command: $output";
	return;
}
