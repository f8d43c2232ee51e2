import { SegmentedControl } from '@mantine/core';
import { useAddress, useSight } from '../address';
import type { Params } from '../api/client';
import type { MomentRow, Moments } from '../api/nouns';
import { useRoom, useTeams } from '../api/queries';
import { Marked } from '../journeys/Marked';
import { basis, Figure, isSmall } from '../parts/Figure';
import { Picture } from '../parts/Picture';
import { Dots } from '../parts/plots/Dots';
import { SortTable, type Column } from '../parts/SortTable';
import { useSource } from '../parts/source';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { percent } from '../words';
import { more, moreEnds } from './say';
import css from './why.module.css';

/** Which moments matter: how many meet one, how far it falls short, what that goes with. */
export function MomentsList({ ask }: { ask: Params }) {
  const { get, set } = useAddress();
  const read = useRoom<Moments>('/explain/moments', { ...useSight(), ...ask });
  const { data } = read;
  const source = useSource(data);
  if (read.error) return <Trouble error={read.error} retry={() => void read.refetch()} />;
  if (!data) return <Rows count={4} height={30} />;
  return (
    <section className={css.block} aria-label="Moments that matter" style={{ opacity: read.isPlaceholderData ? 0.6 : 1 }}>
      <div className="row apart wrap">
        <h2>Moments that matter</h2>
        <SegmentedControl size="xs" aria-label="Reach counted by" value={get('weigh') || 'people'} onChange={(value) => set({ weigh: value === 'people' ? null : value }, false)} data={[{ value: 'people', label: 'Who meets it' }, { value: 'meetings', label: 'How often' }]} />
      </div>
      {data.rows.length > 0 && (
        <Picture level={3} title={`${data.headline}.`} finding={`What each customer loses of it there, on average: reach × gap × effect; ${data.rung_name}.`} units={`lost of “${data.outcome_name}” per customer, 95 % interval`} source={source} name="moments that matter" table={false}
          data={data.rows.map((row) => ({ moment: row.name, words: row.words, owner: row.owner, rated_by: row.rated_by, reach: row.reach.value, gap: row.gap.value, effect: row.effect.value, matters: row.matters.value, low: row.matters.low, high: row.matters.high, n: row.matters.n }))}>
          <Dots zero label="Moments by what they cost" say={(value) => more(value, data.unit)} rows={data.rows.map((row) => ({
            key: row.touchpoint, name: row.name, note: row.words ? `“${row.words}”` : undefined, value: row.matters.value, low: row.matters.low, high: row.matters.high, few: isSmall(row.matters),
            colour: row.surely ? 'var(--broken)' : 'var(--planned)', words: `${row.name}: ${row.matters.value === null ? 'unknown' : `${more(row.matters.value, data.unit)} ${moreEnds(row.matters)}`}`,
            figure: row.matters.value === null ? 'unknown' : <>{more(row.matters.value, data.unit)} <span className="faint">{moreEnds(row.matters)}</span></>,
          }))} />
        </Picture>
      )}
      {data.rows.length > 0 ? <Table data={data} /> : <p className="soft">{data.caveats[0] ?? data.headline}</p>}
      {data.rows.length > 0 && data.unknown.length > 0 && <p className="small faint" style={{ marginTop: 10 }}>Neither asked about nor promised, so nothing can be weighed: {data.unknown.join(', ')}.</p>}
    </section>
  );
}

function Table({ data }: { data: Moments }) {
  const team = useTeams();
  const columns: Column<MomentRow>[] = [
    { key: 'name', head: 'Moment', of: (row) => row.name },
    { key: 'owner', head: 'Owner', of: (row) => team(row.owner || null) ?? '', show: (row) => team(row.owner || null) || <span className="faint">nobody</span> },
    { key: 'by', head: 'Rated by', of: (row) => row.rated_by, show: (row) => <>{row.rated_by} <span className="faint">({row.evidence})</span></> },
    { key: 'reach', head: 'Reach', of: (row) => row.reach.value, number: true, show: (row) => row.reach.value === null ? <Figure result={row.reach} /> : <Marked behind={row.met} words={`met ${row.name}`}>{data.weigh === 'meetings' ? row.reach.value.toFixed(2) : percent(row.reach.value)}</Marked> },
    { key: 'gap', head: 'Gap', of: (row) => row.gap.value, number: true, show: (row) => row.gap.value === null ? <Figure result={row.gap} /> : <Marked behind={row.low} words={`let down at ${row.name}`}>{percent(row.gap.value)}</Marked> },
    { key: 'effect', head: 'Effect', of: (row) => row.effect.value, number: true, show: (row) => row.effect.value === null ? <Figure result={row.effect} /> : <span title={basis(row.effect)}>{more(row.effect.value, row.effect.unit)} <span className="faint">{moreEnds(row.effect)}</span></span> },
    { key: 'matters', head: 'Matters', of: (row) => row.matters.value, number: true, show: (row) => row.matters.value === null ? <Figure result={row.matters} /> : <span title={basis(row.matters)}>{more(row.matters.value, row.matters.unit)}{!row.surely && <span className="faint">, could be chance</span>}</span> },
  ];
  return <div style={{ marginTop: 14 }}><SortTable rows={data.rows} columns={columns} caption="Moments in numbers" id={(row) => row.touchpoint} /></div>;
}
