import { Button, Tooltip } from '@mantine/core';
import { IconGauge, IconSpeakerphone } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useCockpit, useFindings, useSummary, useTeams } from '../api/queries';
import { onMap, useAddress, useServerLink, useTo } from '../address';
import type { Cockpit, Finding, Headline, Tone } from '../api/nouns';
import { Empty } from '../parts/Empty';
import { basis, interval, isSmall } from '../parts/Figure';
import { Sparkline } from '../parts/Sparkline';
import { ReportLink } from '../parts/ReportLink';
import { Trouble } from '../parts/Trouble';
import { Waiting } from '../parts/Waiting';
import { count, onDay, period, plural, signed, unticked, value } from '../words';
import css from './cockpit.module.css';

/** One page a marketing lead reads in 90 seconds. */
export function CockpitPage() {
  const summary = useSummary();
  const ready = Boolean(summary.data?.has_data && summary.data.has_plan);
  const cockpit = useCockpit(ready);
  if (summary.data && !ready) return <Beginning hasPlan={summary.data.has_plan} hasData={summary.data.has_data} />;
  if (cockpit.error) return <div className="page"><Trouble error={cockpit.error} retry={() => void cockpit.refetch()} /></div>;
  if (!cockpit.data) return <Waiting />;
  return <Full cockpit={cockpit.data} stale={cockpit.isPlaceholderData} />;
}

function Beginning({ hasPlan, hasData }: { hasPlan: boolean; hasData: boolean }) {
  const to = useTo();
  if (!hasData) {
    return (
      <Empty icon={<IconGauge size={32} stroke={1.4} />} title="The cockpit waits for its first events"
        why={hasPlan ? 'The plan is there. As soon as events are, this page says in one sentence how the journey goes, what breaks and whose turn it is.' : 'Once there are events and a plan, this page says in one sentence how the journey goes, what breaks and whose turn it is.'}
        step={<Button component={Link} to={to('data/bring')}>Bring a file</Button>} />
    );
  }
  return (
    <Empty icon={<IconSpeakerphone size={32} stroke={1.4} />} title="There are events, but no plan to hold them against"
      why="Draw the stages and touchpoints you intend; then this page can say where the lived journeys differ."
      step={<Button component={Link} to={to('plan/journeys')}>Draw the journey</Button>} />
  );
}

/** So many are read in a minute. */
const FIRST = 10;

/** The map's findings stand at once; those of the whys join them as soon as they are found. */
function Full({ cockpit, stale }: { cockpit: Cockpit; stale: boolean }) {
  const { get, set } = useAddress();
  const all = get('all') === '1';
  const whys = useFindings(true);
  const findings = whys.data && !whys.isPlaceholderData ? whys.data.rows : cockpit.findings;
  return (
    <article className="page" aria-busy={stale} style={{ opacity: stale ? 0.6 : 1 }}>
      <h1 style={{ maxWidth: 940 }}>{cockpit.headline.replaceAll(' %', '\u00a0%')}</h1>
      <p className="lede">{cockpit.subline} <ReportLink /></p>
      <div className={css.figures} role="list" aria-label="Figures">
        {cockpit.figures.map((one) => <FigureCard key={one.name} figure={one} />)}
      </div>
      <div className={css.columns}>
        <section aria-labelledby="know">
          <h2 id="know" style={{ marginBottom: 8 }}>What to know</h2>
          {findings.length === 0 && !whys.isPending && <p className="soft">Nothing stands out in this period. Look at <MapLink /> to see how the journey goes.</p>}
          <ol>{findings.slice(0, all ? undefined : FIRST).map((one) => <FindingLine key={one.id} finding={one} />)}</ol>
          {!all && findings.length > FIRST && <Button variant="default" mt={12} onClick={() => set({ all: '1' }, false)}>Show {findings.length - FIRST} more</Button>}
          <p className="faint small" role="status" style={{ marginTop: 10 }}>{whys.isPending ? 'Looking for what moved, and why …' : whys.data?.caveats.join(' · ')}</p>
        </section>
        <Turns findings={findings} />
      </div>
      <p className="faint small" style={{ marginTop: 32 }}>
        {period(cockpit.period.first_on, cockpit.period.last_on)} · plan version {cockpit.plan_version} · data version {cockpit.data_version} · intervals at 95 %
      </p>
    </article>
  );
}

function MapLink() {
  return <Link to={useTo()('map')}>the map</Link>;
}

const TONES: Record<Tone, string> = { good: 'good', bad: 'bad', doubt: 'doubt', plain: '', unknown: '' };

function FigureCard({ figure }: { figure: Headline }) {
  const link = useServerLink()(figure.link);
  const { result } = figure;
  const known = result !== null && result.value !== null;
  const moved = figure.change?.low != null && figure.change.high != null && figure.change.low * figure.change.high > 0;
  const body = (
    <>
      <span className={`${css.name} name`}>{figure.name}</span>
      <span className={css.line}>
        {known ? (
          <span className={`${css.number} ${isSmall(result) ? 'hatch' : ''}`} title={basis(result)}>{result.method === 'counts' ? signed(result.value!, 0) : value(result.value!, result.unit)}</span>
        ) : (
          <span className={`${css.unknown} hatch`}>cannot be said yet</span>
        )}
        <Sparkline series={figure.series} tone={figure.tone} label={`${figure.name} over twelve stretches of the period`} />
      </span>
      <span className={css.under}>{known ? `${interval(result)} ${interval(result) ? '·' : ''} n ${count(result.n)} ${result.of}${isSmall(result) ? ' · few, so take it as a hint' : ''}` : ' '}</span>
      {figure.change_words && <span className={moved ? TONES[figure.tone] : ''} title={figure.change ? basis(figure.change) : undefined}>{figure.change_words}</span>}
      <span className={moved ? 'soft' : TONES[figure.tone]}>{unticked(figure.words)}</span>
    </>
  );
  return (
    <div role="listitem" style={{ display: 'contents' }}>
      {link ? <Link to={link} className={css.figure}>{body}</Link> : <div className={css.figure}>{body}</div>}
    </div>
  );
}

function FindingLine({ finding }: { finding: Finding }) {
  const to = useTo();
  const owner = useTeams();
  const who = useServerLink()(finding.link);
  const place = onMap(finding.link);
  const link = place ? to('map', { selected: place }) : who;
  const picture = useServerLink()(finding.picture);
  const tone = finding.kind === 'desire line' && !(finding.verdict && finding.tone === 'plain') ? 'desire' : TONES[finding.tone];
  return (
    <li className={css.finding}>
      <span className={`dot ${tone}`} aria-hidden style={{ marginTop: 7 }} />
      <div>
        {link ? <Link to={link}>{finding.words}</Link> : <b style={{ fontSize: 14 }}>{finding.words}</b>}
        <p className="faint small" style={{ marginTop: 2 }}>
          {finding.detail}
          {finding.money?.value != null && <span title={basis(finding.money)}> · {value(finding.money.value, finding.money.unit)}</span>}
          {finding.rung && <> · <Tooltip label={RUNGS[finding.rung] ?? 'How sure we are of the why.'}><span className="define" tabIndex={0}>{finding.rung}</span></Tooltip></>}
          {picture && picture !== link && <> · <Link to={picture} className={css.see}>see why</Link></>}
          {place && who && <> · <Link to={who} className={css.see}>who</Link></>}
        </p>
      </div>
      <span className={finding.owner ? 'soft' : 'bad'}>{owner(finding.owner) ?? 'no owner'}</span>
      <span className={css.kind}>{KINDS[finding.kind] ?? finding.kind}{finding.since_on && <><br />since {onDay(finding.since_on)}</>}</span>
    </li>
  );
}

/** Whose turn it is: the findings once more, by who owns them. */
function Turns({ findings }: { findings: Finding[] }) {
  const to = useTo();
  const name = useTeams();
  const owners = new Map<string, Finding[]>();
  for (const one of findings) {
    const owner = one.owner ?? '';
    owners.set(owner, [...(owners.get(owner) ?? []), one]);
  }
  if (!owners.size) return null;
  const lines = [...owners].sort((a, b) => b[1].length - a[1].length);
  return (
    <section aria-labelledby="turn">
      <h2 id="turn" style={{ marginBottom: 8 }}>Whose turn it is</h2>
      <ul>
        {lines.map(([owner, own]) => (
          <li key={owner} className={css.turn}>
            <span className={owner ? 'strong' : 'strong bad'} style={{ fontWeight: 560 }}>{name(owner) || 'Nobody yet'}</span>
            <span className="soft">{kinds(own)}</span>
          </li>
        ))}
      </ul>
      {owners.has('') && <p style={{ marginTop: 12 }}><Link to={to('plan/ownership')}>Give them an owner</Link></p>}
    </section>
  );
}

const KINDS: Record<string, string> = { promise: 'promise', 'desire line': 'desire line', silent: 'silent touchpoint', unowned: 'unowned touchpoint', unclaimed: 'unclaimed event', contested: 'contested event', unmeasured: 'unmeasured touchpoint', deviation: 'deviation', held: 'held identifier', figure: 'figure', driver: 'moment that matters', glitch: 'glitch', ripple: 'ripple' };
const RUNGS: Record<string, string> = {
  'moves together': 'L0: both go up and down together; something else may move both.', 'like with like': 'L1: customers who were alike beforehand are held against each other.',
  'natural comparison': 'L2: before and after, held against those it did not reach.', experiment: 'L3: chance decided who got what.',
};

function kinds(findings: Finding[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of findings) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, n]) => plural(n, KINDS[kind] ?? kind)).join(', ');
}
