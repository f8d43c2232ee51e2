import { csv, save, write } from './Copy';
import { drawing, type Caption, type Drawing } from './drawing';
import { fontsOf } from './fonts';

/** What a picture is taken along as. */
export type Row = Record<string, string | number | null>;
export const FORMS = ['PNG', 'SVG', 'CSV', 'address'] as const;
export type Form = (typeof FORMS)[number];

const SHARP = 2;
/** No browser draws a wider canvas. */
const WIDEST = 16_000;

export async function take(form: Form, name: string, stage: HTMLElement | null, caption: Caption, rows: Row[]): Promise<void> {
  if (form === 'address') return write(window.location.href);
  if (form === 'CSV') return save(`${name}.csv`, table(rows), 'text/csv;charset=utf-8');
  if (!stage) return;
  const drawn = await whole(drawing(stage, caption));
  if (form === 'SVG') return save(`${name}.svg`, drawn.text, 'image/svg+xml');
  save(`${name}.png`, await painted(drawn), 'image/png');
}

/** RFC 4180 behind a byte order mark, which spreadsheets need to read letters beyond English. */
export function table(rows: Row[]): string {
  const head = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return `\ufeff${csv(head, rows.map((row) => head.map((key) => row[key] ?? null)))}\r\n`;
}

async function whole(drawn: Drawing): Promise<Drawing> {
  const fonts = await fontsOf(drawn.text);
  return { ...drawn, text: drawn.text.replace('<defs>', `<defs><style>${fonts}text{font-variant-numeric:tabular-nums}</style>`) };
}

async function painted(drawn: Drawing): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([drawn.text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const scale = Math.min(SHARP, WIDEST / Math.max(drawn.width, drawn.height));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.round(drawn.width * scale), Math.round(drawn.height * scale)];
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('The picture is too large for this browser'))), 'image/png'));
  } finally {
    URL.revokeObjectURL(address);
  }
}
