import { ActionIcon, Button, Checkbox, Popover, SegmentedControl, Select, TextInput, Tooltip } from '@mantine/core';
import { IconChartDots, IconKeyboard, IconLayoutRows, IconLayoutSidebarRight, IconPlus, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useAddress, useTo } from '../../address';
import { inOrder } from '../../api/order';
import type { Plan } from '../../api/nouns';
import { Saving } from '../../plan/Saving';
import { useTools } from './context';
import { ZOOMS, type Zoom } from './grid';
import type { Model } from './model';
import { mounted } from './mounts';
import type { Laid, Overlay } from '../sheets/overlay';
import { OverlayPick } from '../sheets/OverlayPick';
import css from './board.module.css';

interface Props { model: Model; plan: Plan; zoom: Zoom; panel: boolean; crumb: { id: string; name: string } | null; overlay: Overlay; keys: () => void; rename: (name: string) => void; draw: (zoom: Zoom) => void }
const SAYS: Record<Zoom, string> = { far: 'Stages', slim: 'Slim', cards: 'Cards', wide: 'Wide' };

/** The board's own line: where one is, who it is for, what is shown, and the tools of the other rooms. */
export function Bar({ model, plan, zoom, panel, crumb, overlay, keys, rename, draw }: Props) {
  const { get, set } = useAddress();
  const to = useTo();
  const { open } = useTools();
  const { journey } = model;
  const personas = inOrder(plan.personas).filter((one) => !journey.personas?.length || journey.personas.includes(one.id));
  const { WorkshopBar, TakeMenu } = mounted;
  return (
    <div className={css.bar}>
      <div className={css.line}>
        <div className={css.title}>
          {crumb ? <Link to={to(`studio/${crumb.id}`, { journey: null })} className={css.crumb}>{crumb.name}</Link> : <Link to={to('studio', { journey: null })} className={css.crumb}>Studio</Link>}
          <span className="faint" aria-hidden>/</span>
          <Title name={journey.name} rename={rename} />
          {journey.words && <span className={`faint small ${css.about}`} title={journey.words}>{journey.words}</span>}
        </div>
        <div className="row" style={{ gap: 6, flex: 'none' }}>
          <Saving />
          <Button component={Link} to={to('map', { journey: journey.id })} variant="default" leftSection={<IconChartDots size={14} stroke={1.7} aria-hidden />}>See it measured</Button>
          <Suspense fallback={null}><TakeMenu journey={journey.id} /></Suspense>
          <ToolIcon name="Keys (?)" act={keys}><IconKeyboard size={16} stroke={1.6} /></ToolIcon>
          <ToolIcon name={panel ? 'Close the drawer' : 'Open the drawer'} act={() => (panel ? set({ panel: null, selected: null }) : open(''))} on={panel}><IconLayoutSidebarRight size={16} stroke={1.6} /></ToolIcon>
        </div>
      </div>
      <div className={css.line}>
        <div className="row" style={{ gap: 10, flexWrap: 'wrap' }}>
          <div className={`row ${css.zooms}`} style={{ gap: 4 }}>
            <ToolIcon name="Zoom out (−)" off={zoom === 'far'} act={() => draw(ZOOMS[ZOOMS.indexOf(zoom) - 1])}><IconZoomOut size={15} stroke={1.7} /></ToolIcon>
            <SegmentedControl aria-label="Zoom" value={zoom} onChange={(next) => draw(next as Zoom)} data={ZOOMS.map((one) => ({ value: one, label: SAYS[one] }))} />
            <ToolIcon name="Zoom in (+)" off={zoom === 'wide'} act={() => draw(ZOOMS[ZOOMS.indexOf(zoom) + 1])}><IconZoomIn size={15} stroke={1.7} /></ToolIcon>
          </div>
          <SegmentedControl aria-label="As it is or as it should be" value={get('face') || 'both'} onChange={(next) => set({ face: next === 'both' ? null : next }, false)} data={[{ value: 'is', label: 'As it is' }, { value: 'should', label: 'As it should be' }, { value: 'both', label: 'Both' }]} />
          {personas.length > 0 && <Select size="xs" w={150} aria-label="Seen by" placeholder="Everybody" clearable data={personas.map((one) => ({ value: one.id, label: one.name }))} value={get('persona') || null} onChange={(persona) => set({ persona }, false)} />}
          <Lanes model={model} />
          {overlay.state === 'ready' && <OverlayPick overlay={overlay} value={(get('over') || 'people') as Laid} set={(laid) => set({ over: laid === 'people' ? null : laid }, false)} />}
        </div>
        <div className="row" style={{ gap: 6 }}>
          <Suspense fallback={null}><WorkshopBar journey={journey.id} /></Suspense>
        </div>
      </div>
    </div>
  );
}

function ToolIcon({ name, act, off, on, children }: { name: string; act: () => void; off?: boolean; on?: boolean; children: React.ReactNode }) {
  return <Tooltip label={name}><ActionIcon size={28} aria-label={name} aria-pressed={on} disabled={off} variant={on ? 'light' : 'subtle'} color={on ? 'violet' : 'gray'} onClick={act}>{children}</ActionIcon></Tooltip>;
}

function Title({ name, rename }: { name: string; rename: (name: string) => void }) {
  const [text, setText] = useState<string | null>(null);
  if (text === null) return <h1 className={css.h1}><button type="button" className="plain" title="Rename" onClick={() => setText(name)}>{name}</button></h1>;
  const end = (keep: boolean) => { if (keep && text.trim()) rename(text.trim().slice(0, 200)); setText(null); };
  return (
    <h1 className={css.h1}><input aria-label="The journey’s name" className={css.h1input} autoFocus value={text} maxLength={200} onChange={(event) => setText(event.target.value)} onBlur={() => end(true)}
      onKeyDown={(event) => { if (event.key === 'Enter') end(true); if (event.key === 'Escape') { event.stopPropagation(); end(false); } }} /></h1>
  );
}

/** Which lanes are shown, and one's own. */
function Lanes({ model }: { model: Model }) {
  const { hand } = useTools();
  const [name, setName] = useState('');
  const add = () => { if (name.trim()) hand.addLane(name); setName(''); };
  const shown = model.rows.filter((one) => !one.hidden).length;
  return (
    <Popover shadow="md" width={300} position="bottom-start" trapFocus>
      <Popover.Target><Button variant="default" leftSection={<IconLayoutRows size={14} stroke={1.7} aria-hidden />}>Lanes <span className="faint" style={{ marginLeft: 5 }}>{shown}</span></Button></Popover.Target>
      <Popover.Dropdown>
        <div role="group" aria-label="Lanes shown" style={{ display: 'grid', gap: 7, maxHeight: 420, overflowY: 'auto', padding: 2 }}>
          {model.rows.filter((one) => one.id !== 'ways' || one.count >= 0).map((one) => (
            <Checkbox key={one.id} size="xs" label={<span>{one.name} {one.count > 0 && <span className="faint">{one.count}</span>}</span>} title={one.about} checked={!one.hidden} onChange={(event) => hand.showLane(one.id, event.currentTarget.checked)} />
          ))}
        </div>
        <div className="row" style={{ marginTop: 10, gap: 6 }}>
          <TextInput size="xs" style={{ flex: 1 }} aria-label="A lane of your own" placeholder="A lane of your own" value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === 'Enter') add(); }} />
          <ActionIcon variant="default" size={30} aria-label="Add this lane" disabled={!name.trim()} onClick={add}><IconPlus size={14} /></ActionIcon>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

