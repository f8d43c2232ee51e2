import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Trouble } from '../../parts/Trouble';
import { Rows } from '../../parts/Waiting';
import { fetched } from './forms';
import css from './take.module.css';

/** The drawing as it would be taken along, small; the browser shows it as a picture, so nothing in it can run. */
export function Preview({ address, name }: { address: string; name: string }) {
  const [settled] = useDebouncedValue(address, 250);
  const drawn = useQuery({
    queryKey: ['take', settled],
    queryFn: async () => new Blob([await (await fetched(settled)).text()], { type: 'image/svg+xml' }),
    placeholderData: (before) => before,
    retry: false,
    gcTime: 0,
  });
  const url = useUrl(drawn.data);
  if (drawn.error) return <Trouble error={drawn.error} retry={() => void drawn.refetch()} />;
  if (!url) return <Rows count={1} height={300} />;
  return <div className={css.preview}><img src={url} alt={`The map “${name}” as it will look`} style={{ opacity: drawn.isFetching ? 0.6 : 1 }} /></div>;
}

function useUrl(blob: Blob | undefined): string {
  const [url, setUrl] = useState('');
  useEffect(() => {
    if (!blob) return undefined;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
