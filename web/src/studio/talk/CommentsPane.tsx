import { Button, SegmentedControl } from '@mantine/core';
import { IconMessageCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useAddress } from '../../address';
import type { TalkCounts, Thread, Threads } from '../../api/nouns';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { plural } from '../../words';
import { useMe, useSay, useTalk } from './ask';
import { NameAsk } from './NameAsk';
import { ThreadCard } from './ThreadCard';
import { Writing } from './Writing';
import css from './talk.module.css';

interface Props { journey: string; element?: string; onElement?: (element: string) => void }

/** What is said about one element, or about the whole map and everything on it. */
export function CommentsPane({ journey, element, onElement }: Props) {
  const me = useMe();
  const { get, set } = useAddress();
  const [which, setWhich] = useState<'open' | 'resolved' | 'gone'>('open');
  const [page, setPage] = useState(1);
  const gone = which === 'gone';
  const read = useTalk<Threads>('/comments', { journey, element: gone ? 'gone' : element, which: gone ? 'all' : which, page });
  const counts = useTalk<TalkCounts>('/comments/counts', { journey }).data;
  const linked = get('thread');
  const one = useTalk<Thread>(`/comments/${encodeURIComponent(linked)}`, {}, 20, Boolean(linked)).data;
  const say = useSay();
  const rest = (read.data?.threads ?? []).filter((thread) => thread.id !== one?.id || !linked);
  const data = read.data;
  return (
    <div className="stack">
      <NameAsk />
      {linked && one && (
        <div className="stack" style={{ gap: 4 }}>
          <div className="row apart"><span className="faint small">The thread of the link</span><Button variant="subtle" size="compact-xs" onClick={() => set({ thread: null })}>All threads</Button></div>
          <ThreadCard thread={one} about chosen onElement={onElement} />
        </div>
      )}
      {me?.comments && !gone && <Writing label="Your comment" placeholder={element ? 'What do you want to say about this?' : 'What do you want to say about this map?'} send="Comment" pending={say.isPending} error={say.error?.message}
        onSend={(text) => say.mutateAsync({ method: 'POST', path: '/comments', body: { journey, element: element ?? '', text } })} />}
      <SegmentedControl aria-label="Which threads" fullWidth value={which} onChange={(next) => { setWhich(next as typeof which); setPage(1); }}
        data={[{ value: 'open', label: `Open${data && !gone ? ` ${data.open}` : ''}` }, { value: 'resolved', label: 'Resolved' }, ...(!element && counts?.gone ? [{ value: 'gone', label: `Gone ${counts.gone}` }] : [])]} />
      {gone && <p className="faint small">Said on something that is gone from the map; kept, because it was said.</p>}
      {read.error && <Trouble error={read.error} retry={() => void read.refetch()} />}
      {!data && !read.error && <Rows count={3} height={72} />}
      {rest.map((thread) => <ThreadCard key={thread.id} thread={thread} about={!element || gone} onElement={onElement} />)}
      {data && !rest.length && !(linked && one) && <Nothing which={which} element={element} />}
      {data && data.pages > 1 && (
        <div className="row apart small"><Button variant="default" disabled={page < 2} onClick={() => setPage(page - 1)}>Newer</Button><span className="faint">page {page} of {plural(data.pages, 'page')}</span><Button variant="default" disabled={page >= data.pages} onClick={() => setPage(page + 1)}>Older</Button></div>
      )}
    </div>
  );
}

function Nothing({ which, element }: { which: string; element?: string }) {
  if (which !== 'open') return <p className="faint" style={{ textAlign: 'center', padding: 16 }}>Nothing here.</p>;
  return (
    <div className={css.nothing}>
      <IconMessageCircle size={22} stroke={1.4} aria-hidden />
      <p>{element ? 'Nobody has said anything about this yet.' : 'Nothing is open: say what you think of the map, or open anything on it and comment there.'}</p>
    </div>
  );
}
