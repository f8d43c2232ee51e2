import { useMemo } from 'react';
import type { Plan } from '../../api/nouns';
import { Medium } from '../../parts/Medium';
import { overlaid, type Difference, type MarkedItem } from './compare';
import { SIGNS } from './say';
import css from './history.module.css';

/** A map to be read: stages by lanes, with what was added, removed, changed, moved marked where it stands. */
export function DifferenceBoard({ label, before, after, journey, found, only }: { label: string; before: Plan; after: Plan; journey: string; found: Difference[]; only: 'both' | 'before' | 'after' }) {
  const board = useMemo(() => overlaid(before, after, journey, found, only), [before, after, journey, found, only]);
  if (!board.columns.length) return <p className="soft">The map had no stage.</p>;
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={css.board}>
        <thead>
          <tr><th scope="col"><span className="unseen">Lane</span></th>{board.columns.map((one) => <th key={one.id} scope="col" data-side={one.side} data-mark={one.mark ?? undefined}>{one.mark && <Sign mark={one.mark} />}{one.name}</th>)}</tr>
        </thead>
        <tbody>
          {board.rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.name}</th>
              {board.columns.map((one) => <td key={one.id} data-side={one.side}>{row.cells[one.id]?.map((each) => <Piece key={`${each.item.key} ${each.mark ?? ''}`} piece={each} />)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Piece({ piece: { item, mark } }: { piece: MarkedItem }) {
  return (
    <div className={css.piece} data-mark={mark ?? undefined}>
      {mark && <Sign mark={mark} />}
      {item.kind === 'step' && item.medium && <Medium medium={item.medium} size={13} />}
      <span>{item.branches?.map((one) => one.name).join(' or ') ?? item.name}</span>
    </div>
  );
}

function Sign({ mark }: { mark: keyof typeof SIGNS }) {
  return <><span className={css.sign} data-mark={mark} aria-hidden>{SIGNS[mark]}</span><span className="unseen">{mark}: </span></>;
}
