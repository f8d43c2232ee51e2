import { Button, Select, TagsInput, TextInput } from '@mantine/core';
import type { Seen } from '../api/nouns';
import type { Touchpoint } from '../api/nouns';
import { useSeen } from '../api/queries';
import { MEDIA, Medium } from '../parts/Medium';
import { plural, short } from '../words';
import { SharedText } from '../draft';
import { useDraft } from './draft';
import { teamOptions, useList, type Edited } from './edit';
import { Master } from './Master';
import { RuleList } from './RuleForm';
import css from './plan.module.css';

export function Touchpoints() {
  const { plan } = useDraft();
  const list = useList('touchpoints');
  return (
    <div className="stack" style={{ gap: 24 }}>
      <Suggestions list={list} />
      <Master<Touchpoint> list={list} what="touchpoint" address="touchpoint" empty="Where do customers meet you: a page, a shop, a letter, a person? Begin with the three they would name."
        make={(id, name) => ({ id, name, kind: 'digital', medium: 'screen' })} icon={(one) => <Medium medium={one.medium ?? 'screen'} size={15} />} note={(one) => ((one.rule ?? []).some((rule) => rule.event) ? '' : 'unbound')}
        form={(one) => {
          const put = (patch: Partial<Touchpoint>) => list.patch(one.id, patch);
          const card = `touchpoint:${one.id}`;
          return (
            <>
              <TextInput label="Name" required maxLength={200} value={one.name} onChange={(e) => put({ name: e.target.value })} />
              <div className={css.three}>
                <Select label="Kind" data={['digital', 'physical', 'human']} allowDeselect={false} value={one.kind ?? 'digital'} onChange={(kind) => put({ kind: (kind ?? 'digital') as Touchpoint['kind'] })} />
                <Select label="Medium" data={MEDIA} allowDeselect={false} value={one.medium ?? 'screen'} onChange={(medium) => put({ medium: (medium ?? 'screen') as Touchpoint['medium'] })} leftSection={<Medium medium={one.medium ?? 'screen'} size={15} />} />
                <Select label="Owner" placeholder="nobody yet" clearable data={teamOptions(plan)} value={one.owner ?? null} onChange={(owner) => put({ owner })} nothingFoundMessage="Name teams under Ownership" />
              </div>
              <SharedText card={card} field="words" label="In words" value={one.words ?? ''} change={(words) => put({ words })} />
              <section className="stack" style={{ gap: 8 }}>
                <h2 className="h3">Events that happen here</h2>
                <p className="soft small">An event belongs here when any of these rules holds. None: the touchpoint stays unmeasured.</p>
                <RuleList rules={one.rule ?? []} change={(rule) => put({ rule })} more="Bind an event" />
              </section>
              <div className={css.two}>
                <SharedText card={card} field="frontstage" label="Frontstage" description="What the customer sees" value={one.frontstage ?? ''} change={(frontstage) => put({ frontstage })} />
                <SharedText card={card} field="backstage" label="Backstage" description="What must happen behind it" value={one.backstage ?? ''} change={(backstage) => put({ backstage })} />
              </div>
              <TagsInput label="Systems" description="Enter after each" value={one.systems ?? []} onChange={(systems) => put({ systems })} />
            </>
          );
        }} />
    </div>
  );
}

/** Events seen that no rule of the draft names, with where they might belong. */
function Suggestions({ list }: { list: Edited<Touchpoint> }) {
  const seen = useSeen(true, 'draft').data ?? [];
  const bound = new Set(list.all.flatMap((one) => (one.rule ?? []).map((rule) => rule.event)));
  const byEvent = new Map<string, Seen>();
  for (const one of seen) if (!bound.has(one.event)) byEvent.set(one.event, { ...one, events: one.events + (byEvent.get(one.event)?.events ?? 0) });
  const open = [...byEvent.values()].sort((a, b) => b.events - a.events);
  if (!open.length) return null;
  const known = new Map(list.all.map((one) => [one.id, one]));
  const bind = (id: string, event: string) => list.patch(id, { rule: [...(known.get(id)?.rule ?? []), { event }] });
  return (
    <section className={css.box} aria-label="Events that no touchpoint claims">
      <h2>{plural(open.length, 'event')} no touchpoint of this draft claims</h2>
      <ul>
        {open.slice(0, 8).map((one) => {
          const near = one.suggestion && known.get(one.suggestion);
          return (
            <li key={one.event} className="row wrap" style={{ padding: '6px 0', borderTop: '1px solid var(--line)' }}>
              <b style={{ fontWeight: 560 }}>{one.event}</b><span className="faint small">{short(one.events)} from {one.source}</span>
              <span className="row" style={{ marginLeft: 'auto' }}>
                {near && <Button variant="light" size="compact-xs" onClick={() => bind(near.id, one.event)}>It is {near.name}</Button>}
                <Select aria-label={`${one.event} belongs to`} placeholder="belongs to …" size="xs" w={190} searchable value={null} data={list.all.map((tp) => ({ value: tp.id, label: tp.name }))} onChange={(id) => id && bind(id, one.event)} />
                <Button variant="default" size="compact-xs" onClick={() => list.add((id) => ({ id, name: one.event, kind: 'digital', medium: 'screen', rule: [{ event: one.event }] }), one.event)}>New touchpoint</Button>
              </span>
            </li>
          );
        })}
      </ul>
      {open.length > 8 && <p className="faint small">and {open.length - 8} more, the rarer ones</p>}
    </section>
  );
}
