import { type Area } from './Plot';
import { ticks, type Scale } from './scale';

const TEXT = { fontSize: 12, fill: 'var(--ink-3)' } as const;

/** Numbers at the left with faint lines across. */
export function Left({ area, y, say, about = 4, zero = false }: { area: Area; y: Scale; say: (value: number) => string; about?: number; zero?: boolean }) {
  return (
    <g aria-hidden>
      {ticks(y.low, y.high, about).map((value) => (
        <g key={value}>
          <line x1={area.left} x2={area.right} y1={y(value)} y2={y(value)} stroke={zero && value === 0 ? 'var(--line-2)' : 'var(--line)'} />
          <text {...TEXT} x={area.left - 8} y={y(value)} dominantBaseline="central" textAnchor="end">{say(value)}</text>
        </g>
      ))}
    </g>
  );
}

/** Numbers at the foot with faint lines upwards. */
export function Foot({ area, x, say, about = 5, lines = true }: { area: Area; x: Scale; say: (value: number) => string; about?: number; lines?: boolean }) {
  return (
    <g aria-hidden>
      {ticks(x.low, x.high, about).map((value) => (
        <g key={value}>
          {lines && <line x1={x(value)} x2={x(value)} y1={area.top} y2={area.bottom} stroke="var(--line)" />}
          <text {...TEXT} x={x(value)} y={area.bottom + 17} textAnchor="middle">{say(value)}</text>
        </g>
      ))}
    </g>
  );
}

/** Words at the foot, as many as there is room for. */
export function Names({ area, at, names, step }: { area: Area; at: (n: number) => number; names: string[]; step: number }) {
  return (
    <g aria-hidden>
      {names.map((name, n) => n % step === 0 && <text key={n} {...TEXT} x={at(n)} y={area.bottom + 17} textAnchor="middle">{name}</text>)}
    </g>
  );
}

/** A line that something is held against, with its name at its end. */
export function Held({ area, y, value, name, colour = 'var(--ink-2)' }: { area: Area; y: Scale; value: number; name: string; colour?: string }) {
  return (
    <g>
      <line x1={area.left} x2={area.right} y1={y(value)} y2={y(value)} stroke={colour} strokeDasharray="5 4" />
      <text x={area.right} y={y(value) - 6} fontSize={12} textAnchor="end" fill={colour}>{name}</text>
    </g>
  );
}
