import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ThemeToggle } from '../shell/Top';
import css from './people.module.css';

/** What stands around a page that belongs to no workspace. */
export function Ground({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={css.ground}>
      <header className={css.head}>
        <Link to="/" className={css.mark}>desire<em>lines</em></Link>
        <ThemeToggle />
      </header>
      <main id="main" className={css.box}>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
