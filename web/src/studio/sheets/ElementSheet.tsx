import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useAddress, useTo } from '../../address';
import { Link } from 'react-router';
import type { Card, Experience, Insight, Lane, Moment, Plan, PromisePlan, Stage, Step, Touchpoint } from '../../api/nouns';
import { useDraft } from '../../plan/draft';
import { PromiseForm } from '../../plan/Promises';
import { AgeLine } from './AgeLine';
import { CardForm } from './CardForm';
import { find, holds, KINDS, named, patched, removed, title, uses, type Found, type Kind } from './elements';
import { ExperienceForm } from './Experiences';
import { BLANK, Fields } from './fields';
import { GradeLine } from './GradeLine';
import { InsightForm } from './InsightForm';
import { LaneForm } from './LaneForm';
import { MomentForm } from './MomentForm';
import { Fold } from './parts';
import { StageForm } from './StageForm';
import { StepForm } from './StepForm';
import { TouchpointForm } from './TouchpointForm';
import css from './sheets.module.css';

export interface SheetProps { journey: string; element: string; onClose: () => void; /** Opens another element in the same drawer; without it the address is set. */ onOpen?: (element: string) => void }

/** Everything about one element of a map, as a form that is kept as one types. */
export function ElementSheet({ journey, element, onClose, onOpen }: SheetProps) {
  const { plan } = useDraft();
  const { set } = useAddress();
  const box = useRef<HTMLElement>(null);
  useEffect(() => { box.current?.closest('[data-scroll]')?.scrollTo({ top: 0 }); }, [element]);
  const what = named(element);
  const found = plan && what ? find(plan, what.kind, what.id, journey) : null;
  const open = (next: string) => (onOpen ? onOpen(next) : set({ selected: next }));
  return (
    <section ref={box} className={css.sheet} data-sheet={element} aria-label={what ? `The ${KINDS[what.kind]}` : 'What is selected'} tabIndex={-1}>
      {!plan ? <div className={css.head} aria-busy="true"><h2>…</h2></div>
        : !what || !found ? <div className={css.head}><h2>It is not here any more</h2><p className="soft">Somebody took it out, or the address is old. Undo brings back what you removed.</p></div>
          : <Whole key={element} plan={plan} kind={what.kind} id={what.id} found={found} journey={journey} open={open} onClose={onClose} />}
    </section>
  );
}

interface WholeProps { plan: Plan; kind: Kind; id: string; found: Found; journey: string; open: (element: string) => void; onClose: () => void }

function Whole({ plan, kind, id, found, journey, open, onClose }: WholeProps) {
  const { change, may } = useDraft();
  const at = found.journey?.id ?? journey;
  const place = [found.journey && found.journey.id !== journey ? found.journey.name : '', kind !== 'stage' ? found.stage?.name : '', KINDS[kind]].filter(Boolean).join(' · ');
  return (
    <>
      <div className={css.head}>
        <p className="faint small">{place}</p>
        <h2>{'words' in found.one && found.one.words === BLANK ? `A new ${KINDS[kind]}` : kind === 'moment' ? `“${title(plan, kind, found.one)}”` : title(plan, kind, found.one)}</h2>
      </div>
      <GradeLine journey={at} element={`${kind}:${id}`} />
      <AgeLine journey={journey} element={`${kind}:${id}`} />
      <fieldset className={css.fields} disabled={may !== 'edit'}>
      <Fields kind={kind} id={id} journey={at} one={found.one} put={(patch) => change((old) => patched(old, kind, id, patch, at))}>
        <Form plan={plan} kind={kind} found={found} journey={at} open={open} />
      </Fields>
      </fieldset>
      <Used plan={plan} kind={kind} id={id} open={open} journey={journey} />
      {may === 'edit' && <Remove plan={plan} kind={kind} id={id} remove={() => { change((old) => removed(old, kind, id, at)); onClose(); }} />}
    </>
  );
}

function Form({ plan, kind, found, journey, open }: { plan: Plan; kind: Kind; found: Found; journey: string; open: (element: string) => void }) {
  const { change } = useDraft();
  switch (kind) {
    case 'stage': return <StageForm plan={plan} stage={found.one as Stage} journey={journey} />;
    case 'step': return <StepForm plan={plan} step={found.one as Step} open={open} />;
    case 'touchpoint': return <TouchpointForm plan={plan} touchpoint={found.one as Touchpoint} open={open} />;
    case 'moment': return <MomentForm plan={plan} moment={found.one as Moment} journey={journey} />;
    case 'experience': return <ExperienceForm plan={plan} one={found.one as Experience} open={open} />;
    case 'card': return <CardForm plan={plan} card={found.one as Card} journey={journey} open={open} />;
    case 'insight': return <InsightForm plan={plan} insight={found.one as Insight} />;
    case 'promise': return <PromiseForm one={found.one as PromisePlan} put={(patch) => change((old) => patched(old, 'promise', (found.one as PromisePlan).id, patch, journey))} />;
    case 'lane': return <LaneForm lane={found.one as Lane} cards={cardsIn(plan, journey, (found.one as Lane).id)} />;
  }
}

function cardsIn(plan: Plan, journey: string, lane: string): number {
  const stages = new Set(plan.journeys?.find((one) => one.id === journey)?.stages?.map((one) => one.id));
  return (plan.cards ?? []).filter((one) => stages.has(one.stage) && (one.lane ?? 'notes') === lane).length;
}

/** Where else it stands: changed here, it changes there. */
function Used({ plan, kind, id, open, journey }: { plan: Plan; kind: Kind; id: string; open: (element: string) => void; journey: string }) {
  const to = useTo();
  const found = uses(plan, kind, id);
  if (kind !== 'insight' && kind !== 'touchpoint') return null;
  return (
    <Fold title="Where it is used" note={found.length ? String(found.length) : 'nowhere yet'} open={found.length > 0 && found.length < 7}>
      <div>
        {found.map((one, n) => (one.journey && one.journey !== journey
          ? <Link key={n} className={css.line} to={to(`studio/${one.journey}`, { journey: null, selected: one.element })}><span>{one.name}</span><span className="faint small">{one.where}</span></Link>
          : one.element ? <button key={n} type="button" className={`plain ${css.line}`} onClick={() => open(one.element)}><span>{one.name}</span><span className="faint small">{one.where}</span></button>
            : <p key={n} className={css.line}><span>{one.name}</span><span className="faint small">{one.where}</span></p>))}
      </div>
      {found.length > 0 && <p className="faint small">Changed here, it changes everywhere.</p>}
    </Fold>
  );
}

function Remove({ plan, kind, id, remove }: { plan: Plan; kind: Kind; id: string; remove: () => void }) {
  const why = holds(plan, kind, id);
  if (kind === 'lane' && !plan.journeys?.some((one) => one.lanes?.some((lane) => lane.id === id))) return null;
  return (
    <div className={css.remove}>
      <div><Button variant="default" color="gray" disabled={Boolean(why)} leftSection={<IconTrash size={14} aria-hidden />} onClick={remove}>{kind === 'lane' ? 'Take the lane back to how it was' : `Remove this ${KINDS[kind]}`}</Button></div>
      <p className="faint small">{why || (kind === 'stage' ? 'Its moments, their experiences and its cards go with it; undo brings all back.' : kind === 'touchpoint' ? 'It goes from every map it stands on; undo brings it back.' : 'Undo brings it back.')}</p>
    </div>
  );
}
