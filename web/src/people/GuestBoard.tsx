import type { ReactNode } from 'react';
import { useWorkspace } from '../address';
import type { Journey, Plan, Stage } from '../api/nouns';
import { Medium } from '../parts/Medium';
import { lanesOf } from '../studio/board/lanes';
import css from './guest.module.css';

const WIDE = 196;
const HEAD = 132;
const HIGH = 96;
const SIDES = { buyer: 'before buying', customer: 'as a customer' } as const;
const inOrder = <T extends { order?: number }>(rows: readonly T[] | undefined): T[] => [...(rows ?? [])].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));

interface Props { plan: Plan; journey: Journey; figures: boolean; selected: string; press: (element: string) => void }

/** One map as it is drawn, to be read: stages as columns, its filled lanes as rows. */
export function GuestBoard({ plan, journey, figures, selected, press }: Props) {
  const stages = inOrder(journey.stages);
  const cells = filled(plan, stages, figures);
  const names = new Set([...cells.keys()].map((key) => key.split('\n')[0]));
  const lanes = lanesOf(journey, names).filter((one) => !one.hidden && (names.has(one.id) || (one.id === 'emotion' && stages.some((each) => each.desired != null))));
  if (stages.length === 0) return <p className="faint" style={{ padding: 32 }}>This map has no stages yet.</p>;
  const seam = stages.findIndex((one, n) => n > 0 && one.side !== stages[n - 1].side);
  return (
    <div className={css.sheet} role="table" aria-label={journey.name} style={{ gridTemplateColumns: `${HEAD}px repeat(${stages.length}, minmax(0, 1fr))`, minWidth: HEAD + stages.length * WIDE }}>
      <div role="row" style={{ display: 'contents' }}>
        <div className={css.corner} role="columnheader"><span className="unseen">Lane</span></div>
        {stages.map((one, n) => <div key={one.id} role="columnheader" className={`${css.cell} ${css.stage}`} data-side={one.side} data-seam={n === seam}><div><b>{one.name}</b><p className="faint small">{SIDES[one.side]}</p>{one.words && <p className="soft small">{one.words}</p>}</div></div>)}
      </div>
      {lanes.map((lane) => (
        <div key={lane.id} role="row" style={{ display: 'contents' }}>
          <div className={css.row} role="rowheader">{lane.name}</div>
          {lane.id === 'emotion' ? <Emotion stages={stages} figures={figures} /> : stages.map((one, n) => (
            <div key={one.id} role="cell" className={css.cell} data-side={one.side} data-seam={n === seam}>
              {(cells.get(`${lane.id}\n${one.id}`) ?? []).map((piece) => (
                <button key={piece.name} type="button" className={css.piece} aria-pressed={piece.name === selected} onClick={() => press(piece.name)}>{piece.says}</button>
              ))}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

interface Piece { name: string; says: ReactNode }

/** What stands in each cell, by lane and stage. */
function filled(plan: Plan, stages: Stage[], figures: boolean): Map<string, Piece[]> {
  const cells = new Map<string, Piece[]>();
  const add = (lane: string, stage: string, piece: Piece) => cells.set(`${lane}\n${stage}`, [...(cells.get(`${lane}\n${stage}`) ?? []), piece]);
  const points = new Map((plan.touchpoints ?? []).map((one) => [one.id, one]));
  const insights = new Map((plan.insights ?? []).map((one) => [one.id, one]));
  const messages = new Map((plan.story?.messages ?? []).map((one) => [one.id, one.words]));
  for (const stage of stages) {
    for (const step of inOrder(stage.steps)) {
      const ids = [step.touchpoint, ...(step.one_of ?? [])].filter((id): id is string => Boolean(id));
      const found = ids.flatMap((id) => points.get(id) ?? []);
      if (found.length) add('touchpoints', stage.id, { name: found.length === 1 ? `touchpoint:${found[0].id}` : `step:${step.id}`, says: <><Medium medium={found[0].medium ?? 'screen'} /><span>{found.map((one) => one.name).join(' or ')}{step.optional && <span className="faint"> (optional)</span>}</span></> });
      for (const promise of (plan.promises ?? []).filter((one) => ids.includes(one.touchpoint))) {
        add('promises', stage.id, { name: `promise:${promise.id}`, says: <span>{promise.name}{figures && <span className="faint"> · at least {Math.round(promise.target * 100)} %</span>}</span> });
      }
    }
    if (stage.message && messages.has(stage.message)) add('messages', stage.id, { name: `stage:${stage.id}`, says: <span>{messages.get(stage.message)}</span> });
    for (const lane of ['think', 'feel', 'do'] as const) if (stage[lane]) add(lane, stage.id, { name: `stage:${stage.id}`, says: <span>{stage[lane]}</span> });
    for (const moment of inOrder(plan.moments).filter((one) => one.stage === stage.id)) {
      add('moments', stage.id, { name: `moment:${moment.id}`, says: <blockquote>{moment.words}</blockquote> });
      for (const one of inOrder(plan.experiences).filter((each) => each.moment === moment.id)) add('moments', stage.id, { name: `experience:${one.id}`, says: <span>{one.name} <span className="faint">({one.state ?? 'idea'})</span></span> });
    }
    for (const card of inOrder(plan.cards).filter((one) => one.stage === stage.id)) {
      const said = card.insight ? insights.get(card.insight) : undefined;
      const words = card.words || said?.words || (card.touchpoint && points.get(card.touchpoint)?.name) || '';
      const picture = card.picture || said?.picture;
      if (words || picture) add(card.lane ?? 'notes', stage.id, { name: `card:${card.id}`, says: <span>{words}{picture && <Shown digest={picture} alt={words} />}</span> });
    }
  }
  return cells;
}

function Shown({ digest, alt }: { digest: string; alt: string }) {
  const w = encodeURIComponent(useWorkspace());
  return <img src={`/api/w/${w}/studio/pictures/${digest}?guest`} alt={alt} loading="lazy" />;
}

/** The desired emotion as a line over all stages; what customers want, where the link shows figures. */
function Emotion({ stages, figures }: { stages: Stage[]; figures: boolean }) {
  const at = (value: number) => HIGH / 2 - value * (HIGH / 2 - 14);
  const place = (n: number) => (n + 0.5) * 100;
  const desired = stages.flatMap((one, n) => (one.desired == null ? [] : [{ x: place(n), y: at(one.desired), says: `${one.name}: desired ${one.desired}` }]));
  const wanted = figures ? stages.flatMap((one, n) => (one.wanted == null ? [] : [{ x: place(n), y: at(one.wanted), says: `${one.name}: wanted ${one.wanted}${one.wanted_n ? `, said by ${one.wanted_n}` : ''}` }])) : [];
  return (
    <div role="cell" className={`${css.cell} ${css.emotion}`} style={{ gridColumn: `span ${stages.length}` }}>
      <svg viewBox={`0 0 ${stages.length * 100} ${HIGH}`} preserveAspectRatio="none" width="100%" height={HIGH} role="img" aria-label={[...desired, ...wanted].map((one) => one.says).join('; ')}>
        <line x1={0} x2={stages.length * 100} y1={HIGH / 2} y2={HIGH / 2} stroke="var(--line-2)" vectorEffect="non-scaling-stroke" />
        <polyline points={desired.map((one) => `${one.x},${one.y}`).join(' ')} fill="none" stroke="var(--accent)" strokeWidth={2} vectorEffect="non-scaling-stroke" />
        {desired.map((one) => <line key={one.says} x1={one.x} x2={one.x} y1={one.y} y2={one.y} stroke="var(--accent)" strokeWidth={9} strokeLinecap="round" vectorEffect="non-scaling-stroke"><title>{one.says}</title></line>)}
        {wanted.map((one) => <line key={one.says} x1={one.x} x2={one.x} y1={one.y} y2={one.y} stroke="var(--ink-3)" strokeWidth={9} strokeLinecap="round" vectorEffect="non-scaling-stroke"><title>{one.says}</title></line>)}
      </svg>
    </div>
  );
}
