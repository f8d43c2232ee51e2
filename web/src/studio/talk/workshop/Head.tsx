import { Button, Menu } from '@mantine/core';
import { IconArrowRight, IconChevronDown, IconPlayerPause, IconPlayerPlay, IconPlus, IconUsers } from '@tabler/icons-react';
import { plural } from '../../../words';
import { useMe } from '../ask';
import { clockWords, useLeft, type Sitting } from './sitting';
import { ROUNDS } from './rounds';
import css from './workshop.module.css';

/** The round, its time by the server's clock, who is here; and for who leads, the way through the agenda. */
export function Head({ sitting, readAt }: { sitting: Sitting; readAt: number }) {
  const { workshop, kind, ended } = sitting;
  const round = workshop.agenda.rounds[workshop.at];
  return (
    <div className={css.head} role="group" aria-label="Course of the workshop">
      <div style={{ minWidth: 0 }}>
        <p className="faint small">{workshop.agenda.title} · led by {workshop.i_lead ? 'you' : workshop.led_by}{workshop.agenda.anonymous && ' · notes without names'}</p>
        <h1>{ended ? 'This workshop has ended.' : round.words || ROUNDS[kind].about}</h1>
        <ol className={css.steps} aria-label="Agenda">
          {workshop.agenda.rounds.map((one, n) => <li key={n} data-now={!ended && n === workshop.at} data-past={ended || n < workshop.at} aria-current={!ended && n === workshop.at ? 'step' : undefined}>{ROUNDS[one.kind].name}</li>)}
        </ol>
      </div>
      <div className={css.headright}>
        {!ended && <Clock sitting={sitting} readAt={readAt} />}
        <span className="small soft row" style={{ gap: 4 }} title={workshop.people.join(', ')}><IconUsers size={14} aria-hidden />{plural(workshop.people.length, 'person', 'people')}</span>
        {!ended && !workshop.i_lead && <TakeOver sitting={sitting} />}
      </div>
      {!ended && workshop.i_lead && <Lead sitting={sitting} />}
    </div>
  );
}

function Clock({ sitting, readAt }: { sitting: Sitting; readAt: number }) {
  const { workshop } = sitting;
  const left = useLeft(workshop, readAt);
  const { running } = workshop.clock;
  const state = left <= 0 ? 'over' : running ? (left < 31 ? 'near' : 'running') : 'held';
  return <div className={css.clock} data-state={state} role="timer" aria-label={`${clockWords(left)} left${running ? '' : ', the clock is held'}`}>{clockWords(left)}<small>{left <= 0 ? 'time is up' : running ? 'left' : 'held'}</small></div>;
}

function Lead({ sitting }: { sitting: Sitting }) {
  const { workshop, act, busy } = sitting;
  const { rounds } = workshop.agenda;
  const next = rounds[workshop.at + 1];
  return (
    <div className={css.lead}>
      <Button variant="default" disabled={busy} leftSection={workshop.clock.running ? <IconPlayerPause size={14} aria-hidden /> : <IconPlayerPlay size={14} aria-hidden />} onClick={() => void act('POST', '/clock', { act: workshop.clock.running ? 'pause' : 'go' })}>{workshop.clock.running ? 'Hold the clock' : 'Start the clock'}</Button>
      <Button variant="default" disabled={busy} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => void act('POST', '/clock', { act: 'more' })}>1 min</Button>
      <Menu shadow="md" position="bottom-end" withinPortal>
        <Menu.Target><Button variant="subtle" color="gray" rightSection={<IconChevronDown size={13} aria-hidden />}>Go to …</Button></Menu.Target>
        <Menu.Dropdown>
          {rounds.map((one, n) => n !== workshop.at && <Menu.Item key={n} onClick={() => void act('POST', '/round', { at: n })}>{n + 1}. {ROUNDS[one.kind].name}</Menu.Item>)}
          <Menu.Divider />
          <Menu.Item color="red" onClick={() => void act('POST', '/end')}>End the workshop</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {next ? <Button loading={busy} rightSection={<IconArrowRight size={14} aria-hidden />} onClick={() => void act('POST', '/round', { at: workshop.at + 1 })}>{ROUNDS[next.kind].name}</Button>
        : <Button loading={busy} onClick={() => void act('POST', '/end')}>End the workshop</Button>}
    </div>
  );
}

/** For who may edit, when who led has dropped out. */
function TakeOver({ sitting }: { sitting: Sitting }) {
  const me = useMe();
  return me?.edits ? <button type="button" className={`plain small faint ${css.takeover}`} onClick={() => void sitting.act('POST', '/lead')}>take over the lead</button> : null;
}
