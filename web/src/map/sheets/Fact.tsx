import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useServerLink, useTo } from '../../address';
import type { Result } from '../../api/nouns';
import { basis, interval, isSmall } from '../../parts/Figure';
import { count, value } from '../../words';
import css from '../map.module.css';

export const Facts = ({ children }: { children: ReactNode }) => <dl style={{ marginTop: 14 }}>{children}</dl>;

/** One figure with what it rests on; where the server names the people behind it, a link to them. */
export function Fact({ name, help, result }: { name: string; help?: string; result: Result | null }) {
  const link = useServerLink()(result?.behind ?? '');
  const known = result !== null && result.value !== null;
  return (
    <div className={css.fact}>
      <dt>{help ? <Tooltip label={help}><span className="define" tabIndex={0}>{name}</span></Tooltip> : name}</dt>
      <dd>
        {known ? <b className={isSmall(result) ? 'hatch' : ''} style={{ fontWeight: 620 }}>{value(result.value!, result.unit)}</b> : <span className="hatch faint" style={{ padding: '0 6px', borderRadius: 3 }}>unknown</span>}
        {known && <span className="faint"> {interval(result)}</span>}
        <small title={result ? basis(result) : ''}>
          {result ? `n ${count(result.n)} ${result.of}${known && isSmall(result) ? ', few: take it as a hint' : ''}` : 'nobody was asked'}
          {link && known && <> · <Link to={link}>who</Link></>}
        </small>
        {result?.caveats.map((one) => <small key={one} className="doubt">{one}</small>)}
      </dd>
    </div>
  );
}

export function Plain({ name, children }: { name: string; children: ReactNode }) {
  return <div className={css.fact}><dt>{name}</dt><dd style={{ overflowWrap: 'anywhere' }}>{children}</dd></div>;
}

export function Group({ title, children }: { title: string; children: ReactNode }) {
  return <section className={css.group}><h3>{title}</h3>{children}</section>;
}

/** To the people behind what is selected. */
export function Show({ filter, children }: { filter: Record<string, string>; children: ReactNode }) {
  return <Link to={useTo()('customers', filter)}>{children}</Link>;
}

export function Basis({ result }: { result: Result }) {
  return <p className="faint small" style={{ marginTop: 16 }}>{basis(result)}</p>;
}
