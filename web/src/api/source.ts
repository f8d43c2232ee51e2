import type { ColumnGuess, Property, PropertyType, Time } from './nouns';

/** Helpers for what a table's columns mean. */
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
