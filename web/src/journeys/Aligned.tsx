import type { Plan, Stage, Variant } from '../api/nouns';
import { inOrder } from '../api/order';
import { count, percent, plural } from '../words';
import { Marked } from './Marked';
import type { Names } from './Tabs';
import css from './aligned.module.css';

interface Place { stage: string; side: Stage['side']; touchpoints: string[]; first: boolean }

/** The places of a planned journey in their order: the columns that every strip is laid over. */
export function placesOf(plan: Plan | undefined, journey: string | undefined): Place[] {
  const planned = plan?.journeys?.find((one) => one.id === journey) ?? inOrder(plan?.journeys ?? [])[0];
  return inOrder(planned?.stages ?? []).flatMap((stage) =>
    inOrder(stage.steps ?? []).map((step, n) => ({ stage: stage.name, side: stage.side, first: n === 0, touchpoints: [...(step.touchpoint ? [step.touchpoint] : []), ...(step.one_of ?? [])] })),
  );
}

type Slot = { kind: 'planned' | 'missing' | 'none'; step: string };
type Extra = { step: string; mark: string }[];

/** Planned steps in their columns; what stands between two of them goes with the column before. */
function laid(one: Variant, places: Place[]): { slots: Slot[]; extras: Extra[] } {
  const slots: Slot[] = places.map(() => ({ kind: 'none', step: '' }));
  const extras: Extra[] = Array.from({ length: places.length + 1 }, () => []);
  let at = -1;
  one.steps.forEach((step, n) => {
    const found = one.marks[n] === 'planned' ? places.findIndex((place, i) => i > at && place.touchpoints.includes(step)) : -1;
    if (found >= 0) { at = found; slots[at] = { kind: 'planned', step }; } else extras[at + 1].push({ step, mark: one.marks[n] === 'planned' ? 'repeated' : one.marks[n] });
  });
  const missing = [...one.missing];
  places.forEach((place, i) => {
    const lacks = slots[i].kind === 'none' ? missing.findIndex((step) => place.touchpoints.includes(step)) : -1;
    if (lacks >= 0) slots[i] = { kind: 'missing', step: missing.splice(lacks, 1)[0] };
  });
  return { slots, extras };
}

/** Variants over the planned journey: one row each, one column a place, deviations where they happened. */
export function Aligned({ variants, places, names }: { variants: Variant[]; places: Place[]; names: Names }) {
  return (
    <div className="tablewrap" tabIndex={0} role="region" aria-label="Variants over the planned journey">
      <table className={css.table}>
        <thead>
          <tr><th scope="col">share</th><th scope="col"><span className="unseen">before the plan</span></th>{places.map((place, n) => <th key={n} scope="col" data-first={place.first} data-side={place.side} title={place.stage}><span>{place.touchpoints.map(names.name).join(' or ')}</span></th>)}<th scope="col">people</th></tr>
        </thead>
        <tbody>
          {variants.map((one) => {
            const { slots, extras } = laid(one, places);
            return (
              <tr key={one.key}>
                <th scope="row"><b>{percent(one.rate, one.rate < 0.1 ? 1 : 0)}</b> <span className="faint">n {count(one.count)}</span></th>
                <td><Extras extra={extras[0]} names={names} /></td>
                {slots.map((slot, n) => (
                  <td key={n} data-first={places[n].first} data-side={places[n].side}>
                    <i className={css.slot} data-kind={slot.kind} title={slot.kind === 'none' ? undefined : `${names.name(slot.step)}${slot.kind === 'missing' ? ' is missing' : ''}`} />
                    {slot.kind !== 'none' && <span className="unseen">{names.name(slot.step)}{slot.kind === 'missing' && ' is missing'}</span>}
                    <Extras extra={extras[n + 1]} names={names} />
                  </td>
                ))}
                <td className="num"><Marked behind={one.behind} words={plural(one.people, 'person', 'people')}>{count(one.people)}</Marked></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const SIGNS: Record<string, string> = { unplanned: '+', 'out of order': '⇄', repeated: '↻' };

function Extras({ extra, names }: { extra: Extra; names: Names }) {
  if (!extra.length) return null;
  const kinds = [...new Set(extra.map((one) => one.mark))];
  return (
    <>
      {kinds.map((mark) => {
        const mine = extra.filter((one) => one.mark === mark);
        const words = `${mark}: ${[...new Set(mine.map((one) => names.name(one.step)))].join(', ')}`;
        return <span key={mark} className={css.extra} data-mark={mark} title={words}><span aria-hidden>{SIGNS[mark] ?? '+'}{mine.length > 1 && mine.length}</span><span className="unseen">{words}</span></span>;
      })}
    </>
  );
}
