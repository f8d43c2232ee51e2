import { Select, TextInput } from '@mantine/core';
import { useAddress } from '../address';
import { usePublished, useSavedSegments, useVersions } from '../api/queries';
import { parse, say } from '../shell/segment';
import css from './why.module.css';

/** How side B is chosen; the address holds only what it comes to. */
export type Way = 'others' | 'everybody' | 'segment' | 'period' | 'persona' | 'version';
const WAYS: { value: Way; label: string }[] = [
  { value: 'others', label: 'everybody else, or the days before' }, { value: 'everybody', label: 'everybody' }, { value: 'segment', label: 'another segment' },
  { value: 'period', label: 'other days' }, { value: 'persona', label: 'a persona' }, { value: 'version', label: 'another version of the plan' },
];
const NOBODY = { b_segment: null, b_first_on: null, b_last_on: null, b_persona: null, b_version: null, b: null };

export function useWay(): Way {
  const { get } = useAddress();
  if (get('b')) return get('b') as Way;
  if (get('b_version')) return 'version';
  if (get('b_persona')) return 'persona';
  if (get('b_first_on') || get('b_last_on')) return 'period';
  return get('b_segment') === '*' ? 'everybody' : get('b_segment') ? 'segment' : 'others';
}

/** Side A is what the bar above says; here stands what it is held against. */
export function SidePick() {
  const { get, set } = useAddress();
  const way = useWay();
  const plan = usePublished().data;
  const versions = useVersions().data ?? [];
  const saved = useSavedSegments().data ?? [];
  const personas = (plan?.personas ?? []).map((one) => ({ value: one.id, label: one.segment ? one.name : `${one.name} (an assumption: no segment)`, disabled: !one.segment }));
  const choose = (next: string | null) => set({ ...NOBODY, b_segment: next === 'everybody' ? '*' : null, b: next && !['others', 'everybody'].includes(next) ? next : null }, false);
  const segments = saved.map((one) => ({ value: `saved:${one.id}`, label: one.name }));
  return (
    <div className={css.choose} style={{ gridTemplateColumns: 'minmax(180px, 1fr) minmax(220px, 1fr) minmax(240px, 1.6fr)' }}>
      <Select label="A: of those chosen above, this persona" placeholder="all of them" clearable data={personas} value={get('persona') || null} onChange={(value) => set({ persona: value }, false)} />
      <Select label="B: held against" data={WAYS} value={way} onChange={choose} allowDeselect={false} />
      {way === 'segment' && (segments.length > 0 && !get('b_segment').includes(';')
        ? <Select label="B’s segment" placeholder="choose a saved one" data={[...segments, ...other(get('b_segment'), segments)]} value={get('b_segment') || null} onChange={(value) => set({ b_segment: value }, false)} searchable />
        : <TextInput key={get('b_segment')} label="B’s customers" description="a rule such as channel:shop" defaultValue={get('b_segment')} onBlur={(event) => set({ b_segment: event.currentTarget.value || null }, false)} onKeyDown={(event) => { if (event.key === 'Enter') event.currentTarget.blur(); }} />)}
      {way === 'period' && <Days />}
      {way === 'persona' && <Select label="B’s persona" placeholder="choose one" data={personas} value={get('b_persona') || null} onChange={(value) => set({ b_persona: value }, false)} />}
      {way === 'version' && <Select label="B’s version" placeholder="choose one" data={versions.map((one) => ({ value: String(one.number), label: `${one.number}${one.note ? `: ${one.note}` : ''}` }))} value={get('b_version') || null} onChange={(value) => set({ b_version: value }, false)} />}
    </div>
  );
}

const other = (rule: string, known: { value: string }[]) => (rule && rule !== '*' && !known.some((one) => one.value === rule) ? [{ value: rule, label: parse(rule).length ? say(rule) : rule }] : []);

function Days() {
  const { get, set } = useAddress();
  return (
    <div className="row" style={{ alignItems: 'end', gap: 8 }}>
      <TextInput type="date" label="B’s first day" value={get('b_first_on')} onChange={(event) => set({ b_first_on: event.currentTarget.value || null }, false)} />
      <TextInput type="date" label="B’s last day" value={get('b_last_on')} onChange={(event) => set({ b_last_on: event.currentTarget.value || null }, false)} />
    </div>
  );
}
