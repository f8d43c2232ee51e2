import type { EventRule, Plan, Range } from '../api/nouns';

const whole = (rule: EventRule | undefined): boolean => Boolean(rule?.event.trim());

function mended(rule: EventRule): EventRule {
  const where = Object.entries(rule.where ?? {}).filter(([name, test]) => name.trim() && !(typeof test === 'object' && !Array.isArray(test) && (test as Range).at_least == null && (test as Range).below == null));
  return { ...rule, where: Object.fromEntries(where) };
}

const rules = (all: EventRule[] | undefined): EventRule[] => (all ?? []).filter(whole).map(mended);

/** What of the draft can be kept: rules without an event are still being written and stay on the page only. */
export function clean(plan: Plan): Plan {
  return {
    ...plan,
    touchpoints: plan.touchpoints?.map((one) => ({ ...one, rule: rules(one.rule) })),
    journeys: plan.journeys?.map((one) => ({ ...one, subject: one.subject?.trim() || 'customer', starts: rules(one.starts), ends: rules(one.ends) })),
    roles: plan.roles?.map((one) => ({ ...one, rule: rules(one.rule), object: one.object?.trim() ?? '' })).filter((one) => one.rule.length > 0 || one.figure),
    promises: plan.promises?.map((one) => ({
      ...one,
      per: one.per?.trim() || 'customer',
      by: one.by && whole(one.by.event) ? { ...one.by, event: mended(one.by.event) } : null,
      within: one.within && whole(one.within.start) && whole(one.within.to) ? { ...one.within, start: mended(one.within.start), to: mended(one.within.to) } : null,
      score: one.score && whole(one.score.event) ? { ...one.score, event: mended(one.score.event) } : null,
    })),
  };
}
