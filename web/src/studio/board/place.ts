import { inOrder } from '../../api/order';
import { idFrom } from '../../words';

interface Ordered { id: string; order?: number }

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A new id nobody else chooses: the name and four letters by chance. */
export function newId(name: string): string {
  const chance = crypto.getRandomValues(new Uint8Array(4));
  return `${idFrom(name, [])}-${[...chance].map((one) => LETTERS[one % LETTERS.length]).join('')}`;
}

/** Puts elements before one of their siblings (null: at the end). Orders change only where there is no room. */
export function placed<T extends Ordered>(siblings: readonly T[], incoming: readonly T[], before: string | null): T[] {
  const moving = new Set(incoming.map((one) => one.id));
  const list = inOrder(siblings).filter((one) => !moving.has(one.id));
  const found = before === null ? -1 : list.findIndex((one) => one.id === before);
  const at = found < 0 ? list.length : found;
  const low = at > 0 ? (list[at - 1].order ?? 0) : null;
  const high = at < list.length ? (list[at].order ?? 0) : null;
  const n = incoming.length;
  const order = (k: number): number => {
    if (low === null && high === null) return (k + 1) * 10;
    if (low === null) return high! - (n - k) * 10;
    if (high === null || high - low <= n) return low + (k + 1) * 10;
    return low + Math.floor(((high - low) * (k + 1)) / (n + 1));
  };
  const head = list.slice(0, at);
  const put = incoming.map((one, k) => ({ ...one, order: order(k) }));
  let last = put.at(-1)?.order ?? low ?? 0;
  const tail = list.slice(at).map((one) => {
    const own = one.order ?? 0;
    if (own > last) { last = own; return one; }
    last += 10;
    return { ...one, order: last };
  });
  return [...head, ...put, ...tail];
}
