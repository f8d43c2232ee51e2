import { useMemo, useState } from 'react';
import type { Sheet } from '../../api/nouns';
import { BoardProvider, type Board as Known } from '../../map/context';
import type { Geometry } from '../../map/geometry';
import { WaysLane } from '../../map/WaysLane';
import { useTools } from './context';
import type { Grid, Zoom } from './grid';
import type { Column } from './model';

/** The ways people really take, as the map draws them, on this board's own columns. */
export function WaysRow({ sheet, columns, grid, zoom, chosen }: { sheet: Sheet; columns: Column[]; grid: Grid; zoom: Zoom; chosen: string }) {
  const { open } = useTools();
  const [hot, setHot] = useState('');
  const value = useMemo((): Known => {
    const known = new Map(sheet.stages.map((one) => [one.id, one]));
    const stages = columns.flatMap((one) => known.get(one.id) ?? []);
    const geo: Geometry = { label: grid.label, width: grid.width, stages, spans: grid.spans, seam: grid.seam, beside: null, template: grid.template };
    const here = new Set(stages.map((one) => one.id));
    const least = [...sheet.ways].sort((a, b) => b.count - a.count)[60]?.count ?? 0;
    return {
      sheet: { ...sheet, stages, touchpoints: sheet.touchpoints.map((one) => ({ ...one, stages: one.stages.filter((id) => here.has(id)) })) }, geo, zoom: zoom === 'far' ? 'far' : 'near', what: chosen.startsWith('way:') ? { kind: 'way', id: chosen.slice(4) } : null,
      hot, point: setHot, select: (next) => { if (next) open(next); }, face: 'people', least, bind: () => undefined, team: (id) => id,
    };
  }, [sheet, columns, grid, zoom, chosen, hot, open]);
  return <BoardProvider value={value}><WaysLane /></BoardProvider>;
}
