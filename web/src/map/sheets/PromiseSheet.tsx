import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { useTo } from '../../address';
import { Meter, STATE } from '../../parts/Meter';
import { count, percent, plural } from '../../words';
import { useBoard } from '../context';
import { Basis, Fact, Facts, Group, Plain } from './Fact';

/** How many more broken ones the target allows among those judged. */
function budget(n: number, target: number, broken: number): string {
  const allowed = Math.floor(n * (1 - target) + 1e-9);
  if (broken <= allowed) return `${count(allowed - broken)} of ${count(allowed)} allowed misses are left in this period.`;
  return `${count(broken)} were broken where the target allows ${count(allowed)}: ${count(broken - allowed)} too many.`;
}

export function PromiseSheet({ id }: { id: string }) {
  const { sheet, select, team } = useBoard();
  const to = useTo();
  const one = sheet.promises.find((promise) => promise.id === id);
  if (!one) return <p className="soft">This journey has no promise “{id}”.</p>;
  const touchpoint = sheet.touchpoints.find((tp) => tp.id === one.touchpoint);
  const allowed = one.kept.n * (1 - one.target);
  return (
    <>
      <p className="faint small">promise · per {one.per}</p>
      <h2 style={{ paddingRight: 24 }}>{one.name}</h2>
      {one.words && <p className="soft" style={{ marginTop: 6 }}>“{one.words}”</p>}
      <div className="card stack" style={{ marginTop: 14, borderColor: STATE[one.state].colour, gap: 8 }}>
        <span className="row apart"><b className={STATE[one.state].tone} style={{ fontSize: 20 }}>{one.kept.value === null ? 'not judged' : percent(one.kept.value, 1)}</b><span>{STATE[one.state].words}, target {percent(one.target)}</span></span>
        <Meter promise={one} />
        {one.kept.n > 0 && <p className="soft small">{budget(one.kept.n, one.target, one.broken_count)}</p>}
        {one.kept.n > 0 && allowed > 0 && (
          <div aria-hidden style={{ height: 4, background: 'var(--press)', borderRadius: 9, overflow: 'hidden' }}>
            <div style={{ height: '100%', width: `${Math.min(100, (one.broken_count / allowed) * 100)}%`, background: one.broken_count > allowed ? 'var(--broken)' : 'var(--ink-3)' }} />
          </div>
        )}
      </div>
      <Facts>
        <Fact name="Kept" help="Share kept of those judged. Not yet due is not judged." result={one.kept} />
        <Plain name="Counts">{count(one.kept_count)} kept, {count(one.broken_count)} broken<small>{count(one.open_count)} not yet due</small></Plain>
        <Plain name="Touchpoint"><button type="button" className="plain desire" onClick={() => select(`touchpoint:${one.touchpoint}`)}>{touchpoint?.name ?? one.touchpoint}</button></Plain>
        <Plain name="Owner">{team(one.owner) ?? <Link to={to('plan/promises')} className="bad">no owner: name one</Link>}</Plain>
      </Facts>
      <Group title="The people">
        <div className="row wrap" style={{ marginTop: 6 }}>
          {one.broken_count > 0 && <Button component={Link} to={to('customers', { promise: `${id}:broken` })}>Broken for {count(one.broken_count)}</Button>}
          {one.kept_count > 0 && <Button variant="default" component={Link} to={to('customers', { promise: `${id}:kept` })}>Kept for {count(one.kept_count)}</Button>}
          {one.open_count > 0 && <Button variant="default" component={Link} to={to('customers', { promise: `${id}:open` })}>Open: {count(one.open_count)}</Button>}
        </div>
        {one.per !== 'customer' && <p className="faint small" style={{ marginTop: 6 }}>Judged per {one.per}: one person may stand for several.</p>}
      </Group>
      <Basis result={one.kept} />
      <p className="faint small">{plural(one.kept.n, 'judgement')}</p>
    </>
  );
}
