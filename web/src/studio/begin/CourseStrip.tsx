import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useTo, useWorkspace } from '../../address';
import { post, put } from '../../api/client';
import { usePublished, useRoom } from '../../api/queries';
import type { CourseStands, Courses } from '../../api/nouns';
import { useNotice } from '../../draft/presence';
import { Figure } from '../../parts/Figure';
import { Trouble } from '../../parts/Trouble';
import { onDay, percent } from '../../words';
import css from './begin.module.css';

const TONES: Record<CourseStands['state'], string> = { holds: 'good', 'holds so far': 'good', 'in doubt': 'doubt', broken: 'bad', 'not judged': '', gone: 'bad' };

/** One journey, one promise, ninety days: the first step, and how it stands. */
export function CourseStrip() {
  const w = encodeURIComponent(useWorkspace());
  const cache = useQueryClient();
  const read = useRoom<Courses>('/studio/courses');
  const [open, setOpen] = useState(false);
  const fresh = (data: Courses) => { cache.setQueryData([`/w/${w}/studio/courses`], data); setOpen(false); };
  useNotice('courses', () => void read.refetch());
  const start = useMutation({ mutationFn: (body: object) => post<Courses>(`/w/${w}/studio/courses`, body), onSuccess: fresh });
  const end = useMutation({ mutationFn: ({ id, ended }: { id: string; ended: string }) => put<Courses>(`/w/${w}/studio/courses/${id}/ended?ended=${ended}`, {}), onSuccess: fresh });
  const error = start.error ?? end.error ?? read.error;
  if (!read.data) return error ? <Trouble error={error} retry={() => void read.refetch()} /> : <div className={css.course} style={{ minHeight: 96 }} aria-busy />;
  const { now, next, past } = read.data;
  const last = past[0];
  return (
    <section className={css.course} aria-labelledby="course">
      <div className="row apart"><h2 id="course">One journey, one promise, 90 days</h2>{now && <span className="faint small">set by {now.course.by}</span>}</div>
      {error ? <Trouble error={error} /> : null}
      {now ? (
        <Running now={now} end={(ended) => end.mutate({ id: now.course.id, ended })} more={() => setOpen(true)} nextName={next[0]?.promise_name} busy={end.isPending} />
      ) : (
        <>
          <p className="soft">No brand mends everything at once. Choose one promise on one journey, hold it for ninety days, then take the next.</p>
          {next.length > 0 ? (
            <ul className={css.steps}>
              {next.map((one) => (
                <li key={`${one.journey} ${one.promise}`}>
                  <span><b>{one.promise_name}</b> <span className="soft">on “{one.journey_name}”</span><br /><span className="faint small">{one.why}</span></span>
                  <Button size="xs" variant="default" loading={start.isPending} onClick={() => start.mutate({ journey: one.journey, promise: one.promise, started_on: today(), days: 90 })}>Hold this one</Button>
                </li>
              ))}
            </ul>
          ) : <NoPromise />}
          {last?.ended === 'dropped' && <p className="small"><button type="button" className="plain" style={{ color: 'var(--accent-ink)' }} onClick={() => end.mutate({ id: last.id, ended: 'no' })}>Take up again what was dropped</button></p>}
        </>
      )}
      {!now && next.length > 0 && !open && <p className="small"><button type="button" className="plain" style={{ color: 'var(--accent-ink)' }} onClick={() => setOpen(true)}>Choose another promise or day</button></p>}
      {open && <Choose go={(body) => start.mutate(body)} close={() => setOpen(false)} busy={start.isPending} />}
    </section>
  );
}

const today = (): string => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

function NoPromise() {
  const to = useTo();
  return <p>No promise stands on a measured journey yet. <Link to={to('plan/promises')}>Word the first one</Link>, publish, and it can be held.</p>;
}

function Running({ now, end, more, nextName, busy }: { now: CourseStands; end: (ended: string) => void; more: () => void; nextName?: string; busy: boolean }) {
  const to = useTo();
  const kept = now.figures?.kept ?? null;
  const share = now.day / now.course.days;
  const stale = now.last_on && now.last_on < now.course.started_on;
  return (
    <>
      <p style={{ fontSize: 16 }}><Link to={to('map', { journey: now.course.journey, selected: `promise:${now.course.promise}` })}>{now.promise_name}</Link> <span className="soft">on “{now.journey_name}”</span></p>
      <p className={TONES[now.state]}><b>Day {now.day} of {now.course.days}.</b> {now.words}.</p>
      <div className={css.days} role="img" aria-label={`day ${now.day} of ${now.course.days}`}><i style={{ width: `${100 * share}%` }} /></div>
      <p className="faint small">since {onDay(now.course.started_on)}{kept && <> · kept <Figure result={kept} /> against {percent(now.target)}</>}{stale && <> · the data end on {onDay(now.last_on!)}, before it began</>}</p>
      <div className="row wrap">
        {now.state === 'holds' || now.state === 'holds so far' ? <Button size="xs" loading={busy} onClick={() => end('held')}>It holds: take the next{nextName ? ` (${nextName})` : ''}</Button> : null}
        <Button size="xs" variant="default" onClick={more}>Choose another</Button>
        <Button size="xs" variant="default" loading={busy} onClick={() => end('dropped')}>Drop it</Button>
      </div>
    </>
  );
}

function Choose({ go, close, busy }: { go: (body: object) => void; close: () => void; busy: boolean }) {
  const plan = usePublished().data;
  const journeys = plan?.journeys ?? [];
  const [journey, setJourney] = useState<string | null>(journeys[0]?.id ?? null);
  const [promise, setPromise] = useState<string | null>(null);
  const [day, setDay] = useState(today());
  const [days, setDays] = useState<number | string>(90);
  return (
    <form className={css.choose} onSubmit={(event) => { event.preventDefault(); if (journey && promise) go({ journey, promise, started_on: day, days: Number(days) }); }}>
      <Select label="Journey" data={journeys.map((one) => ({ value: one.id, label: one.name }))} value={journey ?? journeys[0]?.id ?? null} onChange={setJourney} allowDeselect={false} />
      <Select label="Promise" placeholder="choose one" data={(plan?.promises ?? []).map((one) => ({ value: one.id, label: one.name }))} value={promise} onChange={setPromise} />
      <TextInput type="date" label="From" value={day} onChange={(event) => setDay(event.currentTarget.value)} />
      <NumberInput label="Days" min={7} max={730} value={days} onChange={setDays} />
      <div className="row" style={{ gridColumn: '1 / -1' }}><Button type="submit" size="xs" disabled={!journey || !promise || !day} loading={busy}>Set out</Button><Button size="xs" variant="default" onClick={close}>Not now</Button></div>
    </form>
  );
}
