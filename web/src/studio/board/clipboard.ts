import { useEffect, useRef } from 'react';
import { CLIP } from './clip';
import type { Hand } from './hand';
import type { Picks } from './picks';
import type { Target } from './deeds';

interface Means { hand: Hand; picks: Picks; board: () => HTMLElement | null; keep: (file: File) => Promise<string>; may: () => boolean }

/** Copy, cut and paste on the board: cards with what they refer to, lines of text as cards, pictures (also dropped) as pictures. */
export function useClipboard(means: Means): void {
  const now = useRef(means);
  now.current = means;
  useEffect(() => {
    const at = (): HTMLElement | null => {
      const one = document.activeElement;
      return one instanceof HTMLElement && !['INPUT', 'TEXTAREA'].includes(one.tagName) && now.current.board()?.contains(one) ? one : null;
    };
    const keys = (one: HTMLElement): string[] => {
      const key = one.closest<HTMLElement>('[data-item]')?.dataset.item ?? '';
      const { chosen } = now.current.picks;
      return chosen.size && (!key || chosen.has(key)) ? [...chosen] : key ? [key] : [];
    };
    const take = (event: ClipboardEvent): void => {
      const one = at();
      const found = one ? now.current.hand.cut(keys(one)) : null;
      if (!one || !found || !event.clipboardData) return;
      event.preventDefault();
      event.clipboardData.setData('text/plain', found.words);
      event.clipboardData.setData(CLIP, found.clip);
      if (event.type === 'cut' && now.current.may()) now.current.hand.remove(keys(one));
    };
    const put = (event: ClipboardEvent): void => {
      const one = at();
      const cell = one?.closest<HTMLElement>('[data-cell]');
      if (!cell || !event.clipboardData || !now.current.may()) return;
      const { lane, stage } = cell.dataset;
      if (!stage || !lane || stage.startsWith('+')) return;
      event.preventDefault();
      const target: Target = { lane: lane === 'head' ? 'notes' : lane, stage, before: follower(one) };
      const clip = event.clipboardData.getData(CLIP);
      if (clip && now.current.hand.paste(clip, target)) return;
      const pictures = [...event.clipboardData.files].filter((file) => file.type.startsWith('image/'));
      if (pictures.length) { pictures.forEach((file) => void picture(now.current, file, stage)); return; }
      const lines = event.clipboardData.getData('text/plain').split(/\r?\n/).map((line) => line.replace(/\t+/g, ' ').trim()).filter(Boolean);
      if (lines.length) now.current.hand.add({ ...target, before: null }, lines);
    };
    const over = (event: DragEvent): void => { if (now.current.may() && event.dataTransfer?.types.includes('Files') && inCell(event)) event.preventDefault(); };
    const dropped = (event: DragEvent): void => {
      const stage = inCell(event)?.dataset.stage;
      const pictures = [...(event.dataTransfer?.files ?? [])].filter((file) => file.type.startsWith('image/'));
      if (!stage || !pictures.length || !now.current.may()) return;
      event.preventDefault();
      pictures.forEach((file) => void picture(now.current, file, stage));
    };
    const inCell = (event: DragEvent): HTMLElement | null => {
      const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-cell]') : null;
      return cell && now.current.board()?.contains(cell) && cell.dataset.stage && !cell.dataset.stage.startsWith('+') ? cell : null;
    };
    const ears = [['copy', take], ['cut', take], ['paste', put], ['dragover', over], ['drop', dropped]] as const;
    for (const [name, ear] of ears) document.addEventListener(name, ear as EventListener);
    return () => { for (const [name, ear] of ears) document.removeEventListener(name, ear as EventListener); };
  }, []);
}

/** Pasted things stand behind the one that has the focus. */
function follower(one: HTMLElement | null): string | null {
  const next = one?.closest('[data-item]')?.nextElementSibling;
  return next instanceof HTMLElement ? (next.dataset.item ?? null) : null;
}

export async function picture(means: Pick<Means, 'hand' | 'keep'>, file: File, stage: string): Promise<void> {
  try {
    means.hand.addPicture(await means.keep(file), file.name.replace(/\.[a-z0-9]+$/i, ''), stage);
  } catch (cause) {
    means.hand.tell(cause instanceof Error ? cause.message : 'The picture could not be kept.');
  }
}
