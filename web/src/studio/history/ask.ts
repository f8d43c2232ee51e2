import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect } from 'react';
import { useWorkspace } from '../../address';
import { get, query } from '../../api/client';
import type { Age, History, Past } from '../../api/nouns';
import { useDraft, useNotice } from '../../draft';

/** A moment one can go back to: `u12`, `v3`, `nabc`; as the server asks for it. */
export function whenOf(when: string): { update?: number; version?: number; named?: string } {
  const rest = when.slice(1);
  return when.startsWith('v') ? { version: Number(rest) } : when.startsWith('n') ? { named: rest } : { update: Number(rest) };
}

export function useStudioPath(): string {
  return `/w/${encodeURIComponent(useWorkspace())}/studio`;
}

const QUIET_MS = 1500;

/** What happened, newest first; read again when somebody draws. */
export function useHistory(journey: string | undefined, size: number) {
  const path = useStudioPath();
  const cache = useQueryClient();
  const { plan, state } = useDraft();
  const [quiet] = useDebouncedValue(plan, QUIET_MS);
  const again = () => void cache.invalidateQueries({ queryKey: ['history', path] });
  useNotice(['history', 'confirmed', 'published'], again);
  useEffect(() => { if (quiet && state === 'saved') void cache.invalidateQueries({ queryKey: ['history', path] }); }, [quiet, state, cache, path]);
  return useQuery({ queryKey: ['history', path, 'rows', journey, size], queryFn: ({ signal }) => get<History>(`${path}/history${query({ journey, size })}`, signal), placeholderData: (old) => old });
}

export function useAges(journey: string) {
  const path = useStudioPath();
  return useQuery({ queryKey: ['history', path, 'ages', journey], queryFn: ({ signal }) => get<Age[]>(`${path}/stale${query({ journey })}`, signal) });
}

/** The plan as it was; empty: as it is now, which the draft says. */
export function usePast(when: string) {
  const path = useStudioPath();
  return useQuery({ queryKey: ['history', path, 'at', when], queryFn: ({ signal }) => get<Past>(`${path}/at${query(whenOf(when))}`, signal), enabled: Boolean(when), staleTime: Infinity });
}
