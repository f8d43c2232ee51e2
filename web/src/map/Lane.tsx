import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useAddress } from '../address';
import { useBoard } from './context';
import css from './map.module.css';

export function useFolded(): { has: (lane: string) => boolean; turn: (lane: string) => void } {
  const { get, set } = useAddress();
  const folded = get('fold').split('.').filter(Boolean);
  return {
    has: (lane) => folded.includes(lane),
    turn: (lane) => set({ fold: (folded.includes(lane) ? folded.filter((one) => one !== lane) : [...folded, lane]).join('.') || null }, false),
  };
}

/** One row of the board with its name at the left; folded, only the name is left. */
export function Lane({ id, name, note, children }: { id: string; name: string; note?: ReactNode; children: ReactNode }) {
  const { geo } = useBoard();
  const fold = useFolded();
  const shut = fold.has(id);
  return (
    <section className={css.lane} style={{ gridTemplateColumns: `${geo.label}px ${geo.width - geo.label}px` }} aria-label={name}>
      <div className={css.lanename}>
        <button type="button" className="plain" aria-expanded={!shut} onClick={() => fold.turn(id)}>
          {shut ? <IconChevronRight size={12} aria-hidden /> : <IconChevronDown size={12} aria-hidden />}{name}
        </button>
        {!shut && note}
      </div>
      {!shut && <div style={{ minWidth: 0 }}>{children}</div>}
    </section>
  );
}

/** A lane's cells, one for each stage, and one beside the journey. */
export function Cells({ cell, beside }: { cell: (stage: string) => ReactNode; beside?: ReactNode }) {
  const { geo } = useBoard();
  return (
    <div style={{ display: 'grid', gridTemplateColumns: geo.template.split(' ').slice(1).join(' ') + (geo.beside ? ` 12px ${geo.beside.w}px` : '') }}>
      {geo.stages.map((stage, n) => {
        const seam = n > 0 && stage.side === 'customer' && geo.stages[n - 1].side === 'buyer';
        return (
          <div key={stage.id} style={{ display: 'contents' }}>
            {seam && <div />}
            <div className={css.cell}>{cell(stage.id)}</div>
          </div>
        );
      })}
      {geo.beside && <><div /><div className={css.cell}>{beside}</div></>}
    </div>
  );
}
