import type { DriverRow, Drivers } from '../api/nouns';
import { isSmall } from '../parts/Figure';
import { Picture } from '../parts/Picture';
import { Dots } from '../parts/plots/Dots';
import { Plane } from '../parts/plots/Plane';
import { useSource } from '../parts/source';
import { percent } from '../words';
import { ends, say } from './say';
import css from './why.module.css';

const whole = (share: number) => percent(share, 0);

/** How much of what is explained each driver has, the largest first; a suppressor is marked. */
export function Importance({ data }: { data: Drivers }) {
  const source = useSource(data);
  const rows = data.rows.map((row) => ({
    key: row.id, name: row.name, value: row.importance.value, low: row.importance.low, high: row.importance.high, few: isSmall(row.importance),
    colour: row.suppressor ? 'var(--doubt)' : 'var(--accent)', note: row.suppressor ? 'suppressor' : undefined,
    words: `${row.name}: ${row.importance.value === null ? 'unknown' : `${percent(row.importance.value)} ${ends(row.importance)}`}${row.suppressor ? ', a suppressor' : ''}`,
    figure: row.importance.value === null ? 'unknown' : <>{percent(row.importance.value)} <span className="faint">{ends(row.importance)}</span></>,
  }));
  return (
    <section className={css.block} aria-label="Importance"><Picture title="How much of it each has" finding={data.rows.some((row) => row.suppressor) ? 'Marked: a suppressor moves one way by itself and the other beside the rest. It is no lever.' : undefined}
      units="share of what all of them explain, 95 % interval over customers drawn again" source={source} data={data.rows.map(numbers)} name="drivers" table={false}>
      <Dots rows={rows} label="Drivers by importance" say={whole} within={[0, 1]} />
    </Picture></section>
  );
}

const numbers = (row: DriverRow) => ({
  driver: row.name, importance: row.importance.value, importance_low: row.importance.low, importance_high: row.importance.high, n: row.importance.n, performance: row.performance.value,
  performance_low: row.performance.low, performance_high: row.performance.high, effect: row.effect.value, effect_low: row.effect.low, effect_high: row.effect.high, beta: row.beta.value,
  vif: row.vif, field: row.field, sure: row.sure ? 'yes' : 'no', class: row.asymmetric, suppressor: row.suppressor ? 'yes' : 'no',
});

/** Importance against performance: what to mend first stands upper left. */
export function Priorities({ data }: { data: Drivers }) {
  const source = useSource(data);
  const placed = data.rows.filter((row) => row.field && row.importance.value !== null && row.performance.value !== null);
  const crosses = placed.map((row) => ({
    key: row.id, name: row.name, x: { value: row.performance.value!, low: row.performance.low, high: row.performance.high }, y: { value: row.importance.value!, low: row.importance.low, high: row.importance.high },
    few: isSmall(row.performance), colour: row.suppressor ? 'var(--doubt)' : row.field === 'concentrate here' ? 'var(--broken)' : 'var(--accent)',
    words: `${row.field}${row.sure ? '' : ', though its cross touches a boundary'}; performance ${percent(row.performance.value!)} ${ends(row.performance)}, importance ${percent(row.importance.value!)} ${ends(row.importance)}`,
  }));
  return (
    <section className={css.block} aria-label="Importance and performance"><Picture title={says(placed)} finding="The boundaries are the means of all of them. A cross that touches one is not surely on its side." units="upward: share of what is explained; across: where it stands on its own scale, worst to best"
      source={source} data={placed.map(numbers)} name="importance and performance">
      <Plane crosses={crosses} label="Importance and performance" corners={['concentrate here', 'keep up', 'low priority', 'possible overkill']}
        x={{ name: 'performance', say: whole, within: [0, 1], split: data.performance_at ?? undefined }} y={{ name: 'importance', say: whole, within: [0, 1], split: data.importance_at ?? undefined }} />
    </Picture></section>
  );
}

function says(rows: DriverRow[]): string {
  const first = rows.filter((row) => row.field === 'concentrate here' && (row.effect.low ?? 0) > 0);
  if (!first.length) return 'Nothing that weighs much stands low';
  const sure = first.filter((row) => row.sure);
  return `${say(first.slice(0, 3).map((row) => row.name))} ${first.length > 1 ? 'weigh' : 'weighs'} much and ${first.length > 1 ? 'stand' : 'stands'} low${sure.length ? '' : ', though not surely'}`;
}
