import { Button, NumberInput, Popover, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAddress } from '../address';
import { useSeen, useSummary } from '../api/queries';
import { useLook, type Look as Looked } from './looked';
import css from './journeys.module.css';

const LEVELS = [
  { value: 'touchpoint', label: 'Touchpoints' },
  { value: 'event', label: 'Events' },
  { value: 'channel', label: 'Channels' },
  { value: 'source', label: 'Sources' },
];

/** What a step is, whose journeys, where they are cut, which events count: one row above every answer. */
export function Look({ children, cut = true }: { children?: ReactNode; cut?: boolean }) {
  const { set } = useAddress();
  const look = useLook();
  const summary = useSummary().data;
  const subjects = [...new Set(['customer', ...(summary?.journeys.map((one) => one.subject) ?? []), look.subject])];
  return (
    <div className={css.look} role="group" aria-label="How to look at journeys">
      <SegmentedControl aria-label="Steps are" value={look.level} onChange={(level) => set({ level, starts: null, ends: null }, false)} data={summary?.has_plan === false ? LEVELS.slice(1) : LEVELS} />
      {subjects.length > 1 && <Select aria-label="Journeys of a" size="xs" w={130} allowDeselect={false} value={look.subject} onChange={(subject) => set({ subject }, false)} data={subjects.map((one) => ({ value: one, label: `per ${one}` }))} />}
      {cut && <Cut look={look} />}
      <Where look={look} />
      {children}
    </div>
  );
}

const UNITS = [{ value: 'm', label: 'minutes' }, { value: 'h', label: 'hours' }, { value: 'd', label: 'days' }];

function cutSays(look: Looked): string {
  if (look.gap) return `cut by ${look.gap} of silence`;
  if (look.starts && look.ends) return `${look.starts} to ${look.ends}`;
  if (look.starts) return `from ${look.starts}`;
  if (look.ends) return `up to ${look.ends}`;
  return 'whole';
}

function Cut({ look }: { look: Looked }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" width={340} trapFocus>
      <Popover.Target><Button variant="default" aria-label="Where journeys are cut" onClick={() => setOpen(!open)}>{cutSays(look)}</Button></Popover.Target>
      <Popover.Dropdown>{open && <CutForm look={look} done={() => setOpen(false)} />}</Popover.Dropdown>
    </Popover>
  );
}

function CutForm({ look, done }: { look: Looked; done: () => void }) {
  const { set } = useAddress();
  const [much, setMuch] = useState<number | string>(Number.parseInt(look.gap ?? '', 10) || 30);
  const [unit, setUnit] = useState(look.gap?.replace(/^\d+/, '') || 'm');
  const [starts, setStarts] = useState(look.starts ?? '');
  const [ends, setEnds] = useState(look.ends ?? '');
  const steps = look.steps;
  const cut = (patch: Record<string, string | null>) => { set({ gap: null, starts: null, ends: null, ...patch }, false); done(); };
  const pick = (label: string, value: string, change: (value: string) => void) => (
    <Select label={label} size="xs" searchable clearable data={steps} value={value || null} onChange={(next) => change(next ?? '')} comboboxProps={{ withinPortal: false }} />
  );
  return (
    <div className="stack">
      <p className="faint small">A journey is all of a person’s events, or a part of them.</p>
      <div className="row" style={{ alignItems: 'flex-end' }}>
        <NumberInput label="A silence longer than" size="xs" min={1} value={much} onChange={setMuch} w={120} />
        <Select aria-label="Unit" size="xs" w={100} allowDeselect={false} data={UNITS} value={unit} onChange={(next) => setUnit(next ?? 'm')} comboboxProps={{ withinPortal: false }} />
        <Button onClick={() => cut({ gap: `${Number(much) || 30}${unit}` })}>Cut there</Button>
      </div>
      <div className="stack" style={{ gap: 6 }}>
        {pick('It begins at', starts, setStarts)}
        {pick('It ends at', ends, setEnds)}
        <Button disabled={!starts && !ends} onClick={() => cut({ starts: starts || null, ends: ends || null })}>Cut there</Button>
      </div>
      <Button variant="default" onClick={() => cut({})}>Whole, as planned</Button>
    </div>
  );
}

function Where({ look }: { look: Looked }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" width={360} trapFocus>
      <Popover.Target><Button variant="default" aria-label="Which events count" onClick={() => setOpen(!open)}>{look.where ? `only ${look.where}` : 'all events'}</Button></Popover.Target>
      <Popover.Dropdown>{open && <WhereForm look={look} done={() => setOpen(false)} />}</Popover.Dropdown>
    </Popover>
  );
}

function WhereForm({ look, done }: { look: Looked; done: () => void }) {
  const { set } = useAddress();
  const seen = useSeen().data ?? [];
  const [text, setText] = useState(look.where ?? '');
  const channels = [...new Set(seen.flatMap((one) => one.channels))].filter(Boolean).sort();
  const save = (where: string) => { set({ where: where || null }, false); done(); };
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); save(text.trim()); }}>
      <TextInput label="Only events that fit" size="xs" value={text} onChange={(event) => setText(event.currentTarget.value)} placeholder="channel:web; not event:Page viewed" />
      {channels.length > 0 && <div className="row wrap">{channels.slice(0, 8).map((one) => <Button key={one} type="button" variant="light" size="compact-xs" onClick={() => save(`channel:${one}`)}>{one} only</Button>)}</div>}
      <div className="row apart"><Button type="button" variant="default" onClick={() => save('')}>All events</Button><Button type="submit">Show these</Button></div>
    </form>
  );
}
