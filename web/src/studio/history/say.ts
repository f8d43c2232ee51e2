import type { Mark } from './compare';

/** The signs that stand for what became of something, beside their colour. */
export const SIGNS: Record<Mark, string> = { added: '+', removed: '−', changed: '≠', moved: '→' };

const KINDS: Record<string, string> = {
  journey: 'journey', stage: 'stage', step: 'step', lane: 'lane', moment: 'moment', experience: 'experience', card: 'card', touchpoint: 'touchpoint', promise: 'promise',
  insight: 'insight', persona: 'persona', team: 'team', message: 'message', outcome: 'outcome', question: 'question', role: 'figure’s event', metric: 'target', tower: 'tower', box: 'box', brand: 'brand', strategy: 'strategy', story: 'story', identifier: 'identifier',
};
export const saysKind = (kind: string): string => KINDS[kind] ?? kind;

const FIELDS: Record<string, string> = {
  name: 'name', words: 'words', owner: 'owner', frontstage: 'frontstage', backstage: 'backstage', systems: 'systems', rule: 'events bound', medium: 'medium', kind: 'kind', touchpoint: 'touchpoint', one_of: 'one of several',
  touchpoints: 'touchpoints', optional: 'optional', repeats: 'may come again', within: 'late after', state: 'as it is or should be', side: 'side', desired: 'intended emotion', wanted: 'wanted emotion', wanted_n: 'how many said so', wanted_source: 'who said so',
  think: 'what they think', feel: 'what they feel', do: 'what they do', message: 'message', opens: 'opens into', any_order: 'any order', phase: 'phase', arc: 'place in the story', need: 'need', context: 'situation', wants: 'outcome wanted', emotion: 'emotion',
  persona: 'persona', personas: 'personas', outcome: 'outcome', gives: 'what the customer gets', purpose: 'purpose', target: 'target', by: 'kept by a date', score: 'kept by a score', per: 'judged per', picture: 'picture', insight: 'insight', metric: 'figure', lane: 'lane',
  hidden: 'hidden', subject: 'subject', starts: 'begins with', ends: 'ends after', gap: 'pause that ends it', unclaimed: 'unclaimed events', responsible: 'responsible', consulted: 'consulted', informed: 'informed', purposes: 'purposes', begun_by: 'who begins it', meets: 'whom it meets',
};
export const saysFieldName = (field: string): string => FIELDS[field] ?? field.replaceAll('_', ' ');

const LONGEST = 60;
const short = (value: string): string => (value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value);

/** What became of a field, in words: short values are said, long ones only named. */
export function saysField(_kind: string, field: string, was: unknown, is: unknown): string {
  const name = saysFieldName(field);
  if (typeof is === 'boolean' || typeof was === 'boolean') return `${name}: ${is ? 'yes' : 'no'}`;
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
  if (text(was) && text(is) && text(was).length <= LONGEST && text(is).length <= LONGEST) return `${name}: “${text(was)}” became “${text(is)}”`;
  if (text(is) && !text(was)) return `${name}: “${short(text(is))}”`;
  if (text(was) && !text(is) && (is === null || is === undefined || is === '')) return `${name} emptied`;
  return name;
}
