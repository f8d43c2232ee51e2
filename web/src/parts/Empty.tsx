import type { ReactNode } from 'react';

/** An empty place: what would be here, why one wants it, the one next step. */
export function Empty({ icon, title, why, step }: { icon?: ReactNode; title: string; why: string; step?: ReactNode }) {
  return (
    <section style={{ maxWidth: 480, margin: '64px auto', textAlign: 'center', display: 'grid', justifyItems: 'center', gap: 10 }}>
      {icon && <span className="faint" aria-hidden>{icon}</span>}
      <h2>{title}</h2>
      <p className="soft" style={{ textWrap: 'pretty' }}>{why}</p>
      {step && <div style={{ marginTop: 8 }}>{step}</div>}
    </section>
  );
}
