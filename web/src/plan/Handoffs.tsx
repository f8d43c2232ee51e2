import { Link } from 'react-router';
import { useSight, useTo } from '../address';
import { useRoom, useSummary } from '../api/queries';
import type { Handoffs as Answer, Handoff, Result } from '../api/nouns';
import { between, count, duration, percent, plural } from '../words';

/** Where one team passes customers on to another, from the newest version's figures. */
export function Handoffs({ team }: { team: (id: string | null) => string }) {
  const summary = useSummary().data;
  const { data } = useRoom<Answer>('/map/handoffs', { ...useSight() }, Boolean(summary?.has_plan && summary.plan_version));
  const to = useTo();
  if (!data) return null;
  return (
    <section>
      <h2>Hand-offs</h2>
      <p className="soft" style={{ margin: '4px 0 10px' }}>{said(data)}</p>
      {data.handoffs.length > 0 && (
        <div className="tablewrap" tabIndex={0} role="region" aria-label="Hand-offs">
          <table className="list">
            <thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col" className="num">Times</th><th scope="col" className="num">Passed on</th><th scope="col" className="num">Gone astray</th><th scope="col" className="num">Nothing came</th><th scope="col" className="num">Median time</th><th scope="col">Shared system</th></tr></thead>
            <tbody>
              {data.handoffs.map((one) => (
                <tr key={`${one.origin}>${one.target}`}>
                  <td>{one.origin_name}<br /><span className="faint small">{team(one.giver)}</span></td>
                  <td><Link to={to('customers', { behind: one.passed.behind })}>{one.target_name}</Link><br /><span className="faint small">{team(one.taker)}</span></td>
                  <td className="num">{count(one.passed.n)}</td>
                  <Share of={one.passed} /><Share of={one.astray} /><Share of={one.ended} />
                  <td className="num">{one.time.value === null ? '–' : duration(one.time.value)}</td>
                  <td className={one.systems.length ? '' : 'faint'}>{one.systems.join(', ') || 'none named'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const Share = ({ of }: { of: Result }) => (
  <td className="num">{of.value === null ? '–' : percent(of.value)}{of.low !== null && of.high !== null && <><br /><span className="faint small">{between(of.low, of.high, of.unit)}</span></>}</td>
);

const failing = (one: Handoff): number => (one.astray.value ?? 0) + (one.ended.value ?? 0);

function said({ handoffs, loose, inside }: Answer): string {
  const bare = loose ? ` ${plural(loose, 'planned way')} cannot be judged: nobody owns one of the ends.` : '';
  if (!handoffs.length) return `No customer was passed from one team to another on this journey yet${inside ? `; ${plural(inside, 'way')} stay within one team` : ''}.${bare}`;
  const worst = handoffs[0];
  return `Of ${count(worst.passed.n)} times at ${worst.origin_name}, ${percent(failing(worst))} went astray or ended there instead of reaching the next team.${bare}`;
}
