import { Switch, Tooltip } from '@mantine/core';
import { IconChartDots } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useAddress, useTo } from '../address';
import { useMetrics, useSummary, useTeams } from '../api/queries';
import type { MetricRow, Metrics } from '../api/nouns';
import { Empty } from '../parts/Empty';
import { basis, isSmall } from '../parts/Figure';
import { Picture } from '../parts/Picture';
import { useSource } from '../parts/source';
import { Sparkline } from '../parts/Sparkline';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, period, plural, unticked } from '../words';
import { FigureTabs } from './Tabs';
import { amount, chance, difference, ends, FAMILIES, STATE, tone, unitOf } from './say';
import css from './figures.module.css';

/** Every figure the brand can be held to, family after family. */
export function FiguresPage() {
  const { get, set } = useAddress();
  const summary = useSummary().data;
  const to = useTo();
  const ready = Boolean(summary?.has_data && summary.has_plan);
  const read = useMetrics(ready);
  if (summary && !ready) {
    return <Empty icon={<IconChartDots size={32} stroke={1.4} />} title="No figures yet" why="Satisfaction, effort, promises kept, who stays and what it brings: each with its interval, its customers, and what changed. They need events, and a plan that says what an order or a contact is."
      step={<Link to={to(summary.has_data ? 'plan/figures' : 'data/bring')}>{summary.has_data ? 'Say what counts as what' : 'Bring a file'}</Link>} />;
  }
  const { data } = read;
  const bare = get('missing') !== 'hidden';
  return (
    <div className="page wide">
      <FigureTabs />
      {read.error ? <Trouble error={read.error} retry={() => void read.refetch()} /> : null}
      {!data && !read.error && <Rows count={12} height={44} />}
      {data && (
        <div style={{ opacity: read.isPlaceholderData ? 0.6 : 1 }}>
          <h1 style={{ maxWidth: 940 }}>{says(data)}</h1>
          <div className="row apart wrap" style={{ marginTop: 8 }}>
            <p className="soft">{compared(data)}</p>
            <Switch size="xs" label="Also what cannot be said yet" checked={bare} onChange={(event) => set({ missing: event.currentTarget.checked ? null : 'hidden' }, false)} />
          </div>
          {FAMILIES.map(([family, name, words]) => <Family key={family} name={name} words={words} data={data} rows={data.rows.filter((row) => row.family === family && (bare || row.now.value !== null))} />)}
        </div>
      )}
    </div>
  );
}

function says(data: Metrics): string {
  const known = data.rows.filter((row) => row.now.value !== null);
  const better = known.filter((row) => row.change?.better === true).length;
  const worse = known.filter((row) => row.change?.better === false).length;
  const missed = known.filter((row) => row.state === 'missed').length;
  if (!known.length) return 'No figure can be said yet: the plan does not say what counts as what.';
  const moved = better + worse ? `${plural(better, 'figure')} got better and ${worse || 'none'} got worse by more than chance` : 'No figure changed by more than chance';
  return `${moved}${missed ? `; ${plural(missed, 'target is', 'targets are')} missed` : ''}.`;
}

function compared(data: Metrics): string {
  const known = data.rows.filter((row) => row.now.value !== null).length;
  const against = data.rows.find((row) => row.change)?.change?.compared;
  return [`${known} of ${data.rows.length} can be said, ${period(data.period.first_on, data.period.last_on)}`, against && `change: ${against}`, '95 % intervals'].filter(Boolean).join(' · ');
}

function Family({ name, words, data, rows }: { name: string; words: string; data: Metrics; rows: MetricRow[] }) {
  const source = useSource(data);
  const team = useTeams();
  if (!rows.length) return null;
  const table = rows.map((row) => ({
    figure: row.name, value: row.now.value, low: row.now.low, high: row.now.high, n: row.now.n, of: row.now.of, unit: row.unit, change: row.change?.result.value ?? null, change_low: row.change?.result.low ?? null,
    change_high: row.change?.result.high ?? null, p: row.change?.p ?? null, target: row.target, state: row.state, owner: team(row.owner), missing: row.missing,
  }));
  return (
    <section className={css.family} aria-label={name}>
      <Picture title={name} finding={words} source={source} units="value [interval], n; change; twelve stretches of the period" data={table} name={`figures ${name}`} table={false}>
        <div role="table" aria-label={name}>
          <div role="row" className={`${css.row} ${css.head}`}>{['Figure', 'Now', 'Change', 'Over the period', 'Target', 'Owner'].map((head) => <span key={head} role="columnheader">{head}</span>)}</div>
          {rows.map((row) => (row.now.value === null ? <Unsaid key={row.id} row={row} /> : <Said key={row.id} row={row} />))}
        </div>
      </Picture>
    </section>
  );
}

/** The name leads to the figure's page; what it means stands behind the dotted line. */
function Name({ row }: { row: MetricRow }) {
  const to = useTo();
  return (
    <span role="cell" className={css.name}>
      <Tooltip label={<>{row.words}<br />{row.formula}{row.caution && <><br />Mind: {row.caution}</>}</>} position="bottom-start" multiline w={320}>
        <Link to={to(`figures/${row.id}`)} className="define">{row.name}</Link>
      </Tooltip>
    </span>
  );
}

function Said({ row }: { row: MetricRow }) {
  const team = useTeams();
  const few = isSmall(row.now);
  return (
    <div role="row" className={css.row}>
      <Name row={row} />
      <span role="cell" title={basis(row.now)}>
        <b className={`${css.value} ${few ? 'hatch' : ''}`}>{amount(row, row.now.value!)}</b> <span className="faint small">{unitOf(row)} <span style={{ whiteSpace: 'nowrap' }}>{ends(row, row.now)}</span> <span style={{ whiteSpace: 'nowrap' }}>n {count(row.now.n)}{few && ', few'}</span></span>
      </span>
      <Change row={row} />
      <span role="cell"><Sparkline series={row.series} tone={tone(row.change)} width={120} height={30} label={`${row.name} over twelve stretches of the period`} /></span>
      <Target row={row} />
      <span role="cell" className="soft">{team(row.owner) ?? <span className="faint">–</span>}</span>
    </div>
  );
}

function Change({ row }: { row: MetricRow }) {
  if (!row.change || row.change.result.value === null) return <span role="cell" className="faint small">nothing to compare with</span>;
  return (
    <span role="cell" title={basis(row.change.result)}>
      <span className={row.change.more_than_chance ? tone(row.change) : 'soft'}>{difference(row, row.change.result.value)}</span> <span className="faint small">{chance(row.change)}</span>
    </span>
  );
}

function Target({ row }: { row: MetricRow }) {
  const state = STATE[row.state];
  if (row.target === null) return <span role="cell" className="faint">–</span>;
  return <span role="cell"><span className={`dot ${state.tone}`} aria-hidden /> {amount(row, row.target)} <span className={`small ${state.tone}`}>{state.words}</span></span>;
}

/** Why a figure cannot be said, in words. */
export function why(row: MetricRow): string {
  const words = row.missing || row.now.caveats.join('; ') || (row.now.n ? 'what there is does not suffice' : 'nothing in this period');
  return unticked(words);
}

/** What is missing, and where it is added. */
function Unsaid({ row }: { row: MetricRow }) {
  const to = useTo();
  return (
    <div role="row" className={css.row}>
      <Name row={row} />
      <span role="cell" className={css.unsaid}><span className="hatch">unknown</span> <span className="faint">{why(row)}</span> {row.missing && row.link && !row.link.startsWith('figures/') && <Link to={to(row.link)}>Add it</Link>}</span>
    </div>
  );
}
