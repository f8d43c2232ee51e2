import type { SetAside } from '../../api/nouns';
import { useRoom } from '../../api/queries';
import { plural } from '../../words';

/** What the shared documents hold that fits no plan: it is kept, and left out of the map. */
export function AsideList() {
  const { data } = useRoom<SetAside[]>('/studio/aside');
  if (!data?.length) return null;
  return (
    <details>
      <summary className="doubt" style={{ cursor: 'pointer' }}>{plural(data.length, 'thing')} in the drawing {data.length === 1 ? 'fits' : 'fit'} no plan and {data.length === 1 ? 'is' : 'are'} left out</summary>
      <ul className="small" style={{ paddingLeft: 18, overflowWrap: 'anywhere' }}>
        {data.map((one, n) => <li key={n}>{[one.document, one.list, one.id, one.field].filter(Boolean).join(' · ')}: <span className="soft">{one.why}</span></li>)}
      </ul>
    </details>
  );
}
