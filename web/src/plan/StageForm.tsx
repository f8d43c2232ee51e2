import { ActionIcon, NumberInput, SegmentedControl, Select, Switch, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronRight, IconGripVertical, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { inOrder } from '../api/order';
import type { Stage } from '../api/nouns';
import { plural } from '../words';
import { SharedText } from '../draft';
import { useDraft } from './draft';
import { Moments } from './Moments';
import { Steps } from './Steps';
import css from './plan.module.css';

interface Props {
  stage: Stage; first: boolean; last: boolean; dragged: string | null; put: (patch: Partial<Stage>) => void; remove: () => void;
  move: (step: number) => void; drag: (id: string | null) => void; drop: () => void;
}

/** One stage: dragged by its handle or moved by its arrows; opened, its steps and moments. */
export function StageForm({ stage, first, last, dragged, put, remove, move, drag, drop }: Props) {
  const { plan } = useDraft();
  const [open, setOpen] = useState(false);
  const [over, setOver] = useState(false);
  const moments = (plan?.moments ?? []).filter((one) => one.stage === stage.id).length;
  const journeys = (plan?.journeys ?? []).filter((one) => !one.stages?.some((other) => other.id === stage.id));
  return (
    <section className={css.stage} data-side={stage.side} data-over={over} aria-label={`Stage ${stage.name}`}
      onDragOver={(e) => { if (dragged && dragged !== stage.id) { e.preventDefault(); setOver(true); } }} onDragLeave={() => setOver(false)} onDrop={(e) => { e.preventDefault(); setOver(false); drop(); }}>
      <div className="row">
        <span draggable onDragStart={(e) => { e.dataTransfer.setData('text/plain', stage.name); drag(stage.id); }} onDragEnd={() => drag(null)} style={{ cursor: 'grab', display: 'flex' }} className="faint" aria-hidden><IconGripVertical size={16} /></span>
        <TextInput aria-label="Stage’s name" style={{ flex: 1 }} value={stage.name} maxLength={200} onChange={(e) => put({ name: e.target.value })} />
        <SegmentedControl aria-label={`Side of ${stage.name}`} value={stage.side} data={[{ value: 'buyer', label: 'buyer' }, { value: 'customer', label: 'customer' }]} onChange={(side) => put({ side: side as Stage['side'] })} />
        <ActionIcon aria-label={`Move ${stage.name} up`} disabled={first} onClick={() => move(-1)}><IconArrowUp size={15} /></ActionIcon>
        <ActionIcon aria-label={`Move ${stage.name} down`} disabled={last} onClick={() => move(1)}><IconArrowDown size={15} /></ActionIcon>
        <ActionIcon aria-label={`Remove ${stage.name}`} onClick={remove}><IconTrash size={15} /></ActionIcon>
      </div>
      <button type="button" className="plain soft row" aria-expanded={open} onClick={() => setOpen(!open)} style={{ gap: 4, width: 'fit-content' }}>
        {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        {plural(stage.steps?.length ?? 0, 'step')}, {plural(moments, 'moment')}{stage.steps?.length ? <span className="faint">: {inOrder(stage.steps).map((step) => [step.touchpoint, ...(step.one_of ?? [])].filter(Boolean).map((id) => plan?.touchpoints?.find((tp) => tp.id === id)?.name ?? id).join(' or ')).join(', ')}</span> : null}
      </button>
      {open && (
        <div className="stack" style={{ gap: 18 }}>
          <Steps stage={stage} put={put} />
          <div className="row wrap" style={{ gap: 20 }}>
            <Switch label="Steps in any order" checked={stage.any_order ?? false} onChange={(e) => put({ any_order: e.target.checked })} />
            <Switch label="The whole stage may come again" checked={stage.repeats ?? false} onChange={(e) => put({ repeats: e.target.checked })} />
          </div>
          <Moments stage={stage.id} />
          <div className={css.three}>
            <NumberInput label="Desired emotion" description="−1 to 1; blank: not said" min={-1} max={1} step={0.1} decimalScale={2} value={stage.desired ?? ''} onChange={(next) => put({ desired: next === '' ? null : Number(next) })} />
            <Select label="Message" description="of the story" clearable data={inOrder(plan?.story?.messages).map((one) => ({ value: one.id, label: one.words }))} value={stage.message ?? null} onChange={(message) => put({ message })} />
            <Select label="Opens into" description="a journey of its own" clearable data={journeys.map((one) => ({ value: one.id, label: one.name }))} value={stage.opens ?? null} onChange={(opens) => put({ opens })} />
          </div>
          <div className={css.two}>
            <SharedText card={`stage:${stage.id}`} field="think" label="What they think" value={stage.think ?? ''} change={(think) => put({ think })} />
            <SharedText card={`stage:${stage.id}`} field="do" label="What they do" value={stage.do ?? ''} change={(text) => put({ do: text })} />
          </div>
        </div>
      )}
    </section>
  );
}
