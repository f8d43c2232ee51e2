import * as Y from 'yjs';
import type { ApiFault } from '../api/nouns';
import { FROM, frame, json, jsonOf, number, numberOf, read, TO, type Frame } from './frames';
import { Outbox } from './outbox';

/** Whether edits reach the server; if not, why. */
export type Link = 'opening' | 'open' | 'offline' | 'signin' | 'forbidden' | 'elsewhere' | 'gone' | 'refused';
export interface Hello { session: string; person: string; account: string; role: string; may: 'view' | 'comment' | 'edit'; documents: string[] }

export interface Heard {
  hello: (hello: Hello) => void;
  /** A document stands as the server has it. */
  synced: (name: string) => void;
  presence: (said: Record<string, unknown>) => void;
  notice: (said: Record<string, unknown>) => void;
  refused: (fault: ApiFault) => void;
  /** The link or what waits changed. */
  changed: () => void;
  /** Before and after others' edits come in. */
  incoming: (apply: () => void) => void;
  /** To be kept over a reload; forgotten once stored. */
  keep: (n: number, doc: string, bytes: Uint8Array) => void;
  forget: (n: number) => void;
}

/** The origin of edits that came over the wire. */
export const WIRE = Symbol('wire');

const STOPS: Record<number, Link> = { 4401: 'signin', 4403: 'forbidden', 4404: 'gone', 4413: 'refused', 1003: 'refused' };
const PING_MS = 10_000;
const SILENT_MS = 25_000;
const FIRST_MS = 250;
const LONGEST_MS = 8000;

/** One socket for all documents of a workspace: opens, syncs, sends, comes back. */
export class Wire {
  link: Link = 'opening';
  private readonly docs = new Map<string, Y.Doc>();
  private readonly synced = new Set<string>();
  readonly outbox: Outbox;
  private socket: WebSocket | null = null;
  private greeted = false;
  private fails = 0;
  private heardAt = 0;
  private timer: number | undefined;
  private readonly beat: number;
  private ended = false;

  constructor(private readonly address: string, private readonly heard: Heard) {
    this.outbox = new Outbox((n, doc, bytes) => { heard.keep(n, doc, bytes); this.send(n, doc, bytes); }, heard.changed, heard.forget);
    this.beat = window.setInterval(() => this.check(), PING_MS);
    window.addEventListener('online', this.soon);
    window.addEventListener('offline', this.doubt);
    document.addEventListener('visibilitychange', this.soon);
    this.connect();
  }

  /** Takes a document in: what is written here goes out, what others write comes in. It is asked for after what was written at the same stroke. */
  add(name: string, doc: Y.Doc): void {
    this.docs.set(name, doc);
    doc.on('update', (update: Uint8Array, origin: unknown) => { if (origin !== WIRE) this.outbox.add(name, update); });
    queueMicrotask(() => { if (this.greeted && !this.ended) this.ask(name); });
  }

  presence(where: Record<string, unknown>): void {
    if (this.greeted) this.socket?.send(frame(TO.presence, String(where.doc ?? ''), json(where)));
  }

  isSynced(name: string): boolean { return this.synced.has(name); }

  close(): void {
    this.ended = true;
    window.clearInterval(this.beat);
    window.clearTimeout(this.timer);
    window.removeEventListener('online', this.soon);
    window.removeEventListener('offline', this.doubt);
    document.removeEventListener('visibilitychange', this.soon);
    this.outbox.close();
    this.hangUp();
  }

  connect(): void {
    if (this.ended) return;
    window.clearTimeout(this.timer);
    this.hangUp();
    const socket = new WebSocket(this.address);
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }) => { if (socket === this.socket) this.take(read(data)); };
    socket.onclose = ({ code }) => { if (socket === this.socket) this.lost(code); };
    this.socket = socket;
    this.heardAt = Date.now();
  }

  private hangUp(): void {
    const old = this.socket;
    this.socket = null;
    this.greeted = false;
    this.synced.clear();
    if (old && old.readyState < WebSocket.CLOSING) old.close();
  }

  private lost(code: number): void {
    this.hangUp();
    this.fails += 1;
    this.link = STOPS[code] ?? (code === 4409 ? 'elsewhere' : 'offline');
    if (this.link === 'refused') this.heard.refused({ code: 'refused', message: code === 4413 ? 'This change is too large to be kept' : 'The server could not read this change' });
    else if (!(code in STOPS)) this.later();
    this.heard.changed();
  }

  private later(): void {
    const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(this.fails - 1, 6)) * (0.75 + Math.random() / 2);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.connect(), wait);
  }

  /** The network or the person came back: do not wait for the next try. */
  private readonly soon = (): void => {
    const asleep = document.visibilityState === 'hidden' || this.ended || this.link === 'refused';
    if (!asleep && (!this.socket || this.socket.readyState > WebSocket.OPEN)) this.connect();
  };

  /** The browser says that the network went: ask, and give up on a socket that stays silent. */
  private readonly doubt = (): void => {
    const asked = Date.now();
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(frame(TO.ping, ''));
    window.setTimeout(() => { if (this.socket && this.heardAt < asked) this.lost(1006); }, 2000);
  };

  private check(): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    if (Date.now() - this.heardAt > SILENT_MS) this.lost(1006);
    else this.socket.send(frame(TO.ping, ''));
  }

  private ask(name: string): void {
    this.outbox.close();
    this.socket?.send(frame(TO.open, name, Y.encodeStateVector(this.docs.get(name)!)));
  }

  private send(n: number, doc: string, bytes: Uint8Array): void {
    if (this.synced.has(doc)) this.socket?.send(frame(TO.update, doc, number(n), bytes));
  }

  private take(got: Frame | null): void {
    this.heardAt = Date.now();
    if (!got) return;
    const { kind, name, payload } = got;
    const doc = this.docs.get(name);
    if (kind === FROM.hello) this.greet(jsonOf(payload));
    else if (kind === FROM.state && doc) this.state(name, doc, payload);
    else if (kind === FROM.update && doc) this.heard.incoming(() => Y.applyUpdate(doc, payload, WIRE));
    else if (kind === FROM.stored) { this.fails = 0; this.outbox.stored(numberOf(payload)); }
    else if (kind === FROM.pong) this.fails = 0;
    else if (kind === FROM.presence) this.heard.presence(jsonOf(payload));
    else if (kind === FROM.notice) this.heard.notice(jsonOf(payload));
    else if (kind === FROM.refused) this.refuse(jsonOf(payload.subarray(4)));
  }

  private greet(said: Record<string, unknown>): void {
    const may = said.may === 'edit' || said.may === 'comment' ? said.may : 'view';
    const documents = Array.isArray(said.documents) ? said.documents.filter((one): one is string => typeof one === 'string') : [];
    this.greeted = true;
    this.link = 'open';
    const before = [...this.docs.keys()];
    for (const name of before) this.ask(name);
    this.heard.hello({ session: String(said.session ?? ''), person: String(said.person ?? ''), account: String(said.account ?? ''), role: String(said.role ?? ''), may, documents });
    this.heard.changed();
  }

  private state(name: string, doc: Y.Doc, payload: Uint8Array): void {
    const length = numberOf(payload);
    if (length < 0 || payload.length < 4 + length) return;
    const theirs = payload.slice(4, 4 + length);
    this.heard.incoming(() => Y.applyUpdate(doc, payload.slice(4 + length), WIRE));
    this.synced.add(name);
    this.outbox.again(name, doc, theirs);
    this.heard.synced(name);
  }

  private refuse(said: Record<string, unknown>): void {
    const fault = (typeof said.error === 'object' && said.error ? said.error : said) as Partial<ApiFault>;
    this.link = 'refused';
    this.hangUp();
    this.heard.refused({ code: String(fault.code ?? 'refused'), message: String(fault.message ?? 'The change was refused'), hint: typeof fault.hint === 'string' ? fault.hint : undefined });
    this.heard.changed();
  }
}
