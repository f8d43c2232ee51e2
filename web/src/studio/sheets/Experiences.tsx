import { Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { inOrder } from '../../api/order';
import type { Experience, Moment, Plan } from '../../api/nouns';
import { useDraft } from '../../plan/draft';
import { newId } from '../../words';
import { added, patched, removed } from './elements';
import { Choice, Fields, Line, Pick, PickMany, Prose, words } from './fields';
import { Part } from './parts';
import * as options from './options';
import css from './sheets.module.css';

const FRESH = 'New experience';

/** What keeps a moment from being met; empty: a live experience meets it. */
export function unmet(all: readonly Experience[]): string {
  if (!all.length) return 'No experience meets this moment yet.';
  if (!all.some((one) => one.state === 'live')) return 'No live experience meets this moment yet.';
  return '';
}

/** True where all that meets a moment are messages, with nothing one can use. */
export const onlyMessages = (all: readonly Experience[]): boolean => {
  const now = all.filter((one) => one.state !== 'retired');
  return now.length > 0 && now.every((one) => one.kind === 'message');
};

/** The experiences that meet a moment, each a small form. */
export function Experiences({ plan, moment, journey }: { plan: Plan; moment: Moment; journey: string }) {
  const { change } = useDraft();
  const own = inOrder(plan.experiences).filter((one) => one.moment === moment.id);
  const add = () => change((old) => added(old, 'experience', { id: newId('experience'), name: FRESH, moment: moment.id, touchpoints: moment.touchpoints ?? [], state: 'idea', kind: 'useful' }));
  const missing = unmet(own);
  return (
    <Part title="Experiences that meet it" note={<Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={12} aria-hidden />} onClick={add}>An experience</Button>}>
      {missing && <p className={css.note} role="status">{missing} What does the customer get here?</p>}
      {onlyMessages(own) && <p className={css.note} role="status">All of them are messages. What could the customer use here: an answer, a tool, a choice, a hand?</p>}
      {own.map((one) => <ExperienceCard key={one.id} plan={plan} one={one} journey={journey} alone={own.length === 1} />)}
    </Part>
  );
}

/** One of them: folded until one opens it; a new one and a single one stand open. */
function ExperienceCard({ plan, one, journey, alone }: { plan: Plan; one: Experience; journey: string; alone: boolean }) {
  const { change } = useDraft();
  const [open] = useState(alone || one.name === FRESH);
  return (
    <details className={css.experience} data-state={one.state ?? 'idea'} open={open || undefined}>
      <summary><b style={{ fontWeight: 600 }}>{one.name}</b><span className="faint small">{one.state ?? 'idea'}{one.kind === 'message' && ', a message'}</span></summary>
      <div>
        <Fields kind="experience" id={one.id} journey={journey} one={one} put={(patch) => change((old) => patched(old, 'experience', one.id, patch, ''))}><ExperienceFields plan={plan} /></Fields>
        <div><Button variant="default" size="compact-xs" leftSection={<IconTrash size={12} aria-hidden />} onClick={() => change((old) => removed(old, 'experience', one.id, ''))}>Remove {one.name}</Button></div>
      </div>
    </details>
  );
}

export function ExperienceFields({ plan }: { plan: Plan }) {
  return (
    <>
      <Line name="name" label="Name" required />
      <Prose name="gives" label="What the customer gets" placeholder="a delivery hour they chose themselves" />
      <Choice name="state" label="State" fallback="idea" data={words('idea', 'pilot', 'live', 'retired')} />
      <Choice name="kind" label="It is" fallback="useful" data={[{ value: 'useful', label: 'something to use' }, { value: 'message', label: 'merely a message' }]} />
      <Prose name="purpose" label="Purpose it delivers" placeholder={plan.story?.purpose || 'which of the brand’s purposes it makes true'} />
      <PickMany name="touchpoints" label="Where it happens" data={options.touchpoints(plan)} placeholder="touchpoints" />
      <Pick name="owner" label="Owner" data={options.teams(plan)} placeholder="nobody yet" nothing="Name teams under Ownership" />
    </>
  );
}

/** An experience opened by itself: the moment it meets above its fields. */
export function ExperienceForm({ plan, one, open }: { plan: Plan; one: Experience; open: (element: string) => void }) {
  const moment = plan.moments?.find((other) => other.id === one.moment);
  const beside = (plan.experiences ?? []).filter((other) => other.moment === one.moment);
  return (
    <>
      {moment && <button type="button" className={`plain ${css.line}`} onClick={() => open(`moment:${moment.id}`)}><span>meets “{moment.words}”</span><span className="desire small">open</span></button>}
      {onlyMessages(beside) && <p className={css.note} role="status">Everything that meets this moment is a message: nothing here can be used.</p>}
      <ExperienceFields plan={plan} />
    </>
  );
}
