import { Skeleton } from '@mantine/core';
import { lazy, type ComponentType } from 'react';

/** What other rooms of the studio bring to the board: loaded when first needed. */
function mount<P>(found: Record<string, () => Promise<unknown>>, name: string): ComponentType<P> | null {
  const load = Object.values(found)[0];
  return load ? (lazy(async () => ({ default: ((await load()) as Record<string, ComponentType<P>>)[name] })) as unknown as ComponentType<P>) : null;
}

export const mounted = {
  ElementSheet: mount<{ journey: string; element: string; onClose: () => void; onOpen?: (element: string) => void }>(import.meta.glob('../sheets/ElementSheet.tsx'), 'ElementSheet'),
  InsightsPanel: mount<{ journey: string; onOpen?: (element: string) => void }>(import.meta.glob('../sheets/InsightsPanel.tsx'), 'InsightsPanel'),
  EvidencePanel: mount<{ journey: string; onOpen?: (element: string) => void }>(import.meta.glob('../sheets/EvidencePanel.tsx'), 'EvidencePanel'),
  TalkPanel: mount<{ journey: string; element: string; onElement?: (element: string) => void }>(import.meta.glob('../talk/TalkPanel.tsx'), 'TalkPanel'),
  WorkshopBar: mount<{ journey: string }>(import.meta.glob('../talk/workshop/WorkshopBar.tsx'), 'WorkshopBar'),
  HistoryPanel: mount<{ journey: string }>(import.meta.glob('../history/HistoryPanel.tsx'), 'HistoryPanel'),
  TakeMenu: mount<{ journey: string }>(import.meta.glob('../take/TakeMenu.tsx'), 'TakeMenu'),
  VerdictPick: mount<{ journey: string; from: string; to: string }>(import.meta.glob('../judge/VerdictPick.tsx'), 'VerdictPick'),
};

export const Bones = () => <div style={{ padding: 20, display: 'grid', gap: 10 }} aria-hidden>{[28, 60, 60, 60].map((h, n) => <Skeleton key={n} h={h} radius="sm" />)}</div>;
