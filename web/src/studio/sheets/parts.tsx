import { useId, type ReactNode } from 'react';
import css from './sheets.module.css';

/** A group of fields under its own heading. */
export function Part({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={css.part} aria-labelledby={id}>
      <div className="row apart"><h3 id={id}>{title}</h3>{note}</div>
      {children}
    </section>
  );
}

/** Two fields side by side where there is room. */
export const Two = ({ children }: { children: ReactNode }) => <div className={css.two}>{children}</div>;

/** A part that is folded until somebody wants it. */
export function Fold({ title, note, open, children }: { title: string; note?: ReactNode; open?: boolean; children: ReactNode }) {
  return (
    <details className={css.fold} open={open}>
      <summary><h3>{title}</h3>{note && <span className="faint small">{note}</span>}</summary>
      <div className={css.part}>{children}</div>
    </details>
  );
}
