import type { Thread } from '../../api/nouns';

/** Where the page of a map's talk is, within the workspace. */
export const talkPath = (journey: string): string => `studio/${encodeURIComponent(journey)}/talk`;

/** The whole address of a thread, to be given to somebody. */
export function threadAddress(thread: Pick<Thread, 'journey' | 'id'>): string {
  const here = window.location.pathname.split('/').slice(0, 3).join('/');
  return `${window.location.origin}${here}/${talkPath(thread.journey)}?thread=${thread.id}`;
}

/** The whole address of the three questions, for colleagues. */
export function questionsAddress(journey: string): string {
  const here = window.location.pathname.split('/').slice(0, 3).join('/');
  return `${window.location.origin}${here}/${talkPath(journey)}?show=questions`;
}
