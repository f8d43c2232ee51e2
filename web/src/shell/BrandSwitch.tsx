import { Menu } from '@mantine/core';
import { IconBuilding, IconChevronDown, IconPlus } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { useStatus, useSummary } from '../api/queries';
import { useWorkspace } from '../address';
import css from './shell.module.css';

export function BrandSwitch({ narrow }: { narrow: boolean }) {
  const here = useWorkspace();
  const status = useStatus();
  const summary = useSummary();
  const go = useNavigate();
  const brand = summary.data?.brand ?? here;
  return (
    <Menu position="top-start" width={230} shadow="md">
      <Menu.Target>
        <button type="button" className={`plain ${css.item}`} style={{ paddingInline: narrow ? 0 : 8 }} aria-label={`Brand: ${brand}. Switch`}>
          <IconBuilding size={16} stroke={1.6} aria-hidden />
          <span className="strong" style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', color: 'var(--ink)' }}>{brand}</span>
          {!narrow && <IconChevronDown size={13} aria-hidden style={{ marginLeft: 'auto' }} />}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Brands here</Menu.Label>
        {(status.data?.workspaces ?? []).map((one) => (
          <Menu.Item key={one.name} onClick={() => void go(`/w/${encodeURIComponent(one.name)}/cockpit`)} fw={one.name === here ? 600 : 400}
            rightSection={one.simulated ? <span className="faint small">simulated</span> : undefined}>
            {one.brand}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={14} aria-hidden />} onClick={() => void go('/')}>Another brand or demo</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
