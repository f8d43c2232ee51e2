import { SegmentedControl, Select } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { Link } from 'react-router';
import { useAddress, useTo } from '../address';
import { useAccounts, useLifts, useSheet } from '../api/queries';
import type { Credit, CreditRow, CreditShare } from '../api/nouns';
import { Marked } from '../journeys/Marked';
import { Figure } from '../parts/Figure';
import { Picture } from '../parts/Picture';
import { extent, linear, ticks } from '../parts/plots/scale';
import { useSource } from '../parts/source';
import { SortTable, type Column } from '../parts/SortTable';
import { Rows } from '../parts/Waiting';
import { count, percent, short } from '../words';
import { FigureTabs } from './Tabs';
import { Unsaid } from './Unsaid';
import css from './value.module.css';

const RULES: Record<CreditShare['rule'], string> = { last: 'last touch', first: 'first touch', linear: 'linear', position: 'position', decay: 'time decay', markov: 'Markov removal', shapley: 'Shapley' };
const GOALS = ['order', 'value', 'referral', 'review', 'joined', 'visit'];
const WINDOWS = ['7d', '14d', '30d', '90d', '365d'];

/** Which touches came before what customers did, by every rule; what was spent; and what credit does not say. */
export function CreditPage() {
  const { get, set } = useAddress();
  const to = useTo();
  const of = get('of') || 'channel';
  const rule = (get('rule') || 'linear') as CreditShare['rule'];
  const read = useAccounts<Credit>('credit', { of, goal: get('goal') || undefined, window: get('window') || undefined });
  const { data } = read;
  const touchpoints = useSheet(of === 'touchpoint').data?.touchpoints;
  const name = (row: CreditRow) => (row.kind === 'touch' ? touchpoints?.find((one) => one.id === row.name)?.name ?? row.name : row.name);
  return (
    <div className="page wide">
      <FigureTabs />
      <div className="row wrap" style={{ marginBottom: 14 }}>
        <SegmentedControl aria-label="What is credited" value={of} onChange={(next) => set({ of: next === 'channel' ? null : next }, false)} data={['channel', 'touchpoint', 'event', 'source']} />
        <Select aria-label="Goal" size="xs" w={170} value={get('goal') || 'order'} onChange={(next) => set({ goal: next === 'order' ? null : next }, false)} data={GOALS.map((one) => ({ value: one, label: `goal: ${one}` }))} allowDeselect={false} />
        <Select aria-label="Window" size="xs" w={170} value={get('window') || '30d'} onChange={(next) => set({ window: next === '30d' ? null : next }, false)} data={WINDOWS.map((one) => ({ value: one, label: `touches within ${one}` }))} allowDeselect={false} />
      </div>
      {read.error ? <Unsaid error={read.error} retry={() => void read.refetch()} /> : null}
      {!data && !read.error && <Rows count={10} height={36} />}
      {data && (
        <div style={{ opacity: read.isPlaceholderData ? 0.6 : 1 }}>
          <h1 style={{ maxWidth: 940 }}>{says(data, name)}</h1>
          <p className="lede">This is <b>descriptive credit</b>: rules that share out what happened. None of them knows what would have happened without a touch; only an <Link to={to('why/experiments')}>experiment</Link> does, and where there is one its lift is the figure to trust.</p>
          <p className="soft small" style={{ margin: '6px 0 16px' }}>{data.caveats.slice(1).join(' · ')}</p>
          <SegmentedControl aria-label="Rule" value={rule} onChange={(next) => set({ rule: next === 'linear' ? null : next }, false)} data={Object.entries(RULES).map(([value, label]) => ({ value, label }))} />
          <Rules data={data} rule={rule} name={name} />
          <Table data={data} rule={rule} name={name} />
          <Lifts goal={get('goal') || ''} window={get('window') || '30d'} />
        </div>
      )}
    </div>
  );
}

/** What experiments say of the same goal: the one figure beside credit that knows what would have happened anyway. */
function Lifts({ goal, window }: { goal: string; window: string }) {
  const to = useTo();
  const { data } = useLifts({ goal: goal || undefined, within: window });
  if (!data) return null;
  return (
    <section aria-labelledby="lift" style={{ marginTop: 28 }}>
      <h2 id="lift">{data.length ? 'What experiments brought towards this goal' : 'No experiment to hold it against'}</h2>
      {data.length === 0 && <p className="soft">No event says which arm a customer met. With one, the lift over the control would stand here. <Link to={to('why/experiments')}>How to bring one in</Link></p>}
      {data.map((one) => (
        <div key={one.trial.name + one.trial.event} style={{ marginTop: 10 }}>
          <p><b>{one.trial.name}</b> <span className="faint small">{one.goal.replace(/^(role|did):/, '')}</span></p>
          {one.lifts.length === 0 && <p className="soft small">{one.words}</p>}
          <ul>{one.lifts.map((lift) => <li key={lift.arm}>{lift.arm} against {lift.control}: <Figure result={lift.each} /> each, <Figure result={lift.total} /> over all <span className="soft">{lift.shown ? 'more than chance' : 'could be chance'}</span></li>)}</ul>
        </div>
      ))}
    </section>
  );
}

type Named = (row: CreditRow) => string;
const share = (row: CreditRow, rule: CreditShare['rule']): CreditShare => row.shares.find((one) => one.rule === rule)!;

function says(data: Credit, name: Named): string {
  const touches = data.rows.filter((row) => row.kind === 'touch' && row.shares.some((one) => one.credit.value));
  if (!data.goals) return 'Nobody reached this goal in the period.';
  if (!touches.length) return `No ${data.level} came before any of the ${count(data.goals)} goals.`;
  const spread = (row: CreditRow) => row.shares.map((one) => one.share ?? 0);
  const most = [...touches].sort((a, b) => Math.max(...spread(b)) - Math.min(...spread(b)) - Math.max(...spread(a)) + Math.min(...spread(a)))[0];
  const [low, high] = [Math.min(...spread(most)), Math.max(...spread(most))];
  if (percent(low, 0) === percent(high, 0)) return `Every rule credits ${name(touches[0])} with ${percent(Math.max(...spread(touches[0])), 0)} of ${count(data.goals)} goals.`;
  return `What ${name(most)} is credited with depends on the rule: from ${percent(low, 0)} to ${percent(high, 0)} of ${count(data.goals)} goals.`;
}

function Rules({ data, rule, name }: { data: Credit; rule: CreditShare['rule']; name: Named }) {
  const source = useSource(data);
  const { ref, width } = useElementSize();
  const rows = [...data.rows].sort((a, b) => (share(b, rule).credit.value ?? 0) - (share(a, rule).credit.value ?? 0));
  const [low, high] = extent([0, ...rows.flatMap((row) => row.shares.map((one) => one.credit.value))], [0, Infinity]);
  const x = linear(low, high, 8, Math.max(40, width - 8));
  const table = rows.map((row) => ({ touch: name(row), before: row.before.value, ...Object.fromEntries(row.shares.map((one) => [one.rule, one.credit.value])), removal: row.removal, spend: row.spend.value, currency: row.spend.unit }));
  return (
    <div style={{ marginTop: 18 }}>
      <Picture title={`Goals credited to each ${data.level} by seven rules`} finding={`The large dot is ${RULES[rule]}${rule === 'markov' ? '' : ', with its 95 % interval'}; small dots are the other rules. The wider they lie apart, the less any one of them says.`}
        units="goals credited; with spend where a figure names it" source={source} data={table} name={`descriptive credit by ${data.level}`} table={false}>
        <div role="list" aria-label="Credit by rule">
          <div className={`${css.rule} ${css.head}`} aria-hidden><span /><span ref={ref}>goals credited</span><span>{RULES[rule]}</span><span>spend, each goal</span></div>
          {rows.map((row) => <Line key={row.name} row={row} rule={rule} x={x} width={width} name={name(row)} currency={data.currency} />)}
          <div className={css.rule} style={{ borderTop: 0 }} aria-hidden><span />
            <svg width={width} height={20} style={{ overflow: 'visible' }}>{ticks(low, high, 5).map((one) => <text key={one} x={x(one)} y={14} fontSize={12} textAnchor="middle" fill="var(--ink-3)">{short(one)}</text>)}</svg><span /><span />
          </div>
        </div>
      </Picture>
    </div>
  );
}

function Line({ row, rule, x, width, name, currency }: { row: CreditRow; rule: CreditShare['rule']; x: ReturnType<typeof linear>; width: number; name: string; currency: string }) {
  const mine = share(row, rule);
  const { credit } = mine;
  const values = row.shares.map((one) => one.credit.value ?? 0);
  return (
    <div role="listitem" className={css.rule}>
      <span className={`${css.name} ${row.kind === 'none' ? 'soft' : ''}`} title={name}>{name}</span>
      <svg width={width} height={26} role="img" aria-label={row.shares.map((one) => `${RULES[one.rule]} ${(one.credit.value ?? 0).toFixed(1)}`).join(', ')}>
        <line x1={x(Math.min(...values))} x2={x(Math.max(...values))} y1={13} y2={13} stroke="var(--line-2)" />
        {row.shares.filter((one) => one.rule !== rule).map((one) => <circle key={one.rule} cx={x(one.credit.value ?? 0)} cy={13} r={3} fill="var(--paper)" stroke="var(--ink-3)"><title>{`${RULES[one.rule]}: ${(one.credit.value ?? 0).toFixed(1)}`}</title></circle>)}
        {credit.low !== null && credit.high !== null && <line x1={x(credit.low)} x2={x(credit.high)} y1={13} y2={13} stroke="var(--accent)" strokeWidth={2} />}
        <circle cx={x(credit.value ?? 0)} cy={13} r={5} fill="var(--accent)" />
      </svg>
      <span className="small"><Marked behind={row.behind} words={row.kind === 'none' ? 'no touch before their goal' : `${name} before their goal`}>{(credit.value ?? 0).toFixed(1)} · {percent(mine.share ?? 0, 1)}</Marked> <span className="faint">before {percent(row.before.value ?? 0, 0)}, {count(row.people)} people</span></span>
      <span className="small">{row.spend.value === null ? <span className="faint">–</span> : <>{currency} {count(Math.round(row.spend.value))}{mine.cost === null ? '' : <span className="faint">, {currency} {mine.cost.toFixed(mine.cost < 100 ? 2 : 0)}</span>}</>}</span>
    </div>
  );
}

function Table({ data, rule, name }: { data: Credit; rule: CreditShare['rule']; name: Named }) {
  const columns: Column<CreditRow>[] = [
    { key: 'name', head: data.level, of: name },
    { key: 'before', head: 'Before', of: (row) => row.before.value, show: (row) => percent(row.before.value ?? 0, 1), number: true },
    ...data.rules.map((one): Column<CreditRow> => ({ key: one, head: RULES[one], of: (row) => share(row, one).credit.value, show: (row) => (share(row, one).credit.value ?? 0).toFixed(1), number: true })),
    { key: 'money', head: `${data.currency} credited`, of: (row) => share(row, rule).money.value, show: (row) => { const worth = share(row, rule).money.value; return worth === null ? <span className="faint">–</span> : count(Math.round(worth)); }, number: true },
    { key: 'spend', head: 'Spend', of: (row) => row.spend.value, show: (row) => (row.spend.value === null ? <span className="faint">–</span> : count(Math.round(row.spend.value))), number: true },
    { key: 'back', head: 'Back for 1', of: (row) => share(row, rule).back, show: (row) => { const back = share(row, rule).back; return back === null ? <span className="faint">–</span> : back.toFixed(2); }, number: true },
  ];
  return <div style={{ marginTop: 22 }}><SortTable rows={data.rows} columns={columns} caption="Descriptive credit by rule" id={(row) => row.name} /></div>;
}
