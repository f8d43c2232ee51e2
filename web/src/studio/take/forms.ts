import { call, query, Refusal } from '../../api/client';
import { save } from '../../parts/Copy';

/** What a map is taken along as, and what each is for. */
export interface FormRow { id: string; name: string; about: string; ending: string; form: string; scale?: number; more?: Record<string, string> }

export const PICTURES: FormRow[] = [
  { id: 'pdf', name: 'PDF', about: 'for paper: lines stay sharp at any size, text can be searched', ending: 'pdf', form: 'pdf' },
  { id: 'svg', name: 'SVG', about: 'for drawing programs: text stays text', ending: 'svg', form: 'svg' },
  { id: 'png', name: 'PNG', about: 'for slides and mails', ending: 'png', form: 'svg', scale: 1 },
  { id: 'png2', name: 'PNG, twice as sharp', about: 'for large screens', ending: 'png', form: 'svg', scale: 2 },
  { id: 'png4', name: 'PNG, four times', about: 'for a wall', ending: 'png', form: 'svg', scale: 4 },
];
export const TABLES: FormRow[] = [
  { id: 'xlsx', name: 'Excel workbook', about: 'the map as on the board, touchpoints, moments, promises, cards, stories for a backlog', ending: 'xlsx', form: 'xlsx' },
  { id: 'wide', name: 'CSV, as on the board', about: 'stages across, lanes down', ending: 'csv', form: 'wide' },
  { id: 'csv', name: 'CSV, a row for each thing', about: 'with every figure, its interval and n', ending: 'csv', form: 'csv' },
];
export const OTHERS: FormRow[] = [
  { id: 'html', name: 'A page with everything inside', about: 'opens in any browser without a network; nobody can change it', ending: 'html', form: 'html' },
  { id: 'yaml', name: 'YAML, this map', about: 'with all it names; reads back here', ending: 'yaml', form: 'yaml' },
  { id: 'plan', name: 'YAML, the whole plan', about: 'every map, every touchpoint', ending: 'yaml', form: 'yaml', more: { whole: 'true' } },
  { id: 'xml', name: 'CJML', about: 'for tools that read the Customer Journey Modelling Language', ending: 'cjml.xml', form: 'xml' },
];

export const PAPERS = [
  { value: '', label: 'The smallest that fits' }, { value: 'A4', label: 'A4' }, { value: 'A3', label: 'A3' }, { value: 'A2', label: 'A2' },
  { value: 'A1', label: 'A1' }, { value: 'A0', label: 'A0' }, { value: 'letter', label: 'US letter' }, { value: 'tabloid', label: 'US tabloid' },
];

export interface Options { paper: string; show: 'both' | 'is' | 'should'; persona: string; figures: boolean; lanes: string[] }

/** The address of a form under these options. */
export function addressOf(w: string, journey: string, form: string, options: Options, more: Record<string, string | undefined> = {}): string {
  const { paper, show, persona, figures, lanes } = options;
  const asked = { paper, show: show === 'both' ? '' : show, persona, figures: figures ? '' : 'false', lanes: lanes.join(','), ...more };
  return `/w/${encodeURIComponent(w)}/studio/maps/${encodeURIComponent(journey)}/take.${form}${query(asked)}`;
}

/** A file from the server; raises its own words when it says no. */
export async function fetched(address: string): Promise<Blob> {
  let answer: Response;
  try {
    answer = await fetch(`/api${address}`);
  } catch {
    throw new Refusal(0, { code: 'unreachable', message: 'The server does not answer', hint: 'Is `desirelines serve` still running? Then try again.' });
  }
  if (answer.ok) return answer.blob();
  await call('GET', address); // says why, in the one shape of errors
  throw new Error(`The server answered ${answer.status}`);
}

export async function keep(address: string, name: string): Promise<void> {
  save(name, await fetched(address));
}

/** No browser draws a wider canvas, nor one of more pixels. */
const WIDEST = 16_000;
const MOST = 200_000_000;

/** The drawing as a picture of points, by the browser itself. `scale` 1: as large as on paper, at 96 points an inch. */
export async function painted(address: string, scale: number): Promise<Blob> {
  const drawing = await fetched(address);
  const url = URL.createObjectURL(new Blob([await drawing.text()], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const [wide, tall] = [image.naturalWidth, image.naturalHeight];
    const most = Math.min(scale, WIDEST / Math.max(wide, tall), Math.sqrt(MOST / (wide * tall)));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.round(wide * most), Math.round(tall * most)];
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('The picture is too large for this browser: choose smaller paper'))), 'image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Onto the clipboard; the promise is handed over at once, as some browsers ask. */
export async function copied(address: string): Promise<void> {
  if (!('ClipboardItem' in window) || !navigator.clipboard?.write) throw new Error('This browser lets no page copy pictures: save it as PNG');
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': painted(address, 2) })]);
}
