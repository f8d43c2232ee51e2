import { ActionIcon, Button, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Agenda, Workshop } from '../../../api/nouns';
import { useSay } from '../ask';
import { KINDS, ROUND, ROUNDS, type RoundKind } from './rounds';
import css from './workshop.module.css';

type Row = Agenda['rounds'][number] & { key: number };
let keys = 0;
const row = (kind: RoundKind): Row => ({ ...ROUND(kind), key: (keys += 1) });

/** What is chosen before a workshop opens: its title, the rounds with their minutes, names or none, votes. */
export function OpenWorkshop({ journey, opened }: { journey: string; opened: (id: string) => void }) {
  const [title, setTitle] = useState('');
  const [rounds, setRounds] = useState<Row[]>(() => KINDS.map(row));
  const [anonymous, setAnonymous] = useState(true);
  const [votes, setVotes] = useState(3);
  const [several, setSeveral] = useState(true);
  const say = useSay<Workshop>();
  const total = rounds.reduce((sum, one) => sum + one.minutes, 0);
  const patch = (at: number, part: Partial<Row>) => setRounds(rounds.map((one, n) => (n === at ? { ...one, ...part } : one)));
  const move = (at: number, to: number) => { const next = [...rounds]; next.splice(to, 0, ...next.splice(at, 1)); setRounds(next); };
  const open = () => {
    const agenda = { title: title.trim(), rounds: rounds.map(({ key: _, ...one }) => one), anonymous, votes_each: votes, several };
    say.mutate({ method: 'POST', path: '/workshops', body: { journey, agenda } }, { onSuccess: (found) => opened(found.id) });
  };
  return (
    <form className={`stack ${css.opening}`} onSubmit={(e) => { e.preventDefault(); if (title.trim()) open(); }}>
      <div><h1>Open a workshop</h1><p className="soft">Everybody who may comment on this map takes part from their own screen: they write in silence, see all notes at once, put them in groups and vote. You lead from round to round.</p></div>
      <TextInput label="What it is about" required placeholder="Why do buyers not come back?" maxLength={120} value={title} onChange={(e) => setTitle(e.target.value)} autoFocus />
      <section className="stack" style={{ gap: 8 }} aria-label="Agenda">
        <div className="row apart"><h2 className="h3">Agenda</h2><span className="faint small">{total} minutes</span></div>
        <ol className={css.agenda}>
          {rounds.map((one, n) => (
            <li key={one.key}>
              <Select aria-label={`Round ${n + 1}`} size="xs" w={140} allowDeselect={false} data={KINDS.map((kind) => ({ value: kind, label: ROUNDS[kind].name }))} value={one.kind} onChange={(kind) => patch(n, { kind: kind as RoundKind, words: ROUNDS[kind as RoundKind].ask })} />
              <TextInput aria-label={`What is asked in round ${n + 1}`} size="xs" style={{ flex: 1, minWidth: 160 }} maxLength={400} value={one.words} onChange={(e) => patch(n, { words: e.target.value })} />
              <NumberInput aria-label={`Minutes of round ${n + 1}`} size="xs" w={86} suffix=" min" min={1} max={240} clampBehavior="strict" allowDecimal={false} value={one.minutes} onChange={(next) => patch(n, { minutes: Number(next) || 1 })} />
              <span className="row" style={{ gap: 0 }}>
                <ActionIcon size="sm" aria-label={`Round ${n + 1} earlier`} disabled={!n} onClick={() => move(n, n - 1)}><IconArrowUp size={14} /></ActionIcon>
                <ActionIcon size="sm" aria-label={`Round ${n + 1} later`} disabled={n === rounds.length - 1} onClick={() => move(n, n + 1)}><IconArrowDown size={14} /></ActionIcon>
                <ActionIcon size="sm" aria-label={`Remove round ${n + 1}`} disabled={rounds.length < 2} onClick={() => setRounds(rounds.filter((_, at) => at !== n))}><IconTrash size={14} /></ActionIcon>
              </span>
            </li>
          ))}
        </ol>
        <div><Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={13} aria-hidden />} disabled={rounds.length > 19} onClick={() => setRounds([...rounds, row('write')])}>A round</Button></div>
      </section>
      <Switch label="Notes without names" description="Nobody is told who wrote what, not even you. It cannot be changed later." checked={anonymous} onChange={(e) => setAnonymous(e.target.checked)} />
      <div className="row wrap" style={{ gap: 20 }}>
        <NumberInput label="Votes for each" w={110} min={1} max={50} clampBehavior="strict" allowDecimal={false} value={votes} onChange={(next) => setVotes(Number(next) || 1)} />
        <Switch label="Several votes on one thing" checked={several} onChange={(e) => setSeveral(e.target.checked)} style={{ alignSelf: 'end', paddingBottom: 8 }} />
      </div>
      {say.error && <p className="bad" role="alert">{say.error.message}</p>}
      <div><Button type="submit" size="sm" disabled={!title.trim()} loading={say.isPending}>Open the workshop</Button></div>
    </form>
  );
}
