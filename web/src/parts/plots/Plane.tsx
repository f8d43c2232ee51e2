import type { ReactNode } from 'react';
import { useState } from 'react';
import { Foot, Left } from './Axis';
import { Plot, type Area } from './Plot';
import { extent, linear } from './scale';
import css from './plots.module.css';

interface Side { value: number; low: number | null; high: number | null }
export interface Cross { key: string; name: string; x: Side; y: Side; few?: boolean; colour?: string; words: string }

interface Props {
  crosses: Cross[]; label: string; x: { name: string; say: (value: number) => string; within?: [number, number]; split?: number }; y: { name: string; say: (value: number) => string; within?: [number, number]; split?: number };
  /** What each corner means: upper left, upper right, lower left, lower right. */
  corners?: [string, string, string, string]; beside?: (cross: Cross) => ReactNode; open?: (cross: Cross) => void; height?: number;
}

/** A plane with a cross for each mark: its arms are the intervals of both sides. */
export function Plane({ crosses, label, x, y, corners, beside, open, height = 420 }: Props) {
  const [at, setAt] = useState(0);
  const here = crosses[Math.min(at, crosses.length - 1)];
  return (
    <div>
      <p className={css.said} data-taken="no" role="status">{here && <><b>{here.name}</b> {here.words} {beside?.(here)}</>}</p>
      <Plot label={label} height={height} margin={[22, 20, 44, 60]} chosen={{ at: Math.min(at, Math.max(0, crosses.length - 1)), of: crosses.length, words: here ? `${here.name}: ${here.words}` : 'nothing known', pick: setAt, open: open && here && (() => open(here)) }}>
        {(area) => <Field area={area} crosses={crosses} x={x} y={y} corners={corners} here={at} pick={setAt} open={open} />}
      </Plot>
    </div>
  );
}

function Field({ area, crosses, x: across, y: upward, corners, here, pick, open }: { area: Area; here: number; pick: (at: number) => void } & Pick<Props, 'crosses' | 'x' | 'y' | 'corners' | 'open'>) {
  const all = (side: 'x' | 'y', split: number | undefined) => [...crosses.flatMap((one) => [one[side].value, one[side].low, one[side].high]), split];
  const x = linear(...extent(all('x', across.split), across.within), area.left, area.right);
  const y = linear(...extent(all('y', upward.split), upward.within), area.bottom, area.top);
  const places = [[area.left + 8, area.top + 14, 'start'], [area.right - 8, area.top + 14, 'end'], [area.left + 8, area.bottom - 8, 'start'], [area.right - 8, area.bottom - 8, 'end']] as const;
  return (
    <>
      <Left area={area} y={y} say={upward.say} />
      <Foot area={area} x={x} say={across.say} />
      {across.split !== undefined && <line x1={x(across.split)} x2={x(across.split)} y1={area.top} y2={area.bottom} stroke="var(--control)" strokeDasharray="5 4" />}
      {upward.split !== undefined && <line x1={area.left} x2={area.right} y1={y(upward.split)} y2={y(upward.split)} stroke="var(--control)" strokeDasharray="5 4" />}
      {corners?.map((words, n) => <text key={n} x={places[n][0]} y={places[n][1]} textAnchor={places[n][2]} fontSize={12} fill="var(--ink-3)">{words}</text>)}
      <text x={area.right} y={area.bottom + 36} fontSize={12} textAnchor="end" fill="var(--ink-2)">{across.name} →</text>
      <text x={area.left - 50} y={area.top - 8} fontSize={12} fill="var(--ink-2)">↑ {upward.name}</text>
      {crosses.map((one, n) => {
        const [cx, cy] = [x(one.x.value), y(one.y.value)];
        const colour = one.colour ?? 'var(--accent)';
        const arm = { stroke: colour, strokeWidth: n === here ? 2.4 : 1.4, opacity: n === here ? 1 : 0.55, strokeDasharray: one.few ? '3 3' : undefined };
        return (
          <g key={one.key} onMouseEnter={() => pick(n)} onClick={open && (() => open(one))} style={{ cursor: open ? 'pointer' : undefined }}>
            {one.x.low !== null && one.x.high !== null && <line x1={x(one.x.low)} x2={x(one.x.high)} y1={cy} y2={cy} {...arm} />}
            {one.y.low !== null && one.y.high !== null && <line x1={cx} x2={cx} y1={y(one.y.low)} y2={y(one.y.high)} {...arm} />}
            <circle cx={cx} cy={cy} r={n === here ? 5.5 : 4} fill={one.few ? 'var(--paper)' : colour} stroke={colour} strokeWidth={1.6} />
            <text x={cx + (cx > area.right - 14 - 7 * one.name.length ? -9 : 9)} y={cy - 8} textAnchor={cx > area.right - 14 - 7 * one.name.length ? 'end' : 'start'} fontSize={12} fontWeight={n === here ? 620 : 400} fill={n === here ? 'var(--ink)' : 'var(--ink-2)'}>{one.name}</text>
            <rect data-taken="no" x={cx - 12} y={cy - 12} width={24} height={24} fill="transparent" />
          </g>
        );
      })}
    </>
  );
}
