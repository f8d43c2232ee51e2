import { IconReceipt2 } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useTo } from '../address';
import { useSummary } from '../api/queries';
import { Empty } from '../parts/Empty';
import { Trouble } from '../parts/Trouble';

/** Why value or credit cannot be said: mostly because nobody has said yet what an order is. */
export function Unsaid({ error, retry }: { error: unknown; retry: () => void }) {
  const summary = useSummary().data;
  const to = useTo();
  const words = error instanceof Error ? error.message : '';
  if (!/has the role/.test(words)) return <Trouble error={error} retry={retry} />;
  return (
    <Empty icon={<IconReceipt2 size={32} stroke={1.4} />} title="Which event is an order?" why="Value looks ahead at what known customers will order, and holds itself against what they ordered later; credit says which touches came before. Both need to know which event is an order, and which of its properties holds the amount."
      step={<Link to={to(summary?.has_data === false ? 'data/bring' : 'plan/figures')}>{summary?.has_data === false ? 'Bring a file' : 'Say what counts as what'}</Link>} />
  );
}
