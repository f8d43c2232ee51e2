import type { Plan, Stage, Step } from '../../api/nouns';
import { inOrder } from '../../api/order';
import { bare, inJourney, inStage, journeyOf, putCards, putMoments, putSteps, stageOf, stepsOf, type Target } from './deeds';
import { stagesIn, touchpointsOf, type Change, type Item } from './model';
import { newId, placed } from './place';

const only = (items: readonly Item[], kind: Item['kind']): Set<string> => new Set(items.filter((one) => one.kind === kind).map((one) => one.id));

/** Takes things off the map. A touchpoint, an insight and a team stay in the plan: other maps may show them. */
export function without(plan: Plan, journey: string, items: readonly Item[]): Plan {
  const [steps, moments, experiences, promises, cards] = (['step', 'moment', 'experience', 'promise', 'card'] as const).map((kind) => only(items, kind));
  let next = plan;
  if (steps.size) next = inJourney(next, journey, (one) => ({ ...one, stages: (one.stages ?? []).map((stage) => ((stage.steps ?? []).some((step) => steps.has(step.id)) ? { ...stage, steps: stage.steps!.filter((step) => !steps.has(step.id)) } : stage)) }));
  if (moments.size) next = { ...next, moments: (next.moments ?? []).filter((one) => !moments.has(one.id)) };
  if (moments.size || experiences.size) next = { ...next, experiences: (next.experiences ?? []).filter((one) => !experiences.has(one.id) && !moments.has(one.moment)) };
  if (promises.size) next = { ...next, promises: (next.promises ?? []).filter((one) => !promises.has(one.id)) };
  if (cards.size) next = { ...next, cards: (next.cards ?? []).filter((one) => !cards.has(one.id)) };
  for (const one of items) {
    if (one.kind === 'message') next = inStage(next, journey, one.stage, (stage) => ({ ...stage, message: null }));
    if (one.kind === 'field') next = written(next, journey, one, '');
  }
  return next;
}

/** A field's new words: a touchpoint's front or back stage, what a stage's people think, feel and do. */
function written(plan: Plan, journey: string, item: Item, words: string): Plan {
  const [owner, field] = item.id.split('.');
  if (owner === 'system') return plan;
  if (field === 'frontstage' || field === 'backstage') return { ...plan, touchpoints: (plan.touchpoints ?? []).map((one) => (one.id === owner ? { ...one, [field]: words } : one)) };
  return inStage(plan, journey, owner, (stage) => ({ ...stage, [field]: words }));
}

const renamed = <T extends { id: string }>(all: readonly T[] | undefined, id: string, patch: Partial<T>): T[] => (all ?? []).map((one) => (one.id === id ? { ...one, ...patch } : one));

/** Gives something its new words, wherever it is kept. */
export function reworded(plan: Plan, journey: string, item: Item, words: string): Plan {
  const text = words.trim();
  if (item.kind === 'field') return written(plan, journey, item, text);
  if (!text || item.kind === 'team') return plan;
  const name = text.replace(/\s+/g, ' ').slice(0, 200);
  if (item.kind === 'step') {
    const [touchpoint, other] = touchpointsOf(stepsOf(plan, journey).get(item.id) ?? { id: '' });
    return touchpoint && !other ? { ...plan, touchpoints: renamed(plan.touchpoints, touchpoint, { name }) } : plan;
  }
  if (item.kind === 'moment') return { ...plan, moments: renamed(plan.moments, item.id, { words: name }) };
  if (item.kind === 'experience') return { ...plan, experiences: renamed(plan.experiences, item.id, { name }) };
  if (item.kind === 'promise') return { ...plan, promises: renamed(plan.promises, item.id, { name }) };
  if (item.kind === 'message') return { ...plan, story: { ...plan.story, messages: renamed(plan.story?.messages, item.id, { words: name }) } };
  const card = (plan.cards ?? []).find((one) => one.id === item.id);
  if (card?.insight) return { ...plan, insights: renamed(plan.insights, card.insight, { words: text.slice(0, 10_000) }) };
  return { ...plan, cards: renamed(plan.cards, item.id, { words: text.slice(0, 10_000) }) };
}

/** The same again: right behind (`target` null) or in a cell. What they refer to is referred to, not copied. */
export function copied(plan: Plan, journey: string, items: readonly Item[], target: Target | null): { plan: Plan; keys: string[] } {
  let next = plan;
  const keys: string[] = [];
  for (const item of items) {
    const spot = (lane: string, after: string | null): Target => (target ? { ...target, lane: lane === 'card' && target.lane !== 'moments' ? target.lane : item.lane, before: target.lane === item.lane ? target.before : null } : { lane: item.lane, stage: item.stage, before: after });
    if (item.kind === 'step') {
      const step = stepsOf(next, journey).get(item.id);
      if (!step) continue;
      const made = { ...step, id: newId(item.name) };
      next = putSteps(next, journey, [made], spot('', follower(inOrder(stageOf(next, journey, item.stage)?.steps), item.id, 'step')));
      keys.push(`step:${made.id}`);
    }
    if (item.kind === 'moment') {
      const one = (next.moments ?? []).find((each) => each.id === item.id);
      if (!one) continue;
      const made = { ...one, id: newId(one.words) };
      next = putMoments(next, [made], spot('', follower(inOrder((next.moments ?? []).filter((each) => each.stage === item.stage)), item.id, 'moment')));
      keys.push(`moment:${made.id}`);
    }
    if (item.kind === 'experience') {
      const one = (next.experiences ?? []).find((each) => each.id === item.id);
      if (!one || items.some((each) => each.kind === 'moment' && each.id === one.moment)) continue;
      const made = { ...one, id: newId(one.name) };
      next = { ...next, experiences: placed(next.experiences ?? [], [made], null) };
      keys.push(`experience:${made.id}`);
    }
    if (item.kind === 'card') {
      const one = (next.cards ?? []).find((each) => each.id === item.id);
      if (!one) continue;
      const made = { ...one, id: newId(item.name) };
      next = putCards(next, [made], spot('card', follower(inOrder((next.cards ?? []).filter((each) => each.stage === item.stage && (each.lane ?? 'notes') === item.lane)), item.id, 'card')));
      keys.push(`card:${made.id}`);
    }
  }
  return { plan: next, keys };
}

function follower(list: readonly { id: string }[], id: string, kind: string): string | null {
  const next = list[list.findIndex((one) => one.id === id) + 1];
  return next ? `${kind}:${next.id}` : null;
}

export function setState(plan: Plan, journey: string, items: readonly Item[], state: Change): Plan {
  const [steps, cards, experiences] = (['step', 'card', 'experience'] as const).map((kind) => only(items, kind));
  let next = patchSteps(plan, journey, steps, { state });
  if (cards.size) next = { ...next, cards: (next.cards ?? []).map((one) => (cards.has(one.id) ? { ...one, state } : one)) };
  const lived = ({ kept: 'live', new: 'idea', going: 'retired' } as const)[state];
  if (experiences.size) next = { ...next, experiences: (next.experiences ?? []).map((one) => (experiences.has(one.id) ? { ...one, state: lived } : one)) };
  return next;
}

export function patchSteps(plan: Plan, journey: string, ids: Set<string>, patch: Partial<Step>): Plan {
  if (!ids.size) return plan;
  return inJourney(plan, journey, (one) => ({
    ...one, stages: (one.stages ?? []).map((stage) => ((stage.steps ?? []).some((step) => ids.has(step.id)) ? { ...stage, steps: stage.steps!.map((step) => (ids.has(step.id) ? { ...step, ...patch } : step)) } : stage)),
  }));
}

/** Stages in one row again, on the side they were put on: orders anew only where needed. */
export function putStages(plan: Plan, journey: string, stages: Stage[], side: Stage['side'], before: string | null): Plan {
  return inJourney(plan, journey, (one) => ({ ...one, stages: placed(orderedStages(one.stages ?? []), stages.map((stage) => ({ ...stage, side })), before ?? (side === 'buyer' ? firstOf(one.stages ?? [], stages) : null)) }));
}
const firstOf = (all: readonly Stage[], moving: readonly Stage[]): string | null => {
  const gone = new Set(moving.map((one) => one.id));
  return stagesIn({ id: '', name: '', stages: [...all] }).find((one) => one.side === 'customer' && !gone.has(one.id))?.id ?? null;
};
/** The buyer's side first; orders rise along the row. */
function orderedStages(all: readonly Stage[]): Stage[] {
  let last = -Infinity;
  return stagesIn({ id: '', name: '', stages: [...all] }).map((one) => {
    const order = one.order ?? 0;
    if (order > last) { last = order; return one; }
    last += 10;
    return { ...one, order: last };
  });
}

export function addStages(plan: Plan, journey: string, names: string[], side: Stage['side'], before: string | null = null): { plan: Plan; ids: string[] } {
  const made = names.map((one) => one.trim()).filter(Boolean).map((name): Stage => ({ id: newId(name), name: name.slice(0, 200), side, steps: [] }));
  return { plan: putStages(plan, journey, made, side, before), ids: made.map((one) => one.id) };
}

/** Stages with all that stands in them; returns how much that was. */
export function withoutStages(plan: Plan, journey: string, ids: Set<string>): Plan {
  const moments = new Set((plan.moments ?? []).filter((one) => ids.has(one.stage)).map((one) => one.id));
  const next = {
    ...plan,
    moments: moments.size ? (plan.moments ?? []).filter((one) => !moments.has(one.id)) : plan.moments,
    experiences: moments.size ? (plan.experiences ?? []).filter((one) => !moments.has(one.moment)) : plan.experiences,
    cards: (plan.cards ?? []).some((one) => ids.has(one.stage)) ? (plan.cards ?? []).filter((one) => !ids.has(one.stage)) : plan.cards,
  };
  return inJourney(next, journey, (one) => ({ ...one, stages: (one.stages ?? []).filter((stage) => !ids.has(stage.id)) }));
}

/** A stage becomes a journey of its own, which it opens into: each step a stage, by reference to the same touchpoints. */
export function opened(plan: Plan, journey: string, stage: string): { plan: Plan; id: string } {
  const one = stageOf(plan, journey, stage);
  if (!one) return { plan, id: '' };
  const id = newId(one.name);
  const known = new Map((plan.touchpoints ?? []).map((each) => [each.id, each.name]));
  const steps = inOrder(one.steps);
  const stages = (steps.length ? steps : [null]).map((step, n): Stage => ({
    id: newId(step ? (known.get(touchpointsOf(step)[0] ?? '') ?? one.name) : one.name), name: step ? (known.get(touchpointsOf(step)[0] ?? '') ?? one.name) : one.name, side: one.side, order: (n + 1) * 10,
    steps: step ? [{ ...step, id: newId(step.id.slice(0, 40)) }] : [],
  }));
  const whole = journeyOf(plan, journey);
  const made = { id, name: one.name, subject: whole?.subject ?? 'customer', personas: whole?.personas ?? [], stages };
  const next = { ...plan, journeys: placed(plan.journeys ?? [], [made], null) };
  return { plan: inStage(next, journey, stage, (each) => ({ ...each, opens: id })), id };
}

/** An experience that should meet a moment. */
export function meeting(plan: Plan, moment: string, name: string): { plan: Plan; key: string } {
  const id = newId(name);
  return { plan: { ...plan, experiences: placed(plan.experiences ?? [], [{ id, name, moment }], null) }, key: `experience:${id}` };
}

export const stageId = (key: string): string => bare(key) ?? '';
