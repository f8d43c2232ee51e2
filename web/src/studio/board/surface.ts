import { accepts, type Target } from './deeds';
import type { Item } from './model';

/** The parts of the drawn board that a drag touches by hand, past React. */
export interface Surface { scroller: HTMLElement; board: HTMLElement; marker: HTMLElement; box: HTMLElement; layer: HTMLElement }

export interface Place { key: string; x: number; y: number; w: number; h: number }
export interface Spot extends Place { lane: string; stage: string; things: Place[] }
export interface Mark { kind: 'line' | 'into' | 'column' | 'row'; x: number; y: number; w: number; h: number }

export const node = (root: ParentNode, key: string): HTMLElement | null => root.querySelector<HTMLElement>(`[data-node="${CSS.escape(key)}"]`);

function placeOf(element: Element, base: DOMRect, key: string): Place {
  const box = element.getBoundingClientRect();
  return { key, x: box.left - base.left, y: box.top - base.top, w: box.width, h: box.height };
}

/** Cells that could hold this, and what of its kind already stands in them, in the board's own coordinates. */
export function spotsFor(surface: Surface, item: Pick<Item, 'kind' | 'fixed'>, moving: ReadonlySet<string>): Spot[] {
  const base = surface.board.getBoundingClientRect();
  return [...surface.board.querySelectorAll<HTMLElement>('[data-cell]')].filter((cell) => accepts(cell.dataset.lane ?? '', item)).map((cell) => {
    const things = [...cell.querySelectorAll<HTMLElement>('[data-item]')].filter((one) => one.dataset.kind === (item.kind === 'experience' ? 'moment' : item.kind) && !moving.has(one.dataset.item!));
    return { ...placeOf(cell, base, cell.dataset.cell!), lane: cell.dataset.lane!, stage: cell.dataset.stage!, things: things.map((one) => placeOf(one, base, one.dataset.item!)) };
  });
}

/** Every card with its place: what a box drawn over the board may catch. */
export function placesOf(surface: Surface): Place[] {
  const base = surface.board.getBoundingClientRect();
  return [...surface.board.querySelectorAll<HTMLElement>('[data-item]')].map((one) => placeOf(one, base, one.dataset.item!));
}

export interface Head extends Place { side: 'buyer' | 'customer' }
export function headsOf(surface: Surface): Head[] {
  const base = surface.board.getBoundingClientRect();
  return [...surface.board.querySelectorAll<HTMLElement>('[data-stagehead]')].map((one) => ({ ...placeOf(one, base, one.dataset.stagehead!), side: one.dataset.side as 'buyer' }));
}
export function lanesOn(surface: Surface): Place[] {
  const base = surface.board.getBoundingClientRect();
  return [...surface.board.querySelectorAll<HTMLElement>('[data-row]')].map((one) => placeOf(one, base, one.dataset.row!));
}
export function seamOf(surface: Surface): number {
  const base = surface.board.getBoundingClientRect();
  const seam = surface.board.querySelector('[data-seam]')?.getBoundingClientRect();
  return seam ? seam.left + seam.width / 2 - base.left : Infinity;
}

const away = (at: number, from: number, size: number): number => Math.max(from - at, 0, at - from - size);

/** Where something let go at this point would land. */
export function found(spots: Spot[], x: number, y: number, kind: Item['kind']): { target: Target; mark: Mark } | null {
  let best: Spot | null = null;
  let least = Infinity;
  for (const spot of spots) {
    const far = away(x, spot.x, spot.w) ** 2 + away(y, spot.y, spot.h) ** 2;
    if (far < least) { least = far; best = spot; }
  }
  if (!best || least > 160 ** 2) return null;
  const { lane, stage } = best;
  if (kind === 'experience' || kind === 'step') {
    const inner = kind === 'step' ? 0.3 : 0;
    const over = best.things.find((one) => y > one.y + one.h * inner && y < one.y + one.h * (1 - inner) && x > one.x && x < one.x + one.w);
    if (over) return { target: { lane, stage, before: null, into: over.key }, mark: { kind: 'into', x: over.x - 3, y: over.y - 3, w: over.w + 6, h: over.h + 6 } };
    if (kind === 'experience') return null;
  }
  const next = best.things.findIndex((one) => y < one.y + one.h / 2);
  return { target: { lane, stage, before: next < 0 ? null : best.things[next].key }, mark: lineAt(best, next < 0 ? best.things.length : next) };
}

/** The line between two things of a cell. */
export function lineAt(spot: Spot, index: number): Mark {
  const [before, after] = [spot.things[index - 1], spot.things[index]];
  const y = after ? after.y - 4 : before ? before.y + before.h + 2 : spot.y + 7;
  return { kind: 'line', x: spot.x + 4, y, w: spot.w - 8, h: 2 };
}

export function show(surface: Surface, mark: Mark | null): void {
  const { marker } = surface;
  if (!mark) { marker.style.display = 'none'; return; }
  marker.dataset.kind = mark.kind;
  marker.style.display = 'block';
  marker.style.transform = `translate(${mark.x}px, ${mark.y}px)`;
  marker.style.width = `${mark.w}px`;
  marker.style.height = `${mark.h}px`;
}

/** Brings a place of the board into sight. */
export function reveal(surface: Surface, mark: Mark): void {
  const { scroller } = surface;
  const [left, top] = [scroller.scrollLeft, scroller.scrollTop];
  const want = (at: number, size: number, from: number, room: number, edge: number) => (at < from + edge ? at - edge : at + size > from + room - 20 ? at + size - room + 20 : from);
  const next = { left: want(mark.x, mark.w, left, scroller.clientWidth, 120), top: want(mark.y, mark.h, top, scroller.clientHeight, 100) };
  if (next.left !== left || next.top !== top) scroller.scrollTo(next);
}
