import { Button, TextInput } from '@mantine/core';
import { IconBuildingSkyscraper, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useAddress } from '../../address';
import { useRoom } from '../../api/queries';
import type { MentalModel } from '../../api/nouns';
import { lastOrder } from '../../api/order';
import { useDraft } from '../../plan/draft';
import { Empty } from '../../parts/Empty';
import { newId, plural } from '../../words';
import { TowerColumn } from './TowerColumn';
import { TowerSheet } from './TowerSheet';
import { bySpace, moveBox, step } from './towers';
import css from './minds.module.css';

/** Towers of what people do and hold true; under the ground line what supports each. */
export function ModelTab() {
  const { plan, change, may } = useDraft();
  const { get, set } = useAddress();
  const read = useRoom<MentalModel>('/studio/mental-model');
  const [held, setHeld] = useState('');
  const [said, setSaid] = useState('');
  if (!plan) return null;
  const towers = plan.towers ?? [];
  const spaces = bySpace(towers);
  const chosen = towers.find((one) => one.id === get('tower'));
  const told = new Map((read.data?.towers ?? []).map((one) => [one.id, one]));
  const empty = towers.filter((one) => !(one.touchpoints ?? []).length && !(one.experiences ?? []).length);
  const drop = (tower: string, place: number) => { if (held) change((old) => moveBox(old, held, tower, place)); setHeld(''); };
  const press = (id: string, key: string) => {
    const next = step(plan, id, key);
    if (!next) { setSaid('There is no place further on.'); return; }
    change((old) => moveBox(old, id, next.to, next.place));
    setSaid(`Now in ${towers.find((one) => one.id === next.to)?.name ?? ''}, place ${next.place + 1} from the ground.`);
    requestAnimationFrame(() => document.getElementById(`box-${id}`)?.focus());
  };
  if (!towers.length) return <Empty icon={<IconBuildingSkyscraper size={32} stroke={1.4} />} title="No mental model yet" why="Write what people do and hold true, a box each, in their words; stack them in towers by what they are about; set under each what you offer for it. A tower with nothing under it is a chance nobody takes." step={<NewTower />} />;
  return (
    <>
      <h1>{empty.length ? `${plural(empty.length, 'tower')} of ${towers.length} ${empty.length === 1 ? 'has' : 'have'} nothing under ${empty.length === 1 ? 'it' : 'them'}.` : `Something supports each of ${plural(towers.length, 'tower')}.`}</h1>
      <p className="soft" style={{ marginTop: 6 }}>{says(towers, plan.insights ?? [])}{empty.length > 0 && <> Nobody offers anything for: {empty.map((one, n) => <span key={one.id}>{n > 0 && ', '}<button type="button" className="plain" style={{ color: 'var(--accent-ink)' }} onClick={() => set({ tower: one.id }, false)}>{one.name}</button></span>)}.</>}</p>
      <p className="unseen" role="status">{said}</p>
      <div className={chosen ? css.model : undefined}>
        <div className={css.ground} tabIndex={0} role="region" aria-label="Mental model">
          {spaces.map(([space, several]) => (
            <section key={space} className={css.space} aria-label={space || 'Without a space'}>
              <h2 className="h3">{space || 'Without a space'}</h2>
              <div className={css.towers}>
                {several.map((one) => <TowerColumn key={one.id} tower={one} plan={plan} told={told.get(one.id)} chosen={one.id === chosen?.id} editable={may === 'edit'} held={held} hold={setHeld} drop={drop} press={press} />)}
              </div>
            </section>
          ))}
        </div>
        {chosen && <TowerSheet key={chosen.id} tower={chosen} />}
      </div>
      {may === 'edit' && <div style={{ marginTop: 16 }}><NewTower /></div>}
      <p className="faint small" style={{ marginTop: 12 }}>Drag a box to another tower, or choose it and press Alt with an arrow key.</p>
    </>
  );
}

function says(towers: readonly { boxes?: readonly { insight?: string | null }[] }[], insights: readonly { id: string; n?: number | null }[]): string {
  const boxes = towers.flatMap((one) => one.boxes ?? []);
  const known = new Set(insights.map((one) => one.id));
  const grounded = boxes.filter((one) => one.insight && known.has(one.insight)).length;
  return `${plural(boxes.length, 'box', 'boxes')}, ${grounded} of them from something somebody said.`;
}

function NewTower() {
  const { change } = useDraft();
  const { set } = useAddress();
  const [name, setName] = useState('');
  const [space, setSpace] = useState('');
  const add = () => {
    const id = newId(name);
    change((plan) => ({ ...plan, towers: [...(plan.towers ?? []), { id, name: name.trim(), space: space.trim(), order: lastOrder(plan.towers ?? []) }] }));
    setName('');
    set({ tower: id }, false);
  };
  return (
    <form className="row" style={{ alignItems: 'end', justifyContent: 'center' }} onSubmit={(event) => { event.preventDefault(); if (name.trim()) add(); }}>
      <TextInput label="New tower" placeholder="Know that it fits" value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput label="In the space" placeholder="Choosing" value={space} maxLength={120} onChange={(event) => setSpace(event.currentTarget.value)} />
      <Button type="submit" variant="default" disabled={!name.trim()} leftSection={<IconPlus size={14} aria-hidden />}>Add it</Button>
    </form>
  );
}
