/** In the order people gave. */
export const inOrder = <T extends { order?: number }>(all: readonly T[] | undefined): T[] =>
  (all ?? []).map((one, n) => [one, n] as const).sort(([a, i], [b, j]) => (a.order ?? 0) - (b.order ?? 0) || i - j).map(([one]) => one);

/** The list with one element moved by a step, orders written anew. */
export function moved<T extends { id: string; order?: number }>(all: readonly T[] | undefined, id: string, to: number): T[] {
  const list = inOrder(all);
  const from = list.findIndex((one) => one.id === id);
  if (from < 0 || to < 0 || to >= list.length) return list;
  list.splice(to, 0, ...list.splice(from, 1));
  return list.map((one, order) => ({ ...one, order }));
}
