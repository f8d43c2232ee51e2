import { useSight } from '../address';
import type { Chain, ChainLink } from '../api/nouns';
import { useRoom } from '../api/queries';
import { basis } from '../parts/Figure';
import { Picture } from '../parts/Picture';
import { useSource } from '../parts/source';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { value } from '../words';
import { more, moreEnds } from './say';
import css from './why.module.css';

/** From satisfaction to profit: each link with its own interval, none multiplied through another. */
export function ChainStrip() {
  const read = useRoom<Chain>('/explain/chain', { ...useSight() });
  const { data } = read;
  const source = useSource(data);
  if (read.error) return <Trouble error={read.error} retry={() => void read.refetch()} />;
  if (!data) return <Rows count={2} height={60} />;
  return (
    <section className={css.block} aria-label="What satisfaction leads to">
      <h2>What satisfaction leads to</h2>
      <Picture level={3} title={`${data.headline}.`} finding={data.caveats[0] && `${data.caveats[0][0].toUpperCase()}${data.caveats[0].slice(1)}.`} units="each link by itself, 95 % interval" source={source} name="the chain"
        data={data.links.map((link) => ({ from: link.origin, to: link.target, value: link.value?.value ?? null, low: link.value?.low ?? null, high: link.value?.high ?? null, unit: link.value?.unit ?? '', n: link.value?.n ?? null, how_sure: link.rung_name, words: link.words }))}>
        <ol className={css.chain}>{data.links.map((link) => <One key={link.id} link={link} />)}</ol>
      </Picture>
    </section>
  );
}

function One({ link }: { link: ChainLink }) {
  const result = link.value;
  const state = result ? (link.tested ? css.holds : css.open) : css.unsaid;
  return (
    <li className={`${css.link} ${state}`}>
      <span className={css.ends}><b>{link.origin}</b> <span aria-hidden>→</span><span className="unseen">to</span> <b>{link.target}</b></span>
      {result && result.value !== null && (
        <span className={css.amount} title={basis(result)}>{said(result.value, result.unit)} <small className="faint">{interval(result)} n {result.n}</small></span>
      )}
      <span className="small soft">{result ? `${link.words}.` : `${link.words[0].toUpperCase()}${link.words.slice(1)}.`}</span>
      <span className="small faint">{result ? (link.tested ? link.rung_name : `${link.rung_name}; could be chance`) : 'not measured'}</span>
    </li>
  );
}

const said = (amount: number, unit: string) => (unit === 'share' ? more(amount, unit) : /^[A-Z]{3}$/.test(unit) ? value(amount, unit) : amount.toFixed(2));

function interval(result: NonNullable<ChainLink['value']>): string {
  if (result.low === null || result.high === null) return '';
  return result.unit === 'share' ? moreEnds(result) : `[${said(result.low, result.unit)}, ${said(result.high, result.unit)}]`;
}
