import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { Link } from 'react-router';
import { useTo, useWorkspace } from '../address';
import { call, post } from '../api/client';
import type { Job, Receipt } from '../api/nouns';
import type { Dropped, Preview, Source } from '../api/nouns';
import { JobLine } from '../parts/JobLine';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { ColumnsTable } from './ColumnsTable';
import { Drop } from './Drop';
import { EventForm } from './EventForm';
import { OptionsForm } from './OptionsForm';
import { OthersForm } from './OthersForm';
import { Outcome, YamlView } from './Outcome';
import { ReceiptCard } from './ReceiptCard';
import css from './data.module.css';

/** Drop a file, see what it would become, correct, go. */
export function BringPage() {
  const to = useTo();
  const w = encodeURIComponent(useWorkspace());
  const upload = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append('file', file, file.name);
      return call<Dropped>('POST', `/w/${w}/collect/files`, form);
    },
  });
  if (upload.data) return <Shape key={upload.data.file} dropped={upload.data} another={upload.reset} />;
  return (
    <div className="page">
      <p className="faint small"><Link to={to('data')}>Data</Link> · bring a file</p>
      <h1>What did your customers do?</h1>
      <p className="lede">Any table with a time in each row will do: orders, tickets, visits, answers. It is read on this machine and goes nowhere else.</p>
      <div style={{ marginTop: 28 }}><Drop take={(file) => upload.mutate(file)} busy={upload.isPending} /></div>
      {upload.error ? <div style={{ marginTop: 16 }}><Trouble error={upload.error} /></div> : null}
    </div>
  );
}

function Shape({ dropped, another }: { dropped: Dropped; another: () => void }) {
  const { guess, file, name } = dropped;
  const w = encodeURIComponent(useWorkspace());
  const to = useTo();
  const cache = useQueryClient();
  const [source, setSource] = useState<Source>(guess.source);
  const [settled] = useDebouncedValue(source, 350);
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const preview = useQuery({
    queryKey: ['preview', w, file, settled],
    queryFn: () => post<Preview>(`/w/${w}/collect/preview`, { file, source: settled }),
    placeholderData: (before) => before,
    retry: false,
  });
  const start = useMutation({ mutationFn: () => post<Job>(`/w/${w}/collect/imports`, { file, source }) });
  const events = source.events ?? [];
  const done = async (job: Job) => { setReceipt(job.result as Receipt); await cache.invalidateQueries(); };
  if (receipt) return <div className="page"><ReceiptCard receipt={receipt} file={name} another={another} /></div>;
  return (
    <div className="page wide">
      <p className="faint small"><Link to={to('data')}>Data</Link> · {name}</p>
      <h1>Is this what {name} says?</h1>
      <p className="lede">A guess from its first rows. Correct what is wrong; the right side shows at once what would become of it.</p>
      {guess.notes.length ? <ul className="small doubt" style={{ marginTop: 8 }}>{guess.notes.map((one) => <li key={one}>{one}</li>)}</ul> : null}
      <div className={css.columns} style={{ marginTop: 24 }}>
        <div className="stack" style={{ gap: 32 }}>
          <OptionsForm dropped={dropped} source={source} change={setSource} />
          <section><h2>Columns</h2><p className="soft small" style={{ margin: '2px 0 8px' }}>Which name a person (email, member number) or an object (order, ticket), and which together make a row unique.</p>
            <ColumnsTable columns={guess.columns} source={source} change={setSource} />
          </section>
          <section className="stack"><h2>Events a row gives</h2>
            {events.map((one, n) => (
              <EventForm key={n} nth={n + 1} columns={guess.columns} event={one} change={(next) => setSource({ ...source, events: events.map((old, i) => (i === n ? next : old)) })}
                remove={() => setSource({ ...source, events: events.filter((_, i) => i !== n) })} />
            ))}
            <div><Button variant="default" onClick={() => setSource({ ...source, events: [...events, { event: 'Something Happened', time: guess.columns.find((one) => one.looks_like === 'time' || one.looks_like === 'date')?.name ?? guess.columns[0].name, rank: events.length }] })}>Another event</Button></div>
          </section>
          <OthersForm columns={guess.columns} source={source} change={setSource} />
        </div>
        <div className={css.aside}>
          {preview.error ? <Trouble error={preview.error} /> : preview.data ? <div style={{ opacity: preview.isFetching ? 0.6 : 1, display: 'grid', gap: 16 }}><Outcome preview={preview.data} /></div> : <Rows count={5} />}
          {start.error ? <Trouble error={start.error} /> : null}
          {start.data && !start.error ? <JobLine workspace={start.data.workspace} job={start.data} done={(job) => void done(job)} /> : (
            <div className="row"><Button size="sm" onClick={() => start.mutate()} loading={start.isPending} disabled={Boolean(preview.error) || !preview.data}>Import it</Button><Button size="sm" variant="default" onClick={another}>Another file</Button></div>
          )}
          {preview.data && <YamlView yaml={preview.data.yaml} />}
        </div>
      </div>
    </div>
  );
}
