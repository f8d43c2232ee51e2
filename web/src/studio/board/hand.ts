import type { Plan, Stage } from '../../api/nouns';
import { plural } from '../../words';
import { addStages, copied, meeting, opened, patchSteps, putStages, reworded, setState, without, withoutStages } from './change';
import { cut, pasted } from './clip';
import { addTo, inJourney, inStage, joined, journeyOf, moveItems, parted, putCards, referTo, setLanes, type Target } from './deeds';
import { lanesOf } from './lanes';
import type { Change, Item, Model } from './model';
import { newId, placed } from './place';
import type { Picks } from './picks';

export interface Means {
  change: (next: (plan: Plan) => Plan) => void;
  model: () => Model;
  plan: () => Plan;
  picks: Picks;
  say: (text: string) => void;
  /** Puts the focus there once it is drawn. */
  focus: (key: string) => void;
}

/** Everything a person can do to a map, said aloud as it is done. Each deed is one change, so one undo takes it back. */
export class Hand {
  constructor(private readonly io: Means) {}
  private get id(): string { return this.io.model().journey.id; }
  private items(keys: Iterable<string>): Item[] {
    const wanted = new Set(keys);
    return [...this.io.model().items.values()].filter((one) => wanted.has(one.key));
  }
  private stage = (id: string): string => this.io.model().columns.find((one) => one.id === id)?.name ?? '';
  private lane = (id: string): string => this.io.model().rows.find((one) => one.id === id)?.name ?? '';

  add(target: Target, lines: string[]): string[] {
    let keys: string[] = [];
    let why: string | undefined;
    this.io.change((plan) => { const done = addTo(plan, this.id, target, lines); keys = done.keys; why = done.why; return done.plan; });
    this.io.say(why ?? (keys.length === 1 ? `${lines[0]} added to ${this.lane(target.lane)}, ${this.stage(target.stage)}` : `${keys.length} added to ${this.lane(target.lane)}, ${this.stage(target.stage)}`));
    return keys;
  }
  refer(target: Target, id: string, name: string): void {
    this.io.change((plan) => referTo(plan, this.id, target, id).plan);
    this.io.say(`${name} put in ${this.lane(target.lane)}, ${this.stage(target.stage)}`);
  }
  move(keys: string[], target: Target, copy = false): void {
    const items = this.items(keys);
    if (!items.length) return;
    if (copy) return this.duplicate(keys, target);
    this.io.change((plan) => moveItems(plan, this.id, items, target));
    this.io.say(`${items.length > 1 ? plural(items.length, 'thing') : items[0].name} ${target.into ? 'joined: one of several' : `moved to ${this.lane(target.lane)}, ${this.stage(target.stage)}`}`);
    this.io.focus(keys[0]);
  }
  duplicate(keys: Iterable<string>, target: Target | null = null): void {
    const items = this.items(keys);
    let made: string[] = [];
    this.io.change((plan) => { const done = copied(plan, this.id, items, target); made = done.keys; return done.plan; });
    if (made.length) { this.io.picks.choose(made); this.io.focus(made[0]); }
    this.io.say(made.length ? `${plural(made.length, 'copy', 'copies')} made` : 'That cannot be copied here.');
  }
  remove(keys: Iterable<string>): void {
    const items = this.items(keys).filter((one) => one.kind !== 'team' && !(one.kind === 'field' && one.id.startsWith('system.')));
    if (!items.length) { this.io.say('It stands here because its touchpoint does: open the touchpoint to change it.'); return; }
    this.io.change((plan) => without(plan, this.id, items));
    this.io.picks.choose([]);
    this.io.say(`${items.length > 1 ? plural(items.length, 'thing') : items[0].name} deleted. Ctrl Z brings it back.`);
  }
  rename(key: string, words: string): void {
    const item = this.io.model().items.get(key);
    if (!item || item.name === words.trim()) return;
    this.io.change((plan) => reworded(plan, this.id, item, words));
    this.io.say((item.uses ?? 1) > 1 ? `Renamed in all ${item.uses} places` : 'Renamed');
  }
  state(keys: Iterable<string>, state: Change): void {
    const items = this.items(keys);
    this.io.change((plan) => setState(plan, this.id, items, state));
    this.io.say({ kept: 'Marked: stays as it is', new: 'Marked: to come', going: 'Marked: to go' }[state]);
  }
  steps(keys: Iterable<string>, patch: { optional?: boolean; repeats?: boolean }): void {
    const ids = new Set(this.items(keys).filter((one) => one.kind === 'step').map((one) => one.id));
    this.io.change((plan) => patchSteps(plan, this.id, ids, patch));
    this.io.say(Object.entries(patch).map(([name, on]) => `${name}: ${on ? 'yes' : 'no'}`).join(', '));
  }
  join(keys: Iterable<string>): void {
    const steps = this.items(keys).filter((one) => one.kind === 'step');
    if (steps.length === 1 && steps[0].branches) { this.io.change((plan) => parted(plan, this.id, steps[0].id)); this.io.say('Each for itself again'); return; }
    if (steps.length < 2) { this.io.say('Choose two touchpoints or more, then O makes them one of several.'); return; }
    this.io.change((plan) => joined(plan, this.id, steps[0].id, steps.slice(1).map((one) => one.id)));
    this.io.picks.choose([steps[0].key]);
    this.io.focus(steps[0].key);
    this.io.say(`One of ${steps.length}`);
  }
  meet(moment: string): void {
    let key = '';
    this.io.change((plan) => { const done = meeting(plan, moment, 'A new experience'); key = done.key; return done.plan; });
    this.io.picks.set({ editing: key, chosen: new Set([key]), anchor: key });
    this.io.say('An experience that meets it: type its name.');
  }

  addStages(names: string[], side: Stage['side'], before: string | null = null): string[] {
    let ids: string[] = [];
    this.io.change((plan) => { const done = addStages(plan, this.id, names, side, before); ids = done.ids; return done.plan; });
    this.io.say(names.length === 1 ? `Stage ${names[0]} added on the ${side}’s side` : `${ids.length} stages added`);
    return ids;
  }
  moveStage(id: string, side: Stage['side'], before: string | null): void {
    const stage = this.io.model().journey.stages?.find((one) => one.id === id);
    if (!stage || before === id) return;
    this.io.change((plan) => putStages(plan, this.id, (journeyOf(plan, this.id)?.stages ?? []).filter((one) => one.id === id), side, before));
    this.io.say(`Stage ${stage.name} moved on the ${side}’s side`);
    this.io.focus(`stage:${id}`);
  }
  patchStage(id: string, patch: Partial<Stage>, said = ''): void {
    this.io.change((plan) => inStage(plan, this.id, id, (one) => ({ ...one, ...patch })));
    if (said) this.io.say(said);
  }
  removeStages(ids: Set<string>): void {
    const within = [...this.io.model().items.values()].filter((one) => ids.has(one.stage) && ['step', 'moment', 'experience', 'card'].includes(one.kind)).length;
    this.io.change((plan) => withoutStages(plan, this.id, ids));
    this.io.picks.choose([]);
    this.io.say(`${ids.size > 1 ? plural(ids.size, 'stage') : `Stage ${this.stage([...ids][0])}`} deleted${within ? ` with ${plural(within, 'thing')} in it` : ''}. Ctrl Z brings it back.`);
  }
  openStage(id: string): string {
    let made = '';
    this.io.change((plan) => { const done = opened(plan, this.id, id); made = done.id; return done.plan; });
    this.io.say(`${this.stage(id)} is a journey of its own now.`);
    return made;
  }
  setDesired(id: string, desired: number | null): void {
    this.patchStage(id, { desired }, desired === null ? '' : `${this.stage(id)}: intended ${desired.toFixed(1)}`);
  }

  moveLane(id: string, before: string | null): void {
    const rows = this.io.model().rows;
    const put = placed(rows, rows.filter((one) => one.id === id), before);
    this.io.change((plan) => put.reduce((now, one) => {
      const was = rows.find((row) => row.id === one.id)!;
      return one.order === was.order && one.id !== id ? now : setLanes(now, this.id, { id: one.id, name: this.named(now, one.id), order: one.order, hidden: was.hidden });
    }, plan));
    this.io.say(`Lane ${this.lane(id)} moved`);
    this.io.focus(`lane:${id}`);
  }
  private named = (plan: Plan, id: string): string => journeyOf(plan, this.id)?.lanes?.find((one) => one.id === id)?.name ?? '';
  showLane(id: string, on: boolean): void {
    const row = this.io.model().rows.find((one) => one.id === id);
    if (!row) return;
    this.io.change((plan) => setLanes(plan, this.id, { id, name: this.named(plan, id), order: row.order, hidden: !on }));
    this.io.say(`Lane ${row.name} ${on ? 'shown' : 'hidden'}`);
  }
  renameLane(id: string, name: string): void {
    const row = this.io.model().rows.find((one) => one.id === id);
    if (!row || !name.trim()) return;
    this.io.change((plan) => setLanes(plan, this.id, { id, name: name.trim().slice(0, 200), order: row.order, hidden: row.hidden }));
  }
  addLane(name: string): string {
    const id = newId(name);
    this.io.change((plan) => setLanes(plan, this.id, { id, name: name.trim().slice(0, 200), order: Math.max(...lanesOf(journeyOf(plan, this.id)!, new Set()).map((one) => one.order)) + 100, hidden: false }));
    this.io.say(`Lane ${name} added`);
    return id;
  }
  /** A lane of one's own goes with its cards; a house lane is only hidden. */
  removeLane(id: string): void {
    const row = this.io.model().rows.find((one) => one.id === id);
    if (!row?.own) { this.showLane(id, false); return; }
    const here = new Set(this.io.model().columns.map((one) => one.id));
    this.io.change((plan) => ({ ...inJourney(plan, this.id, (one) => ({ ...one, lanes: (one.lanes ?? []).filter((each) => each.id !== id) })), cards: (plan.cards ?? []).filter((one) => one.lane !== id || !here.has(one.stage)) }));
    this.io.say(`Lane ${row.name} deleted. Ctrl Z brings it back.`);
  }

  cut(keys: Iterable<string>): { words: string; clip: string } | null {
    const items = this.items(keys);
    if (!items.length) return null;
    return { words: items.map((one) => one.name).join('\n'), clip: cut(this.io.plan(), this.id, items, this.io.model().columns) };
  }
  paste(clip: string, target: Target): boolean {
    let keys: string[] | null = null;
    this.io.change((plan) => { const done = pasted(plan, this.id, clip, target, this.io.model().columns); keys = done?.keys ?? null; return done?.plan ?? plan; });
    const made = keys as string[] | null;
    if (!made?.length) return false;
    this.io.picks.choose(made);
    this.io.focus(made[0]);
    this.io.say(`${plural(made.length, 'thing')} pasted`);
    return true;
  }
  addPicture(digest: string, words: string, stage: string): void {
    const id = newId(words || 'picture');
    this.io.change((plan) => putCards(plan, [{ id, stage, lane: 'images', words: words.slice(0, 200), picture: digest }], { lane: 'images', stage, before: null }));
    this.io.say(`Picture ${words} put in ${this.stage(stage)}`);
    this.io.focus(`card:${id}`);
  }
  tell = (text: string): void => this.io.say(text);
  /** An event nobody claims: bound to a touchpoint, or a new touchpoint with that rule. */
  claim(event: string, target: Target): void {
    const step = target.into ? this.io.model().items.get(target.into) : undefined;
    const known = step && !step.branches && step.element.startsWith('touchpoint:') ? step.element.slice(11) : '';
    this.io.change((plan) => {
      if (known) return { ...plan, touchpoints: (plan.touchpoints ?? []).map((one) => (one.id === known ? { ...one, rule: [...(one.rule ?? []), { event }] } : one)) };
      const id = newId(event);
      const next = { ...plan, touchpoints: placed(plan.touchpoints ?? [], [{ id, name: event.slice(0, 200), rule: [{ event }] }], null) };
      return referTo(next, this.id, { ...target, into: undefined }, id).plan;
    });
    this.io.say(known ? `${event} now belongs to ${step!.name}` : `${event} is a touchpoint of ${this.stage(target.stage)} now`);
  }
}
