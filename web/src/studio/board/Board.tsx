import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useLayoutEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import type { Plan, Sheet } from '../../api/nouns';
import { SightProvider, useTools } from './context';
import { EmotionRow } from './EmotionRow';
import { gridOf, type Grid, type Zoom } from './grid';
import { Heads } from './Heads';
import { Micro } from './Micro';
import type { Model } from './model';
import { RowView } from './RowView';
import type { Surface } from './surface';
import { rove } from './walk';
import { WaysRow } from './WaysRow';
import css from './board.module.css';

interface Props {
  model: Model; plan: Plan; sheet?: Sheet; zoom: Zoom; may: boolean; chosen: string; micro: string; folded: string[]; narrow: boolean;
  surface: RefObject<Surface | null>; turn: (lane: string) => void; inside: (stage: string | null) => void; into: (journey: string, stage: string) => void;
  press: (event: KeyboardEvent) => void; click: (event: MouseEvent) => void; twice: (event: MouseEvent) => void; measured: (width: number) => void; at: (key: string) => void;
}

const DRAWN_FAR = new Set(['ways', 'emotion', 'promises', 'moments', 'touchpoints', 'opportunities', 'pains']);

/** The sheet itself: stages across, lanes down, drawn once; drags touch it by hand. */
export function Board(props: Props) {
  const { model, plan, sheet, zoom, may, micro, surface } = props;
  const { drag, focus } = useTools();
  const size = useElementSize<HTMLDivElement>();
  const own = useRef<HTMLDivElement>(null);
  const scroller = useMergedRef(size.ref, own);
  const board = useRef<HTMLDivElement>(null);
  const marker = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const room = size.width || window.innerWidth - 200;
  const { measured } = props;
  useEffect(() => { if (size.width) measured(size.width); }, [size.width, measured]);
  const grid = useMemo(() => gridOf(model.columns, room, zoom), [model.columns, room, zoom]);
  useLayoutEffect(() => {
    surface.current = { scroller: own.current!, board: board.current!, marker: marker.current!, box: box.current!, layer: layer.current! };
  });
  useEffect(() => {
    const one = own.current!;
    // While a finger carries something the page must not scroll under it.
    const hold = (event: TouchEvent) => { if (drag.active) event.preventDefault(); };
    const menu = (event: Event) => { if (drag.active) event.preventDefault(); };
    one.addEventListener('touchmove', hold, { passive: false });
    one.addEventListener('contextmenu', menu);
    return () => { one.removeEventListener('touchmove', hold); one.removeEventListener('contextmenu', menu); drag.stop(); };
  }, [drag]);
  useEffect(() => {
    // The whole sheet on one page of A3, as long as it stays legible.
    const fit = () => { const one = board.current!; one.style.setProperty('--print', String(Math.max(0.45, Math.min(1, 1510 / one.offsetWidth, 1010 / one.offsetHeight)))); };
    window.addEventListener('beforeprint', fit);
    return () => window.removeEventListener('beforeprint', fit);
  }, []);
  const far = zoom === 'far';
  const drawn = useMemo(() => ({ grid, zoom, may }), [grid, zoom, may]);
  const inner = model.columns.find((one) => one.id === micro);
  useEffect(() => {
    const root = board.current!;
    if (!root.querySelector('[data-node][tabindex="0"]')) { const first = root.querySelector<HTMLElement>('[data-node]'); if (first) first.tabIndex = 0; }
  });
  return (
    <SightProvider value={drawn}>
      <div ref={scroller} className={css.scroll} role="application" aria-label={`The board of ${model.journey.name}`} aria-roledescription="board" data-zoom={zoom} data-narrow={props.narrow}
        onPointerDown={(event) => drag.down(event.nativeEvent)} onClick={props.click} onDoubleClick={props.twice} onKeyDown={props.press}
        onFocus={(event) => { const one = (event.target as HTMLElement).closest<HTMLElement>('[data-node]'); if (one && board.current) { rove(board.current, one); props.at(one.dataset.node!); } }}>
        <div id="board" ref={board} className={css.board} style={{ width: grid.width, '--label': `${grid.label}px` } as React.CSSProperties}>
          <Ground grid={grid} />
          <Heads steps={model.steps} columns={model.columns} grid={grid} may={may} far={far} opened={micro} turn={(stage) => { props.inside(stage === micro ? null : stage); focus(`micro:${stage}`); }} repeats={Boolean(model.journey.repeats)} />
          {inner?.opens && <Micro plan={plan} id={inner.opens} from={inner.name} stage={inner.id} grid={grid} into={() => props.into(inner.opens, inner.id)} close={() => { props.inside(null); focus(`micro:${inner.id}`); }} />}
          <Rows {...props} grid={grid} far={far} sheet={sheet} />
          {!model.columns.length && (
            <div className={css.begin}>
              <h2>Begin with the stages</h2>
              <p className="soft">What does somebody go through before they buy, and what after? Three are enough to start: type a name, Enter, type the next; or paste a list, one stage a line. Every cell then has a + for what customers need there and where they meet you.</p>
            </div>
          )}
          <div ref={marker} className={css.marker} aria-hidden />
          <div ref={box} className={css.box} aria-hidden />
        </div>
      </div>
      <div ref={layer} className={css.layer} data-zoom={zoom} aria-hidden />
    </SightProvider>
  );
}

function Rows({ model, grid, far, zoom, folded, turn, may, sheet, chosen }: Props & { grid: Grid; far: boolean }) {
  return model.rows.filter((row) => !row.hidden && (!far || DRAWN_FAR.has(row.id))).map((row) => {
    const shut = folded.includes(row.id);
    const same = { row, columns: model.columns, grid, shut, turn, may, far };
    if (row.id === 'ways') return sheet && sheet.ways.length > 0 && model.columns.length > 0 && <div key={row.id} data-row={row.id} className={css.ways}><WaysRow sheet={sheet} columns={model.columns} grid={grid} zoom={zoom} chosen={chosen} /></div>;
    if (row.id === 'emotion') return <RowView key={row.id} {...same} note={<Lines />}><EmotionRow columns={model.columns} grid={grid} sheet={sheet} may={may} /></RowView>;
    return <RowView key={row.id} {...same} />;
  });
}

const Lines = () => <div className={css.lines}><span>— intended</span><span>◇ wanted</span><span>● felt</span></div>;

/** The two sides' tints and the seam between them, from top to foot. */
function Ground({ grid }: { grid: Grid }) {
  return (
    <div aria-hidden>
      <div className={css.tint} data-side="buyer" style={{ left: grid.buyer.x, width: grid.buyer.w }} />
      <div className={css.tint} data-side="customer" style={{ left: grid.customer.x, width: grid.customer.w }} />
      <div className={css.seam} style={{ left: grid.seam.mid - 1 }} />
      {[...grid.spans.values()].slice(1).map((span) => <div key={span.x} className={css.hair} style={{ left: span.x }} />)}
    </div>
  );
}
