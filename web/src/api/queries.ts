import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useSight, useWorkspace } from '../address';
import { get, query, type Params } from './client';
import type { Cockpit, Customers, Held, Plan, Receipt, Seen, SegmentCheck, Sheet, SourceLine, Status, Story, Summary, Transitions, Variants } from './nouns';

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
export const useSeen = (enabled = true, version = '') => useRoom<Seen[]>('/map/seen', { version }, enabled);
export const useSegmentSize = (rule: string) => useRoom<SegmentCheck>('/map/segment', { rule }, Boolean(rule));
export const useHeld = () => useRoom<Held[]>('/identify/held');
export const useSources = () => useRoom<SourceLine[]>('/collect/sources');
export const useReceipts = () => useRoom<Receipt[]>('/collect/imports');

export function useCockpit(enabled: boolean) {
  return useRoom<Cockpit>('/measure/cockpit', { ...useSight() }, enabled);
}
export function useSheet(enabled = true, version = '') {
  return useRoom<Sheet>('/map/sheet', { ...useSight(), version }, enabled);
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

/** The published plan that the figures rest on; a version never changes. */
export function usePublished() {
  const number = useSummary().data?.plan_version ?? 0;
  const w = useWorkspace();
  return useQuery({ queryKey: ['plan', w, number], queryFn: ({ signal }) => get<Plan>(`/w/${encodeURIComponent(w)}/plan/versions/${number}`, signal), enabled: number > 0, staleTime: Infinity });
}

/** Teams by their id: the figures carry ids, people read names. */
export function useTeams(): (id: string | null) => string | null {
  const teams = usePublished().data?.teams;
  return (id) => (id ? (teams?.find((one) => one.id === id)?.name ?? id) : null);
}
