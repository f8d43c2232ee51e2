import type { CSSProperties, ReactNode } from 'react';
import css from './plots.module.css';

export interface Warm { value: number | null; strength: number; words: ReactNode; small?: ReactNode; few?: boolean; title: string }

/** Rows by columns, the stronger the colour the more; few and unknown are hatched, the number always stands in it. */
export function Heat({ rows, columns, cells, label, corner, pick, chosen }: {
  rows: { key: string; name: ReactNode }[]; columns: { key: string; name: ReactNode }[]; cells: (row: number, column: number) => Warm | null; label: string; corner: string;
  pick?: (row: number, column: number) => void; chosen?: [number, number] | null;
}) {
  return (
    <div className="tablewrap" tabIndex={0} role="region" aria-label={label}>
      <table className={css.heat}>
        <thead><tr><th scope="col">{corner}</th>{columns.map((one) => <th key={one.key} scope="col">{one.name}</th>)}</tr></thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              {columns.map((column, j) => <Cell key={column.key} one={cells(i, j)} on={chosen?.[0] === i && chosen[1] === j} pick={pick && (() => pick(i, j))} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ one, on, pick }: { one: Warm | null; on: boolean; pick?: () => void }) {
  if (!one) return <td />;
  if (one.value === null) return <td className="hatch"><span className="unseen">unknown</span></td>;
  const style = { '--strength': `${Math.round(70 * Math.min(1, Math.max(0, one.strength)))}%` } as CSSProperties;
  const inside = <>{one.words}{one.small && <small>{one.small}</small>}</>;
  return (
    <td className={one.few ? 'hatch' : undefined} data-on={on} style={style} title={one.title}>
      {pick ? <button type="button" className={css.cell} onClick={pick}>{inside}</button> : <span className={css.cell}>{inside}</span>}
    </td>
  );
}
