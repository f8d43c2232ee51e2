import type { KeyboardEvent } from 'react';
import type { Carry } from './carry';
import type { Hand } from './hand';
import type { Model } from './model';
import type { Picks } from './picks';
import { edge, next, range } from './walk';

export interface Hands {
  hand: Hand; picks: Picks; carry: Carry; model: () => Model; board: () => HTMLElement | null;
  open: (element: string) => void; fold: (lane: string) => void; shut: () => void; into: (stage: string) => void; may: () => boolean;
}

/** What a key does on the thing that has the focus. */
export function pressed(event: KeyboardEvent, to: Hands): void {
  const target = event.target as HTMLElement;
  if (event.defaultPrevented || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) return;
  const board = to.board();
  const one = target.closest<HTMLElement>('[data-node]');
  if (!board || !one) return;
  if (to.carry.active) { to.carry.press(event); event.stopPropagation(); return; }
  const key = one.dataset.node!;
  if (event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End') { go(event, to, board, one); return; }
  if (event.ctrlKey || event.metaKey) { withControl(event, to, key); return; }
  if (event.altKey) return;
  if (event.key === 'Escape') { if (to.picks.chosen.size) to.picks.choose([]); else to.shut(); event.preventDefault(); return; }
  if (event.key === '.') { const lane = one.closest<HTMLElement>('[data-cell]')?.dataset.lane; if (lane && lane !== 'head') to.fold(lane); return; }
  if (key.startsWith('add:') || key.startsWith('micro:') || key.startsWith('emotion:')) return;
  const done = key.startsWith('stage:') ? onStage(event, to, key) : key.startsWith('lane:') ? onLane(event, to, key) : onItem(event, to, key, one);
  if (done) { event.preventDefault(); event.stopPropagation(); }
}

function go(event: KeyboardEvent, to: Hands, board: HTMLElement, one: HTMLElement): void {
  const found = event.key === 'Home' || event.key === 'End' ? edge(board, one, event.key === 'End', event.ctrlKey || event.metaKey) : next(board, one, event.key);
  event.preventDefault();
  event.stopPropagation();
  if (!found) return;
  found.focus({ preventScroll: true });
  found.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  if (event.shiftKey && found.dataset.item && one.dataset.item) {
    const anchor = to.picks.anchor && to.model().items.has(to.picks.anchor) ? to.picks.anchor : one.dataset.item;
    to.picks.choose(range(board, anchor, found.dataset.item), anchor);
  }
}

/** What a deed is done to: all that is chosen, if this is among it, else this alone. */
const meant = (to: Hands, key: string): string[] => (to.picks.chosen.has(key) ? [...to.picks.chosen] : [key]);

function withControl(event: KeyboardEvent, to: Hands, key: string): void {
  const item = to.model().items.get(key);
  if (event.key === 'a' && item) { event.preventDefault(); to.picks.choose([...to.model().items.values()].filter((one) => one.lane === item.lane).map((one) => one.key), key); }
  if (event.key === 'd') { event.preventDefault(); if (item && to.may()) to.hand.duplicate(meant(to, key)); }
  if (event.key === ' ' && item) { event.preventDefault(); to.picks.turn(key); }
}

function onItem(event: KeyboardEvent, to: Hands, key: string, one: HTMLElement): boolean {
  const item = to.model().items.get(key);
  if (!item) return false;
  const keys = meant(to, key);
  switch (event.key) {
    case 'Enter': to.picks.choose(keys, key); to.open(item.element); return true;
    case 'x': to.picks.turn(key); return true;
  }
  if (!to.may()) return false;
  switch (event.key) {
    case 'F2': if (!item.branches && item.kind !== 'team') to.picks.set({ editing: key }); return true;
    case ' ': if (item.fixed || item.kind === 'experience') return true; to.carry.take(keys, item); return true;
    case 'Delete': case 'Backspace': away(to, keys, one); return true;
    case 'o': to.hand.join(to.picks.chosen.size > 1 ? to.picks.chosen : keys); return true;
    case 'e': if (item.kind === 'moment') to.hand.meet(item.id); return true;
    case 'a': to.picks.set({ adding: `${item.lane}|${item.stage}` }); return true;
  }
  return false;
}

/** Deleted things leave the focus to what stood beside them. */
function away(to: Hands, keys: string[], one: HTMLElement): void {
  const nodes = [...(one.closest('[data-cell]')?.querySelectorAll<HTMLElement>('[data-node]') ?? [])];
  const rest = nodes.filter((each) => each === one || !keys.includes(each.dataset.node!));
  const at = rest.indexOf(one);
  const heir = rest[at + 1] ?? rest[at - 1];
  to.hand.remove(keys);
  heir?.focus({ preventScroll: true });
}

function onStage(event: KeyboardEvent, to: Hands, key: string): boolean {
  const id = key.slice(6);
  switch (event.key) {
    case 'Enter': to.picks.choose([key]); to.open(key); return true;
    case 'x': to.picks.turn(key); return true;
    case 'i': to.into(id); return true;
  }
  if (!to.may()) return false;
  switch (event.key) {
    case 'F2': to.picks.set({ editing: key }); return true;
    case ' ': to.carry.takeStage(id); return true;
    case 'Delete': case 'Backspace': to.hand.removeStages(new Set(meant(to, key).filter((one) => one.startsWith('stage:')).map((one) => one.slice(6)))); return true;
  }
  return false;
}

function onLane(event: KeyboardEvent, to: Hands, key: string): boolean {
  const id = key.slice(5);
  if (event.key === 'Enter') { to.fold(id); return true; }
  if (!to.may()) return false;
  switch (event.key) {
    case 'F2': to.picks.set({ editing: key }); return true;
    case ' ': to.carry.takeLane(id); return true;
    case 'Delete': case 'Backspace': to.hand.removeLane(id); return true;
  }
  return false;
}
