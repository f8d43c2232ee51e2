import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { useTo } from '../address';
import { Window } from '../parts/Window';
import { PLACES, PLAN } from './places';

interface Deeds { palette: () => void; keys: () => void; fold: () => void }

const busy = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** Single keys and two-key ways (`g m`: go to the map); silent while someone types. */
export function useKeys(deeds: Deeds): void {
  const go = useNavigate();
  const to = useTo();
  const first = useRef('');
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key === 'k') { event.preventDefault(); deeds.palette(); return; }
      if (busy(event.target) || event.metaKey || event.ctrlKey || event.altKey) return;
      const pair = [...PLACES, ...PLAN].find((one) => one.keys === `${first.current} ${event.key}`);
      first.current = event.key;
      if (pair) { first.current = ''; void go(to(pair.path)); return; }
      if (event.key === '/') { event.preventDefault(); deeds.palette(); }
      if (event.key === '?') deeds.keys();
      if (event.key === '[') deeds.fold();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [deeds, go, to]);
}

const OTHERS: [string, string][] = [
  ['/', 'Search'], ['⌘ K', 'Search, from anywhere'], ['?', 'These keys'], ['[', 'Narrow or widen the side'], ['Esc', 'Close the drawer or a window'],
  ['+ −', 'On the map: zoom in and out'], ['← →', 'On the map, drawer open: the touchpoint before and after'],
];

export function Keys({ close }: { close: () => void }) {
  const line = (keys: string, name: string) => (
    <div key={keys} className="row apart" style={{ padding: '5px 0' }}>
      <dt>{name}</dt>
      <dd className="row" style={{ gap: 4 }}>{keys.split(' ').map((key) => <kbd key={key} className="key">{key}</kbd>)}</dd>
    </div>
  );
  return (
    <Window title="Keys" close={close} size={620}>
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 40 }}>
        <dl>{OTHERS.map(([keys, name]) => line(keys, name))}</dl>
        <dl>{[...PLACES, ...PLAN].map((one) => line(one.keys, one.name))}</dl>
      </div>
    </Window>
  );
}
