import type { Agenda } from '../../../api/nouns';

export type RoundKind = Agenda['rounds'][number]['kind'];

interface Told { name: string; about: string; ask: string; minutes: number }

export const ROUNDS: Record<RoundKind, Told> = {
  write: { name: 'Silent writing', about: 'Everybody writes; nobody sees the others’ notes', ask: 'What hurts customers here?', minutes: 6 },
  reveal: { name: 'Reveal', about: 'All notes are shown', ask: 'Read them all. What surprises you?', minutes: 4 },
  group: { name: 'Group', about: 'What belongs together is put together', ask: 'Which notes say the same?', minutes: 8 },
  vote: { name: 'Vote', about: 'Everybody gives votes; nobody sees them until the vote is closed', ask: 'What should be mended first?', minutes: 4 },
  discuss: { name: 'Discuss', about: 'The result, and what goes on the map', ask: 'What do we take along?', minutes: 10 },
};

export const KINDS = Object.keys(ROUNDS) as RoundKind[];

export const ROUND = (kind: RoundKind): Agenda['rounds'][number] => ({ kind, minutes: ROUNDS[kind].minutes, words: ROUNDS[kind].ask });
