import type { Preview } from '../api/nouns';
import { CopyText } from '../parts/Copy';
import { atInstant, count, percent, plural } from '../words';
import css from './data.module.css';

const REASONS: Record<string, string> = {
  malformed: 'the row could not be read', encoding: 'bytes that are no text', too_large: 'a cell is too large', missing_column: 'a column is missing', missing_time: 'the time is blank',
  bad_time: 'the time does not read as said', time_out_of_range: 'the time is before 1900 or after 2200', missing_event: 'the event’s name is blank', missing_key: 'the key is blank',
  missing_value: 'a needed value is blank', bad_number: 'a number does not read as one', bad_value: 'a value is not what its type allows', control_character: 'a control character',
  empty: 'the row gives nothing', conflict: 'same id, other content: the first stays',
};
/** As many as tell what the row became. */
const brief = (parts: string[]): string => (parts.length > 7 ? `${parts.slice(0, 7).join(' · ')} and ${parts.length - 7} more` : parts.join(' · '));

export const reason = (name: string): string => REASONS[name] ?? name.replaceAll('_', ' ');

/** What the first rows would become, and what would be refused and why. */
export function Outcome({ preview }: { preview: Preview }) {
  const { would } = preview;
  const refused = Object.entries(would.refused).sort((a, b) => b[1] - a[1]);
  const others = Object.entries(would.others ?? {}).filter(([, n]) => n > 0);
  const lost = refused.reduce((n, [, k]) => n + k, 0);
  return (
    <>
      <div className={css.side}>
        <p className={css.number}>{plural(would.accepted, 'event')}</p>
        <p className="soft">from the first {count(would.read)} rows{others.length > 0 && `, and ${others.map(([name, n]) => `${count(n)} ${name}`).join(', ')}`}.</p>
        {refused.length === 0 ? <p className="good">Nothing would be refused.</p> : (
          <div>
            <p className="bad">{count(lost)} refused ({percent(lost / Math.max(1, lost + would.accepted), 1)}), kept and shown:</p>
            <ul className="small" style={{ marginTop: 4 }}>{refused.map(([name, n]) => <li key={name} className="row apart"><span>{reason(name)}</span><span>{count(n)}</span></li>)}</ul>
          </div>
        )}
        {preview.caveats?.map((one) => <p key={one} className="small doubt">{one}</p>)}
      </div>
      <section aria-label="The first rows as events">
        <h3 style={{ marginBottom: 6 }}>The first {preview.rows.length} rows</h3>
        <div style={{ maxHeight: 420, overflow: 'auto' }} tabIndex={0}>
          {preview.rows.map((row) => (
            <div key={row.line} className={css.become}>
              <span className="faint small">row {row.line}</span>
              <div className="stack" style={{ gap: 6 }}>
                {row.events.map((one, n) => (
                  <div key={n}>
                    <p><b style={{ fontWeight: 600 }}>{one.event}</b> <span className="faint small">{atInstant(one.at)}{one.channel && ` · ${one.channel}`}</span></p>
                    <p className="small soft">{brief([...Object.entries(one.people), ...Object.entries(one.objects), ...Object.entries(one.properties)].filter(([, value]) => value !== null).map(([key, value]) => `${key}: ${String(value)}`))}</p>
                  </div>
                ))}
                {row.refused.map((one, n) => <p key={`r${n}`} className="small bad">refused{one.event ? ` (${one.event})` : ''}: {reason(one.reason)}; {one.detail}</p>)}
                {!row.events.length && !row.refused.length && <p className="small faint">{Object.values(row.others ?? {}).some(Boolean) ? 'no event, but other evidence' : 'gives nothing'}</p>}
              </div>
            </div>
          ))}
        </div>
      </section>
    </>
  );
}

export function YamlView({ yaml }: { yaml: string }) {
  return (
    <details>
      <summary style={{ cursor: 'pointer' }} className="soft">The same as a source file</summary>
      <div style={{ marginTop: 8 }}><CopyText label="Copy" text={() => yaml} /></div>
      <pre className="code" style={{ marginTop: 4 }} tabIndex={0}>{yaml}</pre>
    </details>
  );
}
