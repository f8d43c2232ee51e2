import { SegmentedControl } from '@mantine/core';
import { NavLink } from 'react-router';
import { useAddress, useSight, useTo } from '../address';
import { useSheet, useSummary } from '../api/queries';
import css from './journeys.module.css';

export function Tabs() {
  const to = useTo();
  return (
    <nav className={css.tabs} aria-label="Views of journeys">
      <NavLink to={to('journeys')} end>Variants</NavLink>
      <NavLink to={to('journeys/transitions')}>Transitions</NavLink>
      <NavLink to={to('customers')}>Customers</NavLink>
    </nav>
  );
}

/** What journeys are made of, and whose they are: kept in the address. */
export function useView(): { level: string; subject: string } {
  const { get } = useAddress();
  const summary = useSummary().data;
  const sight = useSight();
  const journey = summary?.journeys.find((one) => one.id === sight.journey) ?? summary?.journeys[0];
  return { level: get('level') || (summary && !summary.has_plan ? 'event' : 'touchpoint'), subject: get('subject') || journey?.subject || 'customer' };
}

export function Pick() {
  const { set } = useAddress();
  const { level, subject } = useView();
  const summary = useSummary().data;
  const subjects = [...new Set(['customer', ...(summary?.journeys.map((one) => one.subject) ?? [])])];
  return (
    <div className="row">
      <SegmentedControl aria-label="Steps are" value={level} onChange={(next) => set({ level: next }, false)} data={[{ value: 'touchpoint', label: 'Touchpoints' }, { value: 'event', label: 'Events' }]} />
      {subjects.length > 1 && <SegmentedControl aria-label="Journeys of a" value={subject} onChange={(next) => set({ subject: next }, false)} data={subjects.map((one) => ({ value: one, label: `per ${one}` }))} />}
    </div>
  );
}

export interface Names { name: (id: string) => string; side: (id: string) => string | undefined }

/** Touchpoints' names and sides; events are their own names. */
export function useNames(): Names {
  const sheet = useSheet().data;
  const found = new Map(sheet?.touchpoints.map((one) => [one.id, one]));
  const sides = new Map(sheet?.stages.map((one) => [one.id, one.side]));
  return { name: (id) => found.get(id)?.name ?? id, side: (id) => sides.get(found.get(id)?.stages[0] ?? '') };
}
