import { useMemo, useState } from 'react';
import type { TouchpointFigures } from '../api/nouns';
import { Medium } from '../parts/Medium';
import { count, initials, short } from '../words';
import { sum, useBoard } from './context';
import { columnsOf } from './geometry';
import { Grade } from './Grade';
import { Cells, Lane } from './Lane';
import { lit } from './select';
import css from './map.module.css';

export const DRAGGED = 'text/x-desirelines-event';

export function TouchpointLane() {
  const { sheet, zoom } = useBoard();
  const { of, beside } = useMemo(() => columnsOf(sheet), [sheet]);
  const [all, setAll] = useState(false);
  const cards = (list: TouchpointFigures[], stage: string, most: number) => (
    <>
      {list.slice(0, all ? undefined : most).map((one) => <Card key={one.id} one={one} stage={stage} slim={zoom === 'mid'} />)}
      {!all && list.length > most && <button type="button" className="plain small desire" onClick={() => setAll(true)}>{list.length - most} more</button>}
    </>
  );
  return (
    <Lane id="touchpoints" name="Touchpoints" note={<p className="faint">{count(sheet.touchpoints.length)}</p>}>
      <Cells cell={(stage) => cards(of.get(stage) ?? [], stage, 24)} beside={cards(beside, '', 12)} />
    </Lane>
  );
}

function silentFor(one: TouchpointFigures, until: string | null): string {
  if (one.evidence.state === 'unmeasured') return 'unmeasured';
  if (!one.evidence.last_at || !until) return 'silent';
  const days = Math.round((Date.parse(until) - Date.parse(one.evidence.last_at)) / 86_400_000);
  return days > 0 ? `silent ${days} d` : 'silent';
}

function Card({ one, stage, slim }: { one: TouchpointFigures; stage: string; slim: boolean }) {
  const { sheet, geo, what, hot, face, select, bind, team } = useBoard();
  const owner = team(one.owner);
  const [over, setOver] = useState(false);
  const alive = one.evidence.state === 'alive';
  const group = hot ? new Set(hot.split('>')) : lit(sheet, what);
  const on = what?.kind === 'touchpoint' && what.id === one.id;
  const broken = sheet.promises.some((promise) => promise.touchpoint === one.id && promise.state === 'broken');
  const tight = (geo.spans.get(stage)?.w ?? 116) < 122;
  const low = tight && !slim && alive && Boolean(owner); // a narrow card gives its name the whole width
  const number = face === 'people' ? short(one.people) : short(sum(one.deviations));
  const mark = alive ? number : silentFor(one, sheet.last_at);
  const words = `${alive ? `${count(one.people)} people` : mark}${owner ? `, owner ${owner}` : ', no owner'}${broken ? ', a promise is broken here' : ''}`;
  return (
    <button type="button" data-tp={one.id} data-home={one.stages[0] === stage || !stage} data-on={on} data-bad={broken} data-dim={Boolean(group && !group.has(one.id))} data-drop={over} title={words} aria-pressed={on}
      className={`${css.card} ${slim ? css.slim : ''} ${alive ? '' : 'hatch'}`} onClick={() => select(on ? null : `touchpoint:${one.id}`)}
      onDragOver={(event) => { if (event.dataTransfer.types.includes(DRAGGED)) { event.preventDefault(); setOver(true); } }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); bind(event.dataTransfer.getData(DRAGGED), one.id); }}>
      <span className={css.cardname}>
        {!low && <Medium medium={one.medium} />}<span lang="en">{one.name}</span>
      </span>
      <span className="unseen">, {words}</span>
      {slim && <i className={css.share} style={{ width: `${(one.reach.value ?? 0) * 100}%` }} />}
      {!slim && (
        <span className={css.cardfoot}>
          {low && <Medium medium={one.medium} size={13} />}
          {(alive || !tight) && <span className={one.owner ? css.keep : `bad ${css.give}`} title={owner ?? 'no owner'}>{owner ? initials(owner) : 'no owner'}</span>}
          {(!tight || (alive && one.owner)) && <Grade grade={one.evidence.grade} size={8} />}
          <span className={`${alive ? css.keep : css.give} ${alive ? (face === 'deviations' && sum(one.deviations) > 0 ? 'doubt' : '') : one.evidence.state === 'silent' ? 'doubt' : ''}`}>{mark}</span>
        </span>
      )}
    </button>
  );
}
