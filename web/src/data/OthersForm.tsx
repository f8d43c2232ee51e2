import { ActionIcon, Autocomplete, Button, Menu, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { columnOf, timeOf } from '../api/source';
import type { ColumnGuess, Source } from '../api/nouns';
import { PropertiesForm } from './PropertiesForm';
import css from './data.module.css';

interface Props { columns: ColumnGuess[]; source: Source; change: (next: Source) => void }

/** What a row gives besides events: traits of someone, figures of a day, what someone saw. */
export function OthersForm({ columns, source, change }: Props) {
  const names = columns.map((one) => one.name);
  const kinds = [...Object.keys(source.people ?? {}), ...Object.keys(source.objects ?? {})];
  const set = <K extends 'traits' | 'figures' | 'observations'>(key: K, list: NonNullable<Source[K]>) => change({ ...source, [key]: list });
  const replace = <T,>(list: T[], at: number, next: T) => list.map((one, n) => (n === at ? next : one));
  const without = <T,>(list: T[], at: number) => list.filter((_, n) => n !== at);
  const trash = (words: string, act: () => void) => <ActionIcon aria-label={words} onClick={act}><IconTrash size={15} /></ActionIcon>;
  const touchpoint = (one: { touchpoint?: string | null; touchpoint_column?: string | null }, put: (next: { touchpoint: string | null; touchpoint_column: string | null }) => void) => (
    <Autocomplete label="Touchpoint" placeholder="its id, or a column" data={names} value={one.touchpoint_column ?? one.touchpoint ?? ''} onChange={(text) => put(names.includes(text) ? { touchpoint: null, touchpoint_column: text } : { touchpoint: text || null, touchpoint_column: null })} />
  );
  const { traits = [], figures = [], observations = [] } = source;
  return (
    <div className="stack">
      {traits.map((one, n) => (
        <div key={`t${n}`} className={css.event}>
          <div className="row apart"><h3>Traits</h3>{trash('Remove these traits', () => set('traits', without(traits, n)))}</div>
          <div className={css.three}>
            <Select label="They describe the" data={kinds} value={one.of} allowDeselect={false} onChange={(of) => of && set('traits', replace(traits, n, { ...one, of }))} />
            <Select label="Known at" clearable data={names} value={columnOf(one.at) || null} onChange={(at) => set('traits', replace(traits, n, { ...one, at: at ? { ...timeOf(one.at), column: at } : null }))} />
          </div>
          <PropertiesForm columns={columns} value={one.properties} change={(properties) => set('traits', replace(traits, n, { ...one, properties }))} label="Add a trait" />
        </div>
      ))}
      {figures.map((one, n) => (
        <div key={`f${n}`} className={css.event}>
          <div className="row apart"><h3>Figure of a day</h3>{trash('Remove this figure', () => set('figures', without(figures, n)))}</div>
          <div className={css.three}>
            <TextInput label="Name" value={one.name} onChange={(e) => set('figures', replace(figures, n, { ...one, name: e.target.value }))} />
            <Select label="Day" searchable data={names} value={columnOf(one.on) || null} onChange={(on) => on && set('figures', replace(figures, n, { ...one, on: { ...timeOf(one.on), column: on } }))} />
            <Select label="Value" searchable data={names} value={one.value || null} onChange={(value) => value && set('figures', replace(figures, n, { ...one, value }))} />
            <TextInput label="Unit" value={one.unit ?? ''} onChange={(e) => set('figures', replace(figures, n, { ...one, unit: e.target.value || null }))} />
            {touchpoint(one, (next) => set('figures', replace(figures, n, { ...one, ...next })))}
          </div>
        </div>
      ))}
      {observations.map((one, n) => (
        <div key={`o${n}`} className={css.event}>
          <div className="row apart"><h3>What someone saw</h3>{trash('Remove this observation', () => set('observations', without(observations, n)))}</div>
          <div className={css.three}>
            <Select label="Seen at" searchable data={names} value={columnOf(one.at) || null} onChange={(at) => at && set('observations', replace(observations, n, { ...one, at: { ...timeOf(one.at), column: at } }))} />
            {touchpoint(one, (next) => set('observations', replace(observations, n, { ...one, ...next })))}
            {(['observer', 'score', 'note'] as const).map((key) => <Select key={key} label={key[0].toUpperCase() + key.slice(1)} clearable searchable data={names} value={one[key] ?? null} onChange={(column) => set('observations', replace(observations, n, { ...one, [key]: column }))} />)}
          </div>
        </div>
      ))}
      <div>
        <Menu shadow="md" position="bottom-start">
          <Menu.Target><Button variant="subtle" leftSection={<IconPlus size={13} aria-hidden />}>Something else a row gives</Button></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item disabled={!kinds.length} onClick={() => set('traits', [...traits, { of: kinds[0], properties: {} }])}>Traits of a person or object</Menu.Item>
            <Menu.Item onClick={() => set('figures', [...figures, { on: names[0], name: 'figure', value: names[1] ?? names[0] }])}>A figure of a day</Menu.Item>
            <Menu.Item onClick={() => set('observations', [...observations, { at: names[0] }])}>What someone saw</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </div>
  );
}
