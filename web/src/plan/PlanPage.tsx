import type { ComponentType } from 'react';
import { useParams } from 'react-router';
import { Lost, Trouble } from '../parts/Trouble';
import { Waiting } from '../parts/Waiting';
import { useDraft } from './draft';
import { Figures } from './Figures';
import { Journeys } from './Journeys';
import { Ownership } from './Ownership';
import { Personas } from './Personas';
import { Promises } from './Promises';
import { Strategy } from './Strategy';
import { Story } from './Story';
import { Touchpoints } from './Touchpoints';
import { Saving } from './Saving';
import { Versions } from './Versions';
import css from './plan.module.css';

const PARTS: Record<string, { title: string; says: string; Part: ComponentType }> = {
  strategy: { title: 'What must be said before a map means anything', says: 'Six fields. A sentence each is enough to begin with.', Part: Strategy },
  story: { title: 'What the brand tells', says: 'The words that messages on the map are held against.', Part: Story },
  personas: { title: 'Whom the journeys are for', says: 'Bind a persona to a segment and it stops being an assumption.', Part: Personas },
  touchpoints: { title: 'Where brand and customer meet', says: 'A touchpoint is measured as soon as a rule binds events to it.', Part: Touchpoints },
  journeys: { title: 'The journey you intend', says: 'Stages on the buyer’s and the customer’s side, the steps in each, the moments that matter.', Part: Journeys },
  promises: { title: 'What the brand promises', says: 'By a date, within a time, or above a score: then it can be judged.', Part: Promises },
  figures: { title: 'What counts, and what we hold ourselves to', says: 'Which events mean an order, a contact, a problem solved; targets, and who answers for them.', Part: Figures },
  ownership: { title: 'Whose turn it is', says: 'Teams, and who owns which touchpoint. No owner means nobody mends it.', Part: Ownership },
  versions: { title: 'From draft to in force', says: 'A published version never changes; the next one begins from it.', Part: Versions },
};

/** One page of the plan, over the one draft. */
export function PlanPage() {
  const { part = '' } = useParams();
  const draft = useDraft();
  const found = PARTS[part];
  if (!found) return <Lost />;
  const { title, says, Part } = found;
  return (
    <div className={`page ${part === 'touchpoints' || part === 'journeys' || part === 'promises' ? 'wide' : ''}`}>
      <div className={css.head}>
        <div><h1>{title}</h1><p className="lede">{says}</p></div>
        <Saving />
      </div>
      {draft.error && !draft.plan ? <div className="section"><Trouble error={draft.error} retry={() => void draft.reload()} /></div> : null}
      {draft.plan ? <fieldset disabled={draft.may !== 'edit' && part !== 'versions'} style={{ marginTop: 24, border: 0, padding: 0, minWidth: 0 }}><Part key={part} /></fieldset> : !draft.error && <Waiting />}
    </div>
  );
}
