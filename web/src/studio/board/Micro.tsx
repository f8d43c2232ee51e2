import { Button } from '@mantine/core';
import { IconArrowRight, IconX } from '@tabler/icons-react';
import { Medium } from '../../parts/Medium';
import type { Grid } from './grid';
import { stagesIn, touchpointsOf } from './model';
import type { Plan } from '../../api/nouns';
import { inOrder } from '../../api/order';
import css from './board.module.css';

/** The journey inside a stage, opened in its place: what stands in it, and the way into it. */
export function Micro({ plan, id, from, grid, stage, into, close }: { plan: Plan; id: string; from: string; grid: Grid; stage: string; into: () => void; close: () => void }) {
  const journey = (plan.journeys ?? []).find((one) => one.id === id);
  if (!journey) return null;
  const known = new Map((plan.touchpoints ?? []).map((one) => [one.id, one]));
  const stages = stagesIn(journey);
  const span = grid.spans.get(stage);
  return (
    <section className={css.micro} aria-label={`The journey inside ${from}: ${journey.name}`} style={{ width: grid.width }}>
      {span && <i aria-hidden className={css.microtip} style={{ left: span.mid - 7 }} />}
      <div className={css.microhead}>
        <b>{journey.name}</b><span className="faint small">inside {from}</span>
        <Button size="compact-xs" variant="default" rightSection={<IconArrowRight size={12} aria-hidden />} onClick={into}>Step into it</Button>
        <Button size="compact-xs" variant="subtle" leftSection={<IconX size={12} aria-hidden />} onClick={close}>Close</Button>
      </div>
      <ol className={css.microstages}>
        {stages.map((one) => (
          <li key={one.id} data-side={one.side}>
            <b>{one.name}</b>
            {inOrder(one.steps).map((step) => (
              <span key={step.id} className={css.branch}>{touchpointsOf(step).map((tp) => <span key={tp} className="row" style={{ gap: 5 }}><Medium medium={known.get(tp)?.medium ?? 'screen'} size={13} />{known.get(tp)?.name ?? tp}</span>)}</span>
            ))}
          </li>
        ))}
        {!stages.length && <li className="faint">Nothing is drawn in it yet.</li>}
      </ol>
    </section>
  );
}
