import { Autocomplete, Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { post } from '../api/client';
import { Trouble } from '../parts/Trouble';
import { idFrom } from '../words';
import css from './start.module.css';

const ZONES: string[] = Intl.supportedValuesOf('timeZone');
const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'BRL', 'SEK', 'PLN', 'JPY', 'CAD', 'AUD', 'INR', 'CNY'];

/** Asks what cannot be guessed: the brand's name, its zone, its currency. */
export function NewBrand({ then, button }: { then: string; button: string }) {
  const [brand, setBrand] = useState('');
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');
  const [currency, setCurrency] = useState('EUR');
  const go = useNavigate();
  const cache = useQueryClient();
  const create = useMutation({
    mutationFn: () => post<{ name?: string }>('/workspaces', { name: idFrom(brand, []).replaceAll('_', '-'), brand: brand.trim(), zone, currency: currency.toUpperCase() }),
    onSuccess: async (made) => {
      await cache.invalidateQueries({ queryKey: ['/status'] });
      void go(`/w/${encodeURIComponent(made?.name ?? idFrom(brand, []))}/${then}`);
    },
  });
  const submit = (event: FormEvent) => { event.preventDefault(); if (brand.trim()) create.mutate(); };
  return (
    <form className={css.form} onSubmit={submit}>
      <div className={css.fields}>
        <TextInput label="Brand" description="As customers say it" value={brand} onChange={(e) => setBrand(e.target.value)} required autoFocus maxLength={200} />
        <Autocomplete label="Time zone" description="Its days are cut here" data={ZONES} limit={40} value={zone} onChange={setZone} required />
        <Autocomplete label="Currency" description="ISO code" data={CURRENCIES} value={currency} onChange={setCurrency} required maxLength={3} />
      </div>
      {create.error ? <div style={{ marginTop: 12 }}><Trouble error={create.error} /></div> : null}
      <Button type="submit" mt={16} loading={create.isPending} disabled={!brand.trim()}>{button}</Button>
    </form>
  );
}
