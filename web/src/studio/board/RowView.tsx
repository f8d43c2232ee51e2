import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { Cell } from './Cell';
import { useTools } from './context';
import type { Grid } from './grid';
import type { Column, Row } from './model';
import { usePick } from './picks';
import { Scribble } from './Wording';
import css from './board.module.css';

interface Props { row: Row; columns: Column[]; grid: Grid; shut: boolean; turn: (lane: string) => void; may: boolean; far: boolean; note?: ReactNode; children?: ReactNode }

/** One lane: its name at the left, a cell for each stage. */
export const RowView = memo(function RowView({ row, columns, grid, shut, turn, may, far, note, children }: Props) {
  return (
    <section className={css.row} data-row={row.id} data-lane={row.id} aria-label={row.name} style={{ gridTemplateColumns: grid.template }}>
      <LaneHead row={row} shut={shut} turn={turn} note={note} />
      {shut ? <span className={css.folded} style={{ gridColumn: '2 / -1' }}>{row.count > 0 ? `${row.count} folded` : ''}</span> : children ?? columns.map((one) => (
        <Cell key={one.id} lane={row.id} laneName={row.name} stage={one.id} stageName={one.name} side={one.side} at={grid.at.get(one.id)!} items={row.cells[one.id] ?? NONE} anyOrder={one.anyOrder} repeats={one.repeats} may={may} far={far} />
      ))}
    </section>
  );
});
const NONE: never[] = [];

export function LaneHead({ row, shut, turn, note }: { row: Row; shut: boolean; turn: (lane: string) => void; note?: ReactNode }) {
  const key = `lane:${row.id}`;
  const { hand, picks, focus } = useTools();
  const chosen = usePick((now) => now.chosen.has(key));
  const editing = usePick((now) => now.editing === key);
  return (
    <div className={css.lanecell} data-cell={`${row.id}|`} data-lane={row.id} data-stage="">
      {editing ? (
        <Scribble label={`The name of lane ${row.name}`} text={row.name} lines={false} done={(words) => { picks.set({ editing: '' }); if (words !== null) hand.renameLane(row.id, words); focus(key); }} />
      ) : (
        <div className={css.lanename} role="button" tabIndex={-1} aria-pressed={chosen} data-on={chosen} data-node={key} data-lanehead={row.id} title={row.about} aria-label={`Lane ${row.name}${shut ? ', folded' : ''}`}>
          <span aria-hidden className={css.fold} data-shut={shut} onClick={(event) => { event.stopPropagation(); turn(row.id); }}>{shut ? <IconChevronRight size={12} /> : <IconChevronDown size={12} />}</span>
          <span>{row.name}</span>
        </div>
      )}
      {!shut && note}
      {row.id === 'backstage' && <span className={css.visibility}>line of visibility</span>}
    </div>
  );
}
