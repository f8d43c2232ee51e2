import { useAddress } from '../address';
import { useAsk } from '../api/queries';
import type { Flow, FlowNode } from '../api/nouns';
import { count, duration, percent } from '../words';
import { Marked, useMapped } from './Marked';
import { useNames } from './Tabs';
import css from './ways.module.css';

export interface Way { level: string; subject: string; focus: string; top: number; collapse: boolean }
interface Span { y: number; h: number }
interface Props { way: Way; direction: 'after' | 'before'; path: string[]; segment: string | undefined; from: Span }

const GAP = 6;
const LEAST = 46;
const TALL = 240;

/** One column of what comes next and, where a step is open, the column after it. */
export function Branch({ way, direction, path, segment, from }: Props) {
  const { get, set } = useAddress();
  const { name } = useNames();
  const ask = { level: way.level, subject: way.subject, focus: way.focus, direction, depth: 1, top: way.top, collapse: way.collapse ? 'true' : undefined, path: path.length ? JSON.stringify(path) : undefined };
  const { data } = useAsk<Flow>('flow', ask, segment === undefined ? {} : { segment }, Boolean(way.focus));
  const opened = wayOf(get(direction));
  const nodes = data?.nodes ?? [];
  const rows = spans(nodes);
  const open = opened ? opened[path.length] : path.length === 0 && direction === 'after' ? nodes.find((one) => one.kind === 'step')?.path[0] : undefined;
  const at = nodes.findIndex((one) => one.kind === 'step' && one.path.at(-1) === open);
  const toggle = (step: string) => set({ [direction]: JSON.stringify(step === open ? path : [...path, step]) }, false);
  if (!data) return <div className={css.column} aria-busy="true"><span className="unseen">Loading</span></div>;
  return (
    <div className={css.branch} data-direction={direction}>
      <Ribbons from={from} rows={rows} nodes={nodes} back={direction === 'before'} />
      <ol className={css.column} aria-label={`${direction === 'after' ? 'After' : 'Before'} ${path.length ? path.map(name).join(', ') : name(way.focus)}`}>
        {nodes.map((one, n) => <Row key={one.kind + one.path.join('\n')} node={one} direction={direction} height={rows[n].h} open={n === at} toggle={toggle} level={way.level} />)}
      </ol>
      {at >= 0 && open !== undefined && <Branch way={way} direction={direction} path={[...path, open]} segment={segment} from={rows[at]} />}
    </div>
  );
}

function wayOf(text: string): string[] | undefined {
  try {
    const read: unknown = text ? JSON.parse(text) : undefined;
    return Array.isArray(read) ? read.map(String) : undefined;
  } catch {
    return undefined;
  }
}

function spans(nodes: FlowNode[]): Span[] {
  let y = 0;
  return nodes.map((one) => {
    const row = { y, h: Math.max(LEAST, TALL * one.rate) };
    y += row.h + GAP;
    return row;
  });
}

/** From the step one came from, as thick as its share, to each step that follows. */
function Ribbons({ from, rows, nodes, back }: { from: Span; rows: Span[]; nodes: FlowNode[]; back: boolean }) {
  const height = Math.max(from.y + from.h, ...rows.map((one) => one.y + one.h), 0);
  const width = 44;
  let taken = from.y;
  return (
    <svg className={css.ribbons} width={width} height={height} aria-hidden style={back ? { transform: 'scaleX(-1)' } : undefined}>
      {nodes.map((one, n) => {
        const thick = from.h * one.rate;
        const to = { y: rows[n].y + (rows[n].h - Math.max(2, TALL * one.rate)) / 2, h: Math.max(2, TALL * one.rate) };
        const path = `M0,${taken} C${width / 2},${taken} ${width / 2},${to.y} ${width},${to.y} L${width},${to.y + to.h} C${width / 2},${to.y + to.h} ${width / 2},${taken + thick} 0,${taken + thick} Z`;
        taken += thick;
        return <path key={one.kind + one.path.join('\n')} d={path} fill={one.kind === 'end' ? 'var(--press)' : 'var(--ribbon)'} opacity={one.kind === 'step' ? 0.75 : 0.5} />;
      })}
    </svg>
  );
}

function Row({ node, direction, height, open, toggle, level }: { node: FlowNode; direction: 'after' | 'before'; height: number; open: boolean; toggle: (step: string) => void; level: string }) {
  const { name } = useNames();
  const mapped = useMapped(name);
  const last = node.path.at(-1) ?? '';
  const words = { step: name(last), more: 'rarer steps', end: direction === 'after' ? 'the journey ends' : 'the journey begins' }[node.kind];
  return (
    <li className={css.node} data-kind={node.kind} data-open={open} style={{ minHeight: height }}>
      {node.kind === 'step' ? <button type="button" aria-expanded={open} onClick={() => toggle(last)} title={words}>{words}</button> : <span title={words}>{words}</span>}
      <small>
        <b>{percent(node.rate, node.rate < 0.1 ? 1 : 0)}</b> <Marked behind={node.behind} words={`those: ${words}`} also={node.kind === 'step' ? mapped(last, level) : []}>{count(node.count)}</Marked>
        {node.median_seconds !== null && <span className="faint"> · {duration(node.median_seconds)}</span>}
      </small>
    </li>
  );
}
