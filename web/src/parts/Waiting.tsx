import { Skeleton } from '@mantine/core';

/** A page's bones while its code or its first answer is on the way. */
export function Waiting() {
  return (
    <div className="page" aria-busy="true" role="status">
      <span className="unseen">Loading</span>
      <Skeleton h={34} w="62%" radius="sm" />
      <Skeleton h={16} w="44%" mt={14} radius="sm" />
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(4, 1fr)', gap: 28, marginTop: 34 }}>
        {[0, 1, 2, 3].map((n) => <Skeleton key={n} h={96} radius="md" />)}
      </div>
      <Rows count={6} />
    </div>
  );
}

export function Rows({ count = 6, height = 40 }: { count?: number; height?: number }) {
  return (
    <div style={{ display: 'grid', gap: 10, marginTop: 28 }} aria-hidden="true">
      {Array.from({ length: count }, (_, n) => <Skeleton key={n} h={height} radius="sm" />)}
    </div>
  );
}
