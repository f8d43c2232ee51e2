import { useDraft } from '../../plan/draft';
import { touchpointOf } from './elements';
import { NameAsk } from './NameAsk';
import { QuestionsList } from './QuestionsList';
import { ThreeQuestions } from './ThreeQuestions';

interface Props { journey: string; element?: string; onElement?: (element: string) => void }

/** Three questions about one touchpoint; without one, all touchpoints of the map and what is still unanswered. */
export function QuestionsPane({ journey, element, onElement }: Props) {
  const { plan } = useDraft();
  const touchpoint = touchpointOf(plan, element);
  return (
    <div className="stack">
      <NameAsk />
      {touchpoint ? <ThreeQuestions key={touchpoint} journey={journey} touchpoint={touchpoint} /> : <QuestionsList journey={journey} onElement={onElement} />}
    </div>
  );
}
