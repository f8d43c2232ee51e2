import type { PersonaRow } from '../../api/nouns';
import { Sparkline } from '../../parts/Sparkline';
import { basis } from '../../parts/Figure';
import { percent } from '../../words';

/** Its share of those active, month by month, and whether it changed more than chance. */
export function Drift({ row }: { row: PersonaRow }) {
  const { drift, months } = row;
  if (!drift) return null;
  const [before, now] = [drift.before.value ?? 0, drift.now.value ?? 0];
  const said = drift.sure ? `${now > before ? 'grows' : 'shrinks'}: ${percent(before)} → ${percent(now)}` : `steady: ${percent(before)} → ${percent(now)}, no more than chance`;
  return (
    <span className="row" style={{ gap: 10 }}>
      <Sparkline series={months.map((one) => one.share.value)} width={96} height={24} label={`${row.name}, share of those active by month`} />
      <span className={`small ${drift.sure ? 'strong' : 'faint'}`} title={basis(drift.change)}>{said}</span>
    </span>
  );
}
