import { NavLink } from 'react-router';
import { useAddress, usePlace, useTo } from '../address';
import { useSheet } from '../api/queries';
import { FigureTabs } from '../figures/Tabs';
import { useLook } from './looked';
import { WALK } from './walk';
import css from './journeys.module.css';

const VIEWS = [['journeys/ways', 'Ways'], ['journeys', 'Variants'], ['journeys/funnel', 'Funnel'], ['journeys/patterns', 'Patterns'], ['journeys/stuck', 'Stuck'], ['journeys/retention', 'Retention'], ['journeys/growth', 'Growth'], ['journeys/discover', 'Discover'], ['journeys/transitions', 'Transitions'], ['customers', 'Customers']] as const;

/** The views of the same journeys: what one looks at goes along from one to the next. */
export function Tabs() {
  const to = useTo();
  const { get } = useAddress();
  const place = usePlace();
  const along = Object.fromEntries([...WALK, 'versus'].map((key) => [key, get(key) || null]));
  if (place.startsWith('figures')) return <FigureTabs />;
  return (
    <nav className={css.tabs} aria-label="Views of journeys">
      {VIEWS.map(([path, name]) => <NavLink key={path} to={to(path, along)} end>{name}</NavLink>)}
    </nav>
  );
}

export interface Names { name: (id: string) => string; side: (id: string) => string | undefined }

/** Touchpoints' names and sides; events are their own names. */
export function useNames(): Names {
  const sheet = useSheet().data;
  const { level } = useLook();
  if (level !== 'touchpoint') return { name: (id) => id, side: () => undefined };
  const found = new Map(sheet?.touchpoints.map((one) => [one.id, one]));
  const sides = new Map(sheet?.stages.map((one) => [one.id, one.side]));
  return { name: (id) => found.get(id)?.name ?? id, side: (id) => sides.get(found.get(id)?.stages[0] ?? '') };
}
