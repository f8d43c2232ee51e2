import { Select, SegmentedControl, Switch } from '@mantine/core';
import { IconRipple } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useAddress, useSight, useTo } from '../address';
import type { Glitches, RippleEdge, Ripples } from '../api/nouns';
import { useRoom, useSheet, useSummary, useTeams } from '../api/queries';
import { Marked } from '../journeys/Marked';
import { Empty } from '../parts/Empty';
import { basis } from '../parts/Figure';
import { Picture } from '../parts/Picture';
import { Dots } from '../parts/plots/Dots';
import { SortTable, type Column } from '../parts/SortTable';
import { useSource } from '../parts/source';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, percent, plural, value } from '../words';
import { Notes } from './DriversPage';
import { GlitchesList, named } from './GlitchesList';
import { RippleDetail, interval, strength } from './RippleDetail';
import { RippleMap } from './RippleMap';
import { WhyTabs } from './Tabs';
import css from './ripples.module.css';
import why from './why.module.css';

/** What began to go otherwise than usual, and what followed from it elsewhere. */
export function RipplesPage() {
  const { get, set } = useAddress();
  const to = useTo();
  const summary = useSummary().data;
  const ready = Boolean(summary?.has_data && summary.has_plan);
  const watched = useRoom<Glitches>('/explain/glitches', { ...useSight() }, ready);
  const followed = useRoom<Ripples>('/explain/ripples', { ...useSight(), fault: get('fault') || undefined }, ready);
  if (summary && !ready) {
    return <Empty icon={<IconRipple size={32} stroke={1.4} />} title="Nothing to watch yet" why="What began to go wrong at a touchpoint, whom it reached, and what it moved elsewhere: it needs what customers did, and a plan that names touchpoints and promises."
      step={<Link to={to(summary.has_data ? 'plan/touchpoints' : 'data/bring')}>{summary.has_data ? 'Name the touchpoints' : 'Bring a file'}</Link>} />;
  }
  const glitch = watched.data?.glitches.find((row) => named(row) === get('glitch')) ?? watched.data?.glitches[0];
  return (
    <div className="page wide">
      <WhyTabs />
      {watched.data && <h1 style={{ maxWidth: 940, marginBottom: 18 }}>{watched.data.words.split(';')[0]}.</h1>}
      {watched.error ? <Trouble error={watched.error} retry={() => void watched.refetch()} /> : null}
      {!watched.data && !watched.error && <Rows count={8} height={32} />}
      {watched.data && <GlitchesList data={watched.data} chosen={glitch} choose={(row) => set({ glitch: named(row), ...(row.fault ? { fault: row.fault, edge: null } : {}) }, false)} />}
      {watched.data && <Notes said={watched.data.caveats} />}
      <section className={why.block} aria-label="Ripples">
        <h2>Ripples</h2>
        {followed.error ? <Trouble error={followed.error} retry={() => void followed.refetch()} /> : null}
        {!followed.data && !followed.error && <Rows count={8} height={32} />}
        {followed.data && <div style={{ opacity: followed.isPlaceholderData ? 0.6 : 1 }}><Followed data={followed.data} /></div>}
      </section>
    </div>
  );
}

const key = (edge: RippleEdge) => `${edge.id}:${edge.low}-${edge.high}`;

function Followed({ data }: { data: Ripples }) {
  const { get, set } = useAddress();
  const team = useTeams();
  const sheet = useSheet().data;
  const source = useSource(data);
  const lag = get('lag');
  const doubtful = get('doubtful') === 'true';
  const sure = data.edges.filter((edge) => edge.shown && edge.rung_id !== 'L0' && !edge.later);
  const shown = doubtful ? data.edges.filter((edge) => edge.shown) : sure;
  const inLag = shown.filter((edge) => !lag || `${edge.low}-${edge.high}` === lag);
  const chosen = data.edges.find((edge) => key(edge) === get('edge')) ?? inLag.find((edge) => edge.worse) ?? inLag[0];
  const choose = (edge: RippleEdge) => set({ edge: key(edge) }, false);
  const aside = data.edges.filter((edge) => edge.shown).length - sure.length;
  return (
    <>
      <div className={css.choose}>
        <Select label="The fault" w={360} data={data.faults.map((one) => ({ value: one.id, label: `${one.name} (${count(one.people)})` }))} value={data.fault?.id ?? null} onChange={(id) => set({ fault: id, edge: null }, false)} allowDeselect={false} />
        {data.edges.length > 0 && <SegmentedControl size="xs" aria-label="Days after the fault" value={lag} onChange={(one) => set({ lag: one || null, edge: null }, false)} data={[{ value: '', label: 'all days' }, ...data.lags.map(([low, high]) => ({ value: `${low}-${high}`, label: `day ${low}–${high}` }))]} />}
        {aside > 0 && <Switch label={`also ${plural(aside, 'difference')} that were there before or only come later`} checked={doubtful} onChange={(event) => set({ doubtful: event.currentTarget.checked ? 'true' : null }, false)} />}
      </div>
      <p className="lead" style={{ maxWidth: 940, fontSize: 17 }}>{data.words}.</p>
      {data.fault && data.reached.value !== null && (
        <p className="soft" style={{ margin: '6px 0 16px' }}>
          <Marked behind={data.reached.behind} words={data.fault.name}>{plural(data.fault.people, 'customer')}</Marked> met it, {percent(data.reached.value)} of {plural(data.reached.n, 'passage')}; whose it is: {team(data.fault.owner) ?? 'nobody’s'}.
          {data.compared > 0 && ` Compared: ${count(data.compared)} passages with it, ${count(data.others)} without in the same weeks.`}
        </p>
      )}
      {data.edges.length > 0 && sheet && (
        <Picture title={inLag.length ? `${data.fault?.name}: what follows` : 'Nothing follows that is more than chance'} finding="Waves go out from the fault: the nearer ring the sooner, a wider line the larger difference. Orange: worse. Dotted: it differed before as well, or only comes later." units="those who met the fault less others alike" source={source} name={`ripples of ${data.fault?.id}`} data={inLag.map(numbers)} table={false}>
          <RippleMap data={data} sheet={sheet} edges={inLag} chosen={chosen} choose={choose} />
        </Picture>
      )}
      {chosen && data.edges.length > 0 && <RippleDetail edge={chosen} />}
      <Across edges={inLag} choose={choose} source={source} />
      {data.steps.length > 0 && <><h3 style={{ marginTop: 22 }}>A hop further</h3><ul className={css.steps}>{data.steps.map((step) => <li key={step.target}>{step.words} <span className="faint" title={basis(step.effect)}>{strength(step.effect)} {interval(step.effect)}</span></li>)}</ul></>}
      {data.natural.length > 0 && <><h3 style={{ marginTop: 22 }}>Across a boundary</h3><ul className={css.steps}>{data.natural.map((one) => <li key={one.outcome}>{one.words} <span className="faint" title={basis(one.effect)}>{interval(one.effect)} · {one.rung}</span></li>)}</ul></>}
      {data.money?.value != null && <p style={{ marginTop: 16 }}>In the 60 days after, all who met it ordered for <b title={basis(data.money)}>{value(Math.abs(data.money.value), data.money.unit)}</b> {data.money.value < 0 ? 'more' : 'less'} than others alike{data.money.low !== null && data.money.high !== null && <span className="faint"> (lost: [{value(data.money.low, data.money.unit)}, {value(data.money.high, data.money.unit)}])</span>}. <span className="faint">{data.money.caveats.join('; ')}.</span></p>}
      {data.edges.length > 0 && <All edges={data.edges.filter((edge) => edge.shown)} choose={choose} />}
      <Notes said={data.caveats} />
    </>
  );
}

const numbers = (edge: RippleEdge) => ({ what: edge.name, from_day: edge.low, to_day: edge.high, difference: edge.effect.value, low: edge.effect.low, high: edge.effect.high, with: edge.exposed.value, without: edge.others.value, n: edge.effect.n, q: edge.q, rung: edge.rung });

/** What lies nowhere on the map: getting in touch, ordering again, scores. */
function Across({ edges, choose, source }: { edges: RippleEdge[]; choose: (edge: RippleEdge) => void; source: string }) {
  const rows = edges.filter((edge) => edge.effect.unit === 'share').slice(0, 16);
  if (!rows.length) return null;
  return (
    <div style={{ marginTop: 22 }}>
      <Picture level={3} title="How much more or less often" units="points of those who pass, with the fault less without, 95 % interval" source={source} name="ripples by size" data={rows.map(numbers)} table={false}>
        <Dots zero label="Differences by what follows" say={(one) => more100(one)} rows={rows.map((edge) => ({
          key: key(edge), name: `${edge.name}, day ${edge.low}–${edge.high}`, value: edge.effect.value, low: edge.effect.low, high: edge.effect.high, few: edge.effect.n < 30, colour: edge.worse ? 'var(--broken)' : 'var(--accent)', words: edge.words,
          figure: <button type="button" className="plain" onClick={() => choose(edge)}>{strength(edge.effect)} <span className="faint">{interval(edge.effect)}</span></button>,
        }))} />
      </Picture>
    </div>
  );
}

const more100 = (one: number) => `${one > 0 ? '+' : ''}${(one * 100).toFixed(0)}`;

function All({ edges, choose }: { edges: RippleEdge[]; choose: (edge: RippleEdge) => void }) {
  const columns: Column<RippleEdge>[] = [
    { key: 'name', head: 'What follows', of: (row) => row.name, show: (row) => <button type="button" className="plain" onClick={() => choose(row)}>{row.name}</button> },
    { key: 'low', head: 'Days after', of: (row) => row.low, number: true, show: (row) => `${row.low}–${row.high}` },
    { key: 'with', head: 'With', of: (row) => row.exposed.value, number: true, show: (row) => <Marked behind={row.exposed.behind} words={`${row.name} after the fault`}>{strength(row.exposed, false)}</Marked> },
    { key: 'without', head: 'Without', of: (row) => row.others.value, number: true, show: (row) => strength(row.others, false) },
    { key: 'effect', head: 'Difference', of: (row) => row.effect.value, number: true, show: (row) => <span title={basis(row.effect)}>{strength(row.effect)} <span className="faint">{interval(row.effect)}</span></span> },
    { key: 'q', head: 'q', of: (row) => row.q, number: true, show: (row) => (row.q < 0.001 ? '< 0.001' : row.q.toFixed(3)) },
    { key: 'rung', head: 'How sure', of: (row) => row.rung, show: (row) => <span title={row.checks.map((check) => check.words).join('\n')}>{row.rung}</span> },
  ];
  return <div style={{ marginTop: 22 }}><SortTable rows={edges} columns={columns} caption="What follows the fault" id={key} /></div>;
}
