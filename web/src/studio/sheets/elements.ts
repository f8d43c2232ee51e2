import { inOrder, lastOrder } from '../../api/order';
import type { Card, Experience, Insight, Journey, Lane, Moment, Plan, PromisePlan, Stage, Step, Touchpoint } from '../../api/nouns';
import { HOUSE } from '../board/lanes';

/** What a drawer can open. */
export interface Elements {
  stage: Stage; step: Step; touchpoint: Touchpoint; moment: Moment; experience: Experience; card: Card; insight: Insight; promise: PromisePlan; lane: Lane;
}
export type Kind = keyof Elements;

export const KINDS: Record<Kind, string> = {
  stage: 'stage', step: 'step', touchpoint: 'touchpoint', moment: 'moment', experience: 'experience', card: 'card', insight: 'insight', promise: 'promise', lane: 'lane',
};

export const LISTS = { touchpoint: 'touchpoints', moment: 'moments', experience: 'experiences', card: 'cards', insight: 'insights', promise: 'promises' } as const;
type Listed = keyof typeof LISTS;
const isListed = (kind: Kind): kind is Listed => kind in LISTS;

/** `moment:find-it` as its kind and id; null for what is none. */
export function named(element: string): { kind: Kind; id: string } | null {
  const at = element.indexOf(':');
  const kind = element.slice(0, at);
  return at > 0 && kind in KINDS ? { kind: kind as Kind, id: element.slice(at + 1) } : null;
}

/** An element of the plan, and for what stands on a map the journey and stage it stands in. */
export interface Found<K extends Kind = Kind> { one: Elements[K]; journey?: Journey; stage?: Stage }

export function find<K extends Kind>(plan: Plan, kind: K, id: string, journey: string): Found<K> | null {
  if (isListed(kind)) {
    const one = (plan[LISTS[kind]] as { id: string }[] | undefined)?.find((other) => other.id === id) as Elements[K] | undefined;
    if (!one) return null;
    const home = 'stage' in (one as object) ? stageOf(plan, (one as unknown as Moment).stage) : null;
    return { one, journey: home?.journey, stage: home?.stage };
  }
  if (kind === 'lane') {
    const own = plan.journeys?.find((other) => other.id === journey);
    return own ? { one: (own.lanes?.find((lane) => lane.id === id) ?? { id, name: '' }) as Elements[K], journey: own } : null;
  }
  for (const own of plan.journeys ?? []) {
    for (const stage of own.stages ?? []) {
      if (kind === 'stage' && stage.id === id) return { one: stage as Elements[K], journey: own, stage };
      const step = kind === 'step' ? stage.steps?.find((other) => other.id === id) : undefined;
      if (step) return { one: step as Elements[K], journey: own, stage };
    }
  }
  return null;
}

export function stageOf(plan: Plan, id: string): { journey: Journey; stage: Stage } | null {
  for (const journey of plan.journeys ?? []) {
    const stage = journey.stages?.find((one) => one.id === id);
    if (stage) return { journey, stage };
  }
  return null;
}

/** A lane of the house keeps its place when it is changed for the first time. */
const houseOrder = (id: string): number | null => (HOUSE.some((one) => one.id === id) ? (HOUSE.findIndex((one) => one.id === id) + 1) * 100 : null);

const changed = <T extends { id: string }>(all: readonly T[] | undefined, id: string, patch: object): T[] => (all ?? []).map((one) => (one.id === id ? { ...one, ...patch } : one));

/** The plan with one element changed; everything else keeps its identity. */
export function patched(plan: Plan, kind: Kind, id: string, patch: object, journey: string): Plan {
  if (isListed(kind)) return { ...plan, [LISTS[kind]]: changed(plan[LISTS[kind]] as { id: string }[], id, patch) };
  if (kind === 'lane') {
    return inJourney(plan, (own) => own.id === journey, (own) => ({ ...own, lanes: own.lanes?.some((one) => one.id === id) ? changed(own.lanes, id, patch) : [...(own.lanes ?? []), { id, order: houseOrder(id) ?? lastOrder(own.lanes), ...patch }] }));
  }
  return inStage(plan, (stage) => (kind === 'stage' ? stage.id === id : Boolean(stage.steps?.some((one) => one.id === id))), (stage) => (kind === 'stage' ? { ...stage, ...patch } : { ...stage, steps: changed(stage.steps, id, patch) }));
}

function inJourney(plan: Plan, is: (journey: Journey) => boolean, next: (journey: Journey) => Journey): Plan {
  return { ...plan, journeys: (plan.journeys ?? []).map((one) => (is(one) ? next(one) : one)) };
}

function inStage(plan: Plan, is: (stage: Stage) => boolean, next: (stage: Stage) => Stage): Plan {
  return inJourney(plan, (journey) => Boolean(journey.stages?.some(is)), (journey) => ({ ...journey, stages: journey.stages?.map((one) => (is(one) ? next(one) : one)) }));
}

/** The plan with one more element, behind all others of its list. */
export function added<K extends Listed>(plan: Plan, kind: K, one: Elements[K]): Plan {
  const all = (plan[LISTS[kind]] ?? []) as { order?: number }[];
  return { ...plan, [LISTS[kind]]: [...all, { ...one, order: one.order ?? lastOrder(all) }] };
}

const without = <T extends { id: string }>(all: readonly T[] | undefined, gone: (one: T) => boolean): T[] => (all ?? []).filter((one) => !gone(one));
const unlink = <T extends object>(all: readonly T[] | undefined, key: keyof T, id: string): T[] => (all ?? []).map((one) => (one[key] === id ? { ...one, [key]: null } : one));
const untie = <T extends object>(all: readonly T[] | undefined, key: keyof T, id: string): T[] => (all ?? []).map((one) => ((one[key] as string[] | undefined)?.includes(id) ? { ...one, [key]: (one[key] as string[]).filter((other) => other !== id) } : one));

/** What keeps an element from being taken out; empty: nothing does. */
export function holds(plan: Plan, kind: Kind, id: string): string {
  if (kind !== 'touchpoint') return '';
  const promises = (plan.promises ?? []).filter((one) => one.touchpoint === id).length;
  if (promises) return 'A promise is kept here: move or remove it first.';
  return plan.questions?.some((one) => one.touchpoint === id) ? 'A question is asked about it: move or remove it first.' : '';
}

/** The plan without an element and without anything that pointed to it. */
export function removed(plan: Plan, kind: Kind, id: string, journey: string): Plan {
  const is = (one: { id: string }) => one.id === id;
  if (kind === 'step') return inStage(plan, (stage) => Boolean(stage.steps?.some(is)), (stage) => ({ ...stage, steps: without(stage.steps, is) }));
  if (kind === 'lane') return inJourney({ ...plan, cards: (plan.cards ?? []).map((one) => (one.lane === id ? { ...one, lane: 'notes' } : one)) }, (own) => own.id === journey, (own) => ({ ...own, lanes: without(own.lanes, is) }));
  if (kind === 'stage') {
    const moments = (plan.moments ?? []).filter((one) => one.stage === id).map((one) => one.id);
    const bare = moments.reduce((now, moment) => removed(now, 'moment', moment, journey), plan);
    return inJourney({ ...bare, cards: without(bare.cards, (one) => one.stage === id) }, (own) => Boolean(own.stages?.some(is)), (own) => ({ ...own, stages: without(own.stages, is) }));
  }
  if (!isListed(kind)) return plan;
  const next: Plan = { ...plan, [LISTS[kind]]: without(plan[LISTS[kind]] as { id: string }[], is) };
  if (kind === 'moment') return (plan.experiences ?? []).filter((one) => one.moment === id).reduce((now, one) => removed(now, 'experience', one.id, journey), next);
  if (kind === 'experience') return { ...next, towers: untie(plan.towers, 'experiences', id) };
  if (kind === 'insight') return { ...next, cards: unlink(plan.cards, 'insight', id), personas: untie(plan.personas, 'evidence', id), towers: (plan.towers ?? []).map((one) => ({ ...one, boxes: unlink(one.boxes, 'insight', id) })) };
  if (kind === 'touchpoint') return withoutTouchpoint(next, id);
  return next;
}

function withoutTouchpoint(plan: Plan, id: string): Plan {
  const steps = (all: readonly Step[] | undefined): Step[] => untie(unlink(all, 'touchpoint', id), 'one_of', id).filter((one) => one.touchpoint || one.one_of?.length);
  return {
    ...plan,
    moments: untie(plan.moments, 'touchpoints', id), experiences: untie(plan.experiences, 'touchpoints', id), towers: untie(plan.towers, 'touchpoints', id),
    cards: unlink(plan.cards, 'touchpoint', id), insights: unlink(plan.insights, 'touchpoint', id),
    journeys: (plan.journeys ?? []).map((journey) => ({ ...journey, stages: journey.stages?.map((stage) => ({ ...stage, steps: steps(stage.steps) })) })),
  };
}

/** How an element is called where it is spoken of. */
export function title(plan: Plan, kind: Kind, one: Elements[Kind]): string {
  if (kind === 'step') {
    const step = one as Step;
    return [step.touchpoint, ...(step.one_of ?? [])].filter(Boolean).map((id) => plan.touchpoints?.find((other) => other.id === id)?.name ?? id).join(' or ') || 'a step without a touchpoint';
  }
  if ('name' in one && one.name) return one.name;
  if ('words' in one && one.words) return one.words;
  const insight = kind === 'card' ? plan.insights?.find((other) => other.id === (one as Card).insight) : null;
  return insight?.words ?? (kind === 'lane' ? (HOUSE.find((lane) => lane.id === one.id)?.name ?? one.id) : `a ${KINDS[kind]} without words`);
}

export interface Use { element: string; name: string; where: string; journey?: string }

/** Where an element is used besides where it stands: maps, moments, experiences, cards, personas, towers. */
export function uses(plan: Plan, kind: Kind, id: string): Use[] {
  const found: Use[] = [];
  const on = (stage: string) => { const home = stageOf(plan, stage); return { where: home ? `${home.journey.name}, ${home.stage.name}` : 'on no map', journey: home?.journey.id }; };
  if (kind === 'touchpoint') {
    for (const journey of inOrder(plan.journeys)) for (const stage of inOrder(journey.stages)) for (const step of stage.steps ?? []) {
      if ([step.touchpoint, ...(step.one_of ?? [])].includes(id)) found.push({ element: `step:${step.id}`, name: step.optional ? 'an optional step' : 'a step', where: `${journey.name}, ${stage.name}`, journey: journey.id });
    }
    for (const one of plan.moments ?? []) if (one.touchpoints?.includes(id)) found.push({ element: `moment:${one.id}`, name: `“${one.words}”`, ...on(one.stage) });
    for (const one of plan.experiences ?? []) if (one.touchpoints?.includes(id)) found.push({ element: `experience:${one.id}`, name: one.name, where: 'experience' });
  }
  if (kind === 'insight') {
    for (const one of plan.personas ?? []) if (one.evidence?.includes(id)) found.push({ element: '', name: one.name, where: 'persona' });
    for (const one of plan.towers ?? []) if (one.boxes?.some((box) => box.insight === id)) found.push({ element: '', name: one.name, where: 'mental model' });
  }
  for (const one of plan.cards ?? []) {
    if ((kind === 'insight' && one.insight === id) || (kind === 'touchpoint' && one.touchpoint === id)) found.push({ element: `card:${one.id}`, name: one.words || 'a card', ...on(one.stage) });
  }
  return found;
}
