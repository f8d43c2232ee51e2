import { IconArrowsSplit, IconMessage, IconRepeat, IconRouteOff } from '@tabler/icons-react';
import { memo } from 'react';
import { Grade } from '../../map/Grade';
import { Medium } from '../../parts/Medium';
import { Meter, STATE } from '../../parts/Meter';
import { count, percent, plural, short } from '../../words';
import { useTools } from './context';
import type { Item } from './model';
import { usePick } from './picks';
import { Wording } from './Wording';
import css from './board.module.css';

const NAMES: Record<Item['kind'], string> = { moment: 'moment', experience: 'experience', step: 'touchpoint', promise: 'promise', message: 'message', card: 'card', field: 'words', team: 'owner' };
const STATES = { kept: '', new: 'to come', going: 'to go' } as const;

/** One thing on the board. Only what is its own is drawn again: chosen, edited, or changed. */
export const ItemCard = memo(function ItemCard({ item }: { item: Item }) {
  const chosen = usePick((picks) => picks.chosen.has(item.key));
  const editing = usePick((picks) => picks.editing === item.key);
  const ring = usePick((picks) => picks.others.get(item.element) ?? picks.others.get(`${item.kind}:${item.id}`));
  const talked = usePick((picks) => picks.talked.get(item.element) ?? picks.talked.get(`${item.kind}:${item.id}`) ?? 0);
  const body = editing ? <Wording item={item} /> : <Body item={item} />;
  return (
    <div role={editing ? undefined : 'button'} aria-pressed={editing ? undefined : chosen} aria-label={editing ? undefined : [spoken(item), talked > 0 && plural(talked, 'open comment')].filter(Boolean).join(', ')} title={hint(item)}
      className={css.item} data-item={item.key} data-node={item.key} data-kind={item.kind} data-look={look(item)} data-state={item.state} data-on={chosen} data-dim={item.dim} data-fixed={item.fixed} data-tone={item.tone}
      data-mark={item.mark} tabIndex={-1} style={ring ? { boxShadow: `0 0 0 2px ${ring.colour}` } : undefined}>
      {body}
      {talked > 0 && <span className={css.talked}><IconMessage size={11} stroke={1.8} aria-hidden />{talked}<span className="unseen"> {talked === 1 ? 'comment' : 'comments'}</span></span>}
      {ring && <span className={css.ring} style={{ background: ring.colour }}>{ring.name}</span>}
    </div>
  );
});

const look = (item: Item): string => (item.kind === 'card' ? (['pains', 'opportunities', 'insights', 'images'].includes(item.lane) ? item.lane : 'card') : item.kind);

function hint(item: Item): string | undefined {
  const parts = [item.name.length > 40 ? item.name : '', item.ownerName ? `owner ${item.ownerName}` : '', (item.uses ?? 1) > 1 ? `stands in ${item.uses} places` : '', item.within ? `late after ${item.within}` : '', item.sub && item.kind !== 'experience' ? item.sub : ''].filter(Boolean);
  return parts.length ? parts.join(' · ') : undefined;
}

/** The card as one hears it. */
function spoken(item: Item): string {
  const name = item.branches ? `one of ${item.branches.map((one) => one.name).join(', ')}` : item.name;
  const signs = [item.optional && 'optional', item.repeats && 'repeats', (item.uses ?? 1) > 1 && `in ${item.uses} places`, item.ownerName && `owner ${item.ownerName}`, item.tone, STATES[item.state], item.tag, item.grade, item.over !== undefined ? item.overHint : item.people !== undefined && `${count(item.people)} people`];
  const kept = item.promise && item.promise.kept.value !== null ? `${percent(item.promise.kept.value)} kept` : '';
  return [name, NAMES[item.kind], ...signs, kept].filter(Boolean).join(', ');
}

function Body({ item }: { item: Item }) {
  switch (item.kind) {
    case 'step': return <StepBody item={item} />;
    case 'moment': return (
      <>
        <span className={css.words}>“{item.name}” {item.grade && <Grade grade={item.grade} />}</span>
        {item.tag && <span className={css.unmet}>{item.tag}</span>}
      </>
    );
    case 'experience': return (
      <>
        <span className={css.words}>{item.name}</span>
        <span className={css.foot}><i className={css.tone} data-tone={item.tone} />{item.tone}{item.tag && <span className="doubt">{item.tag}</span>}</span>
      </>
    );
    case 'promise': return <PromiseBody item={item} />;
    case 'team': return <span className={item.id ? 'soft' : 'bad'}>{item.name} {item.sub && <small className="faint">{item.sub}</small>}</span>;
    case 'field': return <><span className={css.words}>{item.name}</span>{item.sub && <small className={css.of}>{item.sub}</small>}</>;
    default: return <CardBody item={item} />;
  }
}

function StepBody({ item }: { item: Item }) {
  return (
    <>
      {item.branches ? (
        <span className={css.branches}>
          <small className={css.sign}><IconArrowsSplit size={12} stroke={1.7} aria-hidden /> one of</small>
          {item.branches.map((one) => <span key={one.id} className={css.branch}><Medium medium={one.medium} size={13} /><span>{one.name}</span></span>)}
        </span>
      ) : <span className={css.name}><Medium medium={item.medium ?? 'screen'} /><span lang="en">{item.name}</span></span>}
      <span className={css.foot}>
        {item.owner && <span>{item.owner}</span>}
        {item.grade && <Grade grade={item.grade} />}
        {item.optional && <small className={css.sign} title="may be skipped"><IconRouteOff size={12} stroke={1.7} aria-hidden /><span>may skip</span></small>}
        {item.repeats && <IconRepeat size={12} stroke={1.8} aria-label="repeats" role="img" />}
        {(item.uses ?? 1) > 1 && <small className={css.uses}>×{item.uses}</small>}
        {item.over !== undefined ? <span className={`${css.end} ${item.overFew ? 'hatch' : ''}`} title={item.overHint}>{item.over}</span> : item.people !== undefined && <span className={css.end}>{item.mark === 'alive' ? short(item.people) : item.mark}</span>}
      </span>
    </>
  );
}

function PromiseBody({ item }: { item: Item }) {
  const { promise } = item;
  return (
    <>
      <span className={css.words}>{item.name}</span>
      {promise ? (
        <>
          <Meter promise={promise} height={6} />
          <span className={css.foot}><b className={STATE[promise.state].tone}>{promise.kept.value === null ? 'not judged' : percent(promise.kept.value)}</b><span className={css.end}>n {count(promise.kept.n)}</span></span>
        </>
      ) : <span className={css.foot}>{item.grade && <Grade grade={item.grade} />}{item.tag && <span className={css.give}>{item.tag}</span>}</span>}
    </>
  );
}

function CardBody({ item }: { item: Item }) {
  const { picture } = useTools();
  return (
    <>
      {item.picture && <img className={css.picture} src={picture(item.picture)} alt={item.name} loading="lazy" draggable={false} />}
      {!(item.picture && item.name === 'A picture') && <span className={css.words}>{item.tag === 'quotation' ? `“${item.name}”` : item.name}</span>}
      {(item.sub || item.owner || (item.uses ?? 1) > 1) && (
        <span className={css.foot}>
          {item.grade && <Grade grade={item.grade} />}{item.owner && <span>{item.owner}</span>}{item.sub && <span className={css.give}>{item.sub}</span>}
          {(item.uses ?? 1) > 1 && <small className={css.uses}>×{item.uses}</small>}
        </span>
      )}
    </>
  );
}
