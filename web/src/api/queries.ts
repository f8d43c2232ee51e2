import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useSight, useWorkspace } from '../address';
import { get, query, type Params } from './client';
import type { Cockpit, Customers, Held, Receipt, Seen, Sheet, SourceLine, Status, Story, Summary, Transitions, Variants } from './nouns';

function useGet<T>(path: string, enabled = true): UseQueryResult<T> {
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => get<T>(path, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export const useStatus = () => useGet<Status>('/status');

/** Reads below one workspace. */
function useRoom<T>(path: string, params: Params = {}, enabled = true): UseQueryResult<T> {
  const w = useWorkspace();
  return useGet<T>(`/w/${encodeURIComponent(w)}${path}${query(params)}`, enabled && Boolean(w));
}

export const useSummary = () => useRoom<Summary>('/summary');
export const useSeen = (enabled = true) => useRoom<Seen[]>('/map/seen', {}, enabled);
export const useHeld = () => useRoom<Held[]>('/identify/held');
export const useSources = () => useRoom<SourceLine[]>('/collect/sources');
export const useReceipts = () => useRoom<Receipt[]>('/collect/imports');

export function useCockpit(enabled: boolean) {
  return useRoom<Cockpit>('/measure/cockpit', { ...useSight() }, enabled);
}
export function useSheet(enabled = true) {
  return useRoom<Sheet>('/map/sheet', { ...useSight() }, enabled);
}
export function useVariants(level: string, subject: string, top: number) {
  return useRoom<Variants>('/trace/variants', { ...useSight(), level, subject, top });
}
export function useTransitions(level: string, subject: string) {
  return useRoom<Transitions>('/trace/transitions', { ...useSight(), level, subject });
}
export function useCustomers(filter: Params, page: number) {
  return useRoom<Customers>('/trace/customers', { ...useSight(), ...filter, page });
}
export function useStory(id: string) {
  return useRoom<Story>(`/trace/customers/${encodeURIComponent(id)}`, { journey: useSight().journey });
}
