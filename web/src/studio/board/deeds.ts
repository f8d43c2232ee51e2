import type { Card, Journey, Lane, Message, Moment, Plan, Stage, Step } from '../../api/nouns';
import { inOrder } from '../../api/order';
import { takesCards } from './lanes';
import { stagesIn, standsIn, touchpointsOf, type Item } from './model';
import { newId, placed } from './place';

/** Where something is put: a cell, before one of its things (null: at its end), or into one of them. */
export interface Target { lane: string; stage: string; before: string | null; into?: string }

const brief = (text: string): string => text.trim().replace(/\s+/g, ' ').slice(0, 200);
export const bare = (key: string | null | undefined): string | null => (key ? key.slice(key.indexOf(':') + 1).split('@')[0] : null);
const kindOf = (key: string): string => key.slice(0, key.indexOf(':'));

export function inJourney(plan: Plan, id: string, next: (journey: Journey) => Journey): Plan {
  return { ...plan, journeys: (plan.journeys ?? []).map((one) => (one.id === id ? next(one) : one)) };
}
export function inStage(plan: Plan, journey: string, id: string, next: (stage: Stage) => Stage): Plan {
  return inJourney(plan, journey, (one) => ({ ...one, stages: (one.stages ?? []).map((stage) => (stage.id === id ? next(stage) : stage)) }));
}
export const journeyOf = (plan: Plan, id: string): Journey | undefined => (plan.journeys ?? []).find((one) => one.id === id);
export const stageOf = (plan: Plan, journey: string, id: string): Stage | undefined => journeyOf(plan, journey)?.stages?.find((one) => one.id === id);

/** A list with elements of one group put in order; the others stay as they are. */
function regrouped<T extends { id: string; order?: number }>(all: readonly T[], own: (one: T) => boolean, incoming: T[], before: string | null): T[] {
  const moving = new Set(incoming.map((one) => one.id));
  const group = new Map(placed(all.filter((one) => own(one) && !moving.has(one.id)), incoming, before).map((one) => [one.id, one]));
  const rest = all.map((one) => group.get(one.id) ?? one);
  const there = new Set(all.map((one) => one.id));
  return [...rest, ...incoming.filter((one) => !there.has(one.id)).map((one) => group.get(one.id) ?? one)];
}

export function putCards(plan: Plan, cards: Card[], target: Target): Plan {
  const put = cards.map((one) => ({ ...one, lane: target.lane, stage: target.stage }));
  return { ...plan, cards: regrouped(plan.cards ?? [], (one) => one.stage === target.stage && (one.lane ?? 'notes') === target.lane, put, bare(target.before)) };
}
export function putMoments(plan: Plan, moments: Moment[], target: Target): Plan {
  const put = moments.map((one) => ({ ...one, stage: target.stage }));
  return { ...plan, moments: regrouped(plan.moments ?? [], (one) => one.stage === target.stage, put, bare(target.before)) };
}
export function putSteps(plan: Plan, journey: string, steps: Step[], target: Target): Plan {
  const moving = new Set(steps.map((one) => one.id));
  return inJourney(plan, journey, (one) => ({
    ...one,
    stages: (one.stages ?? []).map((stage) => {
      if (stage.id === target.stage) return { ...stage, steps: placed((stage.steps ?? []).filter((step) => !moving.has(step.id)), steps, bare(target.before)) };
      return (stage.steps ?? []).some((step) => moving.has(step.id)) ? { ...stage, steps: (stage.steps ?? []).filter((step) => !moving.has(step.id)) } : stage;
    }),
  }));
}

export const stepsOf = (plan: Plan, journey: string): Map<string, Step> => new Map((journeyOf(plan, journey)?.stages ?? []).flatMap((one) => one.steps ?? []).map((one) => [one.id, one]));

/** Several touchpoints that take each other's place become one step. */
export function joined(plan: Plan, journey: string, into: string, from: string[]): Plan {
  const known = stepsOf(plan, journey);
  const all = [...new Set([into, ...from].flatMap((id) => (known.has(id) ? touchpointsOf(known.get(id)!) : [])))];
  const gone = new Set(from.filter((id) => id !== into));
  return inJourney(plan, journey, (one) => ({
    ...one,
    stages: (one.stages ?? []).map((stage) => {
      const steps = stage.steps ?? [];
      if (!steps.some((step) => step.id === into || gone.has(step.id))) return stage;
      return { ...stage, steps: steps.filter((step) => !gone.has(step.id)).map((step) => (step.id === into ? { ...step, touchpoint: all.length > 1 ? null : (all[0] ?? null), one_of: all.length > 1 ? all : [] } : step)) };
    }),
  }));
}

/** One of several becomes each for itself, one after the other. */
export function parted(plan: Plan, journey: string, id: string): Plan {
  const step = stepsOf(plan, journey).get(id);
  const stage = journeyOf(plan, journey)?.stages?.find((one) => one.steps?.some((each) => each.id === id));
  if (!step || !stage || (step.one_of?.length ?? 0) < 2) return plan;
  const [first, ...others] = step.one_of!;
  const list = inOrder(stage.steps);
  const next = list[list.findIndex((one) => one.id === id) + 1];
  const base = inStage(plan, journey, stage.id, (one) => ({ ...one, steps: (one.steps ?? []).map((each) => (each.id === id ? { ...each, touchpoint: first, one_of: [] } : each)) }));
  return putSteps(base, journey, others.map((touchpoint) => ({ ...step, id: newId(touchpoint), touchpoint, one_of: [] })), { lane: 'touchpoints', stage: stage.id, before: next ? `step:${next.id}` : null });
}

/** Whether a lane can hold this. */
export function accepts(lane: string, item: Pick<Item, 'kind' | 'fixed'>): boolean {
  if (item.fixed) return false;
  if (item.kind === 'step') return lane === 'touchpoints';
  if (item.kind === 'moment' || item.kind === 'experience') return lane === 'moments';
  if (item.kind === 'message') return lane === 'messages';
  return item.kind === 'card' && takesCards(lane);
}

/** Moves things to a cell, in the order given; what the cell's lane cannot hold goes to its own lane of the same stage. */
export function moveItems(plan: Plan, journey: string, items: Item[], target: Target): Plan {
  const free = items.filter((one) => !one.fixed);
  const of = (kind: string) => free.filter((one) => one.kind === kind);
  const before = (kind: string) => (target.before && kindOf(target.before) === kind ? target.before : null);
  let next = plan;
  const steps = of('step').map((one) => one.id);
  if (target.into && kindOf(target.into) === 'step' && steps.length) next = joined(next, journey, bare(target.into)!, steps);
  else if (steps.length) {
    const known = stepsOf(next, journey);
    next = putSteps(next, journey, steps.flatMap((id) => known.get(id) ?? []), { ...target, before: before('step') });
  }
  const moments = of('moment').map((one) => one.id);
  if (moments.length) next = putMoments(next, moments.flatMap((id) => (next.moments ?? []).find((one) => one.id === id) ?? []), { ...target, before: before('moment') });
  for (const one of of('experience')) if (target.into && kindOf(target.into) === 'moment') next = { ...next, experiences: (next.experiences ?? []).map((each) => (each.id === one.id ? { ...each, moment: bare(target.into)! } : each)) };
  const lanes = new Map<string, string[]>();
  for (const one of of('card')) {
    const lane = accepts(target.lane, one) ? target.lane : one.lane;
    lanes.set(lane, [...(lanes.get(lane) ?? []), one.id]);
  }
  for (const [lane, ids] of lanes) next = putCards(next, ids.flatMap((id) => (next.cards ?? []).find((one) => one.id === id) ?? []), { lane, stage: target.stage, before: lane === target.lane ? before('card') : null });
  for (const one of of('message')) next = swapMessages(next, journey, one.stage, target.stage);
  return next;
}

function swapMessages(plan: Plan, journey: string, from: string, to: string): Plan {
  const [one, other] = [stageOf(plan, journey, from)?.message ?? null, stageOf(plan, journey, to)?.message ?? null];
  if (from === to) return plan;
  return inStage(inStage(plan, journey, from, (stage) => ({ ...stage, message: other })), journey, to, (stage) => ({ ...stage, message: one }));
}

/** What a typed line becomes in a lane; null: this lane cannot hold it, and why. */
export function addTo(plan: Plan, journey: string, target: Target, lines: string[]): { plan: Plan; keys: string[]; why?: string } {
  const texts = lines.map((one) => one.trim()).filter(Boolean);
  const { lane, stage } = target;
  if (lane === 'touchpoints') {
    let next = plan;
    const steps = texts.map((name): Step => {
      const known = (next.touchpoints ?? []).find((one) => one.name.toLowerCase() === brief(name).toLowerCase());
      const id = known?.id ?? newId(name);
      if (!known) next = { ...next, touchpoints: placed(next.touchpoints ?? [], [{ id, name: brief(name) }], null) };
      return { id: newId(name), touchpoint: id };
    });
    return { plan: putSteps(next, journey, steps, target), keys: steps.map((one) => `step:${one.id}`) };
  }
  if (lane === 'moments') {
    const made = texts.map((words): Moment => ({ id: newId(words), words: brief(words), stage }));
    return { plan: putMoments(plan, made, target), keys: made.map((one) => `moment:${one.id}`) };
  }
  if (lane === 'messages') {
    const made = texts.map((words): Message => (plan.story?.messages ?? []).find((one) => one.words === brief(words)) ?? { id: newId(words), words: brief(words) });
    const known = new Set((plan.story?.messages ?? []).map((one) => one.id));
    const next = { ...plan, story: { ...plan.story, messages: placed(plan.story?.messages ?? [], made.filter((one) => !known.has(one.id)), null) } };
    return { plan: inStage(next, journey, stage, (one) => ({ ...one, message: made[0]?.id ?? one.message })), keys: made.slice(0, 1).map((one) => `message:${one.id}@${stage}`) };
  }
  if (lane === 'promises') {
    const home = [...standsIn(stagesIn(journeyOf(plan, journey)!))].find(([, stages]) => stages[0] === stage)?.[0];
    if (!home) return { plan, keys: [], why: 'A promise is kept at a touchpoint that stands here for the first time: put one here, then promise.' };
    const made = texts.map((name) => ({ id: newId(name), name: brief(name), touchpoint: home, target: 0.9, per: 'customer' }));
    return { plan: { ...plan, promises: placed(plan.promises ?? [], made, null) }, keys: made.map((one) => `promise:${one.id}`) };
  }
  let next = plan;
  const cards = texts.map((words): Card => {
    const id = newId(words);
    if (lane === 'insights') {
      const insight = (next.insights ?? []).find((one) => one.words === words) ?? { id: newId(words), words: words.slice(0, 10_000), kind: 'note' as const };
      if (!next.insights?.includes(insight)) next = { ...next, insights: placed(next.insights ?? [], [insight], null) };
      return { id, stage, lane, insight: insight.id };
    }
    const team = lane === 'owners' ? (next.teams ?? []).find((one) => one.name.toLowerCase() === words.toLowerCase()) : undefined;
    return team ? { id, stage, lane, owner: team.id } : { id, stage, lane, words: words.slice(0, 10_000) };
  });
  return { plan: putCards(next, cards, target), keys: cards.map((one) => `card:${one.id}`) };
}

/** Something the plan already has, put in a cell by reference. */
export function referTo(plan: Plan, journey: string, target: Target, id: string): { plan: Plan; keys: string[] } {
  const { lane, stage } = target;
  if (lane === 'touchpoints') {
    const step: Step = { id: newId(id), touchpoint: id };
    return { plan: putSteps(plan, journey, [step], target), keys: [`step:${step.id}`] };
  }
  if (lane === 'messages') return { plan: inStage(plan, journey, stage, (one) => ({ ...one, message: id })), keys: [`message:${id}@${stage}`] };
  const card: Card = { id: newId(id), stage, lane, ...(lane === 'insights' ? { insight: id } : lane === 'owners' ? { owner: id } : { metric: id }) };
  return { plan: putCards(plan, [card], target), keys: [`card:${card.id}`] };
}

export function setLanes(plan: Plan, journey: string, lane: Lane): Plan {
  return inJourney(plan, journey, (one) => ({ ...one, lanes: [...(one.lanes ?? []).filter((each) => each.id !== lane.id), lane] }));
}
