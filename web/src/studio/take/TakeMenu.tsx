import { ActionIcon, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';

const TakeSheet = lazy(async () => ({ default: (await import('./TakeSheet')).TakeSheet }));

/** The button on the board that takes its map along: as a picture, as tables, as a page, for other tools. */
export function TakeMenu({ journey }: { journey: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Tooltip label="Take it along or print it">
        <ActionIcon size={28} variant="subtle" color="gray" aria-label="Take it along or print it" aria-haspopup="dialog" onClick={() => setOpen(true)}><IconDownload size={16} stroke={1.6} /></ActionIcon>
      </Tooltip>
      {open && <Suspense fallback={null}><TakeSheet journey={journey} close={() => setOpen(false)} /></Suspense>}
    </>
  );
}
