import type { Plan } from '../../api/nouns';

type Words = Record<string, unknown> & { id: string };

/** The fields of each kind that are words, and what they are called. */
export const FIELDS: Record<string, [field: string, name: string][]> = {
  touchpoint: [['name', 'Name'], ['words', 'Description'], ['frontstage', 'Frontstage'], ['backstage', 'Backstage']],
  stage: [['name', 'Name'], ['words', 'Description'], ['think', 'Think'], ['feel', 'Feel'], ['do', 'Do']],
  moment: [['words', 'The need'], ['need', 'More about the need'], ['context', 'Situation'], ['wants', 'What they want'], ['emotion', 'Emotion']],
  experience: [['name', 'Name'], ['gives', 'What the customer gets'], ['purpose', 'Purpose']],
  card: [['words', 'Words']],
  insight: [['words', 'Words'], ['source', 'Source']],
  promise: [['name', 'Name'], ['words', 'Words']],
  persona: [['name', 'Name'], ['words', 'Description'], ['needs', 'Needs']],
  journey: [['name', 'Name'], ['words', 'What it is drawn for']],
};

/** What may be asked to go. */
export const MAY_GO = ['card', 'moment', 'touchpoint', 'step', 'experience'];

export function elementOf(plan: Plan | undefined, name: string | undefined): Words | undefined {
  if (!plan || !name) return undefined;
  const at = name.indexOf(':');
  const [kind, id] = [name.slice(0, at), name.slice(at + 1)];
  const stages = (plan.journeys ?? []).flatMap((one) => one.stages ?? []);
  const lists: Record<string, readonly { id: string }[] | undefined> = {
    touchpoint: plan.touchpoints, moment: plan.moments, experience: plan.experiences, card: plan.cards, insight: plan.insights, promise: plan.promises,
    persona: plan.personas, journey: plan.journeys, stage: stages, step: stages.flatMap((one) => one.steps ?? []),
  };
  return lists[kind]?.find((one) => one.id === id) as Words | undefined;
}

/** The touchpoint that an element is or leads to. */
export function touchpointOf(plan: Plan | undefined, name: string | undefined): string | undefined {
  if (!name) return undefined;
  if (name.startsWith('touchpoint:')) return name.slice('touchpoint:'.length);
  if (!name.startsWith('step:') && !name.startsWith('card:')) return undefined;
  return (elementOf(plan, name)?.touchpoint as string | null | undefined) ?? undefined;
}

export function labelOf(plan: Plan | undefined, name: string | undefined): string {
  const one = elementOf(plan, name);
  const own = String(one?.name || one?.words || '');
  if (own || !one) return own.split('\n')[0].slice(0, 80);
  return labelOf(plan, `touchpoint:${String(one.touchpoint ?? '')}`);
}

export const stagesOn = (plan: Plan | undefined, journey: string) => [...(plan?.journeys?.find((one) => one.id === journey)?.stages ?? [])].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
