import type { Insight, Plan } from '../../api/nouns';

const OLD_DAYS = 730;

export const isOld = (one: Insight, today = Date.now()): boolean => Boolean(one.on && today - Date.parse(`${one.on}T00:00:00Z`) > OLD_DAYS * 86_400_000);

/** How often each insight is used: on maps, by personas, in towers. */
export function usedCounts(plan: Plan): Map<string, number> {
  const found = new Map<string, number>();
  const count = (id: string | null | undefined) => { if (id) found.set(id, (found.get(id) ?? 0) + 1); };
  for (const one of plan.cards ?? []) count(one.insight);
  for (const one of plan.personas ?? []) one.evidence?.forEach(count);
  for (const one of plan.towers ?? []) one.boxes?.forEach((box) => count(box.insight));
  return found;
}

export interface Sieve { find: string; kind: string | null; persona: string | null; touchpoint: string | null; only: 'all' | 'unused' | 'old' }
export const OPEN: Sieve = { find: '', kind: null, persona: null, touchpoint: null, only: 'all' };

/** The insights that a search leaves; every word must stand in its words or its source. */
export function sieved(all: readonly Insight[], sieve: Sieve, counts: Map<string, number>): Insight[] {
  const asked = sieve.find.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((one) => {
    const text = `${one.words} ${one.source ?? ''}`.toLocaleLowerCase();
    return asked.every((word) => text.includes(word)) && (!sieve.kind || (one.kind ?? 'quotation') === sieve.kind) && (!sieve.persona || one.persona === sieve.persona)
      && (!sieve.touchpoint || one.touchpoint === sieve.touchpoint) && (sieve.only !== 'unused' || !counts.get(one.id)) && (sieve.only !== 'old' || isOld(one));
  });
}
