import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { post } from '../api/client';
import type { Demo, Job } from '../api/nouns';
import { Empty } from '../parts/Empty';
import { JobLine } from '../parts/JobLine';
import { Trouble } from '../parts/Trouble';
import css from './start.module.css';

export function Demos({ demos }: { demos: Demo[] }) {
  if (!demos.length) return <Empty title="No demo is at hand" why="Demos need their data on this machine. Bring a file of your own, or draw a journey from memory." />;
  return <div className={css.demos}>{demos.map((one) => <DemoCard key={one.name} demo={one} />)}</div>;
}

function DemoCard({ demo }: { demo: Demo }) {
  const go = useNavigate();
  const cache = useQueryClient();
  const start = useMutation({ mutationFn: () => post<Job>(`/demos/${encodeURIComponent(demo.name)}`, {}) });
  const workspace = start.data?.workspace || demo.name;
  const enter = async (name: string) => {
    await cache.invalidateQueries({ queryKey: ['/status'] });
    void go(`/w/${encodeURIComponent(name)}/cockpit`);
  };
  return (
    <article className={css.demo}>
      <div className="row apart">
        <h2 className="h3">{demo.title}</h2>
        <span className={`badge ${demo.real ? 'real' : 'sim'}`}>{demo.real ? 'real data' : 'simulated'}</span>
      </div>
      <p className="soft">{demo.about}</p>
      {start.error ? <Trouble error={start.error} /> : null}
      {start.data ? (
        <JobLine workspace={workspace} job={start.data} done={(job) => void enter((job.result as { workspace?: string } | null)?.workspace ?? workspace)} />
      ) : (
        <div>
          {demo.ready ? <Button onClick={() => void enter(demo.name)}>Open</Button> : <Button onClick={() => start.mutate()} loading={start.isPending}>Set it up</Button>}
        </div>
      )}
    </article>
  );
}
