/** How the arrows go over the board: from thing to thing within a cell, from cell to cell beyond its ends. */

const cellsOf = (board: HTMLElement): HTMLElement[] => [...board.querySelectorAll<HTMLElement>('[data-cell]')];
const nodesOf = (cell: Element): HTMLElement[] => [...cell.querySelectorAll<HTMLElement>('[data-node]')];
const seen = (one: HTMLElement): boolean => one.offsetParent !== null;

export function next(board: HTMLElement, from: HTMLElement, way: string): HTMLElement | null {
  const cell = from.closest<HTMLElement>('[data-cell]');
  if (!cell) return null;
  const nodes = nodesOf(cell).filter(seen);
  const at = nodes.indexOf(from);
  if (way === 'ArrowDown' && nodes[at + 1]) return nodes[at + 1];
  if (way === 'ArrowUp' && nodes[at - 1]) return nodes[at - 1];
  const cells = cellsOf(board).filter((one) => nodesOf(one).some(seen));
  const [lane, stage] = [cell.dataset.lane, cell.dataset.stage];
  if (way === 'ArrowLeft' || way === 'ArrowRight') {
    const row = cells.filter((one) => one.dataset.lane === lane);
    const other = row[row.indexOf(cell) + (way === 'ArrowRight' ? 1 : -1)];
    if (!other) return null;
    const list = nodesOf(other).filter(seen);
    return list[Math.min(at, list.length - 1)] ?? null;
  }
  const column = cells.filter((one) => one.dataset.stage === stage);
  const other = column[column.indexOf(cell) + (way === 'ArrowDown' ? 1 : -1)];
  if (!other) return null;
  const list = nodesOf(other).filter(seen);
  return (way === 'ArrowDown' ? list[0] : list.at(-1)) ?? null;
}

/** The first or last thing of the row, or of the whole board. */
export function edge(board: HTMLElement, from: HTMLElement, last: boolean, whole: boolean): HTMLElement | null {
  const lane = from.closest<HTMLElement>('[data-cell]')?.dataset.lane;
  const cells = cellsOf(board).filter((one) => (whole || one.dataset.lane === lane) && nodesOf(one).some(seen));
  const cell = last ? cells.at(-1) : cells[0];
  return cell ? (nodesOf(cell).filter(seen).at(last ? -1 : 0) ?? null) : null;
}

/** All keys between two things as they stand on the board, from row to row. */
export function range(board: HTMLElement, from: string, to: string): string[] {
  const all = [...board.querySelectorAll<HTMLElement>('[data-item]')].map((one) => one.dataset.item!);
  const [a, b] = [all.indexOf(from), all.indexOf(to)];
  if (a < 0 || b < 0) return [to];
  return all.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** Only one thing of the board is in the tab order: the one that had the focus last. */
export function rove(board: HTMLElement, to: HTMLElement): void {
  for (const one of board.querySelectorAll<HTMLElement>('[data-node][tabindex="0"]')) if (one !== to) one.tabIndex = -1;
  to.tabIndex = 0;
}
