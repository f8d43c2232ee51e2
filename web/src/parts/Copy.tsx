import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';

/** Copies a text, and says so. Falls back to a hidden field where the clipboard is closed. */
export function CopyText({ text, label }: { text: () => string; label: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await write(text());
    setDone(true);
    setTimeout(() => setDone(false), 1600);
  };
  return (
    <Button variant="subtle" color="gray" size="compact-xs" onClick={() => void copy()} leftSection={done ? <IconCheck size={13} aria-hidden /> : <IconCopy size={13} aria-hidden />}>
      {done ? 'Copied' : label}
    </Button>
  );
}

export async function write(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
}

/** Cells that a spreadsheet would run as a formula are quoted as text. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csv = (head: string[], rows: (string | number | null)[][]): string =>
  [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');

export function CopyCsv({ head, rows }: { head: string[]; rows: (string | number | null)[][] }) {
  return <CopyText label="Copy as CSV" text={() => csv(head, rows)} />;
}

export function save(name: string, text: string | Blob, type = 'text/plain'): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
