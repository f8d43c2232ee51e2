import { useLayoutEffect, useMemo, useRef, useState, type MouseEvent } from 'react';
import { useNavigate } from 'react-router';
import { useAddress, useSight, useTo, useWorkspace } from '../../address';
import type { Journey, Plan, Sheet } from '../../api/nouns';
import { useRoom, useSummary } from '../../api/queries';
import { useDraft } from '../../plan/draft';
import { Bar } from './Bar';
import { Board } from './Board';
import { Carry } from './carry';
import { useClipboard } from './clipboard';
import { useCompany } from './company';
import { ToolsProvider, type Tools } from './context';
import { Deck } from './Deck';
import { inJourney } from './deeds';
import { Drag } from './drag';
import { arriving, ZOOMS, type Zoom } from './grid';
import { Hand } from './hand';
import { pressed, type Hands } from './keys';
import { KeysList } from './KeysList';
import { modelOf, settled, type Model } from './model';
import { offersIn } from './offers';
import { Panel, TABS, type Tab } from './Panel';
import { Picks, PicksProvider } from './picks';
import { useEvidence } from '../sheets/evidence';
import { laidOver } from '../sheets/layOver';
import { LAID, useOverlay, type Laid } from '../sheets/overlay';
import { keepPicture, pictureAddress } from '../sheets/pictures';
import { node, type Surface } from './surface';
import { Tray } from './Tray';
import { range } from './walk';
import { useShortcuts } from './shortcuts';
import css from './board.module.css';

/** One map on one board, with everything one may do to it. */
export function Room({ plan, journey }: { plan: Plan; journey: Journey }) {
  const draft = useDraft();
  const { get, set } = useAddress();
  const w = useWorkspace();
  const go = useNavigate();
  const to = useTo();
  const sheet = useMeasured(journey.id);
  const [width, setWidth] = useState(0);
  const [keys, setKeys] = useState(false);
  const may = draft.may === 'edit';

  const evidence = useEvidence(journey.id);
  const overlay = useOverlay(journey.id);
  const laid = (LAID.find((one) => one.value === get('over'))?.value ?? 'people') as Laid;
  const before = useRef<Model | undefined>(undefined);
  const [persona, face] = [get('persona'), get('face') || 'both'];
  const model = useMemo(() => settled(before.current, laidOver(modelOf(plan, journey, { persona, face }, sheet), evidence.of, overlay, laid)), [plan, journey, persona, face, sheet, evidence.graded, overlay, laid]);
  before.current = model;

  const surface = useRef<Surface | null>(null);
  const said = useRef<HTMLDivElement>(null);
  const latest = useRef({ plan, model, may, draft, open: (_: string, __?: string) => undefined as void });
  const panel = TABS.includes(get('panel') as Tab) ? (get('panel') as Tab) : null;
  const open = (element: string, tab?: string) => set({ selected: element || null, panel: tab ?? panel ?? 'sheet' }, false);
  latest.current = { plan, model, may, draft, open };
  const tools = useTooling(latest, surface, said, w);
  const { picks, hand, focus, drag, carry } = tools;
  const { show } = useCompany(picks, journey.id);
  useLayoutEffect(tools.refocus);

  const zoom = (ZOOMS.includes(get('zoom') as Zoom) ? get('zoom') : arriving(model.columns, width || window.innerWidth - 200)) as Zoom;
  const draw = (next: Zoom | undefined) => { if (next) set({ zoom: next }, false); };
  const folded = get('fold').split('.').filter(Boolean);
  const fold = (lane: string) => set({ fold: (folded.includes(lane) ? folded.filter((one) => one !== lane) : [...folded, lane]).join('.') || null }, false);
  const into = (id: string, stage: string) => { void go(to(`studio/${id}`, { journey: null, from: `${journey.id}.${stage}` })); };
  const shut = () => set({ panel: null, selected: null }, false);
  const hands: Hands = { hand, picks, carry, model: () => latest.current.model, board: () => surface.current?.board ?? null, open: (element) => open(element), fold, shut, may: () => may, into: (stage) => { const one = model.columns.find((each) => each.id === stage); if (one?.opens) into(one.opens, stage); } };
  useShortcuts({ undo: () => { draft.undo(); tools.say('Undone'); }, redo: () => { draft.redo(); tools.say('Done again'); }, zoom: (by) => draw(ZOOMS[ZOOMS.indexOf(zoom) + by]), whole: () => set({ zoom: null }, false), keys: () => setKeys(true) });
  useClipboard({ hand, board: () => surface.current?.board ?? null, picks, keep: tools.keep, may: () => may });

  const click = (event: MouseEvent) => {
    if (drag.ended) return;
    const target = event.target as HTMLElement;
    const one = target.closest<HTMLElement>('[data-node]');
    if (target.closest('[data-nodrag]')) return;
    if (!one) { if (!target.closest('[role=button], button, a')) picks.choose([]); return; }
    if (one.dataset.add) { if (may) picks.set({ adding: one.dataset.add }); return; }
    const key = one.dataset.node!;
    if (one.dataset.item && event.shiftKey && picks.anchor) picks.choose(range(surface.current!.board, picks.anchor, key), picks.anchor);
    else if (event.ctrlKey || event.metaKey || picks.several) picks.turn(key);
    else picks.choose([key]);
    one.focus({ preventScroll: true });
    if (panel && !event.shiftKey && !event.ctrlKey) open(model.items.get(key)?.element ?? key);
  };
  const twice = (event: MouseEvent) => {
    const one = (event.target as HTMLElement).closest<HTMLElement>('[data-node]');
    const key = one?.dataset.node ?? '';
    if (!key || one?.dataset.add || (event.target as HTMLElement).closest('[data-nodrag]')) return;
    if (key.startsWith('lane:')) { if (may) picks.set({ editing: key }); } else open(model.items.get(key)?.element ?? key);
  };
  const [fromJourney, fromStage] = get('from').split('.');
  const outer = (plan.journeys ?? []).find((one) => one.id === fromJourney);
  const crumb = outer && outer.id !== journey.id ? { id: outer.id, name: outer.name, stage: fromStage } : null;
  return (
    <ToolsProvider value={tools}>
      <PicksProvider value={picks}>
        <div className={css.page} data-studio="board">
          <Bar model={model} plan={plan} zoom={zoom} panel={Boolean(panel)} crumb={crumb} keys={() => setKeys(true)} overlay={overlay} draw={draw} rename={(name) => draft.change((old) => inJourney(old, journey.id, (one) => ({ ...one, name })))} />
          <div className={css.middle}>
            <Board model={model} plan={plan} sheet={sheet} zoom={zoom} may={may} chosen={get('selected')} micro={get('inside')} folded={folded} narrow={Boolean(panel)} surface={surface} turn={fold} inside={(stage) => set({ inside: stage }, false)} into={into}
              press={(event) => pressed(event, hands)} click={click} twice={twice} measured={setWidth} at={(key) => show(model.items.get(key)?.element ?? key)} />
            <Deck model={model} into={(id) => into(id, model.columns.find((one) => one.opens === id)?.id ?? '')} />
            {panel && <Panel journey={journey.id} element={get('selected')} tab={panel} sheet={sheet} pick={(element) => open(element)} set={(tab) => set({ panel: tab }, false)} close={() => { shut(); const key = [...picks.chosen][0]; if (key) focus(key); }} />}
          </div>
          {sheet && may && <Tray sheet={sheet} plan={plan} model={model} />}
          <div ref={said} className="unseen" role="status" aria-live="assertive" aria-atomic="true" data-said />
          {keys && <KeysList close={() => setKeys(false)} />}
        </div>
      </PicksProvider>
    </ToolsProvider>
  );
}

/** What was measured of this journey, if it is in the plan in force. */
function useMeasured(journey: string): Sheet | undefined {
  const summary = useSummary().data;
  const sight = useSight();
  return useRoom<Sheet>('/map/sheet', { ...sight, journey }, Boolean(summary?.journeys.some((one) => one.id === journey))).data;
}

interface Latest { plan: Plan; model: Model; may: boolean; draft: { change: (next: (plan: Plan) => Plan) => void }; open: (element: string, tab?: string) => void }
type Tooling = Tools & { carry: Carry; refocus: () => void };

/** The same tools from the first to the last drawing; what changes they read when they need it. */
function useTooling(latest: React.RefObject<Latest>, surface: React.RefObject<Surface | null>, said: React.RefObject<HTMLDivElement | null>, w: string): Tooling {
  return useMemo(() => {
    const picks = new Picks();
    const model = () => latest.current.model;
    let wanted = '';
    let reached = false;
    const say = (text: string) => { if (said.current) said.current.textContent = text; };
    /** As soon as it is drawn; once more only where a later drawing dropped the focus again. */
    const refocus = () => {
      const root = surface.current?.board;
      const one = wanted && root ? node(root, wanted) : null;
      if (!one || (reached && document.activeElement !== document.body)) return;
      reached = true;
      one.focus({ preventScroll: true });
      one.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    };
    const focus = (key: string) => {
      wanted = key;
      reached = false;
      queueMicrotask(refocus);
      requestAnimationFrame(() => { refocus(); if (reached && wanted === key) wanted = ''; });
    };
    const hand = new Hand({ change: (next) => latest.current.draft.change(next), model, plan: () => latest.current.plan, picks, say, focus });
    const landing = { drop: (keys: string[], target: Parameters<Hand['move']>[1], copy: boolean) => hand.move(keys, target, copy), dropStage: (id: string, side: 'buyer' | 'customer', before: string | null) => hand.moveStage(id, side, before), dropLane: (id: string, before: string | null) => hand.moveLane(id, before) };
    const drag = new Drag({
      ...landing, surface: () => surface.current, item: (key) => model().items.get(key), may: () => latest.current.may, dropEvent: (event, target) => hand.claim(event, target),
      taken: (key) => (picks.chosen.has(key) ? [...model().items.keys()].filter((one) => picks.chosen.has(one)) : [key]), catch: (keys) => picks.choose(keys),
    });
    const stage = (id: string) => model().columns.find((one) => one.id === id)?.name ?? '';
    const lane = (id: string) => model().rows.find((one) => one.id === id)?.name ?? '';
    const carry = new Carry(() => surface.current, { ...landing, say, stage, lane, cell: (spot) => `${lane(spot.lane)}, ${stage(spot.stage)}` });
    return { picks, hand, drag, carry, say, focus, refocus, offers: (name) => offersIn(latest.current.plan, name), open: (element, tab) => latest.current.open(element, tab), keep: async (file) => (await keepPicture(w, file)).digest, picture: (digest) => pictureAddress(w, digest) };
  }, [latest, surface, said, w]);
}
