/** An invented brand for looking at pages: not shipped, not true. */
import type { Result, Sheet, StageFigures, TouchpointFigures, Way } from '../src/api/nouns';

let seed = 7;
export const random = (): number => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
export const PERIOD = { first_on: null, last_on: null };

export function result(value: number | null, n: number, unit: string, of = 'journeys', spread = 1.2, method = 'wilson'): Result {
  const half = value === null ? 0 : unit === 'share' ? spread * Math.sqrt(Math.max(0.0001, value * (1 - value)) / Math.max(1, n)) * 1.6 : Math.abs(value) * 0.08;
  const low = value === null ? null : unit === 'share' ? Math.max(0, value - half) : value - half;
  const high = value === null ? null : unit === 'share' ? Math.min(1, value + half) : value + half;
  return { value, unit, n, of, low, high, level: 0.95, method, period: PERIOD, plan_version: 7, data_version: 12, caveats: [], behind: '' };
}

type Line = [id: string, name: string, medium: string, owner: string | null, people: number, state?: 'silent' | 'unmeasured'];
const STAGES: [string, string, 'buyer' | 'customer', number, number, number, number | null, string, Line[]][] = [
  ['dream', 'Dream', 'buyer', 1, 0, 0.35, 0.31, 'I want my first flat to feel like mine', [['advert', 'Tram-stop advert', 'advert', 'Marketing', 0, 'unmeasured'], ['ideas', 'Ideas page', 'screen', 'Marketing', 14210]]],
  ['compare', 'Compare', 'buyer', 0.71, 345600, 0.38, 0.2, 'Will it fit, and what will it cost me in all?', [['product', 'Product page', 'screen', 'E-commerce', 12100], ['showroom', 'Showroom', 'place', 'Stores', 3904]]],
  ['decide', 'Decide', 'buyer', 0.44, 172800, 0.5, 0.44, 'Someone who knows should tell me I am right', [['adviser', 'Room adviser', 'person', 'Stores', 2204], ['planner', 'Planner', 'screen', 'E-commerce', 4401]]],
  ['buy', 'Buy', 'buyer', 0.31, 660, 0.53, 0.49, 'Let me pay the way I like and be done', [['checkout', 'Checkout', 'screen', 'E-commerce', 5102], ['till', 'Till', 'place', 'Stores', 601]]],
  ['wait', 'Wait', 'customer', 0.31, 518400, 0.4, 0.05, 'Tell me when, so that I can be at home', [['mail', 'Delivery mail', 'mail', 'Logistics', 5702], ['invoice', 'Invoice', 'paper', 'Finance', 5690]]],
  ['receive', 'Receive', 'customer', 0.3, 2100, 0.65, -0.32, 'Bring it up, whole, on the day you said', [['van', 'Delivery van', 'vehicle', 'Logistics', 5531], ['box', 'Parcel box', 'parcel', null, 5530]]],
  ['settle', 'Settle in', 'customer', 0.27, 777600, 0.5, 0.24, 'I want to build it without a quarrel', [['sheet', 'Assembly sheet', 'paper', 'Product', 410, 'silent'], ['film', 'How-to film', 'screen', 'Product', 1130]]],
  ['help', 'Get help', 'customer', 0.08, 172800, 0.5, -0.15, 'Make it right without telling it twice', [['service', 'Service line', 'phone', 'Service', 1204], ['chat', 'Chat', 'message', 'Service', 402]]],
  ['back', 'Come back', 'customer', 0.12, 5270400, 0.6, null, 'You know what I have: show what goes with it', [['review', 'Review', 'screen', 'Marketing', 903], ['next', 'Next-room mail', 'mail', 'Marketing', 2010]]],
];
const none = { missing: 0, unplanned: 0, out_of_order: 0, repeated: 0, late: 0 };

function touchpoint([id, name, medium, owner, people, state = 'alive' as never]: Line, stage: string): TouchpointFigures {
  const n = people ? 18420 : 0;
  const known = people > 0;
  const alive = (state as string) === 'alive';
  return {
    id, name, kind: medium === 'person' ? 'human' : 'digital', medium, owner, stages: stage ? [stage] : [], people, journeys: people, events: Math.round(people * 1.4),
    reach: result(known ? people / 18420 : null, n, 'share'), time: result(known ? 3600 * (2 + 90 * random()) : null, people, 'seconds', 'journeys', 1, 'order statistics'),
    left: result(known ? 0.03 + 0.1 * random() : null, people, 'share'),
    evidence: { grade: state === ('unmeasured' as never) ? 'guessed' : id === 'showroom' ? 'observed' : id === 'review' ? 'asked' : 'measured', events: people, answers: id === 'van' ? 812 : 0, observations: id === 'showroom' ? 3 : 0, figures: id === 'advert' ? 62 : 0, last_at: people ? (alive ? '2026-10-31T17:10:00Z' : '2026-09-30T08:00:00Z') : null, state: state as 'alive' },
    felt: id === 'van' ? result(-0.32, 812, 'score', 'answers', 1, 't') : id === 'chat' ? result(0.1, 14, 'score', 'answers', 1, 't') : null,
    deviations: { ...none, missing: Math.round(people * 0.04), unplanned: id === 'service' ? 1104 : 0, repeated: Math.round(people * 0.02) }, sources: ['web', 'crm'].slice(0, 1 + Math.round(random())),
  };
}

const way = (origin: string, target: string, count: number, planned: boolean, desire = false): Way => ({ origin, target, count, journeys: Math.round(count * 0.95), people: Math.round(count * 0.93), rate: count / 18420, median_seconds: 3600 * (1 + 100 * random()), planned, desire, verdict: '', quiet: false });
const WAYS: Way[] = [
  way('ideas', 'product', 11200, true), way('product', 'showroom', 3400, true), way('product', 'planner', 4100, true), way('showroom', 'adviser', 2100, true), way('planner', 'checkout', 3900, true),
  way('adviser', 'till', 560, true), way('adviser', 'checkout', 1100, true), way('checkout', 'mail', 5050, true), way('mail', 'invoice', 5400, true), way('invoice', 'van', 5300, true), way('van', 'box', 5200, true),
  way('box', 'film', 1100, true), way('box', 'review', 700, false), way('film', 'service', 140, false), way('box', 'next', 1900, true), way('service', 'chat', 120, true), way('chat', 'review', 60, true),
  way('adviser', 'product', 2310, false, true), way('mail', 'service', 1104, false, true), way('van', 'service', 830, false, true), way('checkout', 'forum', 420, false, true), way('service', 'service', 390, false, true),
  way('till', 'forum', 40, false), way('planner', 'ideas', 210, false), way('review', 'product', 88, false),
];

export function sheet(kind: string): Sheet {
  const crowd = kind === 'crowded';
  const empty = kind === 'workshop';
  const stages: StageFigures[] = STAGES.map(([id, name, side, reach, time, desired, felt], order) => ({
    id, name, side, order, people: empty ? 0 : Math.round(18420 * reach), journeys: empty ? 0 : Math.round(18420 * reach), reach: result(empty ? null : reach, empty ? 0 : 18420, 'share'),
    time: result(empty || !time ? null : time, empty ? 0 : 5000, 'seconds', 'journeys', 1, 'order statistics'), left: result(empty ? null : 0.1 + 0.2 * random(), empty ? 0 : 5000, 'share'),
    grade: empty ? 'guessed' : 'measured', desired, felt: empty || felt === null ? null : result(felt, id === 'help' ? 22 : 800, 'score', 'answers', 1, 't'), opens: null,
  }));
  let touchpoints = STAGES.flatMap(([id, , , , , , , , own]) => own.map((line) => touchpoint(line, id)));
  if (!empty) touchpoints.push(touchpoint(['forum', 'Owners’ forum', 'screen', null, 512], ''));
  let ways = WAYS;
  if (crowd) {
    const media = ['screen', 'place', 'person', 'paper', 'mail', 'phone', 'message'];
    for (const [id, name] of STAGES) for (let n = 0; n < 6; n += 1) touchpoints.push(touchpoint([`${id}-${n}`, `${name} ${['newsletter', 'page for returning customers', 'leaflet', 'desk', 'callback', 'reminder'][n]}`, media[n], n % 3 ? 'Marketing' : null, Math.round(9000 * random())], id));
    const ids = touchpoints.map((one) => one.id);
    ways = [...WAYS];
    for (let n = 0; n < 220; n += 1) { const count = Math.round(20 + 2500 * random() ** 6); ways.push(way(ids[Math.floor(random() * ids.length)], ids[Math.floor(random() * ids.length)], count, random() < 0.3, count > 700 && random() < 0.4)); }
    ways = [...new Map(ways.map((one) => [`${one.origin}>${one.target}`, one])).values()];
  }
  if (empty) touchpoints = touchpoints.map((one) => ({ ...one, people: 0, journeys: 0, events: 0, reach: result(null, 0, 'share'), time: result(null, 0, 'seconds'), left: result(null, 0, 'share'), felt: null, deviations: none, sources: [], evidence: { grade: 'guessed', events: 0, answers: 0, observations: 0, figures: 0, last_at: null, state: 'unmeasured' } }));
  const promise = (id: string, name: string, tp: string, target: number, kept: number | null, n: number, state: 'kept' | 'broken' | 'in doubt' | 'not judged') => ({ id, name, words: `${name}, as we say`, touchpoint: tp, stage: null, owner: id === 'once' ? null : 'Logistics', per: id === 'day' ? 'order' : 'customer', target, kept: result(empty ? null : kept, empty ? 0 : n, 'share', 'judgements'), kept_count: empty ? 0 : Math.round(n * (kept ?? 0)), broken_count: empty ? 0 : n - Math.round(n * (kept ?? 0)), open_count: empty ? 0 : 130, state: empty ? 'not judged' as const : state });
  const deviations = empty ? none : { missing: 4021, unplanned: 2310, out_of_order: 402, repeated: 1190, late: 733 };
  return {
    brand: 'Halden Home', simulated: true, journey: 'first-home', journey_name: 'A first home', subject: 'customer', period: PERIOD, segment: '', plan_version: 7, data_version: 12,
    journeys: empty ? 0 : 18420, people: empty ? 0 : 18420, events: empty ? 0 : 96400, known: result(empty ? null : 0.96, empty ? 0 : 96400, 'share', 'events'), first_at: '2026-01-01T08:00:00Z', last_at: empty ? null : '2026-10-31T17:10:00Z',
    stages, touchpoints, moments: STAGES.map(([id, , , , , , , words, own]) => ({ id: `m-${id}`, words, stage: id, grade: empty ? 'guessed' : 'measured', touchpoints: own.map((one) => one[0]), live_experience: id !== 'help' })),
    promises: [promise('price', 'Whole price first', 'product', 0.95, 0.92, 4811, 'broken'), promise('paid', 'Paid in 3 min', 'checkout', 0.85, 0.88, 5102, 'kept'), promise('word', 'A word a day', 'mail', 0.95, 0.949, 5702, 'in doubt'), promise('day', 'On the day', 'van', 0.95, 0.81, 5531, 'broken'), promise('once', 'Told once', 'service', 0.8, 0.64, 1290, 'broken'), promise('ring', 'Rung back in an hour', 'chat', 0.8, null, 0, 'not judged')],
    following: { average_fitness: result(empty ? null : 0.87, 18420, 'share', 'journeys', 1, 't'), log_fitness: result(empty ? null : 0.84, 18420, 'share'), fitting: result(empty ? null : 0.41, 18420, 'share'), deviations, cost: 9000 },
    ways: empty ? [] : ways, seam: { crossed: result(empty ? null : 0.71, 5702, 'share'), gap: result(empty ? null : 86400 * 2, 5702, 'seconds') },
    tally: { events: empty ? 0 : 96400, claimed: empty ? 0 : 85099, unclaimed: empty ? 0 : 11301 },
    unclaimed: empty ? [] : [['Newsletter Opened', 8120], ['Wishlist Shared', 2210], ['Parking Paid', 940], ['Catalogue Returned', 31]].map(([event, events]) => ({ event: event as string, events: events as number, people: Math.round((events as number) * 0.6), sources: ['web'], touchpoints: [] })),
    contested: empty ? [] : [{ event: 'Call Ended', events: 120, people: 90, sources: ['phone'], touchpoints: ['service', 'chat'] }], caveats: empty ? [] : ['2 touchpoints are bound to no event'],
  };
}
