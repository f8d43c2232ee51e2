import { ActionIcon, Indicator, Popover } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import type { ForMe as Waiting } from '../../api/nouns';
import { useNotice } from '../../draft/presence';
import { plural } from '../../words';
import { useAgain, useTalk } from './ask';
import { ForMe } from './ForMe';
import css from './talk.module.css';

/** In the head of every page of the studio: how much waits for me, and what. */
export function ForMeMark() {
  const [open, setOpen] = useState(false);
  const again = useAgain();
  useNotice(['comments', 'suggestions'], again);
  const { data } = useTalk<Waiting>('/for-me', {}, 30);
  const many = data ? data.mentions.length + data.suggestions.filter((one) => !one.mine).length : 0;
  const words = !data ? 'For me' : many ? `For me: ${plural(data.mentions.length, 'thread mentions you', 'threads mention you')}, ${plural(many - data.mentions.length, 'suggestion waits', 'suggestions wait')}` : 'For me: nothing waits';
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={380} shadow="md" withinPortal trapFocus>
      <Indicator disabled={!many} label={many} size={15} offset={4} color="violet">
        <Popover.Target>
          <ActionIcon variant="default" size={30} aria-label={words} title={words} aria-expanded={open} onClick={() => setOpen(!open)}><IconBell size={16} stroke={1.6} /></ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown className={css.formebox} aria-label="For me"><ForMe onGo={() => setOpen(false)} /></Popover.Dropdown>
    </Popover>
  );
}
