import type { Transitions } from '../api/nouns';

export interface Node { id: string; x: number; y: number; w: number; count: number }
export interface Edge { from: string; to: string; count: number; median: number | null; d: string; lx: number; ly: number; thick: number; back: boolean }
export interface Graph { nodes: Node[]; edges: Edge[]; width: number; height: number }

const H = 40;
const LEVEL = 92;

/** Layers by the longest way from the starts, ignoring edges that lead back; in each, order by where one comes from. */
export function layered(data: Transitions, least: number, names: (id: string) => string): Graph {
  const shown = data.edges.filter((one) => one.count >= least && one.origin !== one.target);
  const touched = new Set(shown.flatMap((one) => [one.origin, one.target]));
  const ids = Object.keys(data.nodes).filter((id) => touched.has(id)).sort((a, b) => data.nodes[b] - data.nodes[a]);
  const rank = ranks(ids, data);
  const back = (one: { origin: string; target: string }) => rank.get(one.origin)! >= rank.get(one.target)!;
  const layer = new Map(ids.map((id) => [id, 0]));
  const inOrder = [...ids].sort((a, b) => rank.get(a)! - rank.get(b)!);
  for (const id of inOrder) for (const one of shown) if (one.origin === id && !back(one)) layer.set(one.target, Math.max(layer.get(one.target)!, layer.get(id)! + 1));
  const rows: string[][] = [];
  for (const id of inOrder) (rows[layer.get(id)!] ??= []).push(id);
  const place = new Map<string, number>();
  rows.filter(Boolean).forEach((row) => {
    const heart = (id: string) => {
      const from = shown.filter((one) => one.target === id && place.has(one.origin));
      const all = from.reduce((n, one) => n + one.count, 0);
      return all ? from.reduce((n, one) => n + place.get(one.origin)! * one.count, 0) / all : 0;
    };
    row.sort((a, b) => heart(a) - heart(b));
    row.forEach((id, n) => place.set(id, n - (row.length - 1) / 2));
  });
  const width = (id: string) => Math.min(190, Math.max(92, names(id).length * 6.9 + 28));
  const widest = Math.max(1, ...rows.filter(Boolean).map((row) => row.reduce((n, id) => n + width(id) + 28, 0)));
  const total = Math.max(760, widest + 160);
  const nodes = rows.filter(Boolean).flatMap((row, level) => {
    const all = row.reduce((n, id) => n + width(id) + 28, -28);
    let x = (total - all) / 2;
    return row.map((id) => { const w = width(id); const node = { id, x: x + w / 2, y: 30 + level * LEVEL + H / 2, w, count: data.nodes[id] }; x += w + 28; return node; });
  });
  const at = new Map(nodes.map((one) => [one.id, one]));
  const most = Math.max(1, ...shown.map((one) => one.count));
  const edges = shown.map((one) => {
    const [a, b] = [at.get(one.origin)!, at.get(one.target)!];
    const up = b.y <= a.y;
    const aside = up ? (a.x >= total / 2 ? 1 : -1) : 0;
    const [y1, y2] = up ? [a.y, b.y] : [a.y + H / 2, b.y - H / 2];
    const [x1, x2] = up ? [a.x + (aside * a.w) / 2, b.x + (aside * b.w) / 2] : [a.x, b.x];
    const far = aside * (46 + Math.abs(a.y - b.y) * 0.22);
    const d = up ? `M${x1},${y1} C${x1 + far},${y1} ${x2 + far},${y2} ${x2 + aside * 6},${y2}` : `M${x1},${y1} C${x1},${y1 + 34} ${x2},${y2 - 40} ${x2},${y2 - 6}`;
    return { from: one.origin, to: one.target, count: one.count, median: one.median_seconds, d, lx: up ? (x1 + x2) / 2 + far * 0.76 : (x1 + x2) / 2, ly: (y1 + y2) / 2, thick: 1 + (9 * one.count) / most, back: up };
  });
  return { nodes, edges, width: total, height: 40 + rows.filter(Boolean).length * LEVEL - (LEVEL - H) + 20 };
}

/** An order in which most of the volume points down: greedily, the node with the most out over in comes first. */
function ranks(ids: string[], data: Transitions): Map<string, number> {
  const left = new Set(ids);
  const rank = new Map<string, number>();
  const pull = new Map(ids.map((id) => [id, data.starts[id] ?? 0]));
  for (const one of data.edges) if (one.origin !== one.target && left.has(one.origin) && left.has(one.target)) {
    pull.set(one.origin, pull.get(one.origin)! + one.count);
    pull.set(one.target, pull.get(one.target)! - one.count);
  }
  while (left.size) {
    const next = [...left].reduce((a, b) => (pull.get(a)! >= pull.get(b)! ? a : b));
    left.delete(next);
    rank.set(next, rank.size);
    for (const one of data.edges) {
      if (one.origin === next && left.has(one.target)) pull.set(one.target, pull.get(one.target)! + one.count);
      if (one.target === next && left.has(one.origin)) pull.set(one.origin, pull.get(one.origin)! - one.count);
    }
  }
  return rank;
}
