import { Skeleton } from '@mantine/core';
import { useAddress } from '../../address';
import type { FindOut, GradedMap } from '../../api/nouns';
import { Grade } from '../../map/Grade';
import { Trouble } from '../../parts/Trouble';
import { count, plural } from '../../words';
import { useDraft } from '../../plan/draft';
import { inOrder } from '../../api/order';
import { useEvidence } from './evidence';
import { onlyMessages, unmet } from './Experiences';
import { Fold } from './parts';
import css from './sheets.module.css';

const GRADES = ['guessed', 'observed', 'asked', 'measured'] as const;
const MANY: Record<string, [string, string]> = {
  touchpoint: ['touchpoint', 'touchpoints'], stage: ['stage', 'stages'], moment: ['moment', 'moments'], experience: ['experience', 'experiences'], promise: ['promise', 'promises'], card: ['card', 'cards'],
};
const DOES: Record<FindOut['way'], string> = { publish: 'Publish', bind: 'Bind an event', count: 'Bring it in', ask: 'Ask', rate: 'Have it rated', judge: 'Say how it is judged', source: 'Name the source' };

/** `3 moments, 1 promise`: what one thing found out would settle. */
export function settles(one: FindOut): string {
  const counts = new Map<string, number>();
  for (const element of one.settles) {
    const part = element.split('/')[1];
    const kind = part ? (part === 'emotion' ? 'emotion' : 'words') : element.split(':')[0];
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, n]) => (kind === 'emotion' ? 'the emotion' : kind === 'words' ? 'what they think, feel and do' : plural(n, ...MANY[kind]))).join(', ');
}

/** The map's evidence in one sentence. */
export function evidenceLine(graded: GradedMap): string {
  const all = graded.cells.length;
  const guessed = graded.counts.guessed ?? 0;
  if (!all) return 'There is nothing on this map yet.';
  if (guessed === all) return `Everything on this map is guessed so far: ${plural(all, 'cell')}.`;
  return guessed ? `${count(guessed)} of ${count(all)} cells are guessed.` : 'No cell of this map is merely guessed.';
}

/** How well a map is known, and what to find out next, the most settling first. */
export function EvidencePanel({ journey, onOpen }: { journey: string; onOpen?: (element: string) => void }) {
  const { graded, error, retry } = useEvidence(journey);
  const { set } = useAddress();
  const open = (element: string) => {
    const bare = element.split('/')[0];
    if (onOpen) onOpen(bare); else set({ selected: bare, panel: 'sheet' });
  };
  if (error && !graded) return <div className={css.sheet}><Trouble error={error} retry={retry} /></div>;
  if (!graded) return <div className={css.sheet} aria-busy="true"><Skeleton h={26} /><Skeleton h={60} /><Skeleton h={90} /><Skeleton h={90} /></div>;
  const most = Math.max(...graded.next.map((one) => one.score), 1e-9);
  return (
    <section className={css.sheet} aria-label="How well this map is known">
      <div className={css.head}><p className="faint small">Evidence</p><h2>{evidenceLine(graded)}</h2></div>
      <div className={css.grades}>
        {GRADES.map((grade) => <div key={grade}><b style={{ fontSize: 16 }}>{count(graded.counts[grade] ?? 0)}</b><span className="row small" style={{ gap: 4 }}><Grade grade={grade} />{grade}</span></div>)}
      </div>
      <div>
        <h3>What to find out next</h3>
        <p className="faint small">{graded.rests_on.length ? `Ranked by reach, importance and how little is known; goes by ${graded.rests_on.join(', ')}.` : 'Nothing is known yet: ranked by how the map is drawn.'}</p>
        {graded.next.length === 0 && <p style={{ marginTop: 8 }}>Nothing here would settle more.</p>}
        {graded.next.slice(0, 12).map((one, n) => (
          <button key={`${one.way} ${one.element}`} type="button" className={`plain ${css.next}`} onClick={() => open(one.element)} disabled={one.element === 'plan'}>
            <span className="faint">{n + 1}</span>
            <span><b style={{ fontWeight: 600 }}>{DOES[one.way]}: {one.name}</b><br /><span className="soft">{one.words}</span><br /><span className="faint small">Settles {settles(one)}.</span></span>
            <span className={css.bar} style={{ gridColumn: 2 }} role="img" aria-label={`score ${one.score.toFixed(2)}`} title={`score ${one.score.toFixed(2)}: reach × importance × what would be known, over the cells it settles`}><span style={{ width: `${(one.score / most) * 100}%` }} /></span>
          </button>
        ))}
        {graded.next.length > 12 && <p className="faint small">and {graded.next.length - 12} that settle less</p>}
      </div>
      <Unmet journey={journey} open={open} />
      <Fold title="Every cell" note={plural(graded.cells.length, 'cell')}>
        <div>
          {graded.cells.map((one) => (
            <button key={one.element} type="button" className={`plain ${css.line}`} onClick={() => open(one.element)}>
              <span className="row" style={{ gap: 6, alignItems: 'baseline' }}><Grade grade={one.grade} /><span>{one.name}</span></span>
              <span className="faint small">{one.why}{one.published ? '' : ' · not yet published'}</span>
            </button>
          ))}
        </div>
      </Fold>
    </section>
  );
}

/** Moments that nothing live meets, and those that are met by messages only. */
function Unmet({ journey, open }: { journey: string; open: (element: string) => void }) {
  const { plan } = useDraft();
  const stages = new Set(plan?.journeys?.find((one) => one.id === journey)?.stages?.map((one) => one.id));
  const rows = inOrder(plan?.moments).filter((one) => stages.has(one.stage)).flatMap((one) => {
    const own = (plan?.experiences ?? []).filter((other) => other.moment === one.id);
    const why = [unmet(own), onlyMessages(own) ? 'Only messages meet it.' : ''].filter(Boolean).join(' ');
    return why ? [{ id: one.id, words: one.words, why }] : [];
  });
  if (!rows.length) return null;
  return (
    <Fold title="Moments without a live experience, or of messages only" note={plural(rows.length, 'moment')}>
      <div>{rows.map((one) => <button key={one.id} type="button" className={`plain ${css.line}`} onClick={() => open(`moment:${one.id}`)}><span>“{one.words}”</span><span className="faint small">{one.why}</span></button>)}</div>
    </Fold>
  );
}
