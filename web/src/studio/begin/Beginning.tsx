import { Button } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useAddress, useTo } from '../../address';
import { useRoom } from '../../api/queries';
import type { Begun, NextQuestion, Plan } from '../../api/nouns';
import { inOrder } from '../../api/order';
import { useDraft } from '../../plan/draft';
import { Figure } from '../../parts/Figure';
import { Medium } from '../../parts/Medium';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { percent } from '../../words';
import { added } from './add';
import css from './begin.module.css';

/** A map as it would be, before it is kept; and the next three questions. */
export function Beginning() {
  const { get, set } = useAddress();
  const challenge = get('challenge');
  const read = useRoom<Begun>('/studio/begin', challenge ? { challenge } : { template: get('template') });
  const draft = useDraft();
  const [busy, setBusy] = useState(false);
  const go = useNavigate();
  const to = useTo();
  const begun = read.data;
  const take = () => {
    if (!begun || !draft.plan) return;
    const { journey, plan } = added(draft.plan, begun);
    setBusy(true);
    draft.change((now) => merged(now, draft.plan!, plan));
    void draft.flush().catch(() => undefined).finally(() => go(to(`studio/${journey}`, { journey: null })));
  };
  return (
    <div className="page wide">
      <button type="button" className="plain small soft row" style={{ gap: 4, marginBottom: 12 }} onClick={() => set({ challenge: null, template: null, begin: '1' })}><IconArrowLeft size={14} aria-hidden /> Other ways to begin</button>
      {read.error ? <Trouble error={read.error} retry={() => void read.refetch()} /> : null}
      {!begun && !read.error && <Rows count={5} height={64} />}
      {begun && (
        <>
          <div className="row apart" style={{ alignItems: 'flex-start', gap: 24 }}>
            <div>
              <h1>{begun.addition.journey.name}</h1>
              <p className="lede">{begun.words}{begun.concerns && <>: <Figure result={begun.concerns} /> of all customers</>}.</p>
              <p className="faint small" style={{ marginTop: 4 }}><span className={`badge ${begun.drawn_from === 'data' ? 'real' : ''}`}>{begun.drawn_from === 'data' ? 'from your data' : 'guessed'}</span> {begun.caveats.join(' · ')}</p>
            </div>
            <Button onClick={take} loading={busy} disabled={!draft.plan || draft.may !== 'edit'} rightSection={<IconArrowRight size={14} aria-hidden />}>Put it into the draft</Button>
          </div>
          <Preview begun={begun} plan={draft.plan} />
          {begun.would_say && <p className={css.would}><b>With data it would say:</b> {begun.would_say}</p>}
          {begun.questions.length > 0 && (
            <section className="section" aria-labelledby="next">
              <h2 id="next">The next three questions</h2>
              <ol className={css.questions}>{begun.questions.map((one, n) => <Question key={one.id} one={one} n={n + 1} />)}</ol>
            </section>
          )}
        </>
      )}
    </div>
  );
}

function Question({ one, n }: { one: NextQuestion; n: number }) {
  const to = useTo();
  return (
    <li className={css.question}>
      <span className={css.number} aria-hidden>{n}</span>
      <div>
        <h3>{one.words}</h3>
        <p className="soft">{one.why}</p>
        <p className="faint small" style={{ marginTop: 4 }}>It would settle: {one.settles}</p>
      </div>
      <div style={{ textAlign: 'right' }}>
        <span className="badge">{one.kind === 'shows' ? 'the data show it' : 'not known yet'}</span>
        <p style={{ marginTop: 10 }}><Link to={to(one.link, { journey: null })}>{one.step}</Link></p>
      </div>
    </li>
  );
}

/** The stages with what stands in them, and how many met it. */
function Preview({ begun, plan }: { begun: Begun; plan: Plan | undefined }) {
  const { addition } = begun;
  const places = new Map([...(plan?.touchpoints ?? []), ...addition.touchpoints].map((one) => [one.id, one]));
  const reach = new Map(begun.steps.map((one) => [one.touchpoint ?? '', one]));
  const stages = inOrder(addition.journey.stages);
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label="The map as it would be">
      <ol className={css.preview} style={{ gridTemplateColumns: `repeat(${stages.length}, minmax(148px, 1fr))` }}>
        {stages.map((stage, n) => (
          <li key={stage.id} data-side={stage.side} data-seam={n > 0 && stage.side === 'customer' && stages[n - 1].side === 'buyer'}>
            <p className={css.stage}>{stage.name}</p>
            <p className="faint small">{stage.phase ?? ' '}</p>
            <ul>
              {(stage.steps ?? []).map((step) => {
                const place = places.get(step.touchpoint ?? '');
                const met = reach.get(step.touchpoint ?? '');
                return <li key={step.id} className={css.place}><Medium medium={place?.medium ?? 'screen'} /> <span>{place?.name ?? step.touchpoint}{met?.reach.value != null && <small className="faint"> {percent(met.reach.value)}</small>}</span></li>;
              })}
            </ul>
            {addition.moments.filter((one) => one.stage === stage.id).slice(0, 2).map((one) => <p key={one.id} className={css.moment}>“{one.words}”</p>)}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** What was added to `before`, added to the draft as it is now. */
function merged(now: Plan, before: Plan, after: Plan): Plan {
  const more = <T extends { id: string }>(list: readonly T[] | undefined, old: readonly T[] | undefined, next: readonly T[] | undefined): T[] => {
    const known = new Set((old ?? []).map((one) => one.id));
    return [...(list ?? []), ...(next ?? []).filter((one) => !known.has(one.id))];
  };
  return {
    ...now,
    touchpoints: more(now.touchpoints, before.touchpoints, after.touchpoints), journeys: more(now.journeys, before.journeys, after.journeys),
    moments: more(now.moments, before.moments, after.moments), experiences: more(now.experiences, before.experiences, after.experiences),
    promises: more(now.promises, before.promises, after.promises), cards: more(now.cards, before.cards, after.cards),
  };
}
