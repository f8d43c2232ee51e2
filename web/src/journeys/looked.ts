import { useSeen, useSheet, useSummary } from '../api/queries';
import { useSight } from '../address';
import { useWalk, type WalkSaid } from './walk';

export interface Look extends WalkSaid {
  level: string;
  subject: string;
  /** Names that a step can have at this level, as a list to choose from. */
  steps: { value: string; label: string }[];
}

/** The walk with what holds where the address says nothing. */
export function useLook(): Look {
  const walk = useWalk();
  const sight = useSight();
  const summary = useSummary().data;
  const journey = summary?.journeys.find((one) => one.id === sight.journey) ?? summary?.journeys[0];
  const level = walk.level || (summary && !summary.has_plan ? 'event' : 'touchpoint');
  return { ...walk, level, subject: walk.subject || journey?.subject || 'customer', steps: useSteps(level) };
}

function useSteps(level: string): { value: string; label: string }[] {
  const seen = useSeen().data ?? [];
  const sheet = useSheet().data;
  if (level === 'touchpoint') return (sheet?.touchpoints ?? []).map((one) => ({ value: one.id, label: one.name }));
  const names = { event: seen.map((one) => one.event), channel: seen.flatMap((one) => one.channels), source: seen.map((one) => one.source) }[level] ?? [];
  return [...new Set(names.filter(Boolean))].sort().map((one) => ({ value: one, label: one }));
}
