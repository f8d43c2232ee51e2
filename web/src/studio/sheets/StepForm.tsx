import { MultiSelect } from '@mantine/core';
import type { Plan, Step } from '../../api/nouns';
import { Duration } from '../../plan/Duration';
import { Choice, PickMany, Tick, useEdited } from './fields';
import { Part } from './parts';
import * as options from './options';
import css from './sheets.module.css';

export const CHANGES = [{ value: 'kept', label: 'stays' }, { value: 'new', label: 'is to come' }, { value: 'going', label: 'is to go' }];

/** A step: which touchpoint, or one of several, and how it is taken. */
export function StepForm({ plan, step, open }: { plan: Plan; step: Step; open: (element: string) => void }) {
  const { put } = useEdited();
  const mine = step.one_of?.length ? step.one_of : step.touchpoint ? [step.touchpoint] : [];
  return (
    <>
      <MultiSelect label="Touchpoint, or one of several" searchable hidePickedOptions data={options.touchpoints(plan)} value={mine} error={mine.length ? undefined : 'A step needs a touchpoint.'}
        onChange={(ids) => { if (ids.length) put(ids.length > 1 ? { touchpoint: null, one_of: ids } : { touchpoint: ids[0], one_of: [] }); }} />
      {mine.map((id) => <button key={id} type="button" className={`plain ${css.line}`} onClick={() => open(`touchpoint:${id}`)}><span className="desire">{plan.touchpoints?.find((one) => one.id === id)?.name ?? id}</span><span className="faint small">open</span></button>)}
      <Part title="How it is taken">
        <Tick name="optional" label="Optional" description="nobody misses it who leaves it out" />
        <Tick name="repeats" label="May repeat" />
        <Duration label="Late after" value={step.within} change={(within) => put({ within })} />
        <PickMany name="personas" label="Who takes it" data={options.personas(plan)} placeholder="everyone" />
      </Part>
      <Part title="Between as it is and as it should be">
        <Choice name="state" label="This step" fallback="kept" data={CHANGES} />
        <p className="faint small">Only what stays is held against customers.</p>
      </Part>
    </>
  );
}
