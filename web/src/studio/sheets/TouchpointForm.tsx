import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Plan, Touchpoint } from '../../api/nouns';
import { MEDIA, Medium } from '../../parts/Medium';
import { useDraft } from '../../plan/draft';
import { RuleList } from '../../plan/RuleForm';
import { newId, plural } from '../../words';
import { added } from './elements';
import { Choice, Line, Pick, PickMany, Prose, Tags, useEdited, words } from './fields';
import { Fold, Part, Two } from './parts';
import * as options from './options';
import css from './sheets.module.css';

const PURPOSES = [
  { value: 'promote', label: 'promote' }, { value: 'make-aware', label: 'make aware' }, { value: 'personalise', label: 'personalise' }, { value: 'sell', label: 'sell' }, { value: 'manage', label: 'manage' },
];

/** A contact point: where it is, whose it is, what happens before and behind the scene. */
export function TouchpointForm({ plan, touchpoint, open }: { plan: Plan; touchpoint: Touchpoint; open: (element: string) => void }) {
  const { put } = useEdited();
  const teams = options.teams(plan);
  const rules = (touchpoint.rule ?? []).filter((one) => one.event).length;
  const work = [touchpoint.responsible, touchpoint.consulted, touchpoint.informed].flat().filter(Boolean).length;
  return (
    <>
      <Line name="name" label="Name" required />
      <Two>
        <Pick name="kind" label="Kind" needed data={words('digital', 'physical', 'human')} />
        <Pick name="medium" label="Medium" needed data={MEDIA.map((one) => ({ value: one, label: one }))} left={<Medium medium={touchpoint.medium ?? 'screen'} size={15} />} />
      </Two>
      <Prose name="words" label="In words" placeholder="what the customer meets here" />
      <Pick name="owner" label="Owner" description="one team that answers for it" data={teams} placeholder="nobody yet" nothing="Name teams under Ownership" error={touchpoint.owner ? undefined : 'Nobody owns it yet.'} />
      <Promises plan={plan} touchpoint={touchpoint.id} open={open} />
      <Part title="Service blueprint">
        <Prose name="frontstage" label="Frontstage" description="what the customer sees us do" />
        <Prose name="backstage" label="Backstage" description="what must happen behind it" />
        <Tags name="systems" label="Systems" placeholder={touchpoint.systems?.length ? '' : 'Enter after each'} />
      </Part>
      <Part title="What it is for">
        <PickMany name="purposes" label="Purposes" data={PURPOSES} placeholder="not said" />
        <Choice name="begun_by" label="Begun by" fallback="customer" data={[{ value: 'customer', label: 'the customer' }, { value: 'brand', label: 'us' }]} />
        <Choice name="meets" label="Who meets it" fallback="customers" data={[{ value: 'customers', label: 'customers' }, { value: 'anyone', label: 'anyone, such as a van in traffic' }]} />
      </Part>
      <Fold title="Who does the work" note={work ? plural(work, 'team') : 'nobody named'}>
        <PickMany name="responsible" label="Does the work" data={teams} />
        <PickMany name="consulted" label="Is asked" data={teams} />
        <PickMany name="informed" label="Is told" data={teams} />
      </Fold>
      <Fold title="Events that happen here" note={rules ? plural(rules, 'rule') : 'none: unmeasured'}>
        <p className="soft small">An event belongs here when any of these rules holds.</p>
        <RuleList rules={touchpoint.rule ?? []} change={(rule) => put({ rule })} more="Bind an event" />
      </Fold>
    </>
  );
}

function Promises({ plan, touchpoint, open }: { plan: Plan; touchpoint: string; open: (element: string) => void }) {
  const { change } = useDraft();
  const own = (plan.promises ?? []).filter((one) => one.touchpoint === touchpoint);
  const add = () => {
    const id = newId('promise');
    change((old) => added(old, 'promise', { id, name: 'New promise', touchpoint, target: 0.9, per: 'customer' }));
    open(`promise:${id}`);
  };
  return (
    <Part title={own.length ? 'Promised here' : 'Nothing is promised here'} note={<Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={12} aria-hidden />} onClick={add}>A promise</Button>}>
      {own.map((one) => <button key={one.id} type="button" className={`plain ${css.line}`} onClick={() => open(`promise:${one.id}`)}><span>{one.name}</span><span className="faint">{Math.round(one.target * 100)} %</span></button>)}
    </Part>
  );
}
