import type { Column } from './model';

export type Zoom = 'far' | 'slim' | 'cards' | 'wide';
export const ZOOMS: Zoom[] = ['far', 'slim', 'cards', 'wide'];
export interface Span { x: number; w: number; mid: number }
/** Where each column of the sheet stands, in pixels and as a grid's template. */
export interface Grid { width: number; label: number; template: string; spans: Map<string, Span>; at: Map<string, number>; seam: Span; buyer: Span; customer: Span; adders: { buyer: number; customer: number }; seamAt: number; column: number }

const LABEL = 112;
const SEAM = 26;
const ADD = 30;
const EMPTY = 190;
const LEAST: Record<Zoom, number> = { far: 58, slim: 80, cards: 124, wide: 248 };

const free = (columns: readonly Column[], room: number): number => room - LABEL - SEAM - ADD * 2 - 4 - (columns.some((one) => one.side === 'buyer') ? 0 : EMPTY - ADD) - (columns.some((one) => one.side === 'customer') ? 0 : EMPTY - ADD);

/** The nearest zoom at which the whole journey is in sight. */
export function arriving(columns: readonly Column[], room: number): Zoom {
  const w = free(columns, room) / Math.max(1, columns.length);
  return w >= 124 ? 'cards' : w >= 80 ? 'slim' : 'far';
}

export function gridOf(columns: readonly Column[], room: number, zoom: Zoom): Grid {
  const w = Math.min(420, Math.max(LEAST[zoom], Math.floor(free(columns, room) / Math.max(1, columns.length))));
  const spans = new Map<string, Span>();
  const at = new Map<string, number>();
  const template = [`${LABEL}px`];
  let x = LABEL;
  const side = (which: Column['side']): Span => {
    const from = x;
    const own = columns.filter((one) => one.side === which);
    const bare = columns.length ? EMPTY : Math.max(EMPTY, (room - LABEL - SEAM - 4) / 2);
    for (const one of own) {
      spans.set(one.id, { x, w, mid: x + w / 2 });
      template.push(`${w}px`);
      at.set(one.id, template.length);
      x += w;
    }
    const rest = which === 'customer' ? Math.max(0, room - 4 - x - (own.length ? ADD : bare)) : 0;
    const add = (own.length ? ADD : bare) + rest;
    template.push(`${add}px`);
    x += add;
    return { x: from, w: x - from, mid: (from + x) / 2 };
  };
  const buyer = side('buyer');
  const buyerAdd = template.length;
  const seam = { x, w: SEAM, mid: x + SEAM / 2 };
  template.push(`${SEAM}px`);
  const seamAt = template.length;
  x += SEAM;
  const customer = side('customer');
  return { width: x, label: LABEL, template: template.join(' '), spans, at, seam, buyer, customer, adders: { buyer: buyerAdd, customer: template.length }, seamAt, column: w };
}
