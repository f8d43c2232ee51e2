import { ActionIcon, Autocomplete, Button, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { EventRule, Range, Scalar } from '../api/nouns';
import { useSeen } from '../api/queries';
import { plural, short } from '../words';
import css from './plan.module.css';

type Test = 'is' | 'between';
const isRange = (value: unknown): value is Range => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Which events are meant: chosen from those seen; further conditions on channel, source and properties. */
export function RuleForm({ rule, change, remove, label = 'Event' }: { rule: EventRule; change: (next: EventRule) => void; remove?: () => void; label?: string }) {
  const seen = useSeen().data ?? [];
  const names = [...new Set(seen.map((one) => one.event))];
  const mine = seen.filter((one) => one.event === rule.event);
  const where = Object.entries(rule.where ?? {});
  const set = (next: [string, Scalar | Scalar[] | Range][]) => change({ ...rule, where: Object.fromEntries(next) });
  const properties = [...new Set(mine.flatMap((one) => one.properties))];
  return (
    <div className={css.rule}>
      <div className={css.rulerow}>
        <Autocomplete label={label} placeholder="an event that was seen" data={names} limit={60} value={rule.event} onChange={(event) => change({ ...rule, event })}
          renderOption={({ option }) => { const all = seen.filter((one) => one.event === option.value); return <span className="row apart" style={{ width: '100%' }}><span>{option.value}</span><span className="faint small">{short(all.reduce((n, one) => n + one.events, 0))}</span></span>; }} />
        <Autocomplete label="Channel" placeholder="any" data={[...new Set(mine.flatMap((one) => one.channels))]} value={rule.channel ?? ''} onChange={(channel) => change({ ...rule, channel: channel || null })} />
        <Autocomplete label="Source" placeholder="any" data={[...new Set(mine.map((one) => one.source))]} value={rule.source ?? ''} onChange={(source) => change({ ...rule, source: source || null })} />
        {remove && <ActionIcon aria-label="Remove this rule" onClick={remove} mb={4}><IconX size={14} /></ActionIcon>}
      </div>
      {where.map(([name, value], n) => (
        <div key={n} className={css.where}>
          <Autocomplete aria-label="Property" size="xs" data={properties} value={name} onChange={(next) => set(where.map((one, i) => (i === n ? [next, one[1]] : one)))} />
          <Select aria-label="Test" size="xs" allowDeselect={false} data={[{ value: 'is', label: 'is' }, { value: 'between', label: 'from … below' }]} value={(isRange(value) ? 'between' : 'is') satisfies Test} onChange={(test) => set(where.map((one, i) => (i === n ? [name, test === 'between' ? {} : ''] : one)))} />
          <Value value={value} change={(next) => set(where.map((one, i) => (i === n ? [name, next] : one)))} />
          <ActionIcon aria-label="Remove this condition" onClick={() => set(where.filter((_, i) => i !== n))}><IconX size={14} /></ActionIcon>
        </div>
      ))}
      <div className="row apart">
        <Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={12} aria-hidden />} onClick={() => set([...where, [properties.find((one) => !(one in (rule.where ?? {}))) ?? 'property', '']])}>Only where a property …</Button>
        <span className="faint small">{mine.length ? `seen ${plural(mine.reduce((n, one) => n + one.events, 0), 'time')}` : rule.event ? 'not seen in the data yet' : ''}</span>
      </div>
    </div>
  );
}

const scalar = (text: string): Scalar => (text === 'true' ? true : text === 'false' ? false : text !== '' && String(Number(text)) === text ? Number(text) : text);
const number = (text: string): number | null => (text.trim() === '' || Number.isNaN(Number(text)) ? null : Number(text));

function Value({ value, change }: { value: Scalar | Scalar[] | Range; change: (next: Scalar | Scalar[] | Range) => void }) {
  if (isRange(value)) {
    return (
      <div className="row" style={{ gap: 6 }}>
        <TextInput aria-label="At least" placeholder="at least" size="xs" defaultValue={value.at_least ?? ''} onChange={(e) => change({ ...value, at_least: number(e.target.value) })} />
        <TextInput aria-label="Below" placeholder="below" size="xs" defaultValue={value.below ?? ''} onChange={(e) => change({ ...value, below: number(e.target.value) })} />
      </div>
    );
  }
  return (
    <TextInput aria-label="Value; several parted by |" placeholder="a value, or several parted by |" size="xs" defaultValue={[value].flat().join(' | ')}
      onChange={(e) => { const all = e.target.value.split('|').map((one) => scalar(one.trim())); change(all.length > 1 ? all : all[0]); }} />
  );
}

export function RuleList({ rules, change, label, more }: { rules: EventRule[]; change: (next: EventRule[]) => void; label?: string; more: string }) {
  return (
    <div className="stack" style={{ gap: 8 }}>
      {rules.map((rule, n) => <RuleForm key={n} label={label} rule={rule} change={(next) => change(rules.map((one, i) => (i === n ? next : one)))} remove={() => change(rules.filter((_, i) => i !== n))} />)}
      <div><Button variant="default" size="xs" leftSection={<IconPlus size={12} aria-hidden />} onClick={() => change([...rules, { event: '' }])}>{more}</Button></div>
    </div>
  );
}
