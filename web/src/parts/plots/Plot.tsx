import { useElementSize } from '@mantine/hooks';
import { useId, type KeyboardEvent, type ReactNode } from 'react';
import css from './plots.module.css';

export interface Area { left: number; right: number; top: number; bottom: number; width: number; height: number }

/** The ground of a drawing: as wide as its place, letters always in their own size. */
export function Plot({ label, height, margin = [10, 16, 28, 56], chosen, children, group = false }: {
  label: string; height: number; margin?: [number, number, number, number];
  /** Marks one steps through with the arrow keys: which one, how many, its words, and what Enter does. */
  chosen?: { at: number; of: number; words: string; pick: (at: number) => void; open?: () => void };
  /** The marks are links or buttons of their own. */
  group?: boolean;
  children: (area: Area) => ReactNode;
}) {
  const { ref, width } = useElementSize();
  const [top, right, bottom, left] = margin;
  const area = { left, right: Math.max(left + 40, width - right), top, bottom: height - bottom, width, height };
  const keys = (event: KeyboardEvent) => {
    if (!chosen) return;
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -chosen.of, End: chosen.of }[event.key];
    if (event.key === 'Enter' && chosen.open) { event.preventDefault(); chosen.open(); }
    if (step === undefined) return;
    event.preventDefault();
    chosen.pick(Math.min(chosen.of - 1, Math.max(0, chosen.at + step)));
  };
  const role = chosen && chosen.of > 0 ? { role: 'slider', tabIndex: 0, 'aria-valuemin': 0, 'aria-valuemax': chosen.of - 1, 'aria-valuenow': chosen.at, 'aria-valuetext': chosen.words, onKeyDown: keys } : { role: group ? 'group' : 'img' };
  return (
    <div ref={ref} className={css.plot} style={{ minHeight: height }}>
      {width > 0 && <svg width={width} height={height} aria-label={label} className={css.svg} {...role}>{children(area)}</svg>}
    </div>
  );
}

/** Hatching: of few in the mark's own colour, of the unknown in grey. */
export function useHatch(colour = 'var(--control)', wide = 5): { paint: string; defs: ReactNode } {
  const id = useId();
  return {
    paint: `url(#${id})`,
    defs: (
      <defs>
        <pattern id={id} width={wide} height={wide} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2={wide} stroke={colour} strokeWidth={wide * 0.45} />
        </pattern>
      </defs>
    ),
  };
}
