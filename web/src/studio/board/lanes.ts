import type { Journey, Lane } from '../../api/nouns';

/** The house's own rows, from what the customer needs down to what stands behind it. */
export interface HouseLane {
  id: string;
  name: string;
  about: string;
  /** Shown before anything stands in it. */
  core?: boolean;
  /** Cards may be put in it. */
  cards?: boolean;
}

export const HOUSE: HouseLane[] = [
  { id: 'moments', name: 'Moments', about: 'What customers need, in their words, and the experience that meets it', core: true },
  { id: 'touchpoints', name: 'Touchpoints', about: 'Where customers meet you, in order', core: true },
  { id: 'ways', name: 'Ways taken', about: 'Where people really walk, from the data' },
  { id: 'emotion', name: 'Emotion', about: 'Intended by us, wanted by customers, felt', core: true },
  { id: 'promises', name: 'Promises', about: 'What you say you will do, and how often it is kept', core: true },
  { id: 'messages', name: 'Messages', about: 'What you say at this stage' },
  { id: 'frontstage', name: 'Frontstage', about: 'What the customer sees you do', core: true, cards: true },
  { id: 'backstage', name: 'Backstage', about: 'What must happen behind it', core: true, cards: true },
  { id: 'systems', name: 'Systems', about: 'What it runs on', cards: true },
  { id: 'owners', name: 'Owners', about: 'Who answers for it', cards: true },
  { id: 'figures', name: 'Figures', about: 'The numbers this stage is held to', cards: true },
  { id: 'insights', name: 'Insights', about: 'What was learned, and where', cards: true },
  { id: 'pains', name: 'Pains', about: 'What hurts', cards: true },
  { id: 'opportunities', name: 'Opportunities', about: 'What could be better', core: true, cards: true },
  { id: 'think', name: 'Think', about: 'What goes through their minds', cards: true },
  { id: 'feel', name: 'Feel', about: 'How it feels to them', cards: true },
  { id: 'do', name: 'Do', about: 'What they do', cards: true },
  { id: 'notes', name: 'Notes', about: 'Anything else', cards: true },
  { id: 'images', name: 'Images', about: 'Photographs, screens, sketches', cards: true },
];

const KNOWN = new Map(HOUSE.map((one, n) => [one.id, { ...one, order: (n + 1) * 100 }]));

export interface LaneView { id: string; name: string; about: string; order: number; hidden: boolean; own: boolean; cards: boolean }

/** Every lane of a map in its order: the house's as it stands, moved or hidden, and the map's own. */
export function lanesOf(journey: Journey, filled: Set<string>): LaneView[] {
  const kept = new Map((journey.lanes ?? []).map((one) => [one.id, one]));
  const house = [...KNOWN.values()].map((one): LaneView => {
    const mine = kept.get(one.id);
    return {
      id: one.id, name: mine?.name || one.name, about: one.about, order: mine?.order ?? one.order, own: false, cards: Boolean(one.cards),
      hidden: mine ? Boolean(mine.hidden) : !one.core && !filled.has(one.id),
    };
  });
  const strays = [...filled].filter((id) => !KNOWN.has(id) && !kept.has(id)).map((id): Lane => ({ id, name: id, order: 9000 }));
  const own = [...kept.values(), ...strays].filter((one) => !KNOWN.has(one.id))
    .map((one): LaneView => ({ id: one.id, name: one.name || one.id, about: 'A lane of this map', order: one.order ?? 0, hidden: Boolean(one.hidden), own: true, cards: true }));
  return [...house, ...own].sort((a, b) => a.order - b.order);
}

export const takesCards = (lane: string): boolean => KNOWN.get(lane)?.cards ?? !KNOWN.has(lane);
/** Rows that are drawn in one piece over all stages. */
export const isDrawn = (lane: string): boolean => lane === 'ways' || lane === 'emotion';
