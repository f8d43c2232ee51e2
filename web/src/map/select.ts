import type { Sheet } from '../api/nouns';

export type Kind = 'touchpoint' | 'stage' | 'promise' | 'way' | 'moment' | 'event' | 'seam';
export interface Selected { kind: Kind; id: string }

/** What the address selects: `touchpoint:van`, `way:a>b`, or a bare id that the sheet knows. */
export function selected(sheet: Sheet | undefined, text: string): Selected | null {
  if (!text || !sheet) return null;
  const found = /^(touchpoint|stage|promise|way|moment|event|seam):?(.*)$/s.exec(text);
  if (found && (text.includes(':') || text === 'seam')) return { kind: found[1] as Kind, id: found[2] };
  if (text.includes('>')) return { kind: 'way', id: text };
  if (sheet.touchpoints.some((one) => one.id === text)) return { kind: 'touchpoint', id: text };
  if (sheet.stages.some((one) => one.id === text)) return { kind: 'stage', id: text };
  if (sheet.promises.some((one) => one.id === text)) return { kind: 'promise', id: text };
  if (sheet.moments.some((one) => one.id === text)) return { kind: 'moment', id: text };
  return null;
}

/** Touchpoints that belong to what is selected: lit while the rest is dimmed. */
export function lit(sheet: Sheet, what: Selected | null): Set<string> | null {
  if (!what) return null;
  if (what.kind === 'way') return new Set(what.id.split('>'));
  if (what.kind === 'moment') return new Set(sheet.moments.find((one) => one.id === what.id)?.touchpoints ?? []);
  return null;
}
