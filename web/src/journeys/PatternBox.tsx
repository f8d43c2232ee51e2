import { useDebouncedValue } from '@mantine/hooks';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useAsk } from '../api/queries';
import type { PatternHelp } from '../api/nouns';
import { useLook } from './looked';
import css from './pattern.module.css';

/** Where a pattern is written: it completes names and signs, and points at the character that is wrong. */
export function PatternBox({ start, run }: { start: string; run: (pattern: string) => void }) {
  const { level, subject } = useLook();
  const box = useRef<HTMLInputElement>(null);
  const list = useId();
  const [text, setText] = useState(start);
  const [cursor, setCursor] = useState(start.length);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const [asked] = useDebouncedValue(JSON.stringify([text, cursor]), 120);
  const [pattern, place] = JSON.parse(asked) as [string, number];
  const read = useAsk<PatternHelp>('pattern/help', { level, subject, pattern, cursor: place });
  const help = pattern === text && place === cursor && !read.isPlaceholderData ? read.data : undefined;
  const choices = open ? (help?.completions ?? []) : [];
  const fault = text.trim() && help?.fault ? help.fault : null;
  const take = (choice: string) => {
    const begin = help?.begin ?? cursor;
    const next = `${text.slice(0, begin)}${choice} ${text.slice(cursor).trimStart()}`;
    setText(next);
    setCursor(begin + choice.length + 1);
    setAt(0);
    requestAnimationFrame(() => box.current?.setSelectionRange(begin + choice.length + 1, begin + choice.length + 1));
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !(choices.length && open && at > 0)) { event.preventDefault(); setOpen(false); run(text.trim()); return; }
    if (event.key === 'Escape') setOpen(false);
    if (!choices.length) { if (event.key === 'ArrowDown') setOpen(true); return; }
    if (event.key === 'ArrowDown') { event.preventDefault(); setAt(Math.min(choices.length, at + 1)); }
    if (event.key === 'ArrowUp') { event.preventDefault(); setAt(Math.max(0, at - 1)); }
    if ((event.key === 'Enter' || event.key === 'Tab') && at > 0) { event.preventDefault(); take(choices[at - 1].text); }
  };
  const moved = () => setCursor(box.current?.selectionStart ?? text.length);
  return (
    <div className={css.box}>
      <input ref={box} type="text" spellCheck={false} value={text} aria-label="Pattern" placeholder="Basket ~> Checkout" role="combobox" aria-expanded={choices.length > 0} aria-controls={list} aria-autocomplete="list"
        aria-activedescendant={at > 0 ? `${list}-${at}` : undefined} aria-invalid={Boolean(fault)} onKeyDown={key} onKeyUp={moved} onClick={moved} onFocus={() => setOpen(true)} onBlur={() => setTimeout(() => setOpen(false), 150)}
        onChange={(event) => { setText(event.currentTarget.value); setCursor(event.currentTarget.selectionStart ?? event.currentTarget.value.length); setOpen(true); setAt(0); }} />
      {choices.length > 0 && (
        <ul id={list} role="listbox" aria-label="What may come next" className={css.choices}>
          {choices.slice(0, 12).map((one, n) => (
            <li key={one.kind + one.text} id={`${list}-${n + 1}`} role="option" aria-selected={at === n + 1} onMouseDown={(event) => { event.preventDefault(); take(one.text); }}>
              <code>{one.text}</code><span className="faint small">{one.words}</span>
            </li>
          ))}
        </ul>
      )}
      {fault && !choices.length && <p className={css.fault} role="status"><code>{text.slice(0, fault.at)}<mark>{text.slice(fault.at, fault.at + 1) || ' '}</mark>{text.slice(fault.at + 1)}</code><br />{fault.message}{fault.hint && <span className="soft"> {fault.hint}</span>}</p>}
    </div>
  );
}
