import type { Experiment, Goal, GoalArm, Result } from '../api/nouns';
import { Marked } from '../journeys/Marked';
import { Picture } from '../parts/Picture';
import { Legend, StackedBars, type Part } from '../parts/plots/Bars';
import { Dots, type Dot } from '../parts/plots/Dots';
import { TrendLine } from '../parts/plots/Trend';
import { useSource } from '../parts/source';
import { count, isShare, onDay, percent, value } from '../words';
import { ends, more, moreEnds } from './say';
import css from './why.module.css';

const HUES = ['var(--ribbon)', 'var(--accent)', 'var(--kept)', 'var(--doubt)', 'var(--broken)'];
const amount = (unit: string) => (number: number) => {
  const said = isShare(unit) ? (number * 100).toFixed(Math.abs(number) < 0.02 && number ? 1 : 0) : value(number, unit);
  return number > 0 && !said.startsWith('+') ? `+${said}` : said;
};

/** One goal: each arm against the control three times over: at one look, with CUPED, at every look. */
export function GoalPicture({ goal, data }: { goal: Goal; data: Experiment }) {
  const source = useSource(data);
  const control = goal.arms.find((one) => !one.fixed);
  const others = goal.arms.filter((one) => one.fixed);
  const unit = goal.unit === 'share' ? 'points of the share of customers' : goal.unit === 'rate' ? 'points of a share' : goal.unit === 'on its scale' ? 'on the question’s own scale' : `${goal.unit} per customer`;
  const rows = others.flatMap((one) => kinds(one, data).map(([name, found, counts]) => row(one, name, found, counts)));
  const kept = goal.kept === null ? '' : ` CUPED leaves ${percent(goal.kept)} of the variance.`;
  return (
    <section className={css.block} aria-label={goal.words}>
      <Picture title={others.map((one) => one.words).join(' ')} finding={`${detects(others, goal.unit)}${kept}`} units={`${unit}, arm less ${control?.arm ?? 'control'}, 95 % intervals; filled: the one the verdict rests on`} source={source}
        data={goal.arms.map((one) => numbers(goal, one))} name={goal.name} table={false}
        legend={<p className="soft">{goal.arms.map((one, n) => <span key={one.arm}>{n > 0 && ' · '}<b>{one.arm}</b> {one.value.value === null ? 'blanked' : one.value.behind ? <Marked behind={one.value.behind} words={`${goal.words}, ${one.arm}`}>{value(one.value.value, one.value.unit)}</Marked> : value(one.value.value, one.value.unit)} <span className="faint">{ends(one.value)} n {count(one.value.n)}</span></span>)}</p>}>
        {data.gate.holds && <Dots rows={rows} label={goal.words} say={amount(goal.unit)} zero />}
      </Picture>
    </section>
  );
}

function kinds(one: GoalArm, data: Experiment): [string, Result | null, boolean][] {
  const found: [string, Result | null, boolean][] = [['at one look', one.fixed, data.counts === 'fixed'], ['with CUPED', one.adjusted, false], ['at every look', one.always, data.counts === 'always']];
  return found.filter(([, result]) => result);
}

function row(one: GoalArm, name: string, found: Result | null, counts: boolean): Dot {
  const colour = one.verdict === 'more' || one.verdict === 'less' ? 'var(--accent)' : 'var(--ink-3)';
  const words = found?.value == null ? 'unknown' : `${more(found.value, found.unit)} ${moreEnds(found)}`;
  return { key: `${one.arm} ${name}`, name: one.arm, note: name, value: found?.value ?? null, low: found?.low ?? null, high: found?.high ?? null, few: !counts, colour, words: `${one.arm}, ${name}: ${words}`, figure: words };
}

function detects(others: GoalArm[], unit: string): string {
  const least = others.map((one) => one.detectable).filter((one): one is number => one !== null);
  return least.length ? `So many customers show a true difference of ${more(Math.max(...least), unit).replace('+', '')} four times in five.` : '';
}

const numbers = (goal: Goal, one: GoalArm) => ({
  goal: goal.name, arm: one.arm, value: one.value.value, low: one.value.low, high: one.value.high, n: one.value.n, difference: one.fixed?.value ?? null, fixed_low: one.fixed?.low ?? null, fixed_high: one.fixed?.high ?? null,
  cuped: one.adjusted?.value ?? null, cuped_low: one.adjusted?.low ?? null, cuped_high: one.adjusted?.high ?? null, always_low: one.always?.low ?? null, always_high: one.always?.high ?? null,
  p: one.p, p_corrected: one.p_corrected, verdict: one.verdict,
});

/** What one would have read at the end of each day: the interval that holds at every look. */
export function Looks({ data }: { data: Experiment }) {
  const source = useSource(data);
  const goal = data.goals[0];
  const other = goal.arms.find((one) => one.fixed);
  const say = amount(goal.unit);
  const points = data.looks.map((one) => ({
    key: one.on, name: onDay(one.on), value: one.value, low: one.always_low, high: one.always_high,
    words: one.value === null ? 'unknown' : `${say(one.value)} [${one.always_low === null ? '' : say(one.always_low)}, ${one.always_high === null ? '' : say(one.always_high)}], ${count(one.customers)} customers`,
  }));
  return (
    <section className={css.block} aria-label="Day by day">
      <Picture title="As one would have read it, day by day" finding={`The band holds at all looks together. The fixed interval, read at each of these ${data.looks.length} looks, would have raised a false alarm ${percent(data.peeking)} of the time.`}
        units={`${goal.words}: ${other?.arm ?? ''} less the control`} source={source} data={data.looks.map((one) => ({ ...one }))} name="day by day">
        <TrendLine points={points} label="The difference day by day" say={say} target={{ value: 0, name: 'no difference' }} />
      </Picture>
    </section>
  );
}

/** Who came in when: an arm that stops or starts by itself shows here. */
export function Exposures({ data }: { data: Experiment }) {
  const source = useSource(data);
  const parts: Part[] = data.arms.map((arm, n) => ({ key: arm.name, name: arm.name, colour: HUES[n % HUES.length] }));
  const bars = data.exposure.map(([on, counts]) => ({
    key: String(on), name: onDay(String(on)), parts: Object.fromEntries(data.arms.map((arm, n) => [arm.name, Number((counts as number[])[n])])),
    words: `${onDay(String(on))}: ${data.arms.map((arm, n) => `${arm.name} ${count(Number((counts as number[])[n]))}`).join(', ')}`,
  }));
  return (
    <section className={css.block} aria-label="Exposure">
      <Picture title="New customers of each arm, by day" units="customers exposed for the first time" source={source} data={bars.map((bar) => ({ day: bar.key, ...bar.parts }))} name="exposure" legend={<Legend parts={parts} />}>
        <StackedBars bars={bars} parts={parts} label="New customers of each arm by day" say={count} height={180} />
      </Picture>
    </section>
  );
}
