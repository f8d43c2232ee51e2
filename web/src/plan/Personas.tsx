import { TagsInput, TextInput, Textarea } from '@mantine/core';
import type { Persona } from '../api/nouns';
import { say } from '../shell/segment';
import { useList } from './edit';
import { Master } from './Master';

export function Personas() {
  const list = useList('personas');
  return (
    <Master<Persona> list={list} what="persona" address="persona" empty="Whom do you build this journey for? A name and what they need is enough; what backs it can come later."
      make={(id, name) => ({ id, name })} note={(one) => (one.segment ? 'bound' : 'assumed')}
      form={(one) => {
        const put = (patch: Partial<Persona>) => list.patch(one.id, patch);
        return (
          <>
            <TextInput label="Name" required value={one.name} maxLength={200} onChange={(e) => put({ name: e.target.value })} />
            <Textarea label="Who they are" minRows={3} value={one.words ?? ''} onChange={(e) => put({ words: e.target.value })} />
            <Textarea label="What they need" minRows={3} value={one.needs ?? ''} onChange={(e) => put({ needs: e.target.value })} />
            <TagsInput label="What backs it" description="studies, interviews, data; Enter after each" value={one.sources ?? []} onChange={(sources) => put({ sources })} />
            <TextInput label="Segment" description="Its rule over the data, such as trait:age=18|25; blank: an assumption" value={one.segment ?? ''} onChange={(e) => put({ segment: e.target.value || null })} />
            {one.segment && <p className="soft small">People who {say(one.segment)}.</p>}
          </>
        );
      }} />
  );
}
