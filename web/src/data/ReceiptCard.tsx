import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { useTo } from '../address';
import type { Receipt } from '../api/nouns';
import { useSummary } from '../api/queries';
import { count, plural } from '../words';
import { reason } from './Outcome';

/** What became of an import, to the row, and the one next step. */
export function ReceiptCard({ receipt, file, another }: { receipt: Receipt; file: string; another: () => void }) {
  const to = useTo();
  const summary = useSummary().data;
  const refused = Object.entries(receipt.refused);
  const lines: [string, number][] = [['rows read', receipt.rows_read], ['events accepted', receipt.accepted], ['already there', receipt.duplicate], ['links between identifiers', receipt.links], ['traits', receipt.traits], ['traits of objects', receipt.objects], ['figures', receipt.figures], ['observations', receipt.observations], ['rows refused', receipt.rows_refused]];
  return (
    <section>
      <p className="faint small">receipt {receipt.import_id}</p>
      <h1>{receipt.accepted ? `${plural(receipt.accepted, 'event')} came in from ${file}.` : receipt.duplicate ? `All of ${file} was there already: nothing changed.` : `${file} gave no events.`}</h1>
      <p className="lede">{receipt.seconds.toFixed(1)} seconds · data version {receipt.data_version}{receipt.rows_refused ? ` · ${plural(receipt.rows_refused, 'row')} refused, kept to be mended` : ''}</p>
      <dl style={{ maxWidth: 380, marginTop: 20 }}>
        {lines.filter(([, n]) => n > 0).map(([words, n]) => <div key={words} className="row apart" style={{ padding: '5px 0', borderTop: '1px solid var(--line)' }}><dt className="soft">{words}</dt><dd>{count(n)}</dd></div>)}
        {refused.map(([name, n]) => <div key={name} className="row apart small bad" style={{ padding: '3px 0 3px 16px' }}><dt>{reason(name)}</dt><dd>{count(n)}</dd></div>)}
      </dl>
      {receipt.caveats.map((one) => <p key={one} className="small doubt" style={{ marginTop: 8 }}>{one}</p>)}
      <div className="row" style={{ marginTop: 24 }}>
        {receipt.rows_refused > 0 && <Button variant="default" component={Link} to={to('data/refused', { source: receipt.source })}>Mend the refused</Button>}
        {summary?.has_plan ? <Button component={Link} to={to('map')}>Look at the map</Button> : <Button component={Link} to={to('plan/touchpoints')}>Next: name the touchpoints behind these events</Button>}
        <Button variant="default" component={Link} to={to('journeys', { level: 'event' })}>See the journeys</Button>
        <Button variant="subtle" onClick={another}>Another file</Button>
      </div>
    </section>
  );
}
