import { Button } from '@mantine/core';
import { lastOrder } from '../../api/order';
import type { Moment, Plan } from '../../api/nouns';
import { useDraft } from '../../plan/draft';
import { newId } from '../../words';
import { patched } from './elements';
import { Experiences } from './Experiences';
import { Amount, Fields, Line, Pick, PickMany, Prose, useEdited } from './fields';
import { Part, Two } from './parts';
import * as options from './options';
import { WordingNotes } from './Wording';

const SITUATION: [string, string][] = [['When', 'When: '], ['Where', 'Where: '], ['On what', 'On what device: '], ['What set it off', 'What set it off: ']];

/** A moment: a customer's need in its situation, in the customer's words, and the experiences that meet it. */
export function MomentForm({ plan, moment, journey }: { plan: Plan; moment: Moment; journey: string }) {
  const { put } = useEdited();
  const context = moment.context ?? '';
  return (
    <>
      <div className="stack" style={{ gap: 8 }}>
        <Prose name="words" label="In the customer’s words" rows={2} required max={200} placeholder="I want to know when it comes" />
        <WordingNotes words={moment.words} speaker="moment" moment={moment} take={(words) => put({ words })} />
      </div>
      <Prose name="need" label="The need behind it" placeholder="what the customer is trying to get done" />
      <div className="stack" style={{ gap: 6 }}>
        <Prose name="context" label="Situation" placeholder="on the tram, phone in hand, ten minutes before closing time" />
        <div className="row wrap" style={{ gap: 4 }} role="group" aria-label="Say about the situation">
          {SITUATION.filter(([, stem]) => !context.includes(stem)).map(([name, stem]) => (
            <Button key={stem} variant="default" size="compact-xs" onClick={() => put({ context: context.trim() ? `${context.trimEnd()}\n${stem}` : stem })}>{name}?</Button>
          ))}
        </div>
      </div>
      <Prose name="wants" label="What they want to have in the end" placeholder="a sofa that fits, at home by Friday" />
      <Line name="emotion" label="How it feels" placeholder="hurried, a little anxious" max={200} />
      <Two>
        <Pick name="persona" label="Persona" data={options.personas(plan)} placeholder="anyone" nothing="Draw personas first" />
        <Pick name="stage" label="Stage" needed data={options.stages(plan, journey)} />
      </Two>
      <PickMany name="touchpoints" label="Where it is met" data={options.touchpoints(plan)} placeholder="touchpoints" />
      <OutcomePart plan={plan} moment={moment} />
      <Experiences plan={plan} moment={moment} journey={journey} />
    </>
  );
}

/** The outcome that is measured: importance and satisfaction as customers gave them, and the opportunity in between. */
function OutcomePart({ plan, moment }: { plan: Plan; moment: Moment }) {
  const { change } = useDraft();
  const outcome = plan.outcomes?.find((one) => one.id === moment.outcome);
  const set = (patch: object) => change((old) => ({ ...old, outcomes: old.outcomes?.map((one) => (one.id === outcome!.id ? { ...one, ...patch } : one)) }));
  const make = () => {
    const words = moment.wants?.slice(0, 200) || moment.words;
    const id = newId(words);
    change((old) => patched({ ...old, outcomes: [...(old.outcomes ?? []), { id, words, order: lastOrder(old.outcomes) }] }, 'moment', moment.id, { outcome: id }, ''));
  };
  const known = outcome?.importance != null && outcome.satisfaction != null;
  const score = known ? outcome.importance! + Math.max(outcome.importance! - outcome.satisfaction!, 0) : null;
  return (
    <Part title="Outcome, as customers rate it" note={!outcome && <Button variant="subtle" size="compact-xs" onClick={make}>Rate this one</Button>}>
      {(plan.outcomes?.length ?? 0) > 0 && <Pick name="outcome" label="Outcome" data={options.outcomes(plan)} placeholder="none yet" />}
      {outcome && (
        <Fields kind="moment" id={outcome.id} one={outcome} put={set}>
          <Line name="words" label="Said as" required />
          <WordingNotes words={outcome.words} speaker="outcome" take={(words) => set({ words })} />
          <Two>
            <Amount name="importance" label="Importance" description="0 to 10" min={0} max={10} step={0.5} digits={1} placeholder="nobody asked" />
            <Amount name="satisfaction" label="Satisfaction" description="0 to 10" min={0} max={10} step={0.5} digits={1} placeholder="nobody asked" />
            <Amount name="n" label="How many said so" min={0} max={1e9} placeholder="n" error={known && !outcome.n ? 'Without n it is a guess.' : undefined} />
            <div className="stack" style={{ gap: 2 }}>
              <span className="small" title="importance + (importance − satisfaction, where that is positive); 0 to 20, above 10 worth acting on">Opportunity</span>
              <b style={{ fontSize: 16 }} className={score === null ? 'faint' : undefined}>{score === null ? 'unknown' : score.toFixed(1)}</b>
              {score !== null && <span className="faint small">of 20, {outcome.n ? `n ${outcome.n}` : 'a guess'}</span>}
            </div>
          </Two>
        </Fields>
      )}
      {!outcome && !plan.outcomes?.length && <p className="faint small">How important is it to them, and how satisfied are they? Ask, then write it here.</p>}
    </Part>
  );
}

