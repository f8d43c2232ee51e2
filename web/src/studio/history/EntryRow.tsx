import { Button } from '@mantine/core';
import { IconBookmark, IconFlag, IconHistory, IconPencil, IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import type { HistoryEntry } from '../../api/nouns';
import { atTime, plural } from '../../words';
import type { Mark } from './compare';
import { saysFieldName, saysKind, SIGNS } from './say';
import css from './history.module.css';

const ICONS = { edited: IconPencil, restored: IconHistory, begun: IconSparkles, published: IconFlag, named: IconBookmark };
const MOST = 4;

/** One stretch of somebody's work, a version, or a name. */
export function EntryRow({ entry, look }: { entry: HistoryEntry; look: () => void }) {
  const [open, setOpen] = useState(false);
  const Icon = ICONS[entry.kind];
  const plain = entry.kind === 'edited' ? entry.author || 'Somebody' : entry.words;
  const shown = open ? entry.touched : entry.touched.slice(0, MOST);
  return (
    <div className={css.entry} data-kind={entry.kind}>
      <Icon size={15} stroke={1.6} aria-hidden />
      <div className={css.said}>
        <div className="row apart"><b>{plain}</b><span className="faint small">{atTime(entry.last_at)}</span></div>
        {shown.length > 0 && (
          <ul>
            {shown.map((one) => (
              <li key={one.element} className="small"><span className={css.sign} data-mark={one.what}>{SIGNS[one.what as Mark]}</span> {saysKind(one.element.split(':')[0])}{one.name && <> “{one.name}”</>}
                <span className="unseen"> {one.what}</span>{one.fields.length > 0 && <span className="faint">: {one.fields.map((field) => saysFieldName(field)).join(', ')}</span>}</li>
            ))}
          </ul>
        )}
        <div className="row" style={{ gap: 4 }}>
          {entry.touched.length > MOST && <Button variant="subtle" size="compact-xs" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? 'Fewer' : `${plural(entry.touched.length - MOST, 'more')}`.replace(/s$/, '')}</Button>}
          <Button variant="subtle" size="compact-xs" onClick={look}>What changed since</Button>
        </div>
      </div>
    </div>
  );
}
