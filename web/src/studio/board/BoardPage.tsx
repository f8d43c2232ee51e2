import { Button } from '@mantine/core';
import { IconMap2 } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { useTo } from '../../address';
import { Empty } from '../../parts/Empty';
import { Trouble } from '../../parts/Trouble';
import { Waiting } from '../../parts/Waiting';
import { useDraft } from '../../plan/draft';
import { Room } from './Room';

/** The page where one journey is drawn. */
export function BoardPage() {
  const { journey = '' } = useParams();
  const { plan, error } = useDraft();
  const to = useTo();
  if (!plan && error) return <div className="page"><Trouble error={error} /></div>;
  if (!plan) return <Waiting />;
  const one = (plan.journeys ?? []).find((each) => each.id === journey);
  if (!one) return <Empty icon={<IconMap2 size={32} stroke={1.4} />} title="This journey is not in the draft" why="It may have been deleted, or the address is old." step={<Button component={Link} to={to('studio', { journey: null })}>To all maps</Button>} />;
  return <Room key={journey} plan={plan} journey={one} />;
}
