import { ActionIcon } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { plural } from '../../../words';
import type { Sitting } from './sitting';
import css from './workshop.module.css';

interface Choice { target: string; name: string; notes: string[] }

/** What one can vote for: groups, and notes without one. */
export function choices({ workshop }: Sitting): Choice[] {
  const groups = workshop.groups.map((group) => ({ target: `group:${group.id}`, name: group.name, notes: workshop.notes.filter((note) => note.group === group.id).map((note) => note.words) }));
  const loose = workshop.notes.filter((note) => !note.group).map((note) => ({ target: `note:${note.id}`, name: note.words, notes: [] }));
  return [...groups.filter((one) => one.notes.length), ...loose];
}

/** Dots: given, taken back, seen by nobody else until the vote is closed. */
export function Voting({ sitting }: { sitting: Sitting }) {
  const { workshop, act, busy } = sitting;
  const { votes_each, several } = workshop.agenda;
  const most = several ? votes_each : 1;
  const list = choices(sitting);
  return (
    <div className="stack" style={{ gap: 16 }}>
      <p className={css.left} aria-live="polite"><b>{workshop.votes_left ? `You have ${plural(workshop.votes_left, 'vote')} left.` : 'You have given all your votes.'}</b> <span className="soft">{several ? 'You may give several to one thing. ' : ''}{plural(workshop.voter_count, 'person has', 'people have')} voted; nobody sees for what until the vote is closed.</span></p>
      <ul className={css.choices}>
        {list.map((one) => {
          const mine = workshop.my_votes[one.target] ?? 0;
          const give = (votes: number) => void act('PUT', `/votes/${one.target}`, { votes });
          return (
            <li key={one.target} data-mine={mine > 0}>
              <div style={{ minWidth: 0, flex: 1 }}><p className="strong" style={{ overflowWrap: 'anywhere' }}>{one.name}</p>{one.notes.length > 0 && <details className="small"><summary className="faint">{plural(one.notes.length, 'note')}</summary><ul className={css.inside}>{one.notes.map((words, n) => <li key={n}>{words}</li>)}</ul></details>}</div>
              <div className={css.dots} role="group" aria-label={`My votes for ${one.name.slice(0, 60)}`}>
                <span aria-label={plural(mine, 'vote')}>{Array.from({ length: mine }, (_, n) => <i key={n} />)}</span>
                <ActionIcon variant="default" aria-label={`Take a vote back from ${one.name.slice(0, 60)}`} disabled={!mine || busy} onClick={() => give(mine - 1)}><IconMinus size={14} /></ActionIcon>
                <ActionIcon variant="default" aria-label={`Vote for ${one.name.slice(0, 60)}`} disabled={mine >= most || !workshop.votes_left || busy} onClick={() => give(mine + 1)}><IconPlus size={14} /></ActionIcon>
              </div>
            </li>
          );
        })}
      </ul>
      {!list.length && <p className="faint">There is nothing to vote for: nobody wrote a note.</p>}
    </div>
  );
}
