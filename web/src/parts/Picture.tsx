import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconDownload } from '@tabler/icons-react';
import { useId, useRef, useState, type ReactNode } from 'react';
import type { Caption } from './drawing';
import { FORMS, take, type Form, type Row } from './taking';
import css from './picture.module.css';

const SAYS: Record<Form, string> = { PNG: 'as PNG, a picture', SVG: 'as SVG, a drawing', CSV: 'as CSV, its numbers', address: 'Copy the address' };

/**
 * What stands around every picture.
 *
 * `title` states what it shows, as a sentence where there is a finding; `finding` is a second sentence under it. `units` says what
 * the axes count, `source` whose and which time's data. `data`: the numbers in the picture, one row a mark. `name`: of the file.
 * `table`: off where the page holds the same numbers in a table of its own. `legend` stands under the title and is taken along.
 */
export function Picture({ title, finding, units, source, data, name, legend, table = true, level = 2, children }: {
  title: string; finding?: string; units?: string; source?: string; data: Row[]; name: string; legend?: ReactNode; table?: boolean; level?: 2 | 3; children: ReactNode;
}) {
  const stage = useRef<HTMLDivElement>(null);
  const id = useId();
  const Head = level === 2 ? 'h2' : 'h3';
  return (
    <figure className={css.picture} aria-labelledby={id}>
      <div className={css.head}>
        <div>
          <Head id={id} className="h3">{title}</Head>
          {finding && <p className="soft">{finding}</p>}
        </div>
        <TakeAlong caption={{ title, finding, units, source }} stage={() => stage.current} data={() => data} name={name} />
      </div>
      <div ref={stage} className={css.stage}>{legend}{children}</div>
      <figcaption className={css.foot}>
        <span>{[units, source].filter(Boolean).join(' · ')}</span>
        {table && data.length > 0 && <Table rows={data} title={title} />}
      </figcaption>
    </figure>
  );
}

/** The menu that takes a picture along: as PNG, SVG, CSV or an address. */
export function TakeAlong({ caption, stage, data, name }: { caption: Caption; stage: () => HTMLElement | null; data: () => Row[]; name: string }) {
  const [done, setDone] = useState<string>();
  const along = async (form: Form) => {
    try {
      await take(form, name.replace(/[^\w-]+/g, '-').replace(/-+$/, '').toLowerCase(), stage(), caption, form === 'CSV' ? data() : []);
      setDone(form === 'address' ? 'Copied' : `Saved as ${form}`);
    } catch (error) {
      setDone(error instanceof Error ? error.message : 'It could not be saved');
    }
    setTimeout(() => setDone(undefined), 2500);
  };
  return (
    <span className={css.take}>
      <span role="status" className="small faint">{done && <><IconCheck size={12} aria-hidden /> {done}</>}</span>
      <Menu shadow="md" position="bottom-end">
        <Menu.Target><ActionIcon size={26} aria-label={`Save or share: ${caption.title}`} title="as PNG, SVG, CSV, address"><IconDownload size={15} stroke={1.6} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>{FORMS.map((form) => <Menu.Item key={form} onClick={() => void along(form)}>{SAYS[form]}</Menu.Item>)}</Menu.Dropdown>
      </Menu>
    </span>
  );
}

/** The numbers for those who do not see the picture, or want to read them. */
function Table({ rows, title }: { rows: Row[]; title: string }) {
  const [open, setOpen] = useState(false);
  const head = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>as a table</summary>
      {open && (
        <div className="tablewrap" tabIndex={0} role="region" aria-label={`${title}, as a table`} style={{ maxHeight: 320, overflow: 'auto' }}>
          <table className="list">
            <thead><tr>{head.map((key) => <th key={key} scope="col" className={rows.some((row) => typeof row[key] === 'number') ? 'num' : ''}>{key.replaceAll('_', ' ')}</th>)}</tr></thead>
            <tbody>{rows.map((row, n) => <tr key={n}>{head.map((key) => <td key={key} className={typeof row[key] === 'number' ? 'num' : ''}>{said(row[key])}</td>)}</tr>)}</tbody>
          </table>
        </div>
      )}
    </details>
  );
}

const said = (cell: string | number | null | undefined): string =>
  cell === null || cell === undefined ? '–' : typeof cell === 'number' && !Number.isInteger(cell) ? String(Number(cell.toPrecision(6))) : String(cell);
