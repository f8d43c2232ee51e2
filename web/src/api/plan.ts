/** A plan as the server keeps it: mirrors `plan/elements.py`. Absent fields mean their defaults. */
export type Scalar = string | number | boolean;
export interface Range { at_least?: number | null; below?: number | null }
export interface EventRule { event: string; channel?: string | null; source?: string | null; where?: Record<string, Scalar | Scalar[] | Range> }
interface Named { id: string; name: string; order?: number }

export interface Brand { name: string; zone?: string; currency?: string; simulated?: boolean; about?: string }
export interface Strategy { target_groups?: string; position?: string; offering?: string; message?: string; how?: string; channels?: string }
export interface Message { id: string; words: string; order?: number; retired?: boolean }
export interface StoryPlan { vision?: string; mission?: string; purpose?: string; promise?: string; messages?: Message[] }
export interface Team extends Named { lead?: string; partner?: boolean }
export interface Persona extends Named { words?: string; needs?: string; sources?: string[]; segment?: string | null }
export interface Touchpoint extends Named {
  kind?: string; medium?: string; words?: string; owner?: string | null; responsible?: string[]; consulted?: string[];
  informed?: string[]; rule?: EventRule[]; frontstage?: string; backstage?: string; systems?: string[];
}
export interface Moment {
  id: string; words: string; order?: number; stage: string; need?: string; context?: string; emotion?: string; persona?: string | null;
  outcome?: string | null; touchpoints?: string[];
}
export interface Promise_ extends Named {
  words?: string; touchpoint: string; owner?: string | null; per?: string; target: number;
  by?: { event: EventRule; limit: string } | null;
  within?: { start: EventRule; to: EventRule; time: string } | null;
  score?: { event: EventRule; property: string; at_least: number } | null;
}
export interface Step { id: string; order?: number; touchpoint?: string | null; one_of?: string[]; optional?: boolean; repeats?: boolean; within?: string | null }
export interface Stage extends Named {
  side: 'buyer' | 'customer'; words?: string; steps?: Step[]; any_order?: boolean; repeats?: boolean; opens?: string | null;
  desired?: number | null; think?: string; do?: string; message?: string | null;
}
export interface Journey extends Named {
  subject?: string; personas?: string[]; starts?: EventRule[]; ends?: EventRule[]; gap?: string | null;
  unclaimed?: 'unplanned' | 'ignored'; repeats?: boolean; stages?: Stage[];
}
export interface Plan {
  format?: 1; brand: Brand; strategy?: Strategy; story?: StoryPlan; teams?: Team[]; personas?: Persona[]; identifiers?: Named[];
  touchpoints?: Touchpoint[]; questions?: unknown[]; outcomes?: (Named & { words: string })[]; moments?: Moment[];
  experiences?: unknown[]; promises?: Promise_[]; journeys?: Journey[];
}
export interface DraftDocument { plan: Plan; base: number; revision: number; author?: string; saved_at?: string | null }
export interface VersionLine {
  number: number; parent: number | null; author: string; at: string; hash: string; in_force_from: string | null; note: string;
}
export interface Change { kind: string; path: string; words: string }

/** In the order people gave. */
export const inOrder = <T extends { order?: number }>(all: readonly T[] | undefined): T[] =>
  (all ?? []).map((one, n) => [one, n] as const).sort(([a, i], [b, j]) => (a.order ?? 0) - (b.order ?? 0) || i - j).map(([one]) => one);

/** The list with one element moved by a step, orders written anew. */
export function moved<T extends { id: string; order?: number }>(all: readonly T[] | undefined, id: string, to: number): T[] {
  const list = inOrder(all);
  const from = list.findIndex((one) => one.id === id);
  if (from < 0 || to < 0 || to >= list.length) return list;
  list.splice(to, 0, ...list.splice(from, 1));
  return list.map((one, order) => ({ ...one, order }));
}
