import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useAddress } from '../address';
import { Empty } from '../parts/Empty';
import type { Edited } from './edit';
import css from './plan.module.css';

interface Has { id: string; name: string; order?: number }

/** A list at the left, one element's form at the right; which one is in the address. */
export function Master<T extends Has>({ list, what, address, make, note, icon, form, empty }: {
  list: Edited<T>; what: string; address: string; make: (id: string, name: string) => T; note?: (one: T) => ReactNode; icon?: (one: T) => ReactNode;
  form: (one: T) => ReactNode; empty: string;
}) {
  const { get, set } = useAddress();
  const here = list.all.find((one) => one.id === get(address)) ?? list.all[0];
  const add = () => { const name = `New ${what}`; set({ [address]: list.add((id) => make(id, name), name) }); };
  if (!here) return <Empty title={`No ${what} yet`} why={empty} step={<Button onClick={add} leftSection={<IconPlus size={13} aria-hidden />}>The first {what}</Button>} />;
  const at = list.all.indexOf(here);
  return (
    <div className={css.master} style={{ marginTop: 0 }}>
      <div className="stack" style={{ gap: 10 }}>
        <div className={css.list} tabIndex={0} role="region" aria-label={`All ${what}s`}>
          {list.all.map((one) => (
            <button key={one.id} type="button" className={`plain ${css.entry}`} aria-current={one.id === here.id} onClick={() => set({ [address]: one.id })}>
              {icon?.(one)}<span style={{ fontWeight: 540 }}>{one.name}</span>{note && <small>{note(one)}</small>}
            </button>
          ))}
        </div>
        <Button variant="default" leftSection={<IconPlus size={13} aria-hidden />} onClick={add}>Another {what}</Button>
      </div>
      <div className={css.panel} key={here.id}>
        <div className="row apart">
          <span className="faint small">id {here.id}</span>
          <Menu position="bottom-end" shadow="md">
            <Menu.Target><ActionIcon aria-label={`More for ${here.name}`}><IconDots size={16} /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconArrowUp size={14} />} disabled={at === 0} onClick={() => list.move(here.id, at - 1)}>Move up</Menu.Item>
              <Menu.Item leftSection={<IconArrowDown size={14} />} disabled={at === list.all.length - 1} onClick={() => list.move(here.id, at + 1)}>Move down</Menu.Item>
              <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => { list.remove(here.id); set({ [address]: null }, false); }}>Remove (undo brings it back)</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
        {form(here)}
      </div>
    </div>
  );
}
