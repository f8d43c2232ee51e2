/** From numbers to places on the page. */
export interface Scale { (value: number): number; low: number; high: number }

export function linear(low: number, high: number, from: number, to: number): Scale {
  const span = high - low || 1;
  return Object.assign((value: number) => from + ((value - low) / span) * (to - from), { low, high });
}

/** Round steps of 1, 2 or 5 that cover a stretch, about as many as asked. */
export function ticks(low: number, high: number, about = 5): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const raw = span / Math.max(1, about);
  const ten = 10 ** Math.floor(Math.log10(raw));
  const step = ten * ([1, 2, 5, 10].find((one) => one * ten >= raw * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first) + 1 }, (_, n) => Number(((first + n) * step).toPrecision(12)));
}

/** The stretch that holds all numbers, a little wider, its ends on round steps; `within` are bounds no number can pass. */
export function extent(values: (number | null | undefined)[], within: [number, number] = [-Infinity, Infinity], about = 12): [number, number] {
  const known = values.filter((one): one is number => typeof one === 'number' && Number.isFinite(one));
  if (!known.length) return [0, 1];
  let [low, high] = [Math.min(...known), Math.max(...known)];
  if (low === high) [low, high] = [low - Math.max(Math.abs(low) * 0.1, 1e-6), high + Math.max(Math.abs(high) * 0.1, 1e-6)];
  const steps = ticks(low, high, about);
  const step = steps.length > 1 ? steps[1] - steps[0] : high - low;
  return [Math.max(within[0], Math.floor(low / step + 1e-9) * step), Math.min(within[1], Math.ceil(high / step - 1e-9) * step)];
}

/** The bounds a unit has by itself. */
export const bounds = (unit: string): [number, number] =>
  ({ share: [0, 1], rate: [0, 1], nps: [-100, 100], points: [-100, 100] } as Record<string, [number, number]>)[unit] ?? [-Infinity, Infinity];

/** Every how-manieth label stands, so that `room` pixels hold them at `each` pixels. */
export const every = (many: number, room: number, each = 84): number => Math.max(1, Math.ceil((many * each) / Math.max(1, room)));
