import { useQuery } from '@tanstack/react-query';
import { useWorkspace } from '../address';
import { get } from '../api/client';
import type { People } from '../api/nouns';
import { useSummary } from '../api/queries';
import { Trouble } from '../parts/Trouble';
import { Rows } from '../parts/Waiting';
import { plural } from '../words';
import { Alone } from './Alone';
import { Guests } from './Guests';
import { Invites } from './Invites';
import { Members } from './Members';
import { Password } from './Password';
import css from './people.module.css';
import { ROLES } from './roles';
import { Sessions } from './Sessions';

/** Who may enter this workspace, and as what; guests and their links; one's own sessions. */
export function PeoplePage() {
  const w = useWorkspace();
  const path = `/w/${encodeURIComponent(w)}/people`;
  const people = useQuery({ queryKey: [path], queryFn: () => get<People>(path) });
  const brand = useSummary().data?.brand ?? w;
  if (people.error) return <div className="page"><Trouble error={people.error} retry={() => void people.refetch()} /></div>;
  if (!people.data) return <div className="page"><h1>People</h1><div className="section"><Rows count={5} /></div></div>;
  const { members, sign_in, role } = people.data;
  const owns = role === 'owner';
  return (
    <div className="page">
      <h1>{sign_in ? `${plural(members.length, 'person', 'people')} may enter ${brand}.` : `You work on ${brand} alone.`}</h1>
      <p className="lede">{sign_in ? (owns ? 'Invite who should work here, and give guests a link to one map.' : `You are ${role === 'editor' ? 'an editor' : `a ${role}`} here. Owners invite others and change roles.`) : 'Whoever uses this machine is you: there is no sign-in, and the server listens on this machine only.'}</p>
      <div className={css.cols}>
        <div>
          {sign_in ? <Members path={path} people={people.data} /> : <Alone />}
          {sign_in && owns && <Invites path={path} />}
          {owns && <Guests path={path} reach={sign_in} />}
        </div>
        <div>
          {sign_in && <section className="section"><h2>What each may do</h2><dl className={css.roles}>{ROLES.map((one) => <Line key={one.value} name={one.label} says={one.may} />)}</dl></section>}
          {sign_in && <div id="you"><Sessions /><Password /></div>}
        </div>
      </div>
    </div>
  );
}

const Line = ({ name, says }: { name: string; says: string }) => <><dt>{name}</dt><dd className="soft">{says}</dd></>;
