import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Speaker } from '../../api/nouns';
import { useMe, useSay } from './ask';
import css from './talk.module.css';

/** Where nobody signs in: what the others should call me, typed once. */
export function NameAsk({ why = 'so that others know who speaks' }: { why?: string }) {
  const me = useMe();
  const [name, setName] = useState('');
  const say = useSay<Speaker>('/me');
  if (!me || me.named || !me.comments) return null;
  return (
    <form className={css.nameask} onSubmit={(e) => { e.preventDefault(); if (name.trim()) say.mutate({ method: 'PUT', path: '/me', body: { name } }); }}>
      <TextInput label="Your name" description={why} placeholder={me.name} maxLength={60} value={name} onChange={(e) => setName(e.target.value)} error={say.error?.message} style={{ flex: 1 }} />
      <Button type="submit" loading={say.isPending} disabled={!name.trim()}>This is me</Button>
    </form>
  );
}
