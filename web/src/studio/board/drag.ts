import type { Item } from './model';
import type { Target } from './deeds';
import { found, headsOf, lanesOn, placesOf, seamOf, show, spotsFor, type Head, type Mark, type Place, type Spot, type Surface } from './surface';

export interface Deeds {
  surface: () => Surface | null;
  item: (key: string) => Item | undefined;
  /** What goes along when this is taken. */
  taken: (key: string) => string[];
  drop: (keys: string[], target: Target, copy: boolean) => void;
  dropStage: (id: string, side: 'buyer' | 'customer', before: string | null) => void;
  dropLane: (id: string, before: string | null) => void;
  dropEvent: (event: string, target: Target) => void;
  catch: (keys: string[], add: boolean) => void;
  may: () => boolean;
}

type What =
  | { kind: 'items'; keys: string[]; item: Item; spots: Spot[] }
  | { kind: 'event'; event: string; spots: Spot[] }
  | { kind: 'stage'; id: string; heads: Head[]; seam: number }
  | { kind: 'lane'; id: string; lanes: Place[] }
  | { kind: 'box'; places: Place[]; x: number; y: number; add: boolean };

const START = 4;
const HOLD = 280;
const EDGE = 56;
const STEP: Pick<Item, 'kind' | 'fixed'> = { kind: 'step', fixed: false };

const stopped = (event: Event): void => event.preventDefault();

/** Drags by pointer events alone: a copy follows the pointer by transform, a marker shows where it would land; React draws once, at the end. */
export class Drag {
  private what: What | null = null;
  private from: { x: number; y: number; id: number; touch: boolean; element: Element } | null = null;
  private at = { x: 0, y: 0 };
  private seen = '';
  private ghost: HTMLElement | null = null;
  private grip = { x: 0, y: 0 };
  private timer = 0;
  private loop = 0;
  private land: (() => void) | null = null;
  private copy = false;
  private height = 0;
  /** True right after a drag, so that the click it ends with chooses nothing. */
  ended = false;

  constructor(private readonly deeds: Deeds) {}

  get active(): boolean { return this.what !== null; }

  down = (event: PointerEvent): void => {
    this.ended = false;
    const element = event.target as Element;
    if (this.from && !this.what) this.stop();
    if (event.button !== 0 || this.from || element.closest('input, textarea, select, [data-nodrag]')) return;
    this.from = { x: event.clientX, y: event.clientY, id: event.pointerId, touch: event.pointerType === 'touch', element };
    this.at = { x: event.clientX, y: event.clientY };
    this.copy = event.altKey;
    window.addEventListener('pointermove', this.move);
    window.addEventListener('pointerup', this.up);
    window.addEventListener('pointercancel', this.cancel);
    window.addEventListener('keydown', this.key, true);
    document.addEventListener('selectstart', stopped);
    if (this.from.touch) this.timer = window.setTimeout(() => this.lift(), HOLD);
  };

  private move = (event: PointerEvent): void => {
    if (!this.from || event.pointerId !== this.from.id) return;
    this.at = { x: event.clientX, y: event.clientY };
    this.copy = event.altKey;
    if (this.what) return;
    const far = Math.hypot(this.at.x - this.from.x, this.at.y - this.from.y);
    if (this.from.touch) { if (far > 8) this.stop(); } else if (far > START) this.lift();
  };

  private up = (event: PointerEvent): void => {
    if (!this.from || event.pointerId !== this.from.id) return;
    const { what } = this;
    if (what) {
      this.at = { x: event.clientX, y: event.clientY };
      this.look(true);
      this.ended = true;
      window.setTimeout(() => { this.ended = false; }, 0);
    }
    const { land } = this;
    this.stop();
    if (what) land?.();
  };

  private cancel = (): void => this.stop();

  private key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.what) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.ended = true;
    this.stop();
  };

  /** The moment a press becomes a drag: everything that is needed later is measured once, now. */
  private lift(): void {
    const surface = this.deeds.surface();
    if (!this.from || !surface) return this.stop();
    this.what = this.taken(surface, this.from.element);
    if (!this.what) return this.stop();
    document.body.dataset.dragging = this.what.kind;
    window.getSelection()?.removeAllRanges();
    if (this.from.touch) navigator.vibrate?.(12);
    this.seen = '';
    this.height = surface.board.offsetHeight;
    this.loop = requestAnimationFrame(this.frame);
  }

  private taken(surface: Surface, element: Element): What | null {
    const card = element.closest<HTMLElement>('[data-item]');
    const may = this.deeds.may();
    if (card) {
      const item = this.deeds.item(card.dataset.item!);
      if (!item || item.fixed || !may) return null;
      const keys = this.deeds.taken(item.key);
      this.lifted(surface, card, keys);
      return { kind: 'items', keys, item, spots: spotsFor(surface, item, new Set(keys)) };
    }
    const chip = element.closest<HTMLElement>('[data-event]');
    if (chip && may) { this.lifted(surface, chip, []); return { kind: 'event', event: chip.dataset.event!, spots: spotsFor(surface, STEP, new Set()) }; }
    const head = element.closest<HTMLElement>('[data-stagehead]');
    if (head && may) { this.lifted(surface, head, []); return { kind: 'stage', id: head.dataset.stagehead!, heads: headsOf(surface), seam: seamOf(surface) }; }
    const lane = element.closest<HTMLElement>('[data-lanehead]');
    if (lane && may) { this.lifted(surface, lane, []); return { kind: 'lane', id: lane.dataset.lanehead!, lanes: lanesOn(surface) }; }
    if (this.from!.touch || !surface.board.contains(element) || element.closest('button, [data-node], svg [role]')) return null;
    const base = surface.board.getBoundingClientRect();
    return { kind: 'box', places: placesOf(surface), x: this.from!.x - base.left, y: this.from!.y - base.top, add: false };
  }

  private lifted(surface: Surface, element: HTMLElement, keys: string[]): void {
    const box = element.getBoundingClientRect();
    this.grip = { x: this.from!.x - box.left, y: this.from!.y - box.top };
    const ghost = element.cloneNode(true) as HTMLElement;
    for (const one of [ghost, ...ghost.querySelectorAll<HTMLElement>('*')]) for (const name of ['data-item', 'data-node', 'data-stagehead', 'data-lanehead', 'data-cell', 'tabindex', 'role']) one.removeAttribute(name);
    ghost.style.width = `${box.width}px`;
    ghost.dataset.ghost = 'true';
    if (keys.length > 1) {
      const badge = document.createElement('b');
      badge.textContent = String(keys.length);
      badge.dataset.badge = 'true';
      ghost.append(badge);
    }
    surface.layer.replaceChildren(ghost);
    this.ghost = ghost;
    for (const key of keys.length ? keys : []) surface.board.querySelector(`[data-item="${CSS.escape(key)}"]`)?.setAttribute('data-lifted', 'true');
    if (!keys.length) element.setAttribute('data-lifted', 'true');
  }

  private frame = (): void => {
    if (!this.what) return;
    this.look(false);
    this.loop = requestAnimationFrame(this.frame);
  };

  private look(now: boolean): void {
    const surface = this.deeds.surface();
    if (!surface || !this.what) return;
    if (!now) this.follow(surface);
    if (this.ghost) this.ghost.style.transform = `translate3d(${this.at.x - this.grip.x}px, ${this.at.y - this.grip.y}px, 0)`;
    const seen = `${this.at.x} ${this.at.y} ${surface.scroller.scrollLeft} ${surface.scroller.scrollTop}`;
    if (seen === this.seen && !now) return;
    this.seen = seen;
    this.again(surface);
    const base = surface.board.getBoundingClientRect();
    const mark = this.sight(this.what, this.at.x - base.left, this.at.y - base.top);
    if (this.what.kind !== 'box') show(surface, mark);
    else if (mark) { surface.box.style.cssText = `display:block;transform:translate(${mark.x}px,${mark.y}px);width:${mark.w}px;height:${mark.h}px`; }
  }

  private sight(what: What, x: number, y: number): Mark | null {
    this.land = null;
    if (what.kind === 'items') {
      const hit = found(what.spots, x, y, what.item.kind);
      if (hit) this.land = () => this.deeds.drop(what.keys, hit.target, this.copy);
      return hit?.mark ?? null;
    }
    if (what.kind === 'event') {
      const hit = found(what.spots, x, y, 'step');
      if (hit) this.land = () => this.deeds.dropEvent(what.event, hit.target);
      return hit?.mark ?? null;
    }
    if (what.kind === 'stage') {
      const others = what.heads.filter((one) => one.key !== what.id);
      const side = x < what.seam ? 'buyer' : 'customer';
      const own = others.filter((one) => one.side === side);
      const next = own.find((one) => x < one.x + one.w / 2);
      this.land = () => this.deeds.dropStage(what.id, side, next?.key ?? null);
      const edge = next ? next.x : own.length ? own.at(-1)!.x + own.at(-1)!.w : x;
      return { kind: 'column', x: edge - 1, y: 0, w: 2, h: this.deeds.surface()!.board.offsetHeight };
    }
    if (what.kind === 'lane') {
      const others = what.lanes.filter((one) => one.key !== what.id);
      const next = others.find((one) => y < one.y + one.h / 2);
      this.land = () => this.deeds.dropLane(what.id, next?.key ?? null);
      const last = others.at(-1);
      return { kind: 'row', x: 0, y: (next ? next.y : last ? last.y + last.h : y) - 1, w: this.deeds.surface()!.board.offsetWidth, h: 2 };
    }
    const box = { x: Math.min(x, what.x), y: Math.min(y, what.y), w: Math.abs(x - what.x), h: Math.abs(y - what.y) };
    const keys = what.places.filter((one) => one.x < box.x + box.w && one.x + one.w > box.x && one.y < box.y + box.h && one.y + one.h > box.y).map((one) => one.key);
    this.land = () => this.deeds.catch(keys, false);
    return { kind: 'line', ...box };
  }

  /** Rows out of sight have no true height before they come into sight: what was measured is measured again once the board has grown. */
  private again(surface: Surface): void {
    const height = surface.board.offsetHeight;
    if (height === this.height || !this.what) return;
    this.height = height;
    const { what } = this;
    if (what.kind === 'items') what.spots = spotsFor(surface, what.item, new Set(what.keys));
    if (what.kind === 'event') what.spots = spotsFor(surface, STEP, new Set());
    if (what.kind === 'lane') what.lanes = lanesOn(surface);
    if (what.kind === 'box') what.places = placesOf(surface);
  }

  /** Near an edge the board moves along. */
  private follow(surface: Surface): void {
    const box = surface.scroller.getBoundingClientRect();
    const pull = (at: number, from: number, to: number) => (at < from + EDGE ? at - from - EDGE : at > to - EDGE ? at - to + EDGE : 0) / 4;
    if (this.at.y > box.bottom || this.at.x > box.right) return; // over the tray or the drawer
    const [dx, dy] = [pull(this.at.x, box.left + 90, box.right), pull(this.at.y, box.top + 60, box.bottom)];
    if (dx || dy) surface.scroller.scrollBy(Math.max(-16, Math.min(16, dx)), Math.max(-16, Math.min(16, dy)));
  }

  stop = (): void => {
    window.clearTimeout(this.timer);
    cancelAnimationFrame(this.loop);
    for (const [name, ear] of [['pointermove', this.move], ['pointerup', this.up]] as const) window.removeEventListener(name, ear);
    window.removeEventListener('pointercancel', this.cancel);
    window.removeEventListener('keydown', this.key, true);
    document.removeEventListener('selectstart', stopped);
    const surface = this.deeds.surface();
    if (surface) {
      show(surface, null);
      surface.box.style.display = 'none';
      surface.layer.replaceChildren();
      for (const one of document.querySelectorAll('[data-lifted]')) one.removeAttribute('data-lifted');
    }
    delete document.body.dataset.dragging;
    this.what = null; this.from = null; this.ghost = null; this.land = null;
  };
}
