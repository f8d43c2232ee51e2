import { Link, useParams } from 'react-router';
import { useTo } from '../address';
import { useSheet, useStory } from '../api/queries';
import type { Story } from '../api/nouns';
import { Trouble } from '../parts/Trouble';
import { Waiting } from '../parts/Waiting';
import { duration, onDay, percent, plural, zoneName } from '../words';
import { Tabs, useNames } from './Tabs';
import { Timeline } from './Timeline';
import css from './journeys.module.css';

/** One customer across all silos, on one timeline. */
export function StoryPage() {
  const { id = '' } = useParams();
  const read = useStory(id);
  if (read.error) return <div className="page"><Tabs /><Trouble error={read.error} retry={() => void read.refetch()} /></div>;
  if (!read.data) return <Waiting />;
  return <Full story={read.data} />;
}

function says(story: Story): string {
  const silos = new Set(story.events.map((one) => one.source)).size;
  const span = story.first_at && story.last_at ? (Date.parse(story.last_at) - Date.parse(story.first_at)) / 1000 : 0;
  const broken = story.promises.filter(([, state]) => state === 'broken').length;
  const start = `${plural(story.event_count, 'event')} in ${plural(silos, 'silo')}${span > 0 ? ` over ${duration(span)}` : ''}`;
  return broken ? `${start}; ${plural(broken, 'promise')} broken.` : `${start}.`;
}

function Full({ story }: { story: Story }) {
  const to = useTo();
  const { name } = useNames();
  const sheet = useSheet().data;
  const promise = (id: string) => sheet?.promises.find((one) => one.id === id)?.name ?? id;
  return (
    <div className="page wide">
      <Tabs />
      <p className="faint small">Customer {story.customer}</p>
      <h1>{says(story)}</h1>
      <p className="lede">
        {story.first_at && story.last_at && <>{onDay(story.first_at)} – {onDay(story.last_at)}</>}
        {' '}· times in {zoneName()}
        {story.fitness !== null && <> · follows the plan to {percent(story.fitness)}</>}
        {story.missing.length > 0 && <> · missing: {story.missing.map(name).join(', ')}</>}
      </p>
      <div className={css.story}>
        <Timeline story={story} />
        <aside className="stack" style={{ gap: 20, position: 'sticky', top: 16 }} aria-label="About this customer">
          <Box title="Identifiers" empty="none" lines={Object.entries(story.identifiers).map(([kind, values]) => [kind, values.length > 6 ? `${values.slice(0, 6).join(', ')} and ${values.length - 6} more` : values.join(', ')])} />
          <Box title="Traits" empty="nothing is known" lines={Object.entries(story.traits)} />
          {story.promises.length > 0 && (
            <section><h2 className="h3">Promises</h2>
              <ul style={{ marginTop: 6 }}>
                {tally(story.promises).map(([id, state, n]) => (
                  <li key={id + state} className="row apart" style={{ padding: '5px 0', borderTop: '1px solid var(--line)' }}>
                    <Link to={to('map', { selected: `promise:${id}` })}>{promise(id)}</Link><span className={{ kept: 'good', broken: 'bad' }[state] ?? 'faint'}>{state}{n > 1 && ` ×${n}`}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {story.held.length > 0 && <section><h2 className="h3">Held, not applied</h2><p className="soft small" style={{ marginTop: 4, overflowWrap: 'anywhere' }}>{story.held.join(', ')}: would join too many people. <Link to={to('data')}>All held values</Link></p></section>}
        </aside>
      </div>
    </div>
  );
}

function tally(all: [string, string][]): [string, string, number][] {
  const counts = new Map<string, number>();
  for (const [id, state] of all) counts.set(`${id}\n${state}`, (counts.get(`${id}\n${state}`) ?? 0) + 1);
  return [...counts].map(([key, n]) => { const [id, state] = key.split('\n'); return [id, state, n]; });
}

function Box({ title, lines, empty }: { title: string; lines: [string, string][]; empty: string }) {
  return (
    <section>
      <h2 className="h3">{title}</h2>
      {lines.length === 0 && <p className="faint">{empty}</p>}
      <dl style={{ marginTop: 6 }}>
        {lines.map(([key, value]) => (
          <div key={key} style={{ display: 'grid', gridTemplateColumns: '90px 1fr', gap: 8, padding: '5px 0', borderTop: '1px solid var(--line)' }}>
            <dt className="soft">{key}</dt><dd style={{ overflowWrap: 'anywhere' }}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
