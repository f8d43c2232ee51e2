import { Button } from '@mantine/core';
import { IconCheck, IconCopy, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useAddress, useSight, useWorkspace } from '../../address';
import { useDraft } from '../../plan/draft';
import { save } from '../../parts/Copy';
import { Trouble } from '../../parts/Trouble';
import { Window } from '../../parts/Window';
import { addressOf, copied, keep, OTHERS, painted, PICTURES, TABLES, type FormRow, type Options } from './forms';
import { Preview } from './Preview';
import { TakeOptions } from './TakeOptions';
import css from './take.module.css';

/** What the map would look like, how, and every form of it. */
export function TakeSheet({ journey, close }: { journey: string; close: () => void }) {
  const w = useWorkspace();
  const { get } = useAddress();
  const { first_on, last_on, segment } = useSight();
  const { plan } = useDraft();
  const face = get('face');
  const [options, setOptions] = useState<Options>({ paper: '', show: face === 'is' || face === 'should' ? face : 'both', persona: get('persona'), figures: true, lanes: [] });
  const [busy, setBusy] = useState('');
  const [done, setDone] = useState('');
  const [error, setError] = useState<unknown>(null);
  const drawn = plan?.journeys?.find((one) => one.id === journey);
  const sight = { first_on, last_on, segment };
  const at = (form: string, more = {}) => addressOf(w, journey, form, options, { ...sight, ...more });
  const run = async (id: string, said: string, deed: () => Promise<void>) => {
    setBusy(id); setDone(''); setError(null);
    try { await deed(); setDone(said); } catch (fault) { setError(fault); } finally { setBusy(''); }
  };
  const take = (row: FormRow) => run(row.id, `Saved as ${row.name}`, async () => {
    const name = row.id === 'plan' ? `${w}.yaml` : `${journey}.${row.ending}`;
    if (!row.scale) return keep(at(row.form, row.more), name);
    save(name, await painted(at('svg', { fonts: 'true' }), row.scale));
  });
  return (
    <Window title="Take this map along" close={close} size={1080}>
      <div className={css.sheet}>
        <div className={css.shown}>
          <Preview address={at('svg')} name={drawn?.name ?? journey} />
          <TakeOptions options={options} set={setOptions} plan={plan} journey={drawn} />
        </div>
        <div className={css.forms}>
          <Forms title="As a picture" rows={PICTURES} busy={busy} take={take}>
            <Button variant="default" size="xs" loading={busy === 'copy'} leftSection={<IconCopy size={13} aria-hidden />} onClick={() => void run('copy', 'Copied: paste it anywhere', () => copied(at('svg', { fonts: 'true' })))}>Copy the picture</Button>
            <Button variant="default" size="xs" leftSection={<IconPrinter size={13} aria-hidden />} onClick={() => { close(); setTimeout(() => window.print(), 80); }}>Print the board</Button>
          </Forms>
          <Forms title="As tables" rows={TABLES} busy={busy} take={take} />
          <Forms title="To pass on" rows={OTHERS} busy={busy} take={take} />
          <p role="status" className="small good">{done && <><IconCheck size={13} aria-hidden /> {done}</>}</p>
          {error ? <Trouble error={error} /> : null}
        </div>
      </div>
    </Window>
  );
}

function Forms({ title, rows, busy, take, children }: { title: string; rows: FormRow[]; busy: string; take: (row: FormRow) => Promise<void>; children?: React.ReactNode }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul className={css.rows}>
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" className={`plain ${css.form}`} disabled={Boolean(busy)} aria-busy={busy === row.id} onClick={() => void take(row)}>
              <b>{row.name}</b><span className="faint small">{busy === row.id ? 'being made …' : row.about}</span>
            </button>
          </li>
        ))}
      </ul>
      {children && <div className="row" style={{ gap: 6, marginTop: 6 }}>{children}</div>}
    </section>
  );
}
