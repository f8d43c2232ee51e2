import { ActionIcon, Button, Checkbox, MultiSelect, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Medium } from '../parts/Medium';
import { plural } from '../words';
import { useDraft } from './draft';
import { teamOptions, useList } from './edit';
import { Handoffs } from './Handoffs';

/** Teams, and who owns, does, is asked and is told at each touchpoint. */
export function Ownership() {
  const { plan } = useDraft();
  const teams = useList('teams');
  const touchpoints = useList('touchpoints');
  const options = teamOptions(plan);
  const bare = touchpoints.all.filter((one) => !one.owner);
  return (
    <div className="stack" style={{ gap: 36 }}>
      <section className="stack">
        <h2>Teams</h2>
        {teams.all.map((one) => (
          <div key={one.id} className="row">
            <TextInput aria-label="Team" value={one.name} maxLength={200} onChange={(e) => teams.patch(one.id, { name: e.target.value })} style={{ flex: 1 }} />
            <TextInput aria-label={`Lead of ${one.name}`} placeholder="who leads it" value={one.lead ?? ''} onChange={(e) => teams.patch(one.id, { lead: e.target.value })} style={{ flex: 1 }} />
            <Checkbox label="partner" checked={one.partner ?? false} onChange={(e) => teams.patch(one.id, { partner: e.target.checked })} />
            <ActionIcon aria-label={`Remove ${one.name}`} onClick={() => teams.remove(one.id)}><IconTrash size={15} /></ActionIcon>
          </div>
        ))}
        {!teams.all.length && <p className="soft">No team yet: who would you call when the delivery is late?</p>}
        <div><Button variant="default" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => teams.add((id) => ({ id, name: 'New team' }), 'team')}>A team</Button></div>
      </section>
      <section>
        <h2>Touchpoints</h2>
        <p className={bare.length ? 'bad' : 'good'} style={{ margin: '4px 0 10px' }}>{touchpoints.all.length === 0 ? '' : bare.length ? `${plural(bare.length, 'touchpoint')} without an owner` : 'Every touchpoint has an owner.'}</p>
        <div className="tablewrap" tabIndex={0} role="region" aria-label="Ownership">
          <table className="list">
            <thead><tr><th scope="col">Touchpoint</th><th scope="col">Owns it</th><th scope="col">Do the work</th><th scope="col">Are asked</th><th scope="col">Are told</th></tr></thead>
            <tbody>
              {touchpoints.all.map((one) => (
                <tr key={one.id}>
                  <td><span className="row" style={{ gap: 6, paddingTop: 4 }}><Medium medium={one.medium ?? 'screen'} />{one.name}</span></td>
                  <td><Select aria-label={`Owner of ${one.name}`} size="xs" clearable placeholder="nobody" data={options} value={one.owner ?? null} onChange={(owner) => touchpoints.patch(one.id, { owner })} /></td>
                  {(['responsible', 'consulted', 'informed'] as const).map((role) => (
                    <td key={role}><MultiSelect aria-label={`${role} at ${one.name}`} size="xs" data={options} value={one[role] ?? []} onChange={(next) => touchpoints.patch(one.id, { [role]: next })} /></td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <Handoffs team={(id) => teams.all.find((one) => one.id === id)?.name ?? id ?? 'nobody'} />
    </div>
  );
}
