import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useTo } from '../../address';
import { count, plural, short, signed } from '../../words';
import { useBoard } from '../context';
import { Basis, Fact, Facts, Group, Plain } from './Fact';
import css from '../map.module.css';

export function StageSheet({ id }: { id: string }) {
  const { sheet, select } = useBoard();
  const to = useTo();
  const stage = sheet.stages.find((one) => one.id === id);
  if (!stage) return <p className="soft">This journey has no stage “{id}”.</p>;
  const own = sheet.touchpoints.filter((one) => one.stages.includes(id)).sort((a, b) => b.people - a.people);
  return (
    <>
      <p className="faint small">{stage.side === 'buyer' ? 'Buyer’s journey' : 'Customer’s journey'} · stage</p>
      <h2>{stage.name}</h2>
      <Facts>
        <Plain name="People">{count(stage.people)}<small>{plural(stage.journeys, 'journey')}</small></Plain>
        <Fact name="Reach" help="Share of journeys with any event bound to this stage." result={stage.reach} />
        <Fact name="Time" help="Median time from the first event in it to the first in a later stage." result={stage.time} />
        <Fact name="Ends here" help="Of the journeys that reach it, the share whose last claimed event lies in it." result={stage.left} />
        <Plain name="Desired">{stage.desired === null ? <span className="faint">not said</span> : signed(stage.desired, 1)}</Plain>
        <Fact name="Felt" help="Mean of the answers at its touchpoints, on a scale from −1 to 1." result={stage.felt} />
        <Plain name="Evidence">{stage.grade}</Plain>
        {stage.opens && <Plain name="Opens into"><Link to={to('map', { journey: stage.opens, selected: null })}>{stage.opens}</Link></Plain>}
      </Facts>
      <Group title={plural(own.length, 'touchpoint')}>
        {own.map((one) => (
          <button key={one.id} type="button" className={`plain ${css.wayline}`} onClick={() => select(`touchpoint:${one.id}`)}>
            <span>{one.name}</span><span className="faint">{one.evidence.state === 'alive' ? short(one.people) : one.evidence.state}</span>
          </button>
        ))}
      </Group>
      <div className="row wrap" style={{ marginTop: 20 }}>
        {stage.people > 0 && <Button component={Link} to={to('customers', { stage: id })} leftSection={<IconUsers size={14} aria-hidden />}>The {plural(stage.people, 'person', 'people')}</Button>}
        {(stage.left.value ?? 0) > 0 && <Button variant="default" component={Link} to={to('customers', { left: id })}>Those who ended here</Button>}
      </div>
      <Basis result={stage.reach} />
    </>
  );
}
