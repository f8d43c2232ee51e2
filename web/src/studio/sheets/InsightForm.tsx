import type { Insight, Plan } from '../../api/nouns';
import { Amount, Choice, Line, Pick, Prose, words } from './fields';
import { isOld } from './insights';
import { Part, Two } from './parts';
import { PictureField } from './PictureField';
import * as options from './options';
import css from './sheets.module.css';

const HOLDERS = { quotation: 'The delivery came when nobody was home', number: '34 % had to call twice', photo: 'what the picture shows', note: 'what somebody saw' } as const;

/** Something that was learned: kept once, with where it is from; changed here, it changes everywhere. */
export function InsightForm({ plan, insight }: { plan: Plan; insight: Insight }) {
  const kind = insight.kind ?? 'quotation';
  return (
    <>
      <Choice name="kind" label="What it is" fallback="quotation" data={words('quotation', 'number', 'photo', 'note')} />
      <Prose name="words" label={kind === 'quotation' ? 'What they said, word for word' : 'What was learned'} required rows={3} placeholder={HOLDERS[kind]} />
      <PictureField />
      <Part title="Where it is from">
        <Line name="source" label="Source" placeholder="interview 12, survey of May" error={insight.source ? undefined : 'Without a source it counts as a guess.'} />
        <Two>
          <Line name="on" label="Day" placeholder="2026-03-31" max={10} error={insight.on && !/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(insight.on) ? 'as 2026-03-31' : undefined} />
          <Amount name="n" label="How many said so" min={0} max={1e9} placeholder="n" />
        </Two>
        {isOld(insight) && <p className={css.note}>It is more than two years old: ask again before you build on it.</p>}
      </Part>
      <Part title="Whose and about what">
        <Pick name="persona" label="Persona" data={options.personas(plan)} placeholder="anyone" />
        <Pick name="touchpoint" label="Touchpoint" data={options.touchpoints(plan)} placeholder="none" />
      </Part>
    </>
  );
}
