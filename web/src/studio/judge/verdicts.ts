import type { VerdictLine, VerdictWord } from '../../api/nouns';

/** What can be decided about a desire line. */
export const VERDICTS: { word: VerdictWord; name: string; says: string }[] = [
  { word: 'pave', name: 'Pave it', says: 'people are right: the plan draws it from now on' },
  { word: 'mend', name: 'Mend the cause', says: 'something drives them there that should not' },
  { word: 'watch', name: 'Watch', says: 'speaks again when it grows more than chance' },
  { word: 'accept', name: 'Accept', says: 'it is as it is, and does no harm' },
];
export const nameOf = (word: string | null | undefined): string => VERDICTS.find((one) => one.word === word)?.name ?? '';
export const STATES: Record<VerdictLine['state'], string> = { open: 'To judge', calm: 'Judged', speaks: 'It grew: look again', overdue: 'Overdue', paved: 'Paved' };
