import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Suggestion } from '../../api/nouns';
import { useMe, useSay } from './ask';
import { FIELDS } from './elements';
import { Face } from './Face';
import { PlainText } from './PlainText';
import { When } from './When';
import css from './talk.module.css';

const SAYS = { accepted: 'Accepted', declined: 'Declined', withdrawn: 'Taken back' } as const;
const LANES: Record<string, string> = { opportunities: 'opportunity', pains: 'pain', insights: 'insight', notes: 'note' };

function title({ change, on }: Suggestion): string {
  if (change.kind === 'words') {
    const [kind] = change.element.split(':');
    const field = FIELDS[kind]?.find(([key]) => key === change.field)?.[1] ?? change.field;
    return `${field} of ${on || kind}`;
  }
  if (change.kind === 'remove') return `Take “${on}” off the map`;
  return `A new ${change.what === 'card' ? (LANES[change.lane ?? 'notes'] ?? 'card') : change.what} in ${on}`;
}

/** A change somebody wishes: what is, what would be, and the decision. */
export function SuggestionCard({ one }: { one: Suggestion }) {
  const me = useMe();
  const say = useSay();
  const [word, setWord] = useState<string | null>(null);
  const decide = (accept: boolean) => say.mutate({ method: 'POST', path: `/suggestions/${one.id}/decision`, body: { accept, now: one.now, word: word ?? '' } });
  const open = one.state === 'open';
  return (
    <article className={css.thread} aria-label={`Suggestion by ${one.by}: ${title(one)}`}>
      <div className={css.remark}>
        <Face name={one.by} />
        <div className={css.said}>
          <div className={css.byline}><b>{one.by}</b><When at={one.at} />{!open && <span className={`badge ${css.state}`} data-state={one.state}>{SAYS[one.state as keyof typeof SAYS]}</span>}</div>
          <p className="strong" style={{ overflowWrap: 'anywhere' }}>{title(one)}</p>
          {one.reason && <p className={css.text}><PlainText text={one.reason} /></p>}
        </div>
      </div>
      <Sides one={one} />
      {one.stale && <p className="small doubt">It changed since this was suggested: look at all three before you decide.</p>}
      {!open && <p className="small soft">{SAYS[one.state as keyof typeof SAYS]}{one.state !== 'withdrawn' && ` by ${one.decided_by}`}{one.word && `: “${one.word}”`}</p>}
      {open && word !== null && <TextInput label="A word why" autoFocus value={word} maxLength={2000} onChange={(e) => setWord(e.target.value)} onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); decide(false); } }} />}
      {say.error && <p className="small bad" role="alert">{say.error.message}</p>}
      {open && (me?.edits || one.mine) && (
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          {one.mine && <Button variant="subtle" color="gray" loading={say.isPending} onClick={() => say.mutate({ method: 'DELETE', path: `/suggestions/${one.id}` })}>Take back</Button>}
          {me?.edits && <Button variant="default" loading={say.isPending} onClick={() => (word === null ? setWord('') : decide(false))}>{word === null ? 'Decline …' : 'Decline'}</Button>}
          {me?.edits && <Button loading={say.isPending} onClick={() => decide(true)}>{one.stale ? 'Accept all the same' : 'Accept'}</Button>}
        </div>
      )}
    </article>
  );
}

function Sides({ one }: { one: Suggestion }) {
  const { change, before, now, stale, state } = one;
  const was = state === 'open' && !stale ? now : before;
  return (
    <dl className={css.sides}>
      {change.kind !== 'add' && <div data-side="was"><dt>{stale ? 'When it was suggested' : state === 'accepted' ? 'Before' : 'Now'}</dt><dd>{was || <i className="faint">nothing</i>}</dd></div>}
      {stale && <div data-side="now"><dt>Now</dt><dd>{now || <i className="faint">gone, or nothing</i>}</dd></div>}
      {change.kind !== 'remove' && <div data-side="new"><dt>{change.kind === 'add' ? 'New' : 'Suggested'}</dt><dd>{change.words || <i className="faint">nothing</i>}</dd></div>}
    </dl>
  );
}
