import { SegmentedControl } from '@mantine/core';
import { useRef } from 'react';
import { useAddress } from '../address';
import type { Growth, GrowthRow, StickyRow } from '../api/nouns';
import { CopySvg } from '../parts/Copy';
import { SortTable, type Column } from '../parts/SortTable';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, onDay, percent, plural } from '../words';
import { Look } from './Look';
import { Marked } from './Marked';
import { NamesPick } from './NamesPick';
import { useSides } from './sides';
import { Tabs } from './Tabs';
import { Versus } from './Versus';
import css from './retention.module.css';

const PARTS = [['retained', 'active the time before', 'var(--ribbon)'], ['new', 'for the first time', 'var(--kept)'], ['resurrected', 'back after a pause', 'var(--doubt)'], ['churned', 'not back', 'var(--broken)']] as const;

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
          <Bars rows={side.data.rows} most={most} />
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

function Bars({ rows, most }: { rows: GrowthRow[]; most: { up: number; down: number } }) {
  const svg = useRef<SVGSVGElement>(null);
  const shown = rows.slice(-60);
  const width = 960;
  const each = 220 / (most.up + most.down);
  const [up, down] = [most.up * each, most.down * each];
  const step = width / Math.max(1, shown.length);
  const bar = Math.min(44, step * 0.72);
  return (
    <>
      <div className={css.legend}>{PARTS.map(([key, words, colour]) => <span key={key}><i style={{ background: colour }} />{words}</span>)}</div>
      <svg ref={svg} className={css.bars} viewBox={`0 0 ${width} ${up + down + 18}`} role="img" aria-label="Active people by unit of time; the table below holds the same">
        {shown.map((row, n) => {
          const x = n * step + (step - bar) / 2;
          let y = up;
          return (
            <g key={row.start_on} opacity={row.complete ? 1 : 0.5}>
              <title>{`${onDay(row.start_on)}: ${count(row.active)} active, ${count(row.new)} new, ${count(row.resurrected)} back, ${count(row.churned)} not back${row.complete ? '' : ', not over yet'}`}</title>
              {PARTS.slice(0, 3).map(([key, , colour]) => { const h = each * row[key]; y -= h; return <rect key={key} x={x} y={y} width={bar} height={h} fill={colour} />; })}
              <rect x={x} y={up + 1} width={bar} height={each * row.churned} fill="var(--broken)" />
              {(n % Math.ceil(shown.length / 10) === 0) && <text x={x + bar / 2} y={up + down + 14} fontSize="11" textAnchor="middle" fill="var(--ink-3)">{row.start_on}</text>}
            </g>
          );
        })}
        <line x1="0" x2={width} y1={up} y2={up} stroke="var(--line-2)" />
      </svg>
      <CopySvg of={svg} />
    </>
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
