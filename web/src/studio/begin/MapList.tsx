import { Link } from 'react-router';
import { useTo } from '../../address';
import type { MapRow } from '../../api/nouns';
import { onDay, percent, plural } from '../../words';
import css from './begin.module.css';

const STATES = { published: '', changed: 'changed since it was published', new: 'not published yet' } as const;

/** Every map with its shape, how well it is known, and what shouts on it. */
export function MapList({ rows }: { rows: MapRow[] }) {
  const to = useTo();
  return (
    <ul className={css.maps}>
      {rows.map((one) => (
        <li key={one.id} className={css.map}>
          <div style={{ minWidth: 0 }}>
            <Link to={to(`studio/${encodeURIComponent(one.id)}`, { journey: null })} className={css.name}>{one.name}</Link>
            <p className="faint small">
              {[one.subject === 'customer' ? '' : `of one ${one.subject}`, one.personas.join(', '), STATES[one.state], one.state !== 'published' && one.changed_at && `drawn on ${onDay(one.changed_at)}${one.changed_by ? ` by ${one.changed_by}` : ''}`].filter(Boolean).join(' · ')}
            </p>
          </div>
          <div className={css.known}>
            <p><b>{one.touchpoints ? percent(one.known / one.touchpoints) : 'Nothing'}</b> measured</p>
            <div className={css.meter} aria-hidden><i style={{ width: `${one.touchpoints ? (100 * one.known) / one.touchpoints : 0}%` }} /></div>
            <p className="faint small">{one.known} of {plural(one.touchpoints, 'touchpoint')} · {plural(one.moments, 'moment')}</p>
          </div>
          <ul className={css.shouts}>
            {one.shouts.map((shout) => (
              <li key={shout.words}><span className={`dot ${shout.tone === 'bad' ? 'bad' : 'desire'}`} aria-hidden /> <Link to={to(shout.link)} className={shout.tone === 'bad' ? 'bad' : ''}>{shout.words}</Link></li>
            ))}
            {!one.shouts.length && <li className="faint small">{one.state === 'new' ? 'measured once it is published' : 'nothing shouts'}</li>}
          </ul>
          <Shape row={one} />
        </li>
      ))}
    </ul>
  );
}

/** Its stages on the two tints, the seam between them. */
function Shape({ row }: { row: MapRow }) {
  return (
    <ol className={css.shape} aria-label={`Stages of ${row.name}`}>
      {row.stages.map((stage, n) => <li key={`${stage} ${n}`} data-side={n < row.seam ? 'buyer' : 'customer'} data-seam={n === row.seam && n > 0}>{stage}</li>)}
    </ol>
  );
}
