import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useTo } from '../../address';
import { useSeen } from '../../api/queries';
import { nameOf } from '../../studio/judge/verdicts';
import { VerdictPick } from '../../studio/judge/VerdictPick';
import { count, duration, percent, plural } from '../../words';
import { useBoard } from '../context';
import { Grade } from '../Grade';
import { Bind } from '../Tray';
import { Basis, Fact, Facts, Group, Plain } from './Fact';
import css from '../map.module.css';

export function WaySheet({ id }: { id: string }) {
  const { sheet, select } = useBoard();
  const to = useTo();
  const [from, target] = id.split('>');
  const name = (one: string) => [...sheet.touchpoints, ...sheet.stages].find((tp) => tp.id === one)?.name ?? one;
  const way = sheet.ways.find((one) => one.origin === from && one.target === target);
  const inner = way ? [] : sheet.ways.filter((one) => home(one.origin) === from && home(one.target) === target).sort((a, b) => b.count - a.count);
  function home(touchpoint: string): string {
    return sheet.touchpoints.find((one) => one.id === touchpoint)?.stages[0] ?? 'beside';
  }
  const says = !way ? 'between two stages' : way.desire ? (way.verdict ? `a desire line, judged: ${nameOf(way.verdict).toLowerCase()}` : 'a desire line') : way.planned ? 'a planned way' : 'a way not planned';
  return (
    <>
      <p className={`small ${way?.desire ? 'desire' : 'faint'}`}>{says}</p>
      <h2 style={{ paddingRight: 24 }}>{name(from)} → {name(target)}</h2>
      {way?.desire && !way.verdict && <p className="soft" style={{ marginTop: 6 }}>Frequent enough to see, and no way in the plan. First look who walks it, then judge it.</p>}
      {way && (
        <Facts>
          <Plain name="Walked">{count(way.count)} times<small>{plural(way.journeys, 'journey')}, {plural(way.people, 'person', 'people')}</small></Plain>
          <Plain name="Share of journeys">{percent(way.rate, 1)}<small>{count(way.journeys)} of {count(sheet.journeys)}</small></Plain>
          <Plain name="Median gap">{way.median_seconds === null ? <span className="hatch faint">unknown</span> : duration(way.median_seconds)}</Plain>
        </Facts>
      )}
      {inner.length > 0 && (
        <Group title="Made of">
          {inner.slice(0, 12).map((one) => (
            <button key={`${one.origin}>${one.target}`} type="button" className={`plain ${css.wayline}`} onClick={() => select(`way:${one.origin}>${one.target}`)}>
              <span className={one.desire ? 'desire' : ''}>{name(one.origin)} → {name(one.target)}</span><span className="faint">{count(one.count)}</span>
            </button>
          ))}
        </Group>
      )}
      {way && way.people > 0 && <Button component={Link} to={to('customers', { way: id })} leftSection={<IconUsers size={14} aria-hidden />} mt={20}>The {plural(way.people, 'person', 'people')}</Button>}
      {(way?.desire || way?.verdict) && <VerdictPick journey={sheet.journey} from={from} to={target} />}
    </>
  );
}

export function MomentSheet({ id }: { id: string }) {
  const { sheet, select } = useBoard();
  const one = sheet.moments.find((moment) => moment.id === id);
  if (!one) return <p className="soft">This journey has no moment “{id}”.</p>;
  const meets = one.touchpoints.map((tp) => sheet.touchpoints.find((t) => t.id === tp)).filter((tp) => tp !== undefined);
  return (
    <>
      <p className="faint small">{sheet.stages.find((stage) => stage.id === one.stage)?.name} · moment</p>
      <h2 style={{ paddingRight: 24 }}>“{one.words}”</h2>
      <p className="row" style={{ marginTop: 10 }}><span className="badge"><Grade grade={one.grade} />{one.grade}</span><span className="badge">{one.live_experience ? 'an experience meets it' : 'no live experience meets it'}</span></p>
      <Group title={meets.length ? 'Where it is met' : 'No touchpoint meets it yet'}>
        {meets.map((tp) => <button key={tp.id} type="button" className={`plain ${css.wayline}`} onClick={() => select(`touchpoint:${tp.id}`)}><span>{tp.name}</span><span className="faint">{count(tp.people)} people</span></button>)}
      </Group>
    </>
  );
}

export function SeamSheet() {
  const { sheet } = useBoard();
  if (!sheet.seam) return <p className="soft">This journey has no seam.</p>;
  return (
    <>
      <p className="faint small">from the last buyer’s stage to the first customer’s stage</p>
      <h2>The seam</h2>
      <Facts>
        <Fact name="Cross it" help="Of the journeys that reach the buyer’s side, the share that also reach the customer’s." result={sheet.seam.crossed} />
        <Fact name="Gap" help="Median time between the last event before and the first after." result={sheet.seam.gap} />
      </Facts>
      <Basis result={sheet.seam.crossed} />
    </>
  );
}

/** An event that waits for nothing: it has its touchpoint, or it never came. */
function Claimed({ id, touchpoint }: { id: string; touchpoint: string | null }) {
  const { sheet, select } = useBoard();
  const place = sheet.touchpoints.find((one) => one.id === touchpoint);
  if (!place) return <p className="soft">No event “{id}” waits for a touchpoint.</p>;
  return (
    <>
      <p className="faint small">event on the map</p>
      <h2 style={{ paddingRight: 24 }}>{id}</h2>
      <p style={{ margin: '8px 0 16px' }}>It is claimed by {place.name}.</p>
      <Button variant="default" size="xs" onClick={() => select(`touchpoint:${place.id}`)}>Open {place.name}</Button>
    </>
  );
}

export function EventSheet({ id }: { id: string }) {
  const { sheet, select } = useBoard();
  const one = [...sheet.unclaimed, ...sheet.contested].find((event) => event.event === id);
  const seen = useSeen(!one);
  if (!one) return <Claimed id={id} touchpoint={seen.data?.find((event) => event.event === id && event.touchpoint)?.touchpoint ?? null} />;
  return (
    <>
      <p className="faint small">event {one.touchpoints.length ? 'claimed twice' : 'no touchpoint claims'}</p>
      <h2 style={{ paddingRight: 24 }}>{one.event}</h2>
      {one.touchpoints.length > 0 && <p className="bad">Claimed by {one.touchpoints.join(' and ')}: it is given to neither until a rule is made narrower.</p>}
      <div style={{ marginTop: 16 }}><Bind one={one} done={() => select(null)} /></div>
    </>
  );
}
