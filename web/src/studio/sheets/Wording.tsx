import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useWorkspace } from '../../address';
import { post } from '../../api/client';
import type { Moment, WordingNote } from '../../api/nouns';
import { useDraft } from '../../plan/draft';
import { unticked } from '../../words';
import css from './sheets.module.css';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export type Speaker = 'moment' | 'outcome' | 'thought';

/** What the server's one lint says about a sentence, a moment after it was written. */
export function useWording(words: string, speaker: Speaker, need = '', media: string[] = []): WordingNote[] {
  const w = encodeURIComponent(useWorkspace());
  const [asked] = useDebouncedValue(JSON.stringify({ words, speaker, need: need.trim() ? need.slice(0, 200) : '', media }), 350);
  const found = useQuery({
    queryKey: ['wording', w, asked], queryFn: () => post<WordingNote[]>(`/w/${w}/studio/wording`, JSON.parse(asked)), placeholderData: keepPreviousData, staleTime: Infinity, retry: false,
    enabled: words.trim().length > 2,
  });
  return words.trim().length > 2 ? (found.data ?? []) : [];
}

/** Under the words: what only a brand would say, or nobody says of themselves, and how one might say it. Nothing is changed until one takes it. */
export function WordingNotes({ words, speaker, moment, take }: { words: string; speaker: Speaker; moment?: Moment; take: (words: string) => void }) {
  const { plan } = useDraft();
  const media = moment ? (moment.touchpoints ?? []).map((id) => plan?.touchpoints?.find((one) => one.id === id)?.medium ?? 'screen') : [];
  const notes = useWording(words, speaker, moment?.need ?? '', media);
  return (
    <div role="status" aria-label="About the wording" className={notes.length ? 'stack' : 'unseen'} style={{ gap: 8 }}>
      {notes.map((note) => (
        <div key={note.code} className={css.note} data-bad={note.severity === 'error'}>
          <p><b style={{ fontWeight: 600 }}>{capital(unticked(note.message))}</b></p>
          <p className="soft small">{capital(unticked(note.hint))}</p>
          {note.suggestions.length > 0 && (
            <ul aria-label="Say instead">
              {note.suggestions.map((one) => <li key={one}><button type="button" className={`plain ${css.offer}`} onClick={() => take(one)}>{one}</button></li>)}
            </ul>
          )}
        </div>
      ))}
    </div>
  );
}
