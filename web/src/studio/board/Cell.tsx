import { IconArrowsShuffle, IconPlus, IconRepeat } from '@tabler/icons-react';
import { memo } from 'react';
import { Adder } from './Adder';
import { useDrawn } from './context';
import { ItemCard } from './ItemCard';
import type { Item } from './model';
import { usePick } from './picks';
import css from './board.module.css';

interface Props { lane: string; laneName: string; stage: string; stageName: string; side: string; at: number; items: Item[]; anyOrder: boolean; repeats: boolean; may: boolean; far: boolean }

/** Where a row and a stage meet. */
export const Cell = memo(function Cell({ lane, laneName, stage, stageName, side, at, items, anyOrder, repeats, may, far }: Props) {
  const where = `${laneName}, ${stageName}`;
  if (far) return <div className={css.tally} style={{ gridColumn: at }} aria-label={where} role="group">{items.length > 0 && <span><b>{items.length}</b><i style={{ width: Math.min(40, items.length * 4) }} /></span>}</div>;
  const steps = lane === 'touchpoints';
  const bracket = steps && anyOrder && items.length > 1;
  const cards = items.map((one) => <ItemCard key={one.key} item={one} />);
  return (
    <div className={css.cell} data-cell={`${lane}|${stage}`} data-lane={lane} data-stage={stage} data-side={side} role="group" aria-label={where} style={{ gridColumn: at }}>
      {bracket ? <div className={css.bracket}><small className={css.sign}><IconArrowsShuffle size={12} stroke={1.7} aria-hidden /> in any order</small>{cards}</div> : cards}
      {steps && repeats && <small className={css.loop}><IconRepeat size={12} stroke={1.7} aria-hidden /> may come again</small>}
      {may && <Plus lane={lane} stage={stage} name={where} empty={!items.length} />}
    </div>
  );
});

function Plus({ lane, stage, name, empty }: { lane: string; stage: string; name: string; empty: boolean }) {
  const cell = `${lane}|${stage}`;
  const adding = usePick((picks) => picks.adding === cell);
  const { zoom } = useDrawn();
  if (adding) return <Adder lane={lane} stage={stage} name={name} />;
  return <button type="button" className={css.plus} data-node={`add:${cell}`} data-add={cell} data-empty={empty} data-zoom={zoom} tabIndex={-1} aria-label={`Add to ${name}`}><IconPlus size={13} stroke={1.8} aria-hidden /></button>;
}
