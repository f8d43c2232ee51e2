import { atInstant, onDay } from '../../words';

const STEPS: [number, string][] = [[86400, 'd'], [3600, 'h'], [60, 'min']];

/** How long ago, in a word; the whole instant on hover. */
export function When({ at }: { at: string }) {
  const seconds = (Date.now() - Date.parse(at)) / 1000;
  const step = STEPS.find(([size]) => seconds >= size);
  const words = seconds > 7 * 86400 ? onDay(at) : step ? `${Math.floor(seconds / step[0])} ${step[1]} ago` : 'just now';
  return <time className="faint small" dateTime={at} title={atInstant(at)} style={{ whiteSpace: 'nowrap' }}>{words}</time>;
}
