import type { Plan } from '../api/nouns';
import type { Documents } from './documents';
import { BOTH, MAP, PLAN, type Both, type Element } from './shape';

const PLAIN = ['teams', 'personas', 'identifiers', 'touchpoints', 'questions', 'outcomes', 'promises', 'roles', 'metrics', 'insights'] as const;

/** Answers the same object as long as what it is made of is the same. */
class Memory {
  private kept = new Map<string, { from: readonly unknown[]; made: unknown }>();

  keep<T>(key: string, from: readonly unknown[], make: () => T): T {
    const old = this.kept.get(key);
    if (old && old.from.length === from.length && old.from.every((one, n) => one === from[n])) return old.made as T;
    const made = make();
    this.kept.set(key, { from, made });
    return made;
  }
}

/** The shared documents read as one plan. Where nothing changed, objects stay the same. */
export class Projection {
  private readonly memory = new Memory();

  constructor(private readonly documents: Documents) {}

  journeyIds(): string[] { return this.documents.list(PLAN, 'journeys').map((one) => one.id); }

  plan(): Plan {
    const { documents: d } = this;
    const ids = this.journeyIds();
    const parts: Record<string, unknown> = {
      brand: this.single('brand'), strategy: this.single('strategy'), story: this.parted('story', this.single('story'), { messages: d.list(PLAN, 'messages') }),
      journeys: this.all('journeys', ids.map((id) => this.journey(id))),
      towers: this.all('towers', d.list(PLAN, 'towers').map((one) => this.parted(`tower:${one.id}`, one, { boxes: this.inside('boxes', PLAN, 'boxes', 'tower', one.id) }))),
    };
    for (const key of PLAIN) parts[key] = d.list(PLAN, key);
    for (const key of BOTH) parts[key] = this.gathered(key, ids);
    const values = Object.values(parts);
    return this.memory.keep('plan', values, () => ({ format: 1, ...parts }) as unknown as Plan);
  }

  private single(root: string): Record<string, unknown> {
    const found = this.documents.one(PLAN, root);
    return this.memory.keep(root, [found], () => { const { id: _, ...fields } = found ?? { id: '' }; return root === 'brand' ? { name: '', ...fields } : fields; });
  }

  private parted<T extends object>(key: string, one: T, more: Record<string, unknown>): T {
    return this.memory.keep(`parted:${key}`, [one, ...Object.values(more)], () => ({ ...one, ...more }));
  }

  private all<T>(key: string, list: T[]): T[] { return this.memory.keep(`all:${key}`, list, () => list); }

  /** The elements of a list that lie in one other element, without the field that says so. */
  private inside(key: string, name: string, root: string, field: string, id: string): Element[] {
    const groups = this.memory.keep(`groups:${name}:${key}`, [this.documents.list(name, root)], () => grouped(this.documents.list(name, root), field));
    const bare = (groups.get(id) ?? []).map((one) => this.memory.keep(`bare:${name}:${key}:${one.id}`, [one], () => { const { [field]: _, ...rest } = one; return rest as Element; }));
    return this.all(`${name}:${key}:${id}`, bare);
  }

  private journey(id: string): object {
    const { documents: d } = this;
    const name = MAP + id;
    const own = d.list(PLAN, 'journeys').find((one) => one.id === id)!;
    const stages = d.list(name, 'stages').map((stage) => this.parted(`stage:${name}:${stage.id}`, stage, { steps: this.inside('steps', name, 'steps', 'stage', stage.id) }));
    return this.parted(`journey:${id}`, own, { stages: this.all(`stages:${name}`, stages), lanes: d.list(name, 'lanes') });
  }

  /** What lies on maps and what lies on none, each id once. */
  private gathered(key: Both, ids: string[]): readonly Element[] {
    const lists = [...ids.map((id) => this.documents.list(MAP + id, key)), this.documents.list(PLAN, key)];
    return this.memory.keep(`gathered:${key}`, lists, () => [...new Map(lists.flat().reverse().map((one) => [one.id, one])).values()].reverse());
  }
}

function grouped(all: readonly Element[], field: string): Map<string, Element[]> {
  const groups = new Map<string, Element[]>();
  for (const one of all) {
    const key = String(one[field]);
    const group = groups.get(key);
    if (group) group.push(one); else groups.set(key, [one]);
  }
  return groups;
}
