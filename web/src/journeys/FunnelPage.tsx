import { ActionIcon, Button, MultiSelect, Select, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useAddress } from '../address';
import { inOrder } from '../api/order';
import { usePublished, useSeen } from '../api/queries';
import type { Funnel, FunnelStep } from '../api/nouns';
import { Figure } from '../parts/Figure';
import { Picture } from '../parts/Picture';
import { useSource } from '../parts/source';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, duration, percent, plural } from '../words';
import { Look } from './Look';
import { useLook } from './looked';
import { Marked } from './Marked';
import { parseSteps, spellSteps, type SaidStep } from './funnel';
import { useSides, type Side } from './sides';
import { Tabs, useNames } from './Tabs';
import { Versus } from './Versus';
import css from './funnel.module.css';

/** How many get through, how long it takes them, who leaves where and what they do instead. */
export function FunnelPage() {
  const { get } = useAddress();
  const said = parseSteps(get('steps'));
  const ready = said.length > 0;
  const ask = { steps: get('steps') || undefined, order: get('order') || undefined, within: get('within') || undefined, exclude: get('exclude') || undefined, hold: get('hold') || undefined, count: get('count') || undefined, by: get('by') || undefined, attribution: get('attribution') || undefined };
  const sides = useSides<Funnel>('funnel', ask, ready);
  const error = sides.find((side) => side.read.error)?.read.error;
  const data = sides[0].data;
  return (
    <div className="page wide">
      <Tabs />
      <Look />
      {!ready && <h1 style={{ marginBottom: 12 }}>Which steps should people get through?</h1>}
      {ready && data && !error && <Head data={data} />}
      <Builder steps={said} />
      {!ready && <FromPlan />}
      <Options />
      {ready && <Versus />}
      {error ? <Trouble error={error} /> : null}
      {ready && !data && !error && <Rows count={4} height={70} />}
      {!error && <div className={css.sides}>{sides.map((side, n) => side.data && <Steps key={n} side={side} data={side.data} named={sides.length > 1} />)}</div>}
      {!error && data && data.groups.length > 0 && <Groups data={data} />}
    </div>
  );
}

function Head({ data }: { data: Funnel }) {
  const { name } = useNames();
  const worst = [...data.steps].filter((one) => one.dropped > 0).sort((a, b) => b.dropped - a.dropped)[0];
  const words = data.rate.value === null ? 'Nobody takes the first step in these journeys.' : `${percent(data.rate.value, 1)} of those who begin get to the end${worst ? `; most leave after ${worst.names.map(name).join(' or ')}` : ''}.`;
  return (
    <>
      <h1 style={{ maxWidth: 900 }}>{words}</h1>
      <p className="soft" style={{ margin: '8px 0 14px' }}>{[`counts are of ${data.counts}`, ...data.caveats].join(' · ')}</p>
    </>
  );
}

/** The steps as boxes: alternatives in one, optional or not, and what may not happen before the next. */
function Builder({ steps }: { steps: SaidStep[] }) {
  const { set } = useAddress();
  const look = useLook();
  const change = (next: SaidStep[]) => set({ steps: spellSteps(next) || null }, false);
  const patch = (n: number, more: Partial<SaidStep>) => change(steps.map((one, i) => (i === n ? { ...one, ...more } : one)));
  const pick = (label: string, value: string[], done: (names: string[]) => void, placeholder: string) => (
    <MultiSelect aria-label={label} size="xs" searchable data={look.steps} value={value} onChange={done} placeholder={value.length ? undefined : placeholder} maxDropdownHeight={280} />
  );
  return (
    <ol className={css.builder} aria-label="Steps of the funnel">
      {[...steps, null].map((one, n) => (
        <li key={n} className={css.box}>
          <div className="row apart">
            <b className="small">{n + 1}</b>
            {one && <ActionIcon size="xs" aria-label={`Remove step ${n + 1}`} onClick={() => change(steps.filter((_, i) => i !== n))}><IconX size={12} /></ActionIcon>}
          </div>
          {pick(`Step ${n + 1}`, one?.names ?? [], (names) => (one ? (names.length ? patch(n, { names }) : change(steps.filter((_, i) => i !== n))) : names.length && change([...steps, { names, optional: false, excluded: [] }])), one ? '' : 'a step')}
          {one && n > 0 && <Button variant={one.optional ? 'light' : 'subtle'} size="compact-xs" aria-pressed={one.optional} onClick={() => patch(n, { optional: !one.optional })}>{one.optional ? 'optional' : 'needed'}</Button>}
          {one && n < steps.length - 1 && (one.excluded.length > 0 ? pick(`Not between step ${n + 1} and ${n + 2}`, one.excluded, (excluded) => patch(n, { excluded }), '') : <Excluded add={(name) => patch(n, { excluded: [name] })} data={look.steps} step={n + 1} />)}
        </li>
      ))}
    </ol>
  );
}

/** A first funnel: the steps that the plan needs, in its order. */
function FromPlan() {
  const { get, set } = useAddress();
  const { level } = useLook();
  const plan = usePublished().data;
  const planned = plan?.journeys?.find((one) => one.id === get('journey')) ?? inOrder(plan?.journeys)[0];
  const needed = inOrder(planned?.stages).flatMap((stage) => inOrder(stage.steps)).filter((step) => !step.optional).map((step) => [...(step.touchpoint ? [step.touchpoint] : []), ...(step.one_of ?? [])]).filter((names) => names.length > 0);
  if (level !== 'touchpoint' || needed.length < 2) return null;
  return <Button mt={12} variant="default" onClick={() => set({ steps: spellSteps(needed.slice(0, 6).map((names) => ({ names, optional: false, excluded: [] }))) })}>Start with what the plan needs</Button>;
}

function Excluded({ add, data, step }: { add: (name: string) => void; data: { value: string; label: string }[]; step: number }) {
  return <Select aria-label={`Leave out, if it happens between step ${step} and ${step + 1}`} size="xs" searchable data={data} value={null} placeholder="not between …" leftSection={<IconPlus size={11} aria-hidden />} onChange={(name) => name && add(name)} />;
}

function Options() {
  const { get, set } = useAddress();
  const seen = useSeen().data ?? [];
  const properties = [...new Set(seen.flatMap((one) => one.properties))].sort();
  const kinds = ['channel', 'source', ...properties.filter((one) => one.startsWith('text_')).map((one) => `text:${one.slice(5)}`)];
  const text = (key: string, label: string, placeholder: string, width = 150) => (
    <TextInput key={key + get(key)} aria-label={label} size="xs" w={width} placeholder={placeholder} defaultValue={get(key)} onBlur={(event) => set({ [key]: event.currentTarget.value.trim() || null }, false)}
      onKeyDown={(event) => { if (event.key === 'Enter') set({ [key]: event.currentTarget.value.trim() || null }, false); }} />
  );
  return (
    <div className="row wrap" style={{ margin: '12px 0 18px' }}>
      <SegmentedControl aria-label="In which order" value={get('order') || 'ordered'} onChange={(next) => set({ order: next === 'ordered' ? null : next }, false)} data={[{ value: 'ordered', label: 'in order' }, { value: 'strict', label: 'with nothing between' }, { value: 'any', label: 'in any order' }]} />
      <SegmentedControl aria-label="What is counted" value={get('count') || 'people'} onChange={(next) => set({ count: next === 'people' ? null : next }, false)} data={['people', 'journeys', 'entries']} />
      {text('within', 'Within', 'within 7d, or 3 journeys')}
      {text('hold', 'The same in every step', 'the same object:order', 170)}
      <Select aria-label="Broken down by" size="xs" w={170} searchable clearable placeholder="broken down by" data={kinds} value={get('by') || null} onChange={(by) => set({ by, attribution: null }, false)} />
      {get('by') && <Select aria-label="Whose value counts" size="xs" w={150} allowDeselect={false} value={get('attribution') || 'first'} onChange={(next) => set({ attribution: next }, false)} data={[{ value: 'first', label: 'at the first step' }, { value: 'last', label: 'at the last step' }, { value: 'step', label: 'at each step' }]} />}
    </div>
  );
}

function Steps({ side, data, named }: { side: Side<Funnel>; data: Funnel; named: boolean }) {
  const { name } = useNames();
  const source = useSource(data.rate);
  const rows = data.steps.map((step, n) => ({
    step: n + 1, name: step.names.map(name).join(' or '), [data.counts]: step.count, of_all: step.rate_of_first.value, low: step.rate_of_first.low, high: step.rate_of_first.high,
    of_the_step_before: step.rate_of_previous.value, median_seconds: step.median_seconds, p90_seconds: step.p90_seconds, leave: step.dropped,
  }));
  return (
    <section aria-label={named ? `Funnel of ${side.name}` : 'Funnel'}>
      {named && <p style={{ marginBottom: 6 }}>{side.name}: <Figure result={data.rate} /></p>}
      <Picture title={`How many get to each step${named ? `, ${side.name}` : ''}`} units={`share of ${data.counts} who took the first step, with 95 % intervals`} source={source} data={rows} name={`funnel ${named ? side.name : ''}`}>
        <ol>{data.steps.map((step, n) => <Step key={n} step={step} first={data.steps[0].count} number={n + 1} last={n === data.steps.length - 1} of={data.counts} />)}</ol>
      </Picture>
    </section>
  );
}

/** A bar as long as the share of those who began, its interval as a whisker; under it the time, beside it who left. */
function Step({ step, first, number, last, of }: { step: FunnelStep; first: number; number: number; last: boolean; of: string }) {
  const { name } = useNames();
  const words = step.names.map(name).join(' or ');
  const { low, high } = step.rate_of_first;
  return (
    <li className={css.step}>
      <div className={css.head}>
        <span><b>{number}. {words}</b>{step.optional && <span className="faint"> optional</span>}</span>
        <span className="small soft">
          <Marked behind={step.behind_reached} words={`those who reached ${words}`}>{count(step.count)} {of}</Marked>, <Figure result={step.rate_of_first} brief /> of all{number > 1 && <>, <Figure result={step.rate_of_previous} brief /> of the step before</>}
        </span>
      </div>
      <div className={css.track}>
        <i data-optional={step.optional} style={{ width: `${first ? (100 * step.count) / first : 0}%` }} />
        {number > 1 && low !== null && high !== null && <s style={{ left: `${100 * low}%`, width: `${Math.max(0.2, 100 * (high - low))}%` }} title={`${percent(low, 1)} to ${percent(high, 1)}`} />}
      </div>
      <div className={css.foot}>
        <span className="small faint">{step.median_seconds === null ? ' ' : <>half of them within {duration(step.median_seconds)} of the step before{step.p90_seconds !== null && <>, nine in ten within {duration(step.p90_seconds)}</>}</>}</span>
        {!last && step.dropped > 0 && (
          <span className="small soft">
            <Marked behind={step.behind_dropped} words={`those who left after ${words}`}>{count(step.dropped)} leave</Marked>
            {step.next.length > 0 && <span className="faint">: {step.next.slice(0, 3).map((one) => `${one.kind === 'end' ? 'nothing more' : one.kind === 'more' ? 'something rarer' : name(one.name)} ${percent(one.rate)}`).join(', ')}</span>}
          </span>
        )}
      </div>
    </li>
  );
}

function Groups({ data }: { data: Funnel }) {
  const { name } = useNames();
  return (
    <section className="section"><h2>Broken down</h2>
      <div className="tablewrap" tabIndex={0} role="region" aria-label="Funnel by value">
        <table className="list">
          <thead><tr><th scope="col">value</th>{data.steps.map((step, n) => <th key={n} scope="col" className="num">{step.names.map(name).join(' or ')}</th>)}<th scope="col" className="num">to the end</th></tr></thead>
          <tbody>
            {data.groups.map((one) => (
              <tr key={one.kind + one.value}>
                <td>{one.kind === 'other' ? 'all others' : one.kind === 'none' ? <span className="faint">none</span> : one.value}</td>
                {one.steps.map((step, n) => <td key={n} className="num"><Marked behind={step.behind_reached} words={`${one.value || one.kind}: those who reached ${step.names.map(name).join(' or ')}`}>{count(step.count)}</Marked></td>)}
                <td className="num"><Figure result={one.rate} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="faint small">{plural(data.groups.length, 'group')}; differences within the intervals may be chance.</p>
    </section>
  );
}
