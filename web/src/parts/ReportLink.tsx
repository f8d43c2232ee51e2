import { Anchor } from '@mantine/core';
import { IconFileTypePdf } from '@tabler/icons-react';
import { useSight, useWorkspace } from '../address';
import { query } from '../api/client';

/** What one looks at, as a PDF for a board: the same period, segment, journey and version. */
export function ReportLink() {
  const w = useWorkspace();
  const sight = useSight();
  return (
    <Anchor href={`/api/w/${encodeURIComponent(w)}/measure/report${query({ ...sight })}`} download size="sm" className="row" style={{ gap: 4, display: 'inline-flex', whiteSpace: 'nowrap' }}>
      <IconFileTypePdf size={15} stroke={1.6} aria-hidden /> as a PDF for the board
    </Anchor>
  );
}
