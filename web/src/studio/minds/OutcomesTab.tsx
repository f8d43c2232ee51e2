import { IconTarget } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useTo } from '../../address';
import { useRoom } from '../../api/queries';
import type { OutcomeRow } from '../../api/nouns';
import { Empty } from '../../parts/Empty';
import { basis } from '../../parts/Figure';
import { SortTable, type Column } from '../../parts/SortTable';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { count } from '../../words';

const COLUMNS: Column<OutcomeRow>[] = [
  { key: 'words', head: 'What they want to have achieved', of: (row) => row.words, show: (row) => <><b>{row.words}</b>{row.moments.length > 0 && <p className="faint small">{row.moments.map((one) => `“${one}”`).join(' ')}</p>}</> },
  { key: 'importance', head: 'Importance', number: true, of: (row) => row.importance },
  { key: 'satisfaction', head: 'Satisfaction', number: true, of: (row) => row.satisfaction },
  { key: 'opportunity', head: 'Opportunity', number: true, of: (row) => row.opportunity.value, show: (row) => (row.opportunity.value === null ? <span className="hatch faint" style={{ padding: '0 6px' }}>nobody asked</span> : <b title={basis(row.opportunity)}>{row.opportunity.value.toFixed(1)}</b>) },
  { key: 'n', head: 'n', number: true, of: (row) => row.opportunity.n, show: (row) => (row.opportunity.n ? count(row.opportunity.n) : '–') },
  { key: 'measured', head: 'Who has it', of: (row) => (row.measured ? 'events say' : 'only answers say'), show: (row) => <span className="soft">{row.measured ? 'events say' : 'only answers say'}</span> },
];

/** Outcomes with importance and satisfaction as customers gave them; the widest gap first. */
export function OutcomesTab() {
  const to = useTo();
  const read = useRoom<OutcomeRow[]>('/studio/outcomes');
  if (read.error) return <Trouble error={read.error} retry={() => void read.refetch()} />;
  if (!read.data) return <Rows count={4} />;
  if (!read.data.length) return <Empty icon={<IconTarget size={32} stroke={1.4} />} title="No outcome is written down yet" why="An outcome is what customers want to have achieved, with how much it matters and how far they have it, from 0 to 10 as they gave it. The widest gap is the best chance." step={<Link to={to('studio')}>Begin a map first</Link>} />;
  const [best] = read.data;
  return (
    <>
      <h1>{best.opportunity.value === null ? 'Nobody was asked yet what matters to them.' : `“${best.words}” is the widest gap.`}</h1>
      <p className="soft" style={{ margin: '6px 0 20px' }}>Opportunity: importance, and again what satisfaction falls short of it; 0 to 20. <Link to={to('figures/opportunity')}>How it is measured</Link></p>
      <SortTable rows={read.data} columns={COLUMNS} caption="Outcomes" id={(row) => row.id} />
    </>
  );
}
