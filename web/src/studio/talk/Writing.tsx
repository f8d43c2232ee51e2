import { Button, Combobox, Textarea, useCombobox } from '@mantine/core';
import { useId, useRef, useState } from 'react';
import type { Mentionable } from '../../api/nouns';
import { useTalk } from './ask';
import css from './talk.module.css';

const BEGUN = /(^|[\s(])@([\p{L}\p{N}][^@\n]{0,30}|)$/u;

interface Props { label: string; placeholder: string; send: string; start?: string; focus?: boolean; pending?: boolean; error?: string; onSend: (text: string) => Promise<unknown>; onCancel?: () => void }

/** A field for what one has to say. `@` offers those one may mention; Ctrl+Enter sends. */
export function Writing({ label, placeholder, send, start = '', focus, pending, error, onSend, onCancel }: Props) {
  const [text, setText] = useState(start);
  const field = useRef<HTMLTextAreaElement>(null);
  const box = useCombobox();
  const people = useTalk<Mentionable[]>('/people', {}, 120).data ?? [];
  const [begun, setBegun] = useState<string | null>(null);
  const hint = useId();
  const found = begun === null ? [] : people.filter((one) => one.name.toLowerCase().startsWith(begun.toLowerCase()) && one.name.toLowerCase() !== begun.toLowerCase()).slice(0, 6);
  const look = (next: string, at: number) => {
    const word = BEGUN.exec(next.slice(0, at))?.[2];
    setBegun(word ?? null);
    if (word === undefined) box.closeDropdown();
    else { box.openDropdown(); box.selectFirstOption(); }
  };
  const pick = (name: string) => {
    const at = field.current?.selectionStart ?? text.length;
    const head = text.slice(0, at).replace(/@[^@]*$/u, `@${name} `);
    setText(head + text.slice(at));
    setBegun(null);
    box.closeDropdown();
    requestAnimationFrame(() => { field.current?.focus(); field.current?.setSelectionRange(head.length, head.length); });
  };
  const go = async () => {
    if (!text.trim() || pending) return;
    try { await onSend(text); setText(''); } catch { /* it is said under the field, and the words stay */ }
  };
  return (
    <form onSubmit={(e) => { e.preventDefault(); void go(); }}>
      <Combobox store={box} onOptionSubmit={pick} withinPortal shadow="md" width={220} position="bottom-start">
        <Combobox.Target targetType="button" withKeyboardNavigation={found.length > 0} withAriaAttributes={false}>
          <Textarea ref={field} aria-label={label} aria-describedby={hint} placeholder={placeholder} minRows={2} maxRows={10} maxLength={5000} value={text} autoFocus={focus} error={error}
            onChange={(e) => { setText(e.target.value); look(e.target.value, e.target.selectionStart); }}
            onKeyDown={(e) => {
              if (e.key === 'Enter' && (e.metaKey || e.ctrlKey)) { e.preventDefault(); void go(); }
              else if ((e.key === 'Enter' || e.key === 'Tab') && box.dropdownOpened && found.length) { e.preventDefault(); pick(found[Math.max(0, box.getSelectedOptionIndex())]?.name ?? found[0].name); }
              else if (e.key === 'Escape' && (box.dropdownOpened || onCancel)) { e.stopPropagation(); box.dropdownOpened ? box.closeDropdown() : onCancel?.(); }
            }}
            onBlur={() => box.closeDropdown()} />
        </Combobox.Target>
        <Combobox.Dropdown hidden={!found.length}>
          <Combobox.Options aria-label="Whom to mention">{found.map((one) => <Combobox.Option key={one.id} value={one.name}>{one.name}</Combobox.Option>)}</Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <div className={css.sendline}>
        <span id={hint} className="faint small">@ mentions somebody · Ctrl+Enter sends</span>
        <span className="row">
          {onCancel && <Button variant="subtle" color="gray" onClick={onCancel}>Cancel</Button>}
          <Button type="submit" loading={pending} disabled={!text.trim()}>{send}</Button>
        </span>
      </div>
    </form>
  );
}
