import { Tooltip } from '@mantine/core';
import type { DriverRow, Drivers } from '../api/nouns';
import { useTeams } from '../api/queries';
import { Marked } from '../journeys/Marked';
import { basis, Figure } from '../parts/Figure';
import { SortTable, type Column } from '../parts/SortTable';
import { percent } from '../words';
import { more, moreEnds } from './say';
import css from './why.module.css';

const CLASSES: Record<string, string> = {
  basic: 'Expected: its lack costs more than its presence earns', performance: 'The better the more, both ways', excitement: 'It earns more than its lack costs',
  'not told apart': 'Loss and gain cannot be told apart from chance',
};

/** All of it in numbers, each with its interval, and the customers behind a low. */
export function DriversTable({ data }: { data: Drivers }) {
  const team = useTeams();
  const gained = (result: DriverRow['penalty'], sign: 1 | -1) => result === null || result.value === null ? <span className="faint">–</span> : (
    <Tooltip label={basis(result)} position="bottom-start"><span>{more(sign * result.value, result.unit)} <span className="faint">{sign < 0 ? `[${more(-(result.high ?? 0), result.unit)}, ${more(-(result.low ?? 0), result.unit)}]` : moreEnds(result)}</span></span></Tooltip>
  );
  const columns: Column<DriverRow>[] = [
    { key: 'name', head: 'Driver', of: (row) => row.name, show: (row) => <>{row.name}{row.warnings.length > 0 && <Tooltip multiline w={320} label={row.warnings.join(' · ')}><span className={css.flag} tabIndex={0}>{row.suppressor ? 'suppressor' : 'mind'}</span></Tooltip>}</> },
    { key: 'owner', head: 'Owner', of: (row) => team(row.owner || null) ?? '' },
    { key: 'performance', head: 'Stands at', of: (row) => row.performance.value, number: true, show: (row) => row.performance.value === null ? <Figure result={row.performance} /> : <Marked behind={row.behind} words={row.kind === 'meeting' ? `not: ${row.name}` : `low at ${row.name}`}>{percent(row.performance.value)}</Marked> },
    { key: 'effect', head: 'Worst to best', of: (row) => row.effect.value, number: true, show: (row) => row.effect.value === null ? <Figure result={row.effect} /> : <Tooltip label={basis(row.effect)} position="bottom-start"><span>{more(row.effect.value, row.effect.unit)} <span className="faint">{moreEnds(row.effect)}</span></span></Tooltip> },
    { key: 'beta', head: 'Beta', of: (row) => row.beta.value, number: true, show: (row) => row.beta.value?.toFixed(2) ?? '–' },
    { key: 'vif', head: 'VIF', of: (row) => row.vif, number: true, show: (row) => row.vif?.toFixed(1) ?? <span className="faint">all said by others</span> },
  ];
  if (data.rows.some((row) => row.asymmetric)) {
    columns.push(
      { key: 'penalty', head: 'A low score', of: (row) => row.penalty?.value ?? null, number: true, show: (row) => gained(row.penalty, -1) },
      { key: 'reward', head: 'A high score', of: (row) => row.reward?.value ?? null, number: true, show: (row) => gained(row.reward, 1) },
      { key: 'class', head: 'Class', of: (row) => row.asymmetric ?? '', show: (row) => row.asymmetric ? <Tooltip label={CLASSES[row.asymmetric]}><span className={css.dotted} tabIndex={0}>{row.asymmetric}</span></Tooltip> : <span className="faint">–</span> },
    );
  }
  return <div className={css.block}><h2 className="h3">In numbers</h2><SortTable rows={data.rows} columns={columns} caption="Drivers in numbers" id={(row) => row.id} /></div>;
}
