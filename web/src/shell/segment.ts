/** The language of segments: clauses joined by `;`, all of which must hold; `not` turns one round; `|` parts values. */
export interface Clause { kind: string; name: string; value: string }

export const KINDS: { kind: string; says: string; valued: boolean; hint: string }[] = [
  { kind: 'did', says: 'did', valued: false, hint: 'an event' },
  { kind: 'not did', says: 'did not do', valued: false, hint: 'an event' },
  { kind: 'reached', says: 'reached', valued: false, hint: 'a touchpoint' },
  { kind: 'not reached', says: 'did not reach', valued: false, hint: 'a touchpoint' },
  { kind: 'promise', says: 'promise was', valued: true, hint: 'a promise' },
  { kind: 'trait', says: 'trait is', valued: true, hint: 'a trait, such as state' },
  { kind: 'not trait', says: 'trait is not', valued: true, hint: 'a trait, such as state' },
  { kind: 'text', says: 'property is', valued: true, hint: 'a property, such as status' },
  { kind: 'channel', says: 'used channel', valued: false, hint: 'a channel' },
  { kind: 'not channel', says: 'never used channel', valued: false, hint: 'a channel' },
  { kind: 'source', says: 'seen in source', valued: false, hint: 'a source' },
  { kind: 'saved', says: 'is in segment', valued: false, hint: 'a saved segment' },
  { kind: 'not saved', says: 'is not in segment', valued: false, hint: 'a saved segment' },
  { kind: 'behind', says: 'is behind the mark', valued: false, hint: 'the address of a mark' },
];
const valued = (kind: string): boolean => KINDS.find((one) => one.kind === kind)?.valued ?? false;

/** Splits at a sign that stands outside quotes. */
function split(text: string, sign: string): string[] {
  const parts = [''];
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    if (letter === sign && !quoted) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

const bare = (text: string): string => split(text, '|').map((part) => part.replaceAll('"', '')).join('|');
const quoted = (text: string): string => text.split('|').map((part) => part.trim()).filter(Boolean).map((part) => (/[;=]/.test(part) ? `"${part.replaceAll('"', '')}"` : part)).join('|');

export function parse(text: string): Clause[] {
  return split(text, ';').filter(Boolean).map((part) => {
    const colon = part.indexOf(':');
    const kind = colon < 0 ? 'did' : part.slice(0, colon).trim().replace(/\s+/g, ' ');
    const rest = colon < 0 ? part : part.slice(colon + 1).trim();
    const [name, ...values] = valued(kind) ? split(rest, '=') : [rest];
    return { kind, name: bare(name), value: bare(values.join('=')) };
  });
}

export function spell(clauses: Clause[]): string {
  return clauses
    .filter((one) => one.name.trim() && (one.value.trim() || !valued(one.kind)))
    .map((one) => `${one.kind}:${quoted(one.name)}${valued(one.kind) ? `=${quoted(one.value)}` : ''}`)
    .join('; ');
}

/** A mark's address in a few words: which question, which mark. */
export function sayAddress(address: string): string {
  const [kind, own = ''] = address.split('?');
  return `${kind} ${new URLSearchParams(own).get('mark') ?? ''}`.trim();
}

export const say = (text: string): string =>
  parse(text).map((one) => one.kind.endsWith('behind') ? `${one.kind.startsWith('not') ? 'not ' : ''}behind ${sayAddress(one.name)}` : `${KINDS.find((k) => k.kind === one.kind)?.says ?? one.kind} ${one.name.replaceAll('|', ' or ')}${one.value ? ` = ${one.value.replaceAll('|', ' or ')}` : ''}`).join(', ');
