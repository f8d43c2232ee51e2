import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '../../api/client';
import { useDraft } from '../../draft';
import { onDay, plural } from '../../words';
import { useAges, useStudioPath } from '../history/ask';

/** Who changed an element last and when, and whether somebody said that it is still true. */
export function AgeLine({ journey, element }: { journey: string; element: string }) {
  const ages = useAges(journey);
  const path = useStudioPath();
  const cache = useQueryClient();
  const { may } = useDraft();
  const confirm = useMutation({ mutationFn: () => post(`${path}/confirm`, { element }), onSuccess: () => cache.invalidateQueries({ queryKey: ['history', path] }) });
  const one = ages.data?.find((other) => other.element === element);
  if (!one) return null;
  const when = one.days === 0 ? 'today' : one.days < 60 ? `${plural(one.days, 'day')} ago` : `on ${onDay(one.at)}`;
  return (
    <p className={`row wrap small ${one.stale ? 'doubt' : 'faint'}`} style={{ gap: 8 }}>
      {one.confirmed ? 'Said to be still true' : 'Last changed'} {when}{one.by && ` by ${one.by}`}{one.stale && '. Is it still true?'}
      {may === 'edit' && one.days > 0 && <Button variant="default" size="compact-xs" loading={confirm.isPending} onClick={() => confirm.mutate()}>Still true</Button>}
    </p>
  );
}
