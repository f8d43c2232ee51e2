import { inOrder } from '../../api/order';
import type { Plan } from '../../api/nouns';
import { HOUSE, lanesOf, takesCards } from '../board/lanes';

type Option = { value: string; label: string };
const byName = (all: readonly { id: string; name: string; order?: number }[] | undefined): Option[] => inOrder(all).map((one) => ({ value: one.id, label: one.name }));
const byWords = (all: readonly { id: string; words: string; order?: number }[] | undefined): Option[] => inOrder(all).map((one) => ({ value: one.id, label: one.words }));

/** What the fields of a plan may point to, as choices. */
export const teams = (plan: Plan): Option[] => byName(plan.teams);
export const touchpoints = (plan: Plan): Option[] => byName(plan.touchpoints);
export const personas = (plan: Plan): Option[] => byName(plan.personas);
export const outcomes = (plan: Plan): Option[] => byWords(plan.outcomes);
export const insights = (plan: Plan): Option[] => byWords(plan.insights);
export const messages = (plan: Plan, kept?: string | null): Option[] => byWords((plan.story?.messages ?? []).filter((one) => !one.retired || one.id === kept));
export const micros = (plan: Plan, journey: string): Option[] => byName((plan.journeys ?? []).filter((one) => one.id !== journey));
export const stages = (plan: Plan, journey: string): Option[] => byName(plan.journeys?.find((one) => one.id === journey)?.stages);

/** The lanes of a map that take cards. */
export function lanes(plan: Plan, journey: string): Option[] {
  const own = plan.journeys?.find((one) => one.id === journey);
  if (!own) return HOUSE.filter((one) => one.cards).map((one) => ({ value: one.id, label: one.name }));
  const filled = new Set((plan.cards ?? []).filter((card) => own.stages?.some((stage) => stage.id === card.stage)).map((card) => card.lane ?? 'notes'));
  return lanesOf(own, filled).filter((one) => takesCards(one.id)).map((one) => ({ value: one.id, label: one.name }));
}
