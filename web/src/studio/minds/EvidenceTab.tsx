import { Button, NumberInput, Select, TextInput, Textarea } from '@mantine/core';
import { IconPlus, IconQuote } from '@tabler/icons-react';
import { useState } from 'react';
import { useAddress } from '../../address';
import type { Insight } from '../../api/nouns';
import { inOrder } from '../../api/order';
import { useDraft } from '../../plan/draft';
import { touchpointOptions, useList } from '../../plan/edit';
import { Empty } from '../../parts/Empty';
import { InsightLine } from '../sheets/InsightLine';
import { usedCounts } from '../sheets/insights';
import { count, plural } from '../../words';
import css from './minds.module.css';

const KINDS = [{ value: 'quotation', label: 'what somebody said' }, { value: 'number', label: 'a number' }, { value: 'note', label: 'what somebody saw' }, { value: 'photo', label: 'a photo' }];

/** What was learned, kept once: the ground of personas, towers and cards. */
export function EvidenceTab() {
  const { plan, may } = useDraft();
  const { get, set } = useAddress();
  const list = useList('insights');
  if (!plan) return null;
  const counts = usedCounts(plan);
  const here = list.all.find((one) => one.id === get('insight'));
  const add = () => set({ insight: list.add((id) => ({ id, words: 'What they said', kind: 'quotation' }), 'insight') });
  const loose = list.all.filter((one) => !counts.get(one.id)).length;
  if (!list.all.length) return <Empty icon={<IconQuote size={32} stroke={1.4} />} title="Nothing anybody said is kept yet" why="Write down one sentence from an interview, a number from a study, what you saw in the shop: with where it is from, when, and how many said so. It then stands behind personas, towers and maps." step={<Button onClick={add} disabled={may !== 'edit'} leftSection={<IconPlus size={14} aria-hidden />}>The first insight</Button>} />;
  return (
    <>
      <h1>{plural(list.all.length, 'insight')}{loose ? `, ${loose} not used yet` : ', all in use'}.</h1>
      <p className="soft" style={{ marginTop: 6 }}>What was learned, kept once; change it here and it changes wherever it stands.</p>
      <div className={css.split}>
        <div>
          <div className={css.insights} tabIndex={0} role="region" aria-label="Insights">{list.all.map((one) => <div key={one.id} data-on={one.id === here?.id}><InsightLine plan={plan} insight={one} used={counts.get(one.id) ?? 0} open={() => set({ insight: one.id }, false)} /></div>)}</div>
          <Button variant="default" mt={12} disabled={may !== 'edit'} leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>Another insight</Button>
        </div>
        {here ? <Form key={here.id} one={here} /> : <p className="soft" style={{ paddingTop: 8 }}>Choose one to see where it is from.</p>}
      </div>
    </>
  );
}

function Form({ one }: { one: Insight }) {
  const { plan } = useDraft();
  const { set } = useAddress();
  const list = useList('insights');
  const [day, setDay] = useState(one.on ?? '');
  const put = (patch: Partial<Insight>) => list.patch(one.id, patch);
  return (
    <section className={css.sheet} aria-label="The insight chosen">
      <Select label="What it is" data={KINDS} value={one.kind ?? 'quotation'} onChange={(kind) => put({ kind: (kind ?? 'quotation') as Insight['kind'] })} allowDeselect={false} />
      <Textarea label="In their words" autosize minRows={3} value={one.words} maxLength={10_000} onChange={(event) => event.currentTarget.value && put({ words: event.currentTarget.value })} />
      <TextInput label="Where it is from" placeholder="interview 12, survey of May" value={one.source ?? ''} onChange={(event) => put({ source: event.currentTarget.value })} error={one.source ? undefined : 'without a source it counts as a guess'} />
      <div className={css.pair}>
        <TextInput type="date" label="When" value={day} onChange={(event) => { setDay(event.currentTarget.value); put({ on: event.currentTarget.value || null }); }} />
        <NumberInput label="How many said so" placeholder="n" min={0} max={1e9} allowDecimal={false} value={one.n ?? ''} onChange={(n) => put({ n: n === '' ? null : Number(n) })} />
      </div>
      <div className={css.pair}>
        <Select label="Whose" placeholder="anyone" clearable data={inOrder(plan?.personas).map((each) => ({ value: each.id, label: each.name }))} value={one.persona ?? null} onChange={(persona) => put({ persona })} />
        <Select label="About" placeholder="no touchpoint" clearable searchable data={touchpointOptions(plan)} value={one.touchpoint ?? null} onChange={(touchpoint) => put({ touchpoint })} />
      </div>
      <p className="faint small">used {count(plan ? usedCounts(plan).get(one.id) ?? 0 : 0)} times</p>
      <div><Button size="xs" variant="default" onClick={() => { list.remove(one.id); set({ insight: null }, false); }}>Remove (undo brings it back)</Button></div>
    </section>
  );
}
