import { Autocomplete, NumberInput, SegmentedControl, Select, TextInput, Textarea } from '@mantine/core';
import type { PromisePlan } from '../api/nouns';
import { useSeen } from '../api/queries';
import { useDraft } from './draft';
import { Duration } from './Duration';
import { teamOptions, touchpointOptions, useList } from './edit';
import { Master } from './Master';
import { RuleForm } from './RuleForm';
import css from './plan.module.css';

type Way = 'by' | 'within' | 'score';
const wayOf = (one: PromisePlan): Way | null => (one.by ? 'by' : one.within ? 'within' : one.score ? 'score' : null);

export function Promises() {
  const { plan } = useDraft();
  const list = useList('promises');
  const first = plan?.touchpoints?.[0]?.id ?? '';
  return (
    <Master<PromisePlan> list={list} what="promise" address="promise" empty={first ? 'What do you tell customers they may count on? Delivery on the day, an answer within a day, four stars or more.' : 'A promise is kept at a touchpoint: draw one first.'}
      make={(id, name) => ({ id, name, touchpoint: first, target: 0.9, per: 'customer' })} note={(one) => (wayOf(one) ? `${Math.round(one.target * 100)} %` : 'not measurable')}
      form={(one) => <PromiseForm one={one} put={(patch) => list.patch(one.id, patch)} />} />
  );
}

/** How one promise is said and judged. */
export function PromiseForm({ one, put }: { one: PromisePlan; put: (patch: Partial<PromisePlan>) => void }) {
  const { plan } = useDraft();
  const seen = useSeen().data ?? [];
  const way = wayOf(one);
  const event = seen[0]?.event ?? 'Something Happened';
  const subjects = [...new Set(['customer', ...(plan?.journeys ?? []).map((journey) => journey.subject ?? 'customer'), one.per ?? 'customer'])];
  const choose = (next: string) => put({
    by: next === 'by' ? { event: { event }, limit: '' } : null,
    within: next === 'within' ? { start: { event }, to: { event: seen[1]?.event ?? event }, time: '1d' } : null,
    score: next === 'score' ? { event: { event }, property: '', at_least: 4 } : null,
  });
  const properties = (name: string) => [...new Set(seen.filter((row) => row.event === name).flatMap((row) => row.properties))];
  return (
    <>
      <div className={css.two}>
        <TextInput label="Name" required maxLength={200} value={one.name} onChange={(e) => put({ name: e.target.value })} />
        <Select label="At the touchpoint" searchable allowDeselect={false} data={touchpointOptions(plan)} value={one.touchpoint} onChange={(touchpoint) => touchpoint && put({ touchpoint })} />
      </div>
      <Textarea label="As you say it" value={one.words ?? ''} onChange={(e) => put({ words: e.target.value })} />
      <div className={css.three}>
        <NumberInput label="Target" description="share to be kept" suffix=" %" min={0} max={100} decimalScale={1} value={Math.round(one.target * 1000) / 10} onChange={(next) => put({ target: Math.min(1, Math.max(0, Number(next) / 100)) })} />
        <Autocomplete label="Judged per" description="customer, or a kind of object" data={subjects} value={one.per ?? 'customer'} onChange={(per) => put({ per })} />
        <Select label="Owner" description="who mends it" placeholder="nobody yet" clearable data={teamOptions(plan)} value={one.owner ?? null} onChange={(owner) => put({ owner })} />
      </div>
      <section className={css.box}>
        <div className="row apart wrap">
          <h2 className="h3">It is kept when …</h2>
          <SegmentedControl aria-label="How it is judged" value={way ?? 'none'} onChange={choose} data={[...(way ? [] : [{ value: 'none', label: 'not said yet' }]), { value: 'by', label: 'by a date' }, { value: 'within', label: 'within a time' }, { value: 'score', label: 'above a score' }]} />
        </div>
        {one.by && (
          <>
            <RuleForm label="… this happens" rule={one.by.event} change={(next) => put({ by: { ...one.by!, event: next } })} />
            <Autocomplete label="… by the date or time in its property" placeholder="such as promised_on" data={properties(one.by.event.event)} value={one.by.limit} onChange={(limit) => put({ by: { ...one.by!, limit } })} />
          </>
        )}
        {one.within && (
          <>
            <RuleForm label="After this" rule={one.within.start} change={(start) => put({ within: { ...one.within!, start } })} />
            <RuleForm label="… this follows" rule={one.within.to} change={(to) => put({ within: { ...one.within!, to } })} />
            <Duration label="… within" required value={one.within.time} change={(time) => put({ within: { ...one.within!, time: time ?? '1d' } })} />
          </>
        )}
        {one.score && (
          <>
            <RuleForm label="In this answer" rule={one.score.event} change={(next) => put({ score: { ...one.score!, event: next } })} />
            <div className={css.two}>
              <Autocomplete label="… the property" data={properties(one.score.event.event)} value={one.score.property} onChange={(property) => put({ score: { ...one.score!, property } })} />
              <NumberInput label="… is at least" value={one.score.at_least} onChange={(next) => put({ score: { ...one.score!, at_least: Number(next) || 0 } })} />
            </div>
          </>
        )}
        {!way && <p className="soft">Choose one: until then nothing can be judged.</p>}
      </section>
    </>
  );
}
