import { createContext, useContext } from 'react';
import type { Sheet } from '../api/nouns';
import type { Geometry, Zoom } from './geometry';
import type { Selected } from './select';

/** What every lane of one board knows. */
export interface Board {
  sheet: Sheet;
  geo: Geometry;
  zoom: Zoom;
  what: Selected | null;
  /** The way one points at. */
  hot: string;
  point: (way: string) => void;
  select: (what: string | null) => void;
  /** Which number the cards carry. */
  face: 'people' | 'deviations';
  /** Ways walked less often are hidden. */
  least: number;
  bind: (event: string, touchpoint: string) => void;
  /** A team's name. */
  team: (id: string | null) => string | null;
}

const Context = createContext<Board | null>(null);
export const BoardProvider = Context.Provider;

export function useBoard(): Board {
  const board = useContext(Context);
  if (!board) throw new Error('useBoard stands outside a board');
  return board;
}

export const sum = (marks: { missing: number; unplanned: number; out_of_order: number; repeated: number; late: number }): number =>
  marks.missing + marks.unplanned + marks.out_of_order + marks.repeated + marks.late;
