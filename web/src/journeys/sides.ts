import type { UseQueryResult } from '@tanstack/react-query';
import { useAddress, useSight } from '../address';
import { useAsk } from '../api/queries';
import { say } from '../shell/segment';
import { useLook } from './looked';
import type { Params } from '../api/client';

export const EVERYONE = '*';

/** One half of a comparison: whose it is and what was answered. */
export interface Side<T> { name: string; segment: string; read: UseQueryResult<T>; data: T | undefined }

/** The same question of one group of people, or of two side by side where the address says `versus`. */
export function useSides<T>(question: string, ask: Params = {}, enabled = true): Side<T>[] {
  const { get } = useAddress();
  const sight = useSight();
  const { level, subject } = useLook();
  const versus = get('versus');
  const other = versus === EVERYONE ? '' : versus;
  const asked = { level, subject, ...ask };
  const here = useAsk<T>(question, asked, {}, enabled);
  const there = useAsk<T>(question, asked, { segment: other }, enabled && Boolean(versus));
  const side = (segment: string, read: UseQueryResult<T>): Side<T> => ({ name: segment ? say(segment) : 'everyone', segment, read, data: read.data });
  return versus ? [side(sight.segment ?? '', here), side(other, there)] : [side(sight.segment ?? '', here)];
}
