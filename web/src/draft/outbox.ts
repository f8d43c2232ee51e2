import * as Y from 'yjs';

interface Waiting { doc: string; bytes: Uint8Array }

/** Edits that follow one another faster than this go out as one; the first goes at once. */
const GATHER_MS = 50;
/** The server takes no frame beyond 1 MB; what waited long goes out in pieces below. */
const LARGE_BYTES = 500_000;

/** Updates on their way to the disk: gathered for a moment, numbered, kept until the server says `stored`. */
export class Outbox {
  private readonly gathered = new Map<string, Uint8Array[]>();
  private readonly numbered = new Map<number, Waiting>();
  private counter = 0;
  private timer: number | undefined;
  private closedAt = 0;

  constructor(private readonly ready: (n: number, doc: string, bytes: Uint8Array) => void, private readonly changed: () => void, private readonly gone: (n: number) => void) {}

  /** How many changes the disk does not have yet. */
  get size(): number { return this.numbered.size + this.gathered.size; }

  add(doc: string, update: Uint8Array): void {
    const parts = this.gathered.get(doc);
    if (parts) parts.push(update); else this.gathered.set(doc, [update]);
    if (this.timer === undefined) this.timer = window.setTimeout(() => this.close(), Math.max(0, this.closedAt + GATHER_MS - Date.now()));
    this.changed();
  }

  /** Numbers what was gathered and hands it on. */
  close(): void {
    window.clearTimeout(this.timer);
    this.timer = undefined;
    this.closedAt = Date.now();
    const parts = [...this.gathered];
    this.gathered.clear();
    for (const [doc, updates] of parts) this.put(doc, Y.mergeUpdates(updates));
  }

  private put(doc: string, bytes: Uint8Array): void {
    const n = (this.counter += 1);
    this.numbered.set(n, { doc, bytes });
    this.ready(n, doc, bytes);
  }

  stored(n: number): void { if (this.numbered.delete(n)) { this.gone(n); this.changed(); } }

  /** All that waits of one document becomes one update, with what else the server lacks; it goes out under a new number. */
  again(doc: string, own: Y.Doc, theirs: Uint8Array): void {
    this.close();
    const mine = [...this.numbered].filter(([, one]) => one.doc === doc);
    for (const [n] of mine) this.numbered.delete(n);
    const all = mine.map(([, one]) => one.bytes);
    if (!covered(own, theirs, all.length ? Y.mergeUpdates(all) : undefined)) all.push(Y.encodeStateAsUpdate(own, theirs));
    for (const bytes of inPieces(all)) this.put(doc, bytes);
    for (const [n] of mine) this.gone(n);
    this.changed();
  }

  clear(): void {
    window.clearTimeout(this.timer);
    this.timer = undefined;
    this.gathered.clear();
    this.numbered.clear();
  }
}

function inPieces(all: Uint8Array[]): Uint8Array[] {
  const pieces: Uint8Array[][] = [];
  let size = Infinity;
  for (const one of all) {
    if (size + one.length > LARGE_BYTES) { pieces.push([]); size = 0; }
    pieces.at(-1)!.push(one);
    size += one.length;
  }
  return pieces.map((piece) => (piece.length > 1 ? Y.mergeUpdates(piece) : piece[0]));
}

/** Whether what the server has and what waits come to all that is here. */
function covered(own: Y.Doc, theirs: Uint8Array, waiting: Uint8Array | undefined): boolean {
  const has = Y.decodeStateVector(theirs);
  const sent = waiting ? Y.parseUpdateMeta(waiting) : { from: new Map<number, number>(), to: new Map<number, number>() };
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(own))) {
    const known = has.get(client) ?? 0;
    if (clock > known && ((sent.to.get(client) ?? 0) < clock || (sent.from.get(client) ?? 0) > known)) return false;
  }
  return true;
}
