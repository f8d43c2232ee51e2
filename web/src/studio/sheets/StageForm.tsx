import { Link } from 'react-router';
import { useTo } from '../../address';
import type { Plan, Stage } from '../../api/nouns';
import { FeelingsLine } from './FeelingsLine';
import { Amount, Choice, Line, Pick, Prose, Tick, useEdited } from './fields';
import { Part, Two } from './parts';
import { WordingNotes } from './Wording';
import * as options from './options';

const PHASES = [
  { value: 'acquisition', label: 'acquisition: hear of it' }, { value: 'engagement', label: 'engagement: look into it' }, { value: 'transaction', label: 'transaction: buy' },
  { value: 'delivery', label: 'delivery: receive' }, { value: 'service', label: 'service: use' }, { value: 'support', label: 'support: get help' },
];
const ARC = [
  { value: 'setup', label: 'setup: where it begins' }, { value: 'rising', label: 'rising: it builds up' }, { value: 'climax', label: 'climax: the moment it is all about' },
  { value: 'falling', label: 'falling: it settles' }, { value: 'resolution', label: 'resolution: how it ends' },
];

/** A stage: what customers think, feel and do in it, and what they should feel. */
export function StageForm({ plan, stage, journey }: { plan: Plan; stage: Stage; journey: string }) {
  const to = useTo();
  const { put } = useEdited();
  const micro = plan.journeys?.find((one) => one.id === stage.opens);
  return (
    <>
      <Line name="name" label="Name" required />
      <Choice name="side" label="Whose half of the journey" fallback="buyer" data={[{ value: 'buyer', label: 'the buyer’s' }, { value: 'customer', label: 'the customer’s' }]} />
      <Prose name="words" label="What happens here" placeholder="in a sentence or two" />
      <Part title="The customer here">
        <Prose name="do" label="Does" placeholder="what one could watch" />
        <Prose name="think" label="Thinks" placeholder="I wonder whether …" />
        <WordingNotes words={stage.think ?? ''} speaker="thought" take={(think) => put({ think })} />
        <Prose name="feel" label="Feels" placeholder="in the customer’s words" />
      </Part>
      <Part title="Emotion, from −1 (bad) to 1 (good)">
        <Two>
          <Amount name="desired" label="Intended" description="what we aim for" min={-1} max={1} step={0.1} digits={2} placeholder="not said" />
          <Amount name="wanted" label="Wanted" description="what customers said" min={-1} max={1} step={0.1} digits={2} placeholder="nobody asked" />
          {stage.wanted != null && <Amount name="wanted_n" label="How many said so" min={0} max={1e9} placeholder="n" error={stage.wanted_n ? undefined : 'Without n it counts as a guess.'} />}
          {stage.wanted != null && <Line name="wanted_source" label="Where they said it" placeholder="survey, interviews" error={stage.wanted_source ? undefined : 'Name the source.'} />}
        </Two>
      </Part>
      <FeelingsLine journey={journey} stage={stage} />
      <Part title="In the story">
        <Two>
          <Pick name="phase" label="Phase" data={PHASES} placeholder="not said" />
          <Pick name="arc" label="Place in the story" data={ARC} placeholder="not said" />
        </Two>
        <Pick name="message" label="Message it carries" data={options.messages(plan, stage.message)} placeholder="none" nothing="Write messages under Story" />
      </Part>
      <Part title="How it runs">
        <Tick name="any_order" label="Its steps come in any order" />
        <Tick name="repeats" label="The whole stage may come again" />
        <Pick name="opens" label="Opens a micro journey" data={options.micros(plan, journey)} placeholder="none" nothing="Draw another journey first" />
        {micro && <p><Link to={to(`studio/${micro.id}`, { journey: null })}>Open {micro.name}</Link></p>}
      </Part>
    </>
  );
}
