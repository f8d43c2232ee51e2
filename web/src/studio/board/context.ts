import { createContext, useContext } from 'react';
import type { Drag } from './drag';
import type { Grid, Zoom } from './grid';
import type { Hand } from './hand';
import type { Picks } from './picks';

export interface Offer { id: string; name: string; hint: string; medium?: string }

/** What every part of a board may use; it is the same object from the first to the last drawing. */
export interface Tools {
  hand: Hand;
  picks: Picks;
  drag: Drag;
  say: (text: string) => void;
  focus: (key: string) => void;
  /** What the plan already has that could stand in a lane. */
  offers: (lane: string) => Offer[];
  /** Opens the drawer. */
  open: (element: string, tab?: string) => void;
  /** Keeps a picture with the workspace; its digest. */
  keep: (file: File) => Promise<string>;
  picture: (digest: string) => string;
}

const Context = createContext<Tools | null>(null);
export const ToolsProvider = Context.Provider;
export function useTools(): Tools {
  const tools = useContext(Context);
  if (!tools) throw new Error('useTools stands outside a board');
  return tools;
}

export interface Drawn { grid: Grid; zoom: Zoom; may: boolean }
const Sight = createContext<Drawn | null>(null);
export const SightProvider = Sight.Provider;
export function useDrawn(): Drawn {
  const drawn = useContext(Sight);
  if (!drawn) throw new Error('useDrawn stands outside a board');
  return drawn;
}
