import { Button, Skeleton } from '@mantine/core';
import { IconMap2, IconPencil } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { useAddress, useTo } from '../address';
import type { Sheet } from '../api/nouns';
import { useSheet, useSummary } from '../api/queries';
import { Empty } from '../parts/Empty';
import { Trouble } from '../parts/Trouble';
import { Board } from './Board';
import { FollowLine, finding } from './FollowLine';
import type { Zoom } from './geometry';
import { Toolbar } from './Toolbar';
import css from './map.module.css';

/** The heart: the planned journey and what happened, on one sheet. */
export function MapPage() {
  const { get, set } = useAddress();
  const to = useTo();
  const summary = useSummary();
  const version = get('version') || (summary.data?.plan_version ? '' : 'draft');
  const sheet = useSheet(Boolean(summary.data), version);
  const zoom = (get('zoom') || (sheet.data ? fitting(sheet.data) : 'near')) as Zoom;
  const shown = get('selected');
  useEffect(() => {
    const order: Zoom[] = ['far', 'mid', 'near'];
    const press = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement || event.metaKey || event.ctrlKey) return;
      const step = event.key === '+' || event.key === '=' ? 1 : event.key === '-' ? -1 : 0;
      const next = order[order.indexOf(zoom) + step];
      if (step && next) set({ zoom: next }, false);
      if (event.key === 'Escape' && shown) set({ selected: null });
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [zoom, set, shown]);
  const draw = (
    <Empty icon={<IconMap2 size={32} stroke={1.4} />} title="No journey is drawn yet" why="The map needs stages with touchpoints: draw them from memory, publish, and the map holds what really happens against them."
      step={<Button component={Link} to={to('plan/journeys')}>Draw the journey</Button>} />
  );
  if (sheet.error && version === 'draft' && !(summary.data?.plan_version)) return draw;
  if (sheet.error) return <div className="page"><Trouble error={sheet.error} retry={() => void sheet.refetch()} /></div>;
  if (!sheet.data) return <Bones />;
  if (!sheet.data.stages.length) return draw;
  const face = get('face') === 'deviations' ? 'deviations' : 'people';
  const least = get('least') ? Number(get('least')) : start(sheet.data);
  return (
    <div className={css.page}>
      <div className={css.bar}>
        <div className="row apart" style={{ alignItems: 'flex-start', gap: 16 }}>
          <h1>{finding(sheet.data)}</h1>
          <Button component={Link} to={to(`studio/${sheet.data.journey}`, { journey: null })} variant="default" style={{ flex: 'none' }} leftSection={<IconPencil size={14} stroke={1.7} aria-hidden />}>Edit</Button>
        </div>
        {version && <p className="small doubt">{version === 'draft' ? 'Held against the draft, which nobody has published yet.' : `Held against version ${version}.`} <Link to={to('plan/versions')}>Versions</Link>{get('version') && <> · <Link to={to('map')}>Back to the version in force</Link></>}</p>}
        <div className={css.follow}><FollowLine sheet={sheet.data} /></div>
        <Toolbar sheet={sheet.data} zoom={zoom} face={face} least={least} />
      </div>
      <Board sheet={sheet.data} zoom={zoom} face={face} least={least} dim={sheet.isPlaceholderData} />
    </div>
  );
}

/** Cards while they fit; slim ones when a stage holds many. */
function fitting(sheet: Sheet): Zoom {
  const most = Math.max(0, ...sheet.stages.map((stage) => sheet.touchpoints.filter((one) => one.stages.includes(stage.id)).length));
  return most > 5 ? 'mid' : 'near';
}

/** At first, at most some sixty ways: the rare wait behind the slider. */
function start(sheet: Sheet): number {
  const counts = sheet.ways.map((way) => way.count).sort((a, b) => b - a);
  if (counts.length <= 60) return 0;
  const weakest = Math.min(counts[60], ...sheet.ways.filter((way) => way.desire).map((way) => way.count));
  return weakest > 1 ? weakest : counts[60];
}

function Bones() {
  return (
    <div className={css.page} aria-busy="true" role="status">
      <span className="unseen">Loading the map</span>
      <div className={css.bar}><Skeleton h={26} w="60%" /><Skeleton h={16} w="40%" /><Skeleton h={28} w={420} /></div>
      <div style={{ display: 'grid', gridTemplateColumns: '92px repeat(8, 1fr)', gap: 10, padding: '14px 20px' }}>
        {Array.from({ length: 45 }, (_, n) => (n % 9 === 0 ? <span key={n} /> : <Skeleton key={n} h={n < 9 ? 46 : 56} radius="md" />))}
      </div>
    </div>
  );
}
