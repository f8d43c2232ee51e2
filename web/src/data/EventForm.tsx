import { ActionIcon, Autocomplete, Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { timeOf } from '../api/source';
import type { ColumnGuess, EventMap } from '../api/nouns';
import { FormatPick, PropertiesForm } from './PropertiesForm';
import css from './data.module.css';

/** One event a row gives: what it is called, when it happened, under which condition, with which properties. */
export function EventForm({ columns, event, change, remove, nth }: { columns: ColumnGuess[]; event: EventMap; change: (next: EventMap) => void; remove: () => void; nth: number }) {
  const names = columns.map((one) => one.name);
  const time = timeOf(event.time);
  const byColumn = event.event_column != null;
  const when = Object.entries(event.when ?? {});
  const setWhen = (next: [string, string | string[]][]) => change({ ...event, when: Object.fromEntries(next) });
  return (
    <fieldset className={css.event} style={{ margin: 0 }}>
      <legend className="unseen">Event {nth}</legend>
      <div className="row apart">
        <SegmentedControl aria-label="The event’s name is" value={byColumn ? 'column' : 'fixed'} data={[{ value: 'fixed', label: 'Always the same event' }, { value: 'column', label: 'A column names it' }]}
          onChange={(next) => change(next === 'column' ? { ...event, event: null, event_column: names[0] } : { ...event, event: 'Something Happened', event_column: null })} />
        <ActionIcon aria-label={`Remove event ${nth}`} onClick={remove}><IconTrash size={15} /></ActionIcon>
      </div>
      <div className={css.three}>
        {byColumn ? <Select label="Event’s name in" searchable data={names} value={event.event_column} onChange={(column) => change({ ...event, event_column: column })} allowDeselect={false} />
          : <TextInput label="Event" value={event.event ?? ''} onChange={(e) => change({ ...event, event: e.target.value })} placeholder="Order Placed" />}
        <Select label="Happened at" searchable data={names} value={time.column || null} onChange={(column) => change({ ...event, time: { ...time, column: column ?? '', format: columns.find((one) => one.name === column)?.format ?? null } })} allowDeselect={false} />
        <FormatPick label="Written as" column={time.column} value={time.format} change={(format) => change({ ...event, time: { ...time, format } })} />
        <Autocomplete label="Channel" placeholder="none, a word, or a column" data={names} value={event.channel_column ?? event.channel ?? ''} onChange={(text) => change(names.includes(text) ? { ...event, channel: null, channel_column: text } : { ...event, channel: text || null, channel_column: null })} />
        <Select label="Where the time is blank" data={[{ value: 'auto', label: 'as usual' }, { value: 'skip', label: 'there is no such event' }, { value: 'refuse', label: 'refuse the row' }]} value={event.blank_time ?? 'auto'} allowDeselect={false}
          onChange={(next) => change({ ...event, blank_time: next === 'auto' ? null : (next as 'skip') })} />
        <TextInput label="Order among equal times" type="number" value={event.rank ?? 0} onChange={(e) => change({ ...event, rank: Math.trunc(Number(e.target.value)) || 0 })} />
      </div>
      <div>
        <p className="small" style={{ fontWeight: 500, marginBottom: 4 }}>Only rows where</p>
        {when.map(([column, values], n) => (
          <div key={column} className="row" style={{ marginBottom: 6 }}>
            <Select aria-label="Condition’s column" size="xs" searchable data={names} value={column} allowDeselect={false} onChange={(next) => setWhen(when.map((one, i) => (i === n ? [next ?? column, one[1]] : one)))} />
            <span className="soft">is</span>
            <Autocomplete aria-label="Condition’s values, parted by |" size="xs" style={{ flex: 1 }} data={columns.find((one) => one.name === column)?.samples ?? []} value={[values].flat().join(' | ')}
              onChange={(text) => { const list = text.split('|').map((one) => one.trim()); setWhen(when.map((one, i) => (i === n ? [column, list.length > 1 ? list : (list[0] ?? '')] : one))); }} />
            <ActionIcon aria-label="Remove the condition" onClick={() => setWhen(when.filter((_, i) => i !== n))}><IconX size={14} /></ActionIcon>
          </div>
        ))}
        <Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={12} aria-hidden />} onClick={() => { const free = names.find((name) => !when.some(([one]) => one === name)); if (free) setWhen([...when, [free, '']]); }}>{when.length ? 'Another condition' : 'Every row; add a condition'}</Button>
      </div>
      <div>
        <p className="small" style={{ fontWeight: 500, marginBottom: 4 }}>What travels with it</p>
        <PropertiesForm columns={columns} value={event.properties ?? {}} change={(properties) => change({ ...event, properties })} label="Add a property" />
      </div>
    </fieldset>
  );
}
