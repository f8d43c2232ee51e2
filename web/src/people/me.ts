import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Me } from '../api/nouns';

/** Who one is here; asked once a page. */
export const useMe = () => useQuery({ queryKey: ['/people/me'], queryFn: ({ signal }) => get<Me>('/people/me', signal), staleTime: 60_000 });

/** Where to go after signing in: a page of ours, never another host. */
export function backTo(search: string): string {
  const to = new URLSearchParams(search).get('to') ?? '/';
  try {
    const found = new URL(to, window.location.origin);
    return found.origin === window.location.origin ? found.pathname + found.search + found.hash : '/';
  } catch {
    return '/';
  }
}

/** What follows # in the address, taken out of it, so that it stays in no history. */
export function takeToken(): string {
  const token = window.location.hash.slice(1);
  if (token) window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  return token;
}

export const initials = (name: string): string =>
  name.split(/\s+/).filter(Boolean).map((word) => [...word][0]).filter((_, n, all) => n === 0 || n === all.length - 1).join('').toUpperCase() || '?';
