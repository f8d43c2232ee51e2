import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api/client';
import type { Age } from '../../api/nouns';
import { useDraft } from '../../draft';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { onDay, plural } from '../../words';
import { useAges, useStudioPath } from './ask';
import { saysKind } from './say';
import css from './history.module.css';

const FEW = 12;

/** How long ago each thing on the map was last changed or confirmed, the oldest first. */
export function AgesList({ journey }: { journey: string }) {
  const read = useAges(journey);
  const [all, setAll] = useState(false);
  if (read.error && !read.data) return <Trouble error={read.error} retry={() => void read.refetch()} />;
  if (!read.data) return <Rows count={6} height={40} />;
  const stale = read.data.filter((one) => one.stale);
  const shown = all ? read.data : stale.length ? stale : read.data.slice(0, FEW);
  return (
    <>
      <p className={stale.length ? 'doubt' : 'soft'}>{stale.length ? `${plural(stale.length, 'thing')} nobody changed or confirmed for half a year.` : read.data.length ? 'Nothing here is older than half a year. The oldest:' : 'Nothing stands on this map yet that could grow old.'}</p>
      <ul className={css.ages}>{shown.map((one) => <AgeRow key={one.element} one={one} />)}</ul>
      {read.data.length > shown.length || all ? <div><Button variant="subtle" size="compact-xs" onClick={() => setAll(!all)}>{all ? 'Fewer' : `All ${read.data.length}`}</Button></div> : null}
    </>
  );
}

function AgeRow({ one }: { one: Age }) {
  const path = useStudioPath();
  const cache = useQueryClient();
  const { may } = useDraft();
  const confirm = useMutation({ mutationFn: () => post(`${path}/confirm`, { element: one.element }), onSuccess: () => cache.invalidateQueries({ queryKey: ['history', path] }) });
  const when = one.days === 0 ? 'today' : one.days < 60 ? `${plural(one.days, 'day')} ago` : `on ${onDay(one.at)}`;
  return (
    <li className={css.age}>
      <div><span className="faint small">{saysKind(one.element.split(':')[0])}</span> <b>{one.name}</b>
        <p className={`small ${one.stale ? 'doubt' : 'soft'}`}>{one.confirmed ? 'confirmed' : 'last changed'} {when}{one.by && ` by ${one.by}`}</p></div>
      {may === 'edit' && one.days > 0 && <Button variant="default" size="compact-xs" loading={confirm.isPending} aria-label={`${one.name} is still true`} onClick={() => confirm.mutate()}>Still true</Button>}
      {confirm.error ? <Trouble error={confirm.error} /> : null}
    </li>
  );
}
