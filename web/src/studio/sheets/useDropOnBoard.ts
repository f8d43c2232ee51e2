import { useCallback, useEffect, useRef, useState, type DragEvent } from 'react';
import { takesCards } from '../board/lanes';
import { INSIGHT } from './InsightLine';

const cellAt = (target: EventTarget | null): HTMLElement | null => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
  return cell && cell.dataset.stage && takesCards(cell.dataset.lane ?? '') ? cell : null;
};

/** Lets an insight of the library be dropped on a cell of the board that takes cards. */
export function useDropOnBoard(place: (insight: string, stage: string, lane: string) => void): { start: (event: DragEvent) => void; end: () => void } {
  const [held, setHeld] = useState('');
  const placing = useRef(place);
  placing.current = place;
  useEffect(() => {
    if (!held) return;
    let lit: HTMLElement | null = null;
    const light = (cell: HTMLElement | null) => {
      if (cell === lit) return;
      if (lit) lit.style.outline = '';
      if (cell) { cell.style.outline = '2px dashed var(--accent)'; cell.style.outlineOffset = '-2px'; }
      lit = cell;
    };
    const over = (event: globalThis.DragEvent) => {
      const cell = cellAt(event.target);
      light(cell);
      if (cell) { event.preventDefault(); if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'; }
    };
    const drop = (event: globalThis.DragEvent) => {
      const cell = cellAt(event.target);
      if (cell) { event.preventDefault(); event.stopPropagation(); placing.current(held, cell.dataset.stage!, cell.dataset.lane!); }
      light(null);
      setHeld('');
    };
    document.addEventListener('dragover', over, true);
    document.addEventListener('drop', drop, true);
    return () => { light(null); document.removeEventListener('dragover', over, true); document.removeEventListener('drop', drop, true); };
  }, [held]);
  return { start: useCallback((event) => setHeld(event.dataTransfer.getData(INSIGHT)), []), end: useCallback(() => setHeld(''), []) };
}
