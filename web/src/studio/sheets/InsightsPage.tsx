import { Button } from '@mantine/core';
import { IconPlus, IconQuote } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAddress, useTo } from '../../address';
import { inOrder } from '../../api/order';
import { Empty } from '../../parts/Empty';
import { Trouble } from '../../parts/Trouble';
import { Waiting } from '../../parts/Waiting';
import { useDraft } from '../../plan/draft';
import { Saving } from '../../plan/Saving';
import { count, plural } from '../../words';
import { ElementSheet } from './ElementSheet';
import { InsightLine } from './InsightLine';
import { isOld, OPEN, sieved, usedCounts, type Sieve } from './insights';
import { SieveBar, useNewInsight } from './InsightsPanel';
import css from './sheets.module.css';
import { VerbatimsPick } from './VerbatimsPick';

/** Everything that was learned, kept once: searched, mended, and where it is used. */
export function InsightsPage() {
  const { plan, error } = useDraft();
  const { get, set } = useAddress();
  const to = useTo();
  const make = useNewInsight();
  const [sieve, setSieve] = useState<Sieve>(OPEN);
  const [picking, setPicking] = useState(false);
  if (!plan && error) return <div className="page"><Trouble error={error} /></div>;
  if (!plan) return <Waiting />;
  const all = plan.insights ?? [];
  const counts = usedCounts(plan);
  const shown = sieved(inOrder(all), sieve, counts);
  const chosen = all.some((one) => one.id === get('insight')) ? get('insight') : '';
  const add = (given = {}) => set({ insight: make(given) });
  const unused = all.filter((one) => !counts.get(one.id)).length;
  const unsourced = all.filter((one) => !one.source).length;
  const old = all.filter((one) => isOld(one)).length;
  const actions = (
    <>
      <Button leftSection={<IconPlus size={13} aria-hidden />} onClick={() => add()}>An insight</Button>
      <Button variant="default" leftSection={<IconQuote size={13} aria-hidden />} aria-expanded={picking} onClick={() => setPicking(!picking)}>From customers’ own words</Button>
    </>
  );
  return (
    <div className="page wide">
      <div className="row apart" style={{ alignItems: 'flex-start' }}>
        <div>
          <h1>{all.length ? `${plural(all.length, 'insight')}, ${unused ? `${count(unused)} not used yet` : 'all in use'}` : 'What have you learned from customers?'}</h1>
          <p className="lede">{all.length ? [unsourced && (unsourced === 1 ? 'One has no source and counts as a guess.' : `${count(unsourced)} without a source count as guesses.`), old && (old === 1 ? 'One is more than two years old.' : `${count(old)} are more than two years old.`), 'Changed here, an insight changes on every map.'].filter(Boolean).join(' ') : 'A quotation, a number, a photo, a note: kept once with where it is from, used on maps, personas and mental models.'} <Link to={to('studio', { journey: null })}>To the maps</Link></p>
        </div>
        <Saving />
      </div>
      {!all.length && !picking ? <Empty icon={<IconQuote size={32} stroke={1.4} />} title="The library is empty" why="Write down what a customer said, or pick it from your own data: reviews, answers, notes." step={<div className="row">{actions}</div>} /> : (
        <div className={css.library}>
          <div className="stack" style={{ gap: 16, containerType: 'inline-size' }}>
            <div className="row wrap">{actions}</div>
            {picking && <VerbatimsPick plan={plan} keep={add} />}
            <SieveBar plan={plan} sieve={sieve} set={setSieve} />
            <div className={css.shelf}>{shown.map((one) => <InsightLine key={one.id} plan={plan} insight={one} used={counts.get(one.id) ?? 0} open={() => set({ insight: one.id })} />)}</div>
            {all.length > 0 && !shown.length && <p className="soft">None of the {count(all.length)} is like this.</p>}
          </div>
          {chosen ? <aside aria-label="The chosen insight" data-scroll><ElementSheet journey="" element={`insight:${chosen}`} onClose={() => set({ insight: null }, false)} onOpen={(element) => set({ insight: element.split(':')[1] })} /></aside>
            : <p className="soft" style={{ paddingTop: 8 }}>Choose one to mend it and to see where it is used.</p>}
        </div>
      )}
    </div>
  );
}
