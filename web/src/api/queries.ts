import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useSight, useWorkspace } from '../address';
import { useWalk } from '../journeys/walk';
import { get, query, type Params } from './client';
import type { Cockpit, Customers, Findings, Held, MetricPage, Metrics, Plan, Receipt, SavedSegment, Seen, SegmentCheck, Sheet, SourceLine, Status, Story, Summary, TrialLift, VersionLine } from './nouns';

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
export function useRoom<T>(path: string, params: Params = {}, enabled = true): UseQueryResult<T> {
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
/** What the whys add to the cockpit; it takes longer than the cockpit itself. */
export function useFindings(enabled: boolean) {
  return useRoom<Findings>('/explain/findings', { ...useSight() }, enabled);
}
/** What the base is worth, and who is credited. */
export function useAccounts<T>(question: 'value' | 'credit', ask: Params) {
  return useRoom<T>(`/measure/${question}`, { ...useSight(), ...ask });
}
/** Beside credit: what experiments brought towards the same goal. */
export const useLifts = (ask: Params) => useRoom<TrialLift[]>('/explain/lift', { ...useSight(), ...ask });
export function useMetrics(enabled: boolean) {
  return useRoom<Metrics>('/measure/metrics', { ...useSight() }, enabled);
}
export function useMetric(id: string, ask: Params) {
  return useRoom<MetricPage>(`/measure/metrics/${encodeURIComponent(id)}`, { ...useSight(), ...ask });
}
export function useSheet(enabled = true, version = '') {
  const sight = useSight();
  return useRoom<Sheet>('/map/sheet', { ...sight, version: version || sight.version }, enabled);
}
/** A question about journeys: the sight, the walk and its own fields; `of` puts something else in the sight's place, as one side of a comparison does. */
export function useAsk<T>(question: string, ask: Params = {}, of: Params = {}, enabled = true): UseQueryResult<T> {
  return useRoom<T>(`/trace/${question}`, { ...useSight(), ...useWalk(), ...of, ...ask }, enabled);
}
export const useVersions = (enabled = true) => useRoom<VersionLine[]>('/plan/versions', {}, enabled);
export const useSavedSegments = () => useRoom<SavedSegment[]>('/map/segments');
export function useCustomers(filter: Params, page: number) {
  return useRoom<Customers>('/trace/customers', { ...useSight(), ...filter, page });
}
export function useStory(id: string) {
  return useRoom<Story>(`/trace/customers/${encodeURIComponent(id)}`, { journey: useSight().journey, version: useSight().version });
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
