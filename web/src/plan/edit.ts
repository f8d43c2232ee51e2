import { inOrder, lastOrder, moved } from '../api/order';
import type { Plan } from '../api/nouns';
import { newId } from '../words';
import { useDraft } from './draft';

type ListKey = 'teams' | 'personas' | 'touchpoints' | 'moments' | 'promises' | 'journeys' | 'roles' | 'metrics' | 'insights' | 'towers';
type Item<K extends ListKey> = NonNullable<Plan[K]>[number];

export interface Edited<T> {
  all: T[];
  patch: (id: string, change: Partial<T>) => void;
  /** An element whose id is given. */
  put: (one: T) => void;
  add: (make: (id: string) => T, name: string) => string;
  remove: (id: string) => void;
  move: (id: string, to: number) => void;
}

/** One list of the draft: its elements in order, and the ways to change them. */
export function useList<K extends ListKey>(key: K): Edited<Item<K>> {
  const { plan, change } = useDraft();
  const list = (from: Plan): Item<K>[] => (from[key] ?? []) as Item<K>[];
  const put = (next: (old: Item<K>[]) => Item<K>[]) => change((old) => ({ ...old, [key]: next(list(old)) }));
  return {
    all: plan ? inOrder(list(plan)) : [],
    patch: (id, part) => put((old) => old.map((one) => (one.id === id ? { ...one, ...part } : one))),
    put: (one) => put((old) => [...old.filter((other) => other.id !== one.id), { ...one, order: lastOrder(old) }]),
    add: (make, name) => {
      const id = newId(name);
      put((old) => [...old, { ...make(id), order: lastOrder(old) }]);
      return id;
    },
    remove: (id) => put((old) => old.filter((one) => one.id !== id)),
    move: (id, to) => put((old) => moved(old as (Item<K> & { id: string })[], id, to)),
  };
}

export const teamOptions = (plan: Plan | undefined) => inOrder(plan?.teams).map((one) => ({ value: one.id, label: one.name }));
export const touchpointOptions = (plan: Plan | undefined) => inOrder(plan?.touchpoints).map((one) => ({ value: one.id, label: one.name }));
