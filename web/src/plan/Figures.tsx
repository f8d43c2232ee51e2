import { ActionIcon, Autocomplete, Button, NumberInput, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAddress, useTo } from '../address';
import { useMetrics, useSeen, useSummary } from '../api/queries';
import type { MetricRow, Role } from '../api/nouns';
import { isShare } from '../words';
import { useDraft } from './draft';
import { teamOptions, useList } from './edit';
import { drafted, MEANINGS, propertiesOf, suggested, type Meaning } from './roles';
import { RuleList } from './RuleForm';
import css from './plan.module.css';

/** What events mean to the figures, and what the brand holds itself to. */
export function Figures() {
  const { get } = useAddress();
  return (
    <div className="stack" style={{ gap: 40 }}>
      {get('figure') ? <><Targets /><Roles /></> : <><Roles /><Targets /></>}
    </div>
  );
}

function Roles() {
  const roles = useList('roles');
  const seen = useSeen().data ?? [];
  const said = new Set(roles.all.map((one) => one.id));
  const open = MEANINGS.filter((one) => !said.has(one.id));
  return (
    <section className="stack" aria-labelledby="roles">
      <div><h2 id="roles">What counts as an order, a contact …</h2><p className="soft">Say once which events mean what. Every figure that rests on it can then be measured.</p></div>
      <div>{MEANINGS.filter((one) => said.has(one.id)).map((meaning) => <RoleForm key={meaning.id} meaning={meaning} role={roles.all.find((one) => one.id === meaning.id)!} put={(part) => roles.patch(meaning.id, part)} remove={() => roles.remove(meaning.id)} />)}</div>
      {open.length > 0 && (
        <div>
          <h3 style={{ marginBottom: 8 }}>{said.size ? 'Not said yet' : 'Begin with what customers pay for, and what they ask for'}</h3>
          <ul className={css.offers}>
            {open.map((meaning) => {
              const events = suggested(meaning, seen);
              return (
                <li key={meaning.id}>
                  <span><b style={{ fontWeight: 580 }}>{meaning.name}</b><br /><span className="soft small">{meaning.says}</span></span>
                  <span className="small soft">{events.length ? <>seen: {events.join(', ')}</> : seen.length > 0 && <span className="faint">nothing seen that looks like it</span>}</span>
                  <Button variant="default" leftSection={<IconPlus size={13} aria-hidden />} aria-label={`Say what is: ${meaning.name}`} onClick={() => roles.put(drafted(meaning, seen))}>{events.length ? 'Take it' : 'Say it'}</Button>
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </section>
  );
}

function RoleForm({ meaning, role, put, remove }: { meaning: Meaning; role: Role; put: (part: Partial<Role>) => void; remove: () => void }) {
  const seen = useSeen().data ?? [];
  const objects = (useSummary().data?.subjects ?? []).filter((one) => one !== 'customer');
  const events = (role.rule ?? []).map((one) => one.event);
  const told = [events.filter(Boolean).join(', ') || role.figure, role.property, role.object && `per ${role.object}`].filter(Boolean).join(' · ');
  const [fresh] = useState(!told);
  return (
    <details className={css.meaning} open={fresh}>
      <summary>
        <span><b style={{ fontWeight: 580 }}>{meaning.name}</b><br /><span className="soft small">{meaning.says}</span></span>
        <span className={told ? '' : 'bad'}>{told || 'no event yet'}</span>
      </summary>
      <div className={css.box}>
      <RuleList rules={role.rule ?? []} change={(rule) => put({ rule })} label="It is one of these events" more={role.rule?.length ? 'Or another event' : 'An event'} />
      {(meaning.carries || meaning.object || meaning.daily) && <div className={css.two}>
        {meaning.carries && <Autocomplete label={meaning.carries} description="the property that holds it" placeholder="none" data={propertiesOf(events, seen)} value={role.property ?? ''} onChange={(property) => put({ property })} />}
        {meaning.object && <Autocomplete label="Kind of object" description={meaning.object} placeholder="none" data={objects} value={role.object ?? ''} onChange={(object) => put({ object })} />}
        {meaning.daily && <TextInput label="Or a figure per day" description="the name a source gives it" placeholder="none" value={role.figure ?? ''} onChange={(event) => put({ figure: event.target.value })} />}
      </div>}
      <div><Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconTrash size={13} aria-hidden />} onClick={remove}>No longer say what this is</Button></div>
      </div>
    </details>
  );
}

/** Targets are set in the figure's own unit; shares as percent. */
function Targets() {
  const summary = useSummary().data;
  const rows = useMetrics(Boolean(summary?.has_data && summary.has_plan)).data?.rows ?? [];
  const { get } = useAddress();
  const to = useTo();
  const held = useList('metrics');
  const ids = [...new Set([...held.all.map((one) => one.id), ...(get('figure') ? [get('figure')] : [])])];
  const free = rows.filter((row) => !ids.includes(row.id));
  return (
    <section className="stack" aria-labelledby="targets">
      <div><h2 id="targets">What we hold ourselves to</h2><p className="soft">A target, and who answers for it. A figure is missed when its whole interval lies on the wrong side.</p></div>
      {ids.length > 0 && (
        <div className="tablewrap" tabIndex={0} role="region" aria-label="Targets">
          <table className="list">
            <thead><tr><th scope="col">Figure</th><th scope="col">Target</th><th scope="col">Answers for it</th><th scope="col"><span className="unseen">Remove</span></th></tr></thead>
            <tbody>{ids.map((id) => <Target key={id} id={id} row={rows.find((one) => one.id === id)} />)}</tbody>
          </table>
        </div>
      )}
      {rows.length > 0 ? (
        <Select aria-label="Hold ourselves to another figure" w={320} searchable placeholder="Another figure …" value={null} data={free.map((row) => ({ value: row.id, label: row.name }))} onChange={(id) => id && held.put({ id, target: null, owner: null })} />
      ) : <p className="faint">Figures appear here once there are events and a published plan. <Link to={to('data/bring')}>Bring a file</Link></p>}
    </section>
  );
}

function Target({ id, row }: { id: string; row: MetricRow | undefined }) {
  const { plan } = useDraft();
  const to = useTo();
  const held = useList('metrics');
  const one = held.all.find((metric) => metric.id === id);
  const percent = Boolean(row && isShare(row.unit));
  const name = row?.name ?? id;
  const put = (part: { target?: number | null; owner?: string | null }) => (one ? held.patch(id, part) : held.put({ id, target: null, owner: null, ...part }));
  const shown = one?.target === null || one?.target === undefined ? '' : percent ? Math.round(one.target * 10_000) / 100 : one.target;
  return (
    <tr>
      <td style={{ verticalAlign: 'middle' }}><Link to={to(`figures/${id}`)}>{name}</Link>{row && <><br /><span className="faint small">{row.words}</span></>}</td>
      <td><NumberInput aria-label={`Target of ${name}`} w={150} size="xs" placeholder="none" decimalScale={4} suffix={percent ? ' %' : ''} value={shown} onChange={(next) => put({ target: next === '' || Number.isNaN(Number(next)) ? null : percent ? Number(next) / 100 : Number(next) })} /></td>
      <td><Select aria-label={`Who answers for ${name}`} w={200} size="xs" clearable placeholder="nobody yet" data={teamOptions(plan)} value={one?.owner ?? null} onChange={(owner) => put({ owner })} /></td>
      <td>{one && <ActionIcon aria-label={`No longer hold ourselves to ${name}`} onClick={() => held.remove(id)}><IconTrash size={15} /></ActionIcon>}</td>
    </tr>
  );
}
