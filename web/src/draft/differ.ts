/** Where two sequences differ: so much is the same at the front, so much at the end. */
export function differing(a: ArrayLike<unknown>, b: ArrayLike<unknown>): { at: number; gone: number; end: number } {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a[at] === b[at]) at += 1;
  let tail = 0;
  while (tail < most - at && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return { at, gone: a.length - at - tail, end: b.length - tail };
}

const isHigh = (code: number): boolean => code >= 0xd800 && code < 0xdc00;

/** The same for text, never between the two halves of one sign. */
export function differingText(a: string, b: string): { at: number; gone: number; text: string } {
  let { at, gone, end } = differing(a, b);
  if (at > 0 && isHigh(a.charCodeAt(at - 1))) { at -= 1; gone += 1; }
  if (at + gone < a.length && at + gone > 0 && isHigh(a.charCodeAt(at + gone - 1))) { gone += 1; end += 1; }
  return { at, gone, text: b.slice(at, end) };
}

/** Where a place in `a` lies after `a` became `b`. */
export function carried(place: number, a: string, b: string): number {
  const { at, gone, text } = differingText(a, b);
  if (place <= at) return place;
  return place >= at + gone ? place + text.length - gone : at + text.length;
}

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** Text without halves of signs, which no document can carry. */
export const sound = (text: string): string => text.replace(LONE, '');
