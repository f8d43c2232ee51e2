import { ActionIcon, Button, Checkbox, MultiSelect } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { inOrder, lastOrder, moved } from '../api/order';
import type { Stage, Step } from '../api/nouns';
import { newId } from '../words';
import { useDraft } from './draft';
import { Duration } from './Duration';
import { touchpointOptions } from './edit';
import css from './plan.module.css';

/** The steps of a stage: each one touchpoint, or one of several. */
export function Steps({ stage, put }: { stage: Stage; put: (patch: Partial<Stage>) => void }) {
  const { plan } = useDraft();
  const steps = inOrder(stage.steps);
  const set = (id: string, patch: Partial<Step>) => put({ steps: steps.map((one) => (one.id === id ? { ...one, ...patch } : one)) });
  const options = touchpointOptions(plan);
  const add = () => put({ steps: [...steps, { id: newId(`${stage.id}-step`), order: lastOrder(steps), touchpoint: options[0]?.value ?? null }] });
  return (
    <div className="stack" style={{ gap: 6 }}>
      {steps.length > 0 && <div className={`${css.step} faint small`}><span /><span>Touchpoint, or one of several</span><span /><span /><span>Late after</span><span /></div>}
      {steps.map((one, n) => (
        <div key={one.id} className={css.step}>
          <span className="faint small">{n + 1}</span>
          <MultiSelect aria-label={`Touchpoints of step ${n + 1}`} size="xs" searchable data={options} value={one.one_of?.length ? one.one_of : one.touchpoint ? [one.touchpoint] : []}
            onChange={(ids) => set(one.id, ids.length > 1 ? { touchpoint: null, one_of: ids } : { touchpoint: ids[0] ?? null, one_of: [] })} />
          <Checkbox size="xs" label="optional" checked={one.optional ?? false} onChange={(e) => set(one.id, { optional: e.target.checked })} />
          <Checkbox size="xs" label="repeats" checked={one.repeats ?? false} onChange={(e) => set(one.id, { repeats: e.target.checked })} />
          <Duration label={`Step ${n + 1} is late after`} size="xs" value={one.within} change={(within) => set(one.id, { within })} />
          <span className="row" style={{ gap: 0 }}>
            <ActionIcon size="sm" aria-label={`Move step ${n + 1} up`} disabled={n === 0} onClick={() => put({ steps: moved(steps, one.id, n - 1) })}><IconArrowUp size={13} /></ActionIcon>
            <ActionIcon size="sm" aria-label={`Move step ${n + 1} down`} disabled={n === steps.length - 1} onClick={() => put({ steps: moved(steps, one.id, n + 1) })}><IconArrowDown size={13} /></ActionIcon>
            <ActionIcon size="sm" aria-label={`Remove step ${n + 1}`} onClick={() => put({ steps: steps.filter((other) => other.id !== one.id) })}><IconTrash size={13} /></ActionIcon>
          </span>
        </div>
      ))}
      <div><Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={12} aria-hidden />} onClick={add} disabled={!options.length}>{options.length ? 'A step' : 'A step (first draw a touchpoint)'}</Button></div>
    </div>
  );
}
