import { ActionIcon, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { erase, put } from '../api/client';
import type { People, RoleName } from '../api/nouns';
import { Trouble } from '../parts/Trouble';
import { initials } from './me';
import css from './people.module.css';
import { ROLES } from './roles';

/** Everybody with a role here; an owner changes it in place. */
export function Members({ path, people }: { path: string; people: People }) {
  const cache = useQueryClient();
  const done = (now: People) => { cache.setQueryData([path], now); void cache.invalidateQueries({ queryKey: [path] }); };
  const change = useMutation({ mutationFn: ({ id, role }: { id: string; role: RoleName }) => put<People>(`${path}/members/${id}`, { role }), onSuccess: done });
  const remove = useMutation({ mutationFn: (id: string) => erase<People>(`${path}/members/${id}`), onSuccess: done });
  const owns = people.role === 'owner';
  const wrong = change.error ?? remove.error;
  return (
    <section className="section">
      <h2>Members</h2>
      <ul className={css.lines}>
        {people.members.map((one) => (
          <li key={one.id} className={css.line}>
            <span className={css.face} aria-hidden>{initials(one.name)}</span>
            <p className={`${css.grow} strong`}>{one.name}{one.id === people.you && <span className="faint"> (you)</span>}</p>
            {one.of_server ? <span className="soft small">owner of the server</span> : owns ? (
              <>
                <Select size="xs" w={140} data={ROLES} value={one.role} allowDeselect={false} aria-label={`Role of ${one.name}`} onChange={(role) => role && change.mutate({ id: one.id, role: role as RoleName })} />
                <ActionIcon variant="subtle" color="gray" aria-label={`Take ${one.name}’s role away`} title="Take the role away" onClick={() => remove.mutate(one.id)}><IconX size={15} stroke={1.6} /></ActionIcon>
              </>
            ) : <span className="soft small">{one.role}</span>}
          </li>
        ))}
      </ul>
      {wrong ? <div style={{ marginTop: 12 }}><Trouble error={wrong} /></div> : null}
    </section>
  );
}
