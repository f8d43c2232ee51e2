import { useState, type ReactNode } from 'react';
import { Held, Left, Names } from './Axis';
import { Plot, useHatch, type Area } from './Plot';
import { every, extent, linear } from './scale';
import css from './plots.module.css';

export interface Point { key: string; name: string; value: number | null; low: number | null; high: number | null; few?: boolean; open?: boolean; words: string }

interface Props {
  points: Point[]; label: string; say: (value: number) => string; within?: [number, number]; target?: { value: number; name: string } | null;
  /** What stands beside the chosen point's words, such as the way to its customers. */
  beside?: (point: Point, at: number) => ReactNode; open?: (at: number) => void; height?: number; colour?: string;
}

/** A line with the band of its interval; where nothing can be said it breaks and the gap is hatched, few are hollow. */
export function TrendLine({ points, label, say, within, target, beside, open, height = 250, colour = 'var(--accent)' }: Props) {
  const last = points.findLastIndex((one) => one.value !== null);
  const [at, setAt] = useState<number>();
  const here = Math.min(at ?? last, points.length - 1);
  const shown = points[here];
  const range = extent([...points.flatMap((one) => [one.value, one.low, one.high]), target?.value], within);
  return (
    <div>
      <p className={css.said} data-taken="no" role="status">{shown && <><b>{shown.name}</b> {shown.words} {beside?.(shown, here)}</>}</p>
      <Plot label={label} height={height} chosen={{ at: Math.max(0, here), of: points.length, words: shown ? `${shown.name}: ${shown.words}` : 'nothing known', pick: setAt, open: open && (() => open(here)) }}>
        {(area) => <Lines area={area} points={points} range={range} say={say} target={target} here={here} pick={setAt} open={open} colour={colour} />}
      </Plot>
    </div>
  );
}

function Lines({ area, points, range, say, target, here, pick, open, colour }: { area: Area; range: [number, number]; here: number; pick: (at: number) => void; colour: string } & Pick<Props, 'points' | 'say' | 'target' | 'open'>) {
  const unknown = useHatch('var(--hatch)', 6);
  const x = linear(0, Math.max(1, points.length - 1), area.left + 10, area.right - 10);
  const y = linear(range[0], range[1], area.bottom, area.top);
  const step = points.length > 1 ? x(1) - x(0) : area.right - area.left - 20;
  const centre = (n: number) => (points.length > 1 ? x(n) : (area.left + area.right) / 2);
  return (
    <>
      {unknown.defs}
      <Left area={area} y={y} say={say} zero />
      {points.map((one, n) => one.value === null && <rect key={one.key} x={centre(n) - step / 2} width={step} y={area.top} height={area.bottom - area.top} fill={unknown.paint} />)}
      {runs(points).map((run) => (
        <g key={points[run[0]].key}>
          <path d={band(points, run, centre, y, step)} fill={colour} opacity={0.14} />
          <path d={run.map((n, i) => `${i ? 'L' : 'M'}${centre(n).toFixed(1)},${y(points[n].value!).toFixed(1)}`).join(' ')} fill="none" stroke={colour} strokeWidth={2} strokeLinejoin="round" strokeLinecap="round" />
        </g>
      ))}
      {target && <Held area={area} y={y} value={target.value} name={target.name} />}
      {points.map((one, n) => one.value !== null && (one.few || one.open || n === here || points.length <= 40) && (
        <circle key={one.key} cx={centre(n)} cy={y(one.value)} r={n === here ? 4.5 : 2.8} fill={one.few || one.open ? 'var(--paper)' : colour} stroke={colour} strokeWidth={1.5} strokeDasharray={one.open ? '2 1.5' : undefined} />
      ))}
      <Names area={area} at={centre} names={points.map((one) => one.name)} step={every(points.length, area.right - area.left, 96)} />
      {points.map((one, n) => <rect key={one.key} data-taken="no" x={centre(n) - step / 2} width={step} y={area.top} height={area.bottom - area.top} fill="transparent" style={{ cursor: open ? 'pointer' : undefined }} onMouseEnter={() => pick(n)} onClick={open && (() => open(n))} />)}
    </>
  );
}

/** Stretches without a gap, as indexes. */
function runs(points: Point[]): number[][] {
  const found: number[][] = [];
  points.forEach((one, n) => {
    if (one.value === null) return;
    const before = found.at(-1);
    if (before && before[before.length - 1] === n - 1) before.push(n);
    else found.push([n]);
  });
  return found;
}

function band(points: Point[], run: number[], x: (n: number) => number, y: (value: number) => number, step: number): string {
  const held = run.filter((n) => points[n].low !== null && points[n].high !== null);
  if (!held.length) return '';
  if (held.length === 1) {
    const half = Math.min(5, step / 3);
    const [n] = held;
    return `M${x(n) - half},${y(points[n].low!)} H${x(n) + half} V${y(points[n].high!)} H${x(n) - half} Z`;
  }
  const up = held.map((n, i) => `${i ? 'L' : 'M'}${x(n).toFixed(1)},${y(points[n].high!).toFixed(1)}`);
  const down = [...held].reverse().map((n) => `L${x(n).toFixed(1)},${y(points[n].low!).toFixed(1)}`);
  return `${up.join(' ')} ${down.join(' ')} Z`;
}
