import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api/client';
import type { HistoryEntry } from '../../api/nouns';
import { useDraft } from '../../draft';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { onDay, plural } from '../../words';
import { AgesList } from './AgesList';
import { AsideList } from './AsideList';
import { useAges, useHistory, useStudioPath } from './ask';
import { CompareWindow } from './CompareWindow';
import { EntryRow } from './EntryRow';
import css from './history.module.css';

const PAGE = 30;

/** What happened to this map and when; what it was; what nobody looked at for long. */
export function HistoryPanel({ journey }: { journey: string }) {
  const [face, setFace] = useState<'past' | 'old'>('past');
  const stale = (useAges(journey).data ?? []).filter((one) => one.stale).length;
  return (
    <div className={css.panel}>
      <SegmentedControl fullWidth aria-label="History" value={face} onChange={(next) => setFace(next as 'past' | 'old')}
        data={[{ value: 'past', label: 'What happened' }, { value: 'old', label: stale ? `Still true? (${stale})` : 'Still true?' }]} />
      <AsideList />
      {face === 'past' ? <Happened journey={journey} /> : <AgesList journey={journey} />}
    </div>
  );
}

function Happened({ journey }: { journey: string }) {
  const [all, setAll] = useState(false);
  const [size, setSize] = useState(PAGE);
  const [seen, setSeen] = useState<HistoryEntry | null>(null);
  const read = useHistory(all ? undefined : journey, size);
  if (read.error && !read.data) return <Trouble error={read.error} retry={() => void read.refetch()} />;
  if (!read.data) return <Rows count={6} height={44} />;
  const { entries, before } = read.data;
  return (
    <>
      <GiveName />
      <div className="row apart"><h2 className="h3">{plural(entries.length, 'entry', 'entries')}{before ? ', and older ones' : ''}</h2>
        <Button variant="subtle" size="compact-xs" aria-pressed={all} onClick={() => setAll(!all)}>{all ? 'Only this map' : 'The whole plan'}</Button></div>
      {!entries.length && <p className="soft">Nothing was drawn here yet. From the first change on, who did what and when stands here, and any moment can be looked at and brought back.</p>}
      <ol className={css.entries} aria-label="What happened, newest first">
        {entries.map((one, n) => (
          <li key={`${one.when} ${one.last_at}`}>
            {onDay(one.last_at) !== (n ? onDay(entries[n - 1].last_at) : '') && <p className={css.day}>{onDay(one.last_at)}</p>}
            <EntryRow entry={one} look={() => setSeen(one)} />
          </li>
        ))}
      </ol>
      {before && <div><Button variant="default" size="compact-xs" loading={read.isFetching} onClick={() => setSize(Math.min(200, size + 2 * PAGE))} disabled={size >= 200}>Older ones</Button></div>}
      {seen && <CompareWindow journey={journey} entry={seen} entries={entries} close={() => setSeen(null)} />}
    </>
  );
}

/** A name for the draft as it stands now, to come back to. */
function GiveName() {
  const path = useStudioPath();
  const cache = useQueryClient();
  const { may, flush } = useDraft();
  const [name, setName] = useState('');
  const give = useMutation({
    mutationFn: async () => { await flush(); return post(`${path}/named`, { name }); },
    onSuccess: () => { setName(''); return cache.invalidateQueries({ queryKey: ['history', path] }); },
  });
  if (may !== 'edit') return null;
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (name.trim()) give.mutate(); }}>
      <div className="row" style={{ alignItems: 'end' }}>
        <TextInput label="Name the draft as it is now" placeholder="as after the workshop" size="xs" maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} style={{ flex: 1 }} />
        <Button type="submit" size="xs" variant="default" loading={give.isPending} disabled={!name.trim()}>Keep</Button>
      </div>
      {give.error ? <Trouble error={give.error} /> : null}
    </form>
  );
}
