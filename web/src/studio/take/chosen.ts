import type { BringThing } from '../../api/nouns';
import { HOUSE } from '../board/lanes';

/** How a file is read where the guess is wrong; empty: as guessed. */
export interface Chosen {
  name: string; sheet: string; shape: '' | 'wall' | 'list'; head: number; label: string;
  lanes: Record<string, string>; columns: Record<string, string>; sides: Record<string, 'buyer' | 'customer'>;
}
export const NOTHING: Chosen = { name: '', sheet: '', shape: '', head: 0, label: '', lanes: {}, columns: {}, sides: {} };

const DRAWN = new Set(['ways', 'owners', 'promises']);
const lanes = HOUSE.filter((one) => !DRAWN.has(one.id)).map((one) => ({ value: one.id, label: one.name }));

/** What a row of a wall may be. */
export const ROWS = [{ group: 'Lanes', items: lanes }, { group: 'Else', items: [{ value: 'own', label: 'A lane of its own' }, { value: 'skip', label: 'Leave out' }] }];

/** What a column of a list may hold. */
export const FIELDS = [
  { group: 'Of the row', items: [
    { value: 'stage', label: 'Stage' }, { value: 'side', label: 'Side' }, { value: 'touchpoint', label: 'Touchpoint' }, { value: 'medium', label: 'Channel' },
    { value: 'owner', label: 'Owner' }, { value: 'persona', label: 'Persona' }, { value: 'lane', label: 'Lane' }, { value: 'kind', label: 'Kind' },
    { value: 'words', label: 'Words' }, { value: 'more', label: 'More words' }, { value: 'state', label: 'State' }, { value: 'source', label: 'Source' },
    { value: 'id', label: 'Id' }, { value: 'of', label: 'Belongs to' },
  ] },
  { group: 'A text for the lane', items: lanes.filter((one) => one.value !== 'touchpoints').map((one) => ({ value: `lane:${one.value}`, label: one.label })) },
  { group: 'Else', items: [{ value: 'skip', label: 'Leave out' }] },
];

export const said = (one: BringThing): string => (one.known ? `${one.becomes} (there already)` : one.becomes);
