import table from './shape.json';

/** One field of an element: how it lies in the document, what it is, what an absent one means. */
export interface Field {
  kind: 'prose' | 'list' | 'json' | 'value';
  of: 'text' | 'number' | 'whole' | 'yes' | 'choice' | 'json' | 'list';
  required: boolean;
  default: unknown;
  choices?: string[];
}

/** What lies at a root of a document: a list of elements, or one thing; `inside`: the field that names the element it lies in. */
export interface Root { noun: string; one: boolean; inside: string; fields: Record<string, Field> }

const SHAPE = table as unknown as { plan: Record<string, Root>; map: Record<string, Root> };

export const PLAN = 'plan';
export const MAP = 'map:';

export const rootsOf = (document: string): Record<string, Root> => (document === PLAN ? SHAPE.plan : SHAPE.map);
/** Lists that lie on a map where they belong to one, and in the plan's document where they do not. */
export const BOTH = ['moments', 'experiences', 'cards'] as const;
export type Both = (typeof BOTH)[number];

export interface Element { id: string; order?: number; [field: string]: unknown }
