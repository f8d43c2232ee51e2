import { TextInput } from '@mantine/core';
import { IconArrowRight, IconCheck, IconColumns, IconSearch, IconUser } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useSheet } from '../api/queries';
import { useTo } from '../address';
import type { Sheet } from '../api/nouns';
import { Window } from '../parts/Window';
import { Medium } from '../parts/Medium';
import { PLACES, PLAN } from './places';
import css from './shell.module.css';

interface Hit { id: string; name: string; kind: string; icon: ReactNode; to: string }

export function Palette({ close }: { close: () => void }) {
  return (
    <Window title="Search" close={close} size={560} bare>
      <Search close={close} />
    </Window>
  );
}

function hits(sheet: Sheet | undefined, to: ReturnType<typeof useTo>): Hit[] {
  const on = (id: string) => to('map', { selected: id });
  return [
    ...[...PLACES, ...PLAN].map(({ path, name, icon: Glyph }) => ({ id: path, name, kind: path.startsWith('plan') ? 'plan' : 'place', icon: <Glyph size={15} stroke={1.6} />, to: to(path) })),
    { id: 'bring', name: 'Bring a file', kind: 'data', icon: <IconArrowRight size={15} />, to: to('data/bring') },
    { id: 'transitions', name: 'Transitions', kind: 'journeys', icon: <IconArrowRight size={15} />, to: to('journeys/transitions') },
    ...(sheet?.stages ?? []).map((one) => ({ id: `s-${one.id}`, name: one.name, kind: 'stage', icon: <IconColumns size={15} stroke={1.6} />, to: on(`stage:${one.id}`) })),
    ...(sheet?.touchpoints ?? []).map((one) => ({ id: `t-${one.id}`, name: one.name, kind: 'touchpoint', icon: <Medium medium={one.medium} size={15} />, to: on(`touchpoint:${one.id}`) })),
    ...(sheet?.promises ?? []).map((one) => ({ id: `p-${one.id}`, name: one.name, kind: 'promise', icon: <IconCheck size={15} />, to: on(`promise:${one.id}`) })),
  ];
}

function Search({ close }: { close: () => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const to = useTo();
  const go = useNavigate();
  const sheet = useSheet().data;
  const found = useMemo(() => {
    const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const all = hits(sheet, to).filter((one) => words.every((word) => `${one.name} ${one.kind}`.toLowerCase().includes(word))).slice(0, 12);
    const id = text.trim();
    if (id.length > 2) all.push({ id: 'customer', name: `Customer “${id}”`, kind: 'story', icon: <IconUser size={15} stroke={1.6} />, to: /^c[0-9a-f]{16}$/.test(id) ? to(`customers/${id}`) : to('customers', { find: id }) });
    return all;
  }, [text, sheet, to]);
  const open = (hit: Hit | undefined) => { if (hit) { close(); void go(hit.to); } };
  const move = (step: number) => setAt((at + step + found.length) % Math.max(1, found.length));
  return (
    <div>
      <TextInput data-autofocus value={text} placeholder="A touchpoint, stage, page, or a customer’s id" aria-label="Search" role="combobox" aria-expanded aria-controls="hits"
        aria-activedescendant={found[at] ? `hit-${found[at].id}` : undefined} leftSection={<IconSearch size={15} aria-hidden />} variant="unstyled" size="md"
        onChange={(e) => { setText(e.target.value); setAt(0); }}
        onKeyDown={(e) => {
          if (e.key === 'ArrowDown') { e.preventDefault(); move(1); }
          if (e.key === 'ArrowUp') { e.preventDefault(); move(-1); }
          if (e.key === 'Enter') open(found[at]);
        }} />
      <ul id="hits" role="listbox" aria-label="Found" style={{ borderTop: '1px solid var(--line)', paddingTop: 6, maxHeight: 420, overflow: 'auto' }}>
        {found.map((hit, n) => (
          <li key={hit.id} id={`hit-${hit.id}`} role="option" aria-selected={n === at} className={css.hit} style={{ cursor: 'pointer', boxSizing: 'border-box' }}
            onMouseMove={() => setAt(n)} onClick={() => open(hit)}>
            {hit.icon} <span>{hit.name}</span> <small>{hit.kind}</small>
          </li>
        ))}
        {found.length === 0 && <li className="faint" style={{ padding: 12 }}>Nothing has this name.</li>}
      </ul>
    </div>
  );
}
