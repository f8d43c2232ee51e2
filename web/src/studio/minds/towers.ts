import type { Box, Plan, Tower } from '../../api/nouns';
import { inOrder, lastOrder } from '../../api/order';
import { newId } from '../../words';

/** Towers of one mental space stand side by side, spaces in the order of their first tower. */
export function bySpace(towers: readonly Tower[]): [string, Tower[]][] {
  const found = new Map<string, Tower[]>();
  for (const one of inOrder(towers)) found.set(one.space ?? '', [...(found.get(one.space ?? '') ?? []), one]);
  return [...found];
}

const inTower = (plan: Plan, id: string, next: (tower: Tower) => Tower): Plan => ({ ...plan, towers: (plan.towers ?? []).map((one) => (one.id === id ? next(one) : one)) });

/** A new box on top of a tower. */
export const withBox = (plan: Plan, tower: string, words: string, kind: Box['kind']): Plan =>
  inTower(plan, tower, (one) => ({ ...one, boxes: [...(one.boxes ?? []), { id: newId(words), words, kind, order: lastOrder(one.boxes ?? []) }] }));

export const patchBox = (plan: Plan, id: string, change: Partial<Box>): Plan => ({
  ...plan, towers: (plan.towers ?? []).map((one) => ((one.boxes ?? []).some((box) => box.id === id) ? { ...one, boxes: (one.boxes ?? []).map((box) => (box.id === id ? { ...box, ...change } : box)) } : one)),
});

export const withoutBox = (plan: Plan, id: string): Plan => ({
  ...plan, towers: (plan.towers ?? []).map((one) => ((one.boxes ?? []).some((box) => box.id === id) ? { ...one, boxes: (one.boxes ?? []).filter((box) => box.id !== id) } : one)),
});

/** The box to a place (counted from the ground) in a tower, its own or another; orders are written anew only where they must be. */
export function moveBox(plan: Plan, id: string, to: string, place: number): Plan {
  const towers = plan.towers ?? [];
  const box = towers.flatMap((one) => one.boxes ?? []).find((one) => one.id === id);
  if (!box || !towers.some((one) => one.id === to)) return plan;
  return {
    ...plan,
    towers: towers.map((one) => {
      const rest = inOrder(one.boxes).filter((other) => other.id !== id);
      if (one.id !== to) return rest.length === (one.boxes ?? []).length ? one : { ...one, boxes: rest };
      const at = Math.max(0, Math.min(rest.length, place));
      const boxes = [...rest.slice(0, at), box, ...rest.slice(at)];
      return { ...one, boxes: boxes.map((other, n) => ((other.order ?? 0) === 10 * (n + 1) ? other : { ...other, order: 10 * (n + 1) })) };
    }),
  };
}

/** Where a key takes a box: the tower beside, or a place up or down. */
export function step(plan: Plan, id: string, key: string): { to: string; place: number } | null {
  const order = bySpace(plan.towers ?? []).flatMap(([, towers]) => towers);
  const at = order.findIndex((one) => (one.boxes ?? []).some((box) => box.id === id));
  if (at < 0) return null;
  const place = inOrder(order[at].boxes).findIndex((box) => box.id === id);
  if (key === 'ArrowUp') return { to: order[at].id, place: place + 1 };
  if (key === 'ArrowDown') return place > 0 ? { to: order[at].id, place: place - 1 } : null;
  const next = order[at + (key === 'ArrowRight' ? 1 : -1)];
  return next ? { to: next.id, place: Math.min(place, (next.boxes ?? []).length) } : null;
}
