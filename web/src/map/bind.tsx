import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useTo } from '../address';
import { inOrder } from '../api/order';
import type { Plan } from '../api/nouns';
import type { Draft } from '../plan/draft';

/** Adds a rule to a touchpoint of the draft; says so, and takes it back if asked. */
export function useBind(draft: Draft | null): { bind: (event: string, touchpoint: string) => void; told: ReactNode } {
  const [done, setDone] = useState<{ event: string; name: string } | null>(null);
  const [waiting, setWaiting] = useState<{ event: string; touchpoint: string } | null>(null);
  const to = useTo();
  if (waiting && draft?.plan) {
    const { event, touchpoint } = waiting;
    queueMicrotask(() => { setWaiting(null); apply(event, touchpoint); });
  }
  function apply(event: string, touchpoint: string): void {
    if (!draft?.plan) { draft?.wake(); setWaiting({ event, touchpoint }); return; }
    const one = inOrder(draft.plan.touchpoints).find((tp) => tp.id === touchpoint);
    draft.change((plan: Plan) => ({
      ...plan,
      touchpoints: (plan.touchpoints ?? []).map((tp) => (tp.id === touchpoint ? { ...tp, rule: [...(tp.rule ?? []), { event }] } : tp)),
    }));
    setDone({ event, name: one?.name ?? touchpoint });
  }
  const told = done && (
    <div role="status" className="row" style={{ position: 'absolute', left: '50%', bottom: 60, transform: 'translateX(-50%)', background: 'var(--ink)', color: 'var(--paper)', borderRadius: 8, padding: '8px 8px 8px 16px', zIndex: 40, boxShadow: 'var(--shadow)', width: 'max-content', maxWidth: '80%' }}>
      <span>“{done.event}” now belongs to {done.name}, in the draft. It counts once you <Link to={to('plan/versions')} style={{ color: 'inherit', textDecoration: 'underline' }}>publish</Link>.</span>
      <Button variant="subtle" size="compact-xs" styles={{ root: { color: 'var(--paper)', flex: 'none' } }} onClick={() => { draft?.undo(); setDone(null); }}>Undo</Button>
      <Button variant="subtle" size="compact-xs" styles={{ root: { color: 'var(--paper)', flex: 'none' } }} onClick={() => setDone(null)}>Close</Button>
    </div>
  );
  return { bind: apply, told };
}
