import { keepPreviousData, useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useWorkspace } from '../../address';
import { call, query, type Params } from '../../api/client';
import type { Speaker } from '../../api/nouns';

const KEY = 'desirelines-session';
let kept = '';

const drawn = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, '0')).join('');

/** This browser's secret, by which people who share a door are told apart; where nothing can be kept, until the page is left. */
function session(): string {
  if (kept) return kept;
  try {
    kept = localStorage.getItem(KEY) ?? '';
    if (!kept) localStorage.setItem(KEY, (kept = drawn()));
  } catch {
    kept ||= drawn();
  }
  return kept;
}

/** On a guest's page one speaks as the guest, also where one is signed in. */
const asGuest = (path: string): string => (window.location.pathname.startsWith('/g/') ? `${path}${path.includes('?') ? '&' : '?'}guest` : path);

const ask = <T>(w: string, method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> =>
  call<T>(method, `/w/${encodeURIComponent(w)}/studio${asGuest(path)}`, body, signal, { 'desirelines-session': session() });

/** Reads what people said; looks again by itself after `every` seconds. */
export function useTalk<T>(path: string, params: Params = {}, every = 20, enabled = true): UseQueryResult<T> {
  const w = useWorkspace();
  const address = `${path}${query(params)}`;
  return useQuery({
    queryKey: ['talk', w, address],
    queryFn: ({ signal }) => ask<T>(w, 'GET', address, undefined, signal),
    placeholderData: keepPreviousData,
    refetchInterval: every * 1000,
    enabled: enabled && Boolean(w),
  });
}

export interface Deed { method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: unknown }

/** Says or does something; what was read is read again. `take`: the address whose answer this is, put in its place at once. */
export function useSay<T = unknown>(take?: string): UseMutationResult<T, Error, Deed> {
  const w = useWorkspace();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: Deed) => ask<T>(w, method, path, body),
    onSuccess: (found) => {
      if (take) cache.setQueryData(['talk', w, take], found);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['talk', w], predicate: (one) => one.queryKey[2] !== take || !take }),
  });
}

/** Reads everything that people said again. */
export function useAgain(): () => void {
  const w = useWorkspace();
  const cache = useQueryClient();
  return () => void cache.invalidateQueries({ queryKey: ['talk', w] });
}

export const useMe = (): Speaker | undefined => useTalk<Speaker>('/me', {}, 300).data;
