import { Button, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { erase, get, post } from '../api/client';
import type { InviteLine, InviteMade, RoleName } from '../api/nouns';
import { Trouble } from '../parts/Trouble';
import { onDay } from '../words';
import { Made } from './Made';
import css from './people.module.css';
import { a, ROLES } from './roles';

/** Links that make somebody a member, once. */
export function Invites({ path }: { path: string }) {
  const cache = useQueryClient();
  const key = [`${path}/invites`];
  const list = useQuery({ queryKey: key, queryFn: () => get<InviteLine[]>(`${path}/invites`) });
  const [role, setRole] = useState<RoleName>('editor');
  const again = () => cache.invalidateQueries({ queryKey: key });
  const make = useMutation({ mutationFn: () => post<InviteMade>(`${path}/invites`, { role }), onSuccess: again });
  const drop = useMutation({ mutationFn: (id: string) => erase(`${path}/invites/${id}`), onSuccess: again });
  const wrong = make.error ?? drop.error ?? list.error;
  return (
    <section className="section">
      <h2>Invite somebody</h2>
      <p className="soft" style={{ marginBottom: 12 }}>An invitation is a link for one person. It holds for a week and works once.</p>
      <div className={css.fields}>
        <Select label="They become" data={ROLES} value={role} allowDeselect={false} onChange={(next) => next && setRole(next as RoleName)} w={180} />
        <Button size="sm" onClick={() => make.mutate()} loading={make.isPending}>Make an invitation</Button>
      </div>
      {make.data && <Made says={`Send this to the one person who should become ${a(make.data.invite.role)}:`} link={`${window.location.origin}/join#${make.data.token}`} />}
      {wrong ? <div style={{ marginTop: 12 }}><Trouble error={wrong} /></div> : null}
      {list.data && list.data.length > 0 && (
        <ul className={css.lines} style={{ marginTop: 16 }} aria-label="Invitations that nobody has taken yet">
          {list.data.map((one) => (
            <li key={one.id} className={css.line}>
              <p className={css.grow}>Somebody becomes <b>{one.role}</b> <span className="faint small">· made by {one.made_by}, holds until {onDay(one.expires_at)}</span></p>
              <Button variant="default" size="compact-sm" onClick={() => drop.mutate(one.id)}>Take back</Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
