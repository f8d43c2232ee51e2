import { IconCamera, IconHash, IconNote, IconQuote } from '@tabler/icons-react';
import type { Insight, Plan } from '../../api/nouns';
import { count, onDay, plural } from '../../words';
import { BLANK } from './fields';
import { isOld } from './insights';
import { pictureAddress } from './pictures';
import { useWorkspace } from '../../address';
import css from './sheets.module.css';

const ICONS = { quotation: IconQuote, number: IconHash, photo: IconCamera, note: IconNote };
/** What a dragged insight carries: its id. */
export const INSIGHT = 'application/x-desirelines-insight';

/** Where an insight is from, in one line. */
export function from(plan: Plan, one: Insight): string {
  const persona = plan.personas?.find((other) => other.id === one.persona)?.name;
  const touchpoint = plan.touchpoints?.find((other) => other.id === one.touchpoint)?.name;
  return [one.source || 'no source', one.on && onDay(one.on), one.n != null && `n ${count(one.n)}`, persona, touchpoint].filter(Boolean).join(' · ');
}

/** One insight as it stands in the library and on a card: its words, where it is from, how often it is used. */
export function InsightLine({ plan, insight, open, used, drag }: { plan: Plan; insight: Insight; open: () => void; used?: number; drag?: boolean }) {
  const w = useWorkspace();
  const kind = insight.kind ?? 'quotation';
  const Icon = ICONS[kind];
  return (
    <button type="button" className={`plain ${css.insight}`} data-old={isOld(insight)} onClick={open} draggable={drag}
      onDragStart={(event) => { event.dataTransfer.setData(INSIGHT, insight.id); event.dataTransfer.setData('text/plain', insight.words); event.dataTransfer.effectAllowed = 'copyLink'; }}>
      {insight.picture ? <img src={pictureAddress(w, insight.picture)} alt="" draggable={false} /> : <Icon size={16} stroke={1.6} aria-label={kind} role="img" className="faint" style={{ gridRow: 'span 2', marginTop: 2 }} />}
      <span className={css.quote}>{insight.words === BLANK ? <i className="faint">not written yet</i> : kind === 'quotation' ? `“${insight.words}”` : insight.words}</span>
      <span className="faint small">{from(plan, insight)}{used !== undefined && <> · {used ? `used ${plural(used, 'time')}` : 'not used yet'}</>}{isOld(insight) && <span className="doubt"> · old</span>}</span>
    </button>
  );
}
