import { Tooltip } from '@mantine/core';
import { Link } from 'react-router';
import { useTo } from '../address';
import type { Sheet } from '../api/nouns';
import { basis, interval } from '../parts/Figure';
import { count, percent, plural } from '../words';

/** The page's answer in one sentence, with the number in it. */
export function finding(sheet: Sheet): string {
  const { fitting } = sheet.following;
  if (!sheet.journeys) return sheet.events ? 'No journey began in this period for these people.' : 'This is the plan as drawn: nobody has walked it in the data yet.';
  const name = (id: string) => sheet.touchpoints.find((one) => one.id === id)?.name ?? id;
  const desire = sheet.ways.filter((one) => one.desire && !one.quiet).sort((a, b) => b.people - a.people)[0];
  const walk = desire && (desire.origin === desire.target ? `${plural(desire.people, 'person', 'people')} come back to ${name(desire.origin)}` : `${plural(desire.people, 'person', 'people')} walk from ${name(desire.origin)} to ${name(desire.target)}`);
  if (fitting.value === null) return walk ? `${walk}, which nobody drew.` : 'How well journeys follow the plan cannot be said yet.';
  const start = fitting.value === 0 ? 'No journey follows the plan throughout' : `${percent(fitting.value)} of journeys follow the plan`;
  return walk ? `${start}; ${walk}, which nobody drew.` : `${start}${sheet.ways.some((one) => one.desire) ? '; every desire line is judged.' : ', and no desire line leads away from it.'}`;
}

const MARKS = [
  ['missing', 'missing', 'a planned touchpoint that a journey left out'],
  ['unplanned', 'unplanned', 'a touchpoint where the plan has none'],
  ['out_of_order', 'out of order', 'planned, but at another place'],
  ['repeated', 'repeated', 'planned once, met again'],
  ['late', 'late', 'later than the plan allows'],
] as const;

/** How well journeys follow: shares with their intervals, deviations by kind, each with the people behind it. */
export function FollowLine({ sheet }: { sheet: Sheet }) {
  const to = useTo();
  const { following, known } = sheet;
  if (!sheet.journeys) return null;
  const share = (name: string, result: typeof known, says: string) => result.value !== null && (
    <Tooltip label={`${says} ${basis(result)}`}><span><span className="define">{name}</span> <b style={{ fontWeight: 600 }}>{percent(result.value)}</b> <span className="faint">{interval(result)}</span></span></Tooltip>
  );
  return (
    <>
      <span>{plural(sheet.journeys, 'journey')}, {plural(sheet.people, 'person', 'people')}, <Tooltip label={`${count(sheet.tally.claimed)} at touchpoints, ${count(sheet.tally.unclaimed)} claimed by none or by more than one`}><span className="define">{plural(sheet.tally.events, 'event')}</span></Tooltip>{known.value !== null && <>, <Tooltip label={`Share of all events in the period that belong to a known person. ${basis(known)}`}><span className="define">{percent(known.value)} known</span></Tooltip></>}</span>
      {share('on average', following.average_fitness, 'Fitness of each journey, averaged: 100 % has no deviation.')}
      {share('together', following.log_fitness, 'Fitness of the whole log: long journeys weigh more.')}
      {MARKS.map(([key, words, says]) => following.deviations[key] > 0 && (
        <Tooltip key={key} label={`${says}; show on the cards where`}>
          <Link to={to('map', { face: 'deviations' })}><b>{count(following.deviations[key])}</b> {words}</Link>
        </Tooltip>
      ))}
    </>
  );
}

