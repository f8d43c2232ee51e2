/** The draft as several people write it: read and changed through `useDraft()`; who is here, what is told, and fields for two pairs of hands. */
export { useDraft, type Draft } from '../plan/draft';
export { useHere, useNotice, usePresence, type Presence } from './presence';
export { PresenceDots } from './PresenceDots';
export { SharedLine, SharedText } from './SharedText';
export type { May, Notice, Person, Present, Saving, Where } from './sight';
