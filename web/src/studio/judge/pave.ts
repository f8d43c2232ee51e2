import { get } from '../../api/client';
import type { Paving, Plan, Stage } from '../../api/nouns';

/** What to change in the draft so that it draws this way. */
export const fetchPaving = (w: string, journey: string, origin: string, target: string): Promise<Paving> =>
  get<Paving>(`/w/${w}/studio/paving?${new URLSearchParams({ journey, origin, target }).toString()}`);

/** The plan with the change in it: one stage's steps, new or changed; nothing else is touched. */
export function laid(plan: Plan, paving: Paving): Plan {
  if (!paving.stage) return plan;
  const into = (stage: Stage): Stage => {
    if (stage.id !== paving.stage) return stage;
    const new_ = new Map(paving.steps.map((step) => [step.id, step]));
    const old = stage.steps ?? [];
    const steps = [...old.map((step) => new_.get(step.id) ?? step), ...paving.steps.filter((step) => old.every((one) => one.id !== step.id))];
    return { ...stage, steps, repeats: Boolean(stage.repeats) || paving.repeats };
  };
  return { ...plan, journeys: (plan.journeys ?? []).map((one) => (one.id === paving.journey ? { ...one, stages: (one.stages ?? []).map(into) } : one)) };
}
