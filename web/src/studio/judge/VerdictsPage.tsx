import { Button } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useAddress, useTo } from '../../address';
import { usePublished, useRoom, useTeams } from '../../api/queries';
import type { VerdictLine } from '../../api/nouns';
import { inOrder } from '../../api/order';
import { useNotice } from '../../draft/presence';
import { Empty } from '../../parts/Empty';
import { Figure } from '../../parts/Figure';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { count, duration, onDay, plural } from '../../words';
import { nameOf, STATES } from './verdicts';
import { VerdictPick } from './VerdictPick';
import css from './judge.module.css';

/** Every desire line of a journey with its verdict: what asks for one first. */
export function VerdictsPage() {
  const { get, set } = useAddress();
  const plan = usePublished();
  const journeys = inOrder(plan.data?.journeys);
  const journey = get('journey') || journeys[0]?.id;
  const read = useRoom<VerdictLine[]>('/studio/verdicts', { journey }, Boolean(journey));
  useNotice('verdicts', () => void read.refetch());
  const rows = read.data;
  const to = useTo();
  if (plan.isSuccess && !journeys.length) return <Empty icon={<IconRoute size={32} stroke={1.4} />} title="No ways to judge yet" why="Desire lines appear when a published journey meets the data: ways many take and nobody drew." step={<Button component={Link} to={to('studio')}>To the maps</Button>} />;
  return (
    <div className="page wide">
      <div className="row apart" style={{ alignItems: 'flex-start', gap: 24 }}>
        <div><h1>{rows ? says(rows) : 'Desire lines'}</h1><p className="lede">Ways that many take and the plan does not draw, of everybody and all days. Each wants a verdict; a judged one is calm.</p></div>
      </div>
      {read.error ? <div className="section"><Trouble error={read.error} retry={() => void read.refetch()} /></div> : null}
      {!rows && !read.error && <Rows count={6} height={52} />}
      {rows && <ul style={{ marginTop: 24 }}>{rows.map((one) => <LineRow key={`${one.origin}>${one.target}`} line={one} most={Math.max(...rows.map((row) => row.people), 1)} open={get('way') === `${one.origin}>${one.target}`} toggle={() => set({ way: get('way') === `${one.origin}>${one.target}` ? null : `${one.origin}>${one.target}` }, false)} />)}</ul>}
    </div>
  );
}

function LineRow({ line, most, open, toggle }: { line: VerdictLine; most: number; open: boolean; toggle: () => void }) {
  const to = useTo();
  const team = useTeams();
  const quiet = line.state === 'calm' || line.state === 'paved';
  return (
    <li>
      <div className={css.line} data-open={open}>
        <div>
          <Link to={to('map', { journey: line.journey, selected: `way:${line.origin}>${line.target}` })} className={quiet ? 'soft' : 'strong'}>{line.origin_name} → {line.target_name}</Link>
          <div className={css.bar} data-quiet={quiet} style={{ width: `${Math.max(2, (100 * line.people) / most)}%` }} />
          {line.note && <p className="soft small" style={{ marginTop: 4 }}>{line.note}</p>}
        </div>
        <p className="small"><Link to={to('customers', { journey: line.journey, way: `${line.origin}>${line.target}` })}>{plural(line.people, 'person', 'people')}</Link>, {count(line.count)} times{line.median_seconds !== null && <>, {duration(line.median_seconds)} between</>}<br /><span className="faint"><Figure result={line.now} brief /> of journeys</span></p>
        <div>
          {line.verdict ? (
            <>
              <span className={line.state === 'speaks' || line.state === 'overdue' ? 'doubt strong' : 'soft'}>{nameOf(line.verdict)}{line.state !== 'calm' && ` · ${STATES[line.state].toLowerCase()}`}</span>
              <p className="faint small">{[team(line.owner) ?? 'no owner', line.due_on && `until ${onDay(line.due_on)}`].filter(Boolean).join(' · ')}{line.change && line.state === 'speaks' && <> · since then <Figure result={line.change} brief /></>}</p>
            </>
          ) : <span className="desire">to judge</span>}
        </div>
        <Button size="xs" variant="default" aria-expanded={open} onClick={toggle}>{open ? 'Close' : line.verdict ? 'Look again' : 'Judge'}</Button>
      </div>
      {open && <div className={css.open}><VerdictPick journey={line.journey} from={line.origin} to={line.target} /></div>}
    </li>
  );
}

function says(rows: VerdictLine[]): string {
  const loud = rows.filter((one) => one.state === 'open').length;
  const again = rows.filter((one) => one.state === 'speaks' || one.state === 'overdue').length;
  if (!rows.length) return 'Nobody walks where the plan did not pave.';
  if (!loud && !again) return `All ${count(rows.length)} desire lines are judged.`;
  const parts = [loud ? `${plural(loud, 'desire line')} to judge` : '', again ? `${again} to look at again` : ''].filter(Boolean);
  return `${parts.join(', ')}.`;
}
