import { Textarea, TextInput, type TextareaProps, type TextInputProps } from '@mantine/core';
import type { FocusEvent, ReactNode } from 'react';
import { initials } from '../words';
import { useHere, usePresence } from './presence';
import { tone } from './tone';
import css from './draft.module.css';

interface Shared {
  /** The element, as `kind:id`, and its field: where one is while one writes here. */
  card: string;
  field: string;
  /** The document it lies in: `plan` or `map:<journey>`. */
  doc?: string;
  value: string;
  change: (text: string) => void;
}

type Text = Omit<TextareaProps, 'value' | 'onChange'> & Shared;
type Line = Omit<TextInputProps, 'value' | 'onChange'> & Shared;

/** A text that several people may write at once; one's caret stays where it is, and one sees who else is in it. */
export function SharedText({ card, field, doc, value, change, label, ...rest }: Text) {
  const { mark, told } = useShared(card, field, doc, label);
  return <Textarea autosize minRows={2} {...rest} {...told} label={mark} value={value} onChange={(event) => change(event.currentTarget.value)} />;
}

/** A line of it. An emptied name stays on one's own page until something stands there. */
export function SharedLine({ card, field, doc, value, change, label, ...rest }: Line) {
  const { mark, told } = useShared(card, field, doc, label);
  return <TextInput {...rest} {...told} label={mark} value={value} onChange={(event) => change(event.currentTarget.value)} />;
}

function useShared(card: string, field: string, doc: string | undefined, label: ReactNode) {
  const { show } = usePresence();
  const others = useHere(card, field);
  const mark = others.length || label ? (
    <>
      {label}
      {others.map((one) => <span key={one.session} className={css.writing} style={tone(one)} aria-hidden title={one.name}>{initials(one.name || 'somebody')}</span>)}
      {others.length > 0 && <span className="unseen">, {others.map((one) => one.name || 'somebody').join(', ')} writing too</span>}
    </>
  ) : undefined;
  const told = {
    'data-shared': others.length > 0 || undefined,
    onFocus: (_: FocusEvent) => show({ doc: doc ?? 'plan', card, field }),
    onBlur: (_: FocusEvent) => show({ field: '' }),
  };
  return { mark, told };
}
