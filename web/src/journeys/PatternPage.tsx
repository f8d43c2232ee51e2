import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAddress, useTo } from '../address';
import type { Pattern } from '../api/nouns';
import { Figure } from '../parts/Figure';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { atInstant, count, duration, percent, plural } from '../words';
import { Look } from './Look';
import { Marked } from './Marked';
import { PatternBox } from './PatternBox';
import { useSides } from './sides';
import { Tabs, useNames } from './Tabs';
import { Versus } from './Versus';
import css from './pattern.module.css';
import own from './journeys.module.css';

const SIGNS = [['A -> B', 'right after'], ['A ~> B', 'some time after'], ['A | B', 'either'], ['A+', 'once or more'], ['A{2,3}', 'two or three times'], ['!A', 'anything else'], ['^ A', 'first of the journey'], ['A $', 'last']] as const;

/** How often something happens, for whom, and where in the journeys. */
export function PatternPage() {
  const { get, set } = useAddress();
  const pattern = get('pattern');
  const overlap = get('overlap') === '1';
  const sides = useSides<Pattern>('pattern', { pattern, overlap: overlap ? 'true' : undefined }, Boolean(pattern));
  const error = sides.find((side) => side.read.error)?.read.error;
  const [draft, setDraft] = useState(0);
  return (
    <div className="page wide">
      <Tabs />
      <Look />
      {!pattern && <h1 style={{ marginBottom: 12 }}>What do you want to find in these journeys?</h1>}
      {pattern && sides[0].data && !error && <h1 style={{ maxWidth: 900, marginBottom: 12 }}>{says(sides[0].data)}</h1>}
      <PatternBox key={draft} start={pattern} run={(next) => set({ pattern: next || null })} />
      <div className="row wrap" style={{ margin: '10px 0 16px' }}>
        <Switch size="xs" label="Matches may overlap" checked={overlap} onChange={(event) => set({ overlap: event.currentTarget.checked ? '1' : null }, false)} />
        {pattern && <Button variant="subtle" onClick={() => { set({ pattern: null }); setDraft(draft + 1); }}>Clear</Button>}
        <span className="faint small">Enter finds it. {SIGNS.map(([sign, words]) => <span key={sign} style={{ marginRight: 14, whiteSpace: 'nowrap' }}><code>{sign}</code>&ensp;{words}</span>)}</span>
      </div>
      {pattern && <Versus />}
      {error ? <Trouble error={error} /> : null}
      {pattern && !sides[0].data && !error && <Rows count={6} height={34} />}
      <div className={own.sides}>
        {!error && sides.map((side, n) => side.data && <Answer key={n} data={side.data} name={sides.length > 1 ? side.name : ''} />)}
      </div>
    </div>
  );
}

function says(data: Pattern): string {
  if (!data.count) return 'It never happens in these journeys.';
  const time = data.median_seconds ? `, ${duration(data.median_seconds)} long (median)` : '';
  return `It happens ${plural(data.count, 'time')} in ${percent(data.rate.value ?? 0, 1)} of the journeys${time}.`;
}

function Answer({ data, name }: { data: Pattern; name: string }) {
  const { name: named } = useNames();
  const to = useTo();
  const lists = [['It begins with', data.begins_with], ['It ends with', data.ends_with], ['Right before', data.comes_after], ['Right after', data.leads_to]] as const;
  return (
    <section aria-label={name || 'Matches'}>
      {name && <h2 className="h3">{name}</h2>}
      <p>
        <Marked behind={data.behind_with} words="people in whose journeys it happens">{plural(data.journeys_with, 'journey')}</Marked> of {plural(data.people_with, 'person', 'people')} hold it, <Figure result={data.rate} />;
        {' '}<Marked behind={data.behind_without} words="people in whose journeys it never happens">{count(data.journeys - data.journeys_with)}</Marked> do not.
        {data.p10_seconds !== null && data.p90_seconds !== null && <span className="soft"> Eight of ten take {duration(data.p10_seconds)} to {duration(data.p90_seconds)}.</span>}
      </p>
      <p className="faint small">{[`opens ${plural(data.opens, 'journey')}`, `closes ${count(data.closes)}`, ...data.caveats].join(' · ')}</p>
      <div className={css.where}>
        {lists.map(([title, places]) => places.length > 0 && (
          <section key={title}><h2 className="h3">{title}</h2>
            <ol>{places.slice(0, 8).map((one) => <li key={one.name}><i style={{ width: `${100 * one.rate}%` }} /><span>{named(one.name)}</span><span className="soft">{percent(one.rate)}</span></li>)}</ol>
          </section>
        ))}
      </div>
      {data.examples.length > 0 && (
        <section className="section"><h2>The earliest</h2>
          <ol>{data.examples.map((one, n) => (
            <li key={n} className="row wrap" style={{ padding: '6px 0', borderTop: '1px solid var(--line)' }}>
              {one.customer ? <Link to={to(`customers/${one.customer}`)}>{atInstant(one.at)}</Link> : <span>{atInstant(one.at)}</span>}
              {one.steps.slice(0, 12).map((step, i) => <span key={i} className={own.step}><span>{named(step)}</span></span>)}
              {one.length > Math.min(12, one.steps.length) && <span className="faint small">and {one.length - Math.min(12, one.steps.length)} more</span>}
            </li>
          ))}</ol>
        </section>
      )}
    </section>
  );
}
