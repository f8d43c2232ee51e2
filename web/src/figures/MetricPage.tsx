import { SegmentedControl, Select } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { useAddress, useTo } from '../address';
import { useMetric } from '../api/queries';
import type { MetricPage as Answer, MetricGroup, MetricRow } from '../api/nouns';
import { Marked } from '../journeys/Marked';
import { basis, isSmall } from '../parts/Figure';
import { Picture } from '../parts/Picture';
import { Dots } from '../parts/plots/Dots';
import { TrendLine } from '../parts/plots/Trend';
import { useSource } from '../parts/source';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, onUnit, period } from '../words';
import { Facts } from './Facts';
import { why } from './FiguresPage';
import { amount, chance, difference, ends, tone, unitOf, within } from './say';
import css from './figures.module.css';

const BY: Record<string, string> = { stage: 'stage', touchpoint: 'touchpoint', moment: 'moment', persona: 'persona', segment: 'segment', channel: 'channel', cycle: 'first, second, third time', version: 'version of the plan', part: 'its parts' };

/** One figure: its value in a sentence, why in a picture, for whom in a breakdown, and what it is made of. */
export function MetricPage() {
  const { id = '' } = useParams();
  const { get } = useAddress();
  const read = useMetric(id, { by: get('by'), unit: get('unit') });
  const to = useTo();
  const { data } = read;
  return (
    <div className="page wide">
      <p className="small" style={{ marginBottom: 12 }}><Link to={to('figures')}>Figures</Link></p>
      {read.error ? <Trouble error={read.error} retry={() => void read.refetch()} /> : null}
      {!data && !read.error && <Rows count={6} height={70} />}
      {data && (
        <div style={{ opacity: read.isPlaceholderData ? 0.6 : 1 }}>
          <h1 style={{ maxWidth: 940 }}>{says(data.row)}</h1>
          <Basis page={data} />
          <div className={css.page}>
            <div style={{ minWidth: 0 }}>
              {data.row.now.value === null ? <Missing row={data.row} /> : <><Trend page={data} /><Breakdown page={data} /></>}
            </div>
            <Facts page={data} />
          </div>
        </div>
      )}
    </div>
  );
}

function says(row: MetricRow): string {
  if (row.now.value === null) return `${row.name}: this cannot be said yet.`;
  const unit = unitOf(row);
  const target = row.target === null ? '' : { met: `, the target of ${amount(row, row.target)} is met`, missed: `, under the target of ${amount(row, row.target)}`, 'in doubt': `; whether the target of ${amount(row, row.target)} is met is in doubt`, 'no target': '', 'not said': '' }[row.state].replace('under', row.direction === 'down' ? 'over' : 'under');
  return `${row.name}: ${amount(row, row.now.value)}${unit && ` ${unit}`}${target}.`;
}

function Basis({ page: { row } }: { page: Answer }) {
  const { change } = row;
  return (
    <p className="lede">
      {row.words}{' '}
      {row.now.value !== null && <span className="faint" title={basis(row.now)}>{ends(row, row.now)}, n {count(row.now.n)} {row.now.of}{isSmall(row.now) && ', few: take it as a hint'}, {period(row.now.period.first_on, row.now.period.last_on)}. </span>}
      {change && change.result.value !== null && <><span className={change.more_than_chance ? tone(change) : ''}>{difference(row, change.result.value)}</span> {change.result.low !== null && change.result.high !== null && <span className="faint">[{difference(row, change.result.low).replace(' points', '')}, {difference(row, change.result.high)}]</span>}, {change.compared.startsWith('with ') ? 'compared' : 'comparing'} {change.compared}: {chance(change)}.</>}
    </p>
  );
}

function Missing({ row }: { row: MetricRow }) {
  const to = useTo();
  return (
    <div className="card hatch" style={{ display: 'grid', gap: 8 }}>
      <p>{why(row)}</p>
      {row.missing && !row.link.startsWith('figures/') && <p><Link to={to(row.link)}>Add it to the plan</Link></p>}
    </div>
  );
}

function Trend({ page }: { page: Answer }) {
  const { set } = useAddress();
  const source = useSource(page.row.now);
  const { row, trend } = page;
  const points = trend.map(({ start_on, result, complete }) => ({
    key: start_on, name: onUnit(start_on, page.ask.unit), value: result.value, low: result.low, high: result.high, few: isSmall(result), open: !complete,
    words: result.value === null ? 'nothing can be said' : `${amount(row, result.value)} ${ends(row, result)}, n ${count(result.n)}${isSmall(result) ? ', few' : ''}${complete ? '' : ', not over yet'}`,
  }));
  const data = trend.map(({ start_on, result, complete }) => ({ [page.ask.unit]: start_on, value: result.value, low: result.low, high: result.high, n: result.n, over: complete ? 'yes' : 'no' }));
  const known = points.filter((one) => one.value !== null && !one.few && !one.open);
  const [first, last] = [known[0], known.at(-1)];
  const title = first && last && first !== last ? `From ${amount(row, first.value!)} ${page.ask.unit === 'day' ? 'on' : page.ask.unit === 'week' ? 'in the week of' : 'in'} ${first.name} to ${amount(row, last.value!)} ${page.ask.unit === 'day' ? 'on' : page.ask.unit === 'week' ? 'in that of' : 'in'} ${last.name}` : `${row.name} by ${page.ask.unit}`;
  return (
    <section aria-label="Trend">
      <div className="row apart" style={{ marginBottom: 10 }}>
        <SegmentedControl aria-label="By" value={page.ask.unit} onChange={(unit) => set({ unit: unit === 'month' ? null : unit }, false)} data={['day', 'week', 'month']} />
      </div>
      <Picture title={title} units={`${row.name}${unitOf(row) && `, ${unitOf(row)}`}, by ${page.ask.unit}, with 95 % intervals; hollow: few, or not over yet`} source={source} data={data} name={`${row.id} by ${page.ask.unit}`}>
        <TrendLine points={points} label={`${row.name} by ${page.ask.unit}; arrow keys go from one to the next`} say={(number) => amount(row, Number(number.toPrecision(6)))} within={within(row)}
          target={row.target === null ? null : { value: row.target, name: `target ${amount(row, row.target)}` }}
          beside={(_, at) => trend[at].result.behind && <Marked behind={trend[at].result.behind} words={`${row.name}, ${points[at].name}`}>who</Marked>} />
      </Picture>
    </section>
  );
}

function Breakdown({ page }: { page: Answer }) {
  const { set } = useAddress();
  const { row, groups } = page;
  const source = useSource(row.now);
  if (!page.offered.length) return null;
  const stated = page.by ? (BY[page.by] ?? page.by) : '';
  const data = groups.map((one) => ({ [page.by || 'group']: one.name, value: one.result.value, low: one.result.low, high: one.result.high, n: one.result.n, difference_to_others: one.rest?.result.value ?? null, p: one.rest?.p ?? null }));
  return (
    <section className={css.section} aria-label="Breakdown">
      <div className="row" style={{ marginBottom: 10 }}>
        <h2>By</h2>
        <Select aria-label="Broken down by" size="xs" w={210} clearable placeholder="choose what by" value={page.by || null} onChange={(by) => set({ by }, false)} data={page.offered.filter(Boolean).map((by) => ({ value: by, label: BY[by] ?? by }))} />
      </div>
      {page.by && (
        <Picture title={found(row, groups, stated)} units={`${row.name}${unitOf(row) && `, ${unitOf(row)}`}, with 95 % intervals; coloured: apart from all the others by more than chance; hollow: few`} source={source} data={data} name={`${row.id} by ${page.by}`}>
          <Dots label={`${row.name} by ${stated}`} say={(number) => amount(row, Number(number.toPrecision(6)))} within={within(row)} line={row.now.value === null ? null : { value: row.now.value, name: `all ${amount(row, row.now.value)}` }}
            rows={groups.map((one) => dot(row, one))} />
        </Picture>
      )}
    </section>
  );
}

function found(row: MetricRow, groups: MetricGroup[], stated: string): string {
  const known = groups.filter((one) => one.result.value !== null && !isSmall(one.result)).sort((a, b) => b.result.value! - a.result.value!);
  const [high, low] = [known[0], known.at(-1)];
  if (!high || !low || high === low) return `${row.name} by ${stated}`;
  return `Highest at ${high.name}, ${amount(row, high.result.value!)}; lowest at ${low.name}, ${amount(row, low.result.value!)}`;
}

function dot(row: MetricRow, one: MetricGroup) {
  const { result } = one;
  const apart = one.rest?.more_than_chance ? (one.rest.better === true ? 'var(--kept)' : one.rest.better === false ? 'var(--broken)' : 'var(--accent)') : 'var(--planned)';
  const words = result.value === null ? 'nothing can be said' : `${amount(row, result.value)} ${ends(row, result)} n ${count(result.n)}${isSmall(result) ? ', few' : ''}`;
  return {
    key: one.id, name: one.name, value: result.value, low: result.low, high: result.high, few: isSmall(result), colour: apart,
    words: `${one.name}: ${words}${one.rest?.result.value != null ? `; ${difference(row, one.rest.result.value)} against all the others, ${chance(one.rest)}` : ''}`,
    figure: result.value === null ? <span className="faint">nothing can be said</span> : <>{result.behind ? <Marked behind={result.behind} words={`${row.name}: ${one.name}`}>{amount(row, result.value)}</Marked> : amount(row, result.value)} <span className="faint">{ends(row, result)} n {count(result.n)}{isSmall(result) && ', few'}</span></>,
  };
}
