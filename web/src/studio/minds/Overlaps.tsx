import { basis } from '../../parts/Figure';
import type { Personas } from '../../api/nouns';
import { count, percent } from '../../words';
import css from './minds.module.css';

/** How many of the row's people are the column's too. */
export function Overlaps({ data }: { data: Personas }) {
  const rows = data.rows.filter((one) => one.size);
  const share = (a: string, b: string) => {
    const one = data.overlaps.find((pair) => (pair.first === a && pair.second === b) || (pair.first === b && pair.second === a));
    return one ? { result: one.first === a ? one.of_first : one.of_second, people: one.people } : null;
  };
  const most = Math.max(...data.overlaps.map((one) => Math.max(one.of_first.value ?? 0, one.of_second.value ?? 0)));
  return (
    <section className="section" aria-labelledby="overlap">
      <h2 id="overlap">{most > 0 ? 'Some are more than one persona' : 'Nobody is two personas at once'}</h2>
      <div className="tablewrap" tabIndex={0} role="region" aria-label="Overlap of personas">
        <table className={css.overlap}>
          <caption className="faint small">of the row’s active people, the share who are the column’s too</caption>
          <thead><tr><td />{rows.map((one) => <th key={one.id} scope="col">{one.name}</th>)}</tr></thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.name}</th>
                {rows.map((other) => {
                  const found = one.id === other.id ? null : share(one.id, other.id);
                  const value = found?.result.value ?? null;
                  return <td key={other.id} title={found ? `${count(found.people)} people · ${basis(found.result)}` : undefined} style={value ? { background: `color-mix(in srgb, var(--accent) ${Math.round(60 * value)}%, transparent)` } : undefined}>{one.id === other.id ? <span className="faint">–</span> : value === null ? <span className="faint">?</span> : percent(value)}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
