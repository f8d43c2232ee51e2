import { ActionIcon, Button, Menu, MultiSelect, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDots, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useAddress, useTo } from '../../address';
import type { Persona, PersonaRow } from '../../api/nouns';
import { inOrder } from '../../api/order';
import { useSegmentSize } from '../../api/queries';
import { useDraft } from '../../plan/draft';
import { useList } from '../../plan/edit';
import { basis } from '../../parts/Figure';
import { Trouble } from '../../parts/Trouble';
import { say } from '../../shell/segment';
import { count, onDay, percent, plural } from '../../words';
import css from './minds.module.css';

/** One persona, edited in place: words, what backs them, the rule that says who they are; and what the plan holds for them. */
export function PersonaSheet({ id, told }: { id: string; told?: PersonaRow }) {
  const { plan } = useDraft();
  const { set } = useAddress();
  const list = useList('personas');
  const one = list.all.find((each) => each.id === id);
  if (!one) return <p className="soft">This persona is no longer in the draft.</p>;
  const put = (patch: Partial<Persona>) => list.patch(id, patch);
  const insights = inOrder(plan?.insights);
  const backing = insights.filter((each) => one.evidence?.includes(each.id));
  const assumption = !backing.length && !(one.sources ?? []).length && !one.segment;
  return (
    <section className={css.sheet} aria-label={one.name}>
      <div className="row apart">
        <TextInput aria-label="Name" value={one.name} maxLength={200} onChange={(event) => event.currentTarget.value && put({ name: event.currentTarget.value })} style={{ flex: 1 }} styles={{ input: { fontSize: 16, fontWeight: 620 } }} />
        <Menu position="bottom-end" shadow="md">
          <Menu.Target><ActionIcon aria-label={`More for ${one.name}`}><IconDots size={16} /></ActionIcon></Menu.Target>
          <Menu.Dropdown><Menu.Item leftSection={<IconTrash size={14} />} onClick={() => { list.remove(id); set({ persona: null }, false); }}>Remove (undo brings it back)</Menu.Item></Menu.Dropdown>
        </Menu>
      </div>
      {assumption && <p className={css.assumed}><b>An assumption.</b> Nothing anybody said backs it, and no rule says who they are. Add either, or treat it as a guess.</p>}
      <Textarea label="Who they are" description="a sentence of theirs says more than a description" autosize minRows={2} value={one.words ?? ''} onChange={(event) => put({ words: event.currentTarget.value })} />
      <Textarea label="What they need" autosize minRows={2} value={one.needs ?? ''} onChange={(event) => put({ needs: event.currentTarget.value })} />
      <Rule value={one.segment ?? ''} put={(segment) => put({ segment: segment || null })} fault={told?.segment === one.segment ? told?.rule_fault : ''} />
      <div>
        <MultiSelect label="What backs it" placeholder={insights.length ? 'choose what was learned' : undefined} description={insights.length ? undefined : 'No insight is kept yet: write down what somebody said.'} data={insights.map((each) => ({ value: each.id, label: each.words.length > 90 ? `${each.words.slice(0, 88)}…` : each.words }))} value={[...(one.evidence ?? [])]} onChange={(evidence) => put({ evidence })} searchable hidePickedOptions disabled={!insights.length} />
        <ul className={css.backing}>
          {backing.map((each) => <li key={each.id}>{each.kind === 'number' || each.kind === 'note' ? each.words : `“${each.words}”`}<br /><span className="faint small">{[each.source || 'no source', each.on && onDay(each.on), each.n != null && `n ${count(each.n)}`].filter(Boolean).join(' · ')}</span></li>)}
        </ul>
        <Button size="compact-xs" variant="default" onClick={() => set({ tab: 'evidence', persona: null })}>Write down what somebody said</Button>
      </div>
      <TagsInput label="Other sources, by name" description="studies, interviews, systems; Enter after each" value={[...(one.sources ?? [])]} onChange={(sources) => put({ sources })} />
      <Theirs told={told} />
    </section>
  );
}

function Rule({ value, put, fault }: { value: string; put: (rule: string) => void; fault?: string }) {
  const [settled] = useDebouncedValue(value, 400);
  const size = useSegmentSize(settled);
  const to = useTo();
  return (
    <div>
      <TextInput label="The rule that says who they are" description="over the data, such as trait:age=18-29; did:Order Placed" placeholder="nobody can be counted without one" value={value} onChange={(event) => put(event.currentTarget.value)} error={size.error && settled ? ' ' : undefined} />
      {size.error && settled ? <div style={{ marginTop: 6 }}><Trouble error={size.error} /></div> : null}
      {!size.error && settled && size.data && <p className="small soft" style={{ marginTop: 4 }}>{count(size.data.people)} of {count(size.data.of)} customers: {say(settled)}. <Link to={to('journeys', { segment: settled })}>See their journeys</Link></p>}
      {fault && <p className="small doubt">{fault}</p>}
    </div>
  );
}

/** What the plan holds for them, and how what they meet changes. */
function Theirs({ told }: { told?: PersonaRow }) {
  const to = useTo();
  if (!told) return <p className="faint small">Published plans are counted: publish, and this persona is.</p>;
  return (
    <>
      <section>
        <h3>{told.moments.length ? `${plural(told.moments.length, 'moment')} of theirs, ${told.unmet.length ? `${told.unmet.length} without a live experience` : 'each with a live experience'}` : 'No moment is theirs yet'}</h3>
        <ul className={css.backing}>{told.moments.map((one) => <li key={one}>“{one}”{told.unmet.includes(one) && <span className="doubt small"> nothing live meets it</span>}</li>)}</ul>
        <p className="faint small">{[told.journeys.length && `on ${told.journeys.join(', ')}`, told.towers.length && `towers: ${told.towers.join(', ')}`].filter(Boolean).join(' · ')}</p>
      </section>
      {told.size && (
        <section>
          <h3>{told.changed.length ? 'What they meet has changed' : 'What they meet has not changed more than chance'}</h3>
          <ul className={css.backing}>{told.changed.map((one) => <li key={one.id}><Link to={to('map', { selected: `touchpoint:${one.id}`, segment: told.behind })}>{one.name}</Link> {percent(one.before.value ?? 0)} → <b>{percent(one.now.value ?? 0)}</b> <span className="faint small" title={basis(one.change)}>of {count(one.now.n)} active, more than chance</span></li>)}</ul>
        </section>
      )}
    </>
  );
}
