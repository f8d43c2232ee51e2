import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useMemo, useRef, useState } from 'react';
import { useAddress } from '../address';
import type { Sheet } from '../api/nouns';
import { useTeams } from '../api/queries';
import { useSleepingDraft } from '../plan/draft';
import { BoardProvider, type Board as Known } from './context';
import { Drawer } from './Drawer';
import { EmotionLane } from './EmotionLane';
import { columnsOf, geometry, stagesOf, type Geometry, type Zoom } from './geometry';
import { Overlay } from './Overlay';
import { selected } from './select';
import { SheetTable } from './SheetTable';
import { StageHeads } from './StageHeads';
import { TouchpointLane } from './TouchpointLane';
import { Tray } from './Tray';
import { FigureLane, MomentLane, OwnerLane, PromiseLane } from './WordLanes';
import { WaysLane } from './WaysLane';
import { useBind } from './bind';
import css from './map.module.css';

/** Stages across, lanes down; a drawer for what is selected, a tray for what nobody claims. */
export function Board({ sheet, zoom, face, least, dim }: { sheet: Sheet; zoom: Zoom; face: Known['face']; least: number; dim: boolean }) {
  const { get, set } = useAddress();
  const size = useElementSize<HTMLDivElement>();
  const box = useRef<HTMLDivElement>(null);
  const scroll = useMergedRef(size.ref, box);
  const board = useRef<HTMLDivElement>(null);
  const [hot, setHot] = useState('');
  const bind = useBind(useSleepingDraft());
  const beside = useMemo(() => columnsOf(sheet).beside.length > 0, [sheet]);
  const geo = useMemo(() => geometry(stagesOf(sheet), size.width || 1080, zoom, beside), [sheet, size.width, zoom, beside]);
  const what = selected(sheet, get('selected'));
  const team = useTeams();
  const value: Known = {
    team, sheet, geo, zoom, what, hot, face, least, bind: bind.bind,
    point: setHot,
    select: (next) => set({ selected: next }),
  };
  return (
    <BoardProvider value={value}>
      <div className={css.scroll} ref={scroll} tabIndex={0} role="region" aria-label="The map" style={{ opacity: dim ? 0.6 : 1, paddingRight: what ? 380 : 0 }}>
        {zoom === 'table' ? <SheetTable /> : (
          <div id="board" className={css.board} ref={board} style={{ width: geo.width }}>
            <Tints geo={geo} />
            <StageHeads />
            {zoom === 'far' ? <><WaysLane /><EmotionLane /><PromiseLane /></> : (
              <><MomentLane /><TouchpointLane /><WaysLane /><EmotionLane /><PromiseLane /><OwnerLane /><FigureLane /></>
            )}
            <Overlay board={board} />
          </div>
        )}
      </div>
      <Tray />
      {bind.told}
      {what && <Drawer />}
    </BoardProvider>
  );
}

function Tints({ geo }: { geo: Geometry }) {
  return (
    <div aria-hidden>
      {geo.stages.map((stage) => {
        const span = geo.spans.get(stage.id)!;
        return <div key={stage.id} className={css.tint} data-side={stage.side} style={{ left: span.x, width: span.w }} />;
      })}
      {geo.beside && <div className={css.tint} data-side="beside" style={{ left: geo.beside.x, width: geo.beside.w }} />}
      {geo.seam && <div className={css.seamline} style={{ left: geo.seam.mid - 1 }} />}
    </div>
  );
}
