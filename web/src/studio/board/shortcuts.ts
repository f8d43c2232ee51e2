import { useEffect, useRef } from 'react';

interface Deeds { undo: () => void; redo: () => void; zoom: (by: number) => void; whole: () => void; keys: () => void }

/** Keys that hold on the whole page, wherever the focus is, but not while one types. */
export function useShortcuts(deeds: Deeds): void {
  const now = useRef(deeds);
  now.current = deeds;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target;
      if (target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest('[role=dialog]'))) return;
      const control = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      const take = (deed: () => void) => { event.preventDefault(); event.stopImmediatePropagation(); deed(); };
      if (control && key === 'z') return take(event.shiftKey ? now.current.redo : now.current.undo);
      if (control && key === 'y') return take(now.current.redo);
      if (control || event.altKey) return undefined;
      if (key === '?') return take(now.current.keys);
      if (key === '+' || key === '=') return take(() => now.current.zoom(1));
      if (key === '-') return take(() => now.current.zoom(-1));
      if (key === '0') return take(now.current.whole);
      return undefined;
    };
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, []);
}
