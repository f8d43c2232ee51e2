import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useWorkspace } from '../address';
import { put } from '../api/client';
import { CopyText } from '../parts/Copy';
import { Window } from '../parts/Window';
import { Trouble } from '../parts/Trouble';

/** A source file: read it, copy it, mend it; every fault is told at once. */
export function SourceText({ name, yaml, label = 'Look' }: { name: string; yaml: string; label?: string }) {
  const w = encodeURIComponent(useWorkspace());
  const [open, setOpen] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: () => put(`/w/${w}/collect/sources/${encodeURIComponent(name)}`, { yaml: text }),
    onSuccess: async () => { await cache.invalidateQueries(); setOpen(false); setText(null); },
  });
  return (
    <>
      <Button variant="default" size="compact-xs" onClick={() => setOpen(true)} aria-label={`${label}: source file of ${name}`}>{label}</Button>
      {open && <Window title={`Source file of ${name}`} close={() => setOpen(false)} size={760}>
        {text === null ? <pre className="code" tabIndex={0}>{yaml}</pre> : (
          <Textarea aria-label="Source file" value={text} onChange={(e) => setText(e.target.value)} minRows={14} maxRows={26} styles={{ input: { font: '12px/1.6 ui-monospace, Menlo, Consolas, monospace' } }} spellCheck={false} />
        )}
        {save.error ? <div style={{ marginTop: 10 }}><Trouble error={save.error} /></div> : null}
        <div className="row" style={{ marginTop: 12 }}>
          {text === null ? <Button onClick={() => setText(yaml)}>Mend it</Button> : <><Button onClick={() => save.mutate()} loading={save.isPending} disabled={text === yaml}>Save</Button><Button variant="default" onClick={() => setText(null)}>Leave it as it was</Button></>}
          <CopyText label="Copy" text={() => text ?? yaml} />
        </div>
      </Window>}
    </>
  );
}
