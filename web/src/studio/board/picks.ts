import { createContext, useContext, useSyncExternalStore } from 'react';

/** What one person has chosen on the board right now. Kept outside React's state, so that only the cards concerned are drawn again. */
export class Picks {
  chosen: ReadonlySet<string> = new Set();
  /** Where a range begins. */
  anchor = '';
  /** The thing whose words are being edited. */
  editing = '';
  /** The cell, `lane|stage`, that is being added to. */
  adding = '';
  /** Taps add to what is chosen. */
  several = false;
  /** Who else is where: `kind:id` of an element to a name and a colour. */
  others: ReadonlyMap<string, { name: string; colour: string }> = new Map();
  /** Open comments about an element. */
  talked: ReadonlyMap<string, number> = new Map();
  private ears = new Set<() => void>();

  subscribe = (ear: () => void): (() => void) => {
    this.ears.add(ear);
    return () => this.ears.delete(ear);
  };
  set(patch: Partial<Pick<Picks, 'chosen' | 'anchor' | 'editing' | 'adding' | 'several' | 'others' | 'talked'>>): void {
    Object.assign(this, patch);
    for (const ear of this.ears) ear();
  }
  choose(keys: Iterable<string>, anchor?: string): void {
    const next = new Set(keys);
    this.set({ chosen: next, anchor: anchor ?? [...next].at(-1) ?? '' });
  }
  turn(key: string): void {
    const next = new Set(this.chosen);
    next.has(key) ? next.delete(key) : next.add(key);
    this.set({ chosen: next, anchor: key });
  }
}

const Context = createContext<Picks | null>(null);
export const PicksProvider = Context.Provider;

export function usePicks(): Picks {
  const picks = useContext(Context);
  if (!picks) throw new Error('usePicks stands outside a board');
  return picks;
}

/** One fact about what is chosen; whoever reads it is drawn again only when it changes. */
export function usePick<T extends string | number | boolean | object | undefined>(read: (picks: Picks) => T): T {
  const picks = usePicks();
  return useSyncExternalStore(picks.subscribe, () => read(picks));
}
