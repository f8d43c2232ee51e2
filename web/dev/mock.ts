import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { cockpit, customers, status, story, summary, transitions, variants } from './answers';
import { sheet } from './brand';
import { preview, upload, refused, seen, sources, receipts, versions } from './data';
import { draft, setDraft } from './plan';

const jobs = new Map<string, number>();

function answer(method: string, path: string, params: URLSearchParams, body: string): unknown {
  if (path === '/api/status') return status();
  if (path === '/api/workspaces') return { name: 'blank' };
  if (path.startsWith('/api/demos/')) { jobs.set('demo', Date.now()); return { ...job('demo'), workspace: 'halden' }; }
  const [, w = '', rest = ''] = /^\/api\/w\/([^/]+)\/(.*)$/.exec(path) ?? [];
  if (rest === 'summary') return summary(w);
  if (rest.startsWith('jobs/')) { if (method === 'DELETE') jobs.set(rest.slice(5), -1); return job(rest.slice(5)); }
  if (rest === 'measure/cockpit') return cockpit();
  if (rest === 'map/sheet') return sheet(w);
  if (rest === 'map/seen') return seen();
  if (rest === 'trace/variants') return variants(params.get('level') ?? 'touchpoint');
  if (rest === 'trace/transitions') return transitions();
  if (rest === 'trace/customers') return customers(Number(params.get('page') ?? 1));
  if (rest.startsWith('trace/customers/')) return story(rest.slice(16));
  if (rest === 'identify/held') return [{ kind: 'phone', value: '0000-0000', reason: 'placeholder', linked: 0, events: 212 }, { kind: 'email', value: 'shop@halden.example', reason: 'over-joining', linked: 318, events: 940 }];
  if (rest === 'plan/draft') { if (method === 'PUT') setDraft(JSON.parse(body)); return draft(w); }
  if (rest === 'plan/check') return [{ severity: 'warning', file: '', code: '', element: 'touchpoint:advert', message: 'touchpoint “advert” is bound to no event', path: 'touchpoints[0].rule', line: 0, hint: 'choose from the events seen' }];
  if (rest.startsWith('plan/versions')) return versions();
  if (rest === 'map/segments') return [];
  if (rest.startsWith('plan/diff')) return [{ path: 'promise:day', kind: 'changed', words: 'promise “On the day”: target 0.9 → 0.95' }, { path: 'touchpoint:forum', kind: 'added', words: 'touchpoint “Owners’ forum” added' }];
  if (rest.startsWith('plan/export')) return 'format: 1\nbrand:\n  name: Halden Home\n';
  if (rest === 'collect/sources') return sources();
  if (rest === 'collect/files') return upload();
  if (rest === 'collect/preview') return preview();
  if (rest === 'collect/imports') { if (method === 'POST') { jobs.set('import', Date.now()); return job('import'); } return receipts(); }
  if (rest.startsWith('collect/refused')) return refused();
  if (rest.startsWith('collect/repair')) { jobs.set('import', Date.now()); return job('import'); }
  return undefined;
}

function job(id: string): Record<string, unknown> {
  const at = jobs.get(id) ?? 0;
  const share = at < 0 ? 0 : Math.min(1, (Date.now() - at) / 4000);
  const state = at < 0 ? 'cancelled' : share < 1 ? 'running' : 'done';
  return { id, name: id, state, stage: ['reading', 'joining people', 'cutting journeys', 'matching with the plan'][Math.min(3, Math.floor(share * 4))], share, error: null, result: id === 'import' ? receipts()[0] : { workspace: 'halden' } };
}

async function text(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** Answers /api from fixtures while pages are being drawn: `npm run mock`. */
export const mock = (): Plugin => ({
  name: 'mock',
  configureServer(server) {
    server.middlewares.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      if (!url.pathname.startsWith('/api')) { next(); return; }
      void text(request).then((body) => {
        const found = answer(request.method ?? 'GET', decodeURIComponent(url.pathname), url.searchParams, body);
        response.statusCode = found === undefined ? 404 : 200;
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(found ?? { error: { code: 'not_found', message: `Nothing answers ${url.pathname}`, hint: 'the mock lacks it', faults: [] } }));
      });
    });
  },
});
