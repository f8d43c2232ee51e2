import { SegmentedControl } from '@mantine/core';
import { useAddress } from '../address';
import type { Growth, GrowthRow, StickyRow } from '../api/nouns';
import { Picture } from '../parts/Picture';
import { Legend, StackedBars, type Part } from '../parts/plots/Bars';
import { useSource } from '../parts/source';
import { SortTable, type Column } from '../parts/SortTable';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, onDay, onUnit, percent, plural, short } from '../words';
import { Look } from './Look';
import { Marked } from './Marked';
import { NamesPick } from './NamesPick';
import { useSides } from './sides';
import { Tabs } from './Tabs';
import { Versus } from './Versus';

const PARTS: Part[] = [
  { key: 'retained', name: 'active the time before', colour: 'var(--ribbon)' }, { key: 'new', name: 'for the first time', colour: 'var(--kept)' },
  { key: 'resurrected', name: 'back after a pause', colour: 'var(--doubt)' }, { key: 'churned', name: 'not back', colour: 'var(--broken)', down: true },
];

/** Who is active, who is new, who came back, who stayed away. */
export function GrowthPage() {
  const { get, set } = useAddress();
  const unit = get('unit') || 'month';
  const sides = useSides<Growth>('growth', { unit, events: get('events') || undefined });
  const error = sides.find((side) => side.read.error)?.read.error;
  const data = sides[0].data;
  const every = sides.flatMap((side) => side.data?.rows ?? []);
  const most = { up: Math.max(1, ...every.map((row) => row.active)), down: Math.max(0, ...every.map((row) => row.churned)) };
  return (
    <div className="page wide">
      <Tabs />
      <Look cut={false} />
      <div className="row wrap" style={{ marginBottom: 14 }}>
        <NamesPick keyed="events" label="active with anything" />
        <SegmentedControl aria-label="Counted by" value={unit} onChange={(next) => set({ unit: next }, false)} data={['day', 'week', 'month']} />
      </div>
      <Versus />
      {error ? <Trouble error={error} retry={() => void sides[0].read.refetch()} /> : null}
      {!data && !error && <Rows count={10} height={30} />}
      {data && <h1 style={{ maxWidth: 900 }}>{says(data)}</h1>}
      {data && <p className="soft" style={{ margin: '8px 0 4px' }}>{data.caveats.length > 0 ? data.caveats.join(' · ') : `Each ${unit}: who was active, and what became of those of the ${unit} before.`}</p>}
      {sides.map((side, n) => side.data && (
        <section key={n} aria-label={sides.length > 1 ? side.name : 'Growth'} style={{ marginBottom: 26 }}>
          {sides.length > 1 && <h2 className="h3">{side.name}</h2>}
          <div style={{ marginTop: 18 }}><Drawn data={side.data} most={most} name={sides.length > 1 ? side.name : ''} /></div>
          <Table data={side.data} name={sides.length > 1 ? side.name : ''} />
        </section>
      ))}
    </div>
  );
}

function says(data: Growth): string {
  const last = [...data.rows].reverse().find((row) => row.complete) ?? data.rows.at(-1);
  if (!last) return 'Nobody was active in this period.';
  const ratio = last.quick_ratio === null ? '' : `: ${last.quick_ratio.toFixed(1)} came for each who stayed away`;
  return `${plural(last.active, 'person', 'people')} were active in the ${data.unit} of ${onDay(last.start_on)}${ratio}.`;
}

function Drawn({ data, most, name }: { data: Growth; most: { up: number; down: number }; name: string }) {
  const source = useSource(data);
  const shown = data.rows.slice(-60);
  const bars = shown.map((row) => ({
    key: row.start_on, name: onUnit(row.start_on, data.unit), faded: !row.complete, parts: { retained: row.retained, new: row.new, resurrected: row.resurrected, churned: row.churned },
    words: `${count(row.active)} active, ${count(row.new)} new, ${count(row.resurrected)} back, ${count(row.churned)} not back${row.complete ? '' : ', not over yet'}`,
  }));
  const rows = data.rows.map((row) => ({ [data.unit]: row.start_on, active: row.active, new: row.new, retained: row.retained, back: row.resurrected, not_back: row.churned, quick_ratio: row.quick_ratio, over: row.complete ? 'yes' : 'no' }));
  return (
    <Picture title={`Who was active, by ${data.unit}${name && `, ${name}`}`} units={`people, by ${data.unit}; those who stayed away hang under the line`} source={source} data={rows} name={`growth ${name}`} table={false} legend={<Legend parts={PARTS} />}>
      <StackedBars bars={bars} parts={PARTS} most={most} say={(n) => short(n).replace('.0', '')} label={`Active people by ${data.unit}; the table below holds the same`} />
    </Picture>
  );
}

function Table({ data, name }: { data: Growth; name: string }) {
  const sticky = new Map(data.stickiness.map((one) => [one.start_on, one]));
  const who = (key: 'active' | 'new' | 'retained' | 'resurrected' | 'churned', words: string): Column<GrowthRow> => ({
    key, head: words, of: (row) => row[key], number: true,
    show: (row) => (row[key] ? <Marked behind={row[`behind_${key}`]} words={`${words}, ${onDay(row.start_on)}`}>{count(row[key])}</Marked> : '0'),
  });
  const share = (of: (one: StickyRow) => number | null) => (row: GrowthRow) => { const one = sticky.get(row.start_on); return one ? of(one) : null; };
  const weekly = share((one) => one.daily_of_weekly);
  const monthly = share((one) => one.daily_of_monthly);
  const shown = (value: number | null) => (value === null ? <span className="faint">–</span> : percent(value, 1));
  const columns: Column<GrowthRow>[] = [
    { key: 'start', head: data.unit, of: (row) => row.start_on, show: (row) => <>{onDay(row.start_on)}{!row.complete && <span className="faint">, not over yet</span>}</> },
    who('active', 'Active'), who('new', 'New'), who('retained', 'Retained'), who('resurrected', 'Back'), who('churned', 'Not back'),
    { key: 'quick', head: 'Quick ratio', of: (row) => row.quick_ratio, show: (row) => (row.quick_ratio === null ? <span className="faint">–</span> : row.quick_ratio.toFixed(2)), number: true },
    { key: 'weekly', head: 'Day of week', of: weekly, show: (row) => shown(weekly(row)), number: true },
    { key: 'monthly', head: 'Day of month', of: monthly, show: (row) => shown(monthly(row)), number: true },
  ];
  return <div style={{ marginTop: 14 }}><SortTable rows={[...data.rows].reverse()} columns={columns} caption={`Growth by unit of time${name && `, ${name}`}`} id={(row) => row.start_on} limit={120} /></div>;
}
