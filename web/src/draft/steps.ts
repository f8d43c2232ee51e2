import * as Y from 'yjs';
import { rootsOf } from './shape';

/** Changes to one field belong together while no longer pause lies between them. */
const PAUSE = 900;
/** Whatever is changed at one stroke belongs together. */
const STROKE = 40;

/** One's own steps over all documents, back and forth. What others wrote is never taken back. */
export class Steps {
  private readonly managers = new Map<string, Y.UndoManager>();
  private back: Set<Y.UndoManager>[] = [];
  private forth: Set<Y.UndoManager>[] = [];
  private last = { at: 0, what: '' };
  private walking: Set<Y.UndoManager> | null = null;

  constructor(private readonly origin: unknown) {}

  add(name: string, doc: Y.Doc): void {
    const roots = Object.keys(rootsOf(name)).map((root) => doc.getMap(root));
    const manager = new Y.UndoManager(roots, { captureTimeout: Number.MAX_SAFE_INTEGER, trackedOrigins: new Set([this.origin]) });
    this.managers.set(name, manager);
    manager.on('stack-item-added', ({ type }: { type: 'undo' | 'redo' }) => {
      if (this.walking) { this.walking.add(manager); return; }
      if (type === 'undo') this.back.at(-1)?.add(manager);
    });
  }

  private open(): void {
    if (this.back.at(-1)?.size === 0) this.back.pop();
    for (const manager of this.managers.values()) manager.stopCapturing();
    this.back.push(new Set());
    if (this.back.length > 500) this.back.shift();
  }

  /** Called within a change, before its transaction ends: it goes on with the last step if it touches the same, else it begins one. */
  apart(what: string): void {
    const now = Date.now();
    const same = what === this.last.what && now - this.last.at < PAUSE;
    if (!same && now - this.last.at > STROKE) this.open();
    else if (!this.back.length) this.open();
    this.last = { at: now, what };
    this.forth = [];
  }

  get undoable(): boolean { return this.back.some((step) => step.size > 0); }
  get redoable(): boolean { return this.forth.length > 0; }

  undo(): void { this.walk(this.back, this.forth, (manager) => manager.undo()); }
  redo(): void { this.walk(this.forth, this.back, (manager) => manager.redo()); }

  private walk(from: Set<Y.UndoManager>[], to: Set<Y.UndoManager>[], go: (manager: Y.UndoManager) => unknown): void {
    this.last = { at: 0, what: '' };
    for (let step = from.pop(); step; step = from.pop()) {
      const there = new Set<Y.UndoManager>();
      this.walking = there;
      for (const manager of step) { manager.stopCapturing(); go(manager); }
      this.walking = null;
      if (there.size) { to.push(there); return; }
    }
  }

  destroy(): void { for (const manager of this.managers.values()) manager.destroy(); }
}
