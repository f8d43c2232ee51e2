import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import css from './data.module.css';

const ENDINGS = '.csv,.tsv,.txt,.jsonl,.ndjson,.json,.parquet,.xlsx,.gz,.xes,.xml,.jsonocel,.sqlite,.db';

/** Where a file is dropped, or chosen with the keyboard. */
export function Drop({ take, busy }: { take: (file: File) => void; busy: boolean }) {
  const field = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <div className={css.drop} data-over={over} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
      onDrop={(e) => { e.preventDefault(); setOver(false); const file = e.dataTransfer.files[0]; if (file) take(file); }}>
      <IconFileImport size={32} stroke={1.3} aria-hidden className="faint" />
      <h2>Drop a file here</h2>
      <p className="soft">CSV, TSV, JSON lines, Parquet, an Excel workbook, or an event log (XES, OCEL 2.0). Nothing is kept before you have seen what it becomes.</p>
      <input ref={field} type="file" accept={ENDINGS} hidden aria-hidden tabIndex={-1} onChange={(e) => { const file = e.target.files?.[0]; if (file) take(file); e.target.value = ''; }} />
      <Button onClick={() => field.current?.click()} loading={busy}>Choose a file</Button>
    </div>
  );
}
