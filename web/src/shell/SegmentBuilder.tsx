import { ActionIcon, Autocomplete, Button, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { erase } from '../api/client';
import { useSavedSegments, useSeen, useSegmentSize, useSheet } from '../api/queries';
import { useWorkspace } from '../address';
import { SaveSegment } from '../journeys/Marked';
import type { Summary } from '../api/nouns';
import { Trouble } from '../parts/Trouble';
import { count, plural } from '../words';
import { KINDS, parse, say, spell, type Clause } from './segment';
import css from './shell.module.css';

/** A rule built clause by clause; it comes when somebody asks for it. */
export function Builder({ summary, start, done }: { summary: Summary; start: string; done: (rule: string) => void }) {
  const [clauses, setClauses] = useState<Clause[]>(start ? parse(start) : [{ kind: 'did', name: '', value: '' }]);
  const [naming, setNaming] = useState(false);
  const rule = spell(clauses);
  const [settled] = useDebouncedValue(rule, 300);
  const size = useSegmentSize(settled);
  const patch = (n: number, change: Partial<Clause>) => setClauses(clauses.map((one, i) => (i === n ? { ...one, ...change } : one)));
  return (
    <div className="stack">
      <p className="faint small">People for whom all of this holds. Several values: join them with |.</p>
      {summary.segments.length > 0 && (
        <div className="row wrap">
          {summary.segments.map((one) => <Button key={one} variant="light" onClick={() => done(one)}>{say(one)}</Button>)}
        </div>
      )}
      <Saved use={done} />
      {clauses.map((one, n) => (
        <ClauseRow key={n} clause={one} change={(change) => patch(n, change)} remove={() => setClauses(clauses.filter((_, i) => i !== n))} />
      ))}
      {settled && (size.error ? <Trouble error={size.error} /> : <p className="small soft" role="status">{size.data ? `${plural(size.data.people, 'person', 'people')} of ${count(size.data.of)}` : 'counting …'}</p>)}
      <div className="row apart">
        <Button variant="subtle" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => setClauses([...clauses, { kind: 'did', name: '', value: '' }])}>And also</Button>
        <div className="row">
          <Button variant="default" onClick={() => done('')}>Everyone</Button>
          {rule && !size.error && <Button variant="default" onClick={() => setNaming(true)}>Save …</Button>}
          <Button onClick={() => done(rule)} disabled={!rule || Boolean(size.error)}>Show these people</Button>
        </div>
      </div>
      {naming && <SaveSegment rule={rule} suggestion={say(rule)} close={() => setNaming(false)} />}
    </div>
  );
}

function Saved({ use }: { use: (rule: string) => void }) {
  const saved = useSavedSegments().data ?? [];
  const w = useWorkspace();
  const queries = useQueryClient();
  const forget = async (id: string) => {
    await erase(`/w/${encodeURIComponent(w)}/map/segments/${id}`);
    await queries.invalidateQueries({ queryKey: [`/w/${encodeURIComponent(w)}/map/segments`] });
  };
  if (!saved.length) return null;
  return (
    <ul aria-label="Saved segments">
      {saved.map((one) => (
        <li key={one.id} className="row apart">
          <Button variant="subtle" onClick={() => use(`saved:${one.name.includes(';') || one.name.includes('=') || one.name.includes('|') ? one.id : one.name}`)}>{one.name}</Button>
          <ActionIcon onClick={() => void forget(one.id)} aria-label={`Forget ${one.name}`}><IconX size={14} /></ActionIcon>
        </li>
      ))}
    </ul>
  );
}

function ClauseRow({ clause, change, remove }: { clause: Clause; change: (patch: Partial<Clause>) => void; remove: () => void }) {
  const kind = KINDS.find((one) => one.kind === clause.kind);
  const names = useNames(clause.kind);
  return (
    <div className={css.clause}>
      <Select aria-label="What" size="xs" allowDeselect={false} data={KINDS.map((one) => ({ value: one.kind, label: one.says }))} value={clause.kind}
        onChange={(next) => next && change({ kind: next, name: '', value: next === 'promise' ? 'broken' : '' })} comboboxProps={{ withinPortal: false }} />
      <div className="row" style={{ gap: 6 }}>
        <Autocomplete aria-label={kind?.hint ?? 'name'} placeholder={kind?.hint} size="xs" data={names} value={clause.name} limit={30}
          onChange={(name) => change({ name })} style={{ flex: 1 }} comboboxProps={{ withinPortal: false }} />
        {kind?.valued && (
          <Autocomplete aria-label="value" placeholder="value" size="xs" data={clause.kind === 'promise' ? ['kept', 'broken', 'open'] : []} value={clause.value}
            onChange={(value) => change({ value })} style={{ flex: 1 }} comboboxProps={{ withinPortal: false }} />
        )}
      </div>
      <ActionIcon onClick={remove} aria-label="Remove this clause"><IconX size={14} /></ActionIcon>
    </div>
  );
}

function useNames(kind: string): string[] {
  const seen = useSeen().data ?? [];
  const sheet = useSheet().data;
  const saved = useSavedSegments().data ?? [];
  const unique = (all: string[]) => [...new Set(all)].sort();
  kind = kind.replace('not ', '');
  if (kind === 'did') return unique(seen.map((one) => one.event));
  if (kind === 'channel') return unique(seen.flatMap((one) => one.channels));
  if (kind === 'source') return unique(seen.map((one) => one.source));
  if (kind === 'text') return unique(seen.flatMap((one) => one.properties).map((one) => one.replace(/^text_/, '')));
  if (kind === 'reached') return unique((sheet?.touchpoints ?? []).map((one) => one.id));
  if (kind === 'saved') return saved.map((one) => one.name);
  if (kind === 'promise') return unique((sheet?.promises ?? []).map((one) => one.id));
  return [];
}
