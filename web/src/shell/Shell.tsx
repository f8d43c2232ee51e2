import { useLocalStorage } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Outlet } from 'react-router';
import { useSummary } from '../api/queries';
import { usePlace } from '../address';
import { Trouble } from '../parts/Trouble';
import { DraftProvider } from '../plan/draft';
import { setZone } from '../words';
import { Keys, useKeys } from './Keys';
import { PLACES, PLAN } from './places';
import { Sidebar } from './Sidebar';
import { Top } from './Top';
import css from './shell.module.css';

const Palette = lazy(async () => ({ default: (await import('./Palette')).Palette }));

/** What stands around every page of a workspace. */
export function Shell() {
  const [narrow, setNarrow] = useLocalStorage({ key: 'desirelines-narrow', defaultValue: window.innerWidth < 1200 });
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  const summary = useSummary();
  const place = usePlace();
  if (summary.data) setZone(summary.data.zone);
  useKeys({ palette: () => setPalette(true), keys: () => setKeys(true), fold: () => setNarrow((old) => !old) });
  useEffect(() => {
    const here = [...PLAN, ...PLACES].find((one) => place.startsWith(one.path));
    document.title = [here?.name, summary.data?.brand, 'Desirelines'].filter(Boolean).join(' · ');
  }, [place, summary.data?.brand]);
  return (
    <DraftProvider>
      <a className="skip" href="#main">Skip to the page</a>
      <div className={css.frame} data-narrow={narrow}>
        <Sidebar narrow={narrow} fold={() => setNarrow((old) => !old)} search={() => setPalette(true)} />
        <Top summary={summary.data} />
        <main id="main" className={css.main} tabIndex={-1}>
          {summary.error && !summary.data ? <div className="page"><Trouble error={summary.error} retry={() => void summary.refetch()} /></div> : <Outlet />}
        </main>
      </div>
      {palette && <Suspense fallback={null}><Palette close={() => setPalette(false)} /></Suspense>}
      {keys && <Keys close={() => setKeys(false)} />}
    </DraftProvider>
  );
}
