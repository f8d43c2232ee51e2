import { MultiSelect, NumberInput, SegmentedControl, Select, Switch, TagsInput, type ComboboxData } from '@mantine/core';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { SharedLine, SharedText } from '../../draft';
import type { Kind } from './elements';

interface Edited { kind: Kind; id: string; doc: string; one: Record<string, unknown>; put: (patch: object) => void }
const Context = createContext<Edited | null>(null);

/** The element whose fields the inputs below edit, by the field's name. */
export function Fields({ kind, id, journey, one, put, children }: Omit<Edited, 'one' | 'doc'> & { journey?: string; one: object; children: ReactNode }) {
  const doc = journey && ['stage', 'step', 'lane', 'moment', 'experience', 'card'].includes(kind) ? `map:${journey}` : 'plan';
  return <Context.Provider value={{ kind, id, doc, one: one as Record<string, unknown>, put }}>{children}</Context.Provider>;
}

export function useEdited(): Edited {
  const edited = useContext(Context);
  if (!edited) throw new Error('an input stands outside its fields');
  return edited;
}

interface Said { name: string; label: string; description?: ReactNode; placeholder?: string; error?: ReactNode }

/** What stands in a needed field until somebody writes. */
export const BLANK = '…';

/** What one types into a needed field: while it is empty its last words stay in the plan, and it says so. */
function useNeeded(name: string, required: boolean | undefined) {
  const { kind, id, doc, one, put } = useEdited();
  const value = one[name] === BLANK ? '' : String(one[name] ?? '');
  const [empty, setEmpty] = useState(false);
  useEffect(() => setEmpty(false), [value]);
  return {
    error: empty ? 'It needs a few words.' : undefined,
    told: { card: `${kind}:${id}`, field: name, doc, required, value: empty ? '' : value, change: (text: string) => { setEmpty(Boolean(required) && !text.trim()); if (!required || text.trim()) put({ [name]: text }); } },
  };
}

/** One line of text. */
export function Line({ name, required, max = 200, ...said }: Said & { required?: boolean; max?: number }) {
  const { told, error } = useNeeded(name, required);
  return <SharedLine {...said} {...told} maxLength={max} error={said.error ?? error} />;
}

/** Text of any length. */
export function Prose({ name, rows = 1, required, max = 10_000, ...said }: Said & { rows?: number; required?: boolean; max?: number }) {
  const { told, error } = useNeeded(name, required);
  return <SharedText {...said} {...told} minRows={rows} maxRows={12} maxLength={max} error={said.error ?? error} />;
}

export function Pick({ name, data, needed, left, nothing, ...said }: Said & { data: ComboboxData; needed?: boolean; left?: ReactNode; nothing?: string }) {
  const { one, put } = useEdited();
  return <Select {...said} data={data} searchable={data.length > 7} clearable={!needed} allowDeselect={false} leftSection={left} nothingFoundMessage={nothing ?? 'nothing by this name'} value={(one[name] as string | null | undefined) ?? null} onChange={(value) => { if (value || !needed) put({ [name]: value }); }} />;
}

export function PickMany({ name, data, ...said }: Said & { data: ComboboxData }) {
  const { one, put } = useEdited();
  const value = (one[name] as string[] | undefined) ?? [];
  return <MultiSelect {...said} placeholder={value.length ? '' : said.placeholder} searchable hidePickedOptions data={data} value={value} onChange={(next) => put({ [name]: next })} nothingFoundMessage="nothing by this name" />;
}

export function Tags({ name, ...said }: Said) {
  const { one, put } = useEdited();
  return <TagsInput {...said} value={(one[name] as string[] | undefined) ?? []} onChange={(next) => put({ [name]: next })} />;
}

export function Tick({ name, label, description }: Said) {
  const { one, put } = useEdited();
  return <Switch label={label} description={description} checked={Boolean(one[name])} onChange={(e) => put({ [name]: e.target.checked })} />;
}

export function Amount({ name, min, max, step, digits = 0, ...said }: Said & { min?: number; max?: number; step?: number; digits?: number }) {
  const { one, put } = useEdited();
  const value = one[name] as number | null | undefined;
  return <NumberInput {...said} min={min} max={max} step={step} decimalScale={digits} allowDecimal={digits > 0} allowNegative={(min ?? 0) < 0} clampBehavior="strict" value={value ?? ''} onChange={(next) => put({ [name]: next === '' || Number.isNaN(Number(next)) ? null : Number(next) })} />;
}

/** One of a few words, all in sight. */
export function Choice({ name, label, data, fallback }: { name: string; label: string; data: { value: string; label: string }[]; fallback: string }) {
  const { one, put } = useEdited();
  return (
    <div className="stack" style={{ gap: 4 }}>
      <span className="small" style={{ fontWeight: 500, fontSize: 13 }} aria-hidden>{label}</span>
      <SegmentedControl aria-label={label} fullWidth data={data} value={(one[name] as string | undefined) ?? fallback} onChange={(value) => put({ [name]: value })} />
    </div>
  );
}

export const words = (...all: string[]): { value: string; label: string }[] => all.map((one) => ({ value: one, label: one }));
