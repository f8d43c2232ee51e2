import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useTo } from '../address';
import { useSheet } from '../api/queries';
import type { Story, StoryEvent } from '../api/nouns';
import { atTime, duration, onDay, plural } from '../words';
import css from './journeys.module.css';

const MOST_LANES = 4;
const STEP = 150;

/** Events downwards, silos side by side, stages as the ground; gaps grow with the logarithm of the time between. */
export function Timeline({ story }: { story: Story }) {
  const [shown, setShown] = useState(STEP);
  const counts = new Map<string, number>();
  for (const one of story.events) counts.set(one.source, (counts.get(one.source) ?? 0) + 1);
  const sources = [...counts].sort((a, b) => b[1] - a[1]).map(([source]) => source);
  const lanes = sources.length > MOST_LANES ? [...sources.slice(0, MOST_LANES - 1), 'others'] : sources;
  const laneOf = (source: string) => { const at = lanes.indexOf(source); return at < 0 ? lanes.length - 1 : at; };
  const stages = new Map(useSheet().data?.stages.map((one) => [one.id, one.name]));
  const columns = `92px repeat(${Math.max(1, lanes.length)}, minmax(0, 1fr))`;
  return (
    <section className={css.timeline} aria-label="Timeline">
      <div className={css.lanes} style={{ gridTemplateColumns: columns }}><span />{lanes.map((lane) => <span key={lane} style={{ paddingLeft: 12 }}>{lane}</span>)}</div>
      <ol>
        {story.events.slice(0, shown).map((one, n) => {
          const before = story.events[n - 1];
          const gap = before ? (Date.parse(one.at) - Date.parse(before.at)) / 1000 : 0;
          return (
            <li key={n}>
              {gap >= 3600 && <Gap seconds={gap} side={before.side === one.side ? one.side : null} />}
              {one.stage !== (before?.stage ?? null) && one.stage && <p className={css.stagemark} style={{ background: `var(--${one.side ?? 'paper'})`, paddingLeft: 104 }}>{stages.get(one.stage) ?? one.stage}</p>}
              <div className={css.event} data-side={one.side} style={{ gridTemplateColumns: columns }}>
                <time className={css.when} dateTime={one.at}>{!before || onDay(before.at) !== onDay(one.at) ? <>{onDay(one.at)}<br /></> : null}{atTime(one.at)}</time>
                <div style={{ gridColumn: laneOf(one.source) + 2, minWidth: 0 }}><Card one={one} /></div>
              </div>
            </li>
          );
        })}
      </ol>
      {story.events.length > shown && <Button variant="default" mt={12} onClick={() => setShown(shown + STEP)}>Show {Math.min(STEP, story.events.length - shown)} more of {plural(story.events.length, 'event')}</Button>}
      {story.event_count > story.events.length && <p className="faint small" style={{ marginTop: 8 }}>The first {story.events.length} of {plural(story.event_count, 'event')}.</p>}
    </section>
  );
}

function Gap({ seconds, side }: { seconds: number; side: string | null }) {
  const height = Math.min(64, 14 + 10 * Math.log2(seconds / 3600 + 1) * 0.9);
  return <div className={css.gap} style={{ height, background: side ? `var(--${side})` : undefined }}>{duration(seconds)}</div>;
}

const WORDS: Record<string, string> = { unplanned: 'desire', late: 'bad', 'out of order': 'doubt', repeated: 'faint' };

function Card({ one }: { one: StoryEvent }) {
  const to = useTo();
  const details = [...Object.entries(one.objects), ...Object.entries(one.properties)].filter(([, value]) => value !== one.quote).slice(0, 6);
  return (
    <div className={css.what} data-mark={one.mark ?? ''} data-plain={!one.touchpoint}>
      <div className="row apart" style={{ alignItems: 'baseline' }}>
        {one.touchpoint ? <Link to={to('map', { selected: `touchpoint:${one.touchpoint}` })} style={{ color: 'var(--ink)', fontWeight: 600 }}>{one.touchpoint_name ?? one.touchpoint}</Link> : <b style={{ fontWeight: 560 }}>{one.event}</b>}
        {one.mark && one.mark !== 'planned' && <span className={`small ${WORDS[one.mark] ?? ''}`} style={{ whiteSpace: 'nowrap' }}>{one.mark}</span>}
      </div>
      <p className="faint small">{one.touchpoint ? one.event : 'no touchpoint claims it'}{one.channel && ` · ${one.channel}`}</p>
      {one.quote && <blockquote style={{ marginTop: 4, fontSize: 14, lineHeight: 1.45 }}>“{one.quote}”</blockquote>}
      {details.length > 0 && <p className="small soft" style={{ marginTop: 2 }}>{details.map(([key, value]) => `${key.replace(/^(text|number|flag|date|time|money|object)_/, '')} ${value}`).join(' · ')}</p>}
    </div>
  );
}
