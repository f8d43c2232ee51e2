import { memo, useLayoutEffect, useRef } from 'react';
import type { Sheet, StageFigures } from '../../api/nouns';
import { count, signed } from '../../words';
import { useTools } from './context';
import type { Grid } from './grid';
import type { Column } from './model';
import css from './board.module.css';

export const EMOTION_H = 132;
const TOP = 14;
const FOOT = 26;
const y = (score: number): number => TOP + ((1 - score) / 2) * (EMOTION_H - TOP - FOOT);
const score = (at: number): number => Math.max(-1, Math.min(1, 1 - ((at - TOP) / (EMOTION_H - TOP - FOOT)) * 2));
const round = (n: number): number => Math.round(n * 10) / 10;

/** Three lines: what we intend, what customers said they want, what they felt. The intended one is drawn by hand. */
export const EmotionRow = memo(function EmotionRow({ columns, grid, sheet, may }: { columns: Column[]; grid: Grid; sheet?: Sheet; may: boolean }) {
  const left = grid.label;
  const mid = (id: string) => grid.spans.get(id)!.mid - left;
  const intended = columns.filter((one) => one.desired !== null);
  const wanted = columns.filter((one) => one.wanted !== null);
  const felt = new Map((sheet?.stages ?? []).filter((one) => one.felt?.value != null).map((one) => [one.id, one]));
  const gaps = columns.flatMap((one, n) => {
    const next = columns[n + 1];
    const [a, b] = [felt.get(one.id), next && felt.get(next.id)];
    if (!next || !a || !b || one.desired === null || next.desired === null) return [];
    return [`M${mid(one.id)},${y(one.desired)} L${mid(next.id)},${y(next.desired)} L${mid(next.id)},${y(b.felt!.value!)} L${mid(one.id)},${y(a.felt!.value!)} Z`];
  });
  const line = (all: Column[], of: (one: Column) => number) => all.map((one, n) => `${n ? 'L' : 'M'}${mid(one.id)},${y(of(one))}`).join(' ');
  return (
    <div className={css.emotion} style={{ gridColumn: '2 / -1', height: EMOTION_H }}>
      <svg width={grid.width - left} height={EMOTION_H} aria-hidden className={css.curves}>
        <line x1={0} x2={grid.width - left} y1={y(0)} y2={y(0)} stroke="var(--line-2)" strokeWidth="0.8" />
        {gaps.map((d) => <path key={d} d={d} fill="var(--gap)" />)}
        <path d={line(wanted, (one) => one.wanted!)} fill="none" stroke="var(--ink-3)" strokeWidth="1.2" strokeDasharray="2 4" />
        {wanted.map((one) => (
          <g key={one.id}>
            <path d={`M${mid(one.id)},${y(one.wanted!) - 4.5} l4.5,4.5 l-4.5,4.5 l-4.5,-4.5 Z`} fill="var(--paper)" stroke="var(--ink-3)" strokeWidth="1.2" />
            <text x={mid(one.id) + 8} y={y(one.wanted!) + 4} fontSize="11" fill="var(--ink-3)">{one.wantedN ? `n ${count(one.wantedN)}` : 'n unknown'}</text>
          </g>
        ))}
        <path data-curve d={line(intended, (one) => one.desired!)} fill="none" stroke="var(--ink-2)" strokeWidth="1.4" />
        {[...felt.values()].filter((one) => grid.spans.has(one.id)).map((one) => <Felt key={one.id} stage={one} x={mid(one.id)} intended={columns.find((each) => each.id === one.id)?.desired ?? null} />)}
      </svg>
      {columns.map((one) => <Knob key={one.id} stage={one} x={mid(one.id)} felt={felt.get(one.id)} may={may} />)}
    </div>
  );
});

function Felt({ stage, x, intended }: { stage: StageFigures; x: number; intended: number | null }) {
  const felt = stage.felt!;
  const short = intended !== null && (felt.high ?? felt.value!) < intended - 0.25;
  const colour = short ? 'var(--broken)' : 'var(--ink)';
  return (
    <g>
      {felt.low !== null && felt.high !== null && <line x1={x} x2={x} y1={y(felt.high)} y2={y(felt.low)} stroke={colour} strokeWidth="1.6" />}
      <circle cx={x} cy={y(felt.value!)} r="4.2" fill={felt.n < 30 ? 'var(--paper)' : colour} stroke={colour} strokeWidth="1.4" />
      <text x={x} y={EMOTION_H - 8} fontSize="11" textAnchor="middle" fill="var(--ink-3)">n {count(felt.n)}</text>
    </g>
  );
}

/** The intended point of one stage: dragged up and down; by keys, space takes it and arrows move it. */
function Knob({ stage, x, felt, may }: { stage: Column; x: number; felt?: StageFigures; may: boolean }) {
  const { hand, say } = useTools();
  const knob = useRef<HTMLDivElement>(null);
  const now = useRef<number | null>(stage.desired);
  const taken = useRef(false);
  const place = (value: number | null) => {
    now.current = value;
    const one = knob.current;
    if (!one) return;
    one.style.transform = `translate(${x - 12}px, ${y(value ?? 0) - 12}px)`;
    one.dataset.value = value === null ? '' : signed(value, 1);
  };
  useLayoutEffect(() => { if (!taken.current) place(stage.desired); });
  const end = (keep: boolean) => {
    taken.current = false;
    knob.current?.removeAttribute('data-taken');
    if (keep && now.current !== stage.desired) hand.setDesired(stage.id, now.current);
    else place(stage.desired);
  };
  const nudge = (by: number) => { place(round(Math.max(-1, Math.min(1, (now.current ?? 0) + by)))); say(`${signed(now.current!, 1)}`); };
  const words = [stage.desired === null ? 'not said what we intend' : `intended ${signed(stage.desired, 1)}`, stage.wanted !== null && `wanted ${signed(stage.wanted, 1)}${stage.wantedN ? ` by ${count(stage.wantedN)}` : ''}`, felt && `felt ${signed(felt.felt!.value!, 2)}, n ${count(felt.felt!.n)}`].filter(Boolean).join(', ');
  return (
    <div data-cell={`emotion|${stage.id}`} data-lane="emotion" data-stage={stage.id} className={css.knobcell}>
      <div ref={knob} className={css.knob} role="slider" tabIndex={-1} data-node={`emotion:${stage.id}`} data-nodrag data-empty={stage.desired === null} aria-label={`Emotion, ${stage.name}`} aria-valuemin={-1} aria-valuemax={1} aria-valuenow={stage.desired ?? 0} aria-valuetext={words} aria-readonly={!may} title={`${stage.name}: ${words}`}
        onPointerDown={(event) => {
          if (!may || event.button !== 0) return;
          event.stopPropagation();
          event.currentTarget.setPointerCapture(event.pointerId);
          event.currentTarget.focus({ preventScroll: true });
          taken.current = true;
          event.currentTarget.dataset.taken = 'true';
        }}
        onPointerMove={(event) => {
          if (!taken.current || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
          const base = event.currentTarget.parentElement!.parentElement!.getBoundingClientRect();
          place(round(score(event.clientY - base.top)));
        }}
        onPointerUp={(event) => { if (event.currentTarget.hasPointerCapture(event.pointerId)) end(true); }}
        onPointerCancel={() => end(false)}
        onBlur={() => { if (taken.current) end(true); }}
        onKeyDown={(event) => {
          if (!may) return;
          const step = { PageUp: 0.1, PageDown: -0.1, ...(taken.current ? { ArrowUp: 0.1, ArrowDown: -0.1 } : {}) }[event.key];
          if (event.key === ' ') { event.preventDefault(); event.stopPropagation(); if (taken.current) end(true); else { taken.current = true; event.currentTarget.dataset.taken = 'true'; say(`Emotion of ${stage.name} taken: up and down change it, space puts it down.`); } return; }
          if (event.key === 'Escape' && taken.current) { event.preventDefault(); event.stopPropagation(); end(false); say('Put back.'); return; }
          if (event.key === 'Enter' && taken.current) { event.preventDefault(); event.stopPropagation(); end(true); return; }
          if (event.key === 'Delete') { event.preventDefault(); event.stopPropagation(); hand.setDesired(stage.id, null); return; }
          if (step) { event.preventDefault(); event.stopPropagation(); const held = taken.current; nudge(step); if (!held) end(true); }
        }} />
    </div>
  );
}
