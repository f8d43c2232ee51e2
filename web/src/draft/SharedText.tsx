import { Textarea, TextInput, type TextareaProps, type TextInputProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { initials } from '../words';
import { useHere, usePresence } from './presence';
import type { Present } from './sight';
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

type Text = Omit<TextareaProps, 'value' | 'onChange' | 'inputContainer'> & Shared;
type Line = Omit<TextInputProps, 'value' | 'onChange' | 'inputContainer'> & Shared;

/** A text that several people may write at once; one's caret stays where it is, and one sees who else is in it. */
export function SharedText({ card, field, doc, value, change, ...rest }: Text) {
  return <Textarea autosize minRows={2} {...rest} {...useShared(card, field, doc)} value={value} onChange={(event) => change(event.currentTarget.value)} />;
}

/** A line of it. An emptied name stays on one's own page until something stands there. */
export function SharedLine({ card, field, doc, value, change, ...rest }: Line) {
  return <TextInput {...rest} {...useShared(card, field, doc)} value={value} onChange={(event) => change(event.currentTarget.value)} />;
}

/** Tells the others that one is in this field, and shows who of them is. */
function useShared(card: string, field: string, doc: string | undefined) {
  const { show } = usePresence();
  const others = useHere(card, field);
  return {
    onFocus: () => show({ doc: doc ?? 'plan', card, field }),
    onBlur: () => show({ field: '' }),
    inputContainer: (input: ReactNode) => <div className={css.shared} data-others={others.length > 0 || undefined}>{input}<Marks others={others} /></div>,
  };
}

function Marks({ others }: { others: readonly Present[] }) {
  if (!others.length) return null;
  return (
    <span className={css.marks}>
      {others.map((one) => <span key={one.session} className={css.writing} style={tone(one)} title={one.name} aria-hidden>{initials(one.name || 'somebody')}</span>)}
      <span className="unseen">{others.map((one) => one.name || 'somebody').join(', ')} {others.length > 1 ? 'write' : 'writes'} here too</span>
    </span>
  );
}
