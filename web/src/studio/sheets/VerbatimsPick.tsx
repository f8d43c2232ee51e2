import { Button, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Insight, Plan, Verbatim } from '../../api/nouns';
import { useRoom } from '../../api/queries';
import { Trouble } from '../../parts/Trouble';
import { count, onDay } from '../../words';
import css from './sheets.module.css';

/** Words of the data as an insight: what was said with how often, what was seen with who saw it. */
export function fromVerbatim(plan: Plan, one: Verbatim): Partial<Insight> {
  const touchpoint = plan.touchpoints?.some((other) => other.id === one.touchpoint) ? one.touchpoint : null;
  const source = one.kind === 'said' ? [one.source, one.event].filter(Boolean).join(', ') : `seen by ${one.source}`;
  return { kind: one.kind === 'said' ? 'quotation' : 'note', words: one.words.slice(0, 10_000), source, on: one.on, n: one.kind === 'said' ? one.n : null, touchpoint };
}

/** What customers said or wrote, from the data: found by its words, kept as an insight. */
export function VerbatimsPick({ plan, keep }: { plan: Plan; keep: (insight: Partial<Insight>) => void }) {
  const [find, setFind] = useState('');
  const [asked] = useDebouncedValue(find, 300);
  const found = useRoom<Verbatim[]>('/studio/verbatims', { find: asked });
  const kept = new Set((plan.insights ?? []).map((one) => one.words));
  return (
    <div className="card stack" style={{ gap: 10, padding: 12 }}>
      <TextInput aria-label="Search what customers said" placeholder="Search what customers said" leftSection={<IconSearch size={14} aria-hidden />} value={find} onChange={(e) => setFind(e.target.value)} />
      {found.error ? <Trouble error={found.error} /> : !found.data ? <Skeleton h={80} /> : (
        <ul className={css.verbatims}>
          {found.data.map((one) => (
            <li key={`${one.words} ${one.event} ${one.on}`} className="row" style={{ alignItems: 'flex-start', gap: 10 }}>
              <span style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>{one.kind === 'said' ? `“${one.words}”` : one.words}<br />
                <span className="faint small">{[one.source, one.event, onDay(one.on), one.n > 1 && `${count(one.n)} times`].filter(Boolean).join(' · ')}</span></span>
              {kept.has(one.words) ? <span className="good" title="It is in the library"><IconCheck size={16} aria-label="kept" /></span> : <Button variant="default" size="compact-xs" onClick={() => keep(fromVerbatim(plan, one))}>Keep</Button>}
            </li>
          ))}
        </ul>
      )}
      {found.data?.length === 0 && <p className="soft small">{asked ? 'Nobody said this.' : 'The data holds no words of customers: bring in reviews, answers or notes.'}</p>}
    </div>
  );
}
