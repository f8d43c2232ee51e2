import { Suspense } from 'react';
import type { Sheet } from '../../api/nouns';
import { count, duration, percent, plural } from '../../words';
import { mounted } from './mounts';

/** A way people take: how many, how long, and what is to be done about it. */
export function WaySheet({ journey, way, sheet }: { journey: string; way: string; sheet?: Sheet }) {
  const [from, to] = way.split('>');
  const one = sheet?.ways.find((each) => each.origin === from && each.target === to);
  const name = (id: string) => sheet?.touchpoints.find((each) => each.id === id)?.name ?? sheet?.stages.find((each) => each.id === id)?.name ?? id;
  const { VerdictPick } = mounted;
  return (
    <section style={{ padding: '16px 20px 28px' }} className="stack">
      <p className="faint small">Way taken</p>
      <h2 style={{ fontSize: 20 }}>{name(from)} → {name(to)}</h2>
      {one ? (
        <p>{count(one.count)} times by {plural(one.people, 'person', 'people')}, in {percent(one.rate)} of journeys{one.median_seconds !== null && `, ${duration(one.median_seconds)} between (median)`}. {one.desire ? <b className="desire">Nobody drew this way.</b> : one.planned ? 'It is planned.' : 'It is not planned, and rare.'}</p>
      ) : <p className="soft">It is not walked in this period.</p>}
      {one?.desire && <Suspense fallback={null}><VerdictPick journey={journey} from={from} to={to} /></Suspense>}
    </section>
  );
}
