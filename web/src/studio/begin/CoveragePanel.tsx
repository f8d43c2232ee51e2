import { useState } from 'react';
import { useRoom } from '../../api/queries';
import type { Coverage } from '../../api/nouns';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { plural } from '../../words';
import css from './begin.module.css';

const PURPOSES: Record<string, string> = { promote: 'promote', 'make-aware': 'make aware', personalise: 'personalise', sell: 'sell', manage: 'manage' };

/** What a map covers, and where it is empty: phases, contact points, purposes, experiences. Without a journey: the whole plan. */
export function CoveragePanel({ journey }: { journey?: string }) {
  const read = useRoom<Coverage>('/studio/coverage', { journey });
  if (read.error) return <Trouble error={read.error} retry={() => void read.refetch()} />;
  if (!read.data) return <Rows count={5} height={28} />;
  const data = read.data;
  const empty = data.phases.filter((one) => !one.stages.length);
  const unsaid = empty.length === 6 && data.without_phase.length > 0;
  const most = Math.max(1, ...data.purposes.map((one) => one.touchpoints));
  return (
    <div className={css.coverage}>
      <section>
        <h3>{unsaid ? 'No stage says its phase yet' : empty.length ? `${plural(empty.length, 'phase')} of six ${empty.length === 1 ? 'is' : 'are'} empty` : 'All six phases are drawn'}</h3>
        {unsaid ? <p className="soft small">Acquisition, engagement, transaction, delivery, service, support: say on the board which of the six each stage is, and the empty ones show.</p> : <ul className={css.phases}>
          {data.phases.map((one) => <li key={one.phase} data-empty={!one.stages.length}><span>{one.phase}</span><span className={one.stages.length ? 'soft' : 'doubt'}>{one.stages.length ? one.stages.join(', ') : 'empty'}</span></li>)}
        </ul>}
        {!unsaid && data.without_phase.length > 0 && <p className="faint small">Without a phase: {data.without_phase.join(', ')}.</p>}
      </section>
      <section>
        <h3>{plural(data.touchpoints, 'contact point')}</h3>
        <table className={css.kinds}>
          <caption className="unseen">Contact points by kind, and how well they are known</caption>
          <thead><tr><th scope="col" className="unseen">Kind</th><th scope="col">all</th><th scope="col">measured</th><th scope="col">silent</th><th scope="col">not measured</th></tr></thead>
          <tbody>
            {data.kinds.map((one) => <tr key={one.kind}><th scope="row">{one.kind}</th><td>{one.touchpoints}</td><td>{one.measured}</td><td className={one.silent ? 'bad' : 'faint'}>{one.silent}</td><td className={one.bound + one.unmeasured ? '' : 'faint'} title={one.names.join(', ')}>{one.bound + one.unmeasured}</td></tr>)}
          </tbody>
        </table>
        <p className="faint small">{data.beyond.length ? `Met by people who never buy, too: ${data.beyond.join(', ')}.` : 'None is marked as met by people who never buy: a van in traffic, a window, an advert.'}</p>
      </section>
      <section>
        <h3>{data.without_purpose === data.touchpoints ? 'None says what it is for yet' : 'What they are for'}</h3>
        {data.without_purpose < data.touchpoints && <ul className={css.purposes}>
          {data.purposes.map((one) => <li key={one.purpose}><span>{PURPOSES[one.purpose] ?? one.purpose}</span><i style={{ width: `${(100 * one.touchpoints) / most}%` }} data-none={!one.touchpoints} /><b>{one.touchpoints}</b></li>)}
        </ul>}
        {data.without_purpose === data.touchpoints ? <p className="soft small">To promote, make aware, personalise, sell or manage: a touchpoint’s sheet on the board says it.</p> : data.without_purpose > 0 && <p className="faint small">{data.without_purpose} say none yet.</p>}
      </section>
      <Moments data={data} />
    </div>
  );
}

function Moments({ data }: { data: Coverage }) {
  const [all, setAll] = useState(false);
  const unmet = data.moments.filter((one) => !one.live);
  const total = data.useful + data.messages;
  return (
    <section>
      <h3>{data.moments.length === 0 ? 'No moment is written yet' : data.unmet ? `${data.unmet} of ${plural(data.moments.length, 'moment')} without a live experience` : 'Every moment has a live experience'}</h3>
      <ul className={css.unmet}>
        {(all ? unmet : unmet.slice(0, 3)).map((one) => <li key={one.id}>“{one.words}”<span className="faint small"> {one.coming ? `${one.coming} on the way` : 'nothing meets it'}{one.messages && !one.useful ? ', only messages' : ''}</span></li>)}
      </ul>
      {unmet.length > 3 && <button type="button" className="plain small" style={{ color: 'var(--accent-ink)' }} onClick={() => setAll(!all)}>{all ? 'Fewer' : `All ${unmet.length}`}</button>}
      {total > 0 && <p className={`small ${data.only_messages ? 'doubt' : 'faint'}`} style={{ marginTop: 6 }}>{data.only_messages ? 'All there is for people are messages: nothing they can use.' : `${data.useful} of ${plural(total, 'experience')} useful, ${data.messages} merely ${data.messages === 1 ? 'a message' : 'messages'}.`}</p>}
    </section>
  );
}
