import type { Plan } from '../../api/nouns';
import { inOrder } from '../../api/order';
import type { Offer } from './context';
import { touchpointsOf } from './model';

/** What the plan already has that could stand in a lane, by reference. */
export function offersIn(plan: Plan, lane: string): Offer[] {
  if (lane === 'touchpoints') {
    const uses = new Map<string, number>();
    for (const journey of plan.journeys ?? []) for (const stage of journey.stages ?? []) for (const step of stage.steps ?? []) for (const id of touchpointsOf(step)) uses.set(id, (uses.get(id) ?? 0) + 1);
    return inOrder(plan.touchpoints).map((one) => ({ id: one.id, name: one.name, medium: one.medium ?? 'screen', hint: uses.get(one.id) ? `stands in ${uses.get(one.id)}` : 'on no map yet' }));
  }
  if (lane === 'insights') return inOrder(plan.insights).map((one) => ({ id: one.id, name: one.words, hint: one.source ?? '' }));
  if (lane === 'messages') return inOrder(plan.story?.messages).filter((one) => !one.retired).map((one) => ({ id: one.id, name: one.words, hint: 'said already' }));
  if (lane === 'owners') return inOrder(plan.teams).map((one) => ({ id: one.id, name: one.name, hint: one.partner ? 'partner' : 'team' }));
  if (lane === 'figures') return inOrder(plan.metrics).map((one) => ({ id: one.id, name: one.id.replaceAll('-', ' '), hint: one.target === null || one.target === undefined ? '' : `target ${one.target}` }));
  return [];
}
