import { Button, Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAddress } from '../address';
import type { Summary } from '../api/nouns';
import { period } from '../words';
import css from './shell.module.css';

const DAY = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Stretches that end where the data ends, so that no preset is empty. */
function presets(summary: Summary): { name: string; first: string; last: string }[] {
  if (!summary.last_on) return [];
  const last = Date.parse(summary.last_on);
  const floor = summary.first_on ? Date.parse(summary.first_on) : -Infinity;
  const year = new Date(last).getUTCFullYear();
  const all = [
    { name: 'Last 30 days of data', first: last - 29 * DAY, last },
    { name: 'Last 90 days of data', first: last - 89 * DAY, last },
    { name: 'Last 12 months of data', first: last - 364 * DAY, last },
    ...[year, year - 1, year - 2].map((y) => ({ name: String(y), first: Date.UTC(y, 0, 1), last: Date.UTC(y, 11, 31) })),
  ];
  return all.filter((one) => one.last >= floor && one.first <= last).map((one) => ({ name: one.name, first: iso(one.first), last: iso(one.last) }));
}

export function PeriodPick({ summary }: { summary: Summary }) {
  const { get, set } = useAddress();
  const [open, setOpen] = useState(false);
  const [first, last] = [get('first_on'), get('last_on')];
  const pick = (first_on: string | null, last_on: string | null) => { set({ first_on, last_on }); setOpen(false); };
  const all = summary.first_on ? `all time` : 'all time';
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" width={290} trapFocus>
      <Popover.Target>
        <button type="button" className={css.chip} data-on={Boolean(first || last)} onClick={() => setOpen(!open)}>
          <small>Period</small> <b>{first || last ? period(first, last) : all}</b>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="stack" style={{ gap: 4 }}>
          <p className="faint small">Journeys that began in the period. Data: {period(summary.first_on, summary.last_on)}.</p>
          <Button variant="subtle" color="gray" justify="flex-start" onClick={() => pick(null, null)}>All time</Button>
          {presets(summary).map((one) => (
            <Button key={one.name} variant="subtle" color="gray" justify="flex-start" onClick={() => pick(one.first, one.last)}>{one.name}</Button>
          ))}
          <div className="row" style={{ marginTop: 8, alignItems: 'end' }}>
            <TextInput type="date" label="First day" size="xs" value={first} max={last || undefined} onChange={(e) => set({ first_on: e.target.value || null }, false)} style={{ flex: 1 }} />
            <TextInput type="date" label="Last day" size="xs" value={last} min={first || undefined} onChange={(e) => set({ last_on: e.target.value || null }, false)} style={{ flex: 1 }} />
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
