import type { ApiFault } from './nouns';

/** What the server says no with, or what the network did. */
export class Refusal extends Error {
  constructor(readonly status: number, readonly fault: ApiFault) {
    super(fault.message);
  }
}

export type Params = Record<string, string | number | null | undefined>;

export function query(params: Params): string {
  const pairs = Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const text = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
  return text ? `?${text}` : '';
}

/** Nobody is signed in, or no longer: the page asks, then leads back here. A guest's page asks for the link instead. */
function toSignIn(): void {
  const { pathname, search, hash } = window.location;
  if (/^\/(sign-in|join|g\/)/.test(pathname)) return;
  window.location.assign(`/sign-in?to=${encodeURIComponent(pathname + search + hash)}`);
}

async function refusal(answer: Response): Promise<Refusal> {
  try {
    const body = (await answer.json()) as { error?: ApiFault; detail?: unknown };
    if (body.error?.code === 'sign_in') toSignIn();
    if (body.error) return new Refusal(answer.status, body.error);
    return new Refusal(answer.status, { code: 'error', message: String(body.detail ?? answer.statusText) });
  } catch {
    return new Refusal(answer.status, { code: 'error', message: `The server answered ${answer.status}`, hint: 'Look at the server’s log.' });
  }
}

export async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal, headers: Record<string, string> = {}): Promise<T> {
  const form = body instanceof FormData;
  let answer: Response;
  try {
    answer = await fetch(`/api${path}`, {
      method,
      signal,
      headers: body === undefined || form ? headers : { ...headers, 'content-type': 'application/json' },
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Refusal(0, { code: 'unreachable', message: 'The server does not answer', hint: 'Is `desirelines serve` still running? Then try again.' });
  }
  if (!answer.ok) throw await refusal(answer);
  if (answer.status === 204) return undefined as T;
  const kind = answer.headers.get('content-type') ?? '';
  return (kind.includes('json') ? await answer.json() : await answer.text()) as T;
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> => call<T>('GET', path, undefined, signal);
export const post = <T>(path: string, body: unknown): Promise<T> => call<T>('POST', path, body);
export const put = <T>(path: string, body: unknown): Promise<T> => call<T>('PUT', path, body);
export const erase = <T>(path: string): Promise<T> => call<T>('DELETE', path);
