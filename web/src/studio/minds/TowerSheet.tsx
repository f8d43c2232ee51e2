import { Button, MultiSelect, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useAddress } from '../../address';
import type { Box, Tower } from '../../api/nouns';
import { inOrder } from '../../api/order';
import { useDraft } from '../../plan/draft';
import { touchpointOptions } from '../../plan/edit';
import { moveBox, patchBox, withoutBox } from './towers';
import css from './minds.module.css';

/** A tower's name and what supports it; the box chosen in it. */
export function TowerSheet({ tower }: { tower: Tower }) {
  const { plan, change } = useDraft();
  const { get, set } = useAddress();
  if (!plan) return null;
  const put = (patch: Partial<Tower>) => change((old) => ({ ...old, towers: (old.towers ?? []).map((one) => (one.id === tower.id ? { ...one, ...patch } : one)) }));
  const box = (tower.boxes ?? []).find((one) => one.id === get('box'));
  return (
    <section className={css.sheet} aria-label={tower.name}>
      {box && <BoxForm key={box.id} box={box} tower={tower} />}
      <h3>{box ? 'Its tower' : 'Tower'}</h3>
      <TextInput label="What it is about" value={tower.name} maxLength={200} onChange={(event) => event.currentTarget.value && put({ name: event.currentTarget.value })} />
      <div className={css.pair}>
        <TextInput label="Mental space" value={tower.space ?? ''} maxLength={120} onChange={(event) => put({ space: event.currentTarget.value })} />
        <Select label="Whose" placeholder="anyone" clearable data={inOrder(plan.personas).map((one) => ({ value: one.id, label: one.name }))} value={tower.persona ?? null} onChange={(persona) => put({ persona })} />
      </div>
      <MultiSelect label="Experiences that support it" searchable data={inOrder(plan.experiences).map((one) => ({ value: one.id, label: `${one.name} (${one.state ?? 'idea'})` }))} value={[...(tower.experiences ?? [])]} onChange={(experiences) => put({ experiences })} />
      <MultiSelect label="Touchpoints that support it" searchable data={touchpointOptions(plan)} value={[...(tower.touchpoints ?? [])]} onChange={(touchpoints) => put({ touchpoints })} />
      <div className="row"><Button size="xs" variant="default" onClick={() => set({ tower: null, box: null }, false)}>Close</Button><Button size="xs" variant="default" onClick={() => { change((old) => ({ ...old, towers: (old.towers ?? []).filter((one) => one.id !== tower.id) })); set({ tower: null, box: null }, false); }}>Remove tower (undo brings it back)</Button></div>
    </section>
  );
}

function BoxForm({ box, tower }: { box: Box; tower: Tower }) {
  const { plan, change } = useDraft();
  const { set } = useAddress();
  const put = (patch: Partial<Box>) => change((old) => patchBox(old, box.id, patch));
  const insights = inOrder(plan?.insights);
  const from = insights.find((one) => one.id === box.insight);
  return (
    <div className={css.boxform}>
      <div className="row apart"><h3>Box</h3><SegmentedControl size="xs" data={[{ value: 'task', label: 'does' }, { value: 'belief', label: 'holds true' }]} value={box.kind ?? 'task'} onChange={(kind) => put({ kind: kind as Box['kind'] })} aria-label="Kind of box" /></div>
      <Textarea aria-label="Words" autosize minRows={2} maxLength={200} value={box.words} onChange={(event) => event.currentTarget.value && put({ words: event.currentTarget.value })} />
      <Select label="Who said so" placeholder={insights.length ? 'guessed: nobody yet' : 'no insight is kept yet'} clearable searchable data={insights.map((one) => ({ value: one.id, label: one.words.slice(0, 90) }))} value={box.insight ?? null} onChange={(insight) => put({ insight })} disabled={!insights.length} />
      {from && <p className="faint small">{from.source || 'no source'}</p>}
      <Select label="Stands in" data={inOrder(plan?.towers).map((one) => ({ value: one.id, label: one.name }))} value={tower.id} allowDeselect={false} onChange={(to) => { if (to) { change((old) => moveBox(old, box.id, to, 99)); set({ tower: to }, false); } }} />
      <div><Button size="xs" variant="default" onClick={() => { change((old) => withoutBox(old, box.id)); set({ box: null }, false); }}>Remove box</Button></div>
    </div>
  );
}
