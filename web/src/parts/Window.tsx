import { CloseButton, Modal } from '@mantine/core';
import type { ReactNode } from 'react';

/** A window over the page: named for everyone, closed by Escape, a click beside it, or its button. */
export function Window({ title, close, size, bare, children }: { title: string; close: () => void; size: number; bare?: boolean; children: ReactNode }) {
  return (
    <Modal.Root opened onClose={close} size={size} yOffset={bare ? '12vh' : '5vh'}>
      <Modal.Overlay />
      <Modal.Content aria-label={title}>
        <Modal.Body p={bare ? 8 : 20}>
          {!bare && <div className="row apart" style={{ marginBottom: 14 }}><h2>{title}</h2><CloseButton aria-label="Close" onClick={close} /></div>}
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
