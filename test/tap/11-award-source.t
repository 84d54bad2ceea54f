# The shipped award policies against the table they were made from, amount by
# amount: awards/*.json and awards.csv, which is no part of this project.  The
# table lies in directory data of $NTM_SHARED, or of ../shared.

use strict;
use warnings;
use utf8;

use JSON::PP;
use Test::More;

binmode Test::More->builder->$_, ':encoding(UTF-8)'
  foreach qw(output failure_output todo_output);

my $table = ($ENV{NTM_SHARED} // '../shared') . '/data/awards.csv';
plan skip_all => "$table is not there" unless -e $table;

# Which line of which policy a class of the table is.
my %line_of = (
	HT13 => [ 'HT-XA-2013', 'xã, sớm >=2 năm' => 1, 'xã, sớm 1 năm' => 2, 'xã, đúng hạn' => 3 ],
	HT16 => [ 'HT-XA-2013', 'xã, sớm >=2 năm' => 1, 'xã, sớm 1 năm' => 2, 'xã, đúng hạn' => 3, 'xã, sau hạn' => 4 ],
	HTTP => [ 'HT-KDC-MAU', 'thôn/KDC mẫu' => 1 ],
	QN17 => [ 'QN-XA-2017', 'xã, hạng 1' => 1, 'xã, hạng 2' => 2, 'xã, hạng 3' => 3 ],
	YB22 => [ 'YB-XA-2021', 'xã ĐBKK NTM' => 1, 'xã NTM' => 2, 'xã nâng cao' => 3, 'xã kiểu mẫu' => 4 ],
	YBKM => [ 'YB-THON-MAU', 'thôn kiểu mẫu' => 1 ],
	NA23 => [ 'NA-XA-2023', 'xã NTM' => 1, 'xã nâng cao' => 2 ],
	PT24 => [ 'PT-XA-2024', 'xã NTM (Thạch Khoán, QĐ 2119/QĐ-UBND 28/10/2024)' => 1 ]);

# Lines that were found after the table was made, and their amounts.
my %later = ('NA-XA-2023 3' => 700_000_000);

sub slurp
{
	my ($path, $layer) = @_;
	open my $file, "<$layer", $path or die "cannot read $path: $!";
	local $/;
	return scalar <$file>;
}

my (%policy, %total, %published, %used);
foreach my $path (glob 'awards/*.json')
{
	my $document = JSON::PP->new->utf8->decode(slurp($path, ':raw'));

	$policy{ $document->{code} } = $document;
}

my ($names, @rows) = split /\r?\n/, slurp($table, ':encoding(UTF-8)');
is($names, 'case_id,year,payer,class_vi,units,amount_each_million_vnd,published_total_million_vnd,source', 'the table has its columns');

foreach my $row (@rows)
{
	my ($case, $year, $payer, $class, $units, $amount, $total, $source) =
	  map { s/^"(.*)"$/$1/r } $row =~ /("[^"]*"|[^,]*)(?:,|$)/g;
	my ($code, %position) = @{ $line_of{$case} // [] };
	my $line = defined $position{$class} ? $policy{$code}{amounts}[ $position{$class} - 1 ] : undef;

	ok($line, "$case, $class: the library has a line") or next;
	is($line->{amount}, $amount * 1_000_000, "$case, $class: its amount");
	my ($address) = $source =~ /^(\S+)/;
	like($line->{source}, qr/\Q$address\E/, "$case, $class: its address");
	$total{$case} += $units * $line->{amount};
	$published{$case} = $total * 1_000_000 if $total;
	$used{$code}{ $position{$class} } = 1;
}

is($total{$_}, $published{$_}, "$_: the published total") foreach sort keys %published;
foreach my $code (sort keys %policy)
{
	my $lines = $policy{$code}{amounts};

	is(join(' ', grep { !$used{$code}{$_} && !$later{"$code $_"} } 1 .. @$lines), '', "$code: every amount is in the table");
}

foreach my $found (sort keys %later)
{
	my ($code, $line) = split / /, $found;

	is($policy{$code}{amounts}[ $line - 1 ]{amount}, $later{$found}, "$found: an amount that the table does not have");
}

done_testing();
