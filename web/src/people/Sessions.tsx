import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { erase, get, post } from '../api/client';
import type { SessionLine } from '../api/nouns';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { atInstant } from '../words';
import css from './people.module.css';

const PATH = '/people/sessions';

/** Where one is signed in. */
export function Sessions() {
  const cache = useQueryClient();
  const list = useQuery({ queryKey: [PATH], queryFn: () => get<SessionLine[]>(PATH) });
  const end = useMutation({ mutationFn: (id: string) => erase<SessionLine[]>(`${PATH}/${id}`), onSuccess: (now) => cache.setQueryData([PATH], now) });
  const all = useMutation({ mutationFn: () => post('/people/sign-out-everywhere', {}), onSuccess: () => window.location.assign('/sign-in') });
  const wrong = list.error ?? end.error ?? all.error;
  return (
    <section className="section">
      <h2>Where you are signed in</h2>
      {wrong ? <Trouble error={wrong} /> : null}
      {!list.data && !list.error && <Rows count={2} />}
      <ul className={css.lines}>
        {list.data?.map((one) => (
          <li key={one.id} className={css.line}>
            <div className={css.grow}><p>{one.agent}{one.here && <span className="faint"> (here)</span>}</p><p className="faint small">last used {atInstant(one.seen_at)}</p></div>
            {!one.here && <Button variant="default" size="compact-sm" onClick={() => end.mutate(one.id)}>End</Button>}
          </li>
        ))}
      </ul>
      <Button variant="default" mt={12} onClick={() => all.mutate()} loading={all.isPending}>Sign out everywhere</Button>
    </section>
  );
}
