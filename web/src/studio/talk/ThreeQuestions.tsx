import { ActionIcon, Button, Select, Textarea, Tooltip } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconArrowUp, IconBulb, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Answer, Ask, Questions } from '../../api/nouns';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { useDraft } from '../../plan/draft';
import { teamOptions } from '../../plan/edit';
import { plural } from '../../words';
import { useMe, useSay, useTalk } from './ask';
import { PlainText } from './PlainText';
import css from './talk.module.css';

export const ASKS: Ask[] = ['offer', 'say', 'ease'];

/** The three questions about one touchpoint, with everybody's answers. */
export function ThreeQuestions({ journey, touchpoint }: { journey: string; touchpoint: string }) {
  const read = useTalk<Questions>('/answers', { journey, touchpoint });
  const [team, setTeam] = useLocalStorage({ key: 'desirelines-team', defaultValue: '' });
  const { plan } = useDraft();
  const me = useMe();
  const asked = read.data?.touchpoints[0];
  if (read.error) return <Trouble error={read.error} retry={() => void read.refetch()} />;
  if (!read.data) return <Rows count={3} height={80} />;
  if (!asked) return <p className="faint">This touchpoint stands on no stage of this map: put it on one, then ask.</p>;
  const teams = teamOptions(plan);
  return (
    <div className="stack" style={{ gap: 20 }}>
      {me?.comments && teams.length > 0 && <Select size="xs" label="I speak for" placeholder="myself" clearable data={teams} value={teams.some((one) => one.value === team) ? team : null} onChange={(next) => setTeam(next ?? '')} />}
      {ASKS.map((ask) => <Question key={ask} ask={ask} words={read.data.questions[ask]} answers={asked.answers.filter((one) => one.ask === ask)} journey={journey} touchpoint={touchpoint} team={team} may={Boolean(me?.comments)} />)}
    </div>
  );
}

interface Asking { ask: Ask; words: string; answers: Answer[]; journey: string; touchpoint: string; team: string; may: boolean }

function Question({ ask, words, answers, journey, touchpoint, team, may }: Asking) {
  const [text, setText] = useState('');
  const say = useSay();
  const send = () => { if (text.trim()) say.mutate({ method: 'POST', path: '/answers', body: { journey, touchpoint, ask, text, team } }, { onSuccess: () => setText('') }); };
  return (
    <section className="stack" style={{ gap: 8 }} aria-label={words}>
      <h2 className="h3">{words}</h2>
      {!answers.length && <p className="faint small">Nobody has answered this yet.</p>}
      {answers.map((one) => <AnswerLine key={one.id} one={one} journey={journey} may={may} />)}
      {may && (
        <form className={css.answerform} onSubmit={(e) => { e.preventDefault(); send(); }}>
          <Textarea aria-label={`Your answer: ${words}`} placeholder="Your answer" minRows={1} maxRows={8} maxLength={2000} value={text} onChange={(e) => setText(e.target.value)} error={say.error?.message} style={{ flex: 1 }}
            onKeyDown={(e) => { if (e.key === 'Enter' && !e.shiftKey) { e.preventDefault(); send(); } }} />
          {text.trim() && <Button type="submit" loading={say.isPending}>Answer</Button>}
        </form>
      )}
    </section>
  );
}

function AnswerLine({ one, journey, may }: { one: Answer; journey: string; may: boolean }) {
  const me = useMe();
  const say = useSay();
  const { plan } = useDraft();
  const team = plan?.teams?.find((each) => each.id === one.team)?.name;
  const onMap = Boolean(one.card) && (plan?.cards ?? []).some((card) => `card:${card.id}` === one.card);
  return (
    <div className={css.answer}>
      <button type="button" className={css.upvote} aria-pressed={one.my_vote} disabled={!may || say.isPending} aria-label={`Agree with “${one.text.slice(0, 60)}”, ${plural(one.votes, 'vote')}`}
        onClick={() => say.mutate({ method: 'PUT', path: `/answers/${one.id}/vote`, body: { agree: !one.my_vote } })}><IconArrowUp size={13} aria-hidden />{one.votes}</button>
      <div style={{ minWidth: 0, flex: 1 }}>
        <p className={css.text}><PlainText text={one.text} /></p>
        <p className="faint small">{one.by}{team && `, for ${team}`}{onMap && <span className="good"> · an opportunity on the map</span>}</p>
        {say.error && <p className="small bad" role="alert">{say.error.message}</p>}
      </div>
      <span className={css.tools}>
        {me?.edits && !onMap && <Tooltip label="Make it an opportunity on the map"><ActionIcon size="sm" aria-label="Make it an opportunity" loading={say.isPending} onClick={() => say.mutate({ method: 'POST', path: `/answers/${one.id}/card`, body: { journey } })}><IconBulb size={15} /></ActionIcon></Tooltip>}
        {one.mine && <ActionIcon size="sm" aria-label="Take this answer back" onClick={() => say.mutate({ method: 'DELETE', path: `/answers/${one.id}` })}><IconTrash size={14} /></ActionIcon>}
      </span>
    </div>
  );
}
