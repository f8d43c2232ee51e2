import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useTo } from '../../address';
import { Medium } from '../../parts/Medium';
import type { Touchpoint } from '../../api/nouns';
import { usePublished } from '../../api/queries';
import { Meter, STATE } from '../../parts/Meter';
import { atInstant, count, duration, percent, plural } from '../../words';
import { sum, useBoard } from '../context';
import { Grade } from '../Grade';
import { Basis, Fact, Facts, Group, Plain, Show } from './Fact';
import css from '../map.module.css';

const MARKS = [['missing', 'missing'], ['unplanned', 'unplanned'], ['out_of_order', 'out of order'], ['repeated', 'repeated'], ['late', 'late']] as const;

export function TouchpointSheet({ id }: { id: string }) {
  const { sheet, select, team } = useBoard();
  const to = useTo();
  const plan = usePublished().data;
  const one = sheet.touchpoints.find((tp) => tp.id === id);
  if (!one) return <p className="soft">This journey has no touchpoint “{id}”.</p>;
  const stages = one.stages.map((stage) => sheet.stages.find((s) => s.id === stage)?.name ?? stage);
  const promises = sheet.promises.filter((promise) => promise.touchpoint === id);
  const moments = sheet.moments.filter((moment) => moment.touchpoints.includes(id));
  const { evidence } = one;
  return (
    <>
      <p className="faint small">{stages.join(', ') || 'beside the plan'} · touchpoint</p>
      <h2 className="row" style={{ paddingRight: 24 }}><Medium medium={one.medium} size={18} />{one.name}</h2>
      {moments.map((moment) => <p key={moment.id} className="soft" style={{ marginTop: 6 }}>“{moment.words}”</p>)}
      <p className="row wrap" style={{ marginTop: 10, gap: 6 }}>
        <span className="badge"><Grade grade={evidence.grade} />{evidence.grade}</span>
        <span className={`badge ${evidence.state === 'silent' ? 'doubt' : ''}`}>{evidence.state}</span>
        <span className="badge">{one.kind}, {one.medium}</span>
      </p>
      {promises.map((promise) => (
        <button key={promise.id} type="button" className={`plain card`} style={{ width: '100%', marginTop: 12, padding: 12, borderColor: STATE[promise.state].colour, display: 'grid', gap: 6 }} onClick={() => select(`promise:${promise.id}`)}>
          <span className="row apart"><b style={{ fontWeight: 600 }}>{promise.name}</b><span className={STATE[promise.state].tone}>{STATE[promise.state].words}</span></span>
          <Meter promise={promise} />
          <span className="small soft">{promise.kept.value === null ? 'not judged yet' : `${percent(promise.kept.value)} of ${count(promise.kept.n)} kept`}, target {percent(promise.target)}</span>
        </button>
      ))}
      <Facts>
        <Plain name="People">{count(one.people)}<small>{plural(one.journeys, 'journey')}, {plural(one.events, 'event')}</small></Plain>
        <Fact name="Reach" help="Share of journeys with any event here." result={one.reach} />
        <Fact name="Time to next" help="Median time to the next claimed event of the same journey." result={one.time} />
        <Fact name="Ends here" help="Of the journeys that come here, the share whose last claimed event is here." result={one.left} />
        <Fact name="Felt" help="Mean of the answers about it, on a scale from −1 to 1." result={one.felt} />
        <Plain name="Owner">{team(one.owner) ?? <Link to={to('plan/ownership')} className="bad">no owner: name one</Link>}</Plain>
        <Plain name="Evidence">
          {[[evidence.events, 'events'], [evidence.answers, 'answers'], [evidence.observations, 'observations'], [evidence.figures, 'figures']].filter(([n]) => n).map(([n, words]) => `${count(n as number)} ${words}`).join(', ') || 'none yet'}
          <small>{one.sources.length ? `from ${one.sources.join(', ')}` : 'no source'}{evidence.last_at ? `; last on ${atInstant(evidence.last_at)}` : ''}</small>
        </Plain>
      </Facts>
      {evidence.state === 'unmeasured' && <p style={{ marginTop: 12 }}><Link to={to('plan/touchpoints', { touchpoint: id })}>Bind an event to it</Link> <span className="faint">so that it is measured</span></p>}
      {sum(one.deviations) > 0 && (
        <Group title="Deviations here">
          {MARKS.map(([key, words]) => one.deviations[key] > 0 && (
            <div key={key} className={css.wayline}><Show filter={{ deviation: `${words}:${id}` }}>{words}</Show><span>{count(one.deviations[key])}</span></div>
          ))}
        </Group>
      )}
      <Ways id={id} />
      <Drawn touchpoint={plan?.touchpoints?.find((tp) => tp.id === id)} team={team} />
      {one.people > 0 && <Button component={Link} to={to('customers', { touchpoint: id })} leftSection={<IconUsers size={14} aria-hidden />} mt={20}>The {plural(one.people, 'person', 'people')}</Button>}
      <Basis result={one.reach} />
    </>
  );
}

function Ways({ id }: { id: string }) {
  const { sheet, select } = useBoard();
  const name = (other: string) => sheet.touchpoints.find((tp) => tp.id === other)?.name ?? other;
  const list = (key: 'origin' | 'target', other: 'origin' | 'target', title: string) => {
    const ways = sheet.ways.filter((way) => way[key] === id).sort((a, b) => b.count - a.count).slice(0, 6);
    if (!ways.length) return null;
    return (
      <Group title={title}>
        {ways.map((way) => (
          <button key={way[other]} type="button" className={`plain ${css.wayline}`} onClick={() => select(`way:${way.origin}>${way.target}`)}>
            <span className={way.desire ? 'desire' : ''}>{name(way[other])}</span>
            <span className="faint" style={{ whiteSpace: 'nowrap' }}>{count(way.count)}{way.median_seconds !== null && `, ${duration(way.median_seconds)}`}</span>
          </button>
        ))}
      </Group>
    );
  };
  return <>{list('origin', 'target', 'Where people go next')}{list('target', 'origin', 'Where they come from')}</>;
}

/** What the plan says about it: its words, what happens behind it, which events it claims, who does the work. */
function Drawn({ touchpoint, team }: { touchpoint: Touchpoint | undefined; team: (id: string | null) => string | null }) {
  if (!touchpoint) return null;
  const { words, frontstage, backstage, systems = [], rule = [], responsible = [], consulted = [], informed = [] } = touchpoint;
  const teams = (ids: string[]) => ids.map(team).join(', ');
  const lines = [['In words', words], ['Frontstage', frontstage], ['Backstage', backstage], ['Systems', systems.join(', ')], ['Does the work', teams(responsible)], ['Is asked', teams(consulted)], ['Is told', teams(informed)], ['Events', rule.map((one) => one.event).join(', ')]];
  const said = lines.filter(([, text]) => text);
  if (!said.length) return null;
  return <Group title="In the plan"><dl>{said.map(([name, text]) => <Plain key={name} name={name!}>{text}</Plain>)}</dl></Group>;
}
