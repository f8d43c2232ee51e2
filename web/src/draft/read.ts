import * as Y from 'yjs';
import { readable, type Halfway } from './halfway';
import type { Element, Field, Root } from './shape';

const MISSING = Symbol('missing');

/** What a document holds in a field, or MISSING where it holds nothing that fits. Any shape may come: a document is written by others. */
function held(value: unknown, field: Field): unknown {
  if (value === undefined || value === null) return MISSING;
  switch (field.kind) {
    case 'prose': return value instanceof Y.Text ? value.toString() : typeof value === 'string' ? value : MISSING;
    case 'list': return value instanceof Y.Array ? names(value.toArray(), field) : Array.isArray(value) ? names(value, field) : MISSING;
    case 'json': return parsed(value, field);
    default: return plain(value, field);
  }
}

function names(all: unknown[], { choices }: Field): string[] {
  return [...new Set(all.filter((one): one is string => typeof one === 'string' && (!choices || choices.includes(one))))];
}

function parsed(value: unknown, field: Field): unknown {
  if (typeof value !== 'string') return MISSING;
  try {
    return readable(JSON.parse(value), field) ?? MISSING;
  } catch {
    return MISSING;
  }
}

function plain(value: unknown, { of, choices }: Field): unknown {
  switch (of) {
    case 'text': return typeof value === 'string' ? value : MISSING;
    case 'choice': return typeof value === 'string' && (!choices || choices.includes(value)) ? value : MISSING;
    case 'yes': return typeof value === 'boolean' ? value : MISSING;
    default: return typeof value === 'number' && Number.isFinite(value) ? value : MISSING;
  }
}

/** The stored value of a field, its default where nothing fits; `undefined` for a needed one that is not there. */
export function fieldOf(map: Y.Map<unknown>, name: string, field: Field): unknown {
  const value = held(map.get(name), field);
  if (value !== MISSING) return value;
  return field.required ? undefined : field.default;
}

/** The key of one field for what is half-written. */
export const keyOf = (document: string, root: string, id: string, field: string): string => `${document}\n${root}\n${id}\n${field}`;

/** An element with all its fields; null when a needed one is missing: the server sets it aside too. */
export function elementOf(map: unknown, id: string, root: Root, half: Halfway, key: (field: string) => string): Element | null {
  if (!(map instanceof Y.Map)) return null;
  const element: Element = { id };
  for (const [name, field] of Object.entries(root.fields)) {
    const stored = fieldOf(map, name, field);
    const value = half.any ? half.over(key(name), stored) : stored;
    if (value === undefined) return null;
    element[name] = value;
  }
  return element;
}
