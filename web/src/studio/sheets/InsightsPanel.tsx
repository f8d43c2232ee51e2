import { Button, Menu, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconPlus, IconQuote, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAddress, useTo } from '../../address';
import { inOrder } from '../../api/order';
import type { Insight, Plan } from '../../api/nouns';
import { useDraft } from '../../plan/draft';
import { newId, plural } from '../../words';
import { added } from './elements';
import { BLANK } from './fields';
import { OPEN, sieved, usedCounts, type Sieve } from './insights';
import { InsightLine } from './InsightLine';
import * as options from './options';
import css from './sheets.module.css';
import { useDropOnBoard } from './useDropOnBoard';
import { VerbatimsPick } from './VerbatimsPick';

/** A new insight in the draft; answers its id. */
export function useNewInsight(): (given?: Partial<Insight>) => string {
  const { change } = useDraft();
  return (given = {}) => {
    const id = newId(given.words?.slice(0, 30) || 'insight');
    change((old) => added(old, 'insight', { kind: 'quotation', words: BLANK, ...given, id }));
    return id;
  };
}

/** Search and filters of the library. */
export function SieveBar({ plan, sieve, set }: { plan: Plan; sieve: Sieve; set: (sieve: Sieve) => void }) {
  const kinds = ['quotation', 'number', 'photo', 'note'];
  return (
    <div className="stack" style={{ gap: 8 }}>
      <TextInput aria-label="Search the insights" placeholder="Search words and sources" leftSection={<IconSearch size={14} aria-hidden />} value={sieve.find} onChange={(e) => set({ ...sieve, find: e.target.value })} />
      <div className={css.two}>
        <Select aria-label="Kind" size="xs" placeholder="any kind" clearable data={kinds} value={sieve.kind} onChange={(kind) => set({ ...sieve, kind })} />
        <Select aria-label="Persona" size="xs" placeholder="any persona" clearable data={options.personas(plan)} value={sieve.persona} onChange={(persona) => set({ ...sieve, persona })} />
        <Select aria-label="Touchpoint" size="xs" placeholder="any touchpoint" clearable searchable data={options.touchpoints(plan)} value={sieve.touchpoint} onChange={(touchpoint) => set({ ...sieve, touchpoint })} />
        <SegmentedControl aria-label="Which" size="xs" fullWidth data={[{ value: 'all', label: 'all' }, { value: 'unused', label: 'unused' }, { value: 'old', label: 'old' }]} value={sieve.only} onChange={(only) => set({ ...sieve, only: only as Sieve['only'] })} />
      </div>
    </div>
  );
}

/** The library beside the board: an insight is dragged onto it, or put there by its menu; each card then shows the one insight. */
export function InsightsPanel({ journey, onOpen }: { journey: string; onOpen?: (element: string) => void }) {
  const { plan, change } = useDraft();
  const { set } = useAddress();
  const to = useTo();
  const make = useNewInsight();
  const [sieve, setSieve] = useState<Sieve>(OPEN);
  const [picking, setPicking] = useState(false);
  const place = (insight: string, stage: string, lane: string) => change((old) => added(old, 'card', { id: newId('insight'), stage, lane, insight }));
  const drag = useDropOnBoard(place);
  if (!plan) return null;
  const open = (id: string) => (onOpen ? onOpen(`insight:${id}`) : set({ selected: `insight:${id}`, panel: 'sheet' }));
  const counts = usedCounts(plan);
  const all = plan.insights ?? [];
  const shown = sieved(inOrder(all), sieve, counts);
  const stages = options.stages(plan, journey);
  return (
    <section className={css.sheet} aria-label="The library of insights">
      <div className={css.head}><p className="faint small">Library</p><h2>{all.length ? plural(all.length, 'insight') : 'Nothing was learned yet'}</h2></div>
      <p className="soft small">{all.length ? 'Drag one onto the board: the card shows the insight itself, so that one change shows everywhere.' : 'What customers said, a number, a photo, a note: kept once, used on every map, persona and mental model.'} <Link to={to('studio/insights', { journey: null })}>As a page</Link></p>
      <div className="row wrap">
        <Button leftSection={<IconPlus size={13} aria-hidden />} onClick={() => open(make())}>An insight</Button>
        <Button variant="default" leftSection={<IconQuote size={13} aria-hidden />} aria-expanded={picking} onClick={() => setPicking(!picking)}>From customers’ own words</Button>
      </div>
      {picking && <VerbatimsPick plan={plan} keep={(given) => { make(given); }} />}
      {all.length > 0 && <SieveBar plan={plan} sieve={sieve} set={setSieve} />}
      <ul className="stack" style={{ gap: 8 }} onDragStart={drag.start} onDragEnd={drag.end}>
        {shown.map((one) => (
          <li key={one.id} style={{ position: 'relative' }}>
            <InsightLine plan={plan} insight={one} open={() => open(one.id)} used={counts.get(one.id) ?? 0} drag />
            {stages.length > 0 && (
              <Menu position="bottom-end" shadow="md">
                <Menu.Target><Button variant="subtle" size="compact-xs" style={{ position: 'absolute', right: 6, top: 6, background: 'var(--raised)' }} aria-label={`Put “${one.words.slice(0, 40)}” on the map`}><IconPlus size={13} /></Button></Menu.Target>
                <Menu.Dropdown>
                  <Menu.Label>Put it into</Menu.Label>
                  {stages.map((stage) => <Menu.Item key={stage.value} onClick={() => place(one.id, stage.value, 'insights')}>{stage.label}</Menu.Item>)}
                </Menu.Dropdown>
              </Menu>
            )}
          </li>
        ))}
      </ul>
      {all.length > 0 && !shown.length && <p className="soft">None of the {all.length} is like this.</p>}
    </section>
  );
}
