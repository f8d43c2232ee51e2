import {
  IconBook, IconChartDots, IconChecks, IconDatabase, IconGauge, IconHandClick, IconHelpHexagon, IconHistory, IconLifebuoy, IconMap2, IconPencil, IconRoute, IconRulerMeasure, IconShield, IconTarget, IconTimeline,
  IconUsers, type Icon,
} from '@tabler/icons-react';

export interface Place { path: string; name: string; icon: Icon; keys: string }

export const PLACES: Place[] = [
  { path: 'cockpit', name: 'Cockpit', icon: IconGauge, keys: 'g c' },
  { path: 'care', name: 'Care', icon: IconLifebuoy, keys: 'g k' },
  { path: 'map', name: 'Map', icon: IconMap2, keys: 'g m' },
  { path: 'studio', name: 'Studio', icon: IconPencil, keys: 'g s' },
  { path: 'journeys', name: 'Journeys', icon: IconRoute, keys: 'g j' },
  { path: 'figures', name: 'Figures', icon: IconChartDots, keys: 'g f' },
  { path: 'why', name: 'Why', icon: IconHelpHexagon, keys: 'g w' },
  { path: 'data', name: 'Data', icon: IconDatabase, keys: 'g d' },
];
export const PLAN: Place[] = [
  { path: 'plan/strategy', name: 'Strategy', icon: IconTarget, keys: 'p s' },
  { path: 'plan/story', name: 'Story', icon: IconBook, keys: 'p y' },
  { path: 'minds', name: 'Personas', icon: IconUsers, keys: 'p p' },
  { path: 'plan/touchpoints', name: 'Touchpoints', icon: IconHandClick, keys: 'p t' },
  { path: 'plan/journeys', name: 'Journeys & stages', icon: IconTimeline, keys: 'p j' },
  { path: 'plan/promises', name: 'Promises', icon: IconChecks, keys: 'p r' },
  { path: 'plan/figures', name: 'Figures & targets', icon: IconRulerMeasure, keys: 'p f' },
  { path: 'plan/ownership', name: 'Ownership', icon: IconShield, keys: 'p o' },
  { path: 'plan/versions', name: 'Versions', icon: IconHistory, keys: 'p v' },
];
