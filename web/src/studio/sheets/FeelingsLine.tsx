import type { Stage } from '../../api/nouns';
import { count, signed } from '../../words';
import { useOverlay, type Gap } from './overlay';
import { Part } from './parts';
import css from './sheets.module.css';

const between = (gap: Gap): string => (gap.low === null || gap.high === null ? '' : ` [${signed(gap.low, 2)}, ${signed(gap.high, 2)}]`);
const beyond = (gap: Gap): boolean => gap.low !== null && gap.high !== null && (gap.low > 0 || gap.high < 0);

/** What they felt in a stage, against what we intend and what they want. */
export function FeelingsLine({ journey, stage }: { journey: string; stage: Stage }) {
  const { feelings, state } = useOverlay(journey);
  const found = feelings(stage);
  if (state === 'loading' || state === 'failed') return null;
  const line = (name: string, gap: Gap | null) => gap && (
    <p className={css.line}><span>{name}</span><span className={beyond(gap) && gap.value < 0 ? 'bad' : ''}>{signed(gap.value, 2)}<span className="faint">{between(gap)}</span></span></p>
  );
  return (
    <Part title="Felt, measured">
      <div>
        {found.felt ? <p className={css.line}><span>Felt</span><span className={found.felt.n < 30 ? 'hatch' : ''}>{signed(found.felt.value!, 2)} <span className="faint">{found.felt.low !== null && `[${signed(found.felt.low, 2)}, ${signed(found.felt.high!, 2)}] `}n {count(found.felt.n)}</span></span></p>
          : <p className="soft small">Nobody was asked at its touchpoints yet.</p>}
        {line('against what we intend', found.feltToIntended)}
        {line('against what they want', found.feltToWanted)}
        {found.wantedToIntended !== null && <p className={css.line}><span>what they want, against what we intend</span><span>{signed(found.wantedToIntended, 2)}</span></p>}
      </div>
    </Part>
  );
}
