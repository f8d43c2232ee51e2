import { Select, Slider, Switch } from '@mantine/core';
import { useAddress } from '../address';
import { useAsk, useSummary } from '../api/queries';
import type { Flow, Transitions } from '../api/nouns';
import { Empty } from '../parts/Empty';
import { Picture } from '../parts/Picture';
import { useSource } from '../parts/source';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, percent, plural } from '../words';
import { Branch, type Way } from './Branch';
import { Look } from './Look';
import { useLook } from './looked';
import { Marked } from './Marked';
import { Versus } from './Versus';
import { useSides, type Side } from './sides';
import { Tabs, useNames } from './Tabs';
import css from './ways.module.css';

/** Where people come from and where they go: from any step, both ways, opened by clicking. */
export function WaysPage() {
  const { get, set } = useAddress();
  const { level, subject } = useLook();
  const { name } = useNames();
  const summary = useSummary().data;
  const graph = useAsk<Transitions>('transitions', { level, subject });
  const nodes = Object.entries(graph.data?.nodes ?? {});
  const focus = get('focus') || nodes[0]?.[0] || '';
  const top = Number(get('most')) || 5;
  const way: Way = { level, subject, focus, top, collapse: get('repeats') !== '1' };
  const sides = useSides<Flow>('flow', { focus, depth: 1, top, collapse: way.collapse ? 'true' : undefined }, Boolean(focus));
  if (summary && !summary.has_data) return <Empty title="No journeys yet" why="Here one sees where people come from and where they go, from any step." />;
  return (
    <div className="page wide">
      <Tabs />
      <Look>
        <Select aria-label="From which step" size="xs" w={230} searchable allowDeselect={false} value={focus || null} placeholder="a step"
          data={nodes.map(([id, n]) => ({ value: id, label: `${name(id)} · ${count(n)}` }))} onChange={(next) => next && set({ focus: next, after: null, before: null })} />
      </Look>
      <Versus />
      {graph.error || sides[0].read.error ? <Trouble error={graph.error ?? sides[0].read.error} retry={() => void graph.refetch()} /> : null}
      {!sides[0].data && !graph.error && !sides[0].read.error && (graph.data && !nodes.length ? <h1>No journey began in this period for these people.</h1> : <Rows count={6} height={60} />)}
      {sides[0].data && (
        <>
          <h1 style={{ maxWidth: 900 }}>{says(sides[0].data, name)}</h1>
          <div className="row apart wrap" style={{ margin: '10px 0 16px' }}>
            <p className="soft">{plural(sides[0].data.journeys, 'journey')}; click a step to go on from there.</p>
            <div className="row">
              <span className="small soft">Steps shown</span>
              <Slider w={130} size="xs" min={2} max={12} value={top} label={null} thumbLabel="How many steps stand in a column" onChange={(n) => set({ most: String(n) }, false)} />
              <Switch size="xs" label="Repeats as one" checked={way.collapse} onChange={(event) => set({ repeats: event.currentTarget.checked ? null : '1' }, false)} />
            </div>
          </div>
          {sides.map((side, n) => <Streams key={n} side={side} named={sides.length > 1} way={way} />)}
        </>
      )}
    </div>
  );
}

function says(flow: Flow, name: (id: string) => string): string {
  const next = flow.nodes.find((one) => one.kind === 'step');
  const end = flow.nodes.find((one) => one.kind === 'end');
  const start = `After ${name(flow.focus)}`;
  if (!flow.count) return `Nobody met ${name(flow.focus)} in these journeys.`;
  if (end && (!next || end.rate > next.rate)) return `${start} most journeys end: ${percent(end.rate)} of ${count(flow.count)} times.`;
  return next ? `${start} people most often go to ${name(next.path[0])}: ${percent(next.rate)} of ${count(flow.count)} times.` : `${start} nothing follows.`;
}

function Streams({ side, named, way }: { side: Side<Flow>; named: boolean; way: Way }) {
  const { name } = useNames();
  const flow = side.data;
  const source = useSource(flow);
  const rows = (flow?.nodes ?? []).map((one) => ({ after: name(way.focus), comes: one.kind === 'step' ? one.path.map(name).join(' > ') : one.kind === 'end' ? 'the end' : 'rarer steps', times: one.count, share: one.rate, median_seconds: one.median_seconds }));
  return (
    <section aria-label={named ? `Ways of ${side.name}` : 'Ways'} style={{ marginBottom: 28 }}>
      <Picture title={`What comes before and after ${name(way.focus)}${named ? `, ${side.name}` : ''}`} units="share of the times somebody was there, and how often" source={source} data={rows} name={`ways ${way.focus}`}>
        <div className={css.flow} tabIndex={0} role="region" aria-label={`Ways before and after${named ? `, ${side.name}` : ''}; scrolls sideways`}>
          <Branch way={way} direction="before" path={[]} segment={named ? side.segment : undefined} from={{ y: 0, h: HEIGHT }} />
          <div className={css.focus} style={{ height: HEIGHT }}>
            <b>{name(way.focus)}</b>
            {flow && <Marked behind={flow.behind} words={`those who met ${name(way.focus)}`}>{count(flow.count)} times</Marked>}
          </div>
          <Branch way={way} direction="after" path={[]} segment={named ? side.segment : undefined} from={{ y: 0, h: HEIGHT }} />
        </div>
      </Picture>
    </section>
  );
}

const HEIGHT = 300;
