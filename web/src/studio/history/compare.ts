import type { Plan } from '../../api/nouns';
import { inOrder } from '../../api/order';
import { canonical } from '../../draft/halfway';
import { modelOf, type Item, type Model } from '../board/model';
import { saysField } from './say';

export type Mark = 'added' | 'removed' | 'changed' | 'moved';

/** One difference between two plans, about one element of a map. */
export interface Difference {
  mark: Mark;
  /** As `kind:id`. */
  element: string;
  kind: string;
  name: string;
  /** What of it is different, in words. */
  words: string[];
}

type Loose = { id: string; order?: number; [field: string]: unknown };
interface Found { element: string; kind: string; name: string; one: Loose; inside: string }

const NAMED = ['name', 'words'];
const PLACES = ['stage', 'moment', 'lane'];
const SILENT = ['id', 'order', 'steps', 'stages', 'lanes', 'boxes', 'messages'];

/** Everything that stands on a map, or that what stands there names. */
function standing(plan: Plan, id: string): Map<string, Found> {
  const found = new Map<string, Found>();
  const put = (kind: string, one: unknown, name: string, inside = '') => found.set(`${kind}:${(one as Loose).id}`, { element: `${kind}:${(one as Loose).id}`, kind, name, one: one as Loose, inside });
  const journey = plan.journeys?.find((one) => one.id === id);
  if (!journey) return found;
  put('journey', journey, journey.name);
  const touchpoints = new Map((plan.touchpoints ?? []).map((one) => [one.id, one]));
  const stages = new Set<string>();
  const used = new Set<string>();
  for (const stage of inOrder(journey.stages)) {
    stages.add(stage.id);
    put('stage', stage, stage.name);
    for (const step of inOrder(stage.steps)) {
      const ids = step.one_of?.length ? step.one_of : step.touchpoint ? [step.touchpoint] : [];
      for (const one of ids) used.add(one);
      put('step', step, ids.map((one) => touchpoints.get(one)?.name ?? one).join(' or ') || 'a step', stage.id);
    }
  }
  for (const lane of journey.lanes ?? []) put('lane', lane, lane.name || lane.id);
  for (const one of plan.moments ?? []) if (stages.has(one.stage)) put('moment', one, one.words, one.stage);
  for (const one of plan.experiences ?? []) if (found.has(`moment:${one.moment}`)) put('experience', one, one.name, one.moment);
  for (const one of plan.cards ?? []) if (stages.has(one.stage)) put('card', one, one.words || plan.insights?.find((other) => other.id === one.insight)?.words || 'a card', one.stage);
  for (const one of used) { const touchpoint = touchpoints.get(one); if (touchpoint) put('touchpoint', touchpoint, touchpoint.name); }
  for (const one of plan.promises ?? []) if (used.has(one.touchpoint)) put('promise', one, one.name);
  return found;
}

const empty = (value: unknown): boolean => value === undefined || value === null || value === '' || value === false || (Array.isArray(value) && !value.length);
/** Nested values without what only says its default. */
function terse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(terse);
  if (typeof value !== 'object' || value === null) return value;
  const rest = Object.entries(value).map(([key, one]) => [key, terse(one)] as const).filter(([, one]) => !empty(one) && !(typeof one === 'object' && !Array.isArray(one) && Object.keys(one as object).length === 0));
  return Object.fromEntries(rest);
}
const same = (a: unknown, b: unknown): boolean => (empty(a) && empty(b)) || canonical(terse(a) ?? null) === canonical(terse(b) ?? null);

/** What is different on one map from `before` to `after`; in the order of the map, what is gone at the end. */
export function differences(before: Plan, after: Plan, journey: string): Difference[] {
  const old = standing(before, journey);
  const now = standing(after, journey);
  const walked = movedOnes(old, now);
  const all: Difference[] = [];
  for (const [key, one] of now) {
    const was = old.get(key);
    if (!was) { all.push({ mark: 'added', element: key, kind: one.kind, name: one.name, words: [] }); continue; }
    const fields = [...new Set([...Object.keys(was.one), ...Object.keys(one.one)])].filter((field) => !SILENT.includes(field) && !same(was.one[field], one.one[field]));
    const moved = was.inside !== one.inside || walked.has(key) || fields.some((field) => PLACES.includes(field));
    const changed = fields.filter((field) => !PLACES.includes(field));
    if (!moved && !changed.length) continue;
    const words = [...changed.map((field) => saysField(one.kind, field, was.one[field], one.one[field])), ...(moved ? [saysMove(was, one, old, now)] : [])];
    all.push({ mark: changed.length ? 'changed' : 'moved', element: key, kind: one.kind, name: changed.some((field) => NAMED.includes(field)) ? was.name : one.name, words });
  }
  for (const [key, one] of old) if (!now.has(key)) all.push({ mark: 'removed', element: key, kind: one.kind, name: one.name, words: [] });
  return all;
}

function saysMove(was: Found, one: Found, old: Map<string, Found>, now: Map<string, Found>): string {
  const place = (found: Found, all: Map<string, Found>) => all.get(`stage:${found.inside}`)?.name ?? all.get(`moment:${found.inside}`)?.name ?? '';
  if (was.inside !== one.inside) return `from ${place(was, old) || 'elsewhere'} to ${place(one, now) || 'elsewhere'}`;
  return was.one.lane !== one.one.lane && !empty(one.one.lane) ? 'to another lane' : 'to another place in the row';
}

/** Elements that stand elsewhere among those that stood beside them before: the fewest that explain the new order. */
function movedOnes(old: Map<string, Found>, now: Map<string, Found>): Set<string> {
  const moved = new Set<string>();
  const groups = new Map<string, string[]>();
  for (const [key, one] of now) {
    const was = old.get(key);
    if (!was || was.inside !== one.inside || !['stage', 'step', 'moment', 'card', 'experience'].includes(one.kind)) continue;
    const group = `${one.kind} ${one.inside} ${String(one.one.lane ?? '')}`;
    groups.set(group, [...(groups.get(group) ?? []), key]);
  }
  for (const keys of groups.values()) {
    const by = (all: Map<string, Found>) => [...keys].sort((a, b) => (all.get(a)!.one.order ?? 0) - (all.get(b)!.one.order ?? 0) || (a < b ? -1 : 1));
    const rank = new Map(by(old).map((key, n) => [key, n]));
    const stayed = rising(by(now).map((key) => rank.get(key)!));
    for (const key of keys) if (!stayed.has(rank.get(key)!)) moved.add(key);
  }
  return moved;
}

/** The longest rising run within a list, as a set of its values. */
function rising(list: number[]): Set<number> {
  const best: number[][] = [];
  list.forEach((value, n) => {
    let run: number[] = [];
    for (let m = 0; m < n; m += 1) if (list[m] < value && best[m].length > run.length) run = best[m];
    best.push([...run, value]);
  });
  return new Set(best.reduce((a, b) => (b.length > a.length ? b : a), []));
}

export interface MarkedItem { item: Item; mark: Mark | null }
export interface Overlaid { columns: { id: string; name: string; side: string; mark: Mark | null }[]; rows: { id: string; name: string; cells: Record<string, MarkedItem[]> }[] }

/** Two states of a map as one board; with `only`, as the one or the other with its own marks. */
export function overlaid(before: Plan, after: Plan, journey: string, found: Difference[], only: 'both' | 'before' | 'after'): Overlaid {
  const view = { persona: '', face: '' };
  const model = (plan: Plan): Model | null => { const one = plan.journeys?.find((each) => each.id === journey); return one ? modelOf(plan, one, view) : null; };
  const old = model(before);
  const now = model(after);
  const marks = new Map(found.map((one) => [one.element, one.mark]));
  const columns = merged(only === 'after' ? [] : (old?.columns ?? []), only === 'before' ? [] : (now?.columns ?? []));
  const lanes = merged(only === 'after' ? [] : (old?.rows ?? []), only === 'before' ? [] : (now?.rows ?? []));
  const rows = lanes.map((lane) => {
    const cells: Record<string, MarkedItem[]> = {};
    for (const column of columns) {
      const was = only === 'after' ? [] : (old?.rows.find((row) => row.id === lane.id)?.cells[column.id] ?? []);
      const is = only === 'before' ? [] : (now?.rows.find((row) => row.id === lane.id)?.cells[column.id] ?? []);
      const gone = was.filter((item) => only === 'before' || !now?.items.has(item.key));
      cells[column.id] = [...is.map((item) => ({ item, mark: markOf(item, old, marks) })), ...gone.map((item) => ({ item, mark: now?.items.has(item.key) ? markOf(item, now, marks) : ('removed' as const) }))];
    }
    return { id: lane.id, name: lane.name, cells };
  }).filter((row) => Object.values(row.cells).some((cell) => cell.length));
  return { columns: columns.map((one) => ({ id: one.id, name: one.name, side: one.side, mark: marks.get(`stage:${one.id}`) ?? null })), rows };
}

function markOf(item: Item, other: Model | null, marks: Map<string, Mark>): Mark | null {
  const was = other?.items.get(item.key);
  if (!was) return 'added';
  const own = marks.get(`${item.kind}:${item.id}`) ?? marks.get(item.element);
  if (item.kind === 'field' || item.kind === 'team' || item.kind === 'message') return was.name === item.name ? null : 'changed';
  return own ?? null;
}

/** The second list, with what only the first has put where it stood. */
function merged<T extends { id: string }>(old: readonly T[], now: readonly T[]): T[] {
  const list = [...now];
  old.forEach((one, n) => {
    if (list.some((other) => other.id === one.id)) return;
    const before = old.slice(0, n).findLast((other) => list.some((each) => each.id === other.id));
    list.splice(before ? list.findIndex((each) => each.id === before.id) + 1 : 0, 0, one);
  });
  return list;
}
