import { useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** How one looks at journeys: what a step is, whose they are, where they are cut, which events count. These travel between the views. */
export const WALK = ['level', 'subject', 'gap', 'starts', 'ends', 'where'] as const;
export type WalkKey = (typeof WALK)[number];
export type WalkSaid = Partial<Record<WalkKey, string>>;

/** The walk as the address has it; what is not said is the server's to decide, except the level. */
export function useWalk(): WalkSaid {
  const [params] = useSearchParams();
  const key = WALK.map((name) => params.get(name) ?? '').join('\n');
  return useMemo(() => {
    const values = key.split('\n');
    return Object.fromEntries(WALK.map((name, n) => [name, values[n] || undefined]).filter(([, value]) => value)) as WalkSaid;
  }, [key]);
}
