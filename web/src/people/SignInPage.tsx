import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { Link, useLocation } from 'react-router';
import { post } from '../api/client';
import type { Me } from '../api/nouns';
import { Trouble } from '../parts/Trouble';
import { Ground } from './Ground';
import { backTo, useMe } from './me';
import css from './people.module.css';

/** Name and password; then back to where one was. */
export function SignInPage() {
  const { search } = useLocation();
  const me = useMe();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  // a fresh load, so that nothing that was read or opened as somebody else stays
  const enter = useMutation({ mutationFn: () => post<Me>('/people/sign-in', { name, password }), onSuccess: () => window.location.assign(backTo(search)), onError: () => setPassword('') });
  useEffect(() => { document.title = 'Sign in · Desirelines'; }, []);
  const submit = (event: FormEvent) => { event.preventDefault(); if (name && password) enter.mutate(); };
  if (me.data && !me.data.sign_in) {
    return <Ground title="Nobody needs to sign in here"><p className="soft" style={{ marginTop: 8 }}>This server serves one person, on this machine. <Link to="/">To the start</Link></p></Ground>;
  }
  return (
    <Ground title="Sign in">
      {me.data?.id && <p className="soft" style={{ marginTop: 8 }}>You are signed in as {me.data.name}. <Link to={backTo(search)}>Go on</Link>, or sign in as somebody else.</p>}
      <form className={css.form} onSubmit={submit}>
        <TextInput label="Name" value={name} onChange={(e) => setName(e.target.value)} autoComplete="username" autoFocus required maxLength={80} />
        <PasswordInput label="Password" value={password} onChange={(e) => setPassword(e.target.value)} autoComplete="current-password" required maxLength={200} />
        {enter.error ? <Trouble error={enter.error} /> : null}
        <Button type="submit" fullWidth loading={enter.isPending} disabled={!name.trim() || !password}>Sign in</Button>
      </form>
      <p className="faint small" style={{ marginTop: 16 }}>New here? Open the invitation that you were sent. Forgot the password? Whoever runs this server can give you another.</p>
    </Ground>
  );
}
