import type { ReactNode } from 'react';
import { useElementSize } from '@mantine/hooks';
import { useHatch } from './Plot';
import { extent, linear, ticks, type Scale } from './scale';
import css from './plots.module.css';

export interface Dot { key: string; name: ReactNode; value: number | null; low: number | null; high: number | null; few?: boolean; colour?: string; words: string; figure?: ReactNode; note?: ReactNode }

interface Props { rows: Dot[]; label: string; say: (value: number) => string; within?: [number, number]; line?: { value: number; name: string } | null; zero?: boolean }

/** Dots with whiskers on one scale, one row each: name, mark, figure; what few say is hollow, what nobody can say is hatched. */
export function Dots({ rows, label, say, within, line, zero = false }: Props) {
  const { ref, width } = useElementSize();
  const range = extent([...rows.flatMap((one) => [one.value, one.low, one.high]), line?.value, zero ? 0 : null], within);
  const x = linear(range[0], range[1], 8, Math.max(40, width - 8));
  return (
    <div className={css.dots} role="list" aria-label={label}>
      {rows.map((one, n) => (
        <div key={one.key} role="listitem" className={css.dot}>
          <span className={css.dotname}>{one.name}{one.note && <small className="faint"> {one.note}</small>}</span>
          <div ref={n === 0 ? ref : undefined} className={css.track}>{width > 0 && <Track one={one} x={x} width={width} line={line?.value} zero={zero} />}</div>
          <span className={css.dotfigure}>{one.figure ?? one.words}</span>
        </div>
      ))}
      <div className={css.dot} aria-hidden>
        <span />
        <div className={css.track} style={{ height: line ? 34 : 20 }}>{width > 0 && <Foot x={x} width={width} say={say} line={line} />}</div>
        <span />
      </div>
    </div>
  );
}

function Track({ one, x, width, line, zero }: { one: Dot; x: Scale; width: number; line?: number; zero: boolean }) {
  const unknown = useHatch('var(--hatch)', 6);
  const colour = one.colour ?? 'var(--accent)';
  const H = 26;
  return (
    <svg width={width} height={H} role="img" aria-label={one.words} style={{ display: 'block' }}>
      {unknown.defs}
      {ticks(x.low, x.high, 5).map((value) => <line key={value} x1={x(value)} x2={x(value)} y1={0} y2={H} stroke={zero && value === 0 ? 'var(--control)' : 'var(--line)'} />)}
      {line !== undefined && <line x1={x(line)} x2={x(line)} y1={0} y2={H} stroke="var(--ink-2)" strokeDasharray="5 4" />}
      {one.value === null && <rect x={8} width={Math.max(0, width - 16)} y={5} height={H - 10} rx={3} fill={unknown.paint} />}
      {one.low !== null && one.high !== null && <line x1={x(one.low)} x2={x(one.high)} y1={H / 2} y2={H / 2} stroke={colour} strokeWidth={2} strokeLinecap="round" strokeDasharray={one.few ? '3 3' : undefined} />}
      {one.value !== null && <circle cx={x(one.value)} cy={H / 2} r={4.5} fill={one.few ? 'var(--paper)' : colour} stroke={colour} strokeWidth={1.6} />}
    </svg>
  );
}

function Foot({ x, width, say, line }: { x: Scale; width: number; say: (value: number) => string; line?: { value: number; name: string } | null }) {
  return (
    <svg width={width} height={line ? 34 : 20} style={{ display: 'block', overflow: 'visible' }}>
      {ticks(x.low, x.high, width < 220 ? 2 : width < 420 ? 3 : 5).map((value) => <text key={value} x={x(value)} y={14} fontSize={12} textAnchor="middle" fill="var(--ink-3)">{say(value)}</text>)}
      {line && <text x={x(line.value)} y={30} fontSize={12} textAnchor={x(line.value) > width - 60 ? 'end' : x(line.value) < 60 ? 'start' : 'middle'} fill="var(--ink-2)">{line.name}</text>}
    </svg>
  );
}
