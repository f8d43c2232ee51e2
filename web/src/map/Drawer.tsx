import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useBoard } from './context';
import { EventSheet, MomentSheet, SeamSheet, WaySheet } from './sheets/Others';
import { PromiseSheet } from './sheets/PromiseSheet';
import { StageSheet } from './sheets/StageSheet';
import { TouchpointSheet } from './sheets/TouchpointSheet';
import css from './map.module.css';

/** Everything about what is selected, over the page so that its place stays in sight. */
export function Drawer() {
  const { what, select, sheet } = useBoard();
  const box = useRef<HTMLElement>(null);
  const key = what ? `${what.kind}:${what.id}` : '';
  useEffect(() => { void box.current?.scrollTo({ top: 0 }); }, [key]);
  useEffect(() => {
    const list = sheet.touchpoints;
    const press = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement || what?.kind !== 'touchpoint') return;
      const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (!step || (event.target instanceof HTMLElement && event.target.closest('[role=slider],[role=radiogroup]'))) return;
      const at = list.findIndex((one) => one.id === what.id);
      const next = list[at + step];
      if (next) { event.preventDefault(); select(`touchpoint:${next.id}`); }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [what, sheet, select]);
  if (!what) return null;
  const parts = { touchpoint: TouchpointSheet, stage: StageSheet, promise: PromiseSheet, way: WaySheet, moment: MomentSheet, event: EventSheet, seam: SeamSheet };
  const Part = parts[what.kind];
  return (
    <aside ref={box} className={css.drawer} aria-label="What is selected" tabIndex={0}>
      <ActionIcon onClick={() => select(null)} aria-label="Close" style={{ position: 'absolute', right: 14, top: 14 }}><IconX size={16} stroke={1.6} /></ActionIcon>
      <Part key={key} id={what.id} />
    </aside>
  );
}
