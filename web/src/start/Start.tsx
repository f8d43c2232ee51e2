import { Skeleton } from '@mantine/core';
import { IconFileImport, IconPencil, IconPlayerPlay } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useStatus } from '../api/queries';
import { Trouble } from '../parts/Trouble';
import { AccountMenu } from '../people/AccountMenu';
import { useMe } from '../people/me';
import { ThemeToggle } from '../shell/Top';
import { count, plural } from '../words';
import { Demos } from './Demos';
import { NewBrand } from './NewBrand';
import css from './start.module.css';

type Door = 'demo' | 'file' | 'draw';

const DOORS: { door: Door; icon: ReactNode; name: string; says: string }[] = [
  { door: 'demo', icon: <IconPlayerPlay size={20} stroke={1.6} />, name: 'Try a demo', says: 'A brand with its plan and its customers, ready to look around in.' },
  { door: 'file', icon: <IconFileImport size={20} stroke={1.6} />, name: 'Bring a file', says: 'Orders, tickets, visits: a CSV or a workbook becomes journeys. You see what it would become before anything is kept.' },
  { door: 'draw', icon: <IconPencil size={20} stroke={1.6} />, name: 'Draw from memory', says: 'Stages, touchpoints and promises as your team knows them. Evidence can come later.' },
];

/** The first page: three doors, and the brands already here. */
export function Start() {
  const status = useStatus();
  const [door, setDoor] = useState<Door>('demo');
  const me = useMe().data;
  const begins = !me?.sign_in || me.may_create;
  return (
    <div className={css.ground}>
      <a className="skip" href="#main">Skip to the page</a>
      <header className={css.head}>
        <span className={css.mark}>desire<em>lines</em></span>
        <div className="row"><AccountMenu /><ThemeToggle /></div>
      </header>
      <main id="main" className={css.main}>
        <h1>The journey you planned, and the ways people really take, on one map.</h1>
        <p className="lede">{begins ? `Where do you want to begin?${me?.sign_in ? '' : ' Everything stays on this machine.'}` : status.data?.workspaces.length ? 'Choose a brand to go on with.' : 'You have no role in a brand yet: ask an owner for an invitation.'}</p>
        {begins && <div className={css.doors} role="radiogroup" aria-label="Ways to begin">
          {DOORS.map((one) => (
            <button key={one.door} type="button" role="radio" aria-checked={door === one.door} className={css.door} onClick={() => setDoor(one.door)}>
              <span aria-hidden className={css.icon}>{one.icon}</span>
              <b>{one.name}</b>
              <span className="soft">{one.says}</span>
            </button>
          ))}
        </div>}
        <section className={css.step} aria-live="polite">
          {status.error ? <Trouble error={status.error} retry={() => void status.refetch()} /> : null}
          {begins && door === 'demo' && (status.data ? <Demos demos={status.data.demos} /> : <Skeleton h={120} />)}
          {begins && door !== 'demo' && <NewBrand key={door} then={door === 'file' ? 'data/bring' : 'plan/strategy'} button={door === 'file' ? 'Next: choose the file' : 'Start drawing'} />}
        </section>
        {status.data && status.data.workspaces.length > 0 && (
          <section className="section">
            <h2>Brands here</h2>
            <ul className={css.brands}>
              {status.data.workspaces.map((one) => (
                <li key={one.name}>
                  <Link to={`/w/${encodeURIComponent(one.name)}/cockpit`} className={css.brand}>
                    <b>{one.brand}</b>
                    <span className={`badge ${one.simulated ? 'sim' : 'real'}`}>{one.simulated ? 'simulated' : 'real data'}</span>
                    <span className={one.fault ? 'bad small' : 'faint small'} style={{ marginLeft: 'auto' }}>
                      {one.fault || (one.events ? `${one.people === null ? '' : `${plural(one.people, 'person', 'people')}, `}${count(one.events)} events` : 'no events yet')}{!one.fault && <> · {one.plan_version ? `plan version ${one.plan_version}` : 'no plan published'}</>}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
    </div>
  );
}
