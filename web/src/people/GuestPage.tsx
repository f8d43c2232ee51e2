import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState, type FormEvent } from 'react';
import { useParams } from 'react-router';
import { get, post, Refusal } from '../api/client';
import type { Legend } from '../api/nouns';
import { Trouble } from '../parts/Trouble';
import { Waiting } from '../parts/Waiting';
import { ReadDraft } from '../plan/draft';
import { ThemeToggle } from '../shell/Top';
import { Ground } from './Ground';
import { GuestBoard } from './GuestBoard';
import { takeToken } from './me';
import css from './guest.module.css';
import people from './people.module.css';

const TalkPanel = lazy(async () => ({ default: (await import('../studio/talk/TalkPanel')).TalkPanel }));
const WorkshopBar = lazy(async () => ({ default: (await import('../studio/talk/workshop/WorkshopBar')).WorkshopBar }));
const AGAIN_MS = 4000;

/** What a guest's link opens: one map, to look at, and to comment on where the link allows it. */
export function GuestPage() {
  const { w = '' } = useParams();
  const path = `/w/${encodeURIComponent(w)}/studio/guest`;
  const [token, setToken] = useState(takeToken);
  const legend = useQuery({ queryKey: [path], queryFn: ({ signal }) => get<Legend>(`${path}/legend?guest`, signal), enabled: !token, retry: false, refetchInterval: (one) => (one.state.error ? false : AGAIN_MS) });
  useEffect(() => { document.title = [legend.data?.plan.journeys?.[0]?.name, legend.data?.brand, 'Desirelines'].filter(Boolean).join(' · '); }, [legend.data]);
  if (token) return <Coming path={path} token={token} come={() => { setToken(''); void legend.refetch(); }} />;
  if (legend.error) return <Ground title="This link does not open any more"><div className={people.form}>{legend.error instanceof Refusal && legend.error.status === 401 ? <p className="soft">Open the link that you were sent again. It may have expired or been taken back: then ask whoever sent it for a new one.</p> : <Trouble error={legend.error} />}</div></Ground>;
  if (!legend.data) return <Waiting />;
  return <Room legend={legend.data} />;
}

function Coming({ path, token, come }: { path: string; token: string; come: () => void }) {
  const [name, setName] = useState('');
  const enter = useMutation({ mutationFn: () => post<Legend>(path, { token, name }), onSuccess: come });
  const submit = (event: FormEvent) => { event.preventDefault(); if (name.trim()) enter.mutate(); };
  return (
    <Ground title="You are a guest">
      <p className="soft" style={{ marginTop: 8 }}>Somebody shares a map of a customer’s journey with you. What is your name? Others see it beside what you say.</p>
      <form className={people.form} onSubmit={submit}>
        <TextInput label="Your name" value={name} onChange={(e) => setName(e.target.value)} autoComplete="name" autoFocus required maxLength={80} />
        {enter.error ? <Trouble error={enter.error} /> : null}
        <Button type="submit" fullWidth loading={enter.isPending} disabled={!name.trim()}>Open the map</Button>
      </form>
    </Ground>
  );
}

function Room({ legend }: { legend: Legend }) {
  const [element, setElement] = useState('');
  const [talks, setTalks] = useState(legend.may === 'comment');
  const journey = legend.plan.journeys?.find((one) => one.id === legend.journey);
  const press = (name: string) => { setElement(name === element ? '' : name); setTalks(true); };
  if (!journey) return <Waiting />;
  return (
    <ReadDraft plan={legend.plan} may={legend.may}>
      <a className="skip" href="#main">Skip to the map</a>
      <div className={css.room} data-talks={talks}>
        <header className={css.top}>
          <div className={css.title}><h1>{journey.name}</h1><span className="faint">{legend.brand}</span></div>
          <span className="soft small">{legend.name}, {legend.may === 'comment' ? 'may look and comment' : 'may look'}</span>
          {legend.may === 'comment' && <Suspense fallback={null}><WorkshopBar journey={legend.journey} /></Suspense>}
          <Button variant="default" onClick={() => setTalks(!talks)} aria-expanded={talks}>Comments</Button>
          <ThemeToggle />
        </header>
        <main id="main" className={css.main} tabIndex={-1}><GuestBoard plan={legend.plan} journey={journey} figures={legend.figures} selected={element} press={press} /></main>
        {talks && (
          <aside className={css.side} aria-label="Comments">
            {element && <Button variant="subtle" size="compact-xs" onClick={() => setElement('')}>About the whole map</Button>}
            <Suspense fallback={<Waiting />}><TalkPanel journey={legend.journey} element={element || undefined} onElement={setElement} /></Suspense>
          </aside>
        )}
      </div>
    </ReadDraft>
  );
}
