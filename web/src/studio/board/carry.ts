import type { Target } from './deeds';
import type { Item } from './model';
import { headsOf, lanesOn, lineAt, reveal, seamOf, show, spotsFor, type Head, type Mark, type Place, type Spot, type Surface } from './surface';

type Load =
  | { kind: 'items'; keys: string[]; item: Item; spots: Spot[]; at: number; index: number }
  | { kind: 'stage'; id: string; heads: Head[]; seam: number; side: 'buyer' | 'customer'; index: number }
  | { kind: 'lane'; id: string; lanes: Place[]; index: number };

export interface Landing {
  drop: (keys: string[], target: Target, copy: boolean) => void;
  dropStage: (id: string, side: 'buyer' | 'customer', before: string | null) => void;
  dropLane: (id: string, before: string | null) => void;
  /** A cell as it is said: “Touchpoints, Choose”. */
  cell: (spot: Spot) => string;
  stage: (id: string) => string;
  lane: (id: string) => string;
  say: (text: string) => void;
}

/** The keyboard's drag: space takes, arrows carry, space or Enter puts down, Escape puts back. Nothing changes before it is put down. */
export class Carry {
  private load: Load | null = null;
  constructor(private readonly surface: () => Surface | null, private readonly landing: Landing) {}
  get active(): boolean { return this.load !== null; }

  take(keys: string[], item: Item): void {
    const surface = this.surface();
    if (!surface) return;
    const spots = spotsFor(surface, item, new Set(keys));
    const at = spots.findIndex((one) => one.lane === item.lane && one.stage === item.stage);
    if (at < 0) return;
    const base = surface.board.getBoundingClientRect();
    const own = surface.board.querySelector(`[data-item="${CSS.escape(item.key)}"]`)?.getBoundingClientRect();
    const y = own ? own.top - base.top : 0;
    const index = spots[at].things.filter((one) => one.y < y).length;
    this.load = { kind: 'items', keys, item, spots, at, index };
    for (const key of keys) surface.board.querySelector(`[data-item="${CSS.escape(key)}"]`)?.setAttribute('data-lifted', 'true');
    this.tell(`${keys.length > 1 ? `${keys.length} things` : item.name} taken. Arrows carry, space puts down, Escape puts back.`);
  }

  takeStage(id: string): void {
    const surface = this.surface();
    if (!surface) return;
    const all = headsOf(surface);
    const own = all.find((one) => one.key === id);
    if (!own) return;
    const heads = all.filter((one) => one.key !== id);
    this.load = { kind: 'stage', id, heads, seam: seamOf(surface), side: own.side, index: heads.filter((one) => one.side === own.side && one.x < own.x).length };
    this.tell(`Stage ${this.landing.stage(id)} taken. Left and right carry it, space puts down.`);
  }

  takeLane(id: string): void {
    const surface = this.surface();
    if (!surface) return;
    const all = lanesOn(surface);
    this.load = { kind: 'lane', id, lanes: all.filter((one) => one.key !== id), index: all.findIndex((one) => one.key === id) };
    this.tell(`Lane ${this.landing.lane(id)} taken. Up and down carry it, space puts down.`);
  }

  /** Answers whether the key was meant for what is carried. */
  press(event: { key: string; altKey: boolean; preventDefault: () => void }): boolean {
    if (!this.load) return false;
    const { key } = event;
    if (key === 'Escape' || key === 'Tab') this.put(false);
    else if (key === ' ' || key === 'Enter') this.put(true, event.altKey);
    else if (key.startsWith('Arrow')) this.step(key.slice(5) as 'Up');
    event.preventDefault();
    return true;
  }

  put(down: boolean, copy = false): void {
    const { load } = this;
    this.load = null;
    for (const one of document.querySelectorAll('[data-lifted]')) one.removeAttribute('data-lifted');
    const surface = this.surface();
    if (surface) show(surface, null);
    if (!load) return;
    if (!down) { this.landing.say('Put back.'); return; }
    if (load.kind === 'items') {
      const spot = load.spots[load.at];
      this.landing.drop(load.keys, { lane: spot.lane, stage: spot.stage, before: spot.things[load.index]?.key ?? null }, copy);
    }
    if (load.kind === 'stage') this.landing.dropStage(load.id, load.side, this.own(load)[load.index]?.key ?? null);
    if (load.kind === 'lane') this.landing.dropLane(load.id, load.lanes[load.index]?.key ?? null);
  }

  private own = (load: Extract<Load, { kind: 'stage' }>): Head[] => load.heads.filter((one) => one.side === load.side);

  private step(way: 'Up' | 'Down' | 'Left' | 'Right'): void {
    const { load } = this;
    if (!load) return;
    if (load.kind === 'lane') {
      if (way === 'Up') load.index = Math.max(0, load.index - 1);
      if (way === 'Down') load.index = Math.min(load.lanes.length, load.index + 1);
    } else if (load.kind === 'stage') {
      const all = this.own(load).length;
      if (way === 'Right') { if (load.index < all) load.index += 1; else if (load.side === 'buyer') { load.side = 'customer'; load.index = 0; } }
      if (way === 'Left') { if (load.index > 0) load.index -= 1; else if (load.side === 'customer') { load.side = 'buyer'; load.index = this.own(load).length; } }
    } else this.over(load, way);
    this.tell();
  }

  private over(load: Extract<Load, { kind: 'items' }>, way: string): void {
    const here = load.spots[load.at];
    const to = (test: (one: Spot) => number) => {
      let best = -1;
      let least = Infinity;
      load.spots.forEach((one, n) => { const far = test(one); if (far > 0 && far < least) { least = far; best = n; } });
      return best;
    };
    if (way === 'Left' || way === 'Right') {
      const next = to((one) => (one.lane === here.lane ? (one.x - here.x) * (way === 'Right' ? 1 : -1) : 0));
      if (next >= 0) { load.at = next; load.index = Math.min(load.index, load.spots[next].things.length); }
      return;
    }
    const down = way === 'Down';
    if (down ? load.index < here.things.length : load.index > 0) { load.index += down ? 1 : -1; return; }
    const next = to((one) => (one.stage === here.stage ? (one.y - here.y) * (down ? 1 : -1) : 0));
    if (next >= 0) { load.at = next; load.index = down ? 0 : load.spots[next].things.length; }
  }

  private tell(first = ''): void {
    const { load } = this;
    const surface = this.surface();
    if (!load || !surface) return;
    let mark: Mark;
    let words: string;
    if (load.kind === 'items') {
      const spot = load.spots[load.at];
      mark = lineAt(spot, load.index);
      words = `${this.landing.cell(spot)}, place ${load.index + 1} of ${spot.things.length + 1}`;
    } else if (load.kind === 'stage') {
      const own = this.own(load);
      const next = own[load.index];
      const edge = next ? next.x : own.length ? own.at(-1)!.x + own.at(-1)!.w : load.side === 'buyer' ? load.seam - 20 : load.seam + 20;
      mark = { kind: 'column', x: edge - 1, y: 0, w: 2, h: surface.board.offsetHeight };
      words = `${load.side === 'buyer' ? 'Buyer’s' : 'Customer’s'} side, place ${load.index + 1} of ${own.length + 1}`;
    } else {
      const [next, last] = [load.lanes[load.index], load.lanes.at(-1)];
      mark = { kind: 'row', x: 0, y: (next ? next.y : last ? last.y + last.h : 0) - 1, w: surface.board.offsetWidth, h: 2 };
      words = `place ${load.index + 1} of ${load.lanes.length + 1}`;
    }
    show(surface, mark);
    reveal(surface, load.kind === 'items' ? mark : { ...mark, w: 2, h: 2, y: load.kind === 'stage' ? surface.scroller.scrollTop + 100 : mark.y, x: load.kind === 'lane' ? surface.scroller.scrollLeft + 140 : mark.x });
    this.landing.say(`${first} ${words}`.trim());
  }
}
