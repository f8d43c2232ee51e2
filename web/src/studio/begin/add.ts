import type { Begun, Card, Experience, Journey, Moment, Plan, PromisePlan, Touchpoint } from '../../api/nouns';
import { lastOrder } from '../../api/order';
import { newId } from '../../words';

/** What a beginning adds to the draft, under ids that two people never choose at once; answers the new journey's id. */
export function added(plan: Plan, { addition }: Begun): { plan: Plan; journey: string } {
  const ids = new Map<string, string>();
  const fresh = (kind: string, id: string, name: string): string => {
    const key = `${kind}:${id}`;
    if (!ids.has(key)) ids.set(key, newId(name));
    return ids.get(key)!;
  };
  const there = new Set((plan.touchpoints ?? []).map((one) => one.id));
  for (const one of addition.touchpoints) fresh('touchpoint', one.id, one.name);
  const touchpoint = (id: string): string => (there.has(id) ? id : ids.get(`touchpoint:${id}`) ?? id);
  const journey: Journey = {
    ...addition.journey,
    id: fresh('journey', addition.journey.id, addition.journey.name),
    order: lastOrder(plan.journeys ?? []),
    stages: (addition.journey.stages ?? []).map((stage) => ({
      ...stage, id: fresh('stage', stage.id, stage.name),
      steps: (stage.steps ?? []).map((step) => ({ ...step, id: newId(`s ${step.touchpoint ?? stage.name}`), touchpoint: step.touchpoint ? touchpoint(step.touchpoint) : null, one_of: (step.one_of ?? []).map(touchpoint) })),
    })),
  };
  const stage = (id: string): string => ids.get(`stage:${id}`) ?? id;
  const moments = addition.moments.map((one: Moment): Moment => ({ ...one, id: fresh('moment', one.id, one.id), stage: stage(one.stage), touchpoints: (one.touchpoints ?? []).map(touchpoint) }));
  const experiences = addition.experiences.map((one: Experience): Experience => ({ ...one, id: newId(one.name), moment: ids.get(`moment:${one.moment}`) ?? one.moment, touchpoints: (one.touchpoints ?? []).map(touchpoint) }));
  const promises = addition.promises.map((one: PromisePlan): PromisePlan => ({ ...one, id: newId(one.name), touchpoint: touchpoint(one.touchpoint) }));
  const cards = addition.cards.map((one: Card): Card => ({ ...one, id: newId(one.words ?? one.id), stage: stage(one.stage) }));
  const touchpoints = addition.touchpoints.map((one: Touchpoint): Touchpoint => ({ ...one, id: ids.get(`touchpoint:${one.id}`)! }));
  return {
    journey: journey.id,
    plan: {
      ...plan,
      touchpoints: [...(plan.touchpoints ?? []), ...touchpoints], journeys: [...(plan.journeys ?? []), journey],
      moments: [...(plan.moments ?? []), ...moments], experiences: [...(plan.experiences ?? []), ...experiences],
      promises: [...(plan.promises ?? []), ...promises], cards: [...(plan.cards ?? []), ...cards],
    },
  };
}

/** An empty map with the two halves that every journey has. */
export function blank(plan: Plan, name: string): { plan: Plan; journey: string } {
  const id = newId(name);
  const stage = (title: string, side: 'buyer' | 'customer', order: number) => ({ id: newId(title), name: title, order, side });
  const stages = [stage('Notice', 'buyer', 10), stage('Buy', 'buyer', 20), stage('Receive', 'customer', 30), stage('Get help', 'customer', 40)];
  return { journey: id, plan: { ...plan, journeys: [...(plan.journeys ?? []), { id, name, order: lastOrder(plan.journeys ?? []), stages }] } };
}
