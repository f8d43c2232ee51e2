import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { Trouble } from '../parts/Trouble';
import { useDraft } from './draft';
import css from './plan.module.css';

const SAYS = { saved: 'saved in the draft', waiting: 'typing …', saving: 'saving …', conflict: 'somebody else saved', failed: 'not saved' } as const;

/** How the draft stands: saved as one types, undone step by step, a clash said at once. */
export function Saving() {
  const { state, undo, undoable, error, reload, insist, flush, plan } = useDraft();
  if (!plan) return null;
  return (
    <div>
      <div className={css.save}>
        <span role="status" className={state === 'failed' || state === 'conflict' ? 'bad' : ''}>{SAYS[state]}</span>
        <Button variant="default" size="compact-xs" disabled={!undoable} onClick={undo} leftSection={<IconArrowBackUp size={13} aria-hidden />}>Undo</Button>
      </div>
      {state === 'conflict' && (
        <div className="card stack" style={{ position: 'fixed', right: 24, top: 64, width: 400, zIndex: 50, boxShadow: 'var(--shadow)' }} role="alertdialog" aria-label="Somebody else saved">
          <h3>Somebody else saved this draft meanwhile.</h3>
          <Trouble error={error} />
          <div className="row"><Button onClick={() => void reload()}>Take theirs</Button><Button variant="default" onClick={() => void insist()}>Keep mine instead</Button></div>
        </div>
      )}
      {state === 'failed' && <div style={{ position: 'fixed', right: 24, top: 64, width: 400, zIndex: 50 }}><Trouble error={error} retry={() => void flush()} /></div>}
    </div>
  );
}
