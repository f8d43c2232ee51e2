import { Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Trouble } from '../parts/Trouble';
import { plural } from '../words';
import { useDraft, type Draft } from './draft';
import css from './plan.module.css';

/** How the draft stands, in words that are true: on the server's disk, on its way, or waiting here. */
export function standing({ state, waiting, may }: Pick<Draft, 'state' | 'waiting' | 'may'>): string {
  const wait = waiting ? `, ${plural(waiting, 'change')} ${waiting === 1 ? 'waits' : 'wait'} here` : '';
  switch (state) {
    case 'saved': return may === 'edit' ? 'saved in the draft' : 'you may look, not change';
    case 'saving': return 'saving …';
    case 'offline': return `offline${wait}`;
    case 'elsewhere': return `another server holds this draft${wait}`;
    case 'signin': return `sign in again${wait}`;
    case 'forbidden': return 'you may not open this draft';
    case 'gone': return 'this draft is no more';
    case 'refused': return 'not saved';
  }
}

/** How the draft stands; one's own steps back and forth. */
export function Saving() {
  const draft = useDraft();
  const { state, undo, undoable, redo, redoable, plan, may } = draft;
  if (!plan) return null;
  return (
    <div>
      <div className={css.save}>
        <span role="status" className={state === 'saved' || state === 'saving' ? '' : 'bad'}>{standing(draft)}</span>
        {state === 'signin' && <Link to="/sign-in" className="small">Sign in</Link>}
        {may === 'edit' && <>
          <Button variant="default" size="compact-xs" disabled={!undoable} onClick={undo} leftSection={<IconArrowBackUp size={13} aria-hidden />}>Undo</Button>
          <Button variant="default" size="compact-xs" disabled={!redoable} onClick={redo} leftSection={<IconArrowForwardUp size={13} aria-hidden />}>Redo</Button>
        </>}
      </div>
      <Refused draft={draft} />
    </div>
  );
}

/** What the server did not take, and the two ways on. */
function Refused({ draft: { state, error, reload, insist } }: { draft: Draft }) {
  if (state !== 'refused') return null;
  return (
    <div className="card stack" style={{ position: 'fixed', right: 24, top: 64, width: 400, zIndex: 50, boxShadow: 'var(--shadow)' }} role="alertdialog" aria-label="Your last change was not taken">
      <h3>Your last change was not taken.</h3>
      <Trouble error={error} />
      <div className="row"><Button onClick={() => void reload()}>Go on without it</Button><Button variant="default" onClick={() => void insist()}>Try again</Button></div>
    </div>
  );
}
