import { useCallback, useMemo } from 'react';
import { useLocation, useParams, useSearchParams } from 'react-router';
import { query } from './api/client';

/** What a sight is made of: these travel from page to page; all else belongs to one page. */
export const SHARED = ['journey', 'first_on', 'last_on', 'segment'] as const;

export interface Sight { journey?: string; first_on?: string; last_on?: string; segment?: string }

export function useWorkspace(): string {
  return useParams().w ?? '';
}

/** The address as state: read any key, set several at once (null removes). */
export function useAddress(): { get: (key: string) => string; set: (patch: Record<string, string | null>, keep?: boolean) => void } {
  const [params, change] = useSearchParams();
  const set = useCallback(
    (patch: Record<string, string | null>, keep = true) =>
      change(
        (old) => {
          const next = new URLSearchParams(old);
          for (const [key, value] of Object.entries(patch)) value ? next.set(key, value) : next.delete(key);
          return next;
        },
        { replace: !keep, preventScrollReset: true },
      ),
    [change],
  );
  return { get: (key) => params.get(key) ?? '', set };
}

export function useSight(): Sight {
  const [params] = useSearchParams();
  const key = SHARED.map((name) => params.get(name) ?? '').join('\n');
  return useMemo(() => {
    const [journey, first_on, last_on, segment] = key.split('\n').map((part) => part || undefined);
    return { journey, first_on, last_on, segment };
  }, [key]);
}

/** Addresses within this workspace that keep period, segment and journey. */
export function useTo(): (path: string, more?: Record<string, string | null | undefined>) => string {
  const w = useWorkspace();
  const sight = useSight();
  return useCallback(
    (path, more = {}) => {
      const [bare, own] = path.split('?');
      const extra = Object.fromEntries(new URLSearchParams(own ?? ''));
      return `/w/${encodeURIComponent(w)}/${bare.replace(/^\//, '')}${query({ ...sight, ...extra, ...more })}`;
    },
    [w, sight],
  );
}

/** A link the server gave (`map?selected=x`, `/w/x/…`, `touchpoint=x`), as an address here that keeps the sight. */
export function useServerLink(): (link: string) => string | null {
  const to = useTo();
  return useCallback(
    (link) => {
      if (!link) return null;
      let path = link.replace(/^\/?api\/w\/[^/]+\//, '').replace(/^\/w\/[^/]+\//, '').replace(/^\//, '').replace(/^trace\//, '');
      if (!/[/?]/.test(path) && path.includes('=')) path = `customers?${path}`;
      return /^[a-z]+:/.test(path) ? null : to(path);
    },
    [to],
  );
}

export function usePlace(): string {
  const { pathname } = useLocation();
  return pathname.split('/').slice(3).join('/');
}
