import { useCallback, useMemo } from 'react';
import { useLocation, useParams, useSearchParams } from 'react-router';
import { query } from './api/client';

/** What a sight is made of: these travel from page to page; all else belongs to one page. */
export const SHARED = ['journey', 'first_on', 'last_on', 'segment', 'version'] as const;

export interface Sight { journey?: string; first_on?: string; last_on?: string; segment?: string; version?: string }

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
    const [journey, first_on, last_on, segment, version] = key.split('\n').map((part) => part || undefined);
    return { journey, first_on, last_on, segment, version };
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

const KINDS = ['touchpoint', 'stage', 'promise', 'way', 'event'];

/** `promise=on-time:broken` as a key and its value. */
export function behind(text: string): Record<string, string> {
  const at = text.indexOf('=');
  return at > 0 ? { [text.slice(0, at)]: text.slice(at + 1) } : {};
}

/** Where on the map stands what the people of a link have in common. */
export function onMap(link: string): string | null {
  const [page, own = ''] = link.split('?');
  if (!page.endsWith('customers')) return null;
  const [[kind, value] = ['', '']] = Object.entries(behind(new URLSearchParams(own).get('behind') ?? ''));
  if (kind === 'promise') return `promise:${value.split(':')[0]}`;
  if (kind === 'deviation') return `touchpoint:${value.split(':')[1]}`;
  return KINDS.includes(kind) ? `${kind}:${value}` : null;
}

/** A link the server gave (`map?selected=x`, `/w/x/…`, `touchpoint=x`), as an address here that keeps the sight. */
export function useServerLink(): (link: string) => string | null {
  const to = useTo();
  return useCallback(
    (link) => {
      if (!link) return null;
      let path = link.replace(/^\/?api\/w\/[^/]+\//, '').replace(/^\/w\/[^/]+\//, '').replace(/^\//, '').replace(/^trace\//, '');
      if (/^[a-z]+:/.test(path)) return null;
      if (!/[/?]/.test(path) && path.includes('=')) return to('customers', behind(path));
      const [page, own = ''] = path.split('?');
      const params = Object.fromEntries(new URLSearchParams(own));
      if (page === 'customers' && params.behind && !params.behind.includes('?')) return to('customers', { ...params, behind: null, ...behind(params.behind) });
      const chosen = page === 'map' ? KINDS.find((kind) => params[kind]) : undefined;
      if (chosen) path = `map?selected=${encodeURIComponent(`${chosen}:${params[chosen]}`)}`;
      return to(path);
    },
    [to],
  );
}

export function usePlace(): string {
  const { pathname } = useLocation();
  return pathname.split('/').slice(3).join('/');
}
