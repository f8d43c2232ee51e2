import { Button, SegmentedControl, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { post } from '../../api/client';
import type { HistoryEntry, Plan } from '../../api/nouns';
import { useDraft } from '../../draft';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { Window } from '../../parts/Window';
import { atInstant } from '../../words';
import { usePast, useStudioPath, whenOf } from './ask';
import { differences, type Difference, type Mark } from './compare';
import { DifferenceBoard } from './DifferenceBoard';
import { saysKind, SIGNS } from './say';
import css from './history.module.css';

type Face = 'both' | 'beside';

/** What a map was at one moment against another or now: drawn on the map, said in a list, brought back. */
export function CompareWindow({ journey, entry, entries, close }: { journey: string; entry: HistoryEntry; entries: HistoryEntry[]; close: () => void }) {
  const { plan } = useDraft();
  const [to, setTo] = useState('');
  const [face, setFace] = useState<Face>('both');
  const was = usePast(entry.when);
  const other = usePast(to);
  const is = to ? other.data?.plan : plan;
  const found = useMemo(() => (was.data && is ? differences(was.data.plan, is, journey) : null), [was.data, is, journey]);
  const title = `${naming(entry).replace(/^./, (first) => first.toUpperCase())} against ${to ? naming(entries.find((one) => one.when === to)!) : 'now'}`;
  const later = entries.filter((one) => one.when !== entry.when && one.last_at > entry.last_at);
  const error = was.error ?? other.error;
  return (
    <Window title={title} close={close} size={1400}>
      <div className="stack">
        <div className="row wrap" style={{ alignItems: 'end', gap: 16 }}>
          <Select label="Held against" size="xs" w={260} allowDeselect={false} value={to} onChange={(next) => setTo(next ?? '')} data={[{ value: '', label: 'the draft as it is now' }, ...unique(later).map((one) => ({ value: one.when, label: naming(one) }))]} />
          <SegmentedControl aria-label="How it is drawn" size="xs" value={face} onChange={(next) => setFace(next as Face)} data={[{ value: 'both', label: 'One over the other' }, { value: 'beside', label: 'Side by side' }]} />
          <Legend />
        </div>
        {error ? <Trouble error={error} /> : null}
        {!found && !error && <Rows count={5} height={60} />}
        {found && was.data && is && (
          <>
            <p className="lede">{says(found)}</p>
            {found.length > 0 && <Boards before={was.data.plan} after={is} journey={journey} found={found} face={face} />}
            <DifferenceList found={found} entry={entry} now={!to} />
          </>
        )}
      </div>
    </Window>
  );
}

const unique = (all: HistoryEntry[]): HistoryEntry[] => [...new Map(all.map((one) => [one.when, one])).values()];

function naming(entry: HistoryEntry): string {
  if (entry.kind === 'published') return `version ${entry.when.slice(1)}`;
  const named = entry.kind === 'named' ? /“(.*)”/s.exec(entry.words)?.[1] : '';
  return named ? `“${named}”` : atInstant(entry.last_at);
}

function says(found: Difference[]): string {
  if (!found.length) return 'Nothing on this map is different.';
  const many = (mark: Mark) => found.filter((one) => one.mark === mark).length;
  return (['added', 'removed', 'changed', 'moved'] as const).filter((mark) => many(mark)).map((mark) => `${many(mark)} ${mark}`).join(', ');
}

function Legend() {
  return <ul className={css.legend} aria-label="Signs">{(['added', 'removed', 'changed', 'moved'] as const).map((mark) => <li key={mark}><span className={css.sign} data-mark={mark} aria-hidden>{SIGNS[mark]}</span> {mark}</li>)}</ul>;
}

function Boards({ before, after, journey, found, face }: { before: Plan; after: Plan; journey: string; found: Difference[]; face: Face }) {
  if (face === 'both') return <DifferenceBoard label="Both, one over the other" before={before} after={after} journey={journey} found={found} only="both" />;
  return (
    <div className={css.pair}>
      <div><h3>Then</h3><DifferenceBoard label="Then" before={before} after={after} journey={journey} found={found} only="before" /></div>
      <div><h3>After</h3><DifferenceBoard label="After" before={before} after={after} journey={journey} found={found} only="after" /></div>
    </div>
  );
}

/** The differences in words, each brought back on its own, or all of it at once. */
function DifferenceList({ found, entry, now }: { found: Difference[]; entry: HistoryEntry; now: boolean }) {
  const path = useStudioPath();
  const cache = useQueryClient();
  const { may, flush } = useDraft();
  const restore = useMutation({
    mutationFn: async (element: string) => { await flush(); return post(`${path}/restore${element ? '/element' : ''}`, element ? { ...whenOf(entry.when), element } : whenOf(entry.when)); },
    onSuccess: () => cache.invalidateQueries({ queryKey: ['history', path] }),
  });
  const can = now && may === 'edit';
  return (
    <section aria-label="The differences in words">
      <ul className={css.list}>
        {found.map((one) => (
          <li key={one.element}>
            <span className={css.sign} data-mark={one.mark} aria-hidden>{SIGNS[one.mark]}</span>
            <span><span className="faint">{one.mark} {saysKind(one.kind)}</span> <b>{one.name}</b>{one.words.length > 0 && <span className="soft"> — {one.words.join('; ')}</span>}</span>
            {can && one.mark !== 'added' && <Button variant="subtle" size="compact-xs" loading={restore.isPending && restore.variables === one.element} aria-label={`Bring back ${one.name}`} onClick={() => restore.mutate(one.element)}>Bring back</Button>}
          </li>
        ))}
      </ul>
      {restore.error ? <Trouble error={restore.error} /> : null}
      {can && <div className="row" style={{ marginTop: 12 }}>
        <Button variant="default" loading={restore.isPending && restore.variables === ''} onClick={() => restore.mutate('')}>Bring the whole plan back to then</Button>
        <span className="soft small">{restore.isSuccess ? 'Done, as one more change: what was drawn since stays in this history.' : 'All maps, as one more change; what was drawn since stays in this history.'}</span>
      </div>}
    </section>
  );
}
