import type { Card, Experience, Insight, Message, Moment, Plan, Stage, Step, Touchpoint } from '../../api/nouns';
import { journeyOf, putCards, putMoments, putSteps, stepsOf, inStage, type Target } from './deeds';
import { takesCards } from './lanes';
import { touchpointsOf, type Item } from './model';
import { newId, placed } from './place';

type Team = NonNullable<Plan['teams']>[number];

export const CLIP = 'application/x-desirelines-cards';

/** Things on their way to another place or map, with what they refer to, should the other plan not have it. */
interface Clip {
  things: { lane: string; column: number; step?: Step; moment?: Moment; experiences?: Experience[]; card?: Card; message?: string }[];
  touchpoints: Touchpoint[];
  insights: Insight[];
  teams: Team[];
  messages: Message[];
}

export function cut(plan: Plan, journey: string, items: readonly Item[], columns: readonly { id: string }[]): string {
  const steps = stepsOf(plan, journey);
  const at = (stage: string) => columns.findIndex((one) => one.id === stage);
  const left = Math.min(...items.map((one) => at(one.stage)));
  const things = items.flatMap((item): Clip['things'] => {
    const place = { lane: item.lane, column: at(item.stage) - left };
    if (item.kind === 'step') return steps.has(item.id) ? [{ ...place, step: steps.get(item.id) }] : [];
    if (item.kind === 'moment') return [{ ...place, moment: (plan.moments ?? []).find((one) => one.id === item.id), experiences: (plan.experiences ?? []).filter((one) => one.moment === item.id) }];
    if (item.kind === 'card') return [{ ...place, card: (plan.cards ?? []).find((one) => one.id === item.id) }];
    return item.kind === 'message' ? [{ ...place, message: item.id }] : [];
  });
  const used = new Set(things.flatMap((one) => (one.step ? touchpointsOf(one.step) : one.card?.touchpoint ? [one.card.touchpoint] : [])));
  const learned = new Set(things.map((one) => one.card?.insight));
  const owners = new Set(things.map((one) => one.card?.owner));
  const said = new Set(things.map((one) => one.message));
  const clip: Clip = {
    things, touchpoints: (plan.touchpoints ?? []).filter((one) => used.has(one.id)), insights: (plan.insights ?? []).filter((one) => learned.has(one.id)),
    teams: (plan.teams ?? []).filter((one) => owners.has(one.id)), messages: (plan.story?.messages ?? []).filter((one) => said.has(one.id)),
  };
  return JSON.stringify(clip);
}

function read(text: string): Clip | null {
  try {
    const found = JSON.parse(text) as Partial<Clip>;
    return Array.isArray(found.things) ? { touchpoints: [], insights: [], teams: [], messages: [], ...found, things: found.things } : null;
  } catch {
    return null;
  }
}

const missing = <T extends { id: string; order?: number }>(all: readonly T[] | undefined, more: readonly T[]): T[] => {
  const known = new Set((all ?? []).map((one) => one.id));
  const fresh = more.filter((one) => typeof one?.id === 'string' && !known.has(one.id));
  return fresh.length ? placed(all ?? [], fresh, null) : [...(all ?? [])];
};

/** Puts what was cut into this map: from the focused stage on, in the lanes it came from. */
export function pasted(plan: Plan, journey: string, text: string, target: Target, columns: readonly { id: string }[]): { plan: Plan; keys: string[] } | null {
  const clip = read(text);
  if (!clip || !journeyOf(plan, journey)) return null;
  const start = Math.max(0, columns.findIndex((one) => one.id === target.stage));
  let next: Plan = {
    ...plan, touchpoints: missing(plan.touchpoints, clip.touchpoints.map((one) => ({ ...one, owner: known(plan, one.owner) }))), insights: missing(plan.insights, clip.insights),
    teams: missing(plan.teams, clip.teams), story: { ...plan.story, messages: missing(plan.story?.messages, clip.messages) },
  };
  const keys: string[] = [];
  const lanes = new Set(clip.things.map((one) => one.lane));
  for (const one of clip.things) {
    const stage = (columns[Math.min(start + one.column, columns.length - 1)] ?? columns[0])?.id;
    if (!stage) return null;
    const before = lanes.size === 1 && one.lane === target.lane && stage === target.stage ? target.before : null;
    if (one.step) {
      const made: Step = { ...one.step, id: newId(one.step.id.slice(0, 40)), personas: (one.step.personas ?? []).filter((id) => (plan.personas ?? []).some((each) => each.id === id)) };
      next = putSteps(next, journey, [made], { lane: 'touchpoints', stage, before });
      keys.push(`step:${made.id}`);
    } else if (one.moment) {
      const made: Moment = { ...one.moment, id: newId(one.moment.words), persona: someone(plan, one.moment.persona), touchpoints: (one.moment.touchpoints ?? []).filter((id) => (next.touchpoints ?? []).some((each) => each.id === id)), outcome: (plan.outcomes ?? []).some((each) => each.id === one.moment?.outcome) ? one.moment.outcome : null };
      next = putMoments(next, [made], { lane: 'moments', stage, before });
      next = { ...next, experiences: placed(next.experiences ?? [], (one.experiences ?? []).map((each) => ({ ...each, id: newId(each.name), moment: made.id, owner: known(plan, each.owner), touchpoints: (each.touchpoints ?? []).filter((id) => (next.touchpoints ?? []).some((tp) => tp.id === id)) })), null) };
      keys.push(`moment:${made.id}`);
    } else if (one.card) {
      const lane = lanes.size === 1 && takesCards(target.lane) ? target.lane : one.lane;
      const made: Card = { ...one.card, id: newId(one.card.words || lane), persona: someone(plan, one.card.persona) };
      next = putCards(next, [made], { lane, stage, before: lane === target.lane ? before : null });
      keys.push(`card:${made.id}`);
    } else if (one.message) {
      const id = one.message;
      next = inStage(next, journey, stage, (each: Stage) => ({ ...each, message: id }));
      keys.push(`message:${id}@${stage}`);
    }
  }
  return { plan: next, keys };
}

const known = (plan: Plan, owner: string | null | undefined): string | null => ((plan.teams ?? []).some((one) => one.id === owner) ? (owner ?? null) : null);
const someone = (plan: Plan, persona: string | null | undefined): string | null => ((plan.personas ?? []).some((one) => one.id === persona) ? (persona ?? null) : null);
