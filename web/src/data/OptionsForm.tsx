import { Autocomplete, Select, TextInput } from '@mantine/core';
import { kindOf } from '../api/source';
import type { Dropped, Source } from '../api/nouns';
import { bytes } from '../words';
import css from './data.module.css';

const ZONES: string[] = Intl.supportedValuesOf('timeZone');
const NAMES: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

/** How the file is written, and what the source is called. */
export function OptionsForm({ dropped, source, change }: { dropped: Dropped; source: Source; change: (next: Source) => void }) {
  const options = source.options ?? {};
  const set = (patch: Partial<typeof options>) => change({ ...source, options: { ...options, ...patch } });
  const text = source.format === 'csv' || source.format === 'tsv';
  return (
    <div className={css.three}>
      <TextInput key={source.source} label="Source’s name" description="small letters, digits, _" defaultValue={source.source} onBlur={(e) => change({ ...source, source: kindOf(e.target.value) })} />
      <TextInput label="About" description={`${dropped.name}, ${bytes(dropped.size)}`} value={source.about ?? ''} onChange={(e) => change({ ...source, about: e.target.value })} />
      <Autocomplete label="Zone of its times" description="blank: the brand’s" data={ZONES} limit={40} value={source.zone ?? ''} onChange={(zone) => change({ ...source, zone: zone || null })} />
      {text && <Select label="Delimiter" data={[...new Set([options.delimiter ?? ',', ',', ';', '\t', '|'])].map((one) => ({ value: one, label: NAMES[one] ?? one }))} value={options.delimiter ?? ','} allowDeselect={false} onChange={(delimiter) => set({ delimiter })} />}
      {text && <Autocomplete label="Encoding" data={['utf-8', 'windows-1252', 'iso-8859-1', 'utf-16']} value={options.encoding ?? ''} placeholder="found out" onChange={(encoding) => set({ encoding: encoding || null })} />}
      {dropped.guess.sheets.length > 1 && <Select label="Sheet" data={dropped.guess.sheets} value={options.sheet ?? dropped.guess.sheets[0]} allowDeselect={false} onChange={(sheet) => set({ sheet })} />}
      {(text || source.format === 'xlsx') && <TextInput label="Header in line" type="number" min={1} value={options.header_line ?? 1} onChange={(e) => set({ header_line: Math.max(1, Math.trunc(Number(e.target.value)) || 1) })} />}
      {text && <Select label="Decimal sign" data={[{ value: '.', label: 'point' }, { value: ',', label: 'comma' }]} value={options.decimal ?? '.'} allowDeselect={false} onChange={(decimal) => set({ decimal: decimal as '.' })} />}
    </div>
  );
}
