import { ActionIcon, Textarea } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { WorkshopNote } from '../../../api/nouns';
import type { Sitting } from './sitting';
import css from './workshop.module.css';

interface Props { note: WorkshopNote; sitting: Sitting; stage?: string; tools?: ReactNode; drag?: boolean }

/** One note. Its writer may change it or throw it away. */
export function NoteCard({ note, sitting, stage, tools, drag }: Props) {
  const [words, setWords] = useState<string | null>(null);
  const { act, ended } = sitting;
  const path = `/notes/${note.id}`;
  const save = () => {
    if (words?.trim() && words !== note.words) void act('PUT', path, { words, stage: note.stage, lane: note.lane });
    setWords(null);
  };
  return (
    <article className={css.note} data-mine={note.mine} draggable={drag && words === null} aria-label={`Note: ${note.words.slice(0, 80)}`} tabIndex={-1}
      onDragStart={(e) => { e.dataTransfer.setData('text/x-note', note.id); e.dataTransfer.effectAllowed = 'move'; }}>
      {words === null ? <p>{note.words}</p>
        : <Textarea aria-label="The note" autoFocus minRows={2} maxLength={1000} value={words} onChange={(e) => setWords(e.target.value)} onBlur={save}
            onKeyDown={(e) => { if (e.key === 'Enter' && !e.shiftKey) { e.preventDefault(); save(); } if (e.key === 'Escape') { e.stopPropagation(); setWords(null); } }} />}
      <footer>
        <span className="faint small">{[stage, note.by].filter(Boolean).join(' · ')}</span>
        <span className="row" style={{ gap: 0 }}>
          {tools}
          {note.mine && !ended && words === null && (
            <>
              <ActionIcon size="sm" aria-label={`Change “${note.words.slice(0, 40)}”`} onClick={() => setWords(note.words)}><IconPencil size={13} /></ActionIcon>
              <ActionIcon size="sm" aria-label={`Throw “${note.words.slice(0, 40)}” away`} onClick={() => void act('DELETE', path)}><IconTrash size={13} /></ActionIcon>
            </>
          )}
        </span>
      </footer>
    </article>
  );
}
