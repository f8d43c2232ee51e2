/** A source file as data: mirrors `collect/source.py`; what a table's columns mean. */
export interface Time { column: string; format?: string | null; zone?: string | null }
export type PropertyType = 'text' | 'number' | 'flag' | 'date' | 'time' | 'money';
export interface Property { column: string; type?: PropertyType; format?: string | null; currency?: string | null; currency_column?: string | null }
export type Properties = Record<string, string | Property>;
export interface EventMap {
  event?: string | null; event_column?: string | null; time: string | Time; rank?: number; channel?: string | null; channel_column?: string | null;
  properties?: Properties; when?: Record<string, string | string[]>; blank_time?: 'skip' | 'refuse' | null;
}
export interface TraitMap { of: string; at?: string | Time | null; properties: Properties }
export interface FigureMap { on: string | Time; name: string; value: string; unit?: string | null; touchpoint?: string | null; touchpoint_column?: string | null; channel?: string | null; channel_column?: string | null }
export interface ObservationMap { at: string | Time; touchpoint?: string | null; touchpoint_column?: string | null; observer?: string | null; score?: string | null; note?: string | null; photo?: string | null }
export interface Options { encoding?: string | null; delimiter?: string | null; sheet?: string | null; header_line?: number; decimal?: '.' | ',' }
export interface Source {
  source: string; about?: string; format: string; options?: Options; zone?: string | null; key?: string[]; people?: Record<string, string>;
  objects?: Record<string, string>; events?: EventMap[]; links?: [string, string][]; traits?: TraitMap[]; figures?: FigureMap[]; observations?: ObservationMap[];
}
export interface ColumnGuess {
  name: string; samples: string[]; looks_like: string; format?: string | null; note?: string; distinct?: number; blank_rate?: number; unique?: boolean;
}
export interface Guess {
  file: string; name: string; size: number; format: string; guess: Source; columns: ColumnGuess[]; sheets: string[]; notes?: string[];
}
export interface PreviewEvent { event: string; at: string; channel: string | null; people: Record<string, string>; objects: Record<string, string>; properties: Record<string, unknown> }
export interface Preview {
  rows: { line: number; events: PreviewEvent[]; refused: { reason: string; detail: string; event?: string | null }[]; others?: Record<string, number> }[];
  would: { read: number; accepted: number; refused: Record<string, number>; others?: Record<string, number> };
  caveats?: string[]; yaml: string;
}

export const columnOf = (time: string | Time | null | undefined): string => (typeof time === 'string' ? time : (time?.column ?? ''));
export const timeOf = (time: string | Time | null | undefined): Time => (typeof time === 'string' ? { column: time } : (time ?? { column: '' }));
export const propertyOf = (one: string | Property): Property => (typeof one === 'string' ? { column: one, type: 'text' } : one);

/** Small letters, digits, underscores: what a kind or property may be called. */
export function kindOf(text: string): string {
  const kind = text.normalize('NFKD').replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 60);
  return kind || 'value';
}

export const TYPES: Record<string, PropertyType> = { number: 'number', money: 'number', flag: 'flag', date: 'date', time: 'time' };

/** A column as the property it most likely is. */
export function asProperty(column: ColumnGuess): Property {
  const type = TYPES[column.looks_like] ?? 'text';
  return type === 'text' ? { column: column.name, type } : { column: column.name, type, format: (type === 'date' || type === 'time') ? (column.format ?? null) : null };
}

export const FORMATS = [
  { value: 'iso', label: 'ISO (2026-02-08 20:16)' }, { value: '%d/%m/%Y', label: '31/12/2026' }, { value: '%d.%m.%Y', label: '31.12.2026' },
  { value: '%m/%d/%Y', label: '12/31/2026' }, { value: '%d/%m/%Y %H:%M', label: '31/12/2026 20:16' }, { value: '%d.%m.%Y %H:%M', label: '31.12.2026 20:16' },
  { value: '%m/%d/%Y %H:%M', label: '12/31/2026 20:16' }, { value: '%Y%m%d', label: '20261231' }, { value: 'epoch_s', label: 'seconds since 1970' },
  { value: 'epoch_ms', label: 'milliseconds since 1970' }, { value: 'epoch_us', label: 'microseconds since 1970' },
];
