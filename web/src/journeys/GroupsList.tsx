import { Slider } from '@mantine/core';
import { useAddress } from '../address';
import type { Groups, Group } from '../api/nouns';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, duration, percent, plural } from '../words';
import { Marked } from './Marked';
import { useSides } from './sides';
import type { Names } from './Tabs';
import css from './journeys.module.css';

/** Variants of a kind together: each group by a real journey that stands for it; open one to look inside. */
export function GroupsList({ names }: { names: Names }) {
  const { get, set } = useAddress();
  const inside = get('inside');
  const many = get('groups');
  const read = useSides<Groups>('groups', { count: many || undefined, inside: inside || undefined })[0].read;
  const data = read.data;
  if (read.error) return <Trouble error={read.error} retry={() => void read.refetch()} />;
  if (!data) return <Rows count={5} height={56} />;
  return (
    <div style={{ opacity: read.isPlaceholderData ? 0.6 : 1 }}>
      <div className="row wrap" style={{ margin: '12px 0' }}>
        <span className="small soft">Groups</span>
        <Slider w={180} size="xs" min={1} max={20} value={Number(many) || data.groups.length} label={null} thumbLabel="How many groups" onChange={(n) => set({ groups: String(n) }, false)} />
        <span className="small">{data.groups.length}{data.suggested !== data.groups.length && data.suggested > 0 && <button type="button" className={css.mark} onClick={() => set({ groups: String(data.suggested) }, false)}>&ensp;{data.suggested} tell them apart best</button>}</span>
        {inside && <button type="button" className={css.mark} onClick={() => set({ inside: inside.includes('/') ? inside.slice(0, inside.lastIndexOf('/')) : null })}>back out of group {inside.split('/').join(', ')}</button>}
      </div>
      {data.caveats.length > 0 && <p className="faint small">{data.caveats.join(' · ')}</p>}
      <ol>{data.groups.map((one) => <Row key={one.number} one={one} names={names} open={() => set({ inside: inside ? `${inside}/${one.number}` : String(one.number) })} />)}</ol>
    </div>
  );
}

function Row({ one, names, open }: { one: Group; names: Names; open: () => void }) {
  const runs = one.steps.reduce<{ step: string; times: number }[]>((all, step) => { const last = all.at(-1); if (last?.step === step) last.times += 1; else all.push({ step, times: 1 }); return all; }, []);
  return (
    <li className={css.variant}>
      <div><b>{percent(one.rate, one.rate < 0.1 ? 1 : 0)}</b> <span className="faint small">n {count(one.journeys)}</span><div className={css.bar} style={{ marginTop: 4 }} aria-hidden><i style={{ width: `${100 * one.rate}%` }} /></div></div>
      <div>
        <div className={css.steps}>{runs.slice(0, 24).map((run, n) => <span key={n} className={css.step} data-side={names.side(run.step)}><span>{names.name(run.step)}</span>{run.times > 1 && <b>×{run.times}</b>}</span>)}{runs.length > 24 && <span className="faint small">and more</span>}</div>
        <p className="faint small" style={{ marginTop: 4 }}>{plural(one.variants, 'way')} like this one, {percent(one.spread)} apart on average{one.variants > 1 && <> · <button type="button" className={css.mark} onClick={open}>look inside</button></>}</p>
      </div>
      <div className="small soft" style={{ textAlign: 'right' }}><Marked behind={one.behind} words={`${plural(one.people, 'person', 'people')} of group ${one.number}`}>{plural(one.people, 'person', 'people')}</Marked><br />{duration(one.median_seconds)} <span className="faint">median</span></div>
    </li>
  );
}
