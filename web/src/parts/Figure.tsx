import { Tooltip } from '@mantine/core';
import type { CSSProperties } from 'react';
import type { Result } from '../api/nouns';
import { between, count, period, value } from '../words';

/** Under so many, a number is shown hatched and says so. */
export const SMALL = 30;

/** How intervals were made, in words. */
export const METHODS: Record<string, string> = {
  wilson: 'Wilson interval', t: 't interval of the mean', 'adjusted wald': 'adjusted Wald interval',
  'order statistics': 'interval from order statistics', exact: 'an exact count', linearised: 'interval of a ratio, customer by customer',
  poisson: 'exact Poisson interval', 'rolled up': 'from the intervals of its touchpoints', 'quasi-poisson': 'interval of a rate, as uneven as customers are', 'kaplan-meier': 'Kaplan–Meier interval, those still waiting included', bootstrap: 'bootstrap interval over customers',
  'cluster robust': 'interval that allows for answers of one customer', robust: 'interval that allows for uneven spread',
  counts: 'interval of a difference of counts', 'square and add': 'Newcombe’s interval of a difference', 'two waves': 'interval of the difference of two waves', newcombe: 'Newcombe’s interval of a difference', welch: 'Welch’s interval of a difference',
  model: 'interval by the model: its parameters’ errors and chance', delta: 'interval of a ratio, customer by customer', 'confidence sequence': 'interval that holds at every look',
};

export const isSmall = (result: Result): boolean => result.value === null || (result.method !== 'exact' && result.n < SMALL);

export function interval(result: Result): string {
  if (result.value === null) return '';
  if (result.low === null || result.high === null) return '';
  return between(result.low, result.high, result.unit);
}

export function basis(result: Result): string {
  const method = METHODS[result.method] ?? result.method;
  const parts = [
    result.method === 'exact' ? method : `${Math.round(result.level * 100)} % ${method}`,
    `n = ${count(result.n)} ${result.of}`,
    period(result.period.first_on, result.period.last_on),
    `plan ${result.plan_version}, data ${result.data_version}`,
    ...result.caveats,
  ];
  return parts.join(' · ');
}

/** A number that is never bare: with its interval and n, or in a tooltip all it rests on. */
export function Figure({ result, brief, style }: { result: Result | null; brief?: boolean; style?: CSSProperties }) {
  if (!result || result.value === null) {
    return <span className="hatch faint" style={{ padding: '0 6px', borderRadius: 3, ...style }}>unknown</span>;
  }
  const small = isSmall(result);
  return (
    <Tooltip label={basis(result)} position="bottom-start">
      <span style={{ whiteSpace: 'nowrap', ...style }} tabIndex={-1}>
        <span className={small ? 'hatch' : undefined} style={small ? { padding: '0 3px', borderRadius: 3 } : undefined}>{value(result.value, result.unit)}</span>
        {!brief && <span className="faint"> {interval(result)} n {count(result.n)}{small ? ', few' : ''}</span>}
      </span>
    </Tooltip>
  );
}
