import { useCallback, useEffect } from 'react';
import type { TalkCounts } from '../../api/nouns';
import { usePresence } from '../../draft';
import { useTalk } from '../talk/ask';
import type { Picks } from './picks';

/** Who else is on which card of this map, and what is being said about it; tells the others where one is. */
export function useCompany(picks: Picks, journey: string): { show: (element: string) => void } {
  const { others, show } = usePresence();
  const counts = useTalk<TalkCounts>('/comments/counts', { journey }).data;
  const doc = `map:${journey}`;
  useEffect(() => {
    picks.set({ others: new Map(others.flatMap((one) => (one.card && one.doc === doc ? [[one.card, { name: one.name || 'somebody', colour: one.colour }]] : []))) });
  }, [others, picks, doc]);
  useEffect(() => {
    picks.set({ talked: new Map((counts?.elements ?? []).filter((one) => one.open > 0).map((one) => [one.element, one.open])) });
  }, [counts, picks]);
  return { show: useCallback((element: string) => show({ doc, card: element }), [show, doc]) };
}
