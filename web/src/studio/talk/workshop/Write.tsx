import { Button, Select, TextInput } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useDraft } from '../../../plan/draft';
import { plural } from '../../../words';
import { stagesOn } from '../elements';
import { NoteCard } from './NoteCard';
import type { Sitting } from './sitting';
import css from './workshop.module.css';

/** A line for notes: Enter keeps one and is ready for the next. */
export function NoteEntry({ sitting }: { sitting: Sitting }) {
  const { plan } = useDraft();
  const { workshop, act } = sitting;
  const stages = stagesOn(plan, workshop.journey);
  const [words, setWords] = useState('');
  const [stage, setStage] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const keep = async () => {
    const text = words.trim();
    if (!text) return;
    setWords('');
    field.current?.focus();
    if (!(await act('POST', '/notes', { words: text, stage }))) setWords((now) => now || text);
  };
  return (
    <form className={css.entry} onSubmit={(e) => { e.preventDefault(); void keep(); }}>
      <TextInput ref={field} aria-label="A note" placeholder="One thought, then Enter" size="md" autoFocus maxLength={1000} value={words} onChange={(e) => setWords(e.target.value)} style={{ flex: 1, minWidth: 200 }} />
      <Select aria-label="About which stage" placeholder="any stage" size="md" clearable w={190} data={stages.map((one) => ({ value: one.id, label: one.name }))} value={stage || null} onChange={(next) => setStage(next ?? '')} />
      <Button type="submit" size="md" disabled={!words.trim()}>Keep it</Button>
    </form>
  );
}

/** Silent writing: one's own notes, and how many there are by now. */
export function Write({ sitting }: { sitting: Sitting }) {
  const { workshop } = sitting;
  const names = useStageNames(workshop.journey);
  const mine = [...workshop.notes].filter((note) => note.mine).reverse();
  const others = workshop.notes.filter((note) => !note.mine);
  const hidden = workshop.note_count - workshop.notes.length;
  return (
    <div className="stack" style={{ gap: 20 }}>
      <NoteEntry sitting={sitting} />
      <p className="soft row" style={{ gap: 6 }}><IconEyeOff size={15} aria-hidden />{hidden ? `The others have written ${plural(hidden, 'note')}. ` : ''}Nobody sees yours until the reveal, and you see nobody else’s.</p>
      <div className={css.notes}>{mine.map((note) => <NoteCard key={note.id} note={note} sitting={sitting} stage={names(note.stage)} />)}</div>
      {others.length > 0 && <section className="stack" style={{ gap: 8 }}><h2 className="h3">From before</h2><div className={css.notes}>{others.map((note) => <NoteCard key={note.id} note={note} sitting={sitting} stage={names(note.stage)} />)}</div></section>}
    </div>
  );
}

export function useStageNames(journey: string): (id: string) => string {
  const { plan } = useDraft();
  const names = new Map(stagesOn(plan, journey).map((one) => [one.id, one.name]));
  return (id) => names.get(id) ?? '';
}
