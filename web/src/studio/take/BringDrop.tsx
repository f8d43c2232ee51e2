import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import css from './take.module.css';

/** Where an old map is dropped, or chosen with the keyboard. */
export function BringDrop({ take }: { take: (file: File) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <div className={css.drop} data-over={over} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); const file = event.dataTransfer.files[0]; if (file) take(file); }}>
      <IconFileImport size={28} stroke={1.3} aria-hidden className="faint" />
      <p className="strong">Drop your old map here</p>
      <p className="soft small">An Excel workbook or CSV with stages across and lanes down, or with a row for each touchpoint; a CJML file. Up to 10 MB. Nothing is kept before you have seen what it becomes.</p>
      <input ref={field} type="file" accept=".xlsx,.xlsm,.csv,.tsv,.txt,.xml,.cjml" hidden aria-hidden tabIndex={-1} onChange={(event) => { const file = event.target.files?.[0]; if (file) take(file); event.target.value = ''; }} />
      <Button variant="default" onClick={() => field.current?.click()}>Choose a file</Button>
    </div>
  );
}
