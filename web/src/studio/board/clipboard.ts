import { useEffect, useRef } from 'react';
import { CLIP } from './clip';
import type { Hand } from './hand';
import type { Picks } from './picks';
import type { Target } from './deeds';

interface Means { hand: Hand; picks: Picks; board: () => HTMLElement | null; keep: (file: File) => Promise<string>; may: () => boolean }

/** Copy, cut and paste on the board: cards with what they refer to, lines of text as cards, pictures as pictures. */
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
    for (const [name, ear] of [['copy', take], ['cut', take], ['paste', put]] as const) document.addEventListener(name, ear);
    return () => { for (const [name, ear] of [['copy', take], ['cut', take], ['paste', put]] as const) document.removeEventListener(name, ear); };
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
