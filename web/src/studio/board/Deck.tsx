import { ActionIcon, Button, Menu, SegmentedControl, Select, Tooltip } from '@mantine/core';
import { IconArrowsShuffle, IconArrowsSplit, IconCopy, IconEyeOff, IconLayoutSidebarRight, IconPencil, IconPlus, IconRepeat, IconRouteOff, IconSitemap, IconTrash, IconX, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Stage } from '../../api/nouns';
import { plural } from '../../words';
import { useTools } from './context';
import { accepts } from './deeds';
import { PHASES } from './Heads';
import type { Change, Item, Model } from './model';
import { usePick } from './picks';
import css from './board.module.css';

const ARCS = ['setup', 'rising', 'climax', 'falling', 'resolution'] as const;

export function Tool({ icon: Glyph, name, keys, on, act }: { icon: Icon; name: string; keys?: string; on?: boolean; act: () => void }) {
  return (
    <Tooltip label={keys ? `${name} (${keys})` : name}>
      <ActionIcon variant={on ? 'light' : 'subtle'} color={on ? 'violet' : 'gray'} aria-label={name} aria-pressed={on} onClick={act}><Glyph size={16} stroke={1.6} /></ActionIcon>
    </Tooltip>
  );
}

/** What can be done with what is chosen: the way for a hand that does not drag. */
export function Deck({ model, into }: { model: Model; into: (journey: string) => void }) {
  const chosen = usePick((picks) => picks.chosen);
  const several = usePick((picks) => picks.several);
  const { picks } = useTools();
  if (!chosen.size) return null;
  const keys = [...chosen];
  const items = keys.flatMap((key) => model.items.get(key) ?? []);
  const stages = keys.filter((key) => key.startsWith('stage:')).map((key) => key.slice(6));
  const lane = keys.find((key) => key.startsWith('lane:'))?.slice(5);
  const inner: ReactNode = items.length ? <Cards items={items} model={model} /> : stages.length ? <Stages ids={stages} model={model} into={into} /> : lane ? <Lane id={lane} model={model} /> : null;
  if (!inner) return null;
  const name = items.length > 1 ? plural(items.length, 'thing') : items.length ? items[0].name : stages.length > 1 ? plural(stages.length, 'stage') : stages.length ? model.columns.find((one) => one.id === stages[0])?.name : model.rows.find((one) => one.id === lane)?.name;
  return (
    <div className={css.deck} role="toolbar" aria-label="With what is chosen">
      <b className={css.deckname}>{name}</b>
      {inner}
      {items.length > 0 && <Tool icon={IconPlus} name="Choose more by tapping" on={several} act={() => picks.set({ several: !several })} />}
      <Tool icon={IconX} name="Choose nothing" keys="Esc" act={() => { picks.choose([]); picks.set({ several: false }); }} />
    </div>
  );
}

function Cards({ items, model }: { items: Item[]; model: Model }) {
  const { hand, picks, open } = useTools();
  const keys = items.map((one) => one.key);
  const steps = items.filter((one) => one.kind === 'step');
  const one = items.length === 1 ? items[0] : null;
  const free = items.filter((each) => !each.fixed && each.kind !== 'experience');
  const stateful = items.filter((each) => ['step', 'card', 'experience'].includes(each.kind));
  const state = stateful.every((each) => each.state === stateful[0].state) ? stateful[0]?.state : undefined;
  return (
    <>
      {one && <Tool icon={IconLayoutSidebarRight} name="Open" keys="Enter" act={() => open(one.element, 'sheet')} />}
      {one && one.kind !== 'team' && !one.branches && <Tool icon={IconPencil} name="Change the words" keys="F2" act={() => picks.set({ editing: one.key })} />}
      {steps.length === items.length && (
        <>
          <Tool icon={IconRouteOff} name="May be skipped" on={steps.every((each) => each.optional)} act={() => hand.steps(keys, { optional: !steps.every((each) => each.optional) })} />
          <Tool icon={IconRepeat} name="Repeats" on={steps.every((each) => each.repeats)} act={() => hand.steps(keys, { repeats: !steps.every((each) => each.repeats) })} />
          {(steps.length > 1 || steps[0].branches) && <Tool icon={IconArrowsSplit} name={steps.length > 1 ? 'Make them one of several' : 'Each for itself again'} keys="O" act={() => hand.join(keys)} />}
          {one && <Button size="compact-xs" variant="subtle" color="gray" onClick={() => open(`step:${one.id}`, 'sheet')}>The step</Button>}
        </>
      )}
      {one?.kind === 'moment' && <Button size="compact-xs" variant="default" onClick={() => hand.meet(one.id)}>What meets it</Button>}
      {stateful.length > 0 && stateful.length === items.length && (
        <SegmentedControl size="xs" aria-label="As it is and as it should be" value={state ?? ''} onChange={(next) => hand.state(keys, next as Change)} data={[{ value: 'kept', label: 'stays' }, { value: 'new', label: 'to come' }, { value: 'going', label: 'to go' }]} />
      )}
      {free.length > 0 && (
        <Menu shadow="md" position="top" withinPortal>
          <Menu.Target><Button size="compact-xs" variant="default">Move to</Button></Menu.Target>
          <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
            <Menu.Label>Stage</Menu.Label>
            {model.columns.map((stage) => <Menu.Item key={stage.id} onClick={() => hand.move(keys, { lane: free[0].lane, stage: stage.id, before: null })}>{stage.name}</Menu.Item>)}
            {free.every((each) => each.kind === 'card') && <><Menu.Label>Lane</Menu.Label>{model.rows.filter((row) => !row.hidden && accepts(row.id, free[0])).map((row) => <Menu.Item key={row.id} onClick={() => hand.move(keys, { lane: row.id, stage: free[0].stage, before: null })}>{row.name}</Menu.Item>)}</>}
          </Menu.Dropdown>
        </Menu>
      )}
      {free.length > 0 && <Tool icon={IconCopy} name="Once more" keys="Ctrl D" act={() => hand.duplicate(keys)} />}
      <Tool icon={IconTrash} name="Delete" keys="Delete" act={() => hand.remove(keys)} />
    </>
  );
}

function Stages({ ids, model, into }: { ids: string[]; model: Model; into: (journey: string) => void }) {
  const { hand, picks, open } = useTools();
  const one = model.columns.find((each) => each.id === ids[0]);
  if (!one) return null;
  const put = (patch: Partial<Stage>, said: string) => ids.forEach((id) => hand.patchStage(id, patch, said));
  return (
    <>
      <Tool icon={IconLayoutSidebarRight} name="Open" keys="Enter" act={() => open(`stage:${one.id}`, 'sheet')} />
      {ids.length === 1 && <Tool icon={IconPencil} name="Rename" keys="F2" act={() => picks.set({ editing: `stage:${one.id}` })} />}
      <Select size="xs" w={124} aria-label="Phase" placeholder="phase" clearable data={[...PHASES]} value={one.phase || null} onChange={(phase) => put({ phase: phase as Stage['phase'] }, `Phase ${phase ?? 'none'}`)} comboboxProps={{ position: 'top' }} />
      <Select size="xs" w={112} aria-label="Its place in the story" placeholder="story" clearable data={[...ARCS]} value={one.arc || null} onChange={(arc) => put({ arc: arc as Stage['arc'] }, `Story ${arc ?? 'none'}`)} comboboxProps={{ position: 'top' }} />
      <Tool icon={IconArrowsShuffle} name="Its touchpoints in any order" on={one.anyOrder} act={() => put({ any_order: !one.anyOrder }, one.anyOrder ? 'in this order' : 'in any order')} />
      <Tool icon={IconRepeat} name="May come again" on={one.repeats} act={() => put({ repeats: !one.repeats }, one.repeats ? 'once' : 'may come again')} />
      {ids.length === 1 && (one.opens && one.opensName ? <Button size="compact-xs" variant="default" onClick={() => into(one.opens)}>Step into {one.opensName}</Button> : <Tool icon={IconSitemap} name="Make this stage a journey of its own" act={() => hand.openStage(one.id)} />)}
      <Tool icon={IconTrash} name="Delete" keys="Delete" act={() => hand.removeStages(new Set(ids))} />
    </>
  );
}

function Lane({ id, model }: { id: string; model: Model }) {
  const { hand, picks } = useTools();
  const row = model.rows.find((one) => one.id === id);
  if (!row) return null;
  return (
    <>
      <Tool icon={IconPencil} name="Rename" keys="F2" act={() => picks.set({ editing: `lane:${id}` })} />
      <Tool icon={IconEyeOff} name="Hide this lane" act={() => { hand.showLane(id, false); picks.choose([]); }} />
      {row.own && <Tool icon={IconTrash} name="Delete this lane" keys="Delete" act={() => { hand.removeLane(id); picks.choose([]); }} />}
    </>
  );
}
