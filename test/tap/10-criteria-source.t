# The shipped national set against the table it was made from, value by value:
# rules, titles, units and sources of criteria/VN-XA-2016.json and of
# criteria_1980.csv, which is no part of this project.  The table lies in
# directory data of $NTM_SHARED, or of ../shared.

use strict;
use warnings;
use utf8;

use JSON::PP;
use Test::More;
use Unicode::Normalize;

binmode Test::More->builder->$_, ':encoding(UTF-8)'
  foreach qw(output failure_output todo_output);

my $table = ($ENV{NTM_SHARED} // '../shared') . '/data/criteria_1980.csv';
plan skip_all => "$table is not there" unless -e $table;

# the table leaves the year out
my %unit_here = ('triệu đồng/người' => 'triệu đồng/người/năm');

# These criteria are indicators at the same time: the node has the title of the
# criterion, its measure that of the indicator.
my %indicator_is_criterion = map { $_ => 1 } qw(5 7 10 11 12 16);

sub slurp
{
	my ($path) = @_;
	open my $file, '<:encoding(UTF-8)', $path or die "cannot read $path: $!";
	local $/;
	return scalar <$file>;
}

# Rows of a CSV text as hashes by the first row.
sub parse_csv
{
	my ($text) = @_;
	my (@rows, @row);

	$text =~ s/^\x{FEFF}//;
	$text =~ s/\r\n/\n/g;
	$text .= "\n" unless $text =~ /\n\z/;
	while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^,\n"]*))([,\n])/gc)
	{
		my ($quoted, $plain, $end) = ($1, $2, $3);

		push @row, defined $quoted ? $quoted =~ s/""/"/gr : $plain;
		if ($end eq "\n")
		{
			push @rows, [@row];
			@row = ();
		}
	}
	die 'cannot parse the table' if (pos($text) // 0) < length $text;

	my @names = @{ shift @rows };
	return map { my %row; @row{@names} = @$_; \%row } @rows;
}

sub addresses
{
	my ($text) = @_;
	return join ' ', sort map { s/[,;)\]]+\z//r } $text =~ m{https?://\S+}g;
}

# "sourced" or "unverified", as view ntm.library_requirement tells them apart
sub status
{
	my ($source) = @_;
	return $source =~ m{^https?://} ? 'sourced' : $source =~ /^unverified\b/ ? 'unverified' : "? $source";
}

my @rows = parse_csv(slurp($table));
my $document_text = slurp('criteria/VN-XA-2016.json');
my $document = JSON::PP->new->decode($document_text);
my %node = map { $_->{code} => $_ } @{ $document->{nodes} };

is(scalar @rows, 400, 'the table has 50 values for 8 columns');
is($document_text, NFC($document_text), 'the document is in NFC');

# What the document says of an indicator in one column of the annex.
sub requirement
{
	my ($node, $region) = @_;
	my $rule = $node->{when}{$region} // $node->{rule};
	my $source = $node->{when_source}{$region} // $node->{source};

	return ($rule, $source);
}

# 17.1 is one indicator with two values; gather what the table says of both.
my (%expected, %titles, %criteria);
foreach my $row (@rows)
{
	my ($code, $part) = $row->{indicator_no} =~ /^([\d.]+)([ab]?)$/ or die "indicator $row->{indicator_no}?";
	my $here = $expected{$code}{ $row->{region} } //= { rule => [], addresses => '', doubt => 0 };
	my $percent = $row->{unit} eq '%' ? '%' : '';

	push @{ $here->{rule} },
		$row->{rule} eq 'pass' ? 'met'
	  : $row->{rule} eq 'province_sets' ? "delegated: $row->{threshold}"
	  : ($part eq 'b' ? 'clean_water ' : '') . "$row->{rule} $row->{threshold}$percent";
	die "$code: $row->{threshold}?" if $row->{rule} eq 'pass' && $row->{threshold} ne 'Đạt';
	$here->{addresses} .= " $row->{source}";
	$here->{doubt} = 1 if $row->{source} =~ /unverified|CONFLICT/;

	$criteria{ $row->{criterion_no} } = $row->{criterion_name_vi};
	$titles{"$code$part"} = { title => $row->{indicator_name_vi}, unit => $unit_here{ $row->{unit} } // $row->{unit} };
}

is(scalar keys %criteria, 19, 'the table has 19 criteria');
is(scalar keys %expected, 49, 'and 49 indicators');

foreach my $code (sort keys %expected)
{
	my $node = $node{$code} // {};
	my (@found, @wanted);

	foreach my $region (sort keys %{ $expected{$code} })
	{
		my $here = $expected{$code}{$region};
		my ($rule, $source) = requirement($node, $region eq 'Chung' ? '' : $region);
		my %unique = map { $_ => 1 } split ' ', addresses($here->{addresses});

		push @wanted, join ' | ', $region, join(' and ', @{ $here->{rule} }),
		  $here->{doubt} ? 'unverified' : 'sourced', join ' ', sort keys %unique;
		push @found, join ' | ', $region, $rule // "delegated: $node->{delegated}",
		  status($source // ''), addresses($source // '');
	}
	is_deeply(\@found, \@wanted, "$code: rule and source in each column");
}

foreach my $code (sort keys %criteria)
{
	is($node{$code}{title}, $criteria{$code}, "$code: title of the criterion");
}

foreach my $key (sort keys %titles)
{
	my ($code) = $key =~ /^([\d.]+)/;
	my $node = $node{$code};
	my $found = { title => $node->{title}, unit => $node->{unit} };

	if ($indicator_is_criterion{$code})
	{
		is($node->{unit}, $titles{$key}{unit}, "$key: unit");
		$found = $document->{measures}{ $node->{measure} };
	}
	elsif ($code eq '17.1')
	{
		$found = $document->{measures}{ $key eq '17.1a' ? 'hygienic_water' : 'clean_water' };
		$titles{$key}{title} =~ s/^Trong đó: tỷ/Tỷ/;
		$titles{$key}{title} =~ s/ \(cùng chỉ tiêu 17\.1\)$//;
	}
	is_deeply($found, $titles{$key}, "$key: title and unit");
}

is_deeply([ sort keys %node ], [ sort keys %{ { %criteria, map { $_ => 1 } keys %expected } } ],
	'the document has no other nodes');

foreach my $node (@{ $document->{nodes} })
{
	my @repeated = grep { $node->{when}{$_} eq $node->{rule} } sort keys %{ $node->{when} // {} };
	my @same = grep { $node->{when_source}{$_} eq $node->{source} } sort keys %{ $node->{when_source} // {} };

	is("@repeated @same", ' ', "$node->{code}: nothing is said twice");
}

done_testing();
