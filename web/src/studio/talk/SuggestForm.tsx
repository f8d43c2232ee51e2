import { Button, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Proposal, Suggestion } from '../../api/nouns';
import { useDraft } from '../../plan/draft';
import { useSay } from './ask';
import { elementOf, FIELDS, labelOf, MAY_GO, stagesOn } from './elements';
import css from './talk.module.css';

const WHAT = [
  { value: 'opportunities', label: 'an opportunity' }, { value: 'pains', label: 'a pain' }, { value: 'insights', label: 'an insight' }, { value: 'notes', label: 'a note' },
  { value: 'moment', label: 'a moment' }, { value: 'touchpoint', label: 'a touchpoint' },
];

type Way = 'words' | 'add' | 'remove';

/** A change that one may not make, or would rather ask about: other words, something new, or that something goes. */
export function SuggestForm({ journey, element, done }: { journey: string; element?: string; done: () => void }) {
  const { plan } = useDraft();
  const one = elementOf(plan, element);
  const kind = element?.split(':')[0] ?? '';
  const fields = one ? (FIELDS[kind] ?? []) : [];
  const ways: { value: Way; label: string }[] = [
    ...(fields.length ? [{ value: 'words' as const, label: 'Other words' }] : []), { value: 'add', label: 'Something new' },
    ...(one && MAY_GO.includes(kind) ? [{ value: 'remove' as const, label: 'It should go' }] : []),
  ];
  const [way, setWay] = useState<Way>(ways[0].value);
  const [field, setField] = useState(fields[0]?.[0] ?? '');
  const [words, setWords] = useState<string>(String(one?.[field] ?? ''));
  const stages = stagesOn(plan, journey);
  const [stage, setStage] = useState(kind === 'stage' ? element!.slice(6) : String(one?.stage ?? stages[0]?.id ?? ''));
  const [what, setWhat] = useState('opportunities');
  const [fresh, setFresh] = useState('');
  const [reason, setReason] = useState('');
  const say = useSay<Suggestion>();
  const change: Proposal = way === 'words' ? { kind: 'words', element: element!, field, words }
    : way === 'remove' ? { kind: 'remove', element: element! }
      : { kind: 'add', what: what === 'moment' || what === 'touchpoint' ? what : 'card', lane: what === 'moment' || what === 'touchpoint' ? 'notes' : what, stage, words: fresh };
  const ready = way === 'words' ? words.trim() !== String(one?.[field] ?? '') : way === 'add' ? Boolean(fresh.trim() && stage) : true;
  return (
    <form className={`card stack ${css.form}`} onSubmit={(e) => { e.preventDefault(); if (ready) say.mutate({ method: 'POST', path: '/suggestions', body: { journey, change, reason } }, { onSuccess: done }); }}>
      {ways.length > 1 && <SegmentedControl aria-label="What to suggest" fullWidth data={ways} value={way} onChange={(next) => setWay(next as Way)} />}
      {way === 'words' && (
        <>
          {fields.length > 1 && <Select label="Which words" data={fields.map(([value, label]) => ({ value, label }))} value={field} allowDeselect={false} onChange={(next) => { setField(next!); setWords(String(one?.[next!] ?? '')); }} />}
          <Textarea label="As it should be" minRows={2} maxRows={10} maxLength={10_000} value={words} onChange={(e) => setWords(e.target.value)} />
        </>
      )}
      {way === 'add' && (
        <>
          <div className={css.two}>
            <Select label="What" data={WHAT} value={what} allowDeselect={false} onChange={(next) => setWhat(next!)} />
            <Select label="In which stage" data={stages.map((each) => ({ value: each.id, label: each.name }))} value={stage || null} allowDeselect={false} onChange={(next) => setStage(next!)} />
          </div>
          <Textarea label={what === 'moment' ? 'The need, as the customer says it' : what === 'touchpoint' ? 'Its name' : 'In words'} minRows={2} maxRows={10} maxLength={2000} value={fresh} onChange={(e) => setFresh(e.target.value)} />
        </>
      )}
      {way === 'remove' && <p>Take <b>{labelOf(plan, element)}</b> off the map.</p>}
      <TextInput label="Why" placeholder="so that who decides understands" maxLength={2000} value={reason} onChange={(e) => setReason(e.target.value)} error={say.error?.message} />
      <div className="row" style={{ justifyContent: 'flex-end' }}><Button variant="subtle" color="gray" onClick={done}>Cancel</Button><Button type="submit" disabled={!ready} loading={say.isPending}>Suggest it</Button></div>
    </form>
  );
}
