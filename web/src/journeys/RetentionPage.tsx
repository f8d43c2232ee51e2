import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState, type CSSProperties } from 'react';
import { useAddress } from '../address';
import type { Cohort, Retention, RetentionCell } from '../api/nouns';
import { Picture } from '../parts/Picture';
import { useSource } from '../parts/source';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, onDay, percent, plural } from '../words';
import { Look } from './Look';
import { Marked } from './Marked';
import { NamesPick } from './NamesPick';
import { useSides, type Side } from './sides';
import { Tabs } from './Tabs';
import { Versus } from './Versus';
import css from './retention.module.css';

const KINDS = [{ value: 'n', label: 'in exactly that' }, { value: 'unbounded', label: 'then or later' }, { value: 'bracket', label: 'in brackets' }];

/** Who comes back, and after how long: a heat map with counts. */
export function RetentionPage() {
  const { get, set } = useAddress();
  const unit = get('unit') || 'week';
  const kind = get('kind') || 'n';
  const ask = { unit, kind, first: get('first') || undefined, back: get('back') || undefined, brackets: kind === 'bracket' ? get('brackets') || undefined : undefined, periods: get('periods') || undefined };
  const sides = useSides<Retention>('retention', ask);
  const data = sides[0].data;
  const error = sides.find((side) => side.read.error)?.read.error;
  return (
    <div className="page wide">
      <Tabs />
      <Look cut={false} />
      <div className="row wrap" style={{ marginBottom: 14 }}>
        <NamesPick keyed="first" label="who first did anything" />
        <NamesPick keyed="back" label="and came back for anything" />
        <SegmentedControl aria-label="Counted by" value={unit} onChange={(next) => set({ unit: next, periods: null }, false)} data={['day', 'week', 'month']} />
        <Select aria-label="Back when" size="xs" w={140} allowDeselect={false} data={KINDS} value={kind} onChange={(next) => set({ kind: next }, false)} />
        {kind === 'bracket' && <TextInput aria-label="Brackets" size="xs" w={130} defaultValue={get('brackets') || '0,1-3,4-12'} onBlur={(event) => set({ brackets: event.currentTarget.value }, false)} />}
      </div>
      <Versus />
      {error ? <Trouble error={error} retry={() => void sides[0].read.refetch()} /> : null}
      {!data && !error && <Rows count={10} height={30} />}
      {data && (
        <>
          <h1 style={{ maxWidth: 900 }}>{says(data)}</h1>
          <p className="soft" style={{ margin: '8px 0 14px' }}>{data.caveats.length > 0 ? data.caveats.join(' · ') : `${plural(data.people, 'person', 'people')} in ${plural(data.cohorts.length, 'cohort')}; a hatched cell’s ${unit} is not over yet.`}</p>
          <Sides sides={sides} />
        </>
      )}
    </div>
  );
}

function says(data: Retention): string {
  const next = data.total.cells.find((one) => one.offset === 1) ?? data.total.cells[1];
  if (!data.people) return 'Nobody came for the first time in this period.';
  if (!next || next.rate === null) return `${plural(data.people, 'person', 'people')} came; no ${data.unit} after that is over yet.`;
  const when = next.until > next.offset ? `within ${data.unit}s ${next.offset} to ${next.until}` : `${data.kind === 'unbounded' ? 'at any time from' : 'in'} the ${data.unit} after`;
  return `${percent(next.rate, 1)} of those who came come back ${when}.`;
}

/** Both on one scale: the strongest colour is the highest share after the first column, of either side. */
function Sides({ sides }: { sides: Side<Retention>[] }) {
  const most = Math.max(0.01, ...sides.flatMap((side) => [...(side.data?.cohorts ?? []), ...(side.data ? [side.data.total] : [])].flatMap((one) => one.cells.filter((cell) => cell.offset > 0 && cell.complete && !one.few).map((cell) => cell.rate ?? 0))));
  return (
    <div className={css.sides}>
      {sides.map((side, n) => (
        <section key={n} aria-label={sides.length > 1 ? side.name : 'Cohorts'}>
          {sides.length > 1 && <h2 className="h3">{side.name}</h2>}
          {side.data ? <Heat data={side.data} most={most} name={sides.length > 1 ? side.name : ''} /> : <Rows count={6} height={30} />}
        </section>
      ))}
    </div>
  );
}

function Heat({ data, most, name }: { data: Retention; most: number; name: string }) {
  const [chosen, setChosen] = useState<{ cohort: Cohort; cell: RetentionCell | null }>();
  const rows = [data.total, ...[...data.cohorts].reverse()];
  const columns = data.total.cells;
  const source = useSource(data);
  const table = rows.flatMap((cohort) => cohort.cells.map((cell) => ({ first_came: cohort.start_on ?? 'all', [data.unit]: cell.offset, until: cell.until, people: cell.people, back: cell.count, share: cell.rate, low: cell.low, high: cell.high, over: cell.complete ? 'yes' : 'no' })));
  return (
    <>
      <Chosen data={data} chosen={chosen ?? { cohort: data.total, cell: columns.find((one) => one.offset === 1) ?? null }} />
      <Picture title={`Who came back, by the ${data.unit} they first came${name && `, ${name}`}`} units={`% and number of those who came back, ${data.unit}s after the first time`} source={source} data={table} name={`retention ${name}`} table={false}>
        <div className="tablewrap" tabIndex={0} role="region" aria-label={`Retention by cohort${name && `, ${name}`}`}>
          <table className={css.heat}>
            <thead><tr><th scope="col">first came</th><th scope="col" className="num">people</th>{columns.map((one) => <th key={one.offset} scope="col">{one.until > one.offset ? `${one.offset}–${one.until}` : one.offset}</th>)}</tr></thead>
            <tbody>
              {rows.map((cohort) => (
                <tr key={cohort.start_on ?? 'all'} data-total={cohort.start_on === null}>
                  <th scope="row">{cohort.start_on ? onDay(cohort.start_on) : 'all'}</th>
                  <td className="num"><button type="button" className={css.cell} onClick={() => setChosen({ cohort, cell: null })}>{count(cohort.people)}</button></td>
                  {cohort.cells.map((cell) => <Cell key={cell.offset} cell={cell} few={cohort.few} most={most} on={chosen?.cell === cell} pick={() => setChosen({ cohort, cell })} />)}
                  {columns.slice(cohort.cells.length).map((one) => <td key={`none${one.offset}`} />)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Picture>
    </>
  );
}

function Cell({ cell, few, most, on, pick }: { cell: RetentionCell; few: boolean; most: number; on: boolean; pick: () => void }) {
  if (cell.rate === null) return <td className="hatch" aria-label="unknown" />;
  const strong = cell.offset === 0 ? 0 : Math.min(1, cell.rate / most);
  const style = { '--strength': `${Math.round(70 * strong)}%` } as CSSProperties;
  return (
    <td className={cell.complete && !few ? undefined : 'hatch'} data-on={on} style={style}>
      <button type="button" className={css.cell} onClick={pick} title={`${count(cell.count)} of ${count(cell.people)}${cell.complete ? '' : ', not over yet'}${few ? ', few' : ''}`}>
        {percent(cell.rate, cell.rate < 0.1 ? 1 : 0).replace(' %', '')}<small>{count(cell.count)}</small>
      </button>
    </td>
  );
}

/** What the chosen cell says in words, with its people. */
function Chosen({ data, chosen: { cohort, cell } }: { data: Retention; chosen: { cohort: Cohort; cell: RetentionCell | null } }) {
  const who = cohort.start_on ? `of the ${data.unit} of ${onDay(cohort.start_on)}` : 'of all cohorts';
  if (!cell) return <p className={css.chosen} role="status"><Marked behind={cohort.behind} words={`people ${who}`}>{plural(cohort.people, 'person', 'people')}</Marked> {who}</p>;
  return (
    <p className={css.chosen} role="status">
      {who}, {data.unit} {cell.until > cell.offset ? `${cell.offset} to ${cell.until}` : cell.offset}: <Marked behind={cell.behind} words={`those who came back, ${who}`}>{plural(cell.count, 'person', 'people')}</Marked> of {count(cell.people)}
      {cell.rate !== null && <>, {percent(cell.rate, 1)}</>}{cell.low !== null && cell.high !== null && <span className="faint"> [{percent(cell.low, 1)}, {percent(cell.high, 1)}]</span>}
      {!cell.complete && <span className="faint">, not over yet</span>}{cohort.few && <span className="faint">, few</span>}
    </p>
  );
}
