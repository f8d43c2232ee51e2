import * as Y from 'yjs';
import type { Plan } from '../api/nouns';
import type { Documents } from './documents';
import { made, putField } from './put';
import { keyOf } from './read';
import { BOTH, MAP, PLAN, rootsOf, type Both, type Element, type Field } from './shape';

const PLAIN = ['teams', 'personas', 'identifiers', 'touchpoints', 'questions', 'outcomes', 'promises', 'roles', 'metrics', 'insights'] as const;
const ONES = ['brand', 'strategy', 'story'] as const;

/** An element with what it lies in; the same object means the same content. */
interface Laid { one: Element; inside: string }
type Loose = Record<string, unknown>;

/** Makes the documents say what `after` says, touching only what differs from `before`. Every journey's document is open. Answers the fields touched. */
export function write(documents: Documents, before: Plan, after: Plan): string[] {
  const writer = new Writer(documents);
  const [a, b] = [before as unknown as Loose, after as unknown as Loose];
  for (const key of ONES) if (a[key] !== b[key]) writer.one(key, (a[key] ?? {}) as Loose, (b[key] ?? {}) as Loose);
  for (const key of PLAIN) writer.list(PLAN, key, a[key], b[key]);
  if (before.story !== after.story) writer.list(PLAN, 'messages', before.story?.messages, after.story?.messages);
  if (a.towers !== b.towers) {
    writer.list(PLAN, 'towers', a.towers, b.towers);
    writer.within(PLAN, 'boxes', a.towers, b.towers);
  }
  if (before.journeys !== after.journeys) writer.journeys(before, after);
  for (const key of BOTH) if (a[key] !== b[key] || before.journeys !== after.journeys || (key === 'experiences' && before.moments !== after.moments)) writer.both(key, before, after);
  return writer.touched;
}

class Writer {
  readonly touched: string[] = [];

  constructor(private readonly documents: Documents) {}

  one(root: string, before: Loose, after: Loose): void {
    const map = this.documents.root(PLAN, root);
    if (map) this.fields(PLAN, root, '', map, before, after);
  }

  list(name: string, root: string, before: unknown, after: unknown): void {
    if (before !== after) this.compare(name, root, laid(before), laid(after));
  }

  /** A list whose elements lie in the elements of another: `boxes` of towers, `steps` of stages. */
  within(name: string, root: string, before: unknown, after: unknown): void {
    const all = (outer: unknown) => elements(outer).flatMap((parent) => elements(parent[root]).map((one) => ({ one, inside: parent.id })));
    this.compare(name, root, all(before), all(after));
  }

  journeys(before: Plan, after: Plan): void {
    this.list(PLAN, 'journeys', before.journeys, after.journeys);
    const old = new Map(elements(before.journeys).map((one) => [one.id, one]));
    for (const one of elements(after.journeys)) {
      const was = old.get(one.id);
      if (was === one) continue;
      const name = MAP + one.id;
      this.list(name, 'stages', was?.stages, one.stages);
      this.list(name, 'lanes', was?.lanes, one.lanes);
      if (was?.stages !== one.stages) this.within(name, 'steps', was?.stages, one.stages);
    }
  }

  /** A moment and a card lie on the map of their stage, an experience on its moment's; what belongs to no map lies in the plan's document. */
  both(key: Both, before: Plan, after: Plan): void {
    const names = [...this.documents.docs.keys()];
    const is = new Map<string, string>();
    for (const name of names) for (const one of this.documents.list(name, key)) if (!is.has(one.id) || name !== PLAN) is.set(one.id, name);
    const stages = stageHomes(after);
    const moments = key === 'experiences' ? new Map(elements(after.moments).map((one) => [one.id, stages.get(String(one.stage))])) : stages;
    const parent = key === 'experiences' ? 'moment' : 'stage';
    const home = (one: Element) => moments.get(String(one[parent])) ?? is.get(one.id) ?? PLAN;
    const was = elements((before as unknown as Loose)[key]);
    const now = elements((after as unknown as Loose)[key]);
    for (const name of new Set([...names, ...stages.values()])) {
      const mine = (one: Element) => is.get(one.id) === name;
      this.compare(name, key, was.filter(mine).map(bare), now.filter((one) => home(one) === name).map(bare));
    }
  }

  private compare(name: string, root: string, before: Laid[], after: Laid[]): void {
    const map = this.documents.root(name, root);
    if (!map) return;
    const old = new Map(before.map((one) => [one.one.id, one]));
    const seen = new Set<string>();
    for (const now of after) {
      const { id } = now.one;
      if (seen.has(id)) continue;
      seen.add(id);
      const was = old.get(id);
      if (was && was.one === now.one && was.inside === now.inside) continue;
      const there = map.get(id);
      if (was && there instanceof Y.Map) this.fields(name, root, id, there, whole(name, root, was), whole(name, root, now));
      else this.create(name, root, id, map, whole(name, root, now));
    }
    for (const id of old.keys()) if (!seen.has(id) && map.has(id)) { map.delete(id); this.touched.push(`${name}/${root}/${id}`); }
  }

  private create(name: string, root: string, id: string, map: Y.Map<unknown>, one: Loose): void {
    const { fields } = rootsOf(name)[root];
    const fresh = made(fields, one);
    map.set(id, fresh);
    this.touched.push(`${name}/${root}/${id}`);
    for (const [field, shape] of Object.entries(fields)) if (one[field] !== undefined) this.field(name, root, id, fresh, field, shape, one[field]);
  }

  private fields(name: string, root: string, id: string, map: Y.Map<unknown>, before: Loose, after: Loose): void {
    for (const [field, shape] of Object.entries(rootsOf(name)[root].fields)) {
      if (before[field] === after[field]) continue;
      this.touched.push(`${name}/${root}/${id}/${field}`);
      this.field(name, root, id, map, field, shape, after[field] ?? (shape.required ? '' : shape.default));
    }
  }

  private field(name: string, root: string, id: string, map: Y.Map<unknown>, field: string, shape: Field, value: unknown): void {
    if (putField(map, field, shape, value, this.documents.half, keyOf(name, root, id, field))) this.documents.touch(name, root, id);
    else if (this.documents.half.any) this.documents.touch(name, root, id);
  }
}

const elements = (list: unknown): Element[] => (Array.isArray(list) ? (list as Element[]) : []);
const bare = (one: Element): Laid => ({ one, inside: '' });
const laid = (list: unknown): Laid[] => elements(list).map(bare);

/** The element with the field that says what it lies in. */
function whole(name: string, root: string, { one, inside }: Laid): Loose {
  const field = rootsOf(name)[root].inside;
  return field ? { ...one, [field]: inside } : one;
}

function stageHomes(plan: Plan): Map<string, string> {
  return new Map(elements(plan.journeys).flatMap((journey) => elements(journey.stages).map((stage) => [stage.id, MAP + journey.id] as const)));
}
