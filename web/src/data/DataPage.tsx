import { Button, Menu } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useTo, useWorkspace } from '../address';
import { query } from '../api/client';
import { useHeld, useReceipts, useSources, useSummary } from '../api/queries';
import type { Held, Receipt, SourceLine } from '../api/nouns';
import { Empty } from '../parts/Empty';
import { SortTable, type Column } from '../parts/SortTable';
import { Trouble } from '../parts/Trouble';
import { Waiting } from '../parts/Waiting';
import { atInstant, count, period, plural } from '../words';
import { SourceText } from './SourceText';

/** What other tools read: cases of a customer each, or events and objects as they are. */
const LOGS = [['xes', 'XES', 'the journeys, a case for each customer'], ['ocel-json', 'OCEL 2.0, JSON', 'everything: events, objects, relations'], ['ocel-sqlite', 'OCEL 2.0, SQLite', 'the same as tables']] as const;

/** Where events come from, what came in, what was refused, what is held. */
export function DataPage() {
  const to = useTo();
  const w = encodeURIComponent(useWorkspace());
  const sources = useSources();
  const receipts = useReceipts();
  const held = useHeld();
  const summary = useSummary().data;
  if (sources.error) return <div className="page"><Trouble error={sources.error} retry={() => void sources.refetch()} /></div>;
  if (!sources.data) return <Waiting />;
  if (!sources.data.length) return <Empty icon={<IconDatabase size={32} stroke={1.4} />} title="No data yet" why="Sources stand here: what each brings, when it last came, what was refused and why. The first one begins with a file." step={<Button component={Link} to={to('data/bring')}>Bring a file</Button>} />;
  const refused = sources.data.reduce((n, one) => n + one.refused, 0);
  const sourceColumns: Column<SourceLine>[] = [
    { key: 'source', head: 'Source', of: (one) => one.source, show: (one) => <><b style={{ fontWeight: 600 }}>{one.source}</b>{one.about && <><br /><span className="soft small">{one.about}</span></>}</> },
    { key: 'format', head: 'Format', of: (one) => one.format },
    { key: 'events', head: 'Events', of: (one) => one.events, show: (one) => count(one.events), number: true },
    { key: 'last', head: 'Last import', of: (one) => one.last_import_at ?? '', show: (one) => (one.last_import_at ? <>{atInstant(one.last_import_at)}<br /><span className="faint small">{one.last_file}</span></> : <span className="faint">never</span>) },
    { key: 'refused', head: 'Refused', of: (one) => one.refused, show: (one) => (one.refused ? <Link to={to('data/refused', { source: one.source })} className="bad">{count(one.refused)}</Link> : '0'), number: true },
    { key: 'file', head: 'Source file', of: (one) => one.yaml.length, show: (one) => <SourceText name={one.source} yaml={one.yaml} /> },
  ];
  const receiptColumns: Column<Receipt>[] = [
    { key: 'file', head: 'File', of: (one) => one.file, show: (one) => <>{one.file}{one.caveats.map((text) => <span key={text} className="small doubt" style={{ display: 'block' }}>{text}</span>)}</> },
    { key: 'source', head: 'Source', of: (one) => one.source },
    ...([['rows', 'Rows', 'rows_read'], ['acc', 'Accepted', 'accepted'], ['dup', 'Already there', 'duplicate'], ['ref', 'Rows refused', 'rows_refused'], ['links', 'Links', 'links']] as const).map(([key, head, field]): Column<Receipt> => ({ key, head, of: (one) => one[field], show: (one) => count(one[field]), number: true })),
    { key: 's', head: 'Seconds', of: (one) => one.seconds, show: (one) => one.seconds.toFixed(1), number: true },
    { key: 'v', head: 'Data version', of: (one) => one.data_version, number: true },
  ];
  const heldColumns: Column<Held>[] = [
    { key: 'value', head: 'Value', of: (one) => one.value, show: (one) => <b style={{ fontWeight: 560, overflowWrap: 'anywhere' }}>{one.value}</b> },
    { key: 'kind', head: 'Kind', of: (one) => one.kind },
    { key: 'reason', head: 'Why', of: (one) => one.reason, show: (one) => (one.reason === 'placeholder' ? 'a placeholder, nobody’s' : 'would join too many people') },
    { key: 'linked', head: 'Would join', of: (one) => one.linked, show: (one) => count(one.linked), number: true },
    { key: 'events', head: 'Events', of: (one) => one.events, show: (one) => count(one.events), number: true },
  ];
  return (
    <div className="page wide">
      <div className="row apart" style={{ alignItems: 'flex-start' }}>
        <div>
          <h1>{summary ? `${plural(summary.events, 'event')} of ${plural(summary.people, 'person', 'people')} from ${plural(sources.data.length, 'source')}.` : 'Sources'}</h1>
          <p className="lede">{summary && period(summary.first_on, summary.last_on)} · {refused ? <Link to={to('data/refused')} className="bad">{count(refused)} refused</Link> : 'nothing refused'} · {held.data?.length ? `${plural(held.data.length, 'identifier')} held` : 'no identifier held'}</p>
        </div>
        <div className="row">
          <Menu shadow="md" position="bottom-end">
            <Menu.Target><Button variant="default">Take a log</Button></Menu.Target>
            <Menu.Dropdown>
              {LOGS.map(([format, words, more]) => <Menu.Item key={format} component="a" href={`/api/w/${w}/collect/log${query({ format })}`} download>{words}<br /><span className="soft small">{more}</span></Menu.Item>)}
            </Menu.Dropdown>
          </Menu>
          <Button component={Link} to={to('data/bring')}>Bring a file</Button>
        </div>
      </div>
      <section className="section"><h2>Sources</h2><SortTable rows={sources.data} columns={sourceColumns} caption="Sources" id={(one) => one.source} first={{ key: 'events', down: true }} /></section>
      <section className="section"><h2>Imports</h2>
        {receipts.error ? <Trouble error={receipts.error} /> : receipts.data?.length ? <SortTable rows={receipts.data} columns={receiptColumns} caption="Imports" id={(one) => one.import_id} limit={50} /> : <p className="soft">No import yet.</p>}
      </section>
      <section className="section"><h2>Held identifiers</h2><p className="soft" style={{ marginBottom: 10, maxWidth: 720 }}>Values that would join people who are not one: shown here, never applied. So a shop’s shared address does not become one giant customer.</p>
        {held.error ? <Trouble error={held.error} /> : held.data?.length ? <SortTable rows={held.data} columns={heldColumns} caption="Held identifiers" id={(one) => one.kind + one.value} first={{ key: 'events', down: true }} limit={100} /> : <p className="faint">None.</p>}
      </section>
    </div>
  );
}
