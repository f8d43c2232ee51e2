import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { get, put, Refusal } from '../api/client';
import type { DraftDocument, Plan } from '../api/nouns';
import { useWorkspace } from '../address';
import type { Room } from '../draft/room';
import type { May, Person } from '../draft/sight';
import { clean } from './clean';

export type Saving = 'saved' | 'waiting' | 'saving' | 'conflict' | 'failed';

export interface Draft {
  plan: Plan | undefined;
  base: number;
  state: Saving;
  error: unknown;
  waiting: number;
  undoable: boolean;
  redoable: boolean;
  /** What one may do here. */
  may: May;
  /** Who has the draft open. */
  people: readonly Person[];
  /** Changes the plan; it is saved a moment later. */
  change: (next: (plan: Plan) => Plan) => void;
  undo: () => void;
  redo: () => void;
  /** Throws the local copy away and reads what the server has. */
  reload: () => Promise<void>;
  /** After a conflict: keeps this text and puts it in the place of what the server has. */
  insist: () => Promise<void>;
  /** Writes what still waits. */
  flush: () => Promise<void>;
  wake: () => void;
}

const Context = createContext<Draft | null>(null);
const PAUSE = 600;
const NOBODY: readonly Person[] = [];

/** One workspace's draft of its plan: read once, changed here, saved as one types, undone step by step. */
export function DraftProvider({ children }: { children: ReactNode }) {
  const w = encodeURIComponent(useWorkspace());
  return <Provider key={w} w={w}>{children}</Provider>;
}

function Provider({ w, children }: { w: string; children: ReactNode }) {
  const [awake, setAwake] = useState(false);
  const [local, setLocal] = useState<DraftDocument>();
  const [past, setPast] = useState<Plan[]>([]);
  const [state, setState] = useState<Saving>('saved');
  const [error, setError] = useState<unknown>(null);
  const pending = useRef<DraftDocument | undefined>(undefined);
  const timer = useRef<number | undefined>(undefined);
  const lastChange = useRef(0);
  const cache = useQueryClient();
  const path = `/w/${w}/plan/draft`;
  const read = useQuery({ queryKey: ['draft', w], queryFn: () => get<DraftDocument>(path), enabled: awake, staleTime: Infinity });
  const now = local ?? read.data;
  const latest = useRef(now);
  latest.current = now;

  const flush = useCallback(async () => {
    window.clearTimeout(timer.current);
    const body = pending.current;
    if (!body) return;
    pending.current = undefined;
    setState('saving');
    try {
      const saved = await put<DraftDocument>(path, { plan: clean(body.plan), base: body.base, revision: latest.current?.revision ?? body.revision });
      const { revision, base, saved_at } = saved;
      if (latest.current) { latest.current = { ...latest.current, revision, base, saved_at }; setLocal(latest.current); }
      if (pending.current) { pending.current = { ...(pending.current as DraftDocument), revision, base }; }
      setState(pending.current ? 'waiting' : 'saved');
      setError(null);
      void cache.invalidateQueries({ queryKey: ['check', w] });
      void cache.invalidateQueries({ queryKey: [`/w/${w}/map/seen?version=draft`] });
    } catch (cause) {
      setError(cause);
      pending.current ??= body;
      setState(cause instanceof Refusal && cause.status === 409 ? 'conflict' : 'failed');
    }
  }, [cache, path, w]);

  const write = useCallback((next: DraftDocument) => {
    latest.current = next;
    setLocal(next);
    pending.current = next;
    setState('waiting');
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void flush(), PAUSE);
  }, [flush]);

  const change = useCallback((next: (plan: Plan) => Plan) => {
    const before = latest.current;
    if (!before) return;
    if (Date.now() - lastChange.current > 900) setPast((old) => [...old.slice(-99), before.plan]);
    lastChange.current = Date.now();
    write({ ...before, plan: next(before.plan) });
  }, [write]);

  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => { if (pending.current) event.preventDefault(); };
    window.addEventListener('beforeunload', leave);
    return () => { window.removeEventListener('beforeunload', leave); void flush(); };
  }, [flush]);

  const value = useMemo<Draft>(() => ({
    plan: now?.plan, base: now?.base ?? 0, state, error: error ?? read.error, undoable: past.length > 0, redoable: false, may: 'edit', people: NOBODY, waiting: 0, redo: () => undefined, change, flush,
    undo: () => {
      const before = past.at(-1);
      if (!before || !latest.current) return;
      setPast(past.slice(0, -1));
      lastChange.current = 0;
      write({ ...latest.current, plan: before });
    },
    reload: async () => {
      pending.current = undefined;
      const fresh = await cache.fetchQuery({ queryKey: ['draft', w], queryFn: () => get<DraftDocument>(path), staleTime: 0 });
      setLocal(fresh); setPast([]); setState('saved'); setError(null);
    },
    insist: async () => {
      const theirs = await get<DraftDocument>(path);
      if (latest.current) write({ ...latest.current, base: theirs.base, revision: theirs.revision });
    },
    wake: () => setAwake(true),
  }), [now, state, error, read.error, past, change, flush, write, cache, path, w]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useDraft(): Draft {
  const draft = useContext(Context);
  if (!draft) throw new Error('useDraft stands outside its provider');
  const { wake } = draft;
  useEffect(wake, [wake]);
  return draft;
}

/** The draft for something that may change it but need not read it at once (a drop on the map). */
export const useSleepingDraft = (): Draft | null => useContext(Context);

/** The open documents themselves, for who is here and what is told; null until they are open. */
export const useDraftRoom = (): Room | null => null;
