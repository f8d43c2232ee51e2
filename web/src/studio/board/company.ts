import { useCallback, useEffect } from 'react';
import { usePresence } from '../../draft';
import type { Picks } from './picks';

/** Who else is on which card of this map; and tells them where one is. */
export function useCompany(picks: Picks, journey: string): { show: (element: string) => void } {
  const { others, show } = usePresence();
  const doc = `map:${journey}`;
  useEffect(() => {
    picks.set({ others: new Map(others.flatMap((one) => (one.card && one.doc === doc ? [[one.card, { name: one.name || 'somebody', colour: one.colour }]] : []))) });
  }, [others, picks, doc]);
  return { show: useCallback((element: string) => show({ doc, card: element }), [show, doc]) };
}
