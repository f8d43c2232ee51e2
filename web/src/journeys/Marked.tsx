import { Button, Menu, Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useAddress, useTo, useWorkspace } from '../address';
import { post } from '../api/client';
import type { SavedSegment } from '../api/nouns';
import { Trouble } from '../parts/Trouble';
import css from './journeys.module.css';

export interface Also { label: string; run: () => void }

/** The rule that means the people behind a mark. */
export const rule = (behind: string): string => `behind:"${behind}"`;

/** What the map can do with a step of these journeys: an event is put at a touchpoint there, a touchpoint is shown. */
export function useMapped(name: (step: string) => string): (step: string, level: string) => Also[] {
  const to = useTo();
  const go = useNavigate();
  return useCallback(
    (step, level) => {
      if (level !== 'event' && level !== 'touchpoint') return [];
      const label = level === 'event' ? `Put “${name(step)}” on the map …` : `See ${name(step)} on the map`;
      return [{ label, run: () => void go(to('map', { selected: `${level}:${step}` })) }];
    },
    [name, to, go],
  );
}

/** A mark's number: it opens its people, keeps them as a segment, compares them, or does what the page adds. */
export function Marked({ behind, words, children, also = [] }: { behind: string; words: string; children: ReactNode; also?: Also[] }) {
  const { set } = useAddress();
  const to = useTo();
  const go = useNavigate();
  const [naming, setNaming] = useState(false);
  return (
    <>
      <Menu shadow="md" position="bottom-end">
        <Menu.Target><button type="button" className={css.mark} aria-label={`${words}: what to do with them`}>{children}</button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{words}</Menu.Label>
          <Menu.Item onClick={() => void go(to('customers', { behind, words }))}>Open the customers</Menu.Item>
          <Menu.Item onClick={() => set({ segment: rule(behind) })}>Ask only of these people</Menu.Item>
          <Menu.Item onClick={() => set({ versus: rule(behind) })}>Compare with these people</Menu.Item>
          <Menu.Item onClick={() => setNaming(true)}>Save as segment …</Menu.Item>
          {also.length > 0 && <Menu.Divider />}
          {also.map((one) => <Menu.Item key={one.label} onClick={one.run}>{one.label}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
      {naming && <SaveSegment rule={rule(behind)} suggestion={words} close={() => setNaming(false)} />}
    </>
  );
}

export function SaveSegment({ rule, suggestion, close }: { rule: string; suggestion: string; close: () => void }) {
  const w = useWorkspace();
  const queries = useQueryClient();
  const [name, setName] = useState(suggestion.slice(0, 100));
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    try {
      await post<SavedSegment>(`/w/${encodeURIComponent(w)}/map/segments`, { name, rule });
      await queries.invalidateQueries({ queryKey: [`/w/${encodeURIComponent(w)}/map/segments`] });
      close();
    } catch (fault) {
      setError(fault);
    }
  };
  return (
    <Modal opened onClose={close} title="Save as segment" size="sm">
      <form className="stack" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <TextInput label="Name" data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={120} />
        <p className="faint small">It is kept as a rule: when new data comes in, its people follow.</p>
        {error ? <Trouble error={error} /> : null}
        <div className="row" style={{ justifyContent: 'flex-end' }}><Button variant="default" onClick={close}>Cancel</Button><Button type="submit" disabled={!name.trim()}>Save</Button></div>
      </form>
    </Modal>
  );
}
