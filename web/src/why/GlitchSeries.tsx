import { useState } from 'react';
import type { GlitchRow, WatchedSeries } from '../api/nouns';
import { Left, Names } from '../parts/plots/Axis';
import { Plot, type Area } from '../parts/plots/Plot';
import { every, extent, linear } from '../parts/plots/scale';
import plots from '../parts/plots/plots.module.css';
import { onDay, value } from '../words';

/** A level in the words of its series: 13 %, 8.2, 4 h. */
export const level = (amount: number, series: { kind: string; unit?: string }): string =>
  series.kind === 'failure' ? value(amount, 'share') : series.kind === 'time' ? value(amount, 'seconds') : amount.toFixed(amount >= 100 ? 0 : 2).replace(/\.?0+$/, '');

/** Day by day: what was, the band where a single day should lie, and the stretch that lies off it. */
export function GlitchSeries({ series, glitch }: { series: WatchedSeries; glitch: GlitchRow }) {
  const n = series.starts.length;
  const [at, setAt] = useState<number>();
  const here = Math.min(at ?? n - 1, n - 1);
  const known = series.level.filter((one): one is number => one !== null);
  // a handful of wild days must not flatten all others: they stand at the edge
  const top = [...known].sort((a, b) => a - b)[Math.floor((known.length - 1) * 0.98)] ?? 1;
  const held = [glitch.level.value, glitch.usual.value];
  const range = extent([...series.level.map((one) => (one === null ? null : Math.min(one, top))), ...series.usual, ...held, ...(series.kind === 'score' ? [] : [0])]);
  const now = series.level[here];
  const usual = series.usual[here];
  const words = `${now === null || now === undefined ? 'nothing to count' : level(now, series)}${usual === null || usual === undefined ? ', the usual is still being learned' : `, ${level(usual, series)} is usual`}`;
  return (
    <div>
      <p className={plots.said} data-taken="no" role="status"><b>{onDay(series.starts[here])}</b> {words}</p>
      <Plot label={`${series.name}, day by day`} height={240} chosen={{ at: here, of: n, words: `${onDay(series.starts[here])}: ${words}`, pick: setAt }}>
        {(area) => <Drawn area={area} series={series} glitch={glitch} range={range} here={here} pick={setAt} />}
      </Plot>
    </div>
  );
}

function Drawn({ area, series, glitch, range, here, pick }: { area: Area; series: WatchedSeries; glitch: GlitchRow; range: [number, number]; here: number; pick: (at: number) => void }) {
  const n = series.starts.length;
  const x = linear(0, Math.max(1, n - 1), area.left + 4, area.right - 4);
  const raw = linear(range[0], range[1], area.bottom, area.top);
  const y = Object.assign((amount: number) => Math.max(area.top, Math.min(area.bottom, raw(amount))), { low: range[0], high: range[1] });
  const began = Math.max(0, series.starts.findIndex((one) => one >= glitch.began_at));
  const over = glitch.ended_on ? series.starts.findIndex((one) => one.slice(0, 10) >= glitch.ended_on!) : -1;
  const ended = over < 0 ? n - 1 : over;
  const held = series.low.flatMap((one, i) => (one === null || series.high[i] === null ? [] : [i]));
  const band = held.length > 1 ? `${held.map((i, k) => `${k ? 'L' : 'M'}${x(i).toFixed(1)},${y(series.high[i]!).toFixed(1)}`).join(' ')} ${[...held].reverse().map((i) => `L${x(i).toFixed(1)},${y(series.low[i]!).toFixed(1)}`).join(' ')} Z` : '';
  const line = (values: (number | null)[]) => values.map((one, i) => (one === null ? '' : `${i && values[i - 1] !== null ? 'L' : 'M'}${x(i).toFixed(1)},${y(one).toFixed(1)}`)).join(' ');
  const step = n > 1 ? x(1) - x(0) : 10;
  return (
    <>
      <Left area={area} y={y} say={(one) => level(one, series)} zero />
      <rect x={x(began)} width={Math.max(3, x(ended) - x(began))} y={area.top} height={area.bottom - area.top} fill={glitch.worse ? 'var(--broken-soft)' : 'var(--doubt-soft)'} />
      <path d={band} fill="var(--planned)" opacity={0.2} />
      <path d={line(series.usual)} fill="none" stroke="var(--planned)" strokeWidth={1.5} strokeDasharray="5 4" />
      {series.kind !== 'failure' && <path d={line(series.level)} fill="none" stroke="var(--ink-2)" strokeWidth={1} opacity={0.5} />}
      {series.level.map((one, i) => one !== null && <circle key={i} cx={x(i)} cy={y(one)} r={i === here ? 4 : 1.7} opacity={i === here ? 1 : 0.7} fill={i >= began && i <= ended && glitch.worse ? 'var(--broken)' : 'var(--ink-2)'} />)}
      <line x1={x(began)} x2={x(began)} y1={area.top} y2={area.bottom} stroke={glitch.worse ? 'var(--broken)' : 'var(--doubt)'} strokeWidth={1.5} />
      <text x={x(began) + (began > n * 0.8 ? -6 : 6)} y={area.top + 12} fontSize={12} textAnchor={began > n * 0.8 ? 'end' : 'start'} fill="var(--ink)">began {onDay(glitch.began_on)}</text>
      {glitch.usual.value !== null && <line x1={x(Math.max(0, began - 56))} x2={x(began)} y1={y(glitch.usual.value)} y2={y(glitch.usual.value)} stroke="var(--ink)" strokeWidth={2.5} />}
      {glitch.level.value !== null && <line x1={x(began)} x2={x(ended)} y1={y(glitch.level.value)} y2={y(glitch.level.value)} stroke={glitch.worse ? 'var(--broken)' : 'var(--doubt)'} strokeWidth={3} />}
      <Names area={area} at={x} names={series.starts.map(onDay)} step={every(n, area.right - area.left, 110)} />
      {series.starts.map((one, i) => <rect key={one} data-taken="no" x={x(i) - step / 2} width={step} y={area.top} height={area.bottom - area.top} fill="transparent" onMouseEnter={() => pick(i)} />)}
    </>
  );
}
