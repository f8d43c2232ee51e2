import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { erase, get, Refusal } from '../api/client';
import type { ApiFault, Job } from '../api/nouns';
import { percent } from '../words';
import { Trouble } from './Trouble';

const OVER = new Set(['done', 'failed', 'cancelled']);

/** Long work: its stage, how far it is, a way to stop it. */
export function JobLine({ workspace, job: first, done }: { workspace: string; job: Job; done: (job: Job) => void }) {
  const path = `/w/${encodeURIComponent(workspace)}/jobs/${encodeURIComponent(first.id)}`;
  const read = useQuery({
    queryKey: [path],
    queryFn: () => get<Job>(path),
    initialData: first,
    initialDataUpdatedAt: 0,
    refetchInterval: (query) => (query.state.data && OVER.has(query.state.data.state) ? false : 350),
  });
  const cancel = useMutation({ mutationFn: () => erase(path) });
  const job = read.data;
  const told = useRef(false);
  useEffect(() => {
    if (job.state === 'done' && !told.current) { told.current = true; done(job); }
  }, [job, done]);
  if (read.error && !(read.error instanceof Refusal && read.error.status === 0)) return <Trouble error={read.error} />;
  if (job.state === 'failed') return <Trouble error={new Refusal(500, (job.error as ApiFault | null) ?? { code: 'error', message: 'The work failed' })} />;
  if (job.state === 'cancelled') return <p className="soft" role="status">Stopped. Nothing was kept.</p>;
  return (
    <div className="stack" style={{ gap: 6 }}>
      <div className="row apart">
        <span className="soft" role="status">{job.state === 'queued' ? 'waiting its turn' : job.stage || 'working'}</span>
        <span className="faint small">{percent(job.share, 0)}</span>
      </div>
      <Progress value={job.share * 100} size="sm" aria-label={job.stage || 'progress'} transitionDuration={150} />
      {job.state !== 'done' && <div><Button variant="subtle" color="gray" size="compact-xs" onClick={() => cancel.mutate()} loading={cancel.isPending}>Cancel</Button></div>}
    </div>
  );
}
