import { Button, Popover, Select } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useTo } from '../address';
import type { EventCount } from '../api/nouns';
import { count, plural, short } from '../words';
import { useBoard } from './context';
import { DRAGGED } from './TouchpointLane';
import css from './map.module.css';

/** Events that no touchpoint claims: drag one onto a card, or choose where it belongs. */
export function Tray() {
  const { sheet } = useBoard();
  const to = useTo();
  const { unclaimed, contested } = sheet;
  if (!unclaimed.length && !contested.length) return null;
  const total = unclaimed.reduce((n, one) => n + one.events, 0);
  return (
    <section className={css.tray} aria-label="Events nobody claims" tabIndex={0}>
      {unclaimed.length > 0 && <span className="small soft" style={{ whiteSpace: 'nowrap' }}><b>{plural(unclaimed.length, 'event')}</b> no touchpoint claims ({short(total)}):</span>}
      {unclaimed.slice(0, 40).map((one) => <EventChip key={one.event} one={one} />)}
      {contested.length > 0 && <span className="small bad" style={{ whiteSpace: 'nowrap', marginLeft: 8 }}>claimed twice:</span>}
      {contested.map((one) => <Link key={one.event} className={css.chip} style={{ cursor: 'pointer' }} to={to('plan/touchpoints')}><b>{one.event}</b> <span className="faint">{one.touchpoints.join(', ')}</span></Link>)}
    </section>
  );
}

function EventChip({ one }: { one: EventCount }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="top" shadow="md" width={280} trapFocus>
      <Popover.Target>
        <button type="button" className={`plain ${css.chip}`} style={{ padding: '3px 9px', cursor: 'grab' }} draggable onClick={() => setOpen(!open)}
          onDragStart={(event) => { event.dataTransfer.setData(DRAGGED, one.event); event.dataTransfer.effectAllowed = 'link'; }}>
          <b style={{ fontWeight: 560 }}>{one.event}</b> <span className="faint">{short(one.events)}</span><span className="unseen"> events: choose its touchpoint</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>{open && <Bind one={one} done={() => setOpen(false)} />}</Popover.Dropdown>
    </Popover>
  );
}

export function Bind({ one, done }: { one: Pick<EventCount, 'event' | 'events' | 'people' | 'sources'>; done: () => void }) {
  const { sheet, bind } = useBoard();
  const [touchpoint, setTouchpoint] = useState<string | null>(null);
  return (
    <div className="stack" style={{ gap: 8 }}>
      <p className="small soft">“{one.event}” happened {count(one.events)} times to {plural(one.people, 'person', 'people')}, from {one.sources.join(', ') || 'no source'}.</p>
      <Select label="It belongs to" placeholder="a touchpoint" searchable data={sheet.touchpoints.map((tp) => ({ value: tp.id, label: tp.name }))} value={touchpoint} onChange={setTouchpoint} comboboxProps={{ withinPortal: false }} />
      <Button disabled={!touchpoint} onClick={() => { if (touchpoint) bind(one.event, touchpoint); done(); }}>Bind it, in the draft</Button>
    </div>
  );
}
