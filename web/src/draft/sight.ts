import type { Plan } from '../api/nouns';

/** How what was written stands: on the server's disk, on its way there, or why not. */
export type Saving = 'saved' | 'saving' | 'offline' | 'refused' | 'signin' | 'forbidden' | 'elsewhere' | 'gone';
export type May = 'view' | 'comment' | 'edit';

/** Somebody who has the draft open, in one window. */
export interface Person { session: string; name: string; colour: string; account: string; me: boolean }

/** Where somebody is: on which document, card and field, and where the pointer is. */
export interface Where { doc?: string; card?: string; field?: string; at?: [x: number, y: number] }
export interface Present extends Person, Where {}

export interface Notice { about: string; id?: string; [more: string]: unknown }

/** The draft as it stands now. */
export interface Sight {
  plan: Plan | undefined;
  state: Saving;
  error: unknown;
  /** How many changes the server's disk does not have yet. */
  waiting: number;
  undoable: boolean;
  redoable: boolean;
  may: May;
  people: readonly Person[];
}

export const ASLEEP: Sight = { plan: undefined, state: 'saved', error: null, waiting: 0, undoable: false, redoable: false, may: 'view', people: [] };
