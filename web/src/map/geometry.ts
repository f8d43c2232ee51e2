import type { Sheet, StageFigures, TouchpointFigures } from '../api/nouns';

export type Zoom = 'far' | 'mid' | 'near' | 'table';
export interface Span { x: number; w: number; mid: number }
export interface Geometry {
  label: number;
  width: number;
  stages: StageFigures[];
  spans: Map<string, Span>;
  seam: Span | null;
  beside: Span | null;
  template: string;
}

const LABEL = 100;
const SEAM = 30;
const LEAST: Record<Zoom, number> = { far: 64, mid: 104, near: 104, table: 100 };

/** Where each stage's column stands: all of them in sight if they can be, never narrower than is legible. */
export function geometry(stages: StageFigures[], room: number, zoom: Zoom, beside: boolean): Geometry {
  const crosses = stages.some((one) => one.side === 'buyer') && stages.some((one) => one.side === 'customer');
  const besideWidth = beside ? Math.max(LEAST[zoom], 116) + 16 : 0;
  const free = room - LABEL - (crosses ? SEAM : 0) - besideWidth - 8;
  const w = Math.max(LEAST[zoom], Math.floor(free / Math.max(1, stages.length)));
  const spans = new Map<string, Span>();
  const columns = [`${LABEL}px`];
  let x = LABEL;
  let seam: Span | null = null;
  stages.forEach((stage, n) => {
    if (crosses && n > 0 && stages[n - 1].side === 'buyer' && stage.side === 'customer') {
      seam = { x, w: SEAM, mid: x + SEAM / 2 };
      columns.push(`${SEAM}px`);
      x += SEAM;
    }
    spans.set(stage.id, { x, w, mid: x + w / 2 });
    columns.push(`${w}px`);
    x += w;
  });
  let aside: Span | null = null;
  if (beside) {
    aside = { x: x + 12, w: besideWidth - 16, mid: x + 12 + (besideWidth - 16) / 2 };
    x += besideWidth;
  }
  return { label: LABEL, width: x, stages, spans, seam, beside: aside, template: columns.join(' ') };
}

export const stagesOf = (sheet: Sheet): StageFigures[] => {
  const sides = { buyer: 0, customer: 1 };
  return [...sheet.stages].sort((a, b) => sides[a.side] - sides[b.side] || a.order - b.order);
};

/** Touchpoints by the column they stand in; those that this journey does not plan stand beside it. */
export function columnsOf(sheet: Sheet): { of: Map<string, TouchpointFigures[]>; beside: TouchpointFigures[] } {
  const of = new Map<string, TouchpointFigures[]>(sheet.stages.map((one) => [one.id, []]));
  const beside: TouchpointFigures[] = [];
  for (const one of sheet.touchpoints) {
    for (const stage of one.stages) of.get(stage)?.push(one);
    if (!one.stages.length && one.events > 0) beside.push(one);
  }
  return { of, beside };
}

/** One place for each touchpoint on the line of the ways: in its first stage, side by side. */
export function dots(sheet: Sheet, geo: Geometry): Map<string, number> {
  const { of, beside } = columnsOf(sheet);
  const found = new Map<string, number>();
  const spread = (all: TouchpointFigures[], span: Span) => {
    const pad = Math.min(16, span.w / 6);
    all.forEach((one, n) => found.set(one.id, all.length === 1 ? span.mid : span.x + pad + (n * (span.w - 2 * pad)) / (all.length - 1)));
  };
  for (const stage of geo.stages) {
    const span = geo.spans.get(stage.id)!;
    spread((of.get(stage.id) ?? []).filter((one) => one.stages[0] === stage.id), span);
  }
  if (geo.beside) spread(beside, geo.beside);
  return found;
}
