import type { Cockpit, Customers, Finding, Status, Story, Summary, Transitions, Variants } from '../src/api/nouns';
import { PERIOD, random, result, sheet } from './brand';

export const status = (): Status => ({
  version: '0.1.0',
  workspaces: [
    { name: 'halden', brand: 'Halden Home', simulated: true, events: 96400, people: 18420, plan_version: 7, fault: '' },
    { name: 'crowded', brand: 'Crowded Home', simulated: true, events: 96400, people: 18420, plan_version: 7, fault: '' },
    { name: 'workshop', brand: 'Workshop Home', simulated: false, events: 0, people: 0, plan_version: 1, fault: '' },
    { name: 'blank', brand: 'Blank', simulated: false, events: 0, people: 0, plan_version: 0, fault: '' },
  ],
  demos: [
    { name: 'olist', title: 'Olist, a Brazilian marketplace', about: '99,441 orders of a real marketplace with payments, deliveries and reviews. Are parcels there on the day that was named?', real: true, ready: true },
    { name: 'retail', title: 'An online shop’s invoices', about: '1,067,371 lines of a real British gift shop, returns included.', real: true, ready: false },
    { name: 'halden', title: 'Halden Home', about: 'An invented furniture brand with nine silos and truths planted in them, for trying everything.', real: false, ready: false },
  ],
});

export const summary = (w: string): Summary => ({
  brand: status().workspaces.find((one) => one.name === w)?.brand ?? w, simulated: w === 'halden' || w === 'crowded', zone: 'Europe/Oslo', plan_version: w === 'blank' ? 0 : 7, data_version: 12,
  events: w === 'blank' || w === 'workshop' ? 0 : 96400, people: 18420, first_on: '2026-01-01', last_on: '2026-10-31', journeys: w === 'blank' ? [] : [{ id: 'first-home', name: 'A first home', subject: 'customer' }, { id: 'order', name: 'One order', subject: 'order' }],
  segments: ['trait:age=18|25'], name: w, currency: 'NOK', subjects: ['customer', 'order'], sources: ['web'], working: null, has_plan: w !== 'blank', has_data: w !== 'blank' && w !== 'workshop',
});

const finding = (one: Omit<Finding, 'told' | 'money' | 'rung' | 'since_on' | 'picture' | 'verdict'>): Finding => ({ told: [], money: null, rung: '', since_on: null, picture: '', verdict: '', ...one });

export const cockpit = (): Cockpit => ({
  headline: '41 % of journeys follow the plan, and most of what goes wrong happens between the order and the door.',
  subline: '18,420 people on the journey · 9 silos joined · 96 % of events belong to a known person · 3 of 19 touchpoints unmeasured',
  figures: [
    { name: 'Would recommend', result: result(31, 2114, 'nps', 'answers', 1, 'adjusted wald'), words: 'down over the last third of the period', tone: 'bad', link: 'customers?touchpoint=review', series: [40, 38, 39, 41, 42, 43, 41, 40, 36, 33, 30, 31], change: null, change_words: '' },
    { name: 'Worst promise: told once', result: result(0.64, 1290, 'share', 'judgements'), words: 'target 80 %; 2 of 5 kept', tone: 'bad', link: 'map?selected=promise:once', series: [0.8, 0.79, 0.78, null, 0.77, 0.74, 0.7, 0.69, 0.68, 0.66, 0.65, 0.64], change: null, change_words: '' },
    { name: 'Journeys that follow', result: result(0.41, 18420, 'share'), words: 'as in the stretch before', tone: 'plain', link: 'map', series: [0.4, 0.42, 0.41, 0.43, 0.41, 0.4, 0.42, 0.41, 0.41, 0.42, 0.4, 0.41], change: null, change_words: '' },
    { name: 'Effort', result: result(null, 0, 'score', 'answers'), words: 'No question about effort is in the plan', tone: 'unknown', link: '', series: [], change: null, change_words: '' },
  ],
  findings: [
    finding({ id: '1', words: '“On the day” is kept for 81 % where 95 % was promised.', detail: '1,051 people · 5,531 deliveries judged', kind: 'promise', owner: 'Logistics', size: 1051, tone: 'bad', link: 'map?selected=promise:day' }),
    finding({ id: '2', words: 'One customer in three must tell the story twice between shop and service.', detail: '464 people · “told once” at 64 %', kind: 'promise', owner: null, size: 464, tone: 'bad', link: 'map?selected=promise:once' }),
    finding({ id: '3', words: 'People walk from Delivery mail to the Service line: nobody drew that way.', detail: '1,104 people, 6 % of journeys', kind: 'desire line', owner: 'Service', size: 1104, tone: 'plain', link: 'map?selected=way:mail>service' }),
    finding({ id: '4', words: 'The assembly sheet has sent no sign for 31 days.', detail: 'a silent touchpoint on a moment that matters', kind: 'silent', owner: 'Product', size: 410, tone: 'doubt', link: 'map?selected=sheet' }),
    finding({ id: '5', words: 'The parcel box has no owner.', detail: '5,530 people meet it', kind: 'unowned', owner: null, size: 5530, tone: 'doubt', link: 'map?selected=box' }),
  ],
  period: PERIOD, plan_version: 7, data_version: 12,
});

const PATHS = [['ideas', 'product', 'planner', 'checkout', 'mail', 'invoice', 'van', 'box'], ['ideas', 'product', 'showroom', 'adviser', 'till', 'mail', 'van', 'box', 'review'], ['product', 'adviser', 'product', 'checkout', 'mail', 'service', 'van', 'box'], ['ideas', 'product'], ['checkout', 'mail', 'mail', 'service', 'service', 'van', 'service', 'chat', 'review']];
export const variants = (level: string): Variants => ({
  level: level as 'event', subject: 'customer', journeys: 18420, people: 18420, variant_count: 1203, period: PERIOD, plan_version: 7, data_version: 12,
  variants: Array.from({ length: 24 }, (_, n) => {
    const steps = PATHS[n % PATHS.length].slice(0, 9 - (n % 3));
    return { steps, length: steps.length, count: Math.round(4000 / (n + 1)), rate: 4000 / (n + 1) / 18420, people: Math.round(3900 / (n + 1)), median_seconds: 86400 * (1 + 30 * random()), fitness: level === 'event' ? null : 1 - 0.1 * (n % 4), marks: level === 'event' ? [] : steps.map((step, i) => (step === 'service' ? 'unplanned' : steps.indexOf(step) < i ? 'repeated' : n % 5 === 2 && i === 1 ? 'out of order' : 'planned')), missing: n % 3 ? ['invoice'] : [], behind: 'variants?mark=1', key: `v${n}` };
  }),
});
export const transitions = (): Transitions => {
  const ways = sheet('halden').ways;
  const nodes: Record<string, number> = {};
  for (const one of sheet('halden').touchpoints) if (one.people) nodes[one.id] = one.events;
  return { level: 'touchpoint', subject: 'customer', journeys: 18420, events: 96400, edges: ways.map((one) => ({ origin: one.origin, target: one.target, count: one.count, median_seconds: one.median_seconds, mean_seconds: one.median_seconds, behind: `transitions?mark=${one.origin}>${one.target}` })), nodes, starts: { ideas: 12000, product: 4000, checkout: 2420 }, ends: { product: 6000, box: 3200, next: 1900, review: 900, service: 400 }, period: PERIOD, plan_version: 7, data_version: 12 };
};
export const customers = (page: number): Customers => ({
  total: 812, page, page_size: 50, customers: Array.from({ length: 50 }, (_, n) => ({ customer: `c${(page * 50 + n + 4096).toString(16).padStart(16, '0')}`, label: `email ${'abcdefgh'[n % 8]}…@mail.example`, events: 3 + (n % 11), first_at: '2026-02-03T09:10:00Z', last_at: '2026-10-30T12:00:00Z', last_event: ['Parcel Delivered', 'Call Ended', 'Review Written'][n % 3], fitness: n % 7 ? 1 - (n % 5) * 0.08 : null })),
});
export const story = (id: string): Story => {
  const at = (text: string) => `2026-${text}:00Z`;
  const e = (when: string, event: string, source: string, touchpoint: string | null, name: string | null, stage: string | null, side: 'buyer' | 'customer' | null, mark: string | null, quote: string | null = null) => ({ at: at(when), event, source, channel: source === 'web' ? 'site' : null, touchpoint, touchpoint_name: name, stage, side, objects: (side === 'customer' ? { order: 'H-20331' } : {}) as Record<string, string>, properties: (event === 'Order Placed' ? { amount: '418.00 EUR', method: 'card' } : {}) as Record<string, string>, quote, mark });
  return {
    customer: id, identifiers: { email: ['k…@mail.example'], device: ['d-8812', 'd-9013'], member: ['M-3321'] }, traits: { city: 'Bergen', since: '2026' }, event_count: 13, first_at: at('02-03T09:10'), last_at: at('06-02T12:00'), promises: [['day', 'broken'], ['paid', 'kept'], ['word', 'open']], fitness: 0.78, missing: ['invoice'], held: ['0000-0000'],
    events: [e('02-03T09:10', 'Page Viewed', 'web', 'ideas', 'Ideas page', 'Dream', 'buyer', 'planned'), e('02-03T09:14', 'Page Viewed', 'web', 'product', 'Product page', 'Compare', 'buyer', 'planned'), e('02-07T17:30', 'Visit Logged', 'stores', 'showroom', 'Showroom', 'Compare', 'buyer', 'planned'), e('02-07T17:52', 'Advice Given', 'stores', 'adviser', 'Room adviser', 'Decide', 'buyer', 'planned'), e('02-08T20:01', 'Page Viewed', 'web', 'product', 'Product page', 'Compare', 'buyer', 'repeated'), e('02-08T20:16', 'Order Placed', 'web', 'checkout', 'Checkout', 'Buy', 'buyer', 'planned'), e('02-08T20:17', 'Mail Sent', 'crm', 'mail', 'Delivery mail', 'Wait', 'customer', 'planned'), e('02-13T08:40', 'Call Ended', 'phone', 'service', 'Service line', 'Get help', 'customer', 'unplanned', 'You said Thursday. It is Friday. Where is my sofa?'), e('02-15T11:05', 'Parcel Delivered', 'logistics', 'van', 'Delivery van', 'Receive', 'customer', 'late'), e('02-15T19:20', 'Newsletter Opened', 'crm', null, null, null, null, null), e('02-16T10:00', 'Call Ended', 'phone', 'service', 'Service line', 'Get help', 'customer', 'unplanned', 'One leg is missing, and I told your colleague so already.'), e('03-20T12:00', 'Review Written', 'web', 'review', 'Review', 'Come back', 'customer', 'planned', 'Lovely sofa, hard to get.'), e('06-02T12:00', 'Mail Sent', 'crm', 'next', 'Next-room mail', 'Come back', 'customer', 'planned')],
  };
};
