import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowsExchange, IconX } from '@tabler/icons-react';
import { useAddress } from '../address';
import { useSavedSegments } from '../api/queries';
import { parse, say } from '../shell/segment';
import { EVERYONE } from './sides';
import css from './journeys.module.css';

/** Who is held against whom: a second group of people, side by side on one scale. */
export function Versus() {
  const { get, set } = useAddress();
  const saved = useSavedSegments().data ?? [];
  const [here, there] = [get('segment'), get('versus')];
  const named = (text: string) => (text && text !== EVERYONE ? say(text) : 'everyone');
  if (there) {
    return (
      <p className={css.filter} style={{ marginBottom: 14 }}>
        {named(here)} against {named(there)}
        <ActionIcon size="xs" aria-label="Swap the two" onClick={() => set({ segment: there === EVERYONE ? null : there, versus: here || EVERYONE })}><IconArrowsExchange size={12} /></ActionIcon>
        <ActionIcon size="xs" aria-label="Stop comparing" onClick={() => set({ versus: null })}><IconX size={12} /></ActionIcon>
      </p>
    );
  }
  if (!here && !saved.length) return null;
  return (
    <Menu shadow="md" position="bottom-start">
      <Menu.Target><Button variant="subtle" mb={12}>Compare {named(here)} with …</Button></Menu.Target>
      <Menu.Dropdown>
        {here && <Menu.Item onClick={() => set({ versus: EVERYONE })}>everyone</Menu.Item>}
        {parse(here).length === 1 && <Menu.Item onClick={() => set({ versus: turned(here) })}>everybody else</Menu.Item>}
        {saved.filter((one) => here !== `saved:${one.name}`).map((one) => <Menu.Item key={one.id} onClick={() => set({ versus: `saved:${one.id}` })}>{one.name}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The people a rule of one clause leaves out. */
const turned = (rule: string): string => (rule.startsWith('not ') ? rule.slice(4) : `not ${rule}`);
