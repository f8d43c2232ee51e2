import { Button, Popover, Select } from '@mantine/core';
import { useState } from 'react';
import type { EventCount, Plan, Sheet } from '../../api/nouns';
import { inOrder } from '../../api/order';
import { count, plural, short } from '../../words';
import { useTools } from './context';
import type { Model } from './model';
import css from './board.module.css';

/** Events that no touchpoint of the draft claims: dragged onto a touchpoint, or onto the lane as a new one. */
export function Tray({ sheet, plan, model }: { sheet: Sheet; plan: Plan; model: Model }) {
  const bound = new Set((plan.touchpoints ?? []).flatMap((one) => (one.rule ?? []).map((rule) => rule.event)));
  const open = sheet.unclaimed.filter((one) => !bound.has(one.event));
  if (!open.length) return null;
  return (
    <section className={css.tray} aria-label="Events nobody claims" tabIndex={0}>
      <span className="small soft" style={{ whiteSpace: 'nowrap' }}><b>{plural(open.length, 'event')}</b> no touchpoint claims; drag one onto the map:</span>
      {open.slice(0, 40).map((one) => <Chip key={one.event} one={one} plan={plan} model={model} />)}
    </section>
  );
}

function Chip({ one, plan, model }: { one: EventCount; plan: Plan; model: Model }) {
  const { hand, drag } = useTools();
  const [open, setOpen] = useState(false);
  const steps = [...model.items.values()].filter((item) => item.kind === 'step' && !item.branches);
  const known = new Map(steps.map((item) => [item.element.slice(11), item]));
  const [where, setWhere] = useState<string | null>(null);
  const done = () => {
    const step = known.get(where ?? '');
    if (step) hand.claim(one.event, { lane: 'touchpoints', stage: step.stage, before: null, into: step.key });
    else if (where) hand.claim(one.event, { lane: 'touchpoints', stage: where.slice(4), before: null });
    setOpen(false);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="top" shadow="md" width={290} trapFocus>
      <Popover.Target>
        <button type="button" className={css.chip} data-event={one.event} onPointerDown={(event) => drag.down(event.nativeEvent)} onClick={() => { if (!drag.ended) setOpen(!open); }}>
          <b>{one.event}</b> <span className="faint">{short(one.events)}</span><span className="unseen"> events: choose where they belong</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="stack" style={{ gap: 8 }}>
          <p className="small soft">“{one.event}” happened {count(one.events)} times to {plural(one.people, 'person', 'people')}.</p>
          <Select label="It belongs to" searchable value={where} onChange={setWhere} comboboxProps={{ withinPortal: false }}
            data={[{ group: 'A touchpoint of this map', items: inOrder(plan.touchpoints).filter((tp) => known.has(tp.id)).map((tp) => ({ value: tp.id, label: tp.name })) }, { group: 'A new touchpoint in', items: model.columns.map((stage) => ({ value: `new:${stage.id}`, label: stage.name })) }]} />
          <Button disabled={!where} onClick={done}>Put it there</Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
