import type { Grade, MapCell } from '../../api/nouns';
import { basis, interval, isSmall } from '../../parts/Figure';
import { count, value } from '../../words';
import type { Column, Item, Model, Row } from '../board/model';
import { LAID, type Laid, type Over, type Overlay } from './overlay';

/** The figure as a card carries it, and all it rests on. */
export interface Told { over?: string; overHint?: string; overFew?: boolean }

export function told(over: Over | null, laid: Laid): Told {
  if (!over) return {};
  const name = LAID.find((one) => one.value === laid)?.label ?? laid;
  if (over.state !== 'known') return { over: over.state === 'unpublished' ? 'publish' : 'unknown', overHint: `${name}: ${over.words}`, overFew: true };
  const { result } = over;
  return { over: value(result.value!, result.unit), overHint: `${name} ${value(result.value!, result.unit)} ${interval(result)}, n ${count(result.n)} · ${basis(result)}`, overFew: isSmall(result) };
}

const GRADES: Grade[] = ['guessed', 'observed', 'asked', 'measured'];
/** The best known of several; nothing where none is graded. */
const best = (all: (Grade | undefined)[]): Grade | undefined => GRADES.filter((one) => all.includes(one)).at(-1);

/** The board's model with what is measured laid over its cards and heads, and each cell's grade of evidence. */
export function laidOver(model: Model, grade: (element: string) => MapCell | undefined, overlay: Overlay, chosen: Laid): Model {
  const ready = overlay.state === 'ready';
  const items = new Map<string, Item>();
  const over = (item: Item): Item => {
    const known = item.branches ? best(item.branches.map((one) => grade(`touchpoint:${one.id}`)?.grade)) : grade(item.element)?.grade;
    const next = { ...item, grade: item.grade !== null && known ? known : item.grade, ...(ready && chosen !== 'people' && ['step', 'promise'].includes(item.kind) ? told(overlay.over(item.element, chosen), chosen) : {}) };
    items.set(item.key, next);
    return next;
  };
  const rows = model.rows.map((row): Row => ({ ...row, cells: Object.fromEntries(Object.entries(row.cells).map(([stage, list]) => [stage, list.map(over)])) }));
  const face: Laid = chosen === 'people' ? 'reach' : chosen;
  const columns = model.columns.map((one): Column => ({ ...one, grade: grade(`stage:${one.id}`)?.grade ?? one.grade, ...(ready ? told(overlay.over(`stage:${one.id}`, face), face) : {}) }));
  for (const [key, item] of model.items) if (!items.has(key)) items.set(key, item);
  return { ...model, rows, columns, items };
}
