import { SegmentedControl, TextInput } from '@mantine/core';
import { useAddress } from '../address';
import type { Stuck, StuckPlace, TimeRow, Times } from '../api/nouns';
import { Figure } from '../parts/Figure';
import { SortTable, type Column } from '../parts/SortTable';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { atInstant, count, duration, plural } from '../words';
import { Look } from './Look';
import { Marked } from './Marked';
import { useSides } from './sides';
import { Tabs, useNames } from './Tabs';
import { Versus } from './Versus';
import css from './journeys.module.css';

/** Where are people stuck? */
export function StuckPage() {
  const { get, set } = useAddress();
  const of = get('of') || 'step';
  const hours = get('hours') || undefined;
  const sides = useSides<Stuck>('stuck', { of, hours });
  const times = useSides<Times>('time', { of, hours })[0];
  const error = sides.find((side) => side.read.error)?.read.error;
  const data = sides[0].data;
  return (
    <div className="page wide">
      <Tabs />
      <Look />
      <div className="row wrap" style={{ marginBottom: 14 }}>
        <SegmentedControl aria-label="Where" value={of} onChange={(next) => set({ of: next }, false)} data={[{ value: 'step', label: 'at a step' }, { value: 'stage', label: 'in a stage' }]} />
        <TextInput aria-label="Open hours" size="xs" w={220} placeholder="all hours, or Mon-Fri 09:00-17:00" defaultValue={get('hours')} onBlur={(event) => set({ hours: event.currentTarget.value.trim() || null }, false)}
          onKeyDown={(event) => { if (event.key === 'Enter') set({ hours: event.currentTarget.value.trim() || null }, false); }} />
      </div>
      <Versus />
      {error ? <Trouble error={error} retry={() => void sides[0].read.refetch()} /> : null}
      {!data && !error && <Rows count={6} height={80} />}
      {data && <Head data={data} />}
      <div className={css.sides}>
        {sides.map((side, n) => side.data && (
          <section key={n} aria-label={sides.length > 1 ? side.name : 'Where people are stuck'}>
            {sides.length > 1 && <h2 className="h3">{side.name}</h2>}
            <ol>{side.data.places.map((place) => <Place key={place.name} place={place} />)}</ol>
          </section>
        ))}
      </div>
      {times.data && times.data.rows.length > 0 && <section className="section"><h2>Time at every {of}</h2><Table data={times.data} /></section>}
    </div>
  );
}

function Head({ data }: { data: Stuck }) {
  const { name } = useNames();
  const first = data.places[0];
  return (
    <>
      <h1 style={{ maxWidth: 900 }}>{first ? `People are stuck most at ${name(first.name)}.` : 'Nobody is stuck: no place takes longer than it usually does.'}</h1>
      <p className="soft" style={{ margin: '8px 0 14px' }}>{[`${plural(data.journeys, 'journey')}, as of ${atInstant(data.now_at)}, the last event`, ...data.caveats].join(' · ')}</p>
    </>
  );
}

function Place({ place }: { place: StuckPlace }) {
  const { name } = useNames();
  const named = name(place.name);
  return (
    <li className={css.variant} style={{ gridTemplateColumns: '200px minmax(0, 1fr)' }}>
      <div><b>{named}</b><br /><span className="faint small">{plural(place.journeys, 'journey')} came by</span></div>
      <div>
        <p>{place.lasting.median === null ? 'Nobody went on from there.' : <>Half go on within {duration(place.lasting.median)}{place.lasting.p90 !== null && <>, nine in ten within {duration(place.lasting.p90)}</>}</>}{place.excess_days >= 1 && <span className="soft">; beyond the usual, {plural(Math.round(place.excess_days), 'day')} in all</span>}</p>
        <p className="small soft">
          <Marked behind={place.behind_waiting} words={`those who wait at ${named}`}>{count(place.waiting)} wait there now</Marked>{place.waiting_seconds !== null && <> for {duration(place.waiting_seconds)} (median)</>}{place.overdue > 0 && <>, {count(place.overdue)} longer than usual</>}
          {' '}· <Marked behind={place.behind_left} words={`those who left at ${named}`}>left there</Marked> <Figure result={place.left} />
          {' '}· <Marked behind={place.behind_again} words={`those who came to ${named} again`}>came again</Marked> <Figure result={place.again} />
        </p>
      </div>
    </li>
  );
}

function Table({ data }: { data: Times }) {
  const { name } = useNames();
  const time = (key: 'p10' | 'median' | 'p90', head: string): Column<TimeRow> => ({ key, head, of: (row) => row.lasting[key], show: (row) => { const found = row.lasting[key]; return found === null ? <span className="faint">–</span> : duration(found); }, number: true });
  const columns: Column<TimeRow>[] = [
    { key: 'name', head: data.of, of: (row) => name(row.name) },
    { key: 'journeys', head: 'Journeys', of: (row) => row.journeys, show: (row) => <Marked behind={row.behind} words={`those who came by ${name(row.name)}`}>{count(row.journeys)}</Marked>, number: true },
    { key: 'visits', head: 'Visits', of: (row) => row.visits, show: (row) => count(row.visits), number: true },
    time('p10', 'a tenth within'), time('median', 'half within'), time('p90', 'nine tenths within'),
    { key: 'open', head: 'There now', of: (row) => row.open, show: (row) => (row.open ? <Marked behind={row.behind_open} words={`those who are at ${name(row.name)}`}>{count(row.open)}</Marked> : '0'), number: true },
    { key: 'left', head: 'Left', of: (row) => row.left, show: (row) => (row.left ? <><Marked behind={row.behind_left} words={`those who left at ${name(row.name)}`}>{count(row.left)}</Marked> <Figure result={row.left_rate} brief /></> : '0'), number: true },
  ];
  return <SortTable rows={data.rows} columns={columns} caption={`Time at every ${data.of}`} id={(row) => row.name} first={{ key: 'journeys', down: true }} limit={100} />;
}
