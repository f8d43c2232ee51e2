import { post } from '../../api/client';

export const pictureAt = (w: string, digest: string): string => `/api/w/${encodeURIComponent(w)}/studio/pictures/${encodeURIComponent(digest)}`;

/** Keeps a picture with the workspace; the same picture twice is one. */
export async function keepPicture(w: string, file: File): Promise<string> {
  const form = new FormData();
  form.append('file', file);
  return (await post<{ digest: string }>(`/w/${encodeURIComponent(w)}/studio/pictures`, form)).digest;
}
