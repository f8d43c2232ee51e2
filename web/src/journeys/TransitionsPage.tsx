import { Slider } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useAddress } from '../address';
import type { Transition, Transitions } from '../api/nouns';
import { useAsk } from '../api/queries';
import { Picture } from '../parts/Picture';
import { useSource } from '../parts/source';
import { SortTable, type Column } from '../parts/SortTable';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, duration, percent, plural } from '../words';
import { layered } from './layers';
import { Look } from './Look';
import { useLook } from './looked';
import { Marked, useMapped } from './Marked';
import { Tabs, useNames } from './Tabs';
import css from './journeys.module.css';

/** What follows what: a layered graph of the frequent, a table of all. */
export function TransitionsPage() {
  const { level, subject } = useLook();
  const read = useAsk<Transitions>('transitions', { level, subject });
  return (
    <div className="page wide">
      <Tabs />
      <Look />
      {read.error ? <Trouble error={read.error} retry={() => void read.refetch()} /> : null}
      {!read.data && !read.error && <Rows count={8} />}
      {read.data && <Full key={level + subject} data={read.data} />}
    </div>
  );
}

function Full({ data }: { data: Transitions }) {
  const { get, set } = useAddress();
  const { name } = useNames();
  const { level } = useLook();
  const mapped = useMapped(name);
  const loops = new Map(data.edges.filter((one) => one.origin === one.target).map((one) => [one.origin, one.count]));
  const sorted = useMemo(() => [...data.edges].sort((a, b) => b.count - a.count), [data]);
  const most = Math.min(120, sorted.length);
  const shown = Math.min(most, Number(get('ways')) || Math.min(18, most));
  const least = sorted[shown - 1]?.count ?? 1;
  const top = sorted.find((one) => one.origin !== one.target) ?? sorted[0];
  const walked = sorted.reduce((n, one) => n + one.count, 0);
  const drawn = sorted.filter((one) => one.count >= least).reduce((n, one) => n + one.count, 0);
  const who = (one: Transition) => <Marked behind={one.behind} words={`those who went from ${name(one.origin)} to ${name(one.target)}`} also={[...mapped(one.origin, level), ...mapped(one.target, level)]}>{count(one.count)}</Marked>;
  const columns: Column<Transition>[] = [
    { key: 'origin', head: 'From', of: (one) => name(one.origin) },
    { key: 'target', head: 'To', of: (one) => name(one.target) },
    { key: 'count', head: 'Times', of: (one) => one.count, show: who, number: true },
    { key: 'share', head: `Share of what follows “From”`, of: (one) => one.count / Math.max(1, data.nodes[one.origin] ?? 0), show: (one) => percent(one.count / Math.max(1, data.nodes[one.origin] ?? 0), 1), number: true },
    { key: 'median', head: 'Median gap', of: (one) => one.median_seconds, show: (one) => (one.median_seconds === null ? '–' : duration(one.median_seconds)), number: true },
    { key: 'mean', head: 'Mean gap', of: (one) => one.mean_seconds, show: (one) => (one.mean_seconds === null ? '–' : duration(one.mean_seconds)), number: true },
  ];
  return (
    <>
      <h1 style={{ maxWidth: 900 }}>{top ? `Most often ${name(top.target)} follows ${name(top.origin)}: ${count(top.count)} times.` : 'Nothing follows anything in this period.'}</h1>
      <div className="row apart wrap" style={{ margin: '10px 0 14px' }}>
        <p className="soft">{plural(data.journeys, 'journey')}, {plural(data.events, 'event')}, {plural(data.edges.length, 'transition')}</p>
      </div>
      {top && (
        <>
          <div className="row" style={{ gap: 12, marginBottom: 10 }}>
            <span className="small soft">Ways drawn</span>
            <Slider w={220} size="xs" min={1} max={Math.max(2, most)} value={shown} onChange={(n) => set({ ways: String(n) }, false)} label={null} thumbLabel="How many of the most walked ways are drawn" />
            <span className="small">{shown} of {count(sorted.length)} <span className="faint">walked {count(least)} times or more; {percent(drawn / Math.max(1, walked))} of all steps</span></span>
          </div>
          <Drawn data={data} least={least} name={name} loops={loops} />
        </>
      )}
      <section className="section"><h2>All transitions</h2>
        <SortTable rows={sorted} columns={columns} caption="Transitions" id={(one) => `${one.origin}>${one.target}`} first={{ key: 'count', down: true }} limit={200} />
      </section>
    </>
  );
}

function Drawn({ data, least, name, loops }: { data: Transitions; least: number; name: (id: string) => string; loops: Map<string, number> }) {
  const source = useSource(data);
  const rows = data.edges.filter((one) => one.count >= least).map((one) => ({ from: name(one.origin), to: name(one.target), times: one.count, median_seconds: one.median_seconds, mean_seconds: one.mean_seconds }));
  const [hot, setHot] = useState('');
  const graph = useMemo(() => layered(data, least, name), [data, least, name]);
  const near = (from: string, to: string) => !hot || from === hot || to === hot;
  return (
    <Picture title="What follows what" units="times one step came straight after another; ways that lead back are in the accent, a dark frame: journeys begin here, ↻: so often it follows itself" source={source} data={rows} name="transitions" table={false}>
      <div className={css.graph} tabIndex={0} role="region" aria-label="Graph of transitions; the table below holds the same">
        <svg width={graph.width} height={graph.height} style={{ display: 'block', margin: '0 auto' }}>
          <defs><marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0,0 L8,4 L0,8 Z" fill="var(--ink-3)" /></marker></defs>
          {graph.edges.map((one) => (
            <g key={`${one.from}>${one.to}`} opacity={near(one.from, one.to) ? 1 : 0.12}>
              <title>{`${name(one.from)} → ${name(one.to)}: ${count(one.count)} times${one.median === null ? '' : `, ${duration(one.median)} between (median)`}`}</title>
              <path d={one.d} fill="none" stroke={one.back ? 'var(--accent)' : 'var(--ribbon)'} strokeOpacity={one.back ? 0.55 : 1} strokeWidth={one.thick} markerEnd="url(#tip)" />
            </g>
          ))}
          {graph.edges.map((one) => near(one.from, one.to) && (
            <text key={`t${one.from}>${one.to}`} x={one.lx} y={one.ly + 4} fontSize="11" textAnchor="middle" fill="var(--ink-2)" stroke="var(--side)" strokeWidth="4" paintOrder="stroke" style={{ pointerEvents: 'none' }}>{count(one.count)}</text>
          ))}
          {graph.nodes.map((one) => (
            <g key={one.id} onMouseEnter={() => setHot(one.id)} onMouseLeave={() => setHot('')} opacity={!hot || hot === one.id || graph.edges.some((edge) => (edge.from === hot && edge.to === one.id) || (edge.to === hot && edge.from === one.id)) ? 1 : 0.3}>
              <title>{`${name(one.id)}: ${count(one.count)} events; begins ${count(data.starts[one.id] ?? 0)}, ends ${count(data.ends[one.id] ?? 0)} journeys`}</title>
              <rect x={one.x - one.w / 2} y={one.y - 20} width={one.w} height={40} rx="7" fill="var(--raised)" stroke={data.starts[one.id] ? 'var(--ink-2)' : 'var(--line-2)'} />
              <text x={one.x} y={one.y - 2} fontSize="12" fontWeight="600" textAnchor="middle" fill="var(--ink)">{clip(name(one.id))}</text>
              <text x={one.x} y={one.y + 13} fontSize="11" textAnchor="middle" fill="var(--ink-3)">{count(one.count)}{loops.has(one.id) && ` · ↻ ${count(loops.get(one.id)!)}`}</text>
            </g>
          ))}
        </svg>
      </div>
    </Picture>
  );
}

const clip = (text: string): string => (text.length > 25 ? `${text.slice(0, 24)}…` : text);
