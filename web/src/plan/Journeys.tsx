import { Button, MultiSelect, Select, Switch, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { inOrder, moved, placed } from '../api/order';
import type { Journey, Stage } from '../api/nouns';
import { newId } from '../words';
import { useDraft } from './draft';
import { Duration } from './Duration';
import { useList } from './edit';
import { Master } from './Master';
import { RuleList } from './RuleForm';
import { StageForm } from './StageForm';
import css from './plan.module.css';

export function Journeys() {
  const list = useList('journeys');
  return (
    <Master<Journey> list={list} what="journey" address="plan_journey" empty="A journey runs from the first thought to the return: some stages on the buyer’s side, some on the customer’s."
      make={(id, name) => ({ id, name, subject: 'customer', stages: [] })} note={(one) => `${one.stages?.length ?? 0} stages`} form={(one) => <Form one={one} put={(patch) => list.patch(one.id, patch)} />} />
  );
}

function Form({ one, put }: { one: Journey; put: (patch: Partial<Journey>) => void }) {
  const { plan } = useDraft();
  const [dragged, setDragged] = useState<string | null>(null);
  const stages = inOrder(one.stages);
  const set = (id: string, patch: Partial<Stage>) => put({ stages: stages.map((stage) => (stage.id === id ? { ...stage, ...patch } : stage)) });
  const add = (side: Stage['side']) => {
    const name = side === 'buyer' ? 'New stage' : 'New stage after the sale';
    const id = newId(name);
    const at = side === 'buyer' ? stages.findLastIndex((stage) => stage.side === 'buyer') + 1 : stages.length;
    put({ stages: placed(stages, { id, name, side, steps: [] }, at) });
  };
  return (
    <>
      <div className={css.three}>
        <TextInput label="Name" description="as your team calls it" required maxLength={200} value={one.name} onChange={(e) => put({ name: e.target.value })} />
        <TextInput label="Subject" description="customer, or a kind of object" value={one.subject ?? 'customer'} onChange={(e) => put({ subject: e.target.value })} />
        <MultiSelect label="For" description="personas" placeholder={one.personas?.length ? '' : 'everyone'} data={inOrder(plan?.personas).map((p) => ({ value: p.id, label: p.name }))} value={one.personas ?? []} onChange={(personas) => put({ personas })} />
      </div>
      <section className="stack">
        <h2>Stages</h2>
        {stages.map((stage, n) => (
          <StageForm key={stage.id} stage={stage} first={n === 0} last={n === stages.length - 1} dragged={dragged} put={(patch) => set(stage.id, patch)}
            remove={() => put({ stages: stages.filter((other) => other.id !== stage.id) })} move={(step) => put({ stages: moved(stages, stage.id, n + step) })}
            drag={setDragged} drop={() => { if (dragged) put({ stages: moved(stages, dragged, n) }); setDragged(null); }} />
        ))}
        {!stages.length && <p className="soft">No stage yet: what is the first thing a customer goes through, in their words?</p>}
        <div className="row">
          <Button variant="default" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => add('buyer')}>A buyer’s stage</Button>
          <Button variant="default" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => add('customer')}>A customer’s stage</Button>
        </div>
      </section>
      <details className={css.box}>
        <summary style={{ cursor: 'pointer' }}><b style={{ fontWeight: 600 }}>Boundaries</b> <span className="soft">{one.starts?.length || one.ends?.length || one.gap ? 'set' : 'none: all events of a subject are one journey'}</span></summary>
        <div className="stack">
          <div><h3>Begins with</h3><RuleList rules={one.starts ?? []} change={(starts) => put({ starts })} more="An event that begins it" /></div>
          <div><h3>Ends after</h3><RuleList rules={one.ends ?? []} change={(ends) => put({ ends })} more="An event that ends it" /></div>
          <div className={css.three}>
            <Duration label="Ends when so long nothing happened" value={one.gap} change={(gap) => put({ gap })} />
            <Select label="Events no touchpoint claims" data={[{ value: 'unplanned', label: 'count as unplanned' }, { value: 'ignored', label: 'are ignored' }]} allowDeselect={false} value={one.unclaimed ?? 'unplanned'} onChange={(next) => put({ unclaimed: next as 'ignored' })} />
            <Switch label="May begin again at the first stage" checked={one.repeats ?? false} onChange={(e) => put({ repeats: e.target.checked })} mt={30} />
          </div>
        </div>
      </details>
    </>
  );
}
