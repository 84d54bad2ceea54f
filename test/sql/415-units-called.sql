-- Units by their names, as people write them.
BEGIN;
SET search_path = ntm, public;
SELECT plan(22);
\ir registry.psql

INSERT INTO unit (code, name, level, parent_id) VALUES ('X1', 'Xã Mỹ Lung', 'commune', pg_temp.id('D1')), ('X2', 'Xã Quý Hương', 'commune', pg_temp.id('D2')), ('X3', 'Thị trấn Mỹ Lung', 'commune', pg_temp.id('D2'));
INSERT INTO unit (code, name, level, parent_id) VALUES ('K1', 'Khu 1', 'area', pg_temp.id('X1')), ('K2', 'Khu 1', 'area', pg_temp.id('X2'));

CREATE FUNCTION pg_temp.called(VARIADIC names text[]) RETURNS text LANGUAGE sql STABLE
    RETURN (SELECT string_agg(u.code, ' ' ORDER BY c.rank) FROM unnest(units_called(names)) WITH ORDINALITY AS c (id, rank) JOIN unit AS u USING (id));

SELECT is(spoken_name('Quý Hương'), spoken_name('Quí Hương'), 'y and i sound alike');
SELECT is(spoken_name('MĨ LUNG'), spoken_name('Mỹ Lung'), 'whatever the tone sign and the case');
SELECT isnt(spoken_name('Thụy Vân'), spoken_name('Thụi Vân'), 'but not after a vowel');
SELECT isnt(spoken_name('Tày'), spoken_name('Tài'), 'where they do not');
SELECT is(pg_temp.called('Xã Mỹ Lung'), 'X1', 'a name with its kind is that of one unit');
SELECT is(pg_temp.called('thị trấn mĩ lung', 'QUI HUONG', 'xa my lung'), 'X3 X2 X1', 'in the order given');
SELECT is(pg_temp.called('Khu 1, Xã Quí Hương'), 'K2', 'the place above tells two apart');
SELECT is(pg_temp.called('Khu 1, My Lung, District 1'), 'K1', 'or two places above');
SELECT is(pg_temp.refused($$SELECT units_called('{Khu 1}')$$), '42704: Of those given, "Khu 1" are 2 units.', 'a name of several is refused');
SELECT is(pg_temp.refused($$SELECT units_called('{Mỹ Lung}')$$), '42704: Of those given, "Mỹ Lung" are 2 units.', 'also without the kind');
SELECT is(pg_temp.refused($$SELECT units_called('{Xã Mỹ Lung,Xã Mỹ Lungg,Khu 9}')$$), '42704: Of those given, there is no "Xã Mỹ Lungg"; there is no "Khu 9".', 'all that are wrong are named');
SELECT is(pg_temp.refused($$SELECT units_called(ARRAY['Khu 1, Commune 1'])$$), '42704: Of those given, there is no "Khu 1, Commune 1".', 'a name elsewhere is none');
SELECT is(pg_temp.refused($$SELECT units_called('{}')$$), '42704: The list of names is empty.', 'no name');
SELECT is(pg_temp.refused($$SELECT units_called(NULL)$$), '42704: The list of names is NULL.', 'nothing');
SELECT is(pg_temp.refused($$SELECT units_called('{Thị trấn Quý Hương}')$$), '42704: Of those given, there is no "Thị trấn Quý Hương".', 'a unit of another kind is not meant');
SELECT is(pg_temp.refused($$SELECT units_called(ARRAY['Khu 1, Phường Quý Hương'])$$), '42704: Of those given, there is no "Khu 1, Phường Quý Hương".', 'nor in a place of another kind');
SELECT is(pg_temp.refused($$SELECT units_called(ARRAY['Xã Mỹ Lung', NULL])$$), '42704: Of those given, there is no "".', 'nor by a name that is NULL');
SELECT is(pg_temp.called('Quý Hương'), 'X2', 'without a kind');
SELECT is(pg_temp.called('Khu 1, quy huong'), 'K2', 'above, too');
SELECT is(pg_temp.called('Khu 1, XA QUY HUONG , district 2'), 'K2', 'blanks do not matter');
UPDATE unit SET valid_to = '2019-07-01' WHERE code = 'X3';
SELECT is(pg_temp.called('My Lung'), 'X1', 'what no longer exists is not found');
SELECT is(cardinality(units_called('{Thị trấn Mỹ Lung}', '2019-06-30')), 1, 'but on a day when it did');

SELECT * FROM finish();
ROLLBACK;
