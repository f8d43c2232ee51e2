import { Button } from '@mantine/core';
import { IconBulb, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Suggestion } from '../../api/nouns';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { plural } from '../../words';
import { useMe, useTalk } from './ask';
import { NameAsk } from './NameAsk';
import { SuggestForm } from './SuggestForm';
import { SuggestionCard } from './SuggestionCard';
import css from './talk.module.css';

const concerns = (one: Suggestion, element: string): boolean => ('element' in one.change ? one.change.element : `stage:${one.change.stage}`) === element;

/** Changes that people wish, about one element or about the map. */
export function SuggestionsPane({ journey, element }: { journey: string; element?: string }) {
  const me = useMe();
  const read = useTalk<Suggestion[]>('/suggestions', { journey });
  const [writing, setWriting] = useState(false);
  const [past, setPast] = useState(false);
  const all = (read.data ?? []).filter((one) => !element || concerns(one, element));
  const open = all.filter((one) => one.state === 'open');
  const done = all.filter((one) => one.state !== 'open');
  return (
    <div className="stack">
      <NameAsk />
      {me?.comments && (writing ? <SuggestForm key={element} journey={journey} element={element} done={() => setWriting(false)} />
        : <div><Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setWriting(true)}>Suggest a change</Button></div>)}
      {read.error && <Trouble error={read.error} retry={() => void read.refetch()} />}
      {!read.data && !read.error && <Rows count={2} height={96} />}
      {open.map((one) => <SuggestionCard key={one.id} one={one} />)}
      {read.data && !open.length && !writing && <div className={css.nothing}><IconBulb size={22} stroke={1.4} aria-hidden /><p>No suggestion waits{element ? ' here' : ''}. A suggestion is a change that an editor accepts with one click, or declines with a word.</p></div>}
      {done.length > 0 && <button type="button" className={`plain small ${css.more}`} aria-expanded={past} onClick={() => setPast(!past)}>{past ? 'Hide' : 'Show'} {plural(done.length, 'decided suggestion')}</button>}
      {past && done.map((one) => <SuggestionCard key={one.id} one={one} />)}
    </div>
  );
}
