import type { Sheet, Way } from '../api/nouns';
import { count, plural } from '../words';

export interface Arc {
  key: string; way: Way; x1: number; x2: number; depth: number; thick: number; label: string; lx: number; ly: number; anchor: 'start' | 'middle' | 'end';
}
export interface Layout { up: Arc[]; down: Arc[]; above: number; below: number }

const THICK = 22;
const LEVEL = 20;
export const wayKey = (way: Pick<Way, 'origin' | 'target'>): string => `${way.origin}>${way.target}`;

/** Ways between stages: what is left when one steps back. A stage's own inner ways are left out. */
export function byStage(sheet: Sheet): Way[] {
  const home = new Map(sheet.touchpoints.map((one) => [one.id, one.stages[0] ?? '']));
  const order = new Map(sheet.stages.map((one, n) => [one.id, n]));
  const sums = new Map<string, Way>();
  for (const way of sheet.ways) {
    const [origin, target] = [home.get(way.origin) || 'beside', home.get(way.target) || 'beside'];
    if (origin === target) continue;
    const key = wayKey({ origin, target });
    const old = sums.get(key);
    // People and journeys of several ways overlap, so the largest is a floor that is surely true.
    sums.set(key, old ? { ...old, count: old.count + way.count, journeys: Math.max(old.journeys, way.journeys), people: Math.max(old.people, way.people), rate: Math.max(old.rate, way.rate), planned: old.planned || way.planned, desire: old.desire || way.desire, quiet: old.desire && way.desire ? old.quiet && way.quiet : way.desire ? way.quiet : old.quiet, verdict: '', median_seconds: null }
      : { ...way, origin, target, median_seconds: null, planned: way.planned, desire: way.desire });
  }
  return [...sums.values()].map((way) => ({ ...way, desire: way.desire && !way.planned && (order.get(way.target) ?? -1) !== (order.get(way.origin) ?? -9) + 1 }));
}

/** Paved ways rise above the line, unpaved ones hang below it; labels never lie on each other. */
export function layout(ways: Way[], at: Map<string, number>, names: Map<string, string>, width: number, left: number, labelled = 7): Layout {
  const drawn = ways.filter((way) => at.has(way.origin) && at.has(way.target));
  // A touchpoint met again and again would make every way between two look thin.
  const most = Math.max(1, ...drawn.filter((way) => way.origin !== way.target).map((way) => way.count));
  const up: Arc[] = [];
  const down: Arc[] = [];
  for (const way of [...drawn].sort((a, b) => b.count - a.count)) {
    const self = way.origin === way.target;
    const [x1, x2] = self ? [at.get(way.origin)! - 7, at.get(way.origin)! + 7] : [at.get(way.origin)!, at.get(way.target)!];
    const reach = Math.abs(x2 - x1);
    const thick = Math.min(Math.max(1, (THICK * way.count) / most), Math.max(1.2, reach * 0.62), self ? 5 : THICK);
    const arc = { key: wayKey(way), way, x1, x2, thick, depth: 0, label: '', lx: (x1 + x2) / 2, ly: 0, anchor: 'middle' as const };
    (way.desire || (!way.planned && !self) ? down : up).push(arc);
  }
  for (const arc of up) arc.depth = 12 + 30 * Math.log2(1 + Math.abs(arc.x2 - arc.x1) / 90) + arc.thick / 2;
  hang(down, names, width, left, labelled);
  return {
    up, down,
    above: Math.max(26, ...up.map((arc) => 0.75 * arc.depth + arc.thick / 2 + 6)),
    below: Math.max(40, ...down.map((arc) => 0.75 * arc.depth + arc.thick / 2 + (arc.label ? 22 : 6))),
  };
}

/** Labelled arcs hang each below the shorter ones they overlap, so that no label lies on another; the rest hang behind. */
function hang(down: Arc[], names: Map<string, string>, width: number, left: number, labelled: number): void {
  const told = new Set(down.filter((arc) => arc.way.desire && arc.way.origin !== arc.way.target).slice(0, labelled).map((arc) => arc.key));
  const placed: { from: number; to: number; bottom: number }[] = [];
  for (const arc of [...down].sort((a, b) => Math.abs(a.x2 - a.x1) - Math.abs(b.x2 - b.x1))) {
    arc.depth = 20 + 26 * Math.log2(1 + Math.abs(arc.x2 - arc.x1) / 110) + arc.thick / 2;
    if (!told.has(arc.key)) continue;
    arc.label = label(arc.way, names, width > 1500 ? 34 : 24);
    const half = arc.label.length * 3.15 + 6;
    arc.lx = Math.min(Math.max(arc.lx, left + half), width - half);
    const [from, to] = [Math.min(arc.x1, arc.x2, arc.lx - half), Math.max(arc.x1, arc.x2, arc.lx + half)];
    const above = placed.filter((one) => one.from < to && from < one.to).map((one) => one.bottom);
    const bottom = Math.max(0.75 * arc.depth + arc.thick / 2, ...above.map((one) => one + LEVEL + arc.thick));
    arc.depth = (bottom - arc.thick / 2) / 0.75;
    arc.ly = bottom + 13;
    placed.push({ from, to, bottom });
  }
}

const brief = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 2).trimEnd()}…` : text);

function label(way: Way, names: Map<string, string>, most: number): string {
  const [from, to] = [brief(names.get(way.origin) ?? way.origin, most), brief(names.get(way.target) ?? way.target, most)];
  return way.origin === way.target ? `${to} again, ${count(way.count)}` : `${from} → ${to}, ${count(way.count)}`;
}

/** The outline of a ribbon between two places on the line; `sign` −1 rises, 1 hangs. */
export function ribbon(arc: Arc, y: number, sign: 1 | -1): string {
  const h = arc.thick / 2;
  const turn = arc.x1 <= arc.x2 ? 1 : -1;
  const outer = y + sign * (arc.depth + h * 1.33);
  const inner = y + sign * Math.max(2, arc.depth - h * 1.33);
  const [a, b, c, d] = [arc.x1 - turn * h, arc.x2 + turn * h, arc.x2 - turn * h, arc.x1 + turn * h].map((v) => v.toFixed(1));
  return `M${a},${y} C${a},${outer.toFixed(1)} ${b},${outer.toFixed(1)} ${b},${y} L${c},${y} C${c},${inner.toFixed(1)} ${d},${inner.toFixed(1)} ${d},${y} Z`;
}

export const spoken = (way: Way, names: Map<string, string>): string =>
  `${names.get(way.origin) ?? way.origin} to ${names.get(way.target) ?? way.target}: ${count(way.count)} times, ${plural(way.people, 'person', 'people')}, ${way.desire ? (way.verdict ? `a desire line, judged: ${way.verdict}` : 'a desire line nobody drew') : way.planned ? 'planned' : 'not planned'}`;
