import { Button, Checkbox, Select } from '@mantine/core';
import { IconMap2 } from '@tabler/icons-react';
import { useState } from 'react';
import type { ToCard, WorkshopReport } from '../../../api/nouns';
import { Rows } from '../../../parts/Waiting';
import { CopyCsv } from '../../../parts/Copy';
import { useDraft } from '../../../plan/draft';
import { atInstant, plural } from '../../../words';
import { useMe, useSay, useTalk } from '../ask';
import { stagesOn } from '../elements';
import css from './workshop.module.css';

const WHAT: { value: NonNullable<ToCard['what']>; label: string }[] = [{ value: 'opportunities', label: 'an opportunity' }, { value: 'pains', label: 'a pain' }, { value: 'notes', label: 'a note' }, { value: 'moment', label: 'a moment' }];

/** What came out, the most votes first; what is chosen goes on the map. */
export function Result({ id }: { id: string }) {
  const me = useMe();
  const { plan } = useDraft();
  const read = useTalk<WorkshopReport>(`/workshops/${id}/report`, {}, 5);
  const say = useSay<{ elements: string[] }>();
  const [chosen, setChosen] = useState<Record<string, ToCard>>({});
  const { data } = read;
  if (!data) return <Rows count={4} height={48} />;
  const ranked = (data.ranked ?? []).filter((one) => one.votes || one.notes.length || one.target.startsWith('note:'));
  const top = Math.max(1, ...ranked.map((one) => one.votes));
  const stands = (card: string) => Boolean(card) && [...(plan?.cards ?? []).map((one) => `card:${one.id}`), ...(plan?.moments ?? []).map((one) => `moment:${one.id}`)].includes(card);
  const picked = Object.values(chosen);
  const choose = (target: string, on: boolean) => setChosen(({ [target]: _, ...rest }) => (on ? { ...rest, [target]: { target, what: 'pains', stage: '' } } : rest));
  const put = () => say.mutate({ method: 'POST', path: `/workshops/${id}/cards`, body: { chosen: picked } }, { onSuccess: () => setChosen({}) });
  return (
    <section className="stack" style={{ gap: 16 }} aria-label="Result">
      <p className="soft">{plural(data.note_count, 'note')} by {plural(data.writer_count, 'person', 'people')}{data.voter_count > 0 && <>; {plural(data.votes_cast ?? 0, 'vote')} by {plural(data.voter_count, 'person', 'people')}</>}. Took part: {data.people.join(', ')}.{data.ended_at && <> Ended {atInstant(data.ended_at)}.</>}</p>
      <ol className={css.ranked}>
        {ranked.map((one) => {
          const on = chosen[one.target];
          return (
            <li key={one.target}>
              {me?.edits && <Checkbox aria-label={`Put “${one.name.slice(0, 60)}” on the map`} checked={Boolean(on)} disabled={stands(one.card)} onChange={(e) => choose(one.target, e.target.checked)} />}
              <div className={css.rankedwords}>
                <p className="strong">{one.name}{stands(one.card) && <span className="badge" style={{ marginLeft: 8 }}><IconMap2 size={12} aria-hidden />on the map</span>}</p>
                {one.notes.length > 0 && <details className="small"><summary className="faint">{plural(one.notes.length, 'note')}</summary><ul className={css.inside}>{one.notes.map((words, n) => <li key={n}>{words}</li>)}</ul></details>}
                {on && (
                  <div className="row wrap" style={{ marginTop: 6 }}>
                    <Select size="xs" aria-label="As what" w={140} allowDeselect={false} data={WHAT} value={on.what ?? 'pains'} onChange={(what) => setChosen({ ...chosen, [one.target]: { ...on, what: what as ToCard['what'] } })} />
                    <Select size="xs" aria-label="In which stage" w={190} clearable placeholder="where most notes are" data={stagesOn(plan, data.journey).map((stage) => ({ value: stage.id, label: stage.name }))} value={on.stage || null} onChange={(stage) => setChosen({ ...chosen, [one.target]: { ...on, stage: stage ?? '' } })} />
                  </div>
                )}
              </div>
              <span className={css.bar} aria-hidden><i style={{ width: `${(100 * one.votes) / top}%` }} /></span>
              <span className={css.votes}>{plural(one.votes, 'vote')}</span>
            </li>
          );
        })}
      </ol>
      {!ranked.length && <p className="faint">Nobody wrote a note.</p>}
      {say.error && <p className="bad" role="alert">{say.error.message}</p>}
      <div className="row wrap">
        {me?.edits && ranked.length > 0 && <Button leftSection={<IconMap2 size={14} aria-hidden />} disabled={!picked.length} loading={say.isPending} onClick={put}>{picked.length ? `Put ${picked.length} on the map` : 'Choose what goes on the map'}</Button>}
        {ranked.length > 0 && <CopyCsv head={['rank', 'name', 'votes', 'notes']} rows={ranked.map((one, n) => [n + 1, one.name, one.votes, one.notes.join(' | ')])} />}
      </div>
      {say.data && <p className="good" role="status">{plural(say.data.elements.length, 'card')} on the map now.</p>}
    </section>
  );
}
