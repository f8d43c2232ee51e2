import type { Result } from '../api/nouns';
import { between, value } from '../words';

/** Names in a row: one, two and three. */
export const say = (names: string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);

/** The interval alone. */
export const ends = (result: Result): string => (result.low === null || result.high === null ? '' : between(result.low, result.high, result.unit));

/** A value on the outcome's scale: with a sign, since it is more or less. */
export const more = (amount: number, unit: string): string => (unit === 'share' ? `${amount > 0 ? '+' : ''}${(amount * 100).toFixed(1)} points` : `${amount > 0 ? '+' : ''}${unit === 'score' ? amount.toFixed(2) : value(amount, unit)}`);

/** The same for both ends. */
export const moreEnds = (result: Result): string => (result.low === null || result.high === null ? '' : `[${more(result.low, result.unit).replace(' points', '')}, ${more(result.high, result.unit)}]`);
