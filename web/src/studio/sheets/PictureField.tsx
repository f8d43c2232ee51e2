import { ActionIcon, Button, FileButton } from '@mantine/core';
import { IconPhoto, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useWorkspace } from '../../address';
import { Trouble } from '../../parts/Trouble';
import { useEdited } from './fields';
import { KINDS_OF_PICTURE, pictureAddress, pictureIn, useKeepPicture } from './pictures';
import css from './sheets.module.css';

/** The element's picture: dropped, pasted or chosen. */
export function PictureField() {
  const w = useWorkspace();
  const { one, put } = useEdited();
  const digest = (one.picture as string | undefined) ?? '';
  const [over, setOver] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const { keep, busy, error } = useKeepPicture((picture) => put({ picture: picture.digest }));
  const keeping = useRef(keep);
  keeping.current = keep;
  useEffect(() => {
    const sheet = box.current?.closest('[data-sheet]');
    if (!(sheet instanceof HTMLElement)) return;
    const paste = (event: ClipboardEvent) => {
      const file = pictureIn(event.clipboardData);
      if (file) { event.preventDefault(); keeping.current(file); }
    };
    sheet.addEventListener('paste', paste);
    return () => sheet.removeEventListener('paste', paste);
  }, []);
  return (
    <div ref={box} className="stack" style={{ gap: 6 }}>
      <span style={{ fontWeight: 500 }}>Picture</span>
      {digest ? (
        <div className={css.picture}>
          <img src={pictureAddress(w, digest)} alt={String(one.words ?? '') || 'the picture of this card'} />
          <ActionIcon variant="default" aria-label="Take the picture away" style={{ position: 'absolute', right: 6, top: 6 }} onClick={() => put({ picture: '' })}><IconX size={14} /></ActionIcon>
        </div>
      ) : (
        <div className={css.drop} data-over={over} aria-busy={busy}
          onDragOver={(event) => { event.preventDefault(); event.stopPropagation(); setOver(true); }} onDragLeave={() => setOver(false)}
          onDrop={(event) => { event.preventDefault(); event.stopPropagation(); setOver(false); keep(pictureIn(event.dataTransfer)); }}>
          <IconPhoto size={20} stroke={1.4} aria-hidden />
          <span className="small">{busy ? 'Bringing it in …' : 'Drop or paste a picture here'}</span>
          <FileButton onChange={keep} accept={KINDS_OF_PICTURE}>{(props) => <Button {...props} variant="default" size="compact-xs" disabled={busy}>Choose a file</Button>}</FileButton>
          <span className="faint small">PNG, JPEG, WebP or GIF, up to 5 MB. Where it was taken, and by what, is not kept.</span>
        </div>
      )}
      {error !== null && <Trouble error={error} />}
    </div>
  );
}
