import { useState } from 'react';
import { useWorkspace } from '../../address';
import { call } from '../../api/client';
import type { PictureRow } from '../../api/nouns';

export const KINDS_OF_PICTURE = 'image/png,image/jpeg,image/webp,image/gif';

export const pictureAddress = (w: string, digest: string): string => `/api/w/${encodeURIComponent(w)}/studio/pictures/${digest}`;

/** The first picture in what was dropped or pasted. */
export const pictureIn = (given: DataTransfer | null): File | null => [...(given?.files ?? [])].find((file) => file.type.startsWith('image/')) ?? null;

/** Brings a picture into the workspace; answers what it is kept under. What it is, the server says by its bytes. */
export async function keepPicture(w: string, file: File): Promise<PictureRow> {
  const form = new FormData();
  form.append('file', file);
  return call<PictureRow>('POST', `/w/${encodeURIComponent(w)}/studio/pictures`, form);
}

/** Keeping pictures from a drop, a paste or a choice, with what went wrong. */
export function useKeepPicture(kept: (picture: PictureRow) => void): { keep: (file: File | null) => void; busy: boolean; error: unknown } {
  const w = useWorkspace();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const keep = (file: File | null) => {
    if (!file) return;
    setBusy(true);
    setError(null);
    keepPicture(w, file).then(kept, setError).finally(() => setBusy(false));
  };
  return { keep, busy, error };
}
