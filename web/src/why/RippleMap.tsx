import { useId } from 'react';
import type { RippleEdge, Ripples, Sheet, TouchpointFigures } from '../api/nouns';
import { stagesOf } from '../map/geometry';
import { Plot, type Area } from '../parts/plots/Plot';
import { more } from './say';

const ROW = 46;
const HEAD = 34;
/** Waves further out are those that come later. */
const FADE = [1, 0.9, 0.8, 0.68, 0.56, 0.46];

interface Place { x: number; y: number; wide: number; one: TouchpointFigures }

/** Each touchpoint's clearest edge of those given. */
export function clearest(edges: RippleEdge[]): Map<string, RippleEdge> {
  const found = new Map<string, RippleEdge>();
  for (const edge of edges) {
    const before = found.get(edge.touchpoint);
    if (edge.touchpoint && (!before || Math.abs(size(edge)) > Math.abs(size(before)))) found.set(edge.touchpoint, edge);
  }
  return found;
}

const size = (edge: RippleEdge): number => (edge.effect.value ?? 0) * (edge.effect.unit === 'score' ? 0.25 : 1);
const colour = (edge: RippleEdge): string => (edge.worse ? 'var(--broken)' : 'var(--accent)');

const ring = (n: number, width: number): number => 22 + n * Math.max(34, width * 0.06);

/** The map dimmed; from the fault waves go out to what it moved, one ring for each lag. */
export function RippleMap({ data, sheet, edges, chosen, choose }: { data: Ripples; sheet: Sheet; edges: RippleEdge[]; chosen: RippleEdge | undefined; choose: (edge: RippleEdge) => void }) {
  const stages = stagesOf(sheet);
  const rows = stages.map((stage) => sheet.touchpoints.filter((one) => one.stages[0] === stage.id));
  const beside = sheet.touchpoints.filter((one) => !one.stages.length && (edges.some((edge) => edge.touchpoint === one.id) || data.fault?.touchpoint === one.id));
  const columns = beside.length ? [...rows, beside] : rows;
  const height = HEAD + Math.max(2, ...columns.map((all) => all.length)) * ROW + 20;
  return (
    <Plot label={`What follows ${data.fault?.name ?? 'the fault'}, on the map`} height={height} margin={[0, 0, 0, 0]} group>
      {(area) => <Drawn area={area} data={data} stages={stages} columns={columns} edges={clearest(edges)} chosen={chosen} choose={choose} />}
    </Plot>
  );
}

function Drawn({ area, data, stages, columns, edges, chosen, choose }: { area: Area; data: Ripples; stages: Sheet['stages']; columns: TouchpointFigures[][]; edges: Map<string, RippleEdge>; chosen: RippleEdge | undefined; choose: (edge: RippleEdge) => void }) {
  const clip = useId();
  const wide = area.width / columns.length;
  const places = new Map<string, Place>();
  columns.forEach((all, n) => all.forEach((one, k) => places.set(one.id, { x: n * wide + 16, y: HEAD + 18 + k * ROW, wide, one })));
  const from = places.get(data.fault?.touchpoint ?? '');
  const seam = stages.findIndex((one, n) => n > 0 && one.side === 'customer' && stages[n - 1].side === 'buyer');
  const fit = (text: string, room: number) => (text.length * 6.6 > room ? `${text.slice(0, Math.max(3, Math.floor(room / 6.6) - 1))}…` : text);
  const arrived = [...edges.values()].filter((edge) => places.has(edge.touchpoint));
  const lag = (edge: RippleEdge) => Math.max(0, data.lags.findIndex((one) => one[0] === edge.low && one[1] === edge.high));
  return (
    <>
      {columns.map((_, n) => (
        <g key={n}>
          <rect x={n * wide} y={0} width={wide - 2} height={area.height} fill={!stages[n] ? 'var(--beside)' : stages[n].side === 'buyer' ? 'var(--buyer)' : 'var(--customer)'} opacity={0.75} />
          <text x={n * wide + 10} y={20} fontSize={12} fontWeight={600} fill="var(--ink-3)">{fit(stages[n]?.name ?? 'Beside', wide - 16)}</text>
        </g>
      ))}
      {seam > 0 && <line x1={seam * wide - 1} x2={seam * wide - 1} y1={0} y2={area.height} stroke="var(--line-2)" strokeWidth={2} strokeDasharray="3 3" />}
      <clipPath id={clip}><rect x={0} y={0} width={area.width} height={area.height} /></clipPath>
      {from && (
        <g clipPath={`url(#${clip})`} pointerEvents="none" aria-hidden>
          {data.lags.map(([low, high], n) => <circle key={low} cx={from.x} cy={from.y} r={ring(n, area.width)} fill="none" stroke="var(--broken)" strokeWidth={1.4} opacity={0.7 * FADE[n] ** 2}><title>{`day ${low}–${high}`}</title></circle>)}
        </g>
      )}
      {from && arrived.map((edge) => {
        const to = places.get(edge.touchpoint)!;
        const bend = Math.max(26, Math.abs(to.x - from.x) * 0.22);
        const on = chosen?.id === edge.id && chosen.low === edge.low;
        return (
          <path key={edge.touchpoint} d={`M${from.x},${from.y} Q${(from.x + to.x) / 2},${Math.min(from.y, to.y) - bend} ${to.x},${to.y}`} fill="none" stroke={colour(edge)}
            strokeWidth={Math.min(12, 1.5 + Math.abs(size(edge)) * 22)} opacity={(on ? 1 : 0.75) * FADE[lag(edge)]} strokeLinecap="round" strokeDasharray={edge.rung_id === 'L0' || edge.later ? '3 6' : undefined} pointerEvents="none" />
        );
      })}
      {[...places.values()].map(({ x, y, wide: room, one }) => {
        const edge = edges.get(one.id);
        const fault = one.id === data.fault?.touchpoint;
        const said = edge ? `${more(edge.effect.value ?? 0, edge.effect.unit)}, day ${edge.low}–${edge.high}` : '';
        const dot = (
          <>
            <circle cx={x} cy={y} r={fault ? 9 : edge ? 7 : 4} fill={fault ? 'var(--broken)' : edge ? colour(edge) : 'var(--line-2)'} stroke="var(--paper)" strokeWidth={2} />
            <text x={x + 13} y={edge || fault ? y - 1 : y + 4} fontSize={12} fontWeight={edge || fault ? 600 : 400} fill={edge || fault ? 'var(--ink)' : 'var(--ink-3)'} stroke="var(--paper)" strokeWidth={3} strokeOpacity={edge || fault ? 0.7 : 0} paintOrder="stroke">{fit(one.name, room - 34)}</text>
            {(edge || fault) && <text x={x + 13} y={y + 13} fontSize={12} fill={fault || edge?.worse ? 'var(--broken-ink)' : 'var(--accent-ink)'} stroke="var(--paper)" strokeWidth={3} strokeOpacity={0.7} paintOrder="stroke">{edge ? fit(said, room - 20) : 'the fault'}</text>}
          </>
        );
        if (!edge) return <g key={one.id}><title>{one.name}</title>{dot}</g>;
        return (
          <g key={one.id} role="button" tabIndex={0} aria-label={edge.words} aria-pressed={chosen === edge} style={{ cursor: 'pointer' }} onClick={() => choose(edge)}
            onKeyDown={(event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(edge); } }}>
            <title>{edge.words}</title>
            <rect x={x - 12} y={y - 16} width={room - 8} height={36} fill="transparent" />
            {dot}
          </g>
        );
      })}
    </>
  );
}
