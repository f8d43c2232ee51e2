import { useLayoutEffect, useRef } from 'react';
import { useTools } from './context';
import type { Item } from './model';
import css from './board.module.css';

/** Words changed in their place: Enter keeps them, Escape leaves them as they were. */
export function Wording({ item }: { item: Item }) {
  const { hand, picks, focus } = useTools();
  return (
    <Scribble label={`The words of ${item.name}`} text={item.name} done={(words) => {
      picks.set({ editing: '' });
      if (words !== null) hand.rename(item.key, words);
      focus(item.key);
    }} />
  );
}

export function Scribble({ label, text, done, lines = true }: { label: string; text: string; done: (words: string | null) => void; lines?: boolean }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const over = useRef(false);
  const end = (words: string | null) => { if (over.current) return; over.current = true; done(words); };
  const grow = () => { const one = box.current; if (one) { one.style.height = '0'; one.style.height = `${one.scrollHeight}px`; } };
  useLayoutEffect(() => { box.current?.focus({ preventScroll: true }); box.current?.select(); grow(); }, []);
  return (
    <textarea ref={box} className={css.scribble} aria-label={label} defaultValue={text} rows={1} data-nodrag onInput={grow}
      onBlur={(event) => end(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' && !(lines && event.shiftKey)) { event.preventDefault(); end(event.currentTarget.value); }
        if (event.key === 'Escape') { event.preventDefault(); end(null); }
      }} />
  );
}
