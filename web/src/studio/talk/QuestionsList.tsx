import { Button, SegmentedControl } from '@mantine/core';
import { IconCheck, IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import type { Questions, TeamVoice } from '../../api/nouns';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { plural } from '../../words';
import { useMe, useTalk } from './ask';
import { questionsAddress } from './places';
import { ASKS, ThreeQuestions } from './ThreeQuestions';
import css from './talk.module.css';

const SHORT = { offer: 'offer', say: 'say', ease: 'ease' } as const;

/** Every touchpoint of a map with its three questions: what is unanswered, who has spoken, and a link for colleagues. */
export function QuestionsList({ journey, onElement }: { journey: string; onElement?: (element: string) => void }) {
  const read = useTalk<Questions>('/answers', { journey });
  const me = useMe();
  const [which, setWhich] = useState('open');
  const [shown, setShown] = useState('');
  const [copied, setCopied] = useState(false);
  const { data } = read;
  if (read.error) return <Trouble error={read.error} retry={() => void read.refetch()} />;
  if (!data) return <Rows count={6} height={40} />;
  if (!data.of) return <p className="faint">The map has no touchpoints yet. Each will be asked three questions: can we do something with the product or service, say it differently, make it easier?</p>;
  const open = data.touchpoints.filter((one) => one.unanswered.length);
  const list = which === 'open' ? open : which === 'me' ? data.touchpoints.filter((one) => one.answered_by_me.length < ASKS.length) : data.touchpoints;
  const copy = () => void navigator.clipboard?.writeText(questionsAddress(journey)).then(() => { setCopied(true); window.setTimeout(() => setCopied(false), 1500); });
  return (
    <div className="stack">
      <p className="strong">{data.unanswered ? `${plural(data.unanswered, 'question is', 'questions are')} unanswered, of ${data.of} about ${plural(data.touchpoints.length, 'touchpoint')}.` : `All ${data.of} questions have an answer.`}</p>
      {me && !me.guest && <div><Button variant="default" leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconLink size={14} aria-hidden />} onClick={copy}>{copied ? 'Copied' : 'Copy the link for colleagues'}</Button></div>}
      {data.teams.length > 0 && <Voices teams={data.teams} />}
      <SegmentedControl aria-label="Which touchpoints" fullWidth value={which} onChange={setWhich} data={[{ value: 'open', label: `Unanswered ${open.length}` }, { value: 'me', label: 'Not by me' }, { value: 'all', label: `All ${data.touchpoints.length}` }]} />
      <ul className={css.asked}>
        {list.map((one) => (
          <li key={one.touchpoint}>
            <button type="button" className="plain" aria-expanded={onElement ? undefined : shown === one.touchpoint} onClick={() => (onElement ? onElement(`touchpoint:${one.touchpoint}`) : setShown(shown === one.touchpoint ? '' : one.touchpoint))}>
              <span className={css.askedname}>{one.name}<small className="faint">{one.stages.join(', ')}</small></span>
              <span className={css.marks} aria-label={one.unanswered.length ? `${one.unanswered.length} of 3 unanswered` : 'all answered'}>{ASKS.map((ask) => <i key={ask} data-answered={!one.unanswered.includes(ask)} title={SHORT[ask]} />)}</span>
              <span className="faint small" style={{ width: 66, textAlign: 'right' }}>{one.answers.length ? plural(one.answers.length, 'answer') : ''}</span>
            </button>
            {shown === one.touchpoint && <div className={css.askedopen}><ThreeQuestions journey={journey} touchpoint={one.touchpoint} /></div>}
          </li>
        ))}
      </ul>
      {!list.length && <p className="faint">None left here.</p>}
    </div>
  );
}

/** Who has spoken for which team, side by side. */
function Voices({ teams }: { teams: TeamVoice[] }) {
  return (
    <table className="list" aria-label="Answers by team">
      <thead><tr><th>Team</th><th className="num">People</th><th className="num">Offer</th><th className="num">Say</th><th className="num">Ease</th></tr></thead>
      <tbody>{teams.map((one) => <tr key={one.team}><td>{one.name || <span className="faint">for themselves</span>}</td><td className="num">{one.people}</td><td className="num">{one.offer}</td><td className="num">{one.say}</td><td className="num">{one.ease}</td></tr>)}</tbody>
    </table>
  );
}
