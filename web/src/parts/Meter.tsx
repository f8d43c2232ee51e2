import type { PromiseFigures } from '../api/nouns';
import { count, percent } from '../words';

export const STATE = {
  kept: { tone: 'good', colour: 'var(--kept)', words: 'kept' },
  broken: { tone: 'bad', colour: 'var(--broken)', words: 'broken' },
  'in doubt': { tone: 'doubt', colour: 'var(--doubt)', words: 'in doubt' },
  'not judged': { tone: 'faint', colour: 'var(--planned)', words: 'not judged' },
} as const;

/** A promise as a meter: share kept, its interval as a band, the target as a notch. */
export function Meter({ promise, height = 8 }: { promise: PromiseFigures; height?: number }) {
  const { kept, target, state } = promise;
  const at = (share: number) => `${Math.min(100, Math.max(0, share * 100))}%`;
  const unknown = kept.value === null;
  return (
    <div role="img" aria-label={unknown ? 'not judged yet' : `${percent(kept.value!)} kept of ${count(kept.n)}, target ${percent(target)}, ${state}`}
      className={unknown ? 'hatch' : undefined} style={{ position: 'relative', height, borderRadius: 99, background: unknown ? undefined : 'var(--press)' }}>
      {!unknown && <span style={{ position: 'absolute', inset: 0, width: at(kept.value!), borderRadius: 99, background: STATE[state].colour }} />}
      {kept.low !== null && kept.high !== null && (
        <span style={{ position: 'absolute', top: '50%', marginTop: -0.75, height: 1.5, left: at(kept.low), width: `calc(${at(kept.high)} - ${at(kept.low)})`, background: 'var(--ink)', opacity: 0.55 }} />
      )}
      <span style={{ position: 'absolute', left: `min(${at(target)}, calc(100% - 2px))`, top: -3, bottom: -3, width: 2, background: 'var(--ink)', borderRadius: 1 }} />
    </div>
  );
}
