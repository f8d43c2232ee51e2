import { Button, TextInput, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useTo, useWorkspace } from '../address';
import { get, post } from '../api/client';
import type { FaultLine } from '../api/nouns';
import type { Change, People, VersionLine } from '../api/nouns';
import { CopyText, save } from '../parts/Copy';
import { Window } from '../parts/Window';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { atInstant, onDay, plural } from '../words';
import { useDraft } from './draft';
import css from './plan.module.css';

/** What is wrong with the draft, what changed since, publishing it, and all that was published. */
export function Versions() {
  const w = encodeURIComponent(useWorkspace());
  const draft = useDraft();
  const { base } = draft;
  const cache = useQueryClient();
  const to = useTo();
  const [note, setNote] = useState('');
  const [quiet] = useDebouncedValue(draft.plan, 500);
  const settled = draft.state === 'saved' && quiet === draft.plan;
  const versions = useQuery({ queryKey: [`/w/${w}/plan/versions`], queryFn: () => get<VersionLine[]>(`/w/${w}/plan/versions`) });
  const check = useQuery({ queryKey: ['check', w, quiet], queryFn: () => post<FaultLine[]>(`/w/${w}/plan/check`, {}), enabled: settled, staleTime: 0 });
  const diff = useQuery({ queryKey: ['diff', w, base, quiet], queryFn: () => get<Change[]>(`/w/${w}/plan/diff?a=${base}&b=draft`), enabled: settled && base > 0, staleTime: 0 });
  const people = useQuery({ queryKey: [`/w/${w}/people`], queryFn: () => get<People>(`/w/${w}/people`), staleTime: 60_000 });
  const owns = people.data?.role !== 'viewer' && people.data?.role !== 'commenter' && people.data?.role !== 'editor';
  const publish = useMutation({
    mutationFn: async () => { await draft.flush(); return post<VersionLine>(`/w/${w}/plan/publish`, { base, note }); },
    onSuccess: async () => { setNote(''); await draft.reload(); await cache.invalidateQueries(); },
  });
  const errors = check.data?.filter((one) => one.severity === 'error') ?? [];
  const nothing = base > 0 && diff.data?.length === 0;
  return (
    <div className="stack" style={{ gap: 36 }}>
      <section className={css.box}>
        <div className="row apart"><h2>The draft{base ? `, begun from version ${base}` : ''}</h2><span className={errors.length ? 'bad' : 'soft'}>{check.data ? (check.data.length ? `${plural(errors.length, 'fault')}, ${plural(check.data.length - errors.length, 'warning')}` : 'nothing to find fault with') : 'checking …'}</span></div>
        {check.error ? <Trouble error={check.error} retry={() => void check.refetch()} /> : null}
        {check.data && check.data.length > 0 && <FaultList faults={check.data} />}
        {diff.error ? <Trouble error={diff.error} /> : null}
        {diff.data && <div><h3>{diff.data.length ? `${plural(diff.data.length, 'change')} since version ${base}` : `The same as version ${base}`}</h3><Changes changes={diff.data} /></div>}
        <div className="row" style={{ alignItems: 'end' }}>
          <TextInput label="Note" description="What changed, and why; for those who read it later" value={note} maxLength={2000} onChange={(e) => setNote(e.target.value)} style={{ flex: 1 }} />
          <Button size="sm" variant="default" component={Link} to={to('map', { version: 'draft' })}>See it on the map</Button>
          <Button size="sm" onClick={() => publish.mutate()} loading={publish.isPending} disabled={errors.length > 0 || nothing || check.isPending || !owns}>Publish</Button>
        </div>
        {!owns && <p className="small soft">Owners publish; {people.data?.members.filter((one) => one.role === 'owner').map((one) => one.name).join(', ')} may.</p>}
        {errors.length > 0 && <p className="small bad">Mend the faults first; warnings may stay.</p>}
        {publish.error ? <Trouble error={publish.error} /> : null}
        {publish.data && <p className="good" role="status">Version {publish.data.number} is published. <Link to={to('map')}>Look at the map</Link></p>}
      </section>
      <section>
        <h2 style={{ marginBottom: 10 }}>Versions</h2>
        {versions.error ? <Trouble error={versions.error} /> : !versions.data ? <Rows count={3} /> : versions.data.length === 0 ? <p className="soft">None yet. The first one you publish is in force from the beginning of time.</p> : (
          <ol>{versions.data.map((one) => <VersionRow key={one.number} one={one} w={w} />)}</ol>
        )}
      </section>
      <Exchange w={w} />
    </div>
  );
}

/** The form where an element is mended. */
const FORMS: Record<string, [page: string, key: string]> = {
  touchpoint: ['touchpoints', 'touchpoint'], promise: ['promises', 'promise'], journey: ['journeys', 'plan_journey'], stage: ['journeys', ''], step: ['journeys', ''],
  moment: ['journeys', ''], persona: ['personas', 'persona'], team: ['ownership', ''], message: ['story', ''], strategy: ['strategy', ''], brand: ['strategy', ''],
};

function FaultList({ faults }: { faults: FaultLine[] }) {
  const to = useTo();
  const form = (element: string) => {
    const [kind, id = ''] = element.split(':');
    const found = FORMS[kind];
    return found ? to(`plan/${found[0]}`, found[1] && id ? { [found[1]]: id } : {}) : null;
  };
  return (
    <ul>
      {faults.map((one, n) => (
        <li key={n} className={css.fault}>
          <span className={one.severity === 'error' ? 'bad' : 'doubt'}>{one.severity === 'error' ? 'fault' : 'warning'}</span>
          <span>{one.message}{one.hint && <span className="soft"> — {one.hint}</span>} {form(one.element || one.path.split('.')[0]) ? <Link to={form(one.element || one.path.split('.')[0])!} className="small">{one.element.replace(':', ' ') || one.path}</Link> : <span className="faint small">{one.path}</span>}</span>
        </li>
      ))}
    </ul>
  );
}

const TONE: Record<string, string> = { added: 'good', removed: 'bad', changed: 'doubt', moved: 'soft' };

function Changes({ changes }: { changes: Change[] }) {
  return <ul>{changes.slice(0, 200).map((one, n) => <li key={n} className={css.change}><span className={TONE[one.kind] ?? 'soft'} style={{ width: 64, flex: 'none' }}>{one.kind}</span><span style={{ overflowWrap: 'anywhere' }}>{one.words || one.path}</span></li>)}</ul>;
}

function VersionRow({ one, w }: { one: VersionLine; w: string }) {
  const [open, setOpen] = useState(false);
  const diff = useQuery({ queryKey: ['diff', w, one.parent, one.number], queryFn: () => get<Change[]>(`/w/${w}/plan/diff?a=${one.parent}&b=${one.number}`), enabled: open && one.parent !== null });
  return (
    <li style={{ borderTop: '1px solid var(--line)', padding: '10px 0' }}>
      <div className="row wrap">
        <b style={{ fontWeight: 620, width: 84 }}>Version {one.number}</b>
        <span style={{ flex: 1, minWidth: 160 }}>{one.note || <span className="faint">no note</span>}</span>
        <span className="soft small">{one.author} · {atInstant(one.at)} · in force {one.in_force_from ? `from ${onDay(one.in_force_from)}` : 'from the beginning'}</span>
        <span className="faint small" title={one.hash}>{one.hash.slice(0, 8)}</span>
        {one.parent !== null && <Button variant="default" size="compact-xs" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? 'Fold' : 'What changed'}</Button>}
      </div>
      {open && (diff.error ? <Trouble error={diff.error} /> : diff.data ? <Changes changes={diff.data} /> : <Rows count={2} height={20} />)}
    </li>
  );
}

/** The plan as YAML, out and in. */
function Exchange({ w }: { w: string }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const draft = useDraft();
  const [yaml, setYaml] = useState<string | null>(null);
  const take = useMutation({ mutationFn: () => post(`/w/${w}/plan/import`, { yaml: text }), onSuccess: async () => { await draft.reload(); setOpen(false); setText(''); } });
  const give = useMutation({ mutationFn: async () => { await draft.flush(); return get<string>(`/w/${w}/plan/export?version=draft`); }, onSuccess: setYaml });
  return (
    <section>
      <h2>As a file</h2>
      <p className="soft" style={{ margin: '4px 0 12px' }}>The whole draft as YAML: to keep beside code, to hand over, to bring back.</p>
      <div className="row"><Button variant="default" onClick={() => give.mutate()} loading={give.isPending}>Show the YAML</Button><Button variant="default" onClick={() => setOpen(true)}>Bring one in</Button></div>
      {give.error ? <div style={{ marginTop: 10 }}><Trouble error={give.error} /></div> : null}
      {yaml !== null && <><div className="row" style={{ margin: '12px 0 6px' }}><CopyText label="Copy" text={() => yaml} /><Button variant="subtle" color="gray" size="compact-xs" onClick={() => save('plan.yaml', yaml, 'application/yaml')}>Save as a file</Button></div><pre className="code" tabIndex={0}>{yaml}</pre></>}
      {open && <Window title="A plan from YAML becomes the draft" close={() => setOpen(false)} size={760}>
        <div className="stack">
          <input type="file" accept=".yaml,.yml" aria-label="A YAML file" onChange={(e) => { void e.target.files?.[0]?.text().then(setText); }} />
          <Textarea label="or its text" value={text} onChange={(e) => setText(e.target.value)} minRows={10} maxRows={22} spellCheck={false} styles={{ input: { font: '12px/1.6 ui-monospace, Menlo, Consolas, monospace' } }} />
          {take.error ? <Trouble error={take.error} /> : null}
          <div><Button disabled={!text.trim()} loading={take.isPending} onClick={() => take.mutate()}>Make it the draft</Button></div>
        </div>
      </Window>}
    </section>
  );
}
