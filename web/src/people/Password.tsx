import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { post } from '../api/client';
import { Trouble } from '../parts/Trouble';
import css from './people.module.css';

/** Another password; every other session ends. */
export function Password() {
  const cache = useQueryClient();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => post('/people/password', { old, new: next }),
    onSuccess: () => { setOld(''); setNext(''); void cache.invalidateQueries({ queryKey: ['/people/sessions'] }); },
  });
  const submit = (event: FormEvent) => { event.preventDefault(); change.mutate(); };
  return (
    <section className="section">
      <h2>Another password</h2>
      <form className={css.form} style={{ marginTop: 0, maxWidth: 320 }} onSubmit={submit}>
        <PasswordInput label="The old one" value={old} onChange={(e) => setOld(e.target.value)} autoComplete="current-password" maxLength={200} />
        <PasswordInput label="The new one" description="At least 12 characters" value={next} onChange={(e) => setNext(e.target.value)} autoComplete="new-password" maxLength={200} />
        {change.error ? <Trouble error={change.error} /> : null}
        {change.isSuccess && !old && !next && <p className="good" role="status">Changed. Everywhere else you are signed out.</p>}
        <div><Button type="submit" variant="default" loading={change.isPending} disabled={!old || next.length < 12}>Change it</Button></div>
      </form>
    </section>
  );
}
