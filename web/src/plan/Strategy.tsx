import { Autocomplete, TextInput } from '@mantine/core';
import type { Strategy as Fields } from '../api/nouns';
import { SharedText } from '../draft';
import { useDraft } from './draft';
import css from './plan.module.css';

const FIELDS: [keyof Fields, string, string][] = [
  ['target_groups', 'Target groups', 'Whom is it for, and whom not?'],
  ['position', 'Position', 'What place do you want in their heads?'],
  ['offering', 'Offering', 'What do they get?'],
  ['message', 'Message', 'What shall they remember?'],
  ['how', 'How', 'How does one notice it is you?'],
  ['channels', 'Channels', 'Where do you meet them?'],
];

export function Strategy() {
  const { plan, change } = useDraft();
  if (!plan) return null;
  const { brand, strategy = {} } = plan;
  const empty = FIELDS.filter(([key]) => !strategy[key]?.trim()).length;
  const setBrand = (patch: Partial<typeof brand>) => change((old) => ({ ...old, brand: { ...old.brand, ...patch } }));
  return (
    <div className="stack" style={{ gap: 28 }}>
      <p className={empty ? 'doubt' : 'good'}>{empty ? `${empty} of 6 fields are empty.` : 'All six are filled.'}</p>
      <div className={css.two}>
        {FIELDS.map(([key, label, help]) => (
          <SharedText key={key} card="strategy" field={key} label={label} description={help} minRows={3} maxLength={10000} value={strategy[key] ?? ''}
            change={(text) => change((old) => ({ ...old, strategy: { ...old.strategy, [key]: text } }))} />
        ))}
      </div>
      <section className={css.box}>
        <h2>The brand</h2>
        <div className={css.three}>
          <TextInput label="Name" required maxLength={200} value={brand.name} onChange={(e) => setBrand({ name: e.target.value })} />
          <Autocomplete label="Time zone" data={Intl.supportedValuesOf('timeZone')} limit={40} value={brand.zone ?? 'UTC'} onChange={(zone) => setBrand({ zone })} />
          <TextInput label="Currency" maxLength={3} value={brand.currency ?? 'EUR'} onChange={(e) => setBrand({ currency: e.target.value.toUpperCase() })} />
        </div>
        <SharedText card="brand" field="about" label="About" value={brand.about ?? ''} change={(about) => setBrand({ about })} />
      </section>
    </div>
  );
}
