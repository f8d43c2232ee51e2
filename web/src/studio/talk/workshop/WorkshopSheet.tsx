import { ActionIcon, Modal } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { WorkshopRow } from '../../../api/nouns';
import { Trouble } from '../../../parts/Trouble';
import { Rows } from '../../../parts/Waiting';
import { onDay, plural } from '../../../words';
import { useMe } from '../ask';
import { NameAsk } from '../NameAsk';
import { Grouping } from './Grouping';
import { Head } from './Head';
import { OpenWorkshop } from './OpenWorkshop';
import { Result } from './Result';
import { Reveal } from './Reveal';
import { useSitting, type Sitting } from './sitting';
import { Voting } from './Voting';
import { Write } from './Write';
import css from './workshop.module.css';

interface Props { journey: string; id: string; rows: WorkshopRow[]; go: (id: string | null) => void }

/** The workshop over the whole screen; what is behind it stays where it is. `id`: `new` for the one to be opened. */
export function WorkshopSheet({ journey, id, rows, go }: Props) {
  return (
    <Modal.Root opened fullScreen closeOnEscape={false} onClose={() => go(null)} padding={0} transitionProps={{ duration: 0 }}>
      <Modal.Content aria-label="Workshop" aria-labelledby={undefined}>
        <Modal.Body className={css.sheet}>
          {id === 'new' ? <Beginning journey={journey} rows={rows} go={go} /> : <Running key={id} id={id} />}
          <ActionIcon className={css.close} aria-label="Back to the map" title="Back to the map" onClick={() => go(null)}><IconX size={18} /></ActionIcon>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Beginning({ journey, rows, go }: Omit<Props, 'id'>) {
  const me = useMe();
  return (
    <div className={css.narrow}>
      <NameAsk why="the others see it as who leads" />
      {me?.edits ? <OpenWorkshop journey={journey} opened={go} /> : <p className="soft">No workshop is open. An editor of the map can open one.</p>}
      {rows.length > 0 && (
        <section className="stack" style={{ gap: 6, marginTop: 32 }}>
          <h2 className="h3">Earlier workshops</h2>
          <ul className={css.past}>{rows.map((one) => <li key={one.id}><button type="button" className="plain" onClick={() => go(one.id)}><b>{one.title}</b><span className="faint small">{onDay(one.opened_at)} · {plural(one.people, 'person', 'people')} · {plural(one.notes, 'note')}</span></button></li>)}</ul>
        </section>
      )}
    </div>
  );
}

function Running({ id }: { id: string }) {
  const me = useMe();
  const { sitting, error, readAt } = useSitting(id);
  const joined = useRef(false);
  const may = Boolean(me?.named && me.comments);
  useEffect(() => {
    if (!may || !sitting || joined.current || sitting.ended || sitting.workshop.i_am_in) return;
    joined.current = true;
    void sitting.act('POST', '/seat');
  }, [may, sitting]);
  if (error && !sitting) return <div className={css.narrow}><Trouble error={error} /></div>;
  if (!sitting || !me) return <div className={css.narrow}><Rows count={5} height={56} /></div>;
  if (!sitting.ended && me.comments && !me.named) {
    return <div className={css.narrow}><h1>{sitting.workshop.agenda.title}</h1><p className="soft" style={{ margin: '6px 0 20px' }}>{sitting.workshop.led_by} leads; {plural(sitting.workshop.people.length, 'person is', 'people are')} here.</p><NameAsk why="to take part" /></div>;
  }
  return (
    <>
      <Head sitting={sitting} readAt={readAt} />
      <div className={css.body}>
        {sitting.error && <p className="bad" role="alert" style={{ marginBottom: 12 }}>{sitting.error.message}</p>}
        <Round sitting={sitting} />
      </div>
    </>
  );
}

function Round({ sitting }: { sitting: Sitting }) {
  const { kind, ended, workshop } = sitting;
  if (ended || kind === 'discuss') return <div className="stack" style={{ gap: 40 }}><Result id={workshop.id} />{ended && <section><h2 style={{ marginBottom: 12 }}>All notes</h2><Reveal sitting={sitting} /></section>}</div>;
  if (kind === 'write') return <Write sitting={sitting} />;
  if (kind === 'reveal') return <Reveal sitting={sitting} />;
  if (kind === 'group') return <Grouping sitting={sitting} />;
  return <Voting sitting={sitting} />;
}

