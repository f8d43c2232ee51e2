import { useMemo } from 'react';
import { useSight } from '../../address';
import type { PromiseFigures, Result, Sheet, Stage, StageFigures, Step, TouchpointFigures, Way } from '../../api/nouns';
import { useRoom, useSummary } from '../../api/queries';
import { useDraft } from '../../plan/draft';
import { named, stageOf } from './elements';

/** Which figure is laid over the cards. */
export const LAID = [
  { value: 'people', label: 'people' }, { value: 'reach', label: 'reach' }, { value: 'time', label: 'time' }, { value: 'left', label: 'who leaves' }, { value: 'felt', label: 'what they felt' }, { value: 'kept', label: 'promise kept' },
] as const;
export type Laid = (typeof LAID)[number]['value'];

/** A figure over a card: known, or why there is none. */
export type Over =
  | { state: 'known'; result: Result }
  | { state: 'unmeasured'; words: string }
  | { state: 'unpublished'; words: string };

export interface Gap { value: number; low: number | null; high: number | null; n: number }
/** The three lines of one stage, and how far they lie apart; a gap with what was felt carries its interval. */
export interface Feelings {
  intended: number | null; wanted: { value: number; n: number | null; source: string } | null; felt: Result | null;
  feltToIntended: Gap | null; feltToWanted: Gap | null; wantedToIntended: number | null;
}

export interface Overlay {
  state: 'loading' | 'none' | 'ready' | 'failed';
  /** Why there is nothing to lay over. */
  words: string;
  /** The version that is measured; 0: the draft itself. */
  version: number;
  sheet: Sheet | undefined;
  over: (element: string, laid: Laid) => Over | null;
  feelings: (stage: Stage) => Feelings;
  desireLines: Way[];
  unclaimed: Sheet['unclaimed'];
  error: unknown;
}

const UNPUBLISHED: Over = { state: 'unpublished', words: 'not yet measured: publish' };
const UNMEASURED: Over = { state: 'unmeasured', words: 'nothing measures it yet' };

const known = (result: Result | null | undefined): Over => (result && result.value !== null ? { state: 'known', result } : UNMEASURED);

/** What is measured, laid over the draft by id: of the newest version, or of the draft where nothing is published. */
export function useOverlay(journey: string): Overlay {
  const summary = useSummary().data;
  const { plan } = useDraft();
  const { first_on, last_on, segment } = useSight();
  const held = Boolean(summary?.journeys.some((one) => one.id === journey));
  const version = summary?.plan_version ?? 0;
  const found = useRoom<Sheet>('/map/sheet', { journey, first_on, last_on, segment, version: version ? '' : 'draft' }, held);
  const sheet = held && found.data?.journey === journey ? found.data : undefined;
  const state: Overlay['state'] = !summary || (held && !sheet && !found.error) ? 'loading' : found.error ? 'failed' : !sheet || !sheet.events ? 'none' : 'ready';
  return useMemo(() => ({
    state, version, sheet, error: found.error,
    words: state === 'none' ? (held ? 'No events yet: bring in data and its figures lie over the map.' : 'This journey is not published yet: publish it, and it is measured.') : '',
    over: (element, laid) => (sheet && plan ? over(sheet, element, laid, steps(element, plan)) : null),
    feelings: (stage) => feelings(stage, sheet?.stages.find((one) => one.id === stage.id)),
    desireLines: sheet?.ways.filter((way) => way.desire) ?? [],
    unclaimed: sheet?.unclaimed ?? [],
  }), [state, version, sheet, found.error, held, plan]);
}

/** The touchpoints of a step, where the element is one. */
function steps(element: string, plan: Parameters<typeof stageOf>[0]): string[] {
  const what = named(element);
  if (what?.kind !== 'step') return [];
  const step = (plan.journeys ?? []).flatMap((one) => one.stages ?? []).flatMap((one): Step[] => one.steps ?? []).find((one) => one.id === what.id);
  return [step?.touchpoint, ...(step?.one_of ?? [])].filter((one): one is string => Boolean(one));
}

function over(sheet: Sheet, element: string, laid: Laid, taken: string[]): Over | null {
  const what = named(element);
  if (!what || laid === 'people') return null;
  if (what.kind === 'step') {
    if (taken.length !== 1) return null; // of one of several nobody can say how many took any: their figures stand on each
    return over(sheet, `touchpoint:${taken[0]}`, laid, []);
  }
  if (what.kind === 'promise') {
    const promise = sheet.promises.find((one) => one.id === what.id);
    return laid === 'kept' ? (promise ? known(promise.kept) : UNPUBLISHED) : null;
  }
  const row: StageFigures | TouchpointFigures | undefined = what.kind === 'stage' ? sheet.stages.find((one) => one.id === what.id) : what.kind === 'touchpoint' ? sheet.touchpoints.find((one) => one.id === what.id) : undefined;
  if (what.kind !== 'stage' && what.kind !== 'touchpoint') return null;
  if (!row) return UNPUBLISHED;
  if (laid === 'kept') return worst(sheet.promises.filter((one) => (what.kind === 'stage' ? one.stage === what.id : one.touchpoint === what.id)));
  return known(row[laid]);
}

/** Of several promises the one that is kept least. */
function worst(all: PromiseFigures[]): Over | null {
  const judged = all.filter((one) => one.kept.value !== null).sort((a, b) => a.kept.value! - b.kept.value!);
  return judged.length ? known(judged[0].kept) : all.length ? UNMEASURED : null;
}

/** What we intend (the draft says), what customers want (they said, with n), what they felt (measured), and the gaps. */
export function feelings(stage: Stage, row: StageFigures | undefined): Feelings {
  const intended = stage.desired ?? null;
  const wanted = stage.wanted != null ? { value: stage.wanted, n: stage.wanted_n ?? null, source: stage.wanted_source ?? '' } : null;
  const felt = row?.felt && row.felt.value !== null ? row.felt : null;
  const gap = (to: number | null): Gap | null => (felt === null || to === null ? null : { value: felt.value! - to, low: felt.low === null ? null : felt.low - to, high: felt.high === null ? null : felt.high - to, n: felt.n });
  return { intended, wanted, felt, feltToIntended: gap(intended), feltToWanted: gap(wanted?.value ?? null), wantedToIntended: wanted && intended !== null ? wanted.value - intended : null };
}
