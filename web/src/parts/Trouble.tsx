import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link, useRouteError } from 'react-router';
import { Refusal } from '../api/client';
import type { Fault } from '../api/nouns';

/** An error in its place: what went wrong, what would be right, every fault at once. */
export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  const fault = error instanceof Refusal ? error.fault : { message: error instanceof Error ? error.message : String(error) };
  const faults: Fault[] = 'faults' in fault ? (fault.faults ?? []) : [];
  return (
    <div role="alert" className="card" style={{ borderColor: 'var(--broken)', background: 'var(--broken-soft)', display: 'flex', gap: 12 }}>
      <IconAlertTriangle size={18} className="bad" style={{ flex: 'none', marginTop: 1 }} aria-hidden />
      <div className="stack" style={{ gap: 6, minWidth: 0 }}>
        <p className="strong" style={{ overflowWrap: 'anywhere' }}>{fault.message}</p>
        {'hint' in fault && fault.hint && <p className="soft">{fault.hint}</p>}
        {faults.length > 0 && <Faults faults={faults} />}
        {retry && <div><Button variant="default" onClick={retry}>Try again</Button></div>}
      </div>
    </div>
  );
}

export function Faults({ faults }: { faults: Fault[] }) {
  return (
    <ul className="stack" style={{ gap: 4 }}>
      {faults.map((one, n) => (
        <li key={n} className="small">
          {(one.path || one.line) && <span className="faint">{one.path || `${one.file ?? ''}:${one.line}`} </span>}
          {one.message}
          {one.hint && <span className="soft"> — {one.hint}</span>}
        </li>
      ))}
    </ul>
  );
}

export function Crash() {
  const error = useRouteError();
  return (
    <main className="page">
      <h1>This page broke.</h1>
      <p className="lede">Nothing of yours is lost: reload, or go back to the start.</p>
      <div className="section"><Trouble error={error} retry={() => window.location.reload()} /></div>
      <p style={{ marginTop: 16 }}><Link to="/">To the start</Link></p>
    </main>
  );
}

export function Lost() {
  return (
    <main className="page">
      <h1>There is nothing at this address.</h1>
      <p className="lede">The link may be old, or a name was misspelt.</p>
      <p style={{ marginTop: 16 }}><Link to="/">To the start</Link></p>
    </main>
  );
}
