import { NumberInput, Select } from '@mantine/core';

const UNITS = [{ value: 's', label: 'seconds' }, { value: 'min', label: 'minutes' }, { value: 'h', label: 'hours' }, { value: 'd', label: 'days' }, { value: 'w', label: 'weeks' }];

/** A stretch of time such as `4h`, always valid; blank means none. */
export function Duration({ label, value, change, size = 'sm', required }: { label: string; value: string | null | undefined; change: (next: string | null) => void; size?: string; required?: boolean }) {
  const [, amount = '', unit = 'd'] = /^([0-9.]+)([a-z]+)$/.exec(value ?? '') ?? [];
  return (
    <div className="row" style={{ gap: 6, alignItems: 'end' }}>
      <NumberInput label={size === 'xs' ? undefined : label} aria-label={label} size={size} min={0} max={99999} allowNegative={false} hideControls placeholder="–" value={amount === '' ? '' : Number(amount)} style={{ flex: 1, minWidth: 48 }}
        onChange={(next) => change(next === '' || Number.isNaN(Number(next)) ? (required ? `1${unit}` : null) : `${Number(next)}${unit}`)} />
      <Select aria-label={`Unit of ${label}`} size={size} w={size === 'xs' ? 72 : 104} allowDeselect={false} data={size === 'xs' ? UNITS.map((one) => one.value) : UNITS} value={unit} onChange={(next) => amount && change(`${amount}${next}`)} />
    </div>
  );
}
