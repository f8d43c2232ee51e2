import * as Y from 'yjs';
import { differing, differingText, sound } from './differ';
import { canonical, whole, type Halfway } from './halfway';
import { fieldOf } from './read';
import type { Field } from './shape';

function putText(map: Y.Map<unknown>, name: string, value: string): void {
  const text = map.get(name);
  if (!(text instanceof Y.Text)) { map.set(name, new Y.Text(value)); return; }
  const old = text.toString();
  if (old === value) return;
  const { at, gone, text: more } = differingText(old, value);
  if (gone) text.delete(at, gone);
  if (more) text.insert(at, more);
}

function putList(map: Y.Map<unknown>, name: string, value: string[]): void {
  const array = map.get(name);
  if (!(array instanceof Y.Array)) { map.set(name, Y.Array.from(value)); return; }
  const old = array.toArray() as unknown[];
  const { at, gone, end } = differing(old, value);
  if (gone) array.delete(at, gone);
  if (end > at) array.insert(at, value.slice(at, end));
}

function putPlain(map: Y.Map<unknown>, name: string, value: unknown): void {
  if (value === undefined || value === null) { if (map.has(name)) map.delete(name); } else if (map.get(name) !== value) map.set(name, value);
}

/** Writes one field; what is not whole yet stays on the page. Answers whether something stays there. */
export function putField(map: Y.Map<unknown>, name: string, field: Field, given: unknown, half: Halfway, key: string): boolean {
  const raw = typeof given === 'string' ? sound(given) : given;
  const value = whole(raw, field);
  const before = fieldOf(map, name, field);
  half.drop(key);
  if (value !== undefined) store(map, name, field, value, before);
  const after = value === undefined ? before : fieldOf(map, name, field);
  if (canonical(raw ?? field.default ?? null) === canonical(after ?? null)) return false;
  half.keep(key, raw, after);
  return true;
}

function store(map: Y.Map<unknown>, name: string, field: Field, value: unknown, before: unknown): void {
  if (field.kind === 'prose') putText(map, name, String(value ?? ''));
  else if (field.kind === 'list') putList(map, name, Array.isArray(value) ? [...new Set(value.map((one) => sound(String(one))))] : []);
  else if (field.kind === 'value') putPlain(map, name, value);
  else if (value === null || value === undefined) putPlain(map, name, null);
  else if (!map.has(name) || canonical(value) !== canonical(before ?? null)) map.set(name, canonical(value));
}

/** A new element: all texts and lists made at once, so that no two people make one twice. */
export function made(fields: Record<string, Field>, one: Record<string, unknown>): Y.Map<unknown> {
  const map = new Y.Map<unknown>();
  for (const [name, field] of Object.entries(fields)) {
    const value = whole(one[name], field) ?? null;
    if (field.kind === 'prose') map.set(name, new Y.Text(typeof value === 'string' ? sound(value) : ''));
    else if (field.kind === 'list') map.set(name, Y.Array.from(Array.isArray(value) ? [...new Set(value.map((one) => sound(String(one))))] : []));
    else if (value !== null) map.set(name, field.kind === 'json' ? canonical(value) : typeof value === 'string' ? sound(value) : value);
  }
  return map;
}
