import type { ReactNode } from 'react';
import { Left, Names } from './Axis';
import { Plot, useHatch, type Area } from './Plot';
import { every, extent, linear } from './scale';
import css from './plots.module.css';

/** One colour and name of a stack; those `down` hang under the line. */
export interface Part { key: string; name: string; colour: string; down?: boolean }
export interface Bar { key: string; name: string; parts: Record<string, number>; words: string; faded?: boolean; few?: boolean }

/** What the colours mean. */
export function Legend({ parts }: { parts: { name: ReactNode; colour: string; key: string }[] }) {
  return <div className={css.legend}>{parts.map((one) => <span key={one.key}><i style={{ background: one.colour }} />{one.name}</span>)}</div>;
}

/** Bars stacked up and down from a line; `most` holds one scale over several pictures. */
export function StackedBars({ bars, parts, label, say, height = 260, most }: {
  bars: Bar[]; parts: Part[]; label: string; say: (value: number) => string; height?: number; most?: { up: number; down: number };
}) {
  const sum = (bar: Bar, down: boolean) => parts.filter((one) => Boolean(one.down) === down).reduce((all, one) => all + (bar.parts[one.key] ?? 0), 0);
  const [low, high] = extent([0, most?.up ?? Math.max(0, ...bars.map((bar) => sum(bar, false))), -(most?.down ?? Math.max(0, ...bars.map((bar) => sum(bar, true))))]);
  return <Plot label={label} height={height}>{(area) => <Stacks area={area} bars={bars} parts={parts} low={low} high={high} say={say} />}</Plot>;
}

function Stacks({ area, bars, parts, low, high, say }: { area: Area; bars: Bar[]; parts: Part[]; low: number; high: number; say: (value: number) => string }) {
  const few = useHatch('var(--paper)', 5);
  const y = linear(low, high, area.bottom, area.top);
  const step = (area.right - area.left) / Math.max(1, bars.length);
  const wide = Math.min(44, step * 0.72);
  const at = (n: number) => area.left + (n + 0.5) * step;
  return (
    <>
      {few.defs}
      <Left area={area} y={y} say={(value) => say(Math.abs(value))} />
      {bars.map((bar, n) => {
        let [up, down] = [0, 0];
        return (
          <g key={bar.key} opacity={bar.faded ? 0.5 : 1}>
            <title>{`${bar.name}: ${bar.words}`}</title>
            {parts.map((part) => {
              const size = bar.parts[part.key] ?? 0;
              if (!size) return null;
              const [from, to] = part.down ? [-down, -down - size] : [up + size, up];
              if (part.down) down += size; else up += size;
              const box = { x: at(n) - wide / 2, y: y(from), width: wide, height: Math.max(0.5, y(to) - y(from)) };
              return <g key={part.key}><rect {...box} fill={part.colour} />{bar.few && <rect {...box} fill={few.paint} opacity={0.6} />}</g>;
            })}
          </g>
        );
      })}
      <line x1={area.left} x2={area.right} y1={y(0)} y2={y(0)} stroke="var(--control)" />
      <Names area={area} at={at} names={bars.map((one) => one.name)} step={every(bars.length, area.right - area.left, 92)} />
    </>
  );
}
