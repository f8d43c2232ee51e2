import { Tooltip } from '@mantine/core';
import { plural, initials } from '../words';
import { useSleepingDraft } from '../plan/draft';
import type { Person } from './sight';
import { tone } from './tone';
import css from './draft.module.css';

const MOST = 5;

/** Everybody else who has the draft open: a dot each, with initials, once per account. */
export function PresenceDots() {
  const people = useSleepingDraft()?.people ?? [];
  const others = apart(people.filter((one) => !one.me));
  if (!others.length) return null;
  const names = others.map((one) => one.name || 'somebody');
  return (
    <div className={css.dots} role="group" aria-label={`Also here: ${names.join(', ')}`}>
      {others.slice(0, MOST).map((one) => (
        <Tooltip key={one.session} label={one.name || 'somebody'}>
          <span className={css.dot} style={tone(one)}>{initials(one.name || 'somebody')}</span>
        </Tooltip>
      ))}
      {others.length > MOST && <Tooltip label={plural(others.length - MOST, 'more person', 'more people')}><span className={css.dot}>+{others.length - MOST}</span></Tooltip>}
    </div>
  );
}

/** Several windows of one account are one person; without sign-in each window counts. */
function apart(all: readonly Person[]): Person[] {
  return all.filter((one, n) => !one.account || all.findIndex((other) => other.account === one.account) === n);
}
