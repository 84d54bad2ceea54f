// What a registry costs beside bare tables, for measure.mjs: a country's areas
// that have reported five years (registry.sql).

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const reports = 1000;		// that are inserted one by one, a statement each
const rows = 1000000;		// that are imported
const schema = 'country';

// session: a psql of its own; processor: count its backend's time, not that on
// the wall; quantile(list, q)
export async function measureRegistry({ session, areas, runs, processor, work, say, quantile, show }) {
  const pid = await session.query('SELECT pg_backend_pid()');
  const ran = () => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  const now = processor ? ran : () => performance.now();
  const time = async (sql) => {
    const before = now();
    await session.query(sql);
    return now() - before;
  };

  // Pairs that are timed one right after the other, which of them first
  // alternating; the median of the ratios, with quartiles and both medians.
  async function compare(ours, bare, count = runs) {
    const times = { ours: [], bare: [], ratios: [] };
    for (let run = 0; run <= count; run++) {
      const order = run % 2 ? [ours, bare] : [bare, ours];
      const [first, second] = [await order[0](), await order[1]()];
      const [a, b] = run % 2 ? [first, second] : [second, first];
      if (run === 0) continue;		// warms up
      times.ours.push(a);
      times.bare.push(b);
      times.ratios.push(a / b);
    }
    const middle = (list) => quantile(list, 0.5);
    return { value: middle(times.ratios), ours: middle(times.ours), bare: middle(times.bare),
      text: `${show(middle(times.ratios))} × (${show(quantile(times.ratios, 0.25))}–${show(quantile(times.ratios, 0.75))})` };
  }

  say(`generating a registry of ${areas} areas and five years`);
  execFileSync('psql', ['-X', '-q', '-v', `registry=${schema}`, '-v', `areas=${areas}`, '-f', 'bench/registry.sql'], { stdio: ['ignore', 'ignore', 'inherit'] });
  await session.query(`SET search_path = ${schema}, ntm, public; SET client_min_messages = warning`);
  const form = await session.query("SELECT quote_literal(told(1, 2021)::text)");
  await session.query(`
    CREATE TABLE bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, unit_id bigint, year integer, measures measures,
                       reported_at timestamptz DEFAULT now(), reported_by text DEFAULT current_user, source text, evidence text);
    CREATE TABLE bare_row (batch text, unit text, year text, measure text, value text);
    PREPARE bare(bigint) AS INSERT INTO bare (unit_id, year, measures, source) VALUES ($1, 2022, ${form}, 'form');
    PREPARE report(bigint) AS INSERT INTO report (unit_id, year, measures, source) VALUES ($1, 2022, ${form}, 'form');
    PREPARE verdict(bigint) AS SELECT verdict FROM assessment WHERE unit_id = $1 AND year = 2022`);

  // ---- one report until its verdict is visible: each time on other areas, as
  // statements of a client, each a transaction
  say('reports one by one');
  let from = Number(await session.query("SELECT min(id) FROM unit WHERE level = 'area'"));
  const each = (make) => Array.from({ length: reports }, (_, i) => make(from + i)).join('\n');
  const visible = await compare(
    () => { from += reports; return time(each((unit) => `EXECUTE report(${unit}); EXECUTE verdict(${unit});`)); },
    () => time(each((unit) => `EXECUTE bare(${unit});`)), Math.min(runs, Math.floor(areas / reports / 2)));

  // ---- import
  say(`importing ${rows} rows`);
  await session.query(`\\copy (SELECT 'bench', u.code, 2020, m.name, coalesce(m.value::text, 'n/a') FROM unit AS u, each(told(u.id, 2021)) AS m WHERE u.level = 'area' ORDER BY u.id LIMIT ${rows}) TO '${work}/import.csv' CSV`);
  await session.query('SELECT 1');
  await session.query(`\\copy import_row (batch, unit, year, measure, value) FROM '${work}/import.csv' CSV`);
  await session.query('ANALYZE import_row');
  const imported = Number(await session.query('SELECT count(*) FROM import_row'));
  const copies = [];
  for (let run = 0; run < 3; run++) copies.push(await time(`\\copy bare_row FROM '${work}/import.csv' CSV`));
  const importing = await time("SELECT import_measurements('bench', again => true)");
  const copying = quantile(copies, 0.5);

  // ---- as of
  say('asking as of then');
  const national = (source) => `SELECT sum(a.verdict::integer) FROM ${source} AS a WHERE a.year = 2019`;
  await session.query('VACUUM (ANALYZE) report, dossier, unit, unit_state');
  const now2019 = () => time(national('assessment'));
  const asOf = await compare(() => time(national("assessment_as_of(2019, '2019-12-31')")), now2019);
  const asOfAll = await compare(() => time(national("assessment_as_of(2019, '2019-12-10 12:00')")), now2019);
  const simulated = await compare(() => time(`SELECT count(*) FROM simulate(2019, '[{"set": "PT-KDC-DEMO", "code": "7", "rule": ">= 38"}]')`), now2019);

  const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
  return [
    [`one report until its verdict is visible (${show(visible.ours / reports)} ms), against inserting the same row into a bare table (${show(visible.bare / reports)} ms)`,
      '≤ 4 ×', visible.text, visible.value <= 4],
    [`\`import_measurements\` of ${imported} rows in one call, against COPY into a bare table (${seconds(copying)})`, 'well under 60 s',
      `${seconds(importing)}, ${Math.round(imported / importing)} rows a ms, ${show(importing / copying)} ×`, importing < 45000],
    [`national assessment as of the end of the year (${areas} areas, one of eight corrected since), against the current one`, '≤ 5 ×', asOf.text, asOf.value <= 5],
    ['the same as of the day of the reports', '', asOfAll.text],
    ['`simulate` for the country, against one assessment of it', '', simulated.text],
  ];
}
