import { Button, Pagination, Select, Tooltip } from '@mantine/core';
import { IconLifebuoy } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useAddress, useSight, useTo } from '../address';
import { useRoom, useSummary, useTeams } from '../api/queries';
import type { Care, CareSign, InTrouble } from '../api/nouns';
import { Marked } from '../journeys/Marked';
import { CopyCsv } from '../parts/Copy';
import { Empty } from '../parts/Empty';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { atInstant, between, count, duration, onDay, percent, plural, value } from '../words';
import css from './care.module.css';

const DAYS = ['7', '30', '90', '365'];

/** Which customers are in trouble now, and why. */
export function CarePage() {
  const { get, set } = useAddress();
  const { journey, segment, version } = useSight();
  const summary = useSummary().data;
  const to = useTo();
  const ready = Boolean(summary?.has_data && summary.has_plan);
  const page = Number(get('page')) || 1;
  const read = useRoom<Care>('/measure/care', { journey, segment, version, reason: get('reason'), owner: get('owner'), days: get('days'), page }, ready);
  if (summary && !ready) {
    return <Empty icon={<IconLifebuoy size={32} stroke={1.4} />} title="Nobody to care for yet" why="Here stand the customers who are in trouble now: promises broken, questions nobody answered, low scores. It needs events, and a plan that says what was promised."
      step={<Button component={Link} to={to(summary.has_data ? 'plan/promises' : 'data/bring')}>{summary.has_data ? 'Say what you promise' : 'Bring a file'}</Button>} />;
  }
  const { data } = read;
  return (
    <div className="page">
      {read.error ? <Trouble error={read.error} retry={() => void read.refetch()} /> : null}
      {!data && !read.error && <Rows count={8} height={64} />}
      {data && (
        <div style={{ opacity: read.isPlaceholderData ? 0.6 : 1 }}>
          <h1 style={{ maxWidth: 900 }}>{says(data)}</h1>
          <Basis data={data} />
          <Filters data={data} />
          {data.customers.length === 0 && data.reasons.length > 0 && <p className="soft" style={{ marginTop: 24 }}>Nobody, with both filters together.</p>}
          <ol className={css.list} aria-label="Customers in trouble">{data.customers.map((one) => <Row key={one.customer} one={one} now={data.as_of_at} />)}</ol>
          {data.total > data.page_size && <Pagination mt={18} size="sm" total={Math.ceil(data.total / data.page_size)} value={page} onChange={(n) => set({ page: String(n) })} getControlProps={(control) => ({ 'aria-label': `${control} page` })} getItemProps={(n) => ({ 'aria-label': `page ${n}` })} />}
          {data.customers.length > 0 && (
            <div style={{ marginTop: 10 }}>
              <CopyCsv head={['customer', 'name', 'trouble', 'since', 'orders_worth', 'orders', 'why', 'owners']} rows={data.customers.map((one) => [one.customer, one.label, one.trouble, one.since_at, one.value?.value ?? null, one.value?.n ?? null, one.signs.map((sign) => sign.words).join('; '), [...new Set(one.signs.map((sign) => sign.owner ?? 'nobody'))].join(' ')])} />
            </div>
          )}
          <Missing data={data} />
        </div>
      )}
    </div>
  );
}

const SAYS: Record<CareSign['kind'], string> = {
  overdue: 'waits for what was promised', unanswered: 'asked and got no solution', 'broken promise': 'saw a promise broken', 'repeated contact': 'had to ask again',
  'low score': 'gave a low score', failure: 'met a failure', stuck: 'got stuck',
};
const everybody = (data: Care): number => (data.share.value === null ? 0 : Math.round(data.share.value * data.share.n));

function says(data: Care): string {
  const all = everybody(data);
  if (!all) return 'Nobody is in trouble now, as far as the signs tell.';
  const most = [...data.reasons].sort((a, b) => b.customers - a.customers)[0];
  return `${plural(all, 'customer is', 'customers are')} in trouble now${most ? `; ${most.customers === all && all > 1 ? 'each' : count(most.customers)} of them ${SAYS[most.kind]}` : ''}.`;
}

function Basis({ data }: { data: Care }) {
  const points = data.reasons.map((one) => `${one.words}: ${one.points}`).join(', ');
  return (
    <p className="lede">
      {data.share.value !== null && <>{percent(data.share.value, 1)} {data.share.low !== null && data.share.high !== null && <span className="faint">{between(data.share.low, data.share.high, 'share')}</span>} of {count(data.share.n)} known customers, </>}
      as of {data.as_of_at ? atInstant(data.as_of_at) : 'no event yet'}, by what happened in the {plural(data.days, 'day')} before.
      {' '}<Tooltip label={`Each kind of sign counts once. ${points}. The most troubled come first, then the most valuable, then who waits longest.`}><span className="define" tabIndex={0}>How trouble is counted</span></Tooltip>
    </p>
  );
}

/** Reasons and owners with their counts: what one presses is what the list then holds. */
function Filters({ data }: { data: Care }) {
  const { get, set } = useAddress();
  const team = useTeams();
  const [reason, owner] = [get('reason'), get('owner')];
  const chip = (key: string, on: boolean, words: string, many: number, press: Record<string, string | null>) => (
    <button key={key} type="button" className={css.chip} aria-pressed={on} onClick={() => set({ ...press, page: null })}>{words} <b>{count(many)}</b></button>
  );
  return (
    <div className={css.filters}>
      <div className="row wrap" role="group" aria-label="Why">
        {data.reasons.map((one) => chip(one.kind, reason === one.kind, one.words, one.customers, { reason: reason === one.kind ? null : one.kind }))}
      </div>
      <div className="row wrap" role="group" aria-label="Whose turn it is">
        <span className="faint small">Whose turn</span>
        {data.owners.map((one) => { const id = one.owner ?? 'nobody'; return chip(id, owner === id, one.owner ? (team(one.owner) ?? id) : 'nobody yet', one.customers, { owner: owner === id ? null : id }); })}
        <span className={css.right}>
          {data.total > 0 && <Marked behind={chosen(data, reason, owner)} words={`${plural(data.total, 'customer')} in trouble`}>{plural(data.total, 'customer')}</Marked>}
          <Select aria-label="How far back counts as now" size="xs" w={150} allowDeselect={false} value={String(data.days)} onChange={(days) => set({ days: days === '30' ? null : days, page: null })}
            data={[...new Set([...DAYS, String(data.days)])].map((days) => ({ value: days, label: `the last ${days} days` }))} />
        </span>
      </div>
    </div>
  );
}

/** The address of those the filters leave. */
function chosen(data: Care, reason: string, owner: string): string {
  const [kind, own = ''] = data.behind.split('?');
  const params = new URLSearchParams(own);
  params.set('mark', reason ? `${reason}${owner && `:${owner}`}` : owner ? `owner:${owner}` : 'all');
  return `${kind}?${params.toString()}`;
}

function Row({ one, now }: { one: InTrouble; now: string | null }) {
  const to = useTo();
  return (
    <li className={css.customer}>
      <div className={css.points} aria-label={`${one.trouble} points of trouble`}><b>{one.trouble}</b><i style={{ width: `${Math.min(100, (100 * one.trouble) / 9)}%` }} /></div>
      <div className={css.who}>
        <Link to={to(`customers/${one.customer}`)}>{one.label}</Link>
        <span className="faint small">since {onDay(one.since_at)}</span>
        {one.value?.value != null && <span className="soft small" title={`${plural(one.value.n, 'order')} until now`}>worth {value(Math.round(one.value.value), one.value.unit)} in {plural(one.value.n, 'order')}</span>}
      </div>
      <ul className={css.signs}>{one.signs.map((sign, n) => <Sign key={n} sign={sign} now={now} />)}</ul>
    </li>
  );
}

function Sign({ sign, now }: { sign: CareSign; now: string | null }) {
  const team = useTeams();
  const ago = now ? (Date.parse(now) - Date.parse(sign.since_at)) / 1000 : 0;
  return (
    <li>
      <span className={`dot ${sign.points > 2 ? 'bad' : 'doubt'}`} aria-hidden />
      <span>{sign.words} <span className="faint small">{ago > 60 && <time dateTime={sign.since_at} title={atInstant(sign.since_at)}>{duration(ago)} ago</time>}</span></span>
      <span className={sign.owner ? 'soft' : 'bad'}>{team(sign.owner) ?? 'no owner'}</span>
    </li>
  );
}

const ROLES: Record<string, string> = { contact: 'people asking you', resolved: 'a question being solved', failure: 'something failing' };

function Missing({ data }: { data: Care }) {
  const to = useTo();
  if (!data.missing.length) return null;
  return (
    <p className="faint small" style={{ marginTop: 28 }}>
      The plan does not say yet which events mean {data.missing.map((role) => ROLES[role] ?? role).join(', ')}: such trouble cannot be seen. <Link to={to('plan/figures')}>Say it</Link>
    </p>
  );
}
