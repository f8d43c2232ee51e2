import { isSmall } from '../parts/Figure';
import type { StageFigures } from '../api/nouns';
import { duration, percent, short } from '../words';
import { useBoard } from './context';
import { Grade } from './Grade';
import css from './map.module.css';

/** The stages' heads, the names of the two sides, and what happens at the seam. */
export function StageHeads() {
  const { sheet, geo, what, select } = useBoard();
  const first = { buyer: geo.stages.find((one) => one.side === 'buyer')?.id, customer: geo.stages.find((one) => one.side === 'customer')?.id };
  const columns = geo.template.split(' ');
  return (
    <div className={css.heads} style={{ gridTemplateColumns: columns.join(' ') + (geo.beside ? ` 12px ${geo.beside.w}px` : ''), width: geo.width }}>
      <div style={{ position: 'sticky', left: 0, background: 'var(--paper)', zIndex: 2 }} />
      {geo.stages.map((stage, n) => {
        const seam = n > 0 && stage.side === 'customer' && geo.stages[n - 1].side === 'buyer';
        return (
          <div key={stage.id} style={{ display: 'contents' }}>
            {seam && <div />}
            <div style={{ background: `var(--${stage.side})`, minWidth: 0 }}>
              <div className={css.sidename}>
                {stage.id === first.buyer && <span>Buyer’s journey</span>}
                {stage.id === first.customer && <><span>Customer’s journey</span>{sheet.seam && <SeamFigure />}</>}
              </div>
              <Head stage={stage} wide={geo.spans.get(stage.id)!.w >= 126} on={what?.kind === 'stage' && what.id === stage.id} open={() => select(`stage:${stage.id}`)} empty={sheet.journeys === 0} />
            </div>
          </div>
        );
      })}
      {geo.beside && (
        <>
          <div />
          <div style={{ background: 'var(--beside)', padding: '8px 8px 0', borderRadius: '8px 8px 0 0' }}>
            <p className="faint small">Beside the plan</p>
            <p className="small soft" style={{ lineHeight: 1.35, marginTop: 4 }}>people meet it, this journey does not draw it</p>
          </div>
        </>
      )}
    </div>
  );
}

function SeamFigure() {
  const { sheet, select } = useBoard();
  const { crossed } = sheet.seam!;
  return (
    <button type="button" className="plain small" style={{ fontWeight: 600, whiteSpace: 'nowrap', minHeight: 24, marginTop: -3, color: 'var(--ink)', textDecoration: 'underline dotted var(--control)', textUnderlineOffset: 3 }} onClick={() => select('seam:')}>
      {crossed.value === null ? 'seam: unknown' : `${percent(crossed.value)} cross the seam (n ${short(crossed.n)})`}
    </button>
  );
}

function Head({ stage, wide, on, open, empty }: { stage: StageFigures; wide: boolean; on: boolean; open: () => void; empty: boolean }) {
  const { reach, time } = stage;
  return (
    <button type="button" className={`plain ${css.stage}`} data-on={on} onClick={open}>
      <span className={css.stagename} style={wide ? undefined : { fontSize: 13 }}><span>{stage.name}</span><Grade grade={stage.grade} /></span>
      {empty || reach.value === null ? (
        <span className={`${css.meta} hatch`} style={{ borderRadius: 3 }}><span>no data yet</span></span>
      ) : (
        <span className={css.meta}>
          <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }} className={isSmall(reach) ? 'hatch' : ''}>{percent(reach.value)}{time.value !== null && ` · ${duration(time.value)}`}</span>
          {wide && <span className="faint">{short(stage.people)}</span>}
        </span>
      )}
      <span className={`${css.reach} ${reach.value === null ? 'hatch' : ''}`} aria-hidden>
        {reach.value !== null && <i style={{ width: `${reach.value * 100}%` }} />}
      </span>
    </button>
  );
}
