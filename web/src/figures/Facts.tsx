import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useTo } from '../address';
import { useTeams } from '../api/queries';
import type { MetricPage } from '../api/nouns';
import { Marked } from '../journeys/Marked';
import { METHODS } from '../parts/Figure';
import { STATE, amount } from './say';
import css from './figures.module.css';

const WANTED = { up: 'more is better', down: 'less is better', either: 'neither more nor less is better by itself' };

/** What a figure is made of, who answers for it, and who stands behind it. */
export function Facts({ page }: { page: MetricPage }) {
  const { row } = page;
  const team = useTeams();
  const to = useTo();
  const line = (name: string, words: ReactNode) => <div><dt>{name}</dt><dd>{words}</dd></div>;
  return (
    <aside aria-label="About this figure">
      <dl className={css.facts}>
        {line('Made so', row.formula)}
        {line('From', <>{row.source}{row.needs.length > 0 && <span className="faint small"> needs {row.needs.map((need) => need.replace('question:', 'a question about ')).join(', ')}</span>}</>)}
        {line('Direction', <>{WANTED[row.direction]}{page.caveats.length > 0 && <span className="soft">; {page.caveats.join('; ')}</span>}</>)}
        {line('Interval', METHODS[row.now.method] ?? row.now.method)}
        {line('Target', row.target === null ? <Link to={to(`plan/figures?figure=${row.id}`)}>Set a target</Link> : <>{amount(row, row.target)} <span className={STATE[row.state].tone}>{STATE[row.state].words}</span></>)}
        {line('Answers for it', team(row.owner) ?? <Link to={to(`plan/figures?figure=${row.id}`)}>Give it an owner</Link>)}
        {row.now.behind && line('Behind it', (
          <span style={{ display: 'grid', justifyItems: 'start', gap: 2 }}>
            <Marked behind={row.now.behind} words={`${row.name}: everybody in it`}>everybody in it</Marked>
            {page.behind_yes && <Marked behind={page.behind_yes} words={`${row.name}: who count for it`}>who count for it</Marked>}
            {page.behind_no && <Marked behind={page.behind_no} words={`${row.name}: who count against it`}>who count against it</Marked>}
          </span>
        ))}
        {row.now.caveats.length > 0 && line('Mind', row.now.caveats.join('; '))}
      </dl>
    </aside>
  );
}
