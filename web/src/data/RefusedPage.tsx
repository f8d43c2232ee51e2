import { Button, Pagination, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient, keepPreviousData } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useAddress, useTo, useWorkspace } from '../address';
import { get as read, post, query } from '../api/client';
import type { Job, Receipt, RefusedLine, RefusedPage as Page } from '../api/nouns';
import { useSources } from '../api/queries';
import { Empty } from '../parts/Empty';
import { JobLine } from '../parts/JobLine';
import { SortTable, type Column } from '../parts/SortTable';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, plural } from '../words';
import { reason } from './Outcome';
import { SourceText } from './SourceText';

const SIZE = 100;
const COLUMNS: Column<RefusedLine>[] = [
  { key: 'source', head: 'Source', of: (one) => one.source },
  { key: 'line', head: 'Line', of: (one) => one.line, show: (one) => count(one.line), number: true },
  { key: 'event', head: 'Event', of: (one) => one.event ?? '', show: (one) => one.event ?? <span className="faint">whole row</span> },
  { key: 'reason', head: 'Why', of: (one) => one.reason, show: (one) => reason(one.reason) },
  { key: 'detail', head: 'Exactly', of: (one) => one.detail },
  { key: 'row', head: 'Row', of: (one) => one.row, show: (one) => <code style={{ fontSize: 12, overflowWrap: 'anywhere', color: 'var(--ink-2)' }}>{one.row.slice(0, 300)}</code> },
];

/** What did not come in, why, and how to mend it. */
export function RefusedPage() {
  const w = encodeURIComponent(useWorkspace());
  const { get, set } = useAddress();
  const to = useTo();
  const cache = useQueryClient();
  const [source, why, page] = [get('source'), get('reason'), Number(get('page')) || 1];
  const path = `/w/${w}/collect/refused${query({ source, reason: why, page })}`;
  const refused = useQuery({ queryKey: [path], queryFn: () => read<Page>(path), placeholderData: keepPreviousData });
  const sources = useSources().data ?? [];
  const repair = useMutation({ mutationFn: () => post<Job>(`/w/${w}/collect/repair`, { source }) });
  const here = sources.find((one) => one.source === source);
  const receipt = repair.data?.state === 'done' ? (repair.data.result as Receipt) : null;
  return (
    <div className="page wide">
      <p className="faint small"><Link to={to('data')}>Data</Link> · refused</p>
      {refused.error ? <Trouble error={refused.error} retry={() => void refused.refetch()} /> : null}
      {!refused.data && !refused.error && <Rows count={8} />}
      {refused.data && (
        <>
          <h1>{refused.data.total ? `${plural(refused.data.total, 'refusal')}${source ? ` from ${source}` : ''}: kept, counted, waiting to be mended.` : 'Nothing is refused.'}</h1>
          <div className="row wrap" style={{ margin: '16px 0', alignItems: 'end' }}>
            <Select label="Source" size="xs" clearable data={sources.map((one) => one.source)} value={source || null} onChange={(next) => set({ source: next, page: null })} />
            <div className="row wrap" role="group" aria-label="By reason">
              {Object.entries(refused.data.by_reason).sort((a, b) => b[1] - a[1]).map(([name, n]) => (
                <Button key={name} variant={why === name ? 'filled' : 'default'} aria-pressed={why === name} onClick={() => set({ reason: why === name ? null : name, page: null })}>{reason(name)} · {count(n)}</Button>
              ))}
            </div>
            <Button variant="default" component="a" href={`/api/w/${w}/collect/refused.csv${query({ source })}`} download style={{ marginLeft: 'auto' }}>Export as CSV</Button>
          </div>
          {source && refused.data.total > 0 && (
            <div className="card row wrap apart" style={{ marginBottom: 20 }}>
              <p className="soft" style={{ maxWidth: 560 }}>Mend the source file (a format, a zone, a column), then let these rows go through it again. What is right comes in; the rest stays here.</p>
              <div className="row">
                {here && <SourceText name={source} yaml={here.yaml} label="Mend the source file" />}
                <Button onClick={() => repair.mutate()} loading={repair.isPending}>Repair</Button>
              </div>
              {repair.error ? <div style={{ width: '100%' }}><Trouble error={repair.error} /></div> : null}
              {repair.data && !receipt && <div style={{ width: '100%' }}><JobLine workspace={repair.data.workspace} job={repair.data} done={() => void cache.invalidateQueries()} /></div>}
            </div>
          )}
          {refused.data.total === 0 ? <Empty title="All rows are in" why="Rows that cannot be read as their source says would stand here with the reason, to be mended and run again." step={<Button component={Link} to={to('data')}>Back to the sources</Button>} /> : (
            <>
              <SortTable rows={refused.data.rows} columns={COLUMNS} caption="Refused rows" id={(one) => String(one.id)} />
              {refused.data.total > SIZE && <Pagination mt={14} size="sm" total={Math.ceil(refused.data.total / SIZE)} value={page} onChange={(n) => set({ page: String(n) })} getControlProps={(control) => ({ 'aria-label': `${control} page` })} />}
            </>
          )}
        </>
      )}
    </div>
  );
}
