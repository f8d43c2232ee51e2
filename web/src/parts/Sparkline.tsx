import { useId } from 'react';

/** Twelve stretches as a line; where nothing can be said the line breaks and the gap is hatched. */
export function Sparkline({ series, tone = 'plain', width = 128, height = 36, label }: {
  series: (number | null)[]; tone?: string; width?: number; height?: number; label: string;
}) {
  const hatch = useId();
  const known = series.filter((v): v is number => v !== null);
  if (known.length < 2) return null;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const x = (n: number) => 3 + (n * (width - 6)) / (series.length - 1);
  const y = (v: number) => height - 4 - ((v - low) / span) * (height - 8);
  const colour = { bad: 'var(--broken)', good: 'var(--kept)', doubt: 'var(--doubt)' }[tone] ?? 'var(--ink-3)';
  const runs: string[] = [];
  let open = false;
  series.forEach((v, n) => {
    if (v === null) { open = false; return; }
    const point = `${x(n).toFixed(1)},${y(v).toFixed(1)}`;
    if (open) runs[runs.length - 1] += ` L${point}`;
    else runs.push(`M${point}`);
    open = true;
  });
  const last = series.findLastIndex((v) => v !== null);
  const step = (width - 6) / (series.length - 1);
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ flex: 'none', display: 'block' }}>
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="5" stroke="var(--hatch)" strokeWidth="2" />
        </pattern>
      </defs>
      {series.map((v, n) => v === null && <rect key={n} x={x(n) - step / 2} y={2} width={step} height={height - 4} fill={`url(#${hatch})`} />)}
      {runs.map((d) => <path key={d} d={d} fill="none" stroke={colour} strokeWidth="1.6" strokeLinejoin="round" strokeLinecap="round" />)}
      <circle cx={x(last)} cy={y(series[last] as number)} r="2.6" fill={colour} />
    </svg>
  );
}
