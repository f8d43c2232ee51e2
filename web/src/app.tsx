import { lazy, Suspense, type ComponentType } from 'react';
import { createBrowserRouter, Navigate, RouterProvider } from 'react-router';
import { Waiting } from './parts/Waiting';
import { Crash, Lost } from './parts/Trouble';
import { Shell } from './shell/Shell';

function page<K extends string>(load: () => Promise<Record<K, ComponentType>>, name: K) {
  const Page = lazy(async () => ({ default: (await load())[name] as ComponentType })) as ComponentType;
  return (
    <Suspense fallback={<Waiting />}>
      <Page />
    </Suspense>
  );
}

/** The board and what it draws on come together, not one after the other. */
const board = async () => (await Promise.all([import('./studio/board/BoardPage'), import('./draft/room')]))[0];

const router = createBrowserRouter([
  { path: '/', element: page(() => import('./start/Start'), 'Start'), errorElement: <Crash /> },
  {
    path: '/w/:w',
    element: <Shell />,
    errorElement: <Crash />,
    children: [
      { index: true, element: <Navigate to="cockpit" replace /> },
      { path: 'cockpit', element: page(() => import('./cockpit/CockpitPage'), 'CockpitPage') },
      { path: 'care', element: page(() => import('./care/CarePage'), 'CarePage') },
      { path: 'map', element: page(() => import('./map/MapPage'), 'MapPage') },
      { path: 'studio/insights', element: page(() => import('./studio/sheets/InsightsPage'), 'InsightsPage') },
      { path: 'studio', element: page(() => import('./studio/begin/StudioPage'), 'StudioPage') },
      { path: 'minds', element: page(() => import('./studio/minds/MindsPage'), 'MindsPage') },
      { path: 'verdicts', element: page(() => import('./studio/judge/VerdictsPage'), 'VerdictsPage') },
      { path: 'studio/:journey', element: page(board, 'BoardPage') },
      { path: 'journeys', element: page(() => import('./journeys/VariantsPage'), 'VariantsPage') },
      { path: 'journeys/ways', element: page(() => import('./journeys/WaysPage'), 'WaysPage') },
      { path: 'journeys/retention', element: page(() => import('./journeys/RetentionPage'), 'RetentionPage') },
      { path: 'journeys/growth', element: page(() => import('./journeys/GrowthPage'), 'GrowthPage') },
      { path: 'journeys/discover', element: page(() => import('./journeys/DiscoverPage'), 'DiscoverPage') },
      { path: 'journeys/funnel', element: page(() => import('./journeys/FunnelPage'), 'FunnelPage') },
      { path: 'journeys/patterns', element: page(() => import('./journeys/PatternPage'), 'PatternPage') },
      { path: 'journeys/stuck', element: page(() => import('./journeys/StuckPage'), 'StuckPage') },
      { path: 'journeys/transitions', element: page(() => import('./journeys/TransitionsPage'), 'TransitionsPage') },
      { path: 'figures', element: page(() => import('./figures/FiguresPage'), 'FiguresPage') },
      { path: 'figures/growth', element: page(() => import('./journeys/GrowthPage'), 'GrowthPage') },
      { path: 'figures/value', element: page(() => import('./figures/ValuePage'), 'ValuePage') },
      { path: 'figures/credit', element: page(() => import('./figures/CreditPage'), 'CreditPage') },
      { path: 'figures/:id', element: page(() => import('./figures/MetricPage'), 'MetricPage') },
      { path: 'why', element: page(() => import('./why/DriversPage'), 'DriversPage') },
      { path: 'why/ripples', element: page(() => import('./why/RipplesPage'), 'RipplesPage') },
      { path: 'why/compare', element: page(() => import('./why/ComparePage'), 'ComparePage') },
      { path: 'why/experiments', element: page(() => import('./why/ExperimentsPage'), 'ExperimentsPage') },
      { path: 'customers', element: page(() => import('./journeys/CustomersPage'), 'CustomersPage') },
      { path: 'customers/:id', element: page(() => import('./journeys/StoryPage'), 'StoryPage') },
      { path: 'people', element: page(() => import('./people/PeoplePage'), 'PeoplePage') },
      { path: 'data', element: page(() => import('./data/DataPage'), 'DataPage') },
      { path: 'data/bring', element: page(() => import('./data/BringPage'), 'BringPage') },
      { path: 'data/refused', element: page(() => import('./data/RefusedPage'), 'RefusedPage') },
      { path: 'plan/:part', element: page(() => import('./plan/PlanPage'), 'PlanPage') },
      { path: 'plan', element: <Navigate to="strategy" replace /> },
      { path: 'studio/:journey/talk', element: page(() => import('./studio/talk/TalkPage'), 'TalkPage') },
      { path: '*', element: <Lost /> },
    ],
  },
  { path: '/sign-in', element: page(() => import('./people/SignInPage'), 'SignInPage'), errorElement: <Crash /> },
  { path: '/join', element: page(() => import('./people/JoinPage'), 'JoinPage'), errorElement: <Crash /> },
  { path: '/g/:w', element: page(() => import('./people/GuestPage'), 'GuestPage'), errorElement: <Crash /> },
  { path: '*', element: <Lost /> },
]);

export const App = () => <RouterProvider router={router} />;
