import { NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import type { BringShown } from '../../api/nouns';
import { FIELDS, ROWS, type Chosen } from './chosen';
import css from './take.module.css';

interface Props { shown: BringShown; chosen: Chosen; set: (next: Chosen) => void }

/** How the file was read, and where to correct it. A choice that changes the reading forgets those that hung on it. */
export function BringChoices({ shown, chosen, set }: Props) {
  const other = (patch: Partial<Chosen>) => set({ ...chosen, head: 0, label: '', lanes: {}, columns: {}, ...patch });
  return (
    <section aria-label="How it was read" className={css.brought}>
      <div className={css.ask}>
        <TextInput label="Name of the map" value={chosen.name || shown.name} maxLength={200} onChange={(event) => set({ ...chosen, name: event.currentTarget.value })} />
        {shown.sheets.length > 1 && <Select label={shown.shape === 'cjml' ? 'Journey' : 'Sheet'} data={shown.sheets} value={shown.sheet} allowDeselect={false} onChange={(sheet) => other({ sheet: sheet ?? '', shape: '' })} />}
        {shown.shape !== 'cjml' && (
          <Select label="It has" allowDeselect={false} value={shown.shape} onChange={(shape) => other({ shape: shape as Chosen['shape'] })}
            data={[{ value: 'wall', label: 'stages across, lanes down' }, { value: 'list', label: 'a row for each thing' }]} />
        )}
        {shown.shape !== 'cjml' && <NumberInput label={shown.shape === 'wall' ? 'Row with the stages' : 'Row with the columns’ names'} min={1} max={5000} value={shown.head} onChange={(head) => other({ head: Number(head) || 0, shape: shown.shape as Chosen['shape'] })} />}
        {shown.shape === 'wall' && <TextInput label="Column with the lanes" maxLength={3} value={chosen.label || shown.label} onChange={(event) => set({ ...chosen, label: event.currentTarget.value.toUpperCase().replace(/[^A-Z]/g, ''), lanes: {} })} />}
      </div>
      <Sides shown={shown} chosen={chosen} set={set} />
      {shown.rows.length > 0 && (
        <details open={shown.rows.some((row) => row.lane === 'own')}>
          <summary>What each row is</summary>
          <div className={css.ask} style={{ marginTop: 10 }}>
            {shown.rows.map((row) => <Select key={row.row} size="xs" label={`${row.row} · ${row.label || 'without a name'}`} data={ROWS} value={row.lane} allowDeselect={false} searchable onChange={(lane) => set({ ...chosen, lanes: { ...chosen.lanes, [row.row]: lane ?? 'skip' } })} />)}
          </div>
        </details>
      )}
      {shown.columns.length > 0 && (
        <details open={shown.columns.some((one) => one.field === 'skip')}>
          <summary>What each column holds</summary>
          <div className={css.ask} style={{ marginTop: 10 }}>
            {shown.columns.map((one) => <Select key={one.column} size="xs" label={`${one.column} · ${one.label || 'without a name'}`} description={one.example || undefined} data={FIELDS} value={one.field} allowDeselect={false} searchable onChange={(field) => set({ ...chosen, columns: { ...chosen.columns, [one.column]: field ?? 'skip' } })} />)}
          </div>
        </details>
      )}
    </section>
  );
}

/** Before or after the sale: where the seam lies. */
function Sides({ shown, chosen, set }: Props) {
  return (
    <details>
      <summary>Where the sale is: {shown.stages.filter((one) => one.side === 'buyer').length} stages before, {shown.stages.filter((one) => one.side === 'customer').length} after</summary>
      <div className={css.ask} style={{ marginTop: 10 }}>
        {shown.stages.map((one) => (
          <div key={one.name}>
            <span className="small" id={`side-${one.place}`}>{one.name}</span>
            <SegmentedControl size="xs" fullWidth aria-labelledby={`side-${one.place}`} value={one.side} data={[{ value: 'buyer', label: 'before' }, { value: 'customer', label: 'after' }]}
              onChange={(side) => set({ ...chosen, sides: { ...chosen.sides, [one.name]: side as 'buyer' | 'customer' } })} />
          </div>
        ))}
      </div>
    </details>
  );
}
