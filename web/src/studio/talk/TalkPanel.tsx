import { Tabs } from '@mantine/core';
import { useAddress } from '../../address';
import type { Suggestion, TalkCounts } from '../../api/nouns';
import { useNotice } from '../../draft/presence';
import { useAgain, useTalk } from './ask';
import { CommentsPane } from './CommentsPane';
import { QuestionsPane } from './QuestionsPane';
import { SuggestionsPane } from './SuggestionsPane';
import css from './talk.module.css';

const PANES = ['comments', 'suggestions', 'questions'];

interface Props {
  journey: string;
  /** `kind:id`; nothing: the whole map. */
  element?: string;
  /** What to do when somebody presses the name of an element. */
  onElement?: (element: string) => void;
}

/** What people say: comments, suggestions, three questions. The pane is kept in the address (`show`). */
export function TalkPanel({ journey, element, onElement }: Props) {
  const { get, set } = useAddress();
  const again = useAgain();
  useNotice(['comments', 'suggestions', 'answers'], again);
  const pane = PANES.includes(get('show')) ? get('show') : 'comments';
  const counts = useTalk<TalkCounts>('/comments/counts', { journey }).data;
  const open = useTalk<Suggestion[]>('/suggestions', { journey }).data?.filter((one) => one.state === 'open') ?? [];
  const here = counts?.elements.find((one) => one.element === (element ?? ''));
  const comments = element ? (here?.open ?? 0) : (counts?.open ?? 0);
  const suggestions = element ? (here?.suggestions ?? 0) : open.length;
  return (
    <Tabs value={pane} onChange={(next) => set({ show: next === 'comments' ? null : next }, false)} keepMounted={false} className={css.panel}>
      <Tabs.List grow aria-label="What people say">
        <Tabs.Tab value="comments">Comments{comments > 0 && <span className={css.count}>{comments}</span>}</Tabs.Tab>
        <Tabs.Tab value="suggestions">Suggestions{suggestions > 0 && <span className={css.count}>{suggestions}</span>}</Tabs.Tab>
        <Tabs.Tab value="questions">Questions</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="comments"><CommentsPane key={element} journey={journey} element={element} onElement={onElement} /></Tabs.Panel>
      <Tabs.Panel value="suggestions"><SuggestionsPane journey={journey} element={element} /></Tabs.Panel>
      <Tabs.Panel value="questions"><QuestionsPane journey={journey} element={element} onElement={onElement} /></Tabs.Panel>
    </Tabs>
  );
}
