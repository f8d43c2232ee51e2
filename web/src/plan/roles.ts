import type { Role, Seen } from '../api/nouns';

/** What events can mean to the figures: in words, what they carry, and by which names they are usually known. */
export interface Meaning {
  id: Role['id']; name: string; says: string; carries?: string; object?: string; daily?: boolean;
  /** Names of events that usually mean it, and of the property it carries. */
  known: RegExp; property?: RegExp;
}

export const MEANINGS: Meaning[] = [
  { id: 'order', name: 'An order', says: 'Somebody bought. Repeat rate, order value and what a customer is worth rest on it.', carries: 'Its amount', object: 'Several events of one order are one', known: /^(order|purchase|bought|checkout (completed|done)|sale|booking|booked|paid)/i, property: /amount|total|price|revenue|paid|sum|value/i },
  { id: 'refund', name: 'Taken back', says: 'An order was returned, cancelled or repaid.', carries: 'The amount given back', object: 'The order it belongs to', known: /refund|return|cancel|chargeback/i, property: /amount|total|refund|sum/i },
  { id: 'contact', name: 'A call for help', says: 'A customer had to ask: by phone, chat, mail or at the counter.', object: 'The issue it is about', known: /call|contact|chat|ticket|complain|support|enquir|question asked/i },
  { id: 'resolved', name: 'A problem solved', says: 'What a customer asked for was settled.', object: 'The issue it settles', known: /resolv|solved|closed|settled/i },
  { id: 'asked-again', name: 'Asked the same again', says: 'Customers had to tell something they had told before.', known: /asked again|re-?enter|repeat(ed)? (data|question)|told again/i },
  { id: 'failure', name: 'A failure', says: 'Something did not work for the customer.', known: /fail|error|declin|crash|broke|out of stock/i },
  { id: 'joined', name: 'Joined', says: 'Somebody became a customer: an account, a contract, a membership.', known: /sign(ed)? ?up|register|joined|account (created|opened)|subscri|activated/i },
  { id: 'value', name: 'The first worth', says: 'The moment a new customer has something of it.', known: /deliver|received|arrived|first use|completed|onboarded/i },
  { id: 'visit', name: 'A visit', says: 'Somebody looked in, on a screen or in a shop.', known: /visit|viewed|page|opened|session/i },
  { id: 'meaningful', name: 'A meaningful encounter', says: 'One that a customer would tell of.', known: /advice|celebrat|event attended|met /i },
  { id: 'referral', name: 'A recommendation', says: 'A customer brought somebody, or told somebody.', known: /referr|recommend|invit|shared/i },
  { id: 'review', name: 'A review', says: 'A customer said in public how it was.', carries: 'The stars given', known: /review|rated/i, property: /star|score|rating/i },
  { id: 'mention', name: 'A mention', says: 'We were spoken of.', daily: true, known: /mention|liked|posted|shared/i },
  { id: 'spend', name: 'Spend', says: 'What is spent to win customers, as a figure per day.', carries: 'The amount', daily: true, known: /(ad|media|campaign) (spend|cost)/i, property: /amount|cost|spend/i },
  { id: 'rank', name: 'Rank among brands', says: 'Which place the customer gives us among the brands they use.', carries: 'The place given', known: /brand rank|ranked/i, property: /rank|place/i },
  { id: 'brands', name: 'Brands used', says: 'How many brands of the kind the customer uses.', carries: 'How many', known: /brands used/i, property: /brands|count/i },
];

/** The events seen that a meaning's usual names fit, the most frequent first; at most three. */
export function suggested(meaning: Meaning, seen: Seen[]): string[] {
  const totals = new Map<string, number>();
  for (const one of seen) if (meaning.known.test(one.event)) totals.set(one.event, (totals.get(one.event) ?? 0) + one.events);
  return [...totals].sort((a, b) => b[1] - a[1]).slice(0, 3).map(([event]) => event);
}

export const propertiesOf = (events: string[], seen: Seen[]): string[] => [...new Set(seen.filter((one) => events.includes(one.event)).flatMap((one) => one.properties))].sort();

/** A role as the events seen suggest it; the property only where its name says what it is. */
export function drafted(meaning: Meaning, seen: Seen[]): Role {
  const events = suggested(meaning, seen);
  const property = meaning.property ? (propertiesOf(events, seen).find((name) => meaning.property!.test(name)) ?? '') : '';
  return { id: meaning.id, rule: (events.length ? events : ['']).map((event) => ({ event })), property };
}
