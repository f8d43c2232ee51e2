import { NavLink } from 'react-router';
import { useTo } from '../address';
import css from '../journeys/journeys.module.css';

/** One tab for each page of the place that there is. */
export const TABS: [string, string][] = [['figures', 'Figures'], ['figures/growth', 'Growth'], ['figures/value', 'Value'], ['figures/credit', 'Credit']];

export function FigureTabs() {
  const to = useTo();
  return (
    <nav className={css.tabs} aria-label="Views of figures">
      {TABS.map(([path, name]) => <NavLink key={path} to={to(path)} end>{name}</NavLink>)}
    </nav>
  );
}
