import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { inOrder, lastOrder } from '../api/order';
import type { Message, StoryPlan } from '../api/nouns';
import { newId } from '../words';
import { SharedText } from '../draft';
import { useDraft } from './draft';
import css from './plan.module.css';

const FIELDS = [['vision', 'Vision', 'The world you want'], ['mission', 'Mission', 'What you do towards it'], ['purpose', 'Purpose', 'Why it matters'], ['promise', 'Promise', 'What everybody may count on']] as const;

export function Story() {
  const { plan, change } = useDraft();
  const story = plan?.story ?? {};
  const set = (patch: Partial<StoryPlan>) => change((old) => ({ ...old, story: { ...old.story, ...patch } }));
  const messages = inOrder(story.messages);
  const put = (id: string, patch: Partial<Message>) => set({ messages: messages.map((one) => (one.id === id ? { ...one, ...patch } : one)) });
  return (
    <div className="stack" style={{ gap: 28 }}>
      <div className={css.two}>
        {FIELDS.map(([key, label, help]) => <SharedText key={key} card="story" field={key} label={label} description={help} minRows={2} value={story[key] ?? ''} change={(text) => set({ [key]: text })} />)}
      </div>
      <section className="stack">
        <h2>Messages</h2>
        {messages.map((one) => (
          <div key={one.id} className="row">
            <TextInput aria-label="Message" style={{ flex: 1 }} value={one.words} maxLength={200} onChange={(e) => put(one.id, { words: e.target.value })} />
            <Checkbox label="retired" checked={one.retired ?? false} onChange={(e) => put(one.id, { retired: e.target.checked })} />
            <ActionIcon aria-label={`Remove “${one.words}”`} onClick={() => set({ messages: messages.filter((other) => other.id !== one.id) })}><IconTrash size={15} /></ActionIcon>
          </div>
        ))}
        {!messages.length && <p className="soft">No message yet. Stages can carry one each.</p>}
        <div><Button variant="default" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => set({ messages: [...messages, { id: newId('message'), words: 'A new message', order: lastOrder(messages) }] })}>A message</Button></div>
      </section>
    </div>
  );
}
