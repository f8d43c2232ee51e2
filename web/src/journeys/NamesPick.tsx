import { MultiSelect } from '@mantine/core';
import { useAddress } from '../address';
import { useLook } from './looked';

/** Several steps of the present level under one key of the address, parted by `|`; none means any. */
export function NamesPick({ keyed, label, width = 210 }: { keyed: string; label: string; width?: number }) {
  const { get, set } = useAddress();
  const { steps } = useLook();
  const chosen = get(keyed) ? get(keyed).split('|') : [];
  return (
    <MultiSelect aria-label={label} size="xs" w={width} searchable clearable data={steps} value={chosen} placeholder={chosen.length ? undefined : label} maxDropdownHeight={280}
      onChange={(next) => set({ [keyed]: next.join('|') || null }, false)} />
  );
}
