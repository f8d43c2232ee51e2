import { Meter, STATE } from '../parts/Meter';
import type { PromiseFigures, TouchpointFigures } from '../api/nouns';
import { count, percent } from '../words';
import { useBoard } from './context';
import { Grade } from './Grade';
import { Cells, Lane } from './Lane';
import css from './map.module.css';

/** The needs, in the customers' own words. */
export function MomentLane() {
  const { sheet, what, select } = useBoard();
  if (!sheet.moments.length) return null;
  return (
    <Lane id="moments" name="Moments">
      <Cells cell={(stage) => sheet.moments.filter((one) => one.stage === stage).map((one) => (
        <button key={one.id} type="button" className={`plain ${css.quote}`} data-on={what?.kind === 'moment' && what.id === one.id} onClick={() => select(`moment:${one.id}`)}>
          “{one.words}” <Grade grade={one.grade} size={8} />
        </button>
      ))} />
    </Lane>
  );
}

export function PromiseLane() {
  const { sheet, geo } = useBoard();
  if (!sheet.promises.length) return null;
  const home = new Map(sheet.touchpoints.map((one) => [one.id, one.stages[0]]));
  const stageOf = (one: PromiseFigures) => one.stage ?? home.get(one.touchpoint) ?? null;
  const astray = sheet.promises.filter((one) => !geo.spans.has(stageOf(one) ?? ''));
  return (
    <Lane id="promises" name="Promises" note={<div className="faint" style={{ marginTop: 4 }}>share kept, | target</div>}>
      <Cells cell={(stage) => sheet.promises.filter((one) => stageOf(one) === stage).map((one) => <PromiseMeter key={one.id} promise={one} />)}
        beside={astray.map((one) => <PromiseMeter key={one.id} promise={one} />)} />
    </Lane>
  );
}

function PromiseMeter({ promise }: { promise: PromiseFigures }) {
  const { what, select } = useBoard();
  const state = STATE[promise.state];
  return (
    <button type="button" className={`plain ${css.promise}`} data-on={what?.kind === 'promise' && what.id === promise.id} onClick={() => select(`promise:${promise.id}`)}>
      <span className={css.promisename}>{promise.name}</span>
      <Meter promise={promise} />
      <span className="row apart small">
        <span className={state.tone} style={{ fontWeight: 640 }}>{promise.kept.value === null ? 'not judged' : percent(promise.kept.value)}</span>
        <span className="faint">n {count(promise.kept.n)}</span>
      </span>
    </button>
  );
}

const ofStage = (all: TouchpointFigures[], stage: string): TouchpointFigures[] => all.filter((one) => one.stages.includes(stage));

export function OwnerLane() {
  const { sheet, team } = useBoard();
  return (
    <Lane id="owners" name="Owners">
      <Cells cell={(stage) => {
        const own = ofStage(sheet.touchpoints, stage);
        const names = [...new Set(own.map((one) => team(one.owner)).filter((one): one is string => Boolean(one)))];
        const none = own.filter((one) => !one.owner).length;
        return (
          <p className="small" style={{ padding: '0 4px', lineHeight: 1.45 }}>
            <span className="soft">{names.join(', ')}</span>
            {none > 0 && <span className="bad">{names.length > 0 && <br />}{none} without owner</span>}
          </p>
        );
      }} />
    </Lane>
  );
}

/** Evidence that is no customer's event: figures a day, and what someone saw. */
export function FigureLane() {
  const { sheet } = useBoard();
  if (!sheet.touchpoints.some((one) => one.evidence.figures || one.evidence.observations || one.evidence.answers)) return null;
  return (
    <Lane id="figures" name="Other evidence">
      <Cells cell={(stage) => {
        const own = ofStage(sheet.touchpoints, stage);
        const total = (pick: (one: TouchpointFigures) => number) => own.reduce((n, one) => n + pick(one), 0);
        const lines = [[total((one) => one.evidence.answers), 'answers'], [total((one) => one.evidence.figures), 'figures'], [total((one) => one.evidence.observations), 'seen']] as const;
        return <p className="small soft" style={{ padding: '0 4px', lineHeight: 1.45 }}>{lines.filter(([n]) => n > 0).map(([n, name]) => <span key={name} style={{ display: 'block' }}>{count(n)} {name}</span>)}</p>;
      }} />
    </Lane>
  );
}
