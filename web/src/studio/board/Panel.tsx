import { ActionIcon, Tabs } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Suspense, useEffect, useRef } from 'react';
import { Bones, mounted } from './mounts';
import css from './board.module.css';
import { WaySheet } from './WaySheet';
import type { Sheet } from '../../api/nouns';

export const TABS = ['sheet', 'insights', 'evidence', 'talk', 'history'] as const;
export type Tab = (typeof TABS)[number];

/** The drawer at the right: all about what is chosen, what people say about it, what it was before. */
export function Panel({ journey, element, tab, sheet, pick, set, close }: { journey: string; element: string; tab: Tab; sheet?: Sheet; pick: (element: string) => void; set: (tab: Tab) => void; close: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  const { CoveragePanel, ElementSheet, InsightsPanel, EvidencePanel, TalkPanel, HistoryPanel } = mounted;
  useEffect(() => { box.current?.scrollTo({ top: 0 }); }, [element, tab]);
  return (
    <aside className={css.panel} aria-label="What is chosen">
      <Tabs styles={{ tab: { padding: '10px 9px' } }} value={tab} onChange={(next) => set((next ?? 'sheet') as Tab)} className={css.tabs}>
        <Tabs.List aria-label="The drawer">
          <Tabs.Tab value="sheet">Sheet</Tabs.Tab>
          <Tabs.Tab value="insights">Insights</Tabs.Tab>
          <Tabs.Tab value="evidence">Evidence</Tabs.Tab>
          <Tabs.Tab value="talk">Talk</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      <ActionIcon onClick={close} aria-label="Close the drawer" className={css.panelclose}><IconX size={16} stroke={1.6} /></ActionIcon>
      <div ref={box} className={css.panelbody} data-scroll tabIndex={0} role="tabpanel" aria-label={tab}>
        <Suspense fallback={<Bones />}>
          {tab === 'sheet' && (element.startsWith('way:') ? <WaySheet journey={journey} way={element.slice(4)} sheet={sheet} />
            : element ? <ElementSheet journey={journey} element={element} onClose={close} onOpen={pick} />
              : <div className="stack" style={{ padding: 20, gap: 24 }}><p className="soft">Choose a card, a stage or a lane: everything about it stands here. Until then, what this map covers:</p><CoveragePanel journey={journey} /></div>)}
          {tab === 'insights' && <InsightsPanel journey={journey} />}
          {tab === 'evidence' && <EvidencePanel journey={journey} />}
          {tab === 'talk' && <TalkPanel journey={journey} element={element} onElement={pick} />}
          {tab === 'history' && <HistoryPanel journey={journey} />}
        </Suspense>
      </div>
    </aside>
  );
}
