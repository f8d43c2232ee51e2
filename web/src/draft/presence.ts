import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useDraftRoom } from '../plan/draft';
import type { Notice, Present, Where } from './sight';

const NONE: readonly Present[] = [];
const nobody = () => () => undefined;
const nothing = () => NONE;

export interface Presence {
  /** Everybody else who is here, and where. */
  others: readonly Present[];
  me: Present | undefined;
  /** Tells the others where one is; fields not named stay as they were. */
  show: (where: Where) => void;
}

/** Who has the draft open, on which card and field. */
export function usePresence(): Presence {
  const room = useDraftRoom();
  const all = useSyncExternalStore(room?.company.subscribe ?? nobody, room?.company.look ?? nothing);
  const show = useCallback((where: Where) => room?.company.show(where), [room]);
  return useMemo(() => ({ others: all.filter((one) => !one.me), me: all.find((one) => one.me), show }), [all, show]);
}

/** Who else is on this card, or in this field of it. */
export function useHere(card: string, field?: string): readonly Present[] {
  const { others } = usePresence();
  return useMemo(() => others.filter((one) => one.card === card && (field === undefined || one.field === field)), [others, card, field]);
}

/** Calls when the server says that something about the drawing changed: comments, votes, a version. */
export function useNotice(about: string | readonly string[], fn: (notice: Notice) => void): void {
  const room = useDraftRoom();
  const latest = useRef(fn);
  useEffect(() => { latest.current = fn; });
  const key = [about].flat().join('\n');
  useEffect(() => room?.hear((notice) => { if (key.split('\n').includes(notice.about)) latest.current(notice); }), [room, key]);
}
