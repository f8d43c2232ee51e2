import { Button } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useAddress, useSight } from '../../address';
import { useRoom } from '../../api/queries';
import type { PersonaRow, Personas } from '../../api/nouns';
import { Empty } from '../../parts/Empty';
import { Figure } from '../../parts/Figure';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { useList } from '../../plan/edit';
import { count, percent, plural } from '../../words';
import { Overlaps } from './Overlaps';
import { PersonaSheet } from './PersonaSheet';
import { Drift } from './Drift';
import css from './minds.module.css';

const STANDING: Record<PersonaRow['standing'], string> = { assumption: 'assumption', 'evidence only': 'backed, not counted', 'data only': 'counted, not backed', 'evidence and data': 'backed and counted' };

/** Who the personas are: how many, what backs them, whom they share, how they change. */
export function PersonasTab() {
  const { get, set } = useAddress();
  const sight = useSight();
  const list = useList('personas');
  const read = useRoom<Personas>('/studio/personas', { first_on: sight.first_on, last_on: sight.last_on });
  const data = read.data;
  const add = () => set({ persona: list.add((id) => ({ id, name: 'New persona' }), 'New persona') });
  if (list.all.length === 0 && data) {
    return <Empty icon={<IconUsers size={32} stroke={1.4} />} title="Nobody is drawn yet" why="A persona is somebody you have met: what they need, what backs it, and a rule that says who in your data they are. Without either it is an assumption, and says so." step={<Button onClick={add} leftSection={<IconPlus size={14} aria-hidden />}>The first persona</Button>} />;
  }
  const chosen = get('persona') || list.all[0]?.id || '';
  const row = data?.rows.find((one) => one.id === chosen);
  return (
    <>
      <h1>{data ? says(data, list.all.length) : 'Personas'}</h1>
      {data && <p className="soft" style={{ marginTop: 6 }}>{about(data)}</p>}
      {read.error ? <div className="section"><Trouble error={read.error} retry={() => void read.refetch()} /></div> : null}
      {!data && !read.error && <Rows count={5} height={56} />}
      <div className={css.split}>
        <div>
          <ul className={css.people} aria-label="Personas">
            {list.all.map((one) => {
              const told = data?.rows.find((each) => each.id === one.id);
              return (
                <li key={one.id}>
                  <button type="button" className={`plain ${css.person}`} aria-current={one.id === chosen} onClick={() => set({ persona: one.id }, false)}>
                    <span><b>{one.name}</b><br /><span className={`small ${told?.standing === 'assumption' || !told ? 'doubt' : 'faint'}`}>{told ? STANDING[told.standing] : 'not published yet'}</span></span>
                    <span style={{ textAlign: 'right' }}>{told?.size ? <><b style={{ fontSize: 16 }}><Figure result={told.size} brief /></b><br /><span className="faint small">{count(told.people ?? 0)} people</span></> : <span className="hatch faint small" style={{ padding: '0 6px' }}>nobody counted</span>}</span>
                    {told && <span style={{ gridColumn: '1 / -1' }}><Drift row={told} /></span>}
                  </button>
                </li>
              );
            })}
          </ul>
          <Button variant="default" mt={12} leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>Another persona</Button>
          {data && data.overlaps.length > 0 && <Overlaps data={data} />}
        </div>
        {chosen && <PersonaSheet key={chosen} id={chosen} told={row} />}
      </div>
    </>
  );
}

function says(data: Personas, all: number): string {
  const known = data.rows.filter((one) => one.standing === 'evidence and data').length;
  const assumed = data.rows.filter((one) => one.standing === 'assumption').length + (all - data.rows.length);
  const lead = `${plural(all, 'persona')}: ${known === all ? 'all' : known} backed and counted`;
  return assumed ? `${lead}, ${assumed} merely assumed.` : `${lead}.`;
}

function about(data: Personas): string {
  const parts = [`${count(data.active)} known customers were active`];
  if (data.unnamed?.value != null) parts.push(`${percent(data.unnamed.value)} of them are no persona`);
  if (data.known.value != null) parts.push(`${percent(data.known.value)} of all events belong to a known person`);
  return [...parts, ...data.caveats].join(' · ');
}
