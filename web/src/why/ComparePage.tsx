import { IconArrowsDiff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useAddress, useSight, useTo } from '../address';
import { useRoom, useSummary } from '../api/queries';
import type { Comparison, Contrast, SideTold } from '../api/nouns';
import { Marked } from '../journeys/Marked';
import { Empty } from '../parts/Empty';
import { basis } from '../parts/Figure';
import { Picture } from '../parts/Picture';
import { Dots, type Dot } from '../parts/plots/Dots';
import { SortTable, type Column } from '../parts/SortTable';
import { useSource } from '../parts/source';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, plural, value } from '../words';
import { Notes } from './DriversPage';
import { more, moreEnds } from './say';
import { SidePick, useWay } from './SidePick';
import { WhyTabs } from './Tabs';
import css from './why.module.css';

const KEYS = ['persona', 'b_segment', 'b_persona', 'b_first_on', 'b_last_on', 'b_version'] as const;
const SHOWN = 20;
const SHARES = ['share', 'fitness'];
const NEEDS: Record<string, readonly string[]> = { segment: ['b_segment'], period: ['b_first_on', 'b_last_on'], persona: ['b_persona'], version: ['b_version'] };

/** What differs between two sides along the journey, and what of it is more than chance. */
export function ComparePage() {
  const { get } = useAddress();
  const to = useTo();
  const summary = useSummary().data;
  const way = useWay();
  const ready = Boolean(summary?.has_data && summary.has_plan);
  const chosen = !NEEDS[way] || NEEDS[way].some((key) => get(key));
  const ask = Object.fromEntries(KEYS.map((key) => [key, get(key) || undefined]));
  const { data, error, isPlaceholderData, refetch } = useRoom<Comparison>('/explain/compare', { ...useSight(), ...ask }, ready && chosen);
  if (summary && !ready) {
    return (
      <div className="page wide">
        <WhyTabs />
        <Empty icon={<IconArrowsDiff size={32} stroke={1.4} />} title="Nothing to compare yet" why="Two groups of customers, two periods or two versions of the plan, held against each other at every stage of the journey: it needs what customers did, and a planned journey."
          step={<Link to={to(summary.has_data ? 'plan/journeys' : 'data/bring')}>{summary.has_data ? 'Draw a journey' : 'Bring a file'}</Link>} />
      </div>
    );
  }
  return (
    <div className="page wide">
      <WhyTabs />
      {ready && <SidePick />}
      {!chosen && <p className="soft">Choose what side B is.</p>}
      {error ? <Trouble error={error} retry={() => void refetch()} /> : null}
      {chosen && !data && !error && <Rows count={12} height={30} />}
      {chosen && data && !error && (
        <div style={{ opacity: isPlaceholderData ? 0.6 : 1 }}>
          <h1 style={{ maxWidth: 940 }}>{data.words}</h1>
          <p className="soft" style={{ margin: '8px 0 18px' }}><Whose side={data.a} letter="A" /> · <Whose side={data.b} letter="B" /> · {data.rung}</p>
          {data.contrasts.length > 0 && <Along data={data} />}
          {data.contrasts.length > 0 && <Clearest data={data} />}
          {data.contrasts.length > 0 && <Every data={data} />}
          {(data.only_a.length > 0 || data.only_b.length > 0) && <p className="soft">{[only('A', data.only_a), only('B', data.only_b)].filter(Boolean).join(' ')}</p>}
          <Notes said={data.caveats} />
        </div>
      )}
    </div>
  );
}

const only = (letter: string, names: string[]) => (names.length ? `Only in ${letter}’s plan: ${names.join(', ')}.` : '');

function Whose({ side, letter }: { side: SideTold; letter: string }) {
  const words = `${side.name}, side ${letter}`;
  return <><b>{letter}</b> {side.name}, {plural(side.journeys, 'journey')} of {side.people ? <Marked behind={side.behind} words={words}>{plural(side.people, 'customer')}</Marked> : plural(side.people, 'customer')}</>;
}

/** Reach stage after stage: what is more than chance in full colour, the rest hollow. */
function Along({ data }: { data: Comparison }) {
  const source = useSource(data);
  const there = new Map(data.contrasts.map((one) => [one.id, one]));
  const stages = data.contrasts.filter((one) => one.kind === 'reach' && one.stage);
  const order = useOrder(stages);
  const sure = order.filter((one) => one.sure).length;
  if (!order.length) return null;
  return (
    <section className={css.block} aria-label="Along the journey">
      <Picture title={sure ? `${plural(sure, 'stage')} of ${order.length} ${sure === 1 ? 'is' : 'are'} reached by more or fewer` : 'No stage is reached by more or fewer'} finding="To the right: more of A reach it. Filled: more than chance, corrected for all that was looked at." units="points of the share of journeys, A less B, 95 % interval"
        source={source} data={order.map(numbers)} name="compare along the journey" table={false}>
        <Dots rows={order.map(dot)} label="Difference in reach by stage" say={points} zero />
      </Picture>
      <p className="soft small" style={{ marginTop: 6 }}>{order.map((one) => there.get(`left:${one.stage}`)).filter((one): one is Contrast => Boolean(one?.sure)).map((one) => one.words).join(' · ')}</p>
    </section>
  );
}

/** Stages in the order of the journey; the answer itself is ranked. */
function useOrder(stages: Contrast[]): Contrast[] {
  const sight = useSight();
  const sheet = useRoom<{ stages: { id: string; order: number }[] }>('/map/sheet', { ...sight }).data;
  const place = new Map((sheet?.stages ?? []).map((one, n) => [one.id, n]));
  return [...stages].sort((a, b) => (place.get(a.stage ?? '') ?? 0) - (place.get(b.stage ?? '') ?? 0));
}

function Clearest({ data }: { data: Comparison }) {
  const source = useSource(data);
  const rows = data.contrasts.filter((one) => one.sure && SHARES.includes(one.difference.unit)).slice(0, SHOWN);
  if (!rows.length) return null;
  return (
    <section className={css.block} aria-label="The clearest differences">
      <Picture title={`The ${rows.length === 1 ? 'clearest difference' : `${rows.length} clearest differences`}`} finding={`By size and certainty. ${count(data.looked)} figures were looked at; of those called different about ${data.expected_false.toFixed(1)} may be chance.`}
        units="points of a share, A less B, 95 % interval" source={source} data={rows.map(numbers)} name="clearest differences" table={false}>
        <Dots rows={rows.map(dot)} label="The clearest differences" say={points} zero />
      </Picture>
    </section>
  );
}

const points = (share: number) => `${share > 0 ? '+' : ''}${(share * 100).toFixed(Math.abs(share) < 0.01 && share ? 1 : 0)}`;
const colour = (one: Contrast) => (!one.sure ? 'var(--ink-3)' : one.good === true ? 'var(--kept)' : one.good === false ? 'var(--broken)' : 'var(--accent)');
const dot = (one: Contrast): Dot => ({
  key: one.id, name: one.name, value: one.difference.value, low: one.difference.low, high: one.difference.high, few: !one.sure, colour: colour(one),
  words: `${one.words}${one.sure ? '' : ', could be chance'}`,
  figure: one.difference.value === null ? 'unknown' : <>{more(one.difference.value, one.difference.unit)} <span className="faint">{moreEnds(one.difference)}</span></>,
});
const numbers = (one: Contrast) => ({
  figure: one.name, kind: one.kind, a: one.a.value, a_low: one.a.low, a_high: one.a.high, a_n: one.a.n, b: one.b.value, b_low: one.b.low, b_high: one.b.high, b_n: one.b.n,
  difference: one.difference.value, low: one.difference.low, high: one.difference.high, p: one.p, q: one.q, sure: one.sure ? 'yes' : 'no', unit: one.difference.unit,
});

const side = (one: Contrast, letter: 'a' | 'b') => {
  const shown = one[letter].value === null ? 'unknown' : value(one[letter].value, one[letter].unit);
  const words = `${one.name}, ${letter.toUpperCase()}`;
  return one[letter].behind && one[letter].value ? <Marked behind={one[letter].behind} words={words}>{shown}</Marked> : <span title={basis(one[letter])}>{shown}</span>;
};

function Every({ data }: { data: Comparison }) {
  const columns: Column<Contrast>[] = [
    { key: 'name', head: 'Figure', of: (row) => row.name },
    { key: 'a', head: 'A', of: (row) => row.a.value, show: (row) => side(row, 'a'), number: true },
    { key: 'b', head: 'B', of: (row) => row.b.value, show: (row) => side(row, 'b'), number: true },
    { key: 'gap', head: 'A less B', of: (row) => row.difference.value, show: (row) => <span title={basis(row.difference)}>{row.difference.value === null ? 'unknown' : more(row.difference.value, row.difference.unit)} <span className="faint">{moreEnds(row.difference)}</span></span>, number: true },
    { key: 'q', head: 'q', of: (row) => row.q, show: (row) => (row.q === null ? <span className="faint">–</span> : row.q < 0.001 ? 'under 0.001' : row.q.toFixed(3)), number: true },
    { key: 'sure', head: 'More than chance', of: (row) => (row.sure ? 0 : 1), show: (row) => (row.sure ? 'yes' : <span className="faint">could be chance</span>) },
  ];
  return (
    <section className={css.block} aria-label="All figures">
      <h2 className="h3">All {count(data.contrasts.length)} figures, {count(data.looked)} of which could be judged</h2>
      <SortTable rows={data.contrasts} columns={columns} caption="Every figure on both sides" id={(row) => row.id} limit={60} />
    </section>
  );
}
