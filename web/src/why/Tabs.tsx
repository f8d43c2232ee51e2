import { NavLink } from 'react-router';
import { useTo } from '../address';
import css from '../journeys/journeys.module.css';

/** One tab for each page of the place that there is. */
export const TABS: [string, string][] = [['why', 'Drivers'], ['why/ripples', 'Ripples'], ['why/compare', 'Compare'], ['why/experiments', 'Experiments']];

export function WhyTabs() {
  const to = useTo();
  return (
    <nav className={css.tabs} aria-label="Views of why">
      {TABS.map(([path, name]) => <NavLink key={path} to={to(path)} end>{name}</NavLink>)}
    </nav>
  );
}
