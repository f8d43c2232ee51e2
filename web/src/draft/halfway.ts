import type { Field } from './shape';

/** What a person wrote that is not whole yet (a rule without an event, a name just emptied): kept on this page, over what the document holds. */
interface Half { raw: unknown; over: string }

type Loose = Record<string, unknown>;
const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNone = (value: unknown): boolean => value === null || value === undefined;

/** The same spelling for the same value: keys sorted, nothing undefined. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value).filter((key) => value[key] !== undefined).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

/** The fields of nested nouns whose rules and texts must be there. */
const RULES = ['event', 'start', 'to'];
const TEXTS = ['limit', 'time', 'property'];

function isTest(value: unknown): boolean {
  return Array.isArray(value) ? value.every((one) => !isObject(one) && !Array.isArray(one)) : isObject(value) ? Object.values(value).every((one) => isNone(one) || typeof one === 'number') : !isNone(value);
}

function isRule(value: unknown): value is Loose & { event: string } {
  return isObject(value) && isText(value.event) && [value.channel, value.source].every((one) => isNone(one) || isText(one))
    && (isNone(value.where) || (isObject(value.where) && Object.values(value.where).every(isTest)));
}

/** A nested value that pages can read without stumbling. */
export function readable(value: unknown, field: Field): unknown {
  if (Array.isArray(field.default)) return Array.isArray(value) ? value.filter(isRule) : undefined;
  if (!isObject(value)) return undefined;
  if (isText(value.event)) return isRule(value) ? value : undefined;
  const sound = RULES.every((key) => !(key in value) || isRule(value[key])) && TEXTS.every((key) => !(key in value) || isText(value[key]));
  return sound ? value : undefined;
}

const hasEvent = (rule: unknown): boolean => isRule(rule) && rule.event.trim() !== '';

function mended(rule: Loose): Loose {
  const where = Object.entries((rule.where ?? {}) as Loose).filter(([name, test]) => name.trim() && !(isObject(test) && isNone(test.at_least) && isNone(test.below)));
  return { ...rule, where: Object.fromEntries(where) };
}

/** What of a value others may have: whole rules, no emptied name. `undefined`: leave what is there. */
export function whole(raw: unknown, field: Field): unknown {
  if (field.kind === 'json') {
    if (Array.isArray(raw)) return raw.filter(hasEvent).map((rule) => mended(rule as Loose));
    if (!isObject(raw)) return field.required ? undefined : null;
    if (isText(raw.event)) return hasEvent(raw) ? mended(raw) : undefined;
    const rules = RULES.filter((key) => key in raw);
    if (!rules.every((key) => hasEvent(raw[key]))) return null;
    return { ...raw, ...Object.fromEntries(rules.map((key) => [key, mended(raw[key] as Loose)])) };
  }
  if (field.of !== 'text' || (isText(raw) && raw.trim())) return raw;
  if (field.required) return undefined;
  return field.kind === 'value' && isText(field.default) && field.default ? field.default : raw;
}

export class Halfway {
  private readonly kept = new Map<string, Half>();

  /** Keeps what was written; `over`: what the document holds meanwhile. */
  keep(key: string, raw: unknown, over: unknown): void { this.kept.set(key, { raw, over: canonical(over ?? null) }); }

  drop(key: string): void { this.kept.delete(key); }

  /** What to show: the half-written as long as nobody changed what it stands over. */
  over(key: string, stored: unknown): unknown {
    const half = this.kept.get(key);
    if (!half) return stored;
    if (half.over === canonical(stored ?? null)) return half.raw;
    this.kept.delete(key);
    return stored;
  }

  get any(): boolean { return this.kept.size > 0; }
}
