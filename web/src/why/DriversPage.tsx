import { MultiSelect, Select, Switch } from '@mantine/core';
import { IconHelpHexagon } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useAddress, useSight, useTo } from '../address';
import { useRoom, useSummary } from '../api/queries';
import type { Drivers } from '../api/nouns';
import { Empty } from '../parts/Empty';
import { Figure } from '../parts/Figure';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, percent, plural } from '../words';
import { ChainStrip } from './ChainStrip';
import { DriversTable } from './DriversTable';
import { Importance, Priorities } from './DriversPictures';
import { MomentsList } from './MomentsList';
import { WhyTabs } from './Tabs';
import css from './why.module.css';

const KEYS = ['outcome', 'drivers', 'product', 'like', 'missing', 'weigh'] as const;

/** What moves with an outcome, which moments matter, and what satisfaction leads to. */
export function DriversPage() {
  const { get } = useAddress();
  const summary = useSummary().data;
  const to = useTo();
  const ready = Boolean(summary?.has_data && summary.plan_version > 0);
  const asked = Object.fromEntries(KEYS.map((key) => [key, get(key) || undefined]));
  const { weigh: _, ...ask } = asked;
  const read = useRoom<Drivers>('/explain/drivers', { ...useSight(), ...ask }, ready);
  if (summary && !ready) {
    return <div className="page wide"><WhyTabs /><Empty icon={<IconHelpHexagon size={32} stroke={1.4} />} title="Nothing to explain yet" why="What moves satisfaction, which moment to mend first, and what satisfied customers do next: it needs what customers did, and a plan that says what they were asked and promised."
      step={<Link to={to(summary.has_data ? 'plan/promises' : 'data/bring')}>{summary.has_data ? 'Say what is asked and promised' : 'Bring a file'}</Link>} /></div>;
  }
  const { data } = read;
  return (
    <div className="page wide">
      <WhyTabs />
      {data && <Choose data={data} />}
      {read.error ? <Trouble error={read.error} retry={() => void read.refetch()} /> : null}
      {!data && !read.error && <Rows count={12} height={32} />}
      {data && (
        <div style={{ opacity: read.isPlaceholderData ? 0.6 : 1 }}>
          <h1 style={{ maxWidth: 940 }}>{data.headline}.</h1>
          <p className="soft" style={{ margin: '8px 0 18px' }}>{rests(data)}</p>
          {data.rows.length > 0 && <Importance data={data} />}
          {data.product && data.experience && (
            <p className={css.split}>The product itself has <b><Figure result={data.product} /></b> of what is explained, all around it <b><Figure result={data.experience} /></b>.</p>
          )}
          {data.rows.some((row) => row.field) && <Priorities data={data} />}
          {data.rows.length > 0 && <DriversTable data={data} />}
          <Notes said={[...data.warnings, ...data.caveats]} />
        </div>
      )}
      {ready && <MomentsList ask={asked} />}
      {ready && <ChainStrip />}
    </div>
  );
}

function rests(data: Drivers): string {
  if (data.r2.value === null) return data.caveats[0] ?? '';
  const ends = data.r2.low === null || data.r2.high === null ? '' : ` [${(data.r2.low * 100).toFixed(0)}, ${(data.r2.high * 100).toFixed(0)} %]`;
  const people = data.people ? ` of ${plural(data.people, 'known customer')}` : '';
  return `Together they explain ${percent(data.r2.value)}${ends} of how it varies, over ${count(data.r2.n)} ${data.r2.of}${people} · ${data.rung_name}`;
}

function Choose({ data }: { data: Drivers }) {
  const { get, set } = useAddress();
  const listed = (key: string) => get(key).split('|').filter(Boolean);
  const put = (key: string) => (values: string[]) => set({ [key]: values.join('|') || null }, false);
  const known = data.choices.map((one) => ({ value: one.id, label: one.name }));
  const offered = [...known, ...listed('drivers').filter((id) => !known.some((one) => one.value === id)).map((id) => ({ value: id, label: id }))];
  return (
    <div className={css.choose}>
      <Select label="What is to be explained" data={data.outcomes.map((one) => ({ value: one.id, label: one.name }))} value={data.outcome || null} onChange={(value) => set({ outcome: value, drivers: null, product: null }, false)} allowDeselect={false} />
      <MultiSelect label="By what" placeholder={listed('drivers').length ? '' : 'all that is known'} data={offered} value={listed('drivers')} onChange={put('drivers')} searchable clearable hidePickedOptions />
      <MultiSelect label="Of these, the product itself" placeholder={listed('product').length ? '' : 'nothing said'} data={data.rows.map((row) => ({ value: row.id, label: row.name }))} value={listed('product').filter((id) => data.rows.some((row) => row.id === id))} onChange={put('product')} clearable hidePickedOptions />
      <Switch label="Like with like" checked={get('like') !== 'false'} onChange={(event) => set({ like: event.currentTarget.checked ? null : 'false' }, false)} style={{ alignSelf: 'end', paddingBottom: 8 }} />
    </div>
  );
}

export function Notes({ said }: { said: string[] }) {
  return said.length ? <ul className={css.notes}>{said.map((one) => <li key={one}>{one}</li>)}</ul> : null;
}
