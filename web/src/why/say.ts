import type { Result } from '../api/nouns';
import { between, isShare, value } from '../words';

/** Names in a row: one, two and three. */
export const say = (names: string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);

/** The interval alone. */
export const ends = (result: Result): string => (result.low === null || result.high === null ? '' : between(result.low, result.high, result.unit));

/** A value on the outcome's scale: with a sign, since it is more or less. */
export function more(amount: number, unit: string): string {
  const said = isShare(unit) ? `${(amount * 100).toFixed(1)} points` : unit === 'score' ? amount.toFixed(2) : value(amount, unit);
  return amount > 0 && !said.startsWith('+') ? `+${said}` : said;
}

/** The same for both ends. */
export const moreEnds = (result: Result): string => (result.low === null || result.high === null ? '' : `[${more(result.low, result.unit).replace(' points', '')}, ${more(result.high, result.unit)}]`);
