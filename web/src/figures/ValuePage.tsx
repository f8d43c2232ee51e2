import { SegmentedControl, Select } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useAddress, useTo } from '../address';
import { useAccounts } from '../api/queries';
import type { Result, Value, ValueCohort } from '../api/nouns';
import { Marked } from '../journeys/Marked';
import { Figure, isSmall } from '../parts/Figure';
import { Picture } from '../parts/Picture';
import { Dots } from '../parts/plots/Dots';
import { Heat } from '../parts/plots/Heat';
import { TrendLine } from '../parts/plots/Trend';
import { useSource } from '../parts/source';
import { SortTable, type Column } from '../parts/SortTable';
import { Rows } from '../parts/Waiting';
import { between, count, onDay, onUnit, percent, plural, short, value } from '../words';
import { Checked } from './Checked';
import { FigureTabs } from './Tabs';
import { Unsaid } from './Unsaid';
import css from './value.module.css';

const LOYAL = [{ value: 'repeat', label: 'by orders' }, { value: 'alive', label: 'may still buy' }, { value: 'recommend', label: 'would recommend' }];

/** What the known customers are worth: what lies ahead, whether that can be trusted, who is loyal and worth much. */
export function ValuePage() {
  const { get, set } = useAddress();
  const ask = { model: get('model') || undefined, loyalty: get('loyalty') || undefined, worth: get('worth') || undefined, weeks: get('weeks') || undefined };
  const read = useAccounts<Value>('value', ask);
  const { data } = read;
  return (
    <div className="page wide">
      <FigureTabs />
      {read.error ? <Unsaid error={read.error} retry={() => void read.refetch()} /> : null}
      {!data && !read.error && <Rows count={8} height={60} />}
      {data && (
        <div style={{ opacity: read.isPlaceholderData ? 0.6 : 1 }}>
          <h1 style={{ maxWidth: 940 }}>{says(data)}</h1>
          <p className="soft" style={{ margin: '8px 0 14px', maxWidth: 940 }}>{data.caveats.join(' · ')}</p>
          <div className={css.cards} role="list" aria-label="Figures">
            <Card name="Ordered again" result={data.again} words={data.again_before.value === null ? '' : `${percent(data.again_before.value, 1)} before what was taken back`} />
            <Card name="Again within the window" result={data.again_within} words="of those whose window is over" />
            <Card name="May still buy" result={data.alive} words={data.chances.map((one) => `${count(one.customers)} ${one.name}`).join(', ')} />
            <Card name="Worth of an order" result={data.order_worth} words={data.related === null ? '' : `correlation with how often ${data.related.toFixed(2)}; the model takes it to be 0`} />
            <Card name={`Worth of one in ${data.weeks} weeks`} result={data.lifetime} words="discounted" />
          </div>
          {data.ahead.length > 0 && (
            <div className="row wrap" style={{ margin: '18px 0 6px' }}>
              <SegmentedControl aria-label="Model" value={get('model') || 'bg'} onChange={(next) => set({ model: next === 'bg' ? null : next }, false)} data={[{ value: 'bg', label: 'BG/NBD' }, { value: 'pareto', label: 'Pareto/NBD' }]} />
              <Select aria-label="A lifetime is" size="xs" w={150} value={get('weeks') || '52'} onChange={(next) => set({ weeks: next === '52' ? null : next }, false)} data={[{ value: '26', label: '26 weeks' }, { value: '52', label: '52 weeks' }, { value: '104', label: '2 years' }, { value: '156', label: '3 years' }]} allowDeselect={false} />
            </div>
          )}
          <Ahead data={data} />
          <Check data={data} />
          <Tenths data={data} />
          <Matrix data={data} />
          <Groups data={data} />
          <Cohorts data={data} />
          <Models data={data} />
        </div>
      )}
    </div>
  );
}

function says(data: Value): string {
  const next = data.ahead.find((one) => one.weeks === 12);
  if (!data.customers) return 'No known customer has an order in this period.';
  if (!next || next.orders.value === null) return `${plural(data.customers, 'customer')} with ${count(data.orders.value ?? 0)} orders; too few came again to look ahead.`;
  const worth = next.money.value === null ? '' : `, worth ${money(next.money)}`;
  return `The ${count(data.customers)} customers known will place about ${count(Math.round(next.orders.value))} orders in 12 weeks${worth}.`;
}

const money = (result: Result): string => (result.value === null ? 'unknown' : `${result.unit} ${count(Math.round(result.value))}`);
const ends = (result: Result): string => (result.low === null || result.high === null ? '' : `[${near(result.low)}, ${near(result.high)}]`);
const near = (number: number): string => (number >= 100 ? count(Math.round(number)) : number.toFixed(number < 10 ? 2 : 1));

function Card({ name, result, words }: { name: string; result: Result; words: string }) {
  return (
    <div role="listitem" className={css.card}>
      <span className="small soft">{name}</span>
      <b className={css.number}><Figure result={result} brief /></b>
      <span className="small faint">{result.low !== null && result.high !== null ? `${between(result.low, result.high, result.unit)} · ` : ''}n {count(result.n)}{words && ` · ${words}`}</span>
    </div>
  );
}

function Ahead({ data }: { data: Value }) {
  const source = useSource(data);
  if (!data.ahead.length) return null;
  const points = data.ahead.map(({ weeks, orders, money: worth }) => ({
    key: String(weeks), name: `${weeks} weeks`, value: orders.value, low: orders.low, high: orders.high, few: isSmall(orders),
    words: `${count(Math.round(orders.value ?? 0))} orders ${ends(orders)}${worth.value === null ? '' : `, ${money(worth)} ${ends(worth)}`}`,
  }));
  const rows = data.ahead.map(({ weeks, orders, money: worth }) => ({ weeks, orders: orders.value, orders_low: orders.low, orders_high: orders.high, money: worth.value, money_low: worth.low, money_high: worth.high, currency: worth.unit }));
  const last = data.ahead.at(-1)!;
  return (
    <section className={css.part} aria-label="What lies ahead">
      <Picture title={`In ${last.weeks} weeks about ${count(Math.round(last.orders.value ?? 0))} orders of those who are customers now`} finding={data.check?.words} units="orders from now on, added up; the band: where 95 % lie if the model is right" source={source} data={rows} name="orders ahead">
        <TrendLine points={points} label="Orders ahead by weeks; arrow keys go from one to the next" say={(number) => short(number)} within={[0, Infinity]} height={220} />
      </Picture>
    </section>
  );
}

function Check({ data }: { data: Value }) {
  const source = useSource(data);
  const { check } = data;
  if (!check) return null;
  const rows = check.points.map((one) => ({ on: one.on, actual: one.actual, expected: Math.round(one.expected * 10) / 10, held_out: one.held_out ? 'yes' : 'no' }));
  return (
    <section className={css.part} aria-label="Forecast held against later orders">
      <Picture title={check.words} finding={`Fitted until ${onDay(check.fitted_until)} on ${plural(check.customers, 'customer')}; in the ${check.weeks.toFixed(0)} weeks after it they placed ${count(check.actual)} orders, ${count(Math.round(check.expected.value ?? 0))} ${ends(check.expected)} were foreseen.`}
        units="orders after each customer’s first, added up" source={source} data={rows} name="forecast held against later orders">
        <Checked check={check} />
      </Picture>
    </section>
  );
}

function Tenths({ data }: { data: Value }) {
  const source = useSource(data);
  if (!data.tenths.length) return null;
  const rows = data.tenths.map((one) => ({ tenth: one.tenth, customers: one.customers, mean: one.mean.value, low: one.mean.low, high: one.mean.high, share: one.share }));
  return (
    <section className={css.part} aria-label="Lifetimes">
      <Picture title={`The tenth worth most will bring ${percent(data.tenths[0].share, 0)} of all that customers bring in ${data.weeks} weeks`} units={`${data.currency} a customer in ${data.weeks} weeks, mean with 95 % interval; customers by expected worth`} source={source} data={rows} name="lifetimes by tenths">
        <Dots label="Expected worth by tenths of the customers" say={(number) => short(number)} within={[0, Infinity]} line={data.lifetime.value === null ? null : { value: data.lifetime.value, name: `all ${near(data.lifetime.value)}` }}
          rows={data.tenths.map((one) => ({
            key: String(one.tenth), name: one.tenth === 1 ? 'worth most' : `${one.tenth}. tenth`, value: one.mean.value, low: one.mean.low, high: one.mean.high, few: isSmall(one.mean), words: `${money(one.mean)} ${ends(one.mean)}, n ${count(one.customers)}`,
            figure: <Marked behind={one.behind} words={`${one.tenth}. tenth by expected worth`}>{money(one.mean)} · {percent(one.share, 1)} of all · n {count(one.customers)}</Marked>,
          }))} />
      </Picture>
    </section>
  );
}

function Matrix({ data }: { data: Value }) {
  const { get, set } = useAddress();
  const source = useSource(data);
  const to = useTo();
  const go = useNavigate();
  const { matrix } = data;
  const cell = (row: number, column: number) => matrix?.cells.find((one) => one.loyalty === row + 1 && one.worth === column + 1);
  const best = cell((matrix?.loyalty.length ?? 1) - 1, (matrix?.worth.length ?? 1) - 1);
  return (
    <section className={css.part} aria-label="Who is loyal and worth much">
      <div className="row wrap" style={{ marginBottom: 8 }}>
        <SegmentedControl aria-label="Loyalty" value={get('loyalty') || 'repeat'} onChange={(next) => set({ loyalty: next === 'repeat' ? null : next }, false)} data={LOYAL} />
        <SegmentedControl aria-label="Value" value={get('worth') || 'past'} onChange={(next) => set({ worth: next === 'past' ? null : next }, false)} data={[{ value: 'past', label: 'money so far' }, { value: 'ahead', label: 'money expected' }]} />
      </div>
      {!matrix && <p className="card hatch">Loyalty by value cannot be said: {data.money.value === null ? 'orders have no amounts that can be added up' : 'too little is known of how loyal customers are'}.</p>}
      {matrix && (
        <Picture title={best && best.money_share !== null && matrix.customers ? `${percent(best.customers / matrix.customers, 0)} of the customers are both most loyal and worth most: ${percent(best.money_share, 0)} of the money` : 'Loyalty by value'}
          finding={`${matrix.words}.${matrix.left_out ? ` ${plural(matrix.left_out, 'customer')} of whom one of the two is not known stand in no cell.` : ''}`} units={`customers, their share, ${data.currency}; a cell opens its customers`} source={source} name="loyalty by value"
          data={matrix.cells.map((one) => ({ loyalty: matrix.loyalty[one.loyalty - 1], value: matrix.worth[one.worth - 1], customers: one.customers, share: one.share.value, low: one.share.low, high: one.share.high, money: one.money.value, share_of_money: one.money_share }))}>
          <Heat label="Loyalty by value" corner="loyalty" rows={[...matrix.loyalty].map((name) => ({ key: name, name }))} columns={matrix.worth.map((name) => ({ key: name, name }))}
            pick={(row, column) => { const one = cell(row, column); if (one?.customers) void go(to('customers', { behind: one.behind, words: `${matrix.loyalty[row]}, ${matrix.worth[column]}` })); }}
            cells={(row, column) => {
              const one = cell(row, column);
              if (!one) return null;
              const said = one.customers ? `${percent(one.share.value ?? 0, 0)} · ${money(one.money)}` : 'nobody';
              return { value: one.customers, strength: one.money_share ?? 0, words: count(one.customers), small: said, title: `${matrix.loyalty[row]}, ${matrix.worth[column]}: ${count(one.customers)} customers, ${said}` };
            }} />
        </Picture>
      )}
    </section>
  );
}

function Groups({ data }: { data: Value }) {
  const source = useSource(data);
  const known = data.groups.filter((one) => one.lifetime.value !== null);
  if (!known.length) return null;
  const rows = data.groups.map((one) => ({ group: one.name, customers: one.customers, alive: one.alive.value, orders: one.orders.value, worth: one.lifetime.value, low: one.lifetime.low, high: one.lifetime.high }));
  return (
    <section className={css.part} aria-label="By persona">
      <Picture title="What one is worth, by persona" units={`${data.currency} a customer in ${data.weeks} weeks, mean with 95 % interval`} source={source} data={rows} name="worth by persona">
        <Dots label="Expected worth by persona" say={(number) => short(number)} within={[0, Infinity]} rows={known.map((one) => ({
          key: one.name, name: one.name, value: one.lifetime.value, low: one.lifetime.low, high: one.lifetime.high, few: isSmall(one.lifetime), words: `${money(one.lifetime)} ${ends(one.lifetime)}, n ${count(one.customers)}`,
          figure: <Marked behind={one.behind} words={one.name}>{value(one.lifetime.value!, one.lifetime.unit)} · n {count(one.customers)}</Marked>,
        }))} />
      </Picture>
    </section>
  );
}

function Cohorts({ data }: { data: Value }) {
  if (!data.cohorts.length) return null;
  const said = (result: Result, text: (value: number) => string) => (result.value === null ? <span className="faint">–</span> : <span title={ends(result)} className={isSmall(result) ? 'hatch' : ''}>{text(result.value)}</span>);
  const columns: Column<ValueCohort>[] = [
    { key: 'start', head: 'First order in', of: (row) => row.start_on, show: (row) => onUnit(row.start_on, 'month') },
    { key: 'customers', head: 'Customers', of: (row) => row.customers, show: (row) => <Marked behind={row.behind} words={`first order in ${onUnit(row.start_on, 'month')}`}>{count(row.customers)}</Marked>, number: true },
    { key: 'again', head: 'Again so far', of: (row) => row.again.value, show: (row) => said(row.again, (number) => percent(number, 0)), number: true },
    { key: 'orders', head: 'Orders each', of: (row) => row.orders.value, show: (row) => said(row.orders, (number) => number.toFixed(2)), number: true },
    { key: 'money', head: `${data.currency} each so far`, of: (row) => row.money.value, show: (row) => said(row.money, (number) => number.toFixed(0)), number: true },
    { key: 'ahead', head: `${data.currency} each in ${data.weeks} weeks`, of: (row) => row.ahead.value, show: (row) => said(row.ahead, (number) => number.toFixed(0)), number: true },
  ];
  return <section className={css.part} aria-label="Cohorts"><h2 className="h3">By month of the first order; later ones have had less time</h2><SortTable rows={[...data.cohorts].reverse()} columns={columns} caption="Customers by the month of their first order" id={(row) => row.start_on} /></section>;
}

function Models({ data }: { data: Value }) {
  const models = [data.model, data.worth_model].filter((one) => one !== null);
  if (!models.length) return null;
  return (
    <details className={css.part}>
      <summary className="soft">What this rests on</summary>
      {models.map((one) => (
        <p key={one.name} className="small soft" style={{ marginTop: 6 }}>
          {one.name}, {count(one.customers)} customers: {one.parameters.map((each) => `${each.name} ${each.value.toPrecision(4)}${each.error === null ? '' : ` (± ${each.error.toPrecision(2)})`}`).join(', ')}; log-likelihood {one.log_likelihood.toFixed(1)}{one.caveats.length ? `; ${one.caveats.join('; ')}` : ''}.
        </p>
      ))}
    </details>
  );
}
