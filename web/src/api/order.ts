interface Placed { id: string; order?: number }

/** Between two neighbours there are so many free places at first, so that nobody else need be renumbered. */
const ROOM = 10;

/** In the order people gave. */
export const inOrder = <T extends { order?: number }>(all: readonly T[] | undefined): T[] =>
  (all ?? []).map((one, n) => [one, n] as const).sort(([a, i], [b, j]) => (a.order ?? 0) - (b.order ?? 0) || i - j).map(([one]) => one);

/** The order that puts an element behind all others. */
export const lastOrder = (all: readonly { order?: number }[] | undefined): number =>
  all?.length ? Math.max(...all.map((one) => one.order ?? 0)) + ROOM : ROOM;

/** The list, in order, with `one` at place `at`: half way between its neighbours. Who follows is renumbered only where there is no room; the others stay who they are. */
export function placed<T extends Placed>(all: readonly T[] | undefined, one: T, at: number): T[] {
  const list = inOrder(all).filter((other) => other.id !== one.id);
  const place = Math.max(0, Math.min(at, list.length));
  const before = list[place - 1]?.order ?? (place > 0 ? 0 : undefined);
  const after = list[place]?.order ?? (place < list.length ? 0 : undefined);
  list.splice(place, 0, { ...one, order: between(before, after) });
  for (let n = place + 1; n < list.length && (list[n].order ?? 0) <= (list[n - 1].order ?? 0); n += 1) {
    list[n] = { ...list[n], order: (list[n - 1].order ?? 0) + ROOM };
  }
  return list;
}

function between(before: number | undefined, after: number | undefined): number {
  if (after === undefined) return (before ?? 0) + ROOM;
  if (before === undefined) return after - ROOM;
  return after - before > 1 ? Math.floor((before + after) / 2) : before + 1;
}

/** The list with one element at place `to`. */
export function moved<T extends Placed>(all: readonly T[] | undefined, id: string, to: number): T[] {
  const list = inOrder(all);
  const one = list.find((other) => other.id === id);
  return one && to >= 0 && to < list.length ? placed(list, one, to) : list;
}
