/** The language of segments: clauses joined by `;`, all of which must hold. */
export interface Clause { kind: string; name: string; value: string }

export const KINDS: { kind: string; says: string; valued: boolean; hint: string }[] = [
  { kind: 'did', says: 'did', valued: false, hint: 'an event' },
  { kind: 'not did', says: 'did not do', valued: false, hint: 'an event' },
  { kind: 'reached', says: 'reached', valued: false, hint: 'a touchpoint' },
  { kind: 'promise', says: 'promise was', valued: true, hint: 'a promise' },
  { kind: 'trait', says: 'trait is', valued: true, hint: 'name of the trait, such as state' },
  { kind: 'text', says: 'property is', valued: true, hint: 'name of the property, such as status' },
  { kind: 'channel', says: 'used channel', valued: false, hint: 'a channel' },
  { kind: 'source', says: 'seen in source', valued: false, hint: 'a source' },
];

export function parse(text: string): Clause[] {
  return text.split(';').map((part) => part.trim()).filter(Boolean).map((part) => {
    const colon = part.indexOf(':');
    const kind = colon < 0 ? 'did' : part.slice(0, colon).trim();
    const rest = colon < 0 ? part : part.slice(colon + 1).trim();
    const equals = KINDS.find((one) => one.kind === kind)?.valued === false ? -1 : rest.indexOf('=');
    return { kind, name: equals < 0 ? rest : rest.slice(0, equals), value: equals < 0 ? '' : rest.slice(equals + 1) };
  });
}

export function spell(clauses: Clause[]): string {
  return clauses
    .filter((one) => one.name.trim() && (one.value.trim() || !KINDS.find((k) => k.kind === one.kind)?.valued))
    .map((one) => `${one.kind}:${one.name.trim()}${one.value ? `=${one.value.trim()}` : ''}`)
    .join(';');
}

export const say = (text: string): string =>
  parse(text).map((one) => `${KINDS.find((k) => k.kind === one.kind)?.says ?? one.kind} ${one.name}${one.value ? ` = ${one.value.replaceAll('|', ' or ')}` : ''}`).join(', ');
