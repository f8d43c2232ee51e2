import type { DraftDocument, Plan } from '../src/api/nouns';
import { sheet } from './brand';

let kept: DraftDocument | undefined;
export const setDraft = (next: DraftDocument): void => { kept = next; };

export function draft(w: string): DraftDocument {
  if (kept) return kept;
  if (w === 'blank') return { base: 0, revision: 0, author: '', saved_at: null, plan: { format: 1, brand: { name: 'Blank', zone: 'Europe/Oslo', currency: 'NOK' } } };
  const source = sheet('halden');
  const plan: Plan = {
    format: 1, brand: { name: 'Halden Home', zone: 'Europe/Oslo', currency: 'NOK', simulated: true },
    strategy: { target_groups: 'People in their first flat', position: 'The one who stays until it stands' },
    story: { promise: 'You are home on the day you planned', messages: [{ id: 'm1', words: 'We stay until it stands' }] },
    teams: ['Marketing', 'E-commerce', 'Stores', 'Logistics', 'Service'].map((name, order) => ({ id: name.toLowerCase(), name, order, lead: order ? '' : 'Anna K.' })),
    personas: [{ id: 'first-flat', name: 'First flat', words: 'Twenty-four, first keys', needs: 'Someone who says it fits', segment: 'trait:age=18|25' }],
    touchpoints: source.touchpoints.map((one, order) => ({ id: one.id, name: one.name, order, kind: one.kind as 'digital', medium: one.medium as 'screen', owner: one.owner?.toLowerCase() ?? null, rule: one.events ? [{ event: one.name }] : [] })),
    moments: source.moments.map((one, order) => ({ id: one.id, words: one.words, stage: one.stage, order, touchpoints: one.touchpoints })),
    promises: [
      { id: 'day', name: 'On the day', words: 'We come on the day we named', touchpoint: 'van', owner: 'logistics', per: 'order', target: 0.95, by: { event: { event: 'Parcel Delivered' }, limit: 'date_promised' } },
      { id: 'once', name: 'Told once', touchpoint: 'service', target: 0.8, within: { start: { event: 'Call Ended' }, to: { event: 'Case Closed' }, time: '2d' } },
      { id: 'stars', name: 'Four stars', touchpoint: 'review', target: 0.8, score: { event: { event: 'Review Written' }, property: 'number_stars', at_least: 4 } },
    ],
    journeys: [{ id: 'first-home', name: 'A first home', subject: 'customer', stages: source.stages.map((one, order) => ({ id: one.id, name: one.name, order, side: one.side, desired: one.desired, steps: source.touchpoints.filter((tp) => tp.stages.includes(one.id)).map((tp, n) => ({ id: `s-${tp.id}`, order: n, touchpoint: tp.id, optional: n > 0 })) })) }],
  };
  return { base: 7, revision: 1, author: 'anna', saved_at: null, plan };
}
