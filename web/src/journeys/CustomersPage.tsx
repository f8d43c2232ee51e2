import { ActionIcon, Button, Pagination, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { behind, useAddress, useTo } from '../address';
import { useCustomers, useSheet } from '../api/queries';
import type { Customer } from '../api/nouns';
import { Empty } from '../parts/Empty';
import { SortTable, type Column } from '../parts/SortTable';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { atInstant, count, percent, plural } from '../words';
import { Tabs, useNames } from './Tabs';
import { sayAddress } from '../shell/segment';
import css from './journeys.module.css';

const FILTERS = ['touchpoint', 'stage', 'way', 'variant', 'promise', 'deviation', 'left', 'behind', 'find'] as const;

/** Who is behind a number. */
export function CustomersPage() {
  const { get, set } = useAddress();
  const to = useTo();
  const filter: Record<string, string> = { ...Object.fromEntries(FILTERS.map((key) => [key, get(key)]).filter(([, value]) => value)), ...(get('behind').includes('?') ? {} : behind(get('behind'))) };
  const page = Number(get('page')) || 1;
  const find = get('find');
  const [kind, value] = Object.entries(filter).find(([key]) => key !== 'find') ?? ['find', find];
  const read = useCustomers({ find, [kind]: value }, page);
  const said = useWords(filter);
  const words = get('behind') && get('words') ? `: ${get('words')}` : said;
  const { data } = read;
  const columns: Column<Customer>[] = [
    { key: 'label', head: 'Customer', of: (one) => one.label || one.customer, show: (one) => <Link to={to(`customers/${one.customer}`)}>{one.label || one.customer}</Link> },
    { key: 'events', head: 'Events', of: (one) => one.events, show: (one) => count(one.events), number: true },
    { key: 'first', head: 'First', of: (one) => one.first_at, show: (one) => atInstant(one.first_at) },
    { key: 'last', head: 'Last', of: (one) => one.last_at, show: (one) => atInstant(one.last_at) },
    { key: 'event', head: 'Last event', of: (one) => one.last_event },
    { key: 'fitness', head: 'Follows the plan', of: (one) => one.fitness, show: (one) => (one.fitness === null ? <span className="faint">–</span> : percent(one.fitness)), number: true },
  ];
  return (
    <div className="page wide">
      <Tabs />
      {data ? <h1 style={{ maxWidth: 900 }}>{plural(data.total, 'person', 'people')}{words ? ` ${words}` : ' in these journeys'}.</h1> : !read.error && <h1 className="bones" style={{ width: 420, height: 34 }} aria-busy="true"><span className="unseen">Loading</span></h1>}
      {words && <p style={{ margin: '10px 0 16px' }}><span className={css.filter}>{words}<ActionIcon size="xs" aria-label="Show everyone" onClick={() => set(Object.fromEntries([...FILTERS, 'words', 'page'].map((key) => [key, null])))}><IconX size={12} /></ActionIcon></span></p>}
      <form onSubmit={(e) => { e.preventDefault(); set({ find: new FormData(e.currentTarget).get('find') as string, page: null }); }} style={{ margin: '12px 0', maxWidth: 360 }}>
        <TextInput key={find} name="find" size="xs" aria-label="Find by identifier" placeholder="Find by an email, a number, a customer’s id" defaultValue={find} leftSection={<IconSearch size={13} aria-hidden />} />
      </form>
      {read.error ? <div style={{ marginTop: 16 }}><Trouble error={read.error} retry={() => void read.refetch()} /></div> : null}
      {!data && !read.error && <Rows count={12} height={34} />}
      {data && data.total === 0 && <Empty title="Nobody" why="No journey in this period and segment fits. Widen the period or take the filter away." step={<Button variant="default" onClick={() => set({ ...Object.fromEntries([...FILTERS, 'words'].map((key) => [key, null])), first_on: null, last_on: null, segment: null })}>Show everyone</Button>} />}
      {data && data.total > 0 && (
        <div style={{ marginTop: 16, opacity: read.isPlaceholderData ? 0.6 : 1 }}>
          <SortTable rows={data.customers} columns={columns} caption="Customers" id={(one) => one.customer} />
          {data.total > data.page_size && <Pagination mt={16} size="sm" total={Math.ceil(data.total / data.page_size)} value={page} onChange={(n) => set({ page: String(n) })} getControlProps={(control) => ({ 'aria-label': `${control} page` })} getItemProps={(n) => ({ 'aria-label': `page ${n}` })} />}
        </div>
      )}
    </div>
  );
}

function useWords(filter: Record<string, string>): string {
  const { name } = useNames();
  const sheet = useSheet().data;
  const stage = (id: string) => sheet?.stages.find((one) => one.id === id)?.name ?? id;
  const says: Record<string, (value: string) => string> = {
    find: (value) => `named “${value}”`,
    touchpoint: (id) => `met ${name(id)}`,
    stage: (id) => `reached ${stage(id)}`,
    left: (id) => `ended in ${stage(id)}`,
    way: (value) => { const [a, b] = value.split('>'); return `went from ${name(a)} straight to ${name(b)}`; },
    variant: () => 'took this one way',
    behind: (value) => `behind ${sayAddress(value)}`,
    promise: (value) => { const [id, state] = value.split(':'); return `for whom “${sheet?.promises.find((one) => one.id === id)?.name ?? id}” is ${state ?? 'judged'}`; },
    deviation: (value) => { const [kind, id] = value.split(':'); return `with a deviation: ${kind}${id ? `, ${name(id)}` : ''}`; },
  };
  return Object.entries(filter).map(([key, value]) => says[key]?.(value) ?? '').filter(Boolean).join(' and ');
}
