import { useEffect, useState } from 'react';
import type { RoundKind } from './rounds';
import type { Workshop, WorkshopRow } from '../../../api/nouns';
import { useNotice } from '../../../draft/presence';
import { useAgain, useSay, useTalk, type Deed } from '../ask';

export interface Sitting {
  workshop: Workshop;
  kind: RoundKind;
  ended: boolean;
  /** Does something in it; the answer is what one then sees. */
  act: (method: Deed['method'], path: string, body?: unknown) => Promise<unknown>;
  busy: boolean;
  error: Error | null;
}

/** The workshops of a map, and the one that is open now. */
export function useWorkshops(journey: string): { rows: WorkshopRow[]; open: WorkshopRow | undefined; ready: boolean } {
  const again = useAgain();
  useNotice('workshop', again);
  const read = useTalk<WorkshopRow[]>('/workshops', { journey }, 8);
  return { rows: read.data ?? [], open: read.data?.find((one) => !one.ended_at), ready: Boolean(read.data) };
}

/** One workshop as I may see it, looked at again every few seconds. */
export function useSitting(id: string): { sitting: Sitting | undefined; error: Error | null; readAt: number } {
  const address = `/workshops/${encodeURIComponent(id)}`;
  const read = useTalk<Workshop>(address, {}, 3, Boolean(id));
  const say = useSay<Workshop>(address);
  const { data } = read;
  if (!data || data.id !== id) return { sitting: undefined, error: read.error, readAt: 0 };
  const act = (method: Deed['method'], path: string, body?: unknown) => say.mutateAsync({ method, path: `${address}${path}`, body }).catch(() => undefined);
  return { sitting: { workshop: data, kind: data.agenda.rounds[data.at].kind, ended: Boolean(data.ended_at), act, busy: say.isPending, error: say.error }, error: null, readAt: read.dataUpdatedAt };
}

/** Seconds left of the round, counted on from what the server's clock said. */
export function useLeft(workshop: Workshop, readAt: number): number {
  const [now, setNow] = useState(Date.now());
  const { running, left_seconds } = workshop.clock;
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = window.setInterval(() => setNow(Date.now()), 250);
    return () => window.clearInterval(timer);
  }, [running]);
  return running ? left_seconds - Math.max(0, now - readAt) / 1000 : left_seconds;
}

export function clockWords(left: number): string {
  const whole = Math.max(0, Math.ceil(left));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
