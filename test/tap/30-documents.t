# The examples in the documents are run, and must give exactly what the
# documents show.  Run in the project's directory, with a server in the PG*
# environment.
#
# In README.md and doc/*.md an example is a fenced block "sql".  If the next
# thing after it, blank lines aside, is a fenced block "text", that is its
# output; else any output will do, as long as there is no error in it.
#
#     ```sql         runs in a database of the document's own, which has the
#                    extension ntm and nothing else
#     ```sql demo    runs in the database that holds the demo, in a transaction
#                    that is rolled back; skipped where there is no such database
#
# A fence with any other words after it is left alone.  The blocks of one kind
# in a document are one session of psql, from top to bottom, so that a later
# example may build on an earlier one, as they do for a reader who pastes them.
#
# Compared is all that psql -q prints, errors included, but for blanks at the
# ends of lines, blank lines before and after, and the lines LOCATION of verbose
# errors, which name lines of C code.
#
# The demo's database is named by NTM_DEMO_DATABASE, else by NTM_DEMO_DB.

use strict;
use warnings;

use IPC::Run qw(run);
use Test::More;

my $marker = '---- ntm example in line';
my $database = "ntm_documents_$$";
my $demo = $ENV{NTM_DEMO_DATABASE} // $ENV{NTM_DEMO_DB};

# What psql prints must not depend on whose machine it is.
delete @ENV{ grep { /^(?:LANGUAGE|LC_|PG_COLOR|PGOPTIONS|PSQL)/ } keys %ENV };
@ENV{qw(LC_ALL PGCLIENTENCODING PGDATESTYLE PGTZ)} = qw(C.UTF-8 UTF8 ISO UTC);

$SIG{$_} = sub { exit 1 }
  foreach qw(HUP INT TERM);

END
{
	my $status = $?;

	drop_database();
	$? = $status;
}

my @documents = grep { -e } ('README.md', sort glob 'doc/*.md');
plan skip_all => 'there are no documents' unless @documents;

my $has_demo = defined $demo && run ['psql', '-X', '-d', $demo, '-c', ''], '<', \undef, '>&', \my $ignored;

foreach my $document (@documents)
{
	my @examples = read_examples($document);
	my @own = grep { $_->{kind} eq 'sql' } @examples;
	my @shown = grep { $_->{kind} eq 'sql demo' } @examples;

	if (@own)
	{
		create_database();
		check_examples($document, $database, '', @own);
		drop_database();
	}

  SKIP:
	{
		last unless @shown;
		skip "$document: no demo", scalar @shown unless $has_demo;
		check_examples($document, $demo, "\\set ON_ERROR_ROLLBACK on\nBEGIN;\n", @shown);
	}
}

done_testing();

# The examples of a document: kind, line, text, and output if one is shown.
sub read_examples
{
	my ($document) = @_;
	my ($block, $example, @examples);

	open my $file, '<', $document or die "cannot read $document: $!";
	while (my $line = <$file>)
	{
		if (!$block)
		{
			if ($line =~ /^(\s*)(```+)\s*(.*?)\s*$/)
			{
				$block = { indent => $1, fence => $2, kind => $3, line => $., text => '' };
			}
			elsif ($line =~ /\S/)
			{
				$example = undef;
			}
		}
		elsif ($line !~ /^\s*\Q$block->{fence}\E\s*$/)
		{
			$block->{text} .= $line =~ s/^$block->{indent}//r;
		}
		else
		{
			$example->{output} = $block->{text} if $example && $block->{kind} eq 'text';
			$example = $block->{kind} =~ /^sql(?: demo)?$/ ? $block : undef;
			push @examples, $example if $example;
			$block = undef;
		}
	}
	die "$document: the block that begins in line $block->{line} has no end\n" if $block;

	return @examples;
}

# Run a document's examples of one kind in one session, and check each.
sub check_examples
{
	my ($document, $where, $before, @examples) = @_;
	my $script = join '', $before, map { "\\echo $marker $_->{line}\n$_->{text}\n" } @examples;
	my (undef, %outputs) = split /^\Q$marker\E (\d+)\n/m, psql($where, $script);

	foreach my $example (@examples)
	{
		my $name = "$document, line $example->{line}";
		my $output = tidy($outputs{ $example->{line} } // 'psql did not get that far');

		if (defined $example->{output})
		{
			is($output, tidy($example->{output}), $name);
		}
		else
		{
			unlike($output, qr/^(?:psql|ERROR|FATAL|PANIC|invalid command)/m, "$name: no error");
		}
	}
}

sub tidy
{
	my ($text) = @_;

	$text =~ s/^LOCATION:.*\n?//mg;
	$text =~ s/[ \t]+$//mg;
	$text =~ s/\A\n+|\n+\z//g;
	return $text;
}

# All that psql prints, errors in their place.
sub psql
{
	my ($where, $script) = @_;

	run ['psql', '-X', '-q', '-P', 'pager=off', '-d', $where], '<', \$script, '>&', \my $output;
	return $output;
}

sub create_database
{
	my $script = 'SET client_min_messages = warning; CREATE EXTENSION ntm CASCADE';

	drop_database();
	system('createdb', '-T', 'template0', '-E', 'UTF8', $database) == 0
	  and system('psql', '-X', '-q', '-d', $database, '-c', $script) == 0
	  or BAIL_OUT("cannot make a database with the extension");
}

sub drop_database
{
	run ['dropdb', '--if-exists', '--force', $database], '>&', \my $ignored;
}
