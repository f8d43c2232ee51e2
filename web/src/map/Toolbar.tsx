import { SegmentedControl, Slider, VisuallyHidden } from '@mantine/core';
import { IconLayoutList, IconTable, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useAddress } from '../address';
import type { Sheet } from '../api/nouns';
import { count } from '../words';
import { TakeAlong } from '../parts/Picture';
import { ReportLink } from '../parts/ReportLink';
import { useSource } from '../parts/source';
import type { Zoom } from './geometry';
import css from './map.module.css';

const label = (icon: React.ReactNode, words: string) => <span className="row" style={{ gap: 5 }}>{icon}{words}</span>;

/** Steps of the slider: how often a way must be walked to be drawn, on a scale of 1, 2, 5. */
export function thresholds(sheet: Sheet): number[] {
  const most = Math.max(1, ...sheet.ways.map((way) => way.count));
  const steps = [0];
  for (let power = 1; power <= most; power *= 10) for (const step of [1, 2, 5]) if (step * power <= most) steps.push(step * power);
  return steps;
}

/** The whole sheet as a picture, its stages and touchpoints as a table. */
function TakeMap({ sheet }: { sheet: Sheet }) {
  const source = useSource(sheet);
  const rows = () => [
    ...sheet.stages.map((one) => ({ kind: 'stage', name: one.name, reach: one.reach.value, low: one.reach.low, high: one.reach.high, n: one.reach.n })),
    ...sheet.touchpoints.map((one) => ({ kind: 'touchpoint', name: one.name, reach: one.reach.value, low: one.reach.low, high: one.reach.high, n: one.reach.n })),
  ];
  return <TakeAlong caption={{ title: 'The map', units: 'share of journeys, people', source }} stage={() => document.getElementById('board')} data={rows} name="map" />;
}

export function Toolbar({ sheet, zoom, face, least }: { sheet: Sheet; zoom: Zoom; face: string; least: number }) {
  const { set } = useAddress();
  const steps = thresholds(sheet);
  const at = Math.max(0, steps.findLastIndex((one) => one <= least));
  return (
    <div className={css.tools}>
      <SegmentedControl aria-label="Zoom" value={zoom} onChange={(next) => set({ zoom: next }, false)}
        data={[
          { value: 'far', label: label(<IconZoomOut size={13} aria-hidden />, 'Stages') },
          { value: 'mid', label: label(<IconLayoutList size={13} aria-hidden />, 'Slim') },
          { value: 'near', label: label(<IconZoomIn size={13} aria-hidden />, 'Cards') },
          { value: 'table', label: label(<IconTable size={13} aria-hidden />, 'Table') },
        ]} />
      {zoom !== 'table' && sheet.ways.length > 0 && (
        <div className="row" style={{ gap: 10 }}>
          <span className="faint small" id="rare">Ways walked at least</span>
          <Slider size="xs" w={130} min={0} max={steps.length - 1} step={1} value={at} label={null} thumbLabel="Hide ways walked less often than"
            onChange={(n) => set({ least: String(steps[n]) }, false)} color="violet" thumbProps={{ 'aria-valuetext': `${steps[at]} times` }} />
          <span className="small" style={{ minWidth: 52 }}>{at ? `${count(steps[at])} times` : 'any'}</span>
        </div>
      )}
      {zoom !== 'far' && zoom !== 'table' && sheet.journeys > 0 && (
        <SegmentedControl aria-label="Number on the cards" value={face} onChange={(next) => set({ face: next === 'people' ? null : next }, false)}
          data={[{ value: 'people', label: 'People' }, { value: 'deviations', label: 'Deviations' }]} />
      )}
      <ReportLink />
      {zoom !== 'table' && <TakeMap sheet={sheet} />}
      {sheet.caveats.length > 0 && <span className="small doubt" title={sheet.caveats.join(' · ')} style={{ flex: 1, minWidth: 120, textAlign: 'right', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{sheet.caveats.join(' · ')}</span>}
      <VisuallyHidden>Zoom with the keys plus and minus.</VisuallyHidden>
    </div>
  );
}
