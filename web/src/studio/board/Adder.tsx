import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { Medium } from '../../parts/Medium';
import { plural } from '../../words';
import { useTools } from './context';
import css from './board.module.css';

const ASKS: Record<string, string> = {
  moments: 'I want …', touchpoints: 'A touchpoint', promises: 'What we promise', messages: 'What we say', frontstage: 'What they see us do', backstage: 'What must happen', systems: 'A system',
  owners: 'A team', figures: 'A figure', insights: 'What was learned', pains: 'What hurts', opportunities: 'What could be better', think: 'They think …', feel: 'They feel …', do: 'They …', images: 'A caption',
};

/** A cell being added to: Enter adds and waits for the next, several pasted lines become several cards, what the plan has is offered. */
export function Adder({ lane, stage, name }: { lane: string; stage: string; name: string }) {
  const { hand, picks, offers, focus, say } = useTools();
  const [text, setText] = useState('');
  const [at, setAt] = useState(-1);
  const box = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const target = { lane, stage, before: null };
  const found = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return [];
    return offers(lane).filter((one) => one.name.toLowerCase().includes(wanted)).sort((a, b) => a.name.toLowerCase().indexOf(wanted) - b.name.toLowerCase().indexOf(wanted)).slice(0, 6);
  }, [text, lane, offers]);
  useEffect(() => { box.current?.focus(); }, []);
  useEffect(() => { if (found.length) say(`${plural(found.length, 'like it', 'like it')} in the plan already: arrow down chooses.`); }, [found.length, say]);
  const close = () => picks.set({ adding: '' });
  const clear = () => { setText(''); setAt(-1); };
  const add = () => {
    if (found[at]) hand.refer(target, found[at].id, found[at].name);
    else if (text.trim()) hand.add(target, [text]);
    clear();
  };
  return (
    <div className={css.adder} data-nodrag>
      <textarea ref={box} className={css.scribble} rows={Math.max(1, Math.ceil(text.length / 20))} value={text} placeholder={ASKS[lane] ?? 'A card'} aria-label={`Add to ${name}`} aria-controls={id} aria-autocomplete="list" aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        onChange={(event) => { setText(event.target.value); setAt(-1); }}
        onPaste={(event) => {
          const lines = event.clipboardData.getData('text/plain').split(/\r?\n/).map((one) => one.replace(/\t+/g, ' ').trim()).filter(Boolean);
          if (lines.length < 2) return;
          event.preventDefault();
          event.stopPropagation();
          hand.add(target, lines);
          clear();
        }}
        onBlur={(event) => { if (event.relatedTarget instanceof Element && event.relatedTarget.closest(`[id="${id}"]`)) return; add(); close(); }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); if (text.trim()) add(); else { close(); focus(`add:${lane}|${stage}`); } }
          if (event.key === 'Escape') { event.preventDefault(); clear(); setText(''); close(); focus(`add:${lane}|${stage}`); }
          if (event.key === 'ArrowDown' && found.length) { event.preventDefault(); setAt((at + 1) % found.length); }
          if (event.key === 'ArrowUp' && found.length) { event.preventDefault(); setAt(at <= 0 ? found.length - 1 : at - 1); }
        }} />
      <ul id={id} role="listbox" aria-label="In the plan already" className={css.offers} hidden={!found.length}>
        {found.map((one, n) => (
          <li key={one.id} id={`${id}-${n}`} role="option" aria-selected={n === at} className={css.offer}
            onPointerDown={(event) => { event.preventDefault(); hand.refer(target, one.id, one.name); clear(); }}>
            {one.medium && <Medium medium={one.medium} size={13} />}<span>{one.name}</span><small>{one.hint}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}
