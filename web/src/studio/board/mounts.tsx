import { Skeleton } from '@mantine/core';
import { lazy } from 'react';

/** What other rooms of the studio bring to the board: loaded when first needed. */
export const mounted = {
  ElementSheet: lazy(async () => ({ default: (await import('../sheets/ElementSheet')).ElementSheet })),
  InsightsPanel: lazy(async () => ({ default: (await import('../sheets/InsightsPanel')).InsightsPanel })),
  EvidencePanel: lazy(async () => ({ default: (await import('../sheets/EvidencePanel')).EvidencePanel })),
  TalkPanel: lazy(async () => ({ default: (await import('../talk/TalkPanel')).TalkPanel })),
  WorkshopBar: lazy(async () => ({ default: (await import('../talk/workshop/WorkshopBar')).WorkshopBar })),
  HistoryPanel: lazy(async () => ({ default: (await import('../history/HistoryPanel')).HistoryPanel })),
  TakeMenu: lazy(async () => ({ default: (await import('../take/TakeMenu')).TakeMenu })),
  VerdictPick: lazy(async () => ({ default: (await import('../judge/VerdictPick')).VerdictPick })),
  CoveragePanel: lazy(async () => ({ default: (await import('../begin/CoveragePanel')).CoveragePanel })),
};

export const Bones = () => <div style={{ padding: 20, display: 'grid', gap: 10 }} aria-hidden>{[28, 60, 60, 60].map((h, n) => <Skeleton key={n} h={h} radius="sm" />)}</div>;
