import { Button, NumberInput, Slider } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAddress, useTo } from '../address';
import { useAsk } from '../api/queries';
import type { Discovered, Journey, Plan, Touchpoint } from '../api/nouns';
import { lastOrder } from '../api/order';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { useDraft } from '../plan/draft';
import { count, newId, percent, plural } from '../words';
import { Look } from './Look';
import { useLook } from './looked';
import { Marked } from './Marked';
import { Tabs, useNames } from './Tabs';
import css from './journeys.module.css';

const SIGNS: Record<string, string> = { step: '', sequence: 'one after the other', choice: 'one of these', parallel: 'in any order', loop: 'again and again', optional: 'or not at all' };

/** A plan drawn from the journeys people take: blocks at any depth, to be put into the draft. */
export function DiscoverPage() {
  const { get, set } = useAddress();
  const { level, subject } = useLook();
  const { name } = useNames();
  const depth = get('depth') || '1';
  const noise = get('noise') || '0.2';
  const read = useAsk<Discovered>('discover', { level: level === 'touchpoint' ? level : 'event', subject, depth, noise });
  const data = read.data;
  return (
    <div className="page wide">
      <Tabs />
      <Look />
      {read.error ? <Trouble error={read.error} retry={() => void read.refetch()} /> : null}
      {!data && !read.error && <Rows count={8} height={44} />}
      {data && (
        <div style={{ opacity: read.isPlaceholderData ? 0.6 : 1 }}>
          <h1 style={{ maxWidth: 900 }}>{says(data)}</h1>
          <p className="soft" style={{ margin: '8px 0 14px' }}>{[`made of ${count(data.used)} of ${plural(data.journeys, 'journey')}`, data.tree.precision === null ? '' : `precision ${data.tree.precision.toFixed(2)}`, ...data.caveats].filter(Boolean).join(' · ')}</p>
          <div className="row wrap" style={{ gap: 20, marginBottom: 16 }}>
            <span className="small soft">How finely</span>
            <Slider w={200} size="xs" min={0} max={Math.max(1, data.levels)} value={Math.min(Number(depth), data.levels)} label={null} thumbLabel="How finely the journeys are cut into blocks" onChange={(n) => set({ depth: String(n) }, false)} />
            <NumberInput aria-label="Passed over below, percent of the commonest next step" size="xs" w={150} min={0} max={100} suffix=" % passed over" value={Math.round(Number(noise) * 100)} onChange={(n) => set({ noise: String(Number(n) / 100) }, false)} />
            <Take found={data} />
          </div>
          <ol aria-label="Blocks">
            {data.blocks.map((one) => (
              <li key={one.name + one.steps.join()} className={css.variant}>
                <div><b>{one.kind === 'step' ? name(one.steps[0] ?? one.name) : one.name}</b><br /><span className="faint small">{SIGNS[one.kind]}</span></div>
                <div className={css.steps}>{one.steps.map((step) => <span key={step} className={css.step}><span>{name(step)}</span></span>)}</div>
                <div className="small soft" style={{ textAlign: 'right' }}><Marked behind={one.behind} words={`those who met ${one.name}`}>{plural(one.people, 'person', 'people')}</Marked><br />{percent(one.rate)} of journeys</div>
              </li>
            ))}
          </ol>
          {data.passed_over.length + data.rare.length > 0 && <p className="faint small" style={{ marginTop: 12 }}>Without a place: {[...data.passed_over, ...data.rare].map(name).join(', ')}</p>}
        </div>
      )}
    </div>
  );
}

function says(data: Discovered): string {
  return `${plural(data.blocks.length, 'block')} tell ${percent(data.drawn.average_fitness)} of what these journeys do; ${percent(data.drawn.fitting_rate)} of them go exactly so.`;
}

/** Adds the journey and its new touchpoints to the draft, under ids that are free there. */
function Take({ found }: { found: Discovered }) {
  const draft = useDraft();
  const to = useTo();
  const [taken, setTaken] = useState('');
  if (taken) return <span className="small good">It is in the draft. <Link to={to('plan/journeys')}>Open it there</Link></span>;
  const take = () => {
    draft.change((plan) => added(plan, found.journey as Journey, found.touchpoints as Touchpoint[]));
    void draft.flush();
    setTaken(found.journey.name ?? 'journey');
  };
  return <Button onClick={take} disabled={!draft.plan}>Put it into the draft</Button>;
}

function added(plan: Plan, journey: Journey, touchpoints: Touchpoint[]): Plan {
  const journeys = plan.journeys ?? [];
  const there = new Set((plan.touchpoints ?? []).map((one) => one.id));
  const id = newId(journey.name ?? 'discovered');
  return { ...plan, touchpoints: [...(plan.touchpoints ?? []), ...touchpoints.filter((one) => !there.has(one.id))], journeys: [...journeys, { ...journey, id, order: lastOrder(journeys) }] };
}
