import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useAddress, useTo } from '../../address';
import { useRoom } from '../../api/queries';
import type { MapRow } from '../../api/nouns';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { plural } from '../../words';
import { Beginning } from './Beginning';
import { CourseStrip } from './CourseStrip';
import { CoveragePanel } from './CoveragePanel';
import { Doors } from './Doors';
import { MapList } from './MapList';
import css from './begin.module.css';

/** The list of maps, and where one begins. */
export function StudioPage() {
  const { get, set } = useAddress();
  const to = useTo();
  const maps = useRoom<MapRow[]>('/studio/maps');
  const from = get('challenge') || get('template');
  if (from) return <Beginning />;
  const rows = maps.data;
  const begin = get('begin') === '1' || rows?.length === 0;
  return (
    <div className="page wide">
      <div className="row apart" style={{ alignItems: 'flex-start', gap: 24 }}>
        <div>
          <h1>{rows ? says(rows) : 'Your maps'}</h1>
          <p className="lede">{rows?.length === 0 ? 'A map holds the journey you intend; the data keep it honest. Begin where you stand.' : 'The journeys you intend, each held against what people do.'} <Link to={to('studio/insights')}>The library of insights</Link></p>
        </div>
        {rows && rows.length > 0 && !begin && <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => set({ begin: '1' })}>Begin a map</Button>}
      </div>
      {maps.error ? <div className="section"><Trouble error={maps.error} retry={() => void maps.refetch()} /></div> : null}
      {!rows && !maps.error && <Rows count={4} height={72} />}
      {begin && <Doors close={rows && rows.length > 0 ? () => set({ begin: null }) : undefined} />}
      {rows && rows.length > 0 && (
        <div className={css.two}>
          <div className="stack" style={{ gap: 32 }}>
            <CourseStrip />
            <section aria-labelledby="maps"><h2 id="maps">Maps</h2><MapList rows={rows} /></section>
          </div>
          <aside aria-label="What the plan covers"><CoveragePanel /></aside>
        </div>
      )}
    </div>
  );
}

function says(rows: MapRow[]): string {
  if (!rows.length) return 'No map yet. Where do you stand?';
  const bad = rows.filter((one) => one.shouts.some((shout) => shout.tone === 'bad')).length;
  const lead = rows.length === 1 ? 'One map' : plural(rows.length, 'map');
  if (bad) return rows.length === 1 ? `${lead}, and something shouts on it.` : `${lead}; on ${bad === rows.length ? 'all' : bad} of them something shouts.`;
  return rows.some((one) => one.shouts.length) ? `${lead}, with ways to judge.` : `${lead}, and all is calm.`;
}
