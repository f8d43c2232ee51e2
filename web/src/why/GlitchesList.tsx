import type { Glitches, GlitchRow } from '../api/nouns';
import { useTeams } from '../api/queries';
import { Marked } from '../journeys/Marked';
import { Picture } from '../parts/Picture';
import { useSource } from '../parts/source';
import { count, onDay, plural } from '../words';
import { GlitchSeries } from './GlitchSeries';
import css from './ripples.module.css';

export const named = (row: GlitchRow): string => `${row.series}:${row.began_on}`;

/** What began to go otherwise than usual: the list, and the chosen one day by day. */
export function GlitchesList({ data, chosen, choose }: { data: Glitches; chosen: GlitchRow | undefined; choose: (row: GlitchRow) => void }) {
  const team = useTeams();
  const source = useSource(data);
  const series = chosen && data.series.find((one) => one.id === chosen.series);
  const single = data.glitches.filter((row) => !row.season);
  const seasons = data.glitches.filter((row) => row.season);
  const One = ({ row }: { row: GlitchRow }) => (
    <li>
      <button type="button" className={css.one} aria-pressed={chosen === row} onClick={() => choose(row)}>
        <span>{row.worse ? <span className={css.bad}>worse </span> : null}{row.words.replace(/;.*$/, '')}</span>
        <small>{row.ended_on ? `over on ${onDay(row.ended_on)}` : 'still going on'}</small>
        <small>{row.seen_on ? `live watch rang ${onDay(row.seen_on)}` : 'shows in hindsight'}</small>
        <small>{team(row.owner) ?? 'nobody’s'}</small>
      </button>
    </li>
  );
  return (
    <section aria-label="Glitches">
      <h2>Glitches</h2>
      {!data.glitches.length && data.watched > 0 && <p className="soft">{count(data.watched)} series are watched; none goes otherwise than usual.</p>}
      <ul className={css.list}>{single.map((row) => <One key={named(row)} row={row} />)}</ul>
      {seasons.length > 0 && (
        <details style={{ marginTop: 8 }}>
          <summary className="small soft">{plural(seasons.length, 'touchpoint')} moved alike at a time: a season rather than a glitch</summary>
          <ul className={css.list}>{seasons.map((row) => <One key={named(row)} row={row} />)}</ul>
        </details>
      )}
      {chosen && series && (
        <div style={{ marginTop: 18 }}>
          <Picture level={3} title={`${chosen.words.split(';')[0]}.`} units={`${series.name}: ${series.unit === 'share' ? 'share' : series.unit}; grey: where a single day should lie; lines: the usual before, and then`} source={source} name={`glitch ${chosen.series}`}
            finding={`${chosen.season ? 'Most touchpoints moved alike at that time. ' : ''}${chosen.lasting && chosen.lasting < 182 && !chosen.ended_on ? `Most probably the present state has lasted ${plural(chosen.lasting, 'day')}.` : ''}`}
            data={series.starts.map((start, i) => ({ day: start.slice(0, 10), value: series.level[i], usual: series.usual[i], low: series.low[i], high: series.high[i] }))} table={false}>
            <GlitchSeries series={series} glitch={chosen} key={named(chosen)} />
          </Picture>
          {chosen.reached.value ? <p className="small soft" style={{ marginTop: 6 }}>It reached <Marked behind={chosen.reached.behind} words={chosen.name}>{plural(chosen.reached.value, 'known customer')}</Marked>.</p> : null}
        </div>
      )}
    </section>
  );
}
