import * as Y from 'yjs';
import { Refusal } from '../api/client';
import type { Plan } from '../api/nouns';
import { Company } from './company';
import { Documents } from './documents';
import { Kept, type Unsent } from './kept';
import { Projection } from './project';
import { MAP, PLAN } from './shape';
import { SHUT } from './shut';
import { ASLEEP, type May, type Notice, type Sight } from './sight';
import { Steps } from './steps';
import { Wire, type Hello } from './wire';
import { write } from './write';

/** The origin of one's own edits: these alone are taken back. */
const MINE = Symbol('mine');
const FLUSH_MS = 8000;

/** One workspace's draft as shared documents: read as a plan, changed as a plan, everybody's at once. */
export class Room {
  readonly company: Company;
  private readonly documents = new Documents();
  private readonly projection = new Projection(this.documents);
  private readonly steps = new Steps(MINE);
  private readonly wire: Wire;
  private readonly kept: Kept;
  private readonly listeners = new Set<() => void>();
  private readonly hearers = new Set<(notice: Notice) => void>();
  private readonly known = new Set<string>();
  private sight: Sight = ASLEEP;
  private may: May = 'view';
  private error: unknown = null;
  private ready = false;
  private quiet = false;
  /** Called before others' edits come in, so that one's caret can be put back. */
  beforeOthers: () => void = () => undefined;

  constructor(workspace: string) {
    this.kept = new Kept(workspace);
    this.company = new Company((where) => this.wire.presence({ ...where }), () => this.publish());
    const host = `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}`;
    this.wire = new Wire(`${host}/api/w/${workspace}/studio/socket`, {
      hello: (hello) => this.greeted(hello),
      synced: (name) => this.synced(name),
      presence: (said) => this.company.heard(said),
      notice: (said) => { for (const hear of this.hearers) hear(said as Notice); },
      refused: (fault) => { this.error = new Refusal(422, fault); },
      changed: () => this.changed(),
      incoming: (apply) => { this.beforeOthers(); this.silently(apply); this.open(); this.publish(); },
      keep: (n, doc, bytes) => this.kept.keep(n, doc, bytes),
      forget: (n) => this.kept.forget(n),
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly look = (): Sight => this.sight;

  hear(hearer: (notice: Notice) => void): () => void {
    this.hearers.add(hearer);
    return () => this.hearers.delete(hearer);
  }

  /** Changes the plan: what differs is written into the documents at one stroke. */
  readonly change = (next: (plan: Plan) => Plan): void => {
    const before = this.sight.plan;
    if (!before || this.may !== 'edit' || this.wire.link === 'refused') return;
    const after = next(before);
    if (after === before) return;
    for (const { id } of after.journeys ?? []) this.take(MAP + id);
    this.silently(() => this.together(() => {
      const touched = write(this.documents, before, after);
      if (touched.length) this.steps.apart(touched.join('\n'));
    }));
    this.open();
    this.publish();
  };

  readonly undo = (): void => { this.silently(() => this.steps.undo()); this.open(); this.publish(); };
  readonly redo = (): void => { this.silently(() => this.steps.redo()); this.open(); this.publish(); };

  /** Until all is on the server's disk. Fails when that cannot be now. */
  async flush(): Promise<void> {
    this.wire.outbox.close();
    const end = Date.now() + FLUSH_MS;
    while (this.wire.outbox.size && Date.now() < end && this.wire.link === 'open') await new Promise((done) => { window.setTimeout(done, 25); });
    if (this.wire.outbox.size) throw new Refusal(0, { code: 'unsaved', message: 'Your last changes are not saved yet', hint: 'They wait here and are saved once the server answers.' });
  }

  /** Tries again at once. */
  retry(): void { this.error = null; this.wire.connect(); }

  close(): void {
    this.wire.close();
    this.company.close();
    this.steps.destroy();
    for (const doc of this.documents.docs.values()) doc.destroy();
  }

  /** All documents in one transaction each, so that one change is one update. */
  private together(work: () => void): void {
    const all = [...this.documents.docs.values()];
    const nest = (n: number): void => (n < all.length ? all[n].transact(() => nest(n + 1), MINE) : work());
    nest(0);
  }

  private take(name: string): void {
    if (this.documents.docs.has(name)) return;
    const doc = new Y.Doc({ gc: true });
    this.documents.add(name, doc);
    this.steps.add(name, doc);
    this.wire.add(name, doc);
  }

  /** Every planned journey has a document of its own. */
  private open(): void {
    for (const id of this.projection.journeyIds()) this.take(MAP + id);
  }

  private greeted(hello: Hello): void {
    this.may = hello.may;
    this.error = null;
    this.kept.of(hello.account);
    this.take(PLAN);
    for (const name of hello.documents) if (name.startsWith(MAP)) this.take(name);
    this.company.begin(hello.session);
  }

  private synced(name: string): void {
    this.known.add(name);
    const names = [...this.documents.docs.keys()];
    if (this.ready || !names.length || !names.every((one) => this.known.has(one))) return;
    this.ready = true;
    void this.kept.read().then((all) => this.bringBack(all));
    this.publish();
  }

  /** What a reload found unsent. */
  private bringBack(all: Unsent[]): void {
    if (this.may !== 'edit') return;
    for (const { doc, bytes } of all) {
      const own = this.documents.docs.get(doc);
      try { if (own) Y.applyUpdate(own, bytes); } catch { /* kept by another version of the page: nothing to bring back */ }
    }
    this.wire.outbox.close();
    this.kept.clear(all);
    this.open();
    this.publish();
  }

  private changed(): void {
    if (this.wire.link !== 'open' && this.company.present.length) this.company.end();
    this.publish();
  }

  /** While documents change, nobody is told: once is enough, after. */
  private silently(work: () => void): void {
    this.quiet = true;
    try { work(); } finally { this.quiet = false; }
  }

  private publish(): void {
    if (this.quiet) return;
    const { link, outbox } = this.wire;
    const next: Sight = {
      plan: this.ready ? this.projection.plan() : undefined,
      state: this.error ? 'refused' : link === 'open' || link === 'opening' ? (outbox.size ? 'saving' : 'saved') : link,
      error: this.error ?? (this.ready ? null : (SHUT[link] ?? null)), waiting: outbox.size, undoable: this.steps.undoable, redoable: this.steps.redoable, may: this.may, people: this.company.people,
    };
    if ((Object.keys(next) as (keyof Sight)[]).every((key) => next[key] === this.sight[key])) return;
    this.sight = next;
    for (const listener of this.listeners) listener();
  }
}
