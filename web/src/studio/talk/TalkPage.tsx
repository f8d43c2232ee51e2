import { Button } from '@mantine/core';
import { IconArrowLeft, IconMessageOff, IconX } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { useAddress, useTo } from '../../address';
import { Empty } from '../../parts/Empty';
import { Rows } from '../../parts/Waiting';
import { useDraft } from '../../plan/draft';
import { elementOf, labelOf } from './elements';
import { ForMe } from './ForMe';
import { TalkPanel } from './TalkPanel';
import { WorkshopBar } from './workshop/WorkshopBar';
import css from './talk.module.css';

/** All that is said about a map on a page of its own: for phones, for links in a mail, for who needs no board. */
export function TalkPage() {
  const { journey = '' } = useParams();
  const { get, set } = useAddress();
  const { plan } = useDraft();
  const to = useTo();
  const element = get('element') || undefined;
  const drawn = plan?.journeys?.find((one) => one.id === journey);
  if (!plan) return <div className="page"><Rows count={5} height={56} /></div>;
  if (!drawn) return <Empty icon={<IconMessageOff size={32} stroke={1.4} />} title="There is no such map" why="It may have been removed, or the link is old." step={<Button component={Link} to={to('studio')}>All maps</Button>} />;
  return (
    <div className={`page ${css.talkpage}`}>
      <p className="small"><Link to={to(`studio/${encodeURIComponent(journey)}`)} className="row" style={{ gap: 4 }}><IconArrowLeft size={14} aria-hidden />To the map</Link></p>
      <div className="row wrap apart"><h1>{drawn.name}</h1><WorkshopBar journey={journey} /></div>
      <div className={css.talkcolumns}>
        <div className="stack">
          {element && <p className={css.chosen}><span className="faint">{element.split(':')[0]}</span> <b>{elementOf(plan, element) ? labelOf(plan, element) : 'something that is gone'}</b><button type="button" className="plain" aria-label="The whole map" onClick={() => set({ element: null })}><IconX size={14} /></button></p>}
          <TalkPanel journey={journey} element={element} onElement={(next) => set({ element: next, thread: null })} />
        </div>
        <aside aria-label="For me"><h2 style={{ marginBottom: 12 }}>For me</h2><ForMe /></aside>
      </div>
    </div>
  );
}
