import { Checkbox, Select, TextInput } from '@mantine/core';
import { kindOf } from '../api/source';
import type { ColumnGuess, Properties, Source } from '../api/nouns';
import css from './data.module.css';

type Role = 'person' | 'object' | '';

const roleOf = (source: Source, column: string): { role: Role; kind: string } => {
  const person = Object.entries(source.people ?? {}).find(([, name]) => name === column);
  if (person) return { role: 'person', kind: person[0] };
  const object = Object.entries(source.objects ?? {}).find(([, name]) => name === column);
  return object ? { role: 'object', kind: object[0] } : { role: '', kind: '' };
};

/** Whose and about what: which columns name people and objects, which make a row's key. */
export function ColumnsTable({ columns, source, change }: { columns: ColumnGuess[]; source: Source; change: (next: Source) => void }) {
  const drop = (map: Record<string, string> | undefined, column: string) => Object.fromEntries(Object.entries(map ?? {}).filter(([, name]) => name !== column));
  const set = (column: string, role: Role, kind: string) => {
    const people = drop(source.people, column);
    const objects = drop(source.objects, column);
    const safe = kindOf(kind || column);
    if (role === 'person') people[safe] = column;
    if (role === 'object') objects[safe] = column;
    const events = source.events?.map((one) => (role ? { ...one, properties: without(one.properties ?? {}, column) } : one));
    change({ ...source, people, objects, events });
  };
  const key = new Set(source.key ?? []);
  const used = usage(source);
  return (
    <div className="tablewrap" tabIndex={0} role="region" aria-label="Columns">
      <table className="list">
        <thead><tr><th scope="col">Column</th><th scope="col">Names a</th><th scope="col">Kind</th><th scope="col">Key</th><th scope="col">Used as</th></tr></thead>
        <tbody>
          {columns.map((column) => {
            const { role, kind } = roleOf(source, column.name);
            return (
              <tr key={column.name}>
                <td><b style={{ fontWeight: 560, overflowWrap: 'anywhere' }}>{column.name}</b><div className={css.samples} title={column.samples.join(' · ')}>{column.samples.slice(0, 3).join(' · ') || 'blank'}</div><span className="faint small">looks like {column.looks_like}{column.unique ? ', each once' : ''}{(column.blank_rate ?? 0) > 0.005 ? `, ${Math.round(100 * column.blank_rate!)} % blank` : ''}</span>{column.note && <><br /><span className="doubt small">{column.note}</span></>}</td>
                <td><Select aria-label={`${column.name} names a`} size="xs" w={104} data={[{ value: '-', label: '–' }, { value: 'person', label: 'person' }, { value: 'object', label: 'object' }]} value={role || '-'} allowDeselect={false} onChange={(next) => set(column.name, next === '-' ? '' : (next as Role), kind)} /></td>
                <td>{role && <TextInput key={role + kind} aria-label={`Kind of ${column.name}`} size="xs" w={112} defaultValue={kind} onBlur={(e) => { if (e.target.value !== kind) set(column.name, role, e.target.value); }} />}</td>
                <td><Checkbox aria-label={`${column.name} is in the key`} size="xs" checked={key.has(column.name)} onChange={(e) => change({ ...source, key: columns.map((one) => one.name).filter((name) => (name === column.name ? e.target.checked : key.has(name))) })} /></td>
                <td className="soft small">{used.get(column.name)?.join(', ') ?? <span className="faint">left out</span>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** An identifier is said once: what names a person or an object does not travel as a property as well. */
const without = (properties: Properties, column: string): Properties => Object.fromEntries(Object.entries(properties).filter(([, one]) => (typeof one === 'string' ? one : one.column) !== column));

/** What each column is used for, in words. */
function usage(source: Source): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (column: string | null | undefined, words: string) => { if (column) found.set(column, [...new Set([...(found.get(column) ?? []), words])]); };
  const of = (one: unknown): string => (typeof one === 'string' ? one : ((one as { column?: string } | null)?.column ?? ''));
  for (const column of source.key ?? []) add(column, 'key');
  for (const column of Object.values(source.people ?? {})) add(column, 'person');
  for (const column of Object.values(source.objects ?? {})) add(column, 'object');
  for (const event of source.events ?? []) {
    add(of(event.time), 'time'); add(event.event_column, 'event’s name'); add(event.channel_column, 'channel');
    for (const property of Object.values(event.properties ?? {})) add(of(property), 'property');
    for (const column of Object.keys(event.when ?? {})) add(column, 'condition');
  }
  for (const traits of source.traits ?? []) { add(of(traits.at), 'time'); for (const one of Object.values(traits.properties)) add(of(one), `trait of ${traits.of}`); }
  for (const figure of source.figures ?? []) { add(of(figure.on), 'day'); add(figure.value, 'figure'); add(figure.touchpoint_column, 'touchpoint'); }
  for (const seen of source.observations ?? []) { add(of(seen.at), 'time'); add(seen.score, 'score'); add(seen.note, 'note'); add(seen.observer, 'observer'); add(seen.touchpoint_column, 'touchpoint'); }
  return found;
}
