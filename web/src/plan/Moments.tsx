import { ActionIcon, Button, MultiSelect, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useDraft } from './draft';
import { touchpointOptions, useList } from './edit';

/** What customers need in a stage, in their own words, and the touchpoints that meet it. */
export function Moments({ stage }: { stage: string }) {
  const { plan } = useDraft();
  const list = useList('moments');
  const own = list.all.filter((one) => one.stage === stage);
  return (
    <div className="stack" style={{ gap: 6 }}>
      <h3>Moments</h3>
      {own.map((one) => (
        <div key={one.id} className="row" style={{ alignItems: 'flex-start' }}>
          <TextInput aria-label="The need, as the customer says it" placeholder="as the customer says it" leftSection="“" rightSection="”" size="xs" style={{ flex: 2 }} value={one.words} maxLength={200} onChange={(e) => list.patch(one.id, { words: e.target.value })} />
          <MultiSelect aria-label={`Where “${one.words}” is met`} placeholder={one.touchpoints?.length ? '' : 'met at …'} size="xs" searchable style={{ flex: 2 }} data={touchpointOptions(plan)} value={one.touchpoints ?? []} onChange={(touchpoints) => list.patch(one.id, { touchpoints })} />
          <ActionIcon aria-label={`Remove “${one.words}”`} onClick={() => list.remove(one.id)}><IconTrash size={14} /></ActionIcon>
        </div>
      ))}
      <div><Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={12} aria-hidden />} onClick={() => list.add((id) => ({ id, words: 'I want …', stage }), `moment-${stage}`)}>A moment</Button></div>
    </div>
  );
}
