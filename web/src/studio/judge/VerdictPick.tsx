import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSight, useWorkspace } from '../../address';
import { call, post } from '../../api/client';
import { usePublished, useRoom } from '../../api/queries';
import type { VerdictLine, VerdictWord } from '../../api/nouns';
import { useNotice } from '../../draft/presence';
import { useDraft } from '../../plan/draft';
import { teamOptions } from '../../plan/edit';
import { Figure } from '../../parts/Figure';
import { Trouble } from '../../parts/Trouble';
import { onDay } from '../../words';
import { fetchPaving, laid } from './pave';
import { STATES, VERDICTS } from './verdicts';
import css from './judge.module.css';

/** Pave it, mend the cause, watch, accept: with owner, day and a note; every verdict stays in its history. */
export function VerdictPick({ journey, from, to }: { journey: string; from: string; to: string }) {
  const read = useRoom<VerdictLine[]>('/studio/verdicts', { journey });
  const [laidWords, setLaid] = useState('');
  useNotice('verdicts', () => void read.refetch());
  if (read.error) return <Trouble error={read.error} retry={() => void read.refetch()} />;
  if (!read.data) return <div style={{ minHeight: 120 }} aria-busy />;
  const line = read.data.find((one) => one.origin === from && one.target === to);
  return <Judge key={`${from}>${to} ${line?.revision ?? 0}`} journey={journey} from={from} to={to} line={line} laidWords={laidWords} setLaid={setLaid} />;
}

function Judge({ journey, from, to, line, laidWords, setLaid }: { journey: string; from: string; to: string; line?: VerdictLine; laidWords: string; setLaid: (words: string) => void }) {
  const w = encodeURIComponent(useWorkspace());
  const sight = useSight();
  const cache = useQueryClient();
  const draft = useDraft();
  const teams = teamOptions(usePublished().data ?? draft.plan);
  const [word, setWord] = useState<VerdictWord | null>(line?.verdict ?? null);
  const [owner, setOwner] = useState(line?.owner ?? null);
  const [due, setDue] = useState(line?.due_on ?? '');
  const [note, setNote] = useState(line?.note ?? '');
  const again = (rows: VerdictLine[]) => {
    cache.setQueryData([`/w/${w}/studio/verdicts?journey=${encodeURIComponent(journey)}`], rows);
    for (const part of ['/map/sheet', '/measure/cockpit', '/explain/findings', '/studio/maps', '/studio/verdicts']) void cache.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith(`/w/${w}${part}`) });
  };
  const judge = useMutation({
    mutationFn: async () => {
      if (word === 'pave') {
        await draft.flush().catch(() => undefined);
        const paving = await fetchPaving(w, journey, from, to);
        if (draft.plan) draft.change((plan) => laid(plan, paving));
        setLaid(paving.words);
      }
      return post<VerdictLine[]>(`/w/${w}/studio/verdicts`, { journey, origin: from, target: to, verdict: word, owner, due_on: due || null, note, revision: line?.revision ?? 0 });
    },
    onSuccess: again,
  });
  const back = useMutation({ mutationFn: () => call<VerdictLine[]>('DELETE', `/w/${w}/studio/verdicts?${new URLSearchParams({ journey, origin: from, target: to }).toString()}`), onSuccess: again });
  const error = judge.error ?? back.error;
  const stands = line && line.state !== 'open' ? line : null;
  const same = stands && stands.verdict === word && stands.owner === owner && (stands.due_on ?? '') === due && stands.note === note;
  return (
    <form className={css.pick} aria-label="Judge this way" data-journey={sight.journey ?? journey} onSubmit={(event) => { event.preventDefault(); if (word) judge.mutate(); }}>
      <h3>{stands ? STATES[stands.state] : 'What is to be done?'}</h3>
      {stands && <p className={stands.state === 'speaks' || stands.state === 'overdue' ? 'doubt' : 'soft'}>{stands.state === 'calm' ? said(stands) : `${stands.words}.`}{stands.change && <> Since then <Figure result={stands.change} />.</>}</p>}
      <div className={css.words} role="radiogroup" aria-label="Verdict">
        {VERDICTS.map((one) => <button key={one.word} type="button" role="radio" aria-checked={word === one.word} className={css.word} onClick={() => setWord(one.word)}><b>{one.name}</b><span className="faint small">{one.says}</span></button>)}
      </div>
      {word && (
        <>
          <div className={css.two}>
            <Select label="Owner" placeholder="nobody yet" clearable data={teams} value={owner} onChange={setOwner} searchable />
            <TextInput type="date" label="Until" value={due} onChange={(event) => setDue(event.currentTarget.value)} />
          </div>
          <Textarea label="Note" autosize minRows={1} maxRows={6} maxLength={2000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        </>
      )}
      {error ? <Trouble error={error} /> : null}
      {laidWords && <p className="good small">In the draft: {laidWords}. <button type="button" className="plain" style={{ textDecoration: 'underline' }} onClick={() => { draft.undo(); setLaid(''); }}>Undo</button></p>}
      <div className="row">
        <Button type="submit" size="xs" disabled={!word || Boolean(same)} loading={judge.isPending}>{stands ? 'Judge anew' : 'Judge it'}</Button>
        {stands && <Button size="xs" variant="default" loading={back.isPending} onClick={() => back.mutate()}>Take it back</Button>}
      </div>
      {line && line.history.length > 1 && (
        <details className="small">
          <summary className="soft" style={{ cursor: 'pointer' }}>All {line.history.length} verdicts</summary>
          <ol className={css.history}>{[...line.history].reverse().map((one, n) => <li key={n}><b>{VERDICTS.find((verdict) => verdict.word === one.verdict)?.name ?? 'Taken back'}</b> by {one.by}, {onDay(one.at)}{one.note && <>: {one.note}</>}</li>)}</ol>
        </details>
      )}
    </form>
  );
}

/** Who judged it, and when. */
function said(line: VerdictLine): string {
  const last = line.history[line.history.length - 1];
  return last ? `By ${last.by}, ${onDay(last.at)}${line.due_on ? `, due on ${onDay(line.due_on)}` : ''}.` : '';
}
