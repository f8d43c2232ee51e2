import { Select } from '@mantine/core';
import type { Card, Plan } from '../../api/nouns';
import { useMetrics } from '../../api/queries';
import { Figure } from '../../parts/Figure';
import { Choice, Pick, Prose, useEdited } from './fields';
import { InsightLine } from './InsightLine';
import { Part, Two } from './parts';
import { PictureField } from './PictureField';
import * as options from './options';
import { CHANGES } from './StepForm';
import css from './sheets.module.css';

/** A card: free words, a learned thing by reference, a figure with its measured value, a picture. */
export function CardForm({ plan, card, journey, open }: { plan: Plan; card: Card; journey: string; open: (element: string) => void }) {
  const insight = plan.insights?.find((one) => one.id === card.insight);
  return (
    <>
      {insight && <InsightLine plan={plan} insight={insight} open={() => open(`insight:${insight.id}`)} />}
      <Prose name="words" label={insight ? 'Said beside it' : 'Words'} placeholder={insight ? 'what it means here' : 'a thought, a pain, an opportunity'} />
      <Two>
        <Pick name="lane" label="Lane" needed data={options.lanes(plan, journey)} />
        <Pick name="stage" label="Stage" needed data={options.stages(plan, journey)} />
      </Two>
      <Pick name="insight" label="Insight" description="kept once, shown wherever it is used" data={options.insights(plan)} placeholder="none" nothing="Write one in the library of insights" />
      <FigurePick card={card} />
      <Part title="Whose and about what">
        <Two>
          <Pick name="owner" label="Owner" data={options.teams(plan)} placeholder="nobody yet" />
          <Pick name="persona" label="Persona" data={options.personas(plan)} placeholder="anyone" />
        </Two>
        <Pick name="touchpoint" label="Touchpoint" data={options.touchpoints(plan)} placeholder="none" />
        <Choice name="state" label="Between as it is and as it should be" fallback="kept" data={CHANGES} />
      </Part>
      <PictureField />
    </>
  );
}

/** A figure of the register, with what it measures now. */
function FigurePick({ card }: { card: Card }) {
  const { put } = useEdited();
  const metrics = useMetrics(true);
  const rows = metrics.data?.rows ?? [];
  const row = rows.find((one) => one.id === card.metric);
  return (
    <div className="stack" style={{ gap: 6 }}>
      <Select label="Figure" placeholder="none" clearable searchable data={rows.map((one) => ({ value: one.id, label: one.name }))} value={card.metric ?? null} onChange={(metric) => put({ metric })} nothingFoundMessage="no figure by this name" disabled={metrics.isLoading} />
      {row && <p className={css.line}><span className="soft">{row.name} now</span>{row.now.value === null ? <span className="hatch faint">{row.missing || 'unknown'}</span> : <Figure result={row.now} />}</p>}
      {card.metric && metrics.data && !row && <p className="doubt small">Nothing measures “{card.metric}”.</p>}
    </div>
  );
}
