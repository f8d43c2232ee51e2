import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSight, useWorkspace } from '../../address';
import { get, query } from '../../api/client';
import type { GradedMap, MapCell, Plan } from '../../api/nouns';
import { useDraft } from '../../plan/draft';

/** Drafts are numbered as they are seen, so that all who ask about the same one ask once. */
const numbers = new WeakMap<Plan, number>();
let drafts = 0;
function numberOf(plan: Plan): number {
  const known = numbers.get(plan);
  if (known !== undefined) return known;
  drafts += 1;
  numbers.set(plan, drafts);
  return drafts;
}

export interface Known { graded: GradedMap | undefined; of: (element: string) => MapCell | undefined; error: unknown; retry: () => void }

/** How well each cell of a map is known, and what to find out next; asked again a moment after the draft has changed. */
export function useEvidence(journey: string): Known {
  const w = encodeURIComponent(useWorkspace());
  const { first_on, last_on, segment } = useSight();
  const { plan } = useDraft();
  const [seen] = useDebouncedValue(plan, 1500);
  const path = `/w/${w}/studio/evidence${query({ journey, first_on, last_on, segment })}`;
  const found = useQuery({
    queryKey: ['evidence', path, seen ? numberOf(seen) : 0], queryFn: ({ signal }) => get<GradedMap>(path, signal), placeholderData: keepPreviousData, enabled: Boolean(seen && journey), staleTime: 60_000,
  });
  const cells = useMemo(() => new Map((found.data?.cells ?? []).map((one) => [one.element, one])), [found.data]);
  return { graded: found.data, of: (element) => cells.get(element), error: found.error, retry: () => void found.refetch() };
}
