import type { MetricChange, MetricRow, Result } from '../api/nouns';
import { bounds } from '../parts/plots/scale';
import { isShare, signed, unitWords, value } from '../words';

/** How a metric's values are said: the words of its unit, with a sign only where the scale has two sides. */
type Said = Pick<MetricRow, 'id' | 'unit'>;
const TWO_SIDED = ['feeling', 'peak-end'];

export function amount(row: Said, number: number): string {
  if (row.unit === 'score' && !TWO_SIDED.includes(row.id)) return number.toFixed(2);
  return value(number, row.unit);
}

export const unitOf = (row: Said): string => unitWords(row.unit);

export function ends(row: Said, result: Pick<Result, 'low' | 'high'>): string {
  if (result.low === null || result.high === null) return '';
  if (isShare(row.unit)) {
    const digits = result.high - result.low < 0.02 ? 1 : 0;
    return `[${(100 * result.low).toFixed(digits)}, ${(100 * result.high).toFixed(digits)} %]`;
  }
  return `[${amount(row, result.low)}, ${amount(row, result.high)}]`;
}

/** A difference with its sign: shares in points of a hundred. */
export function difference(row: Said, number: number): string {
  if (isShare(row.unit) || ['points', 'nps'].includes(row.unit)) {
    const points = Number((isShare(row.unit) ? 100 * number : number).toFixed(1));
    return `${points === 0 ? '0.0' : signed(points, 1)} points`;
  }
  return `${number > 0 ? '+' : number < 0 ? '−' : ''}${amount({ id: '', unit: row.unit === 'score' ? 'ratio' : row.unit }, Math.abs(number))}`;
}

export const chance = (change: Pick<MetricChange, 'more_than_chance'>): string =>
  change.more_than_chance === null ? 'too few to say' : change.more_than_chance ? 'more than chance' : 'may be chance';

export const tone = (change: MetricChange | null): string => (change?.better === true ? 'good' : change?.better === false ? 'bad' : 'soft');

/** Bounds no interval of this unit passes, for the axes. */
export const within = (row: Said): [number, number] => (TWO_SIDED.includes(row.id) ? [-1, 1] : bounds(row.unit));

export const STATE: Record<MetricRow['state'], { words: string; tone: string }> = {
  met: { words: 'met', tone: 'good' }, missed: { words: 'missed', tone: 'bad' }, 'in doubt': { words: 'in doubt', tone: 'doubt' },
  'no target': { words: 'no target', tone: 'faint' }, 'not said': { words: 'cannot be said', tone: 'faint' },
};

export const FAMILIES: [MetricRow['family'], string, string][] = [
  ['experience', 'Experience', 'what it is like to be our customer'],
  ['usability', 'Ease', 'how hard we make it'],
  ['promise', 'Promises', 'whether we keep our word'],
  ['base', 'Customer base', 'who stays, who goes, who comes again'],
  ['value', 'Value', 'what it brings'],
  ['voice', 'Word of mouth', 'what customers say to others'],
  ['reach', 'Part of their lives', 'how much of their days and needs is ours'],
];
