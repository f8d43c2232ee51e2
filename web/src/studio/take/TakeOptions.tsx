import { MultiSelect, SegmentedControl, Select, Switch } from '@mantine/core';
import { inOrder } from '../../api/order';
import type { Journey, Plan } from '../../api/nouns';
import { HOUSE } from '../board/lanes';
import { PAPERS, type Options } from './forms';
import css from './take.module.css';

interface Props { options: Options; set: (next: Options) => void; plan: Plan | undefined; journey: Journey | undefined }

/** Which paper, whose, what, and with how much. */
export function TakeOptions({ options, set, plan, journey }: Props) {
  const personas = inOrder(plan?.personas).filter((one) => !journey?.personas?.length || journey.personas.includes(one.id));
  const own = (journey?.lanes ?? []).filter((one) => !HOUSE.some((house) => house.id === one.id)).map((one) => ({ value: one.id, label: one.name || one.id }));
  const lanes = [...HOUSE.map((one) => ({ value: one.id, label: one.name })), ...own];
  return (
    <div className={css.options}>
      <Select label="Paper" data={PAPERS} value={options.paper} allowDeselect={false} onChange={(paper) => set({ ...options, paper: paper ?? '' })} />
      <div>
        <span className={css.label} id="take-show">The map</span>
        <SegmentedControl fullWidth aria-labelledby="take-show" value={options.show} onChange={(show) => set({ ...options, show: show as Options['show'] })}
          data={[{ value: 'is', label: 'as it is' }, { value: 'should', label: 'as it should be' }, { value: 'both', label: 'both' }]} />
      </div>
      {personas.length > 0 && <Select label="Seen by" placeholder="Everybody" clearable data={personas.map((one) => ({ value: one.id, label: one.name }))} value={options.persona || null} onChange={(persona) => set({ ...options, persona: persona ?? '' })} />}
      <MultiSelect label="Lanes, in this order" placeholder={options.lanes.length ? '' : 'as on the board'} data={lanes} value={options.lanes} clearable searchable onChange={(next) => set({ ...options, lanes: next })} />
      <Switch label="With what is measured" checked={options.figures} onChange={(event) => set({ ...options, figures: event.currentTarget.checked })} />
    </div>
  );
}
