import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAddress, useSight, useTo } from '../address';
import { usePublished, useRoom, useSeen, useSummary } from '../api/queries';
import type { Experiment, Trial } from '../api/nouns';
import { Marked } from '../journeys/Marked';
import { Empty } from '../parts/Empty';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, onDay, percent, plural } from '../words';
import { Notes } from './DriversPage';
import { GoalPicture, Looks, Exposures } from './ExperimentPictures';
import { WhyTabs } from './Tabs';
import css from './why.module.css';

const KEYS = ['event', 'arm', 'name_property', 'name', 'goals', 'within', 'control', 'shares', 'planned'] as const;

/** What was tried, on whom, what it caused, and whether that may be said. */
export function ExperimentsPage() {
  const { get } = useAddress();
  const to = useTo();
  const summary = useSummary().data;
  const sight = useSight();
  const listed = useRoom<Trial[]>('/explain/experiments', { ...sight }, Boolean(summary?.has_data));
  const trials = listed.data ?? [];
  const plan = usePublished().data;
  const first = trials.find((one) => one.event === get('event') && one.name_property === get('name_property') && (!one.name_property || one.name === get('name'))) ?? (get('event') ? undefined : trials[0]);
  const chosen = Object.fromEntries(KEYS.map((key) => [key, get(key) || undefined]));
  const named = first ? { event: first.event || undefined, arm: first.arm, name_property: first.name_property || undefined, name: first.name_property ? first.name : undefined } : {};
  const hasGoal = Boolean(get('goals') || plan?.roles?.some((one) => one.id === 'order'));
  const ask = { ...named, ...Object.fromEntries(Object.entries(chosen).filter(([, said]) => said)) };
  const read = useRoom<Experiment>('/explain/experiment', { ...sight, ...ask }, Boolean(first || get('event')) && hasGoal);
  if (summary && !summary.has_data) {
    return <Empty icon={<IconFlask size={32} stroke={1.4} />} title="No experiment yet" why="What was tried on whom by chance, and what that caused: the only place here where the word is allowed. It needs what customers did."
      step={<Link to={to('data/bring')}>Bring a file</Link>} />;
  }
  if (listed.data && !trials.length && !get('event')) {
    return (
      <div className="page wide">
        <WhyTabs />
        <Empty icon={<IconFlask size={32} stroke={1.4} />} title="No event says which arm a customer met" why="An experiment is found by an event such as “Experiment Viewed” with a property such as variant. Once such events come in, what each arm caused stands here, with a gate that blanks it when chance did not deal the arms."
          step={<Link to={to('data/bring')}>Bring exposures</Link>} />
      </div>
    );
  }
  const { data } = read;
  return (
    <div className="page wide">
      <WhyTabs />
      {listed.error ? <Trouble error={listed.error} retry={() => void listed.refetch()} /> : null}
      <Choose trials={trials} chosen={first} />
      {!hasGoal && <p className="soft">Choose what the arms may differ in.</p>}
      {read.error ? <Trouble error={read.error} retry={() => void read.refetch()} /> : null}
      {(!listed.data || (hasGoal && !data)) && !read.error && !listed.error && <Rows count={10} height={32} />}
      {data && hasGoal && (
        <div style={{ opacity: read.isPlaceholderData ? 0.6 : 1 }}>
          <h1 style={{ maxWidth: 940 }}>{data.words}</h1>
          <p className="soft" style={{ margin: '8px 0 4px' }}>{data.gate.holds ? <IconCheck size={14} aria-hidden style={{ verticalAlign: -2 }} /> : <IconAlertTriangle size={14} aria-hidden style={{ verticalAlign: -2, color: 'var(--broken-ink)' }} />} {data.gate.holds ? data.gate.words : 'Every figure is blanked until that is mended.'} · {data.rung}</p>
          <Arms data={data} />
          {data.gate.holds && data.goals.map((goal) => <GoalPicture key={goal.name} goal={goal} data={data} />)}
          {data.looks.length > 1 && <Looks data={data} />}
          {data.exposure.length > 0 && <Exposures data={data} />}
          <Notes said={data.caveats} />
        </div>
      )}
    </div>
  );
}

function Arms({ data }: { data: Experiment }) {
  return (
    <p className="soft" style={{ marginBottom: 18 }}>
      {data.arms.map((arm, n) => (
        <span key={arm.name}>{n > 0 && ' · '}<b>{arm.name}</b>{arm.control && ' (control)'} {arm.customers.n ? <Marked behind={arm.customers.behind} words={`Arm ${arm.name}`}>{plural(arm.customers.n, 'customer')}</Marked> : 'nobody'}{arm.whole < arm.customers.n && `, ${count(arm.whole)} of them long enough ago`}</span>
      ))}
      {data.crossed.value !== null && data.crossed.value > 0 && <> · <Marked behind={data.crossed.behind} words="Saw two arms">{percent(data.crossed.value)} saw two arms</Marked> and are left out</>}
    </p>
  );
}

function Choose({ trials, chosen }: { trials: Trial[]; chosen?: Trial }) {
  const { get, set } = useAddress();
  const seen = useSeen().data ?? [];
  const plan = usePublished().data;
  const [within, setWithin] = useState(get('within') || '14d');
  const key = (one: Trial) => `${one.event}\n${one.name_property}\n${one.name}\n${one.arm}`;
  const goals = [
    ...(plan?.roles ?? []).flatMap((one) => [{ value: `role:${one.id}`, label: `who had: ${one.id}` }, { value: `times:${one.id}`, label: `how often: ${one.id}` }, ...(one.property ? [{ value: `value:${one.id}`, label: `amount: ${one.id}` }] : [])]),
    ...(plan?.questions ?? []).map((one) => ({ value: `score:${one.id}`, label: `answer: ${one.words}` })),
    ...seen.filter((one) => one.event !== chosen?.event).map((one) => ({ value: `did:${one.event}`, label: `who did: ${one.event}` })),
  ];
  const known = goals.filter((one, n) => goals.findIndex((other) => other.value === one.value) === n);
  const picked = get('goals').split('|').filter(Boolean);
  const extra = picked.filter((one) => !known.some((goal) => goal.value === one)).map((one) => ({ value: one, label: one }));
  return (
    <div className={css.choose} style={{ gridTemplateColumns: 'minmax(200px, 1.3fr) minmax(240px, 2fr) 110px 150px 150px' }}>
      <Select label="What was tried" data={trials.map((one) => ({ value: key(one), label: one.first_on ? `${one.name}, from ${onDay(one.first_on)}` : one.name }))} value={chosen ? key(chosen) : null} allowDeselect={false}
        onChange={(value) => { const one = trials.find((each) => key(each) === value); if (one) set({ event: one.event || null, arm: one.arm, name_property: one.name_property || null, name: one.name_property ? one.name : null, control: null }, false); }} />
      <MultiSelect label="What the arms may differ in, the first counts most" placeholder={picked.length ? '' : 'who ordered'} data={[...known, ...extra]} value={picked} onChange={(values) => set({ goals: values.join('|') || null }, false)} searchable clearable hidePickedOptions maxDropdownHeight={280} />
      <TextInput label="Within" value={within} onChange={(event) => setWithin(event.currentTarget.value)} onBlur={() => set({ within: within && within !== '14d' ? within : null }, false)} onKeyDown={(event) => { if (event.key === 'Enter') event.currentTarget.blur(); }} />
      <Select label="Control" data={(chosen?.arms ?? []).map(([name]) => String(name))} value={get('control') || null} placeholder="the first" clearable onChange={(value) => set({ control: value }, false)} />
      <NumberInput label="Planned customers" placeholder="unknown" min={0} value={get('planned') ? Number(get('planned')) : ''} onChange={(value) => set({ planned: value ? String(value) : null }, false)} hideControls thousandSeparator="," />
    </div>
  );
}
