import { Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconChevronDown, IconChevronRight, IconPlus, IconRepeat } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { plural } from '../../words';
import { useTools } from './context';
import type { Grid } from './grid';
import type { Column } from './model';
import { usePick } from './picks';
import { Scribble } from './Wording';
import css from './board.module.css';

const ARCS: Record<string, string> = { setup: 'M1,9 H9', rising: 'M1,10 L17,2', climax: 'M1,9 L9,2 L17,9', falling: 'M1,2 L17,10', resolution: 'M1,6 C6,6 8,9 17,9' };
export const PHASES = ['acquisition', 'engagement', 'transaction', 'delivery', 'service', 'support'] as const;

/** Its place in the story as a small line, and the word. */
export function Arc({ arc }: { arc: string }) {
  if (!arc) return null;
  return <span className={css.arc}><svg width="18" height="12" viewBox="0 0 18 12" aria-hidden><path d={ARCS[arc] ?? ''} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" /></svg>{arc}</span>;
}

interface Props { steps: number; columns: Column[]; grid: Grid; may: boolean; far: boolean; opened: string; turn: (stage: string) => void; repeats: boolean }

/** The stages' heads on their two sides, with the seam between them, and a place to add more. */
export const Heads = memo(function Heads({ steps, columns, grid, may, far, opened, turn, repeats }: Props) {
  const buyers = columns.filter((one) => one.side === 'buyer');
  const customers = columns.filter((one) => one.side === 'customer');
  const last = columns.at(-1)?.id;
  const lacking = columns.length ? PHASES.filter((phase) => !columns.some((one) => one.phase === phase)) : [];
  return (
    <div className={css.heads} style={{ gridTemplateColumns: grid.template }}>
      <div className={css.corner} style={{ gridColumn: 1, gridRow: '1 / 3' }}>
        {columns.length > 0 && <p>{plural(columns.length, 'stage')}<br />{plural(steps, 'touchpoint')}</p>}
        {lacking.length > 0 && <Tooltip label={`No stage is marked as ${lacking.join(', ')}. A whole journey has all six phases.`}><p className="doubt" tabIndex={0}><span className="define">{lacking.length === 6 ? 'no phases yet' : `${plural(lacking.length, 'phase')} empty`}</span></p></Tooltip>}
      </div>
      <p className={css.side} data-side="buyer" style={{ gridColumn: `2 / ${grid.adders.buyer + 1}` }}>Buyer’s journey</p>
      <p className={css.seamname} data-seam style={{ gridColumn: grid.seamAt, gridRow: '1 / 3' }}><span>seam</span></p>
      <p className={css.side} data-side="customer" style={{ gridColumn: `${grid.seamAt + 1} / ${grid.adders.customer + 1}` }}>Customer’s journey</p>
      {columns.map((one) => <Head key={one.id} stage={one} at={grid.at.get(one.id)!} far={far} open={opened === one.id} turn={turn} again={repeats && one.id === last} />)}
      <AddStage side="buyer" at={grid.adders.buyer} empty={!buyers.length} may={may} />
      <AddStage side="customer" at={grid.adders.customer} empty={!customers.length} may={may} />
    </div>
  );
});

const Head = memo(function Head({ stage, at, far, open, turn, again }: { stage: Column; at: number; far: boolean; open: boolean; turn: (stage: string) => void; again: boolean }) {
  const key = `stage:${stage.id}`;
  const chosen = usePick((picks) => picks.chosen.has(key));
  const editing = usePick((picks) => picks.editing === key);
  const ring = usePick((picks) => picks.others.get(key));
  const { hand, picks, focus } = useTools();
  return (
    <div className={css.headcell} data-cell={`head|${stage.id}`} data-lane="head" data-stage={stage.id} data-side={stage.side} style={{ gridColumn: at, gridRow: 2 }}>
      <div className={css.head} role={editing ? undefined : 'button'} tabIndex={-1} aria-pressed={editing ? undefined : chosen} aria-label={editing ? undefined : [`Stage ${stage.name}`, stage.phase, stage.arc, stage.repeats && 'may come again', stage.overHint].filter(Boolean).join(', ')}
        data-node={key} data-stagehead={stage.id} data-side={stage.side} data-on={chosen} title={stage.words || undefined} style={ring ? { boxShadow: `0 0 0 2px ${ring.colour}` } : undefined}>
        {editing ? (
          <Scribble label={`The name of stage ${stage.name}`} text={stage.name} lines={false} done={(words) => { picks.set({ editing: '' }); if (words?.trim()) hand.patchStage(stage.id, { name: words.trim().slice(0, 200) }, 'Stage renamed'); focus(key); }} />
        ) : <span className={css.stagename} lang="en">{stage.name}</span>}
        {!far && (
          <span className={css.meta}>
            {stage.over !== undefined && <span className={stage.overFew ? 'hatch' : undefined} title={stage.overHint}>{stage.over}</span>}
            {stage.phase && <span>{stage.phase}</span>}
            <Arc arc={stage.arc} />
            {stage.repeats && <IconRepeat size={12} stroke={1.8} role="img" aria-label="may come again" />}
          </span>
        )}
        {again && !far && <span className={css.again}>↺ back to the start</span>}
      </div>
      {stage.opens && stage.opensName && (
        <button type="button" className={css.opens} data-node={`micro:${stage.id}`} data-nodrag tabIndex={-1} aria-expanded={open} onClick={() => turn(stage.id)} aria-label={`The journey inside: ${stage.opensName}`} title={`Opens into ${stage.opensName}`}>
          {open ? <IconChevronDown size={12} aria-hidden /> : <IconChevronRight size={12} aria-hidden />}<IconArrowsMaximize size={11} aria-hidden /><span>{stage.opensName}</span>
        </button>
      )}
    </div>
  );
});

function AddStage({ side, at, empty, may }: { side: 'buyer' | 'customer'; at: number; empty: boolean; may: boolean }) {
  const { hand, focus } = useTools();
  const [open, setOpen] = useState(false);
  if (!may) return <div style={{ gridColumn: at, gridRow: 2 }} className={css.headcell} data-side={side} />;
  const name = `Add a stage on the ${side}’s side`;
  const key = `add:stage|${side}`;
  return (
    <div className={css.headcell} data-cell={`head|+${side}`} data-lane="head" data-stage={`+${side}`} data-side={side} style={{ gridColumn: at, gridRow: 2 }}>
      {open ? <Names label={name} wide={empty} add={(names) => hand.addStages(names, side)} close={() => { setOpen(false); focus(key); }} />
        : <button type="button" className={css.addstage} data-empty={empty} data-node={key} data-nodrag tabIndex={-1} aria-label={name} title={name} onClick={() => setOpen(true)}><IconPlus size={14} stroke={1.8} aria-hidden />{empty && (side === 'buyer' ? 'First thing a buyer does' : 'First thing after the sale')}</button>}
    </div>
  );
}

function Names({ label, wide, add, close }: { label: string; wide: boolean; add: (names: string[]) => void; close: () => void }) {
  const [text, setText] = useState('');
  const put = () => { if (text.trim()) add([text]); setText(''); };
  return (
    <input className={css.stageinput} data-wide={wide} aria-label={label} placeholder="Its name" autoFocus value={text} maxLength={200} data-nodrag onChange={(event) => setText(event.target.value)}
      onBlur={() => { put(); close(); }}
      onPaste={(event) => {
        const lines = event.clipboardData.getData('text/plain').split(/\r?\n|\t/).map((one) => one.trim()).filter(Boolean);
        if (lines.length > 1) { event.preventDefault(); add(lines); setText(''); }
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') { event.preventDefault(); if (text.trim()) put(); else close(); }
        if (event.key === 'Escape') { event.preventDefault(); setText(''); close(); }
      }} />
  );
}
