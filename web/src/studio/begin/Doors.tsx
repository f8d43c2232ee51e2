import { Button, TextInput } from '@mantine/core';
import { IconFileImport, IconPencil } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ComponentType } from 'react';
import { useNavigate } from 'react-router';
import { useAddress, useTo } from '../../address';
import { useRoom } from '../../api/queries';
import type { Beginnings } from '../../api/nouns';
import { useDraft } from '../../plan/draft';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { plural } from '../../words';
import { blank } from './add';
import css from './begin.module.css';

const found = Object.values(import.meta.glob('../take/BringMap.tsx'))[0];
const BringMap = found ? (lazy(async () => ({ default: ((await found()) as { BringMap: ComponentType }).BringMap }))) : null;

/** Four ways to begin: a challenge, a template, an old map, nothing. */
export function Doors({ close }: { close?: () => void }) {
  const { get, set } = useAddress();
  const read = useRoom<Beginnings>('/studio/beginnings');
  const old = get('old') === '1';
  return (
    <section className={css.doors} aria-label="Begin a map">
      <div className="row apart">
        <h2>Begin with what worries you</h2>
        {close && <Button variant="default" size="xs" onClick={close}>Not now</Button>}
      </div>
      <p className="soft" style={{ marginTop: 2 }}>{read.data && !read.data.has_data ? 'There are no events here yet, so each begins from a template and says what data would add.' : 'The map is filled from your own data: what really happened around it, and the next three questions.'}</p>
      {read.error ? <Trouble error={read.error} retry={() => void read.refetch()} /> : null}
      {!read.data && !read.error && <Rows count={2} height={84} />}
      {read.data && (
        <>
          <ul className={css.challenges}>
            {read.data.challenges.map((one) => (
              <li key={one.id}><button type="button" className={css.challenge} onClick={() => set({ challenge: one.id, begin: null })}><b>“{one.words}.”</b><span className="soft">{one.about}</span></button></li>
            ))}
          </ul>
          <h3 style={{ marginTop: 24 }}>Or with a template</h3>
          <ul className={css.templates}>
            {read.data.templates.map((one) => (
              <li key={one.id}><button type="button" className={css.template} onClick={() => set({ template: one.id, begin: null })}><b>{one.name}</b><span className="soft small">{one.about}</span><span className="faint small">{plural(one.stages.length, 'stage')} · {plural(one.touchpoints, 'touchpoint')}</span></button></li>
            ))}
          </ul>
          <div className={css.rest}>
            {BringMap && (
              <div>
                <h3>Or with an old map</h3>
                <p className="soft small">A workbook, a CSV or a CJML file: see what it would become before it is kept.</p>
                {old ? <Suspense fallback={<Rows count={1} height={80} />}><BringMap /></Suspense> : <Button mt={8} variant="default" leftSection={<IconFileImport size={14} aria-hidden />} onClick={() => set({ old: '1' })}>Bring an old map</Button>}
              </div>
            )}
            <FromNothing />
          </div>
        </>
      )}
    </section>
  );
}

function FromNothing() {
  const { plan, change, flush } = useDraft();
  const go = useNavigate();
  const to = useTo();
  const [name, setName] = useState('');
  const start = () => {
    if (!plan || !name.trim()) return;
    const made = blank(plan, name.trim());
    change((old) => blankInto(old, made));
    void flush().finally(() => go(to(`studio/${made.journey}`, { journey: null })));
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); start(); }}>
      <h3>Or with nothing</h3>
      <p className="soft small">Four stages, two on either side of the sale, and the rest is yours.</p>
      <div className="row" style={{ marginTop: 8 }}>
        <TextInput aria-label="Name of the new map" placeholder="From the first look to the first year" value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={200} style={{ flex: 1 }} />
        <Button type="submit" variant="default" leftSection={<IconPencil size={14} aria-hidden />} disabled={!name.trim() || !plan}>Draw it</Button>
      </div>
    </form>
  );
}

/** The journey of `made` into the draft as it is now, which may have changed meanwhile. */
function blankInto(old: ReturnType<typeof blank>['plan'], made: ReturnType<typeof blank>) {
  const journey = (made.plan.journeys ?? []).find((one) => one.id === made.journey);
  return journey ? { ...old, journeys: [...(old.journeys ?? []), journey] } : old;
}
