import { Button, SegmentedControl } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAddress, useTo } from '../address';
import { useAsk, usePublished, useSummary } from '../api/queries';
import type { Variant, Variants } from '../api/nouns';
import { Empty } from '../parts/Empty';
import { Picture } from '../parts/Picture';
import { useSource } from '../parts/source';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { count, duration, percent, period, plural } from '../words';
import { Aligned, placesOf } from './Aligned';
import { GroupsList } from './GroupsList';
import { Look } from './Look';
import { useLook } from './looked';
import { Marked } from './Marked';
import { Tabs, useNames, type Names } from './Tabs';
import css from './journeys.module.css';

/** The same journey walked by many: aligned strips, the most walked first. */
export function VariantsPage() {
  const { level, subject } = useLook();
  const { get, set } = useAddress();
  const top = Number(get('top')) || 25;
  const summary = useSummary().data;
  const read = useAsk<Variants>('variants', { level, subject, top });
  const names = useNames();
  const to = useTo();
  const plan = usePublished().data;
  const places = level === 'touchpoint' && read.data?.variants[0]?.fitness !== null ? placesOf(plan, get('journey') || undefined) : [];
  const laid = get('laid') || 'strips';
  if (summary && !summary.has_data) return <Empty icon={<IconRoute size={32} stroke={1.4} />} title="No journeys yet" why="Here stand the ways people take from first to last event, the most walked first." step={<Button component={Link} to={to('data/bring')}>Bring a file</Button>} />;
  const { data } = read;
  return (
    <div className="page wide">
      <Tabs />
      <Look />
      {read.error ? <Trouble error={read.error} retry={() => void read.refetch()} /> : null}
      {!data && !read.error && <Rows count={10} height={44} />}
      {data && (
        <div style={{ opacity: read.isPlaceholderData ? 0.6 : 1 }}>
          <h1 style={{ maxWidth: 900 }}>{says(data)}</h1>
          <div className="row apart wrap" style={{ margin: '10px 0 14px' }}>
            <p className="soft">{plural(data.journeys, 'journey')} of {plural(data.people, 'person', 'people')}, {period(data.period.first_on, data.period.last_on)}</p>
          </div>
          {data.level === 'touchpoint' && <Legend />}
          <SegmentedControl aria-label="Shown as" mt={10} value={laid} onChange={(next) => set({ laid: next === 'strips' ? null : next }, false)} data={[{ value: 'strips', label: 'Strips' }, ...(places.length > 0 ? [{ value: 'plan', label: 'Over the plan' }] : []), { value: 'groups', label: 'Groups of their like' }]} />
          {laid === 'groups' ? <GroupsList names={names} /> : (
            <Drawn data={data}>
              {laid === 'plan' && places.length > 0 ? <Aligned variants={data.variants} places={places} names={names} /> : (
                <ol>{data.variants.map((one) => <Strip key={one.key} one={one} most={data.variants[0].count} names={names} touchpoints={data.level === 'touchpoint'} />)}</ol>
              )}
            </Drawn>
          )}
          <div className="row" style={{ marginTop: 14, display: laid === 'groups' ? 'none' : undefined }}>
            {data.variant_count > data.variants.length && <Button variant="default" onClick={() => set({ top: String(top + 50) }, false)}>Show 50 more of {count(data.variant_count)}</Button>}
          </div>
        </div>
      )}
    </div>
  );
}

function Drawn({ data, children }: { data: Variants; children: ReactNode }) {
  const source = useSource(data);
  const rows = data.variants.map((one) => ({ journeys: one.count, share: one.rate, people: one.people, median_seconds: one.median_seconds, fitness: one.fitness, steps: one.steps.join(' > '), missing: one.missing.join(' ') }));
  return <div style={{ marginTop: 14 }}><Picture title="The most walked ways from first to last event" units="share of journeys, each strip one way" source={source} data={rows} name="variants">{children}</Picture></div>;
}

function says(data: Variants): string {
  if (!data.journeys) return 'No journey began in this period for these people.';
  const half = data.variants.reduce((seen, one) => (seen.share >= 0.5 ? seen : { share: seen.share + one.rate, n: seen.n + 1 }), { share: 0, n: 0 });
  const ways = `${plural(data.journeys, 'journey')} took ${plural(data.variant_count, 'way')}`;
  return half.share >= 0.5 ? `${ways}; ${half.n === 1 ? 'one of them holds' : `the first ${half.n} hold`} ${percent(half.share)}.` : `${ways}; the most walked holds ${percent(data.variants[0]?.rate ?? 0)}.`;
}

function Legend() {
  return (
    <p className="row wrap small faint" aria-label="Legend">
      <span className={css.step} data-side="buyer">buyer’s side</span><span className={css.step} data-side="customer">customer’s side</span>
      <span className={css.step} data-mark="unplanned">unplanned</span><span className={css.step} data-mark="out of order">out of order</span>
      <span className={css.step} data-mark="repeated">repeated</span><span className={css.step} data-missing="true">missing</span>
    </p>
  );
}

const SIGNS: Record<string, string> = { unplanned: '+', 'out of order': '⇄', repeated: '↻' };

function Strip({ one, most, names, touchpoints }: { one: Variant; most: number; names: Names; touchpoints: boolean }) {
  const runs = folded(one);
  return (
    <li className={css.variant}>
      <div>
        <div className="row apart"><b style={{ fontWeight: 620 }}>{percent(one.rate, one.rate < 0.1 ? 1 : 0)}</b><span className="faint small">n {count(one.count)}</span></div>
        <div className={css.bar} style={{ marginTop: 4 }} aria-hidden><i style={{ width: `${(100 * one.count) / most}%` }} /></div>
      </div>
      <div className={css.steps}>
        {runs.map(({ step, mark, times }, n) => (
          <span key={n} className={css.step} data-side={touchpoints ? names.side(step) : undefined} data-mark={mark} title={mark && mark !== 'planned' ? `${names.name(step)}: ${mark}` : names.name(step)}>
            {SIGNS[mark] && <b aria-hidden>{SIGNS[mark]}</b>}<span>{names.name(step)}</span>{times > 1 && <b>×{times}</b>}{mark && mark !== 'planned' && <span className="unseen">, {mark}</span>}
          </span>
        ))}
        {one.length > one.steps.length && <span className="faint small" style={{ alignSelf: 'center' }}>and {one.length - one.steps.length} more</span>}
        {one.missing.map((step) => <span key={step} className={css.step} data-missing="true" title={`${names.name(step)} is missing`}><span>{names.name(step)}</span><span className="unseen">, missing</span></span>)}
      </div>
      <div className="small soft" style={{ textAlign: 'right' }}>
        <Marked behind={one.behind} words={plural(one.people, 'person', 'people')}>{plural(one.people, 'person', 'people')}</Marked>
        <br />{duration(one.median_seconds)} <span className="faint">median{one.fitness !== null && `, fit ${percent(one.fitness)}`}</span>
      </div>
    </li>
  );
}

/** Equal neighbours with equal marks as one, with how often. */
function folded(one: Variant): { step: string; mark: string; times: number }[] {
  const runs: { step: string; mark: string; times: number }[] = [];
  one.steps.forEach((step, n) => {
    const mark = one.marks[n] ?? '';
    const last = runs.at(-1);
    if (last && last.step === step && last.mark === mark) last.times += 1;
    else runs.push({ step, mark, times: 1 });
  });
  return runs;
}
