import { useLayoutEffect, useState, type RefObject } from 'react';
import { useBoard } from './context';

/** The way one points at, lifted over the sheet: from card to card. */
export function Overlay({ board }: { board: RefObject<HTMLDivElement | null> }) {
  const { hot, what, sheet, geo } = useBoard();
  const way = hot || (what?.kind === 'way' ? what.id : '');
  const [path, setPath] = useState<{ d: string; x: number; y: number } | null>(null);
  useLayoutEffect(() => {
    const root = board.current;
    if (!way || !root) { setPath(null); return; }
    const base = root.getBoundingClientRect();
    const [from, to] = way.split('>').map((id) => root.querySelector(`[data-tp="${CSS.escape(id)}"][data-home="true"]`)?.getBoundingClientRect());
    if (!from || !to) { setPath(null); return; }
    const forward = to.left >= from.left;
    const x1 = (forward ? from.right : from.left) - base.left;
    const x2 = (forward ? to.left : to.right) - base.left;
    const y1 = from.top + from.height / 2 - base.top;
    const y2 = to.top + to.height / 2 - base.top;
    const bend = Math.max(28, Math.abs(x2 - x1) / 2) * (forward ? 1 : -1);
    setPath({ d: `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`, x: x2, y: y2 });
  }, [way, board, geo]);
  if (!path) return null;
  const desire = sheet.ways.some((one) => one.desire && `${one.origin}>${one.target}` === way);
  const colour = desire ? 'var(--accent)' : 'var(--ink-3)';
  return (
    <svg aria-hidden style={{ position: 'absolute', inset: 0, width: geo.width, height: '100%', pointerEvents: 'none', zIndex: 5 }}>
      <path d={path.d} fill="none" stroke={colour} strokeWidth="7" strokeOpacity="0.25" strokeLinecap="round" />
      <path d={path.d} fill="none" stroke={colour} strokeWidth="1.8" strokeDasharray={desire ? '5 4' : undefined} />
      <circle cx={path.x} cy={path.y} r="4" fill={colour} />
    </svg>
  );
}
