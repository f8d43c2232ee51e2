/** How numbers, times and shares are said. One place, so that two numbers on one screen agree. */
const whole = new Intl.NumberFormat('en-GB');

const money = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const count = (n: number): string => whole.format(n);

export function short(n: number): string {
  if (Math.abs(n) < 1000) return String(n);
  if (Math.abs(n) < 100_000) return `${(n / 1000).toFixed(1)}k`;
  if (Math.abs(n) < 1_000_000) return `${Math.round(n / 1000)}k`;
  return `${(n / 1_000_000).toFixed(1)}M`;
}

export function percent(share: number, digits?: number): string {
  const value = share * 100;
  const places = digits ?? ((value > 0 && value < 1) || (value > 99 && value < 100) ? 1 : 0);
  const text = value.toFixed(places);
  if (value < 100 && Number(text) === 100) return `>${(100 - 10 ** -Math.max(1, places)).toFixed(Math.max(1, places))} %`;
  if (value > 0 && Number(text) === 0) return `<${(10 ** -Math.max(1, places)).toFixed(Math.max(1, places))} %`;
  return `${text} %`;
}

const SHARES = ['share', 'rate', 'fitness'];
export const isShare = (unit: string): boolean => SHARES.includes(unit);
/** The brand's currency as a unit: `EUR`. */
export const isMoney = (unit: string): boolean => unit === 'money' || /^[A-Z]{3}$/.test(unit);

/** An interval in its unit; both ends with as many digits as tell them apart. */
export function between(low: number, high: number, unit: string): string {
  if (SHARES.includes(unit)) {
    const digits = (high - low) * 100 < 2 || low < 0.01 || high > 0.99 ? 1 : 0;
    return `[${(low * 100).toFixed(digits)}, ${(high * 100).toFixed(digits)} %]`;
  }
  return `[${value(low, unit)}, ${value(high, unit)}]`;
}

const STEPS: [number, string][] = [[86400 * 365.25, 'y'], [86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];

export function duration(seconds: number): string {
  const size = Math.abs(seconds);
  if (size >= 86400 * 730) return `${(seconds / STEPS[0][0]).toFixed(1)} y`;
  for (const [unit, name] of STEPS.slice(1)) {
    if (size >= unit) {
      const value = seconds / unit;
      return `${value < 10 && unit > 1 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} ${name}`;
    }
  }
  return size === 0 ? '0 s' : `${seconds.toFixed(1)} s`;
}

const style = { day: { day: 'numeric', month: 'short', year: 'numeric' }, clock: { hour: '2-digit', minute: '2-digit' } } as const;
const format = (kind: keyof typeof style, timeZone: string) => new Intl.DateTimeFormat('en-GB', { ...style[kind], timeZone });
const utcDay = format('day', 'UTC');
let here = { zone: 'UTC', day: utcDay, clock: format('clock', 'UTC') };

/** Times are shown in the brand's zone, where its days are cut. */
export function setZone(zone: string): void {
  if (zone === here.zone) return;
  try {
    here = { zone, day: format('day', zone), clock: format('clock', zone) };
  } catch {
    here = { zone: 'UTC', day: utcDay, clock: format('clock', 'UTC') };
  }
}
export const zoneName = (): string => here.zone;

export const onDay = (iso: string): string => say(iso.length === 10 ? utcDay : here.day, iso);
export const atTime = (iso: string): string => say(here.clock, iso);
export const atInstant = (iso: string): string => `${onDay(iso)}, ${atTime(iso)}`;

const utcMonth = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
/** A unit of time by its first day: `Feb 2026`, `2 Feb 2026`. */
export const onUnit = (iso: string, unit: string): string => (unit === 'month' ? say(utcMonth, iso) : onDay(iso));

function say(format: Intl.DateTimeFormat, iso: string): string {
  const at = new Date(iso.length === 10 ? `${iso}T00:00:00Z` : iso);
  return Number.isNaN(at.getTime()) ? iso : format.format(at);
}

export function period(first: string | null | undefined, last: string | null | undefined): string {
  if (!first && !last) return 'all time';
  if (first && last) return `${onDay(first)} – ${onDay(last)}`;
  return first ? `since ${onDay(first)}` : `until ${onDay(last!)}`;
}

/** A value in its unit: `share`, `seconds`, `score` and plain counts. */
export function value(amount: number, unit: string): string {
  if (SHARES.includes(unit)) return percent(amount);
  if (unit === 'seconds' || unit === 's') return duration(amount);
  if (['score', '-1..1'].includes(unit)) return signed(amount, 2);
  if (['nps', 'points'].includes(unit)) return signed(amount, Number.isInteger(amount) ? 0 : 1);
  if (isMoney(unit)) return `${unit === 'money' ? '' : `${unit} `}${money.format(amount).replace(/\.00$/, '')}`;
  return plainly(amount).replace('-', '−');
}

/** Two digits more than the number's size asks for, so that small rates stay apart. */
function plainly(amount: number): string {
  const size = Math.abs(amount);
  if (Number.isInteger(amount)) return count(amount);
  if (size >= 1000) return count(Math.round(amount));
  return amount.toFixed(size >= 10 ? 1 : size >= 0.1 ? 2 : size >= 0.01 ? 3 : 4);
}

/** What stands behind a value in this unit; nothing where the value says it itself. */
export const unitWords = (unit: string): string => (isShare(unit) || isMoney(unit) || ['seconds', 's', 'score', '-1..1', 'nps', 'points', 'ratio', 'on its scale', ''].includes(unit) ? '' : unit);

/** What a server's sentence sets in ticks, as one reads it: in quotation marks. */
export const unticked = (text: string): string => text.replace(/`([^`]+)`/g, '“$1”');

export const signed = (n: number, digits = 1): string => `${n > 0 ? '+' : n < 0 ? '−' : ''}${Math.abs(n).toFixed(digits)}`;

export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

export function initials(name: string): string {
  const parts = name.split(/[\s\-_/]+/).filter(Boolean);
  return (parts.length > 1 ? parts[0][0] + parts[1][0] : name.slice(0, 2)).toUpperCase();
}

export const bytes = (n: number): string => (n < 1e6 ? `${Math.max(1, Math.round(n / 1e3))} kB` : n < 1e9 ? `${(n / 1e6).toFixed(1)} MB` : `${(n / 1e9).toFixed(2)} GB`);

const stemOf = (name: string): string =>
  name.normalize('NFKD').replace(/[^\w\s-]/g, '').trim().toLowerCase().replace(/[\s_]+/g, '-').slice(0, 40).replace(/^[-_]+|-+$/g, '') || 'new';

/** An id from a name: small letters, digits and hyphens, not one already taken. */
export function idFrom(name: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  const stem = stemOf(name);
  let id = stem;
  for (let n = 2; used.has(id); n += 1) id = `${stem}-${n}`;
  return id;
}

/** An id for a new element of the draft, which several people may be writing: from its name and four signs nobody else draws, the last a digit. */
export function newId(name: string): string {
  const drawn = crypto.getRandomValues(new Uint8Array(4));
  return `${stemOf(name)}-${[...drawn].map((n, at) => (n % (at < 3 ? 36 : 10)).toString(36)).join('')}`;
}
