import { Select } from '@mantine/core';
import { LAID, type Laid, type Overlay } from './overlay';

/** Chooses which figure is laid over the cards. */
export function OverlayPick({ overlay, value, set }: { overlay: Overlay; value: Laid; set: (laid: Laid) => void }) {
  return <Select aria-label="Figure laid over the cards" size="xs" w={150} leftSectionWidth={44} leftSection={<span className="faint small">over</span>} allowDeselect={false} disabled={overlay.state !== 'ready'} title={overlay.words || undefined} data={[...LAID]} value={value} onChange={(next) => set((next ?? 'people') as Laid)} />;
}
