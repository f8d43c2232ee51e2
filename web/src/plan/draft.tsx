import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useWorkspace } from '../address';
import { get, Refusal } from '../api/client';
import type { DraftDocument, Plan } from '../api/nouns';
import { Caret } from '../draft/caret';
import type { Room } from '../draft/room';
import { ASLEEP, type Sight } from '../draft/sight';

export type { Saving } from '../draft/sight';

export interface Draft extends Sight {
  /** The version the draft stands on; 0: none. */
  base: number;
  /** Changes the plan for everybody who has it open; it is on its way to the disk at once. */
  change: (next: (plan: Plan) => Plan) => void;
  /** Takes back one's own last change, never another's. */
  undo: () => void;
  redo: () => void;
  /** Reads what the server has; changes it refused are thrown away. */
  reload: () => Promise<void>;
  /** Tries again at once to send what waits. */
  insist: () => Promise<void>;
  /** Until all is on the server's disk; fails when that cannot be now. */
  flush: () => Promise<void>;
  wake: () => void;
}

interface Held { draft: Draft; room: Room | null }

const Context = createContext<Held | null>(null);
const caret = new Caret();
const SETTLED_MS = 300;
const nobody = () => () => undefined;
const asleep = () => ASLEEP;

/** One workspace's draft of its plan, written by several people at once; opened when a page first needs it. */
export function DraftProvider({ children }: { children: ReactNode }) {
  const w = encodeURIComponent(useWorkspace());
  return <Provider key={w} w={w}>{children}</Provider>;
}

function Provider({ w, children }: { w: string; children: ReactNode }) {
  const [awake, setAwake] = useState(false);
  const [round, setRound] = useState(0);
  const { room, missing } = useRoom(w, awake, round);
  const sight = useSyncExternalStore(room?.subscribe ?? nobody, room?.look ?? asleep);
  const cache = useQueryClient();
  const base = useQuery({ queryKey: ['draft', w], queryFn: () => get<DraftDocument>(`/w/${w}/plan/draft`), enabled: Boolean(sight.plan), staleTime: Infinity, select: (draft) => draft.base });
  useLayoutEffect(() => caret.restore(), [sight]);
  useWarning(sight.waiting > 0);
  const { plan, state } = sight;
  useEffect(() => {
    if (!plan || state !== 'saved') return;
    const timer = window.setTimeout(() => {
      void cache.invalidateQueries({ queryKey: ['check', w] });
      void cache.invalidateQueries({ queryKey: [`/w/${w}/map/seen?version=draft`] });
    }, SETTLED_MS);
    return () => window.clearTimeout(timer);
  }, [plan, state, cache, w]);
  useEffect(() => room?.hear(({ about }) => { if (about === 'published') void cache.invalidateQueries(); }), [room, cache]);

  const wake = useCallback(() => setAwake(true), []);
  const draft = useMemo<Draft>(() => ({
    ...sight, base: base.data ?? 0, error: sight.error ?? missing, wake,
    change: (next) => room?.change(next), undo: () => room?.undo(), redo: () => room?.redo(),
    flush: async () => room?.flush(),
    insist: async () => room?.retry(),
    reload: async () => {
      if (missing || sight.state === 'refused') setRound((n) => n + 1);
      else if (!sight.plan) room?.retry();
      await cache.invalidateQueries({ queryKey: ['draft', w] });
    },
  }), [sight, base.data, missing, room, cache, w, wake]);
  const held = useMemo(() => ({ draft, room }), [draft, room]);
  return <Context.Provider value={held}>{children}</Context.Provider>;
}

const still = async () => undefined;
const nothing = () => undefined;

/** A plan that is only read: what a guest's link shows. Nobody's edits come in, and none go out. */
export function ReadDraft({ plan, may, children }: { plan: Plan; may: 'view' | 'comment'; children: ReactNode }) {
  const held = useMemo<Held>(() => ({
    draft: { ...ASLEEP, plan, may, base: 0, change: nothing, undo: nothing, redo: nothing, reload: still, insist: still, flush: still, wake: nothing }, room: null,
  }), [plan, may]);
  return <Context.Provider value={held}>{children}</Context.Provider>;
}

/** The shared documents: loaded when first needed, made anew after something was refused. */
function useRoom(w: string, awake: boolean, round: number): { room: Room | null; missing: unknown } {
  const [room, setRoom] = useState<Room | null>(null);
  const [missing, setMissing] = useState<unknown>(null);
  useEffect(() => {
    if (!awake) return;
    let made: Room | null = null;
    let left = false;
    import('../draft/room').then(
      (code) => {
        if (left) return;
        made = new code.Room(w);
        made.beforeOthers = () => caret.remember();
        setMissing(null);
        setRoom(made);
      },
      () => { if (!left) setMissing(new Refusal(0, { code: 'unreachable', message: 'The server does not answer', hint: 'Is `desirelines serve` still running? Then try again.' })); },
    );
    return () => { left = true; made?.close(); setRoom(null); };
  }, [w, awake, round]);
  return { room, missing };
}

/** Closing the window asks first while something is not saved. */
function useWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const leave = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', leave);
    return () => window.removeEventListener('beforeunload', leave);
  }, [unsaved]);
}

export function useDraft(): Draft {
  const held = useContext(Context);
  if (!held) throw new Error('useDraft stands outside its provider');
  const { wake } = held.draft;
  useEffect(wake, [wake]);
  return held.draft;
}

/** The draft for something that may change it but need not read it at once (a drop on the map). */
export const useSleepingDraft = (): Draft | null => useContext(Context)?.draft ?? null;

/** The open documents themselves, for who is here and what is told; null until they are open. */
export const useDraftRoom = (): Room | null => useContext(Context)?.room ?? null;
