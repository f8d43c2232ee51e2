import { Button } from '@mantine/core';
import { IconBookmark, IconFlag, IconHistory, IconPencil, IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import type { HistoryEntry, Plan } from '../../api/nouns';
import { useDraft } from '../../draft';
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
  const { plan } = useDraft();
  const shown = open ? entry.touched : entry.touched.slice(0, MOST);
  return (
    <div className={css.entry} data-kind={entry.kind}>
      <Icon size={15} stroke={1.6} aria-hidden />
      <div className={css.said}>
        <div className="row apart"><b>{plain}</b><span className="faint small">{atTime(entry.last_at)}</span></div>
        {shown.length > 0 && (
          <ul>
            {shown.map((one) => (
              <li key={one.element} className="small"><span className={css.sign} data-mark={one.what}>{SIGNS[one.what as Mark]}</span> {saysKind(one.element.split(':')[0])}<Named element={one.element} name={one.name} plan={plan} />
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

/** What an element is called; a step after its touchpoint, and by no name where it has only an id. */
function Named({ element, name, plan }: { element: string; name: string; plan: Plan | undefined }) {
  const [kind, id = ''] = element.split(':');
  const said = name && name !== id ? name : kind === 'step' ? stepName(plan, id) : '';
  return said ? <> “{said}”</> : null;
}

function stepName(plan: Plan | undefined, id: string): string {
  const step = plan?.journeys?.flatMap((one) => one.stages ?? []).flatMap((one) => one.steps ?? []).find((one) => one.id === id);
  const of = step?.one_of?.length ? step.one_of : step?.touchpoint ? [step.touchpoint] : [];
  return of.map((one) => plan?.touchpoints?.find((other) => other.id === one)?.name ?? one).join(' or ');
}
