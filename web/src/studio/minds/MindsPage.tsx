import { lazy, Suspense } from 'react';
import { useAddress } from '../../address';
import { Saving } from '../../plan/Saving';
import { Rows } from '../../parts/Waiting';
import tabs from '../../journeys/journeys.module.css';
import css from './minds.module.css';

const TABS = [['', 'Personas'], ['model', 'Mental model'], ['evidence', 'Evidence'], ['outcomes', 'Outcomes']] as const;
const PersonasTab = lazy(async () => ({ default: (await import('./PersonasTab')).PersonasTab }));
const ModelTab = lazy(async () => ({ default: (await import('./ModelTab')).ModelTab }));
const EvidenceTab = lazy(async () => ({ default: (await import('./EvidenceTab')).EvidenceTab }));
const OutcomesTab = lazy(async () => ({ default: (await import('./OutcomesTab')).OutcomesTab }));

/** People's minds: who they are, what they do and hold true, what backs it, what they want to have achieved. */
export function MindsPage() {
  const { get, set } = useAddress();
  const tab = get('tab');
  const Part = tab === 'model' ? ModelTab : tab === 'evidence' ? EvidenceTab : tab === 'outcomes' ? OutcomesTab : PersonasTab;
  return (
    <div className="page wide">
      <div className={css.top}>
        <nav className={tabs.tabs} aria-label="Views of people’s minds">
          {TABS.map(([key, name]) => <a key={key} href={`?tab=${key}`} aria-current={tab === key ? 'page' : undefined} className={tab === key ? 'active' : ''} onClick={(event) => { event.preventDefault(); set({ tab: key || null, tower: null, insight: null }); }}>{name}</a>)}
        </nav>
        <Saving />
      </div>
      <Suspense fallback={<Rows count={6} />}><Part /></Suspense>
    </div>
  );
}
