import { useMemo, useState } from 'react';
import { count, duration, percent, plural } from '../words';
import { useBoard } from './context';
import { dots } from './geometry';
import { Lane } from './Lane';
import { nameOf } from '../studio/judge/verdicts';
import { byStage, layout, ribbon, spoken, type Arc } from './ways';
import css from './map.module.css';

/** Paved ways above the line, unpaved below: where people walk and nobody drew. */
export function WaysLane() {
  const { sheet, geo, zoom, least, hot, what, point, select } = useBoard();
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  const far = zoom === 'far';
  const places = useMemo(() => {
    if (!far) return dots(sheet, geo);
    const found = new Map([...geo.spans].map(([id, span]) => [id, span.mid]));
    if (geo.beside) found.set('beside', geo.beside.mid);
    return found;
  }, [sheet, geo, far]);
  const names = useMemo(() => new Map<string, string>([['beside', 'beside the plan'], ...[...sheet.stages, ...sheet.touchpoints].map((one): [string, string] => [one.id, one.name])]), [sheet]);
  const ways = useMemo(() => (far ? byStage(sheet) : sheet.ways).filter((way) => way.count >= least), [sheet, far, least]);
  const plan = useMemo(() => layout(ways, places, names, geo.width - 8, geo.label + 8, far ? 6 : 7), [ways, places, names, geo, far]);
  const y = plan.above;
  const height = y + plan.below + 8;
  const chosen = what?.kind === 'way' ? what.id : '';
  const active = hot || chosen;
  const arc = (one: Arc, sign: 1 | -1) => {
    const { way } = one;
    const loud = way.desire && !way.quiet;
    const fill = loud ? 'var(--accent)' : 'var(--ribbon)';
    return (
      <g key={one.key} className={css.arc} data-dim={Boolean(active && active !== one.key)} role="button" tabIndex={way.desire ? 0 : -1} aria-label={spoken(way, names)}
        onMouseMove={(event) => setAt({ x: event.clientX, y: event.clientY })}
        onMouseEnter={() => point(one.key)} onMouseLeave={() => { point(''); setAt(null); }} onFocus={() => point(one.key)} onBlur={() => point('')}
        onClick={() => select(`way:${one.key}`)} onKeyDown={(event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); select(`way:${one.key}`); } }}>
        <path d={ribbon(one, y, sign)} fill={fill} fillOpacity={loud ? (one.label || active === one.key ? 0.34 : 0.16) : way.planned ? 0.9 : 0.55} stroke={loud ? 'var(--accent)' : way.desire ? 'var(--control)' : active === one.key ? 'var(--ink-3)' : 'none'} strokeWidth={way.desire && !one.label ? 0.8 : 1.2} strokeOpacity={way.desire && !one.label && active !== one.key ? 0.55 : 1} strokeDasharray={way.desire ? '4 3' : undefined} />
        <path d={ribbon({ ...one, thick: Math.max(9, one.thick) }, y, sign)} fill="transparent" stroke="none" />
        {loud && <path d={`M${one.x2 - 3.5},${y + 9} L${one.x2},${y + 3.5} L${one.x2 + 3.5},${y + 9} Z`} fill="var(--accent)" />}
      </g>
    );
  };
  const ground = (x: number) => { const stage = geo.stages.find((s) => x < geo.spans.get(s.id)!.x + geo.spans.get(s.id)!.w); return `var(--${stage?.side ?? (geo.beside ? 'beside' : 'paper')})`; };
  const hidden = (far ? byStage(sheet) : sheet.ways).length - ways.length;
  const pointed = [...plan.up, ...plan.down].find((one) => one.key === hot);
  return (
    <Lane id="ways" name="Ways taken" note={<Legend hidden={hidden} judged={sheet.ways.filter((way) => way.desire && way.quiet).length} />}>
      <div style={{ position: 'relative', marginLeft: -geo.label }}>
        <svg width={geo.width} height={height} role="group" aria-label="Ways taken between touchpoints" style={{ display: 'block' }}>
          <Baseline y={y} />
          {plan.up.map((one) => arc(one, -1))}
          {plan.down.filter((one) => !one.way.desire).map((one) => arc(one, 1))}
          {plan.down.filter((one) => one.way.desire).map((one) => arc(one, 1))}
          {[...places].map(([id, x]) => <circle key={id} cx={x} cy={y} r={far ? 6 : 3.4} fill="var(--paper)" stroke={active.split('>').includes(id) ? 'var(--accent)' : 'var(--ink-3)'} strokeWidth={active.split('>').includes(id) ? 2 : 1.2}><title>{names.get(id)}</title></circle>)}
          {plan.down.filter((one) => one.label).map((one) => (
            <text key={one.key} x={one.lx} y={y + one.ly} textAnchor="middle" fontSize="12" fontWeight={one.way.quiet ? 400 : 600} fill={one.way.quiet ? 'var(--ink-3)' : 'var(--accent-ink)'} stroke={ground(one.lx)} strokeWidth="4" strokeLinejoin="round" paintOrder="stroke" opacity={active && active !== one.key ? 0.25 : 1} style={{ pointerEvents: 'none' }}>{one.label}</text>
          ))}
          {ways.length === 0 && <text x={geo.label + 12} y={y + 32} fontSize="12" fill="var(--ink-3)">{sheet.ways.length ? 'The slider hides every way: move it left.' : 'Ways appear with the first events that touchpoints claim.'}</text>}
        </svg>
        {pointed && at && (
          <div className={css.hint} style={{ left: Math.min(at.x + 14, window.innerWidth - 300), top: at.y > window.innerHeight - 150 ? at.y - 96 : at.y + 16 }}>
            <b>{names.get(pointed.way.origin)} → {names.get(pointed.way.target)}</b><br />
            {count(pointed.way.count)} times, {far ? 'at least ' : ''}{plural(pointed.way.people, 'person', 'people')}, {percent(pointed.way.rate)} of journeys
            {pointed.way.median_seconds !== null && <>, {duration(pointed.way.median_seconds)} between (median)</>}<br />
            {pointed.way.desire ? (pointed.way.verdict ? `Judged: ${nameOf(pointed.way.verdict).toLowerCase()}.` : 'Nobody drew this way.') : pointed.way.planned ? 'As planned.' : 'Not planned, and rare.'}
          </div>
        )}
      </div>
    </Lane>
  );
}

/** The plan as a hairline from stage to stage: there even before the first event. */
function Baseline({ y }: { y: number }) {
  const { geo } = useBoard();
  const mids = geo.stages.map((stage) => geo.spans.get(stage.id)!);
  if (mids.length < 2) return null;
  return <line x1={mids[0].x + 8} x2={mids[mids.length - 1].x + mids[0].w - 8} y1={y} y2={y} stroke="var(--planned)" strokeWidth="0.8" />;
}

function Legend({ hidden, judged }: { hidden: number; judged: number }) {
  return (
    <div className="faint" style={{ display: 'grid', gap: 4, marginTop: 4, fontSize: 12, lineHeight: 1.3 }}>
      <span>above: planned</span>
      <span className="desire">below: nobody drew it</span>
      {judged > 0 && <span>{count(judged)} judged, in grey</span>}
      {hidden > 0 && <span>{count(hidden)} rare hidden</span>}
    </div>
  );
}
