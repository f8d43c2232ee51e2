import { Menu } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { post } from '../api/client';
import { initials, useMe } from './me';
import css from './people.module.css';

/** Who one is, and the way out. */
export function AccountMenu() {
  const me = useMe().data;
  const { w } = useParams();
  if (!me || (me.sign_in && !me.id)) return null;
  if (!me.sign_in && !w) return null;
  const out = () => void post('/people/sign-out', {}).finally(() => window.location.assign('/sign-in'));
  const people = w ? `/w/${encodeURIComponent(w)}/people` : '';
  return (
    <Menu shadow="md" position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className={css.who} aria-label={`You: ${me.name}`}><span className={`${css.face} ${css.small}`} aria-hidden>{initials(me.name)}</span><span>{me.name}</span></button>
      </Menu.Target>
      <Menu.Dropdown>
        {!me.sign_in && <Menu.Label>Alone on this machine, without sign-in</Menu.Label>}
        {me.sign_in && <Menu.Label>{me.owner ? 'Owner of this server' : 'Signed in'}</Menu.Label>}
        {w && <Menu.Item component={Link} to={people}>People and guests</Menu.Item>}
        {w && me.sign_in && <Menu.Item component={Link} to={`${people}#you`}>Password and sessions</Menu.Item>}
        {me.sign_in && <Menu.Item onClick={out}>Sign out</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
