import { plural } from '../../../words';
import { NoteCard } from './NoteCard';
import type { Sitting } from './sitting';
import { NoteEntry, useStageNames } from './Write';
import css from './workshop.module.css';

/** All notes, by the stage they are about. */
export function Reveal({ sitting }: { sitting: Sitting }) {
  const { workshop } = sitting;
  const names = useStageNames(workshop.journey);
  const by = new Map<string, typeof workshop.notes>();
  for (const note of workshop.notes) { const key = names(note.stage); by.set(key, [...(by.get(key) ?? []), note]); }
  const parts = [...by].sort(([a], [b]) => Number(!a) - Number(!b));
  return (
    <div className="stack" style={{ gap: 24 }}>
      <p className="soft">{plural(workshop.note_count, 'note')} by {plural(workshop.writer_count, 'person', 'people')}.</p>
      {parts.map(([stage, notes]) => (
        <section key={stage} className="stack" style={{ gap: 8 }} aria-label={stage || 'On no stage'}>
          {(stage || parts.length > 1) && <h2 className="h3">{stage || 'On no stage'}</h2>}
          <div className={css.notes}>{notes.map((note) => <NoteCard key={note.id} note={note} sitting={sitting} />)}</div>
        </section>
      ))}
      {!sitting.ended && <section className="stack" style={{ gap: 8 }}><h2 className="h3">Something is missing?</h2><NoteEntry sitting={sitting} /></section>}
    </div>
  );
}
