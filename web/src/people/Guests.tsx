import { Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useWorkspace } from '../address';
import { erase, get, post } from '../api/client';
import type { GuestLink, LinkMade } from '../api/nouns';
import { Trouble } from '../parts/Trouble';
import { useDraft } from '../plan/draft';
import { onDay, plural } from '../words';
import { Made } from './Made';
import css from './people.module.css';

const MAY = [{ value: 'view', label: 'Look' }, { value: 'comment', label: 'Look and comment' }];

/** Links that open one map to somebody without an account. */
export function Guests({ path, reach }: { path: string; reach: boolean }) {
  const cache = useQueryClient();
  const key = [`${path}/guests`];
  const list = useQuery({ queryKey: key, queryFn: () => get<GuestLink[]>(`${path}/guests`) });
  const names = new Map((useDraft().plan?.journeys ?? []).map((one) => [one.id, one.name]));
  const drop = useMutation({ mutationFn: (id: string) => erase(`${path}/guests/${id}`), onSuccess: () => cache.invalidateQueries({ queryKey: key }) });
  const wrong = drop.error ?? list.error;
  return (
    <section className="section">
      <h2>Guests</h2>
      <p className="soft" style={{ marginBottom: 12 }}>A link opens one map to whoever has it: no account, no strategy, no other map, no customers.{!reach && ' Without sign-in it opens on this machine only.'}</p>
      <Making path={path} again={() => void cache.invalidateQueries({ queryKey: key })} />
      {wrong ? <div style={{ marginTop: 12 }}><Trouble error={wrong} /></div> : null}
      {list.data && list.data.length > 0 && (
        <ul className={css.lines} style={{ marginTop: 16 }} aria-label="Links for guests">
          {list.data.map((one) => (
            <li key={one.id} className={css.line}>
              <div className={css.grow}>
                <p><b>{one.label}</b> <span className="soft">{one.may === 'comment' ? 'may look at and comment on' : 'may look at'} {names.get(one.journey) ?? one.journey}{one.figures ? ', with figures' : ''}</span></p>
                <p className="faint small"><span className={one.expired ? 'bad' : undefined}>{one.expired ? 'expired' : 'holds until'} {onDay(one.expires_at)}</span> · {one.came ? `${plural(one.came, 'guest')} came` : 'nobody came yet'} · made by {one.made_by}</p>
              </div>
              <Button variant="default" size="compact-sm" onClick={() => drop.mutate(one.id)}>{one.expired ? 'Remove' : 'Revoke'}</Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Making({ path, again }: { path: string; again: () => void }) {
  const w = useWorkspace();
  const journeys = (useDraft().plan?.journeys ?? []).map((one) => ({ value: one.id, label: one.name }));
  const [label, setLabel] = useState('');
  const [journey, setJourney] = useState<string | null>(null);
  const [may, setMay] = useState('view');
  const [figures, setFigures] = useState(false);
  const [days, setDays] = useState<number | string>(14);
  const map = journey ?? journeys[0]?.value ?? null;
  const make = useMutation({ mutationFn: () => post<LinkMade>(`${path}/guests`, { label, journey: map, may, figures, days: Number(days) || 14 }), onSuccess: () => { setLabel(''); again(); } });
  const submit = (event: FormEvent) => { event.preventDefault(); if (map && label.trim()) make.mutate(); };
  if (journeys.length === 0) return <p className="faint">There is no map yet to show to anybody.</p>;
  return (
    <>
      <form className={css.fields} onSubmit={submit}>
        <TextInput label="For whom" placeholder="Agency North" value={label} onChange={(e) => setLabel(e.target.value)} maxLength={80} w={180} />
        <Select label="Map" data={journeys} value={map} allowDeselect={false} onChange={setJourney} w={180} />
        <Select label="They may" data={MAY} value={may} allowDeselect={false} onChange={(next) => next && setMay(next)} w={160} />
        <NumberInput label="Days" value={days} onChange={setDays} min={1} max={365} w={80} />
        <Checkbox label="With figures" checked={figures} onChange={(e) => setFigures(e.target.checked)} mb={8} />
        <Button size="sm" type="submit" loading={make.isPending} disabled={!label.trim()}>Make a link</Button>
      </form>
      {make.error ? <div style={{ marginTop: 12 }}><Trouble error={make.error} /></div> : null}
      {make.data && <Made says={`Send this to ${make.data.link.label}:`} link={`${window.location.origin}/g/${encodeURIComponent(w)}#${make.data.token}`} />}
    </>
  );
}
