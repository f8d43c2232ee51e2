import { ActionIcon, Menu, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useAddress, usePlace } from '../address';
import type { Summary } from '../api/nouns';
import { useVersions } from '../api/queries';
import { AccountMenu } from '../people/AccountMenu';
import { PresenceDots } from '../draft/PresenceDots';
import { PeriodPick } from './PeriodPick';
import { SegmentPick } from './SegmentPick';
import css from './shell.module.css';

const ForMeMark = lazy(async () => ({ default: (await import('../studio/talk/ForMeMark')).ForMeMark }));

/** What one looks at: brand and version, and the three things that narrow it. */
export function Top({ summary }: { summary: Summary | undefined }) {
  const place = usePlace();
  const measured = !place.startsWith('plan') && !place.startsWith('data') && !place.startsWith('people');
  return (
    <header className={css.top}>
      <div className={css.title}>
        <b>{summary?.brand ?? ' '}</b>
        {summary && <small className="faint small">{summary.plan_version ? `plan version ${summary.plan_version}` : 'no plan published'}</small>}
        {summary && (
          <Tooltip label={summary.simulated ? 'An invented brand: its people and events were made by a program.' : 'Figures come from the sources that were imported.'}>
            <span className={`badge ${summary.simulated ? 'sim' : 'real'}`} style={{ alignSelf: 'center' }}>{summary.simulated ? 'simulated' : 'real data'}</span>
          </Tooltip>
        )}
      </div>
      {measured && summary && (
        <>
          <PeriodPick summary={summary} />
          {!place.startsWith('studio') && <><JourneyPick summary={summary} /><VersionPick summary={summary} /></>}
          <SegmentPick summary={summary} />
        </>
      )}
      <PresenceDots />
      {place.startsWith('studio') && <Suspense fallback={null}><ForMeMark /></Suspense>}
      <AccountMenu />
      <ThemeToggle />
    </header>
  );
}

function JourneyPick({ summary }: { summary: Summary }) {
  const { get, set } = useAddress();
  const here = summary.journeys.find((one) => one.id === get('journey')) ?? summary.journeys[0];
  if (!here) return null;
  if (summary.journeys.length === 1) return null;
  return (
    <Menu shadow="md" position="bottom-end">
      <Menu.Target>
        <button type="button" className={css.chip}><small>Journey</small> <b>{here.name}</b></button>
      </Menu.Target>
      <Menu.Dropdown>
        {summary.journeys.map((one) => (
          <Menu.Item key={one.id} fw={one.id === here.id ? 600 : 400} onClick={() => set({ journey: one.id, selected: null })}
            rightSection={<span className="faint small">per {one.subject}</span>}>
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Which version of the plan figures are held against; the newest is not in the address. */
function VersionPick({ summary }: { summary: Summary }) {
  const { get, set } = useAddress();
  const now = get('version');
  const versions = useVersions(summary.plan_version > 1);
  if (summary.plan_version < 2) return null;
  return (
    <Menu shadow="md" position="bottom-end">
      <Menu.Target>
        <button type="button" className={css.chip} data-on={Boolean(now)}><small>Plan</small> <b>{now === 'draft' ? 'draft' : `version ${now || summary.plan_version}`}</b></button>
      </Menu.Target>
      <Menu.Dropdown>
        {(versions.data ?? []).map((one) => (
          <Menu.Item key={one.number} onClick={() => set({ version: one.number === summary.plan_version ? null : String(one.number), selected: null })} rightSection={<span className="faint small">{one.note}</span>}>
            version {one.number}{one.number === summary.plan_version && ', the newest'}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => set({ version: 'draft', selected: null })}>the draft</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function ThemeToggle() {
  const scheme = useComputedColorScheme('light');
  const { setColorScheme } = useMantineColorScheme();
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <ActionIcon variant="default" size={30} onClick={() => setColorScheme(other)} aria-label={`Turn ${other}`}>
      {scheme === 'dark' ? <IconSun size={16} stroke={1.6} /> : <IconMoon size={16} stroke={1.6} />}
    </ActionIcon>
  );
}
