import { Left, Names } from '../parts/plots/Axis';
import { Legend } from '../parts/plots/Bars';
import { Plot, type Area } from '../parts/plots/Plot';
import { every, extent, linear } from '../parts/plots/scale';
import type { Value } from '../api/nouns';
import { onDay, short } from '../words';

const LINES = [{ key: 'actual', name: 'what came', colour: 'var(--ink-2)' }, { key: 'expected', name: 'what the model says, dashed', colour: 'var(--accent)' }, { key: 'held', name: 'held out: not seen when it was fitted', colour: 'var(--line)' }];

/** What came and what was foreseen, added up; the time that the model had not seen is shaded. */
export function Checked({ check }: { check: NonNullable<Value['check']> }) {
  return (
    <>
      <Legend parts={LINES} />
      <Plot label="Orders that came and orders foreseen, added up over time; the table holds the same" height={230}>{(area) => <Lines area={area} check={check} />}</Plot>
    </>
  );
}

function Lines({ area, check: { points } }: { area: Area; check: NonNullable<Value['check']> }) {
  const [low, high] = extent([0, ...points.map((one) => one.actual), ...points.map((one) => one.expected)], [0, Infinity]);
  const y = linear(low, high, area.bottom, area.top);
  const x = linear(0, Math.max(1, points.length - 1), area.left + 6, area.right - 6);
  const path = (of: (n: number) => number) => points.map((_, n) => `${n ? 'L' : 'M'}${x(n).toFixed(1)},${y(of(n)).toFixed(1)}`).join(' ');
  const first = points.findIndex((one) => one.held_out);
  return (
    <>
      {first > 0 && <rect x={(x(first - 1) + x(first)) / 2} width={area.right - (x(first - 1) + x(first)) / 2} y={area.top} height={area.bottom - area.top} fill="var(--line)" opacity={0.55} />}
      <Left area={area} y={y} say={short} zero />
      <path d={path((n) => points[n].actual)} fill="none" stroke="var(--ink-2)" strokeWidth={2} />
      <path d={path((n) => points[n].expected)} fill="none" stroke="var(--accent)" strokeWidth={2} strokeDasharray="6 4" />
      <Names area={area} at={x} names={points.map((one) => onDay(one.on))} step={every(points.length, area.right - area.left, 110)} />
      {points.map((one, n) => <rect key={one.on} data-taken="no" x={x(n) - 4} width={8} y={area.top} height={area.bottom - area.top} fill="transparent"><title>{`${onDay(one.on)}: ${one.actual} came, ${one.expected.toFixed(0)} foreseen${one.held_out ? ', held out' : ''}`}</title></rect>)}
    </>
  );
}
