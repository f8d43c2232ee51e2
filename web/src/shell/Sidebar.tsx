import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from '@tabler/icons-react';
import { ActionIcon } from '@mantine/core';
import { Link, NavLink } from 'react-router';
import { useTo } from '../address';
import { BrandSwitch } from './BrandSwitch';
import { PLACES, PLAN, type Place } from './places';
import css from './shell.module.css';

export function Sidebar({ narrow, fold, search }: { narrow: boolean; fold: () => void; search: () => void }) {
  return (
    <aside aria-label="Side" className={`${css.side} ${narrow ? css.narrow : ''}`}>
      <div className={css.mark}>
        <Link to="/">desire<em>lines</em></Link>
        <ActionIcon size="sm" onClick={fold} aria-label={narrow ? 'Widen the side' : 'Narrow the side'}>
          {narrow ? <IconLayoutSidebarLeftExpand size={16} stroke={1.6} /> : <IconLayoutSidebarLeftCollapse size={16} stroke={1.6} />}
        </ActionIcon>
      </div>
      <nav aria-label="Places">
        <Items places={PLACES} narrow={narrow} />
        <p className={css.head} id="plan-pages">Plan</p>
        <div role="group" aria-labelledby="plan-pages"><Items places={PLAN} narrow={narrow} /></div>
      </nav>
      <div className={css.foot}>
        <BrandSwitch narrow={narrow} />
        <button type="button" className={`plain ${css.item}`} style={{ paddingInline: narrow ? 0 : 8 }} onClick={search} aria-label="Search">
          <IconSearch size={16} stroke={1.6} aria-hidden /> <span>Search</span> <kbd className="key">/</kbd>
        </button>
      </div>
    </aside>
  );
}

function Items({ places, narrow }: { places: Place[]; narrow: boolean }) {
  const to = useTo();
  return (
    <ul>
      {places.map(({ path, name, icon: Glyph }) => (
        <li key={path}>
          <NavLink to={to(path)} className={css.item} title={narrow ? name : undefined} aria-label={narrow ? name : undefined}>
            <Glyph size={16} stroke={1.6} aria-hidden /> <span>{name}</span>
          </NavLink>
        </li>
      ))}
    </ul>
  );
}
