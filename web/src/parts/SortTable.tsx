import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { CopyCsv } from './Copy';

export interface Column<T> {
  key: string;
  head: string;
  of: (row: T) => string | number | null;
  show?: (row: T) => ReactNode;
  number?: boolean;
}

/** A table one can sort by any column and take along as CSV. */
export function SortTable<T>({ rows, columns, caption, id, first, limit = 500 }: {
  rows: T[]; columns: Column<T>[]; caption: string; id: (row: T) => string; first?: { key: string; down: boolean }; limit?: number;
}) {
  const [order, setOrder] = useState(first ?? { key: '', down: false });
  const sorted = useMemo(() => {
    const column = columns.find((one) => one.key === order.key);
    if (!column) return rows;
    const sign = order.down ? -1 : 1;
    return [...rows].sort((a, b) => {
      const [x, y] = [column.of(a), column.of(b)];
      if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
      return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y)));
    });
  }, [rows, columns, order]);
  return (
    <div>
      <div className="tablewrap" tabIndex={0} role="region" aria-label={caption}>
        <table className="list">
          <caption className="unseen">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => {
                const on = order.key === column.key;
                return (
                  <th key={column.key} scope="col" className={column.number ? 'num' : ''} aria-sort={on ? (order.down ? 'descending' : 'ascending') : 'none'}>
                    <button type="button" className="plain" style={{ color: on ? 'var(--ink)' : undefined }}
                      onClick={() => setOrder({ key: column.key, down: on ? !order.down : Boolean(column.number) })}>
                      {column.head} {on && (order.down ? <IconArrowDown size={11} aria-hidden /> : <IconArrowUp size={11} aria-hidden />)}
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, limit).map((row) => (
              <tr key={id(row)}>
                {columns.map((column) => (
                  <td key={column.key} className={column.number ? 'num' : ''}>{column.show ? column.show(row) : column.of(row)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="row" style={{ marginTop: 8 }}>
        <CopyCsv rows={sorted.map((row) => columns.map((column) => column.of(row)))} head={columns.map((column) => column.head)} />
        {sorted.length > limit && <span className="faint small">the first {limit} of {sorted.length}; the CSV holds all</span>}
      </div>
    </div>
  );
}
