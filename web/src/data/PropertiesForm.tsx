import { ActionIcon, Autocomplete, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { asProperty, FORMATS, kindOf, propertyOf } from '../api/source';
import type { ColumnGuess, Properties, Property, PropertyType } from '../api/nouns';
import css from './data.module.css';

const TYPE_NAMES: Record<PropertyType, string> = { text: 'text', number: 'number', flag: 'yes or no', date: 'day', time: 'time', money: 'money' };

/** Columns that travel with an event (or describe someone): each with a name and a type. */
export function PropertiesForm({ columns, value, change, label }: { columns: ColumnGuess[]; value: Properties; change: (next: Properties) => void; label: string }) {
  const entries = Object.entries(value).map(([name, one]) => [name, propertyOf(one)] as const);
  const put = (at: string, name: string, next: Property) => change(Object.fromEntries(entries.map(([old, one]) => (old === at ? [name, next] : [old, one]))));
  const free = columns.filter((column) => !entries.some(([, one]) => one.column === column.name));
  return (
    <div style={{ display: 'grid', gap: 6 }}>
      {entries.map(([name, one]) => (
        <div key={one.column} className={css.prop}>
          <span className="soft" style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }} title={one.column}>{one.column}</span>
          <TextInput key={name} aria-label={`Name of ${one.column}`} size="xs" defaultValue={name} onBlur={(e) => { const next = kindOf(e.target.value); if (next !== name && !(next in value)) put(name, next, one); }} />
          <Select aria-label={`Type of ${one.column}`} size="xs" allowDeselect={false} data={Object.entries(TYPE_NAMES).map(([type, words]) => ({ value: type, label: words }))} value={one.type ?? 'text'}
            onChange={(type) => put(name, name, { column: one.column, type: type as PropertyType, currency: type === 'money' ? (one.currency ?? 'EUR') : null })} />
          {one.type === 'money' ? <Autocomplete aria-label={`Currency of ${one.column}`} size="xs" placeholder="EUR or a column" data={['EUR', 'USD', 'GBP', 'BRL', ...columns.map((c) => c.name)]} value={one.currency_column ?? one.currency ?? ''}
            onChange={(text) => put(name, name, /^[A-Z]{3}$/.test(text) ? { ...one, currency: text, currency_column: null } : { ...one, currency: null, currency_column: text || null })} />
            : one.type === 'date' || one.type === 'time' ? <FormatPick column={one.column} value={one.format} change={(format) => put(name, name, { ...one, format })} /> : <span />}
          <ActionIcon aria-label={`Leave out ${one.column}`} onClick={() => change(Object.fromEntries(entries.filter(([other]) => other !== name)))}><IconX size={14} /></ActionIcon>
        </div>
      ))}
      <Select aria-label={label} placeholder={label} size="xs" searchable value={null} w={240} data={free.map((column) => column.name)}
        onChange={(column) => { const found = columns.find((one) => one.name === column); if (found) { let name = kindOf(found.name); while (name in value) name += '_2'; change({ ...value, [name]: asProperty(found) }); } }} />
    </div>
  );
}

/** How a time is written: chosen from the usual, or a pattern of one's own. */
export function FormatPick({ column, value, change, label }: { column: string; label?: string; value: string | null | undefined; change: (format: string | null) => void }) {
  return (
    <Autocomplete label={label} aria-label={label ? undefined : `How ${column} is written`} size={label ? 'sm' : 'xs'} placeholder="ISO, or a pattern such as %d/%m/%Y" value={value ?? ''} onChange={(text) => change(text.trim() || null)}
      data={FORMATS.map((one) => one.value)} filter={({ options }) => options} renderOption={({ option }) => <span>{FORMATS.find((one) => one.value === option.value)?.label} <span className="faint">{option.value}</span></span>} />
  );
}
