import type { Grade as Level } from '../api/nouns';

const SHARE: Record<Level, number> = { guessed: 0, observed: 1 / 3, asked: 2 / 3, measured: 1 };
const SAYS: Record<Level, string> = {
  guessed: 'guessed: nothing measures it yet', observed: 'observed: someone went and looked', asked: 'asked: customers answered', measured: 'measured: events arrive',
};

/** The evidence grade as a disc that fills. */
export function Grade({ grade, size = 8 }: { grade: Level; size?: number }) {
  const r = size / 2 - 1;
  const ring = 2 * Math.PI * (r / 2);
  return (
    <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={SAYS[grade]} style={{ flex: 'none' }}>
      <title>{SAYS[grade]}</title>
      <circle cx={size / 2} cy={size / 2} r={r} fill="none" stroke="var(--control)" strokeWidth="1" strokeDasharray={grade === 'guessed' ? '1.5 1.5' : undefined} />
      <circle cx={size / 2} cy={size / 2} r={r / 2} fill="none" stroke="var(--control)" strokeWidth={r} strokeDasharray={`${ring * SHARE[grade]} ${ring}`} transform={`rotate(-90 ${size / 2} ${size / 2})`} />
    </svg>
  );
}
