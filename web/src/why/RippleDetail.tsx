import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import type { Result, RippleEdge } from '../api/nouns';
import { Marked } from '../journeys/Marked';
import { count, value } from '../words';
import { more, moreEnds } from './say';
import css from './ripples.module.css';

/** A difference with its sign, or a level without. */
export const strength = (result: Result, sign = true): string => {
  if (result.value === null) return 'unknown';
  if (sign) return more(result.value, result.unit);
  return result.unit === 'score' ? result.value.toFixed(2) : value(result.value, result.unit);
};

export const interval = (result: Result): string => moreEnds(result);

/** One edge: its sentence, its checks, what would overturn it and what other methods say. */
export function RippleDetail({ edge }: { edge: RippleEdge }) {
  const other = (amount: number) => more(amount, edge.effect.unit);
  return (
    <div className={css.detail} role="region" aria-label="The chosen ripple">
      <p><b>{edge.words}.</b></p>
      <p className="soft" style={{ marginTop: 4 }}>
        <Marked behind={edge.effect.behind} words={`${edge.name}, ${edge.low} to ${edge.high} days after the fault`}>{strength(edge.effect)}</Marked> {interval(edge.effect)}, {count(edge.effect.n)} {edge.effect.of}
        {edge.detectable !== null && `; ${other(edge.detectable).replace('+', '')} would have been seen four times in five`}. <span title={`${edge.rung_id}: ${edge.rung}`} className="faint">{edge.rung_id}</span>
      </p>
      <ul className={css.checks}>
        {edge.checks.map((check) => (
          <li key={check.name}>
            {check.passed === null ? <IconMinus size={13} color="var(--ink-3)" aria-label="not made" /> : check.passed ? <IconCheck size={13} color="var(--kept)" aria-label="passed" /> : <IconX size={13} color="var(--broken)" aria-label="failed" />} <b>{check.name}</b> <span className="soft">{check.words}</span>
          </li>
        ))}
        {edge.overturned_by && <li><b>What would overturn it</b> <span className="soft">{edge.overturned_by}</span></li>}
        {edge.said.length > 0 && <li><b>Other methods</b> <span className="soft">{edge.said.map((one) => `${one.method} ${other(one.value)}`).join(', ')}</span></li>}
      </ul>
    </div>
  );
}
