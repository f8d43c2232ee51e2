import * as Y from 'yjs';
import { Halfway } from './halfway';
import { elementOf, keyOf } from './read';
import { rootsOf, type Element } from './shape';

interface Listed { elements: Map<string, Element | null>; dirty: Set<string>; list: readonly Element[] }

const byOrder = (a: Element, b: Element): number => (a.order ?? 0) - (b.order ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The shared documents as lists of elements. One change rebuilds one element; all others stay who they are. */
export class Documents {
  readonly docs = new Map<string, Y.Doc>();
  readonly half = new Halfway();
  private readonly lists = new Map<string, Listed>();

  add(name: string, doc: Y.Doc): void {
    this.docs.set(name, doc);
    for (const [root, { one }] of Object.entries(rootsOf(name))) {
      const map = doc.getMap(root);
      const listed: Listed = { elements: new Map(), dirty: new Set(one ? [''] : map.keys()), list: [] };
      this.lists.set(`${name}\n${root}`, listed);
      map.observeDeep((events) => {
        for (const event of events) {
          if (one) listed.dirty.add('');
          else if (event.target === map) for (const id of event.changes.keys.keys()) listed.dirty.add(id);
          else listed.dirty.add(String(event.path[0]));
        }
      });
    }
  }

  root(name: string, root: string): Y.Map<unknown> | undefined { return this.docs.get(name)?.getMap(root); }

  /** An element must be read anew though its document did not change. */
  touch(name: string, root: string, id: string): void { this.lists.get(`${name}\n${root}`)?.dirty.add(id); }

  /** The elements at a root in their order; the same list as long as nothing in it changed. */
  list(name: string, root: string): readonly Element[] {
    const listed = this.lists.get(`${name}\n${root}`);
    if (!listed) return NONE;
    if (listed.dirty.size) this.reread(name, root, listed);
    return listed.list;
  }

  /** The one thing at a root. */
  one(name: string, root: string): Element | undefined { return this.list(name, root)[0]; }

  has(name: string, root: string, id: string): boolean {
    this.list(name, root);
    return Boolean(this.lists.get(`${name}\n${root}`)?.elements.get(id));
  }

  private reread(name: string, root: string, listed: Listed): void {
    const map = this.docs.get(name)!.getMap(root);
    const shape = rootsOf(name)[root];
    for (const id of listed.dirty) {
      const found = shape.one ? map : map.get(id);
      if (found === undefined) listed.elements.delete(id);
      else listed.elements.set(id, elementOf(found, id, shape, this.half, (field) => keyOf(name, root, id, field)));
    }
    listed.dirty.clear();
    listed.list = [...listed.elements.values()].filter((one) => one !== null).sort(byOrder);
  }
}

const NONE: readonly Element[] = [];
