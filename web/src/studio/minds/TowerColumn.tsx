import { IconBulb, IconChecklist } from '@tabler/icons-react';
import { useState } from 'react';
import { useAddress } from '../../address';
import type { Box, Plan, Tower, TowerRow } from '../../api/nouns';
import { inOrder } from '../../api/order';
import { useDraft } from '../../plan/draft';
import { Medium } from '../../parts/Medium';
import { count } from '../../words';
import { withBox } from './towers';
import css from './minds.module.css';

const KNOWN: Record<string, string> = { measured: '', silent: 'silent', bound: 'no event yet', unmeasured: 'not measured', idea: 'idea', pilot: 'pilot', live: 'live', retired: 'retired' };

interface Hands { held: string; hold: (id: string) => void; drop: (tower: string, place: number) => void; press: (id: string, key: string) => void }

/** One tower: its boxes from the ground up, and under the line what supports it. */
export function TowerColumn({ tower, plan, told, chosen, editable, held, hold, drop, press }: { tower: Tower; plan: Plan; told?: TowerRow; chosen: boolean; editable: boolean } & Hands) {
  const { set } = useAddress();
  const [over, setOver] = useState<number | null>(null);
  const boxes = inOrder(tower.boxes);
  const states = new Map((told?.supports ?? []).map((one) => [`${one.kind}:${one.id}`, one]));
  const touchpoints = (tower.touchpoints ?? []).flatMap((id) => (plan.touchpoints ?? []).filter((one) => one.id === id));
  const experiences = (tower.experiences ?? []).flatMap((id) => (plan.experiences ?? []).filter((one) => one.id === id));
  const place = (n: number) => ({
    onDragOver: (event: React.DragEvent) => { if (held) { event.preventDefault(); setOver(n); } },
    onDragLeave: () => setOver(null),
    onDrop: (event: React.DragEvent) => { event.preventDefault(); event.stopPropagation(); setOver(null); drop(tower.id, n); },
  });
  return (
    <div className={css.tower} data-chosen={chosen}>
      <div className={css.stack} {...place(boxes.length)} data-over={over === boxes.length}>
        {[...boxes].reverse().map((box, back) => {
          const n = boxes.length - 1 - back;
          return <BoxCard key={box.id} box={box} plan={plan} editable={editable} over={over === n} spot={place(n)} hold={hold} press={press} open={() => set({ tower: tower.id, box: box.id }, false)} />;
        })}
        {!boxes.length && <p className="faint small" style={{ padding: 8 }}>no box yet</p>}
      </div>
      {editable && <AddBox tower={tower.id} />}
      <button type="button" className={`plain ${css.towername}`} aria-expanded={chosen} onClick={() => set({ tower: chosen ? null : tower.id, box: null }, false)}>{tower.name}</button>
      <ul className={css.supports} data-empty={!touchpoints.length && !experiences.length}>
        {experiences.map((one) => <li key={one.id}><span className={`dot ${one.state === 'live' ? 'good' : ''}`} aria-hidden /> {one.name} <span className="faint small">{one.state ?? 'idea'}</span></li>)}
        {touchpoints.map((one) => { const state = states.get(`touchpoint:${one.id}`)?.state ?? ''; return <li key={one.id}><Medium medium={one.medium ?? 'screen'} size={13} /> {one.name} {KNOWN[state] && <span className={state === 'silent' ? 'bad small' : 'faint small'}>{KNOWN[state]}</span>}</li>; })}
        {!touchpoints.length && !experiences.length && <li className="doubt small">nothing supports it</li>}
      </ul>
    </div>
  );
}

function BoxCard({ box, plan, editable, over, spot, hold, press, open }: { box: Box; plan: Plan; editable: boolean; over: boolean; spot: object; open: () => void } & Pick<Hands, 'hold' | 'press'>) {
  const insight = (plan.insights ?? []).find((one) => one.id === box.insight);
  const Icon = box.kind === 'belief' ? IconBulb : IconChecklist;
  return (
    <button id={`box-${box.id}`} type="button" className={css.box} data-over={over} data-kind={box.kind ?? 'task'} draggable={editable} aria-label={`${box.kind ?? 'task'}: ${box.words}`} {...spot}
      onDragStart={(event) => { event.dataTransfer.setData('text/plain', box.words); event.dataTransfer.effectAllowed = 'move'; hold(box.id); }} onDragEnd={() => hold('')}
      onClick={open} onKeyDown={(event) => { if (editable && event.altKey && event.key.startsWith('Arrow')) { event.preventDefault(); press(box.id, event.key); } }}>
      <Icon size={13} stroke={1.6} className="faint" aria-hidden style={{ flex: 'none', marginTop: 2 }} />
      <span>{box.words}{insight ? <small className="faint"> · {insight.n != null ? `n ${count(insight.n)}` : insight.source || 'said'}</small> : <small className="faint"> · guessed</small>}</span>
    </button>
  );
}

function AddBox({ tower }: { tower: string }) {
  const { change } = useDraft();
  const [words, setWords] = useState('');
  return (
    <form className={css.addbox} onSubmit={(event) => { event.preventDefault(); if (words.trim()) { change((plan) => withBox(plan, tower, words.trim().slice(0, 200), 'task')); setWords(''); } }}>
      <input aria-label="A new box" placeholder="+ what they do or hold true" value={words} maxLength={200} onChange={(event) => setWords(event.currentTarget.value)} />
    </form>
  );
}
