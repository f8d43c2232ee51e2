import type { TouchpointFigures } from '../api/nouns';
import { Figure } from '../parts/Figure';
import { Medium } from '../parts/Medium';
import { SortTable, type Column } from '../parts/SortTable';
import { count } from '../words';
import { sum, useBoard } from './context';
import css from './map.module.css';

/** The same sheet as a table: for reading, sorting and taking along. */
export function SheetTable() {
  const { sheet, select, team } = useBoard();
  const stages = new Map(sheet.stages.map((one) => [one.id, one.name]));
  const columns: Column<TouchpointFigures>[] = [
    { key: 'name', head: 'Touchpoint', of: (one) => one.name, show: (one) => <button type="button" className="plain desire row" style={{ gap: 6 }} onClick={() => select(`touchpoint:${one.id}`)}><Medium medium={one.medium} />{one.name}</button> },
    { key: 'stage', head: 'Stage', of: (one) => one.stages.map((id) => stages.get(id) ?? id).join(', ') || 'beside the plan' },
    { key: 'owner', head: 'Owner', of: (one) => team(one.owner) ?? '', show: (one) => team(one.owner) ?? <span className="bad">no owner</span> },
    { key: 'people', head: 'People', of: (one) => one.people, show: (one) => count(one.people), number: true },
    { key: 'reach', head: 'Reach', of: (one) => one.reach.value, show: (one) => <Figure result={one.reach} brief />, number: true },
    { key: 'time', head: 'Time to next', of: (one) => one.time.value, show: (one) => <Figure result={one.time} brief />, number: true },
    { key: 'left', head: 'Ends here', of: (one) => one.left.value, show: (one) => <Figure result={one.left} brief />, number: true },
    { key: 'felt', head: 'Felt', of: (one) => one.felt?.value ?? null, show: (one) => <Figure result={one.felt} brief />, number: true },
    { key: 'dev', head: 'Deviations', of: (one) => sum(one.deviations), show: (one) => count(sum(one.deviations)), number: true },
    { key: 'grade', head: 'Evidence', of: (one) => one.evidence.grade },
    { key: 'state', head: 'State', of: (one) => one.evidence.state },
  ];
  return (
    <div className={css.table}>
      <SortTable rows={sheet.touchpoints} columns={columns} caption="Touchpoints of this journey" id={(one) => one.id} first={{ key: 'people', down: true }} />
    </div>
  );
}
