import { Popover } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useAddress } from '../address';
import type { Summary } from '../api/nouns';
import { say } from './segment';
import css from './shell.module.css';

const load = () => import('./SegmentBuilder');
const Builder = lazy(async () => ({ default: (await load()).Builder }));

export function SegmentPick({ summary }: { summary: Summary }) {
  const { get, set } = useAddress();
  const [open, setOpen] = useState(false);
  const now = get('segment');
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" width={460} trapFocus>
      <Popover.Target>
        <button type="button" className={css.chip} data-on={Boolean(now)} onMouseEnter={() => void load()} onFocus={() => void load()} onClick={() => setOpen(!open)}>
          <small>Segment</small> <b>{now ? say(now) : 'everyone'}</b>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        {open && <Suspense fallback={null}><Builder key={now} summary={summary} start={now} done={(rule) => { set({ segment: rule || null }); setOpen(false); }} /></Suspense>}
      </Popover.Dropdown>
    </Popover>
  );
}
