import { useRef } from 'react';
import type { StageFigures } from '../api/nouns';
import { count, signed } from '../words';
import { useBoard } from './context';
import { Lane } from './Lane';

const H = 124;
const y = (score: number): number => 10 + ((1 - score) / 2) * (H - 34);

/** The desired curve as a thin line, the felt as points with whiskers, the gap tinted. */
export function EmotionLane() {
  const { geo } = useBoard();
  const svg = useRef<SVGSVGElement>(null);
  const mid = (stage: StageFigures) => geo.spans.get(stage.id)!.mid;
  const wanted = geo.stages.filter((one) => one.desired !== null);
  const felt = geo.stages.filter((one) => one.felt?.value != null);
  const line = wanted.map((one, n) => `${n ? 'L' : 'M'}${mid(one)},${y(one.desired!)}`).join(' ');
  const gaps = geo.stages.flatMap((one, n) => {
    const next = geo.stages[n + 1];
    if (!next || [one, next].some((s) => s.desired === null || s.felt?.value == null)) return [];
    return [`M${mid(one)},${y(one.desired!)} L${mid(next)},${y(next.desired!)} L${mid(next)},${y(next.felt!.value!)} L${mid(one)},${y(one.felt!.value!)} Z`];
  });
  const nothing = !wanted.length && !felt.length;
  return (
    <Lane id="emotion" name="Emotion" note={<div className="faint" style={{ display: 'grid', marginTop: 4 }}><span>— desired</span><span>● felt</span></div>}>
      <svg ref={svg} width={geo.width} height={nothing ? 44 : H} style={{ display: 'block', marginLeft: -geo.label }} role="img" aria-label={`Emotion: ${felt.map((one) => `${one.name} ${signed(one.felt!.value!, 2)}`).join(', ') || 'nobody was asked yet'}`}>
        <defs>
          <pattern id="unfelt" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke="var(--hatch)" strokeWidth="2" /></pattern>
        </defs>
        {nothing ? (
          <text x={geo.label + 12} y={26} fontSize="12" fill="var(--ink-3)">No stage has a desired emotion and nobody was asked yet.</text>
        ) : (
          <>
            <line x1={geo.label} x2={geo.width} y1={y(0)} y2={y(0)} stroke="var(--line-2)" strokeWidth="0.8" />
            {gaps.map((d) => <path key={d} d={d} fill="var(--gap)" />)}
            {geo.stages.filter((one) => one.felt?.value == null).map((one) => (
              <rect key={one.id} x={mid(one) - 14} y={10} width={28} height={H - 20} rx="4" fill="url(#unfelt)"><title>{one.name}: nobody was asked</title></rect>
            ))}
            <path d={line} fill="none" stroke="var(--ink-2)" strokeWidth="1.2" />
            {wanted.map((one) => <circle key={one.id} cx={mid(one)} cy={y(one.desired!)} r="1.8" fill="var(--ink-2)"><title>{one.name}: desired {signed(one.desired!, 1)}</title></circle>)}
            {felt.map((one) => <Felt key={one.id} stage={one} x={mid(one)} />)}
          </>
        )}
      </svg>
    </Lane>
  );
}

function Felt({ stage, x }: { stage: StageFigures; x: number }) {
  const felt = stage.felt!;
  const short = stage.desired !== null && (felt.high ?? felt.value!) < stage.desired - 0.25;
  const colour = short ? 'var(--broken)' : 'var(--ink)';
  const top = y(felt.high ?? felt.value!);
  return (
    <g>
      <title>{`${stage.name}: felt ${signed(felt.value!, 2)}${felt.low !== null ? ` [${signed(felt.low, 2)}, ${signed(felt.high!, 2)}]` : ''}, n ${count(felt.n)}`}</title>
      {felt.low !== null && felt.high !== null && <line x1={x} x2={x} y1={top} y2={y(felt.low)} stroke={colour} strokeWidth="1.6" />}
      <circle cx={x} cy={y(felt.value!)} r="4.2" fill={felt.n < 30 ? 'var(--paper)' : colour} stroke={colour} strokeWidth="1.4" />
      <text x={x} y={(stage.desired ?? 1) >= felt.value! ? Math.max(y(felt.low ?? felt.value!), y(felt.value!) + 4) + 14 : top - 8} fontSize="11" textAnchor="middle" fill="var(--ink-3)">n {count(felt.n)}</text>
    </g>
  );
}
