import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { post } from '../api/client';
import type { InviteOffer, Joined } from '../api/nouns';
import { Trouble } from '../parts/Trouble';
import { Waiting } from '../parts/Waiting';
import { Ground } from './Ground';
import { takeToken, useMe } from './me';
import css from './people.module.css';
import { a } from './roles';

const KEPT = 'desirelines-invitation';

/** An invitation: who invites to what, and an account for whoever has none. */
export function JoinPage() {
  const [token] = useState(() => { const found = takeToken() || window.sessionStorage.getItem(KEPT) || ''; window.sessionStorage.setItem(KEPT, found); return found; });
  const me = useMe();
  const offer = useQuery({ queryKey: ['invitation', token], queryFn: () => post<InviteOffer>('/people/invitation', { token }), enabled: Boolean(token), retry: false });
  useEffect(() => { document.title = 'Invitation · Desirelines'; }, []);
  if (!token || offer.error) {
    return <Ground title="This invitation does not open"><div className={css.form}>{offer.error ? <Trouble error={offer.error} /> : <p className="soft">Its address ends in # and a long word. Copy the whole of it.</p>}<p><Link to="/">To the start</Link></p></div></Ground>;
  }
  if (!offer.data || !me.data) return <Ground title="Invitation"><Waiting /></Ground>;
  return (
    <Ground title={`${offer.data.made_by} invites you to ${offer.data.brand}`}>
      <p className="soft" style={{ marginTop: 8 }}>You will be {a(offer.data.role)} there. The invitation is for one person, once.</p>
      <Taking token={token} signed={me.data.id ? me.data.name : ''} />
    </Ground>
  );
}

function Taking({ token, signed }: { token: string; signed: string }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const take = useMutation({
    mutationFn: () => post<Joined>('/people/join', signed ? { token } : { token, name, password }),
    onSuccess: (joined) => { window.sessionStorage.removeItem(KEPT); window.location.assign(`/w/${encodeURIComponent(joined.workspace)}/cockpit`); },
  });
  const submit = (event: FormEvent) => { event.preventDefault(); take.mutate(); };
  return (
    <form className={css.form} onSubmit={submit}>
      {!signed && <TextInput label="Your name" description="As the others will see it; you sign in with it" value={name} onChange={(e) => setName(e.target.value)} autoComplete="username" required autoFocus maxLength={80} />}
      {!signed && <PasswordInput label="A new password" description="At least 12 characters; four or five words that do not belong together are good" value={password} onChange={(e) => setPassword(e.target.value)} autoComplete="new-password" required maxLength={200} />}
      {take.error ? <Trouble error={take.error} /> : null}
      <Button type="submit" fullWidth loading={take.isPending} disabled={!signed && (!name.trim() || password.length < 12)}>{signed ? `Join as ${signed}` : 'Join'}</Button>
      {!signed && <p className="faint small">You have an account here already? <Link to="/sign-in?to=/join">Sign in</Link> first.</p>}
    </form>
  );
}
