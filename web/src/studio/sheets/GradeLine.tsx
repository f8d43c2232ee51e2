import { Grade } from '../../map/Grade';
import { percent } from '../../words';
import { useEvidence } from './evidence';

/** How well one element is known, by what, and what would make it better known. */
export function GradeLine({ journey, element }: { journey: string; element: string }) {
  const cell = useEvidence(journey).of(element);
  if (!cell) return null;
  return (
    <div className="stack" style={{ gap: 4 }}>
      <p className="row wrap" style={{ gap: 6 }}>
        <span className="badge"><Grade grade={cell.grade} />{cell.grade}</span>
        {cell.reach_known && <span className="badge">reached by {percent(cell.reach)}</span>}
        {!cell.published && <span className="badge doubt">not yet measured: publish</span>}
      </p>
      <p className="faint small">{cell.why}{cell.more && <>. Better known: {cell.more}.</>}</p>
    </div>
  );
}
