import type { Experience, Grade, Journey, Plan, PromiseFigures, Sheet, Stage, Step } from '../../api/nouns';
import { inOrder } from '../../api/order';
import { initials } from '../../words';
import { lanesOf, type LaneView } from './lanes';

export type Change = 'kept' | 'new' | 'going';
export type Kind = 'moment' | 'experience' | 'step' | 'promise' | 'message' | 'card' | 'field' | 'team';
export interface Branch { id: string; name: string; medium: string }

/** One thing that stands in a cell. */
export interface Item {
  key: string;
  kind: Kind;
  id: string;
  lane: string;
  stage: string;
  name: string;
  /** What the drawer opens, as `kind:id`. */
  element: string;
  /** Stands where something else stands: it cannot be dragged. */
  fixed: boolean;
  state: Change;
  grade: Grade | null;
  dim: boolean;
  medium?: string;
  owner?: string;
  ownerName?: string;
  /** On how many steps of all maps the touchpoint stands. */
  uses?: number;
  optional?: boolean;
  repeats?: boolean;
  within?: string;
  branches?: Branch[];
  people?: number;
  mark?: 'alive' | 'silent' | 'unmeasured';
  promise?: PromiseFigures;
  /** The figure laid over it, and what that rests on. */
  over?: string;
  overHint?: string;
  overFew?: boolean;
  sub?: string;
  picture?: string;
  tone?: 'idea' | 'pilot' | 'live' | 'retired';
  tag?: string;
}

export interface Column {
  id: string; name: string; side: 'buyer' | 'customer'; phase: string; arc: string; words: string; opens: string; opensName: string;
  anyOrder: boolean; repeats: boolean; desired: number | null; wanted: number | null; wantedN: number | null; wantedSource: string; steps: number; grade: Grade | null;
  over?: string; overHint?: string; overFew?: boolean;
}
export interface Row extends LaneView { cells: Record<string, Item[]>; count: number }
export interface Model { journey: Journey; columns: Column[]; rows: Row[]; items: Map<string, Item>; steps: number }
export interface View { persona: string; face: string }

const SIDES = { buyer: 0, customer: 1 };
export const stagesIn = (journey: Journey): Stage[] => inOrder(journey.stages).sort((a, b) => SIDES[a.side] - SIDES[b.side]);
const STATE_OF: Record<NonNullable<Experience['state']>, Change> = { idea: 'new', pilot: 'new', live: 'kept', retired: 'going' };
const GRADE_OF: Record<string, Grade> = { quotation: 'asked', number: 'measured', photo: 'observed', note: 'observed' };

/** Whether something of this state is on the map as it is, as it should be, or on both at once. */
const shown = (state: Change, face: string): boolean => (face === 'is' ? state !== 'new' : face === 'should' ? state !== 'going' : true);

/** A plan's journey as rows of cells: what the board draws. */
export function modelOf(plan: Plan, journey: Journey, view: View, sheet?: Sheet): Model {
  const stages = stagesIn(journey);
  const items: Item[] = [];
  const put = (item: Omit<Item, 'fixed' | 'state' | 'grade' | 'dim'> & Partial<Item>, personas: readonly string[] = []) => {
    const full: Item = { fixed: false, state: 'kept', grade: null, ...item, dim: Boolean(view.persona && personas.length && !personas.includes(view.persona)) };
    if (shown(full.state, view.face)) items.push(full);
  };
  const steps = stepItems(plan, stages, put, sheet);
  momentItems(plan, stages, put, sheet);
  promiseItems(plan, stages, put, sheet);
  wordItems(plan, stages, put);
  cardItems(plan, stages, put);
  return laidOut(journey, stages, items, plan, steps, sheet);
}

type Put = (item: Omit<Item, 'fixed' | 'state' | 'grade' | 'dim'> & Partial<Item>, personas?: readonly string[]) => void;

export const touchpointsOf = (step: Step): string[] => (step.one_of?.length ? step.one_of : step.touchpoint ? [step.touchpoint] : []);

function stepItems(plan: Plan, stages: Stage[], put: Put, sheet?: Sheet): number {
  const known = new Map((plan.touchpoints ?? []).map((one) => [one.id, one]));
  const teams = new Map((plan.teams ?? []).map((one) => [one.id, one.name]));
  const figures = new Map((sheet?.touchpoints ?? []).map((one) => [one.id, one]));
  const uses = new Map<string, number>();
  for (const journey of plan.journeys ?? []) for (const stage of journey.stages ?? []) for (const step of stage.steps ?? []) for (const id of touchpointsOf(step)) uses.set(id, (uses.get(id) ?? 0) + 1);
  let total = 0;
  for (const stage of stages) {
    for (const step of inOrder(stage.steps)) {
      const ids = touchpointsOf(step);
      total += ids.length;
      const one = known.get(ids[0] ?? '');
      const seen = ids.length === 1 ? figures.get(ids[0]) : undefined;
      const owner = one?.owner ? (teams.get(one.owner) ?? one.owner) : '';
      put({
        key: `step:${step.id}`, kind: 'step', id: step.id, lane: 'touchpoints', stage: stage.id, element: ids.length === 1 ? `touchpoint:${ids[0]}` : `step:${step.id}`,
        name: ids.length > 1 ? `One of ${ids.length}` : (one?.name ?? ids[0] ?? 'A step without a touchpoint'), state: step.state ?? 'kept',
        medium: one?.medium ?? 'screen', owner: owner && initials(owner), ownerName: owner, uses: uses.get(ids[0] ?? '') ?? 1,
        optional: Boolean(step.optional), repeats: Boolean(step.repeats), within: step.within ?? '',
        branches: ids.length > 1 ? ids.map((id) => ({ id, name: known.get(id)?.name ?? id, medium: known.get(id)?.medium ?? 'screen' })) : undefined,
        grade: seen?.evidence.grade ?? 'guessed', people: seen?.people, mark: seen?.evidence.state,
      }, step.personas);
    }
  }
  return total;
}

function momentItems(plan: Plan, stages: Stage[], put: Put, sheet?: Sheet): void {
  const here = new Set(stages.map((one) => one.id));
  const grades = new Map((sheet?.moments ?? []).map((one) => [one.id, one.grade]));
  const met = new Map<string, Experience[]>();
  for (const one of inOrder(plan.experiences)) met.set(one.moment, [...(met.get(one.moment) ?? []), one]);
  for (const one of inOrder(plan.moments)) {
    if (!here.has(one.stage)) continue;
    const personas = one.persona ? [one.persona] : [];
    const own = met.get(one.id) ?? [];
    put({ key: `moment:${one.id}`, kind: 'moment', id: one.id, lane: 'moments', stage: one.stage, element: `moment:${one.id}`, name: one.words, grade: grades.get(one.id) ?? 'guessed', tag: own.some((each) => each.state === 'live') ? '' : own.length ? 'nothing live yet' : 'nothing meets it yet' }, personas);
    for (const each of own) {
      put({ key: `experience:${each.id}`, kind: 'experience', id: each.id, lane: 'moments', stage: one.stage, element: `experience:${each.id}`, name: each.name, state: STATE_OF[each.state ?? 'idea'], tone: each.state ?? 'idea', tag: each.kind === 'message' ? 'merely a message' : '', sub: one.id }, personas);
    }
  }
}

/** In which stages of this map a touchpoint stands, the first first. */
export function standsIn(stages: Stage[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const stage of stages) for (const step of inOrder(stage.steps)) for (const id of touchpointsOf(step)) found.set(id, [...(found.get(id) ?? []), stage.id]);
  return found;
}

function promiseItems(plan: Plan, stages: Stage[], put: Put, sheet?: Sheet): void {
  const home = standsIn(stages);
  const figures = new Map((sheet?.promises ?? []).map((one) => [one.id, one]));
  for (const one of inOrder(plan.promises)) {
    const stage = home.get(one.touchpoint)?.[0];
    if (!stage) continue;
    const kept = figures.get(one.id);
    put({ key: `promise:${one.id}`, kind: 'promise', id: one.id, lane: 'promises', stage, element: `promise:${one.id}`, name: one.name, fixed: true, promise: kept, grade: kept && kept.kept.value !== null ? 'measured' : 'guessed', tag: one.by || one.within || one.score ? '' : 'not yet measurable' });
  }
}

/** What touchpoints and stages already say in their own fields: shown in its lane, edited in its place. */
function wordItems(plan: Plan, stages: Stage[], put: Put): void {
  const known = new Map((plan.touchpoints ?? []).map((one) => [one.id, one]));
  const teams = new Map((plan.teams ?? []).map((one) => [one.id, one.name]));
  const said = new Map((plan.story?.messages ?? []).map((one) => [one.id, one]));
  for (const stage of stages) {
    const own = [...new Set(inOrder(stage.steps).flatMap(touchpointsOf))].map((id) => known.get(id)).filter((one) => one !== undefined);
    for (const lane of ['frontstage', 'backstage'] as const) {
      for (const one of own) if (one[lane]) put({ key: `field:${one.id}.${lane}@${stage.id}`, kind: 'field', id: `${one.id}.${lane}`, lane, stage: stage.id, element: `touchpoint:${one.id}`, name: one[lane], sub: one.name, fixed: true });
    }
    const systems = new Map<string, string[]>();
    for (const one of own) for (const name of one.systems ?? []) systems.set(name, [...(systems.get(name) ?? []), one.name]);
    for (const [name, of] of systems) put({ key: `field:system.${name}@${stage.id}`, kind: 'field', id: `system.${name}`, lane: 'systems', stage: stage.id, element: `stage:${stage.id}`, name, sub: of.join(', '), fixed: true });
    const owners = new Map<string, number>();
    for (const one of own) owners.set(one.owner ?? '', (owners.get(one.owner ?? '') ?? 0) + 1);
    for (const [id, n] of owners) put({ key: `team:${id}@${stage.id}`, kind: 'team', id, lane: 'owners', stage: stage.id, element: `stage:${stage.id}`, name: id ? (teams.get(id) ?? id) : 'no owner yet', sub: own.length > 1 ? `${n} of ${own.length}` : '', fixed: true });
    for (const lane of ['think', 'feel', 'do'] as const) {
      if (stage[lane]) put({ key: `field:${stage.id}.${lane}@${stage.id}`, kind: 'field', id: `${stage.id}.${lane}`, lane, stage: stage.id, element: `stage:${stage.id}`, name: stage[lane], fixed: true });
    }
    const message = stage.message ? said.get(stage.message) : undefined;
    if (message) put({ key: `message:${message.id}@${stage.id}`, kind: 'message', id: message.id, lane: 'messages', stage: stage.id, element: `stage:${stage.id}`, name: message.words, state: message.retired ? 'going' : 'kept' });
  }
}

function cardItems(plan: Plan, stages: Stage[], put: Put): void {
  const here = new Set(stages.map((one) => one.id));
  const insights = new Map((plan.insights ?? []).map((one) => [one.id, one]));
  const teams = new Map((plan.teams ?? []).map((one) => [one.id, one.name]));
  const touchpoints = new Map((plan.touchpoints ?? []).map((one) => [one.id, one.name]));
  const used = new Map<string, number>();
  for (const one of plan.cards ?? []) if (one.insight) used.set(one.insight, (used.get(one.insight) ?? 0) + 1);
  for (const one of inOrder(plan.cards)) {
    if (!here.has(one.stage)) continue;
    const insight = one.insight ? insights.get(one.insight) : undefined;
    const owner = one.owner ? (teams.get(one.owner) ?? one.owner) : '';
    const name = insight?.words || one.words || owner || (one.metric ? one.metric.replaceAll('-', ' ') : '') || touchpoints.get(one.touchpoint ?? '') || (one.picture || insight?.picture ? 'A picture' : 'An empty card');
    put({
      key: `card:${one.id}`, kind: 'card', id: one.id, lane: one.lane ?? 'notes', stage: one.stage, element: `card:${one.id}`, name, state: one.state ?? 'kept', picture: one.picture || insight?.picture || '',
      owner: owner && owner !== name ? initials(owner) : '', ownerName: owner, uses: one.insight ? used.get(one.insight) : undefined, tag: insight?.kind === 'quotation' ? 'quotation' : '',
      sub: insight ? [insight.source, insight.n ? `n ${insight.n}` : ''].filter(Boolean).join(', ') : '', grade: insight?.source ? GRADE_OF[insight.kind ?? 'note'] : 'guessed',
    }, [one.persona ?? insight?.persona ?? ''].filter(Boolean));
  }
}

function laidOut(journey: Journey, stages: Stage[], items: Item[], plan: Plan, steps: number, sheet?: Sheet): Model {
  const filled = new Set(items.filter((one) => !['field', 'team'].includes(one.kind) || ['think', 'feel', 'do'].includes(one.lane)).map((one) => one.lane));
  if (sheet?.ways.length) filled.add('ways');
  const names = new Map((plan.journeys ?? []).map((one) => [one.id, one.name]));
  const figures = new Map((sheet?.stages ?? []).map((one) => [one.id, one]));
  const rows = lanesOf(journey, filled).map((lane): Row => ({ ...lane, cells: {}, count: 0 }));
  const by = new Map(rows.map((row) => [row.id, row]));
  for (const row of rows) for (const stage of stages) row.cells[stage.id] = [];
  for (const item of items) {
    const row = by.get(item.lane);
    if (!row) continue;
    row.cells[item.stage].push(item);
    row.count += 1;
  }
  const columns = stages.map((one): Column => ({
    id: one.id, name: one.name, side: one.side, phase: one.phase ?? '', arc: one.arc ?? '', words: one.words ?? '', opens: one.opens ?? '', opensName: one.opens ? (names.get(one.opens) ?? '') : '',
    anyOrder: Boolean(one.any_order), repeats: Boolean(one.repeats), desired: one.desired ?? null, wanted: one.wanted ?? null, wantedN: one.wanted_n ?? null, wantedSource: one.wanted_source ?? '',
    steps: (one.steps ?? []).length, grade: figures.get(one.id)?.grade ?? null,
  }));
  return { journey, columns, rows, items: new Map(items.map((one) => [one.key, one])), steps };
}

const written = new WeakMap<object, string>();
function text(of: object): string {
  const known = written.get(of);
  if (known !== undefined) return known;
  const made = JSON.stringify(of);
  written.set(of, made);
  return made;
}
const kept = <T extends object>(was: T | undefined, now: T): T => (was && text(was) === text(now) ? was : now);

/** The new model with every part of the old one that did not change, so that nothing is drawn again for nothing. */
export function settled(old: Model | undefined, now: Model): Model {
  if (!old) return now;
  const rows = now.rows.map((row) => {
    const was = old.rows.find((one) => one.id === row.id);
    const cells: Row['cells'] = {};
    for (const [stage, list] of Object.entries(row.cells)) {
      const before = was?.cells[stage];
      const mended = list.map((item) => kept(old.items.get(item.key), item));
      cells[stage] = before && before.length === mended.length && mended.every((one, n) => one === before[n]) ? before : mended;
    }
    const same = was && was.name === row.name && was.hidden === row.hidden && was.order === row.order && Object.keys(was.cells).length === Object.keys(cells).length && Object.entries(cells).every(([stage, list]) => was.cells[stage] === list);
    return same ? was : { ...row, cells };
  });
  const columns = now.columns.map((one) => kept(old.columns.find((was) => was.id === one.id), one));
  const items = new Map(rows.flatMap((row) => Object.values(row.cells).flat()).map((one) => [one.key, one]));
  const stable = columns.length === old.columns.length && columns.every((one, n) => one === old.columns[n]);
  return { ...now, rows, columns: stable ? old.columns : columns, items };
}
