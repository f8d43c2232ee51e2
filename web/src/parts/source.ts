import { useSummary } from '../api/queries';
import type { Period } from '../api/nouns';
import { period } from '../words';

/** Whose data, of which time, against which plan: what stands under a picture. */
export function useSource(answer: { period?: Period; plan_version?: number; data_version?: number } | undefined): string {
  const summary = useSummary().data;
  if (!answer) return '';
  const brand = summary ? `${summary.brand}${summary.simulated ? ' (simulated)' : ''}` : '';
  const first = answer.period?.first_on ?? summary?.first_on;
  const last = answer.period?.last_on ?? summary?.last_on;
  return [brand, first || last ? period(first, last) : '', answer.plan_version === undefined ? '' : `plan ${answer.plan_version}, data ${answer.data_version ?? ''}`].filter(Boolean).join(', ');
}
