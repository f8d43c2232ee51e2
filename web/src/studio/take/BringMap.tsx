import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useTo, useWorkspace } from '../../address';
import { call } from '../../api/client';
import type { BringShown } from '../../api/nouns';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { plural } from '../../words';
import { BringChoices } from './BringChoices';
import { BringDrop } from './BringDrop';
import { NOTHING, said, type Chosen } from './chosen';
import css from './take.module.css';

/** Drop an old map, see what it would become, correct, go. */
export function BringMap() {
  const [file, setFile] = useState<File | null>(null);
  if (!file) return <BringDrop take={setFile} />;
  return <Shown key={`${file.name}${file.size}${file.lastModified}`} file={file} another={() => setFile(null)} />;
}

function Shown({ file, another }: { file: File; another: () => void }) {
  const w = encodeURIComponent(useWorkspace());
  const to = useTo();
  const go = useNavigate();
  const cache = useQueryClient();
  const [chosen, setChosen] = useState<Chosen>(NOTHING);
  const [settled] = useDebouncedValue(chosen, 300);
  const send = (path: string, choices: Chosen) => {
    const form = new FormData();
    form.append('file', file, file.name);
    form.append('choices', JSON.stringify(choices));
    return call<BringShown>('POST', `/w/${w}/studio/bring${path}`, form);
  };
  const read = useQuery({
    queryKey: ['bring', w, file.name, file.size, file.lastModified, settled],
    queryFn: () => send('/preview', settled),
    placeholderData: (before) => before,
    retry: false,
  });
  const bring = useMutation({
    mutationFn: () => send('', chosen),
    onSuccess: async (done) => {
      await cache.invalidateQueries();
      await go(to(`studio/${done.journey}`, { journey: null, old: null }));
    },
  });
  const shown = read.data;
  return (
    <div className={css.brought}>
      <p className="soft">{file.name} <Button variant="subtle" color="gray" size="compact-xs" onClick={another}>Another file</Button></p>
      {read.error ? <Trouble error={read.error} /> : null}
      {!shown && !read.error && <Rows count={3} height={60} />}
      {shown && (
        <>
          <BringChoices shown={shown} chosen={chosen} set={setChosen} />
          {!read.error && <Becomes shown={shown} stale={read.isFetching} />}
          <div className="row" style={{ gap: 10 }}>
            <Button style={{ flex: 'none' }} loading={bring.isPending} disabled={Boolean(read.error) || read.isFetching} onClick={() => bring.mutate()}>Draw it as a new map</Button>
            <span className="faint small">Nothing that is in the plan already is changed.</span>
          </div>
          {bring.error ? <Trouble error={bring.error} /> : null}
        </>
      )}
    </div>
  );
}

/** What each thing in the file becomes. */
function Becomes({ shown, stale }: { shown: BringShown; stale: boolean }) {
  const counts = Object.entries(shown.counts).filter(([, n]) => n > 0);
  return (
    <section aria-label="What it becomes" style={{ opacity: stale ? 0.6 : 1 }}>
      <h3>“{shown.name}”: {plural(shown.stages.length, 'stage')}</h3>
      <p className={`${css.counts} soft small`}>{counts.map(([what, n]) => <span key={what}><b>{n}</b> {what}</span>)}</p>
      {shown.notes.length > 0 && <ul className="small doubt" style={{ margin: '6px 0' }}>{shown.notes.map((note) => <li key={note}>{note}</li>)}</ul>}
      <div className={css.table} tabIndex={0} role="region" aria-label="Each thing in the file">
        <table className="list">
          <thead><tr><th scope="col">place</th><th scope="col">stage</th><th scope="col">in the file</th><th scope="col">becomes</th></tr></thead>
          <tbody>
            {shown.becomes.map((one, n) => (
              <tr key={n}>
                <td className="faint">{one.place}</td><td>{one.stage}</td><td style={{ overflowWrap: 'anywhere' }}>{one.words}</td>
                <td className={one.known ? 'good' : undefined}>{said(one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
