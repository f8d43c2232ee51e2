import { Button } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useAddress } from '../../../address';
import { useMe } from '../ask';
import { clockWords, useLeft, useSitting, useWorkshops, type Sitting } from './sitting';
import { ROUNDS } from './rounds';
import { WorkshopSheet } from './WorkshopSheet';
import css from './workshop.module.css';

/** Over a map: the workshop that is open now, with its round and clock; else the way to open one. `?workshop=` opens it. */
export function WorkshopBar({ journey }: { journey: string }) {
  const me = useMe();
  const { get, set } = useAddress();
  const { rows, open, ready } = useWorkshops(journey);
  const shown = get('workshop');
  const { sitting, readAt } = useSitting(open?.id ?? '');
  const go = (id: string | null) => set({ workshop: id });
  return (
    <>
      {open && sitting ? <Live sitting={sitting} readAt={readAt} go={() => go(open.id)} />
        : ready && (me?.edits || rows.length > 0) && <Button variant="default" leftSection={<IconUsersGroup size={15} aria-hidden />} onClick={() => go('new')}>Workshop</Button>}
      {shown && <WorkshopSheet journey={journey} id={shown === 'new' && open ? open.id : shown} rows={rows} go={go} />}
    </>
  );
}

function Live({ sitting, readAt, go }: { sitting: Sitting; readAt: number; go: () => void }) {
  const { workshop, kind } = sitting;
  const left = useLeft(workshop, readAt);
  return (
    <button type="button" className={`plain ${css.live}`} onClick={go} aria-label={`Workshop ${workshop.agenda.title}: ${ROUNDS[kind].name}`}>
      <span className={css.pulse} aria-hidden />
      <b>{workshop.agenda.title}</b>
      <span className="soft">{ROUNDS[kind].name}</span>
      <span className={css.liveclock}>{clockWords(left)}</span>
      <span className={css.liveopen}>{workshop.i_am_in ? 'Open' : 'Take part'}</span>
    </button>
  );
}
