import { Link } from 'react-router';
import { IconMoodCheck } from '@tabler/icons-react';
import { useTo } from '../../address';
import type { ForMe as Waiting, Thread } from '../../api/nouns';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { plural } from '../../words';
import { useTalk } from './ask';
import { Face } from './Face';
import { talkPath } from './places';
import { SuggestionCard } from './SuggestionCard';
import { When } from './When';
import css from './talk.module.css';

/** What waits for me on all maps: who mentions me, what I am to decide, what I take part in. */
export function ForMe({ onGo }: { onGo?: () => void }) {
  const read = useTalk<Waiting>('/for-me');
  const { data } = read;
  if (read.error) return <Trouble error={read.error} retry={() => void read.refetch()} />;
  if (!data) return <Rows count={4} height={48} />;
  const nothing = !data.mentions.length && !data.threads.length && !data.suggestions.length;
  return (
    <section className="stack" aria-label="For me" style={{ gap: 20 }}>
      {nothing && <div className={css.nothing}><IconMoodCheck size={22} stroke={1.4} aria-hidden /><p>Nothing waits for you: nobody mentions you, and no suggestion is open.</p></div>}
      <Part title={plural(data.mentions.length, 'thread mentions you', 'threads mention you')} threads={data.mentions} journeys={data.journeys} onGo={onGo} />
      {data.suggestions.length > 0 && (
        <section className="stack" style={{ gap: 8 }} aria-label="Suggestions">
          <h2 className="h3">{plural(data.suggestions.length, 'suggestion waits', 'suggestions wait')}</h2>
          {data.suggestions.map((one) => <div key={one.id}>{Object.keys(data.journeys).length > 1 && <p className="faint small" style={{ marginBottom: 4 }}>{data.journeys[one.journey] ?? one.journey}</p>}<SuggestionCard one={one} /></div>)}
        </section>
      )}
      <Part title={plural(data.threads.length, 'open thread you are in', 'open threads you are in')} threads={data.threads} journeys={data.journeys} onGo={onGo} />
    </section>
  );
}

function Part({ title, threads, journeys, onGo }: { title: string; threads: Thread[]; journeys: Record<string, string>; onGo?: () => void }) {
  const to = useTo();
  if (!threads.length) return null;
  return (
    <section className="stack" style={{ gap: 6 }} aria-label={title}>
      <h2 className="h3">{title}</h2>
      <ul className={css.waiting}>
        {threads.map((one) => {
          const last = one.comments[one.comments.length - 1];
          return (
            <li key={one.id}>
              <Link to={to(talkPath(one.journey), { thread: one.id })} onClick={onGo}>
                <Face name={last.by} />
                <span className={css.waitingwords}><b>{last.by}</b> <span className="soft">{last.deleted ? 'deleted a comment' : last.text}</span><small className="faint">{[one.on, Object.keys(journeys).length > 1 ? journeys[one.journey] : ''].filter(Boolean).join(' · ')}</small></span>
                <When at={last.at} />
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
