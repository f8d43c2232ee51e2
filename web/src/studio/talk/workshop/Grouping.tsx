import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { IconFolderSymlink, IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useState, type DragEvent, type ReactNode } from 'react';
import type { WorkshopGroup, WorkshopNote } from '../../../api/nouns';
import { plural } from '../../../words';
import { NoteCard } from './NoteCard';
import type { Sitting } from './sitting';
import { useStageNames } from './Write';
import css from './workshop.module.css';

/** Notes are put together: dragged, or sent with a menu. Everybody may. */
export function Grouping({ sitting }: { sitting: Sitting }) {
  const { workshop, act } = sitting;
  const names = useStageNames(workshop.journey);
  const [name, setName] = useState('');
  const put = (note: string, group: string) => { if (workshop.notes.find((one) => one.id === note)?.group !== group) void act('PUT', `/notes/${note}/group`, { group }); };
  const card = (note: WorkshopNote) => <NoteCard key={note.id} note={note} sitting={sitting} drag stage={names(note.stage)} tools={<Send note={note} groups={workshop.groups} put={put} make={(to) => void act('POST', '/groups', { name: to, notes: [note.id] })} />} />;
  const loose = workshop.notes.filter((note) => !note.group);
  const make = () => { if (name.trim()) { void act('POST', '/groups', { name }); setName(''); } };
  return (
    <div className={css.grouping}>
      <Drop label="Notes without a group" onNote={(note) => put(note, '')}>
        <h2 className="h3">{loose.length ? `${plural(loose.length, 'note')} without a group` : 'Every note has its group'}</h2>
        {loose.map(card)}
      </Drop>
      <div className={css.groups}>
        <form className={css.newgroup} onSubmit={(e) => { e.preventDefault(); make(); }}>
          <TextInput aria-label="Name of a new group" placeholder="A new group" maxLength={120} value={name} onChange={(e) => setName(e.target.value)} style={{ flex: 1 }} />
          <Button type="submit" variant="default" leftSection={<IconPlus size={14} aria-hidden />} disabled={!name.trim()}>Group</Button>
        </form>
        <div className={css.groupgrid}>
          {workshop.groups.map((group) => (
            <Drop key={group.id} label={`Group ${group.name}`} onNote={(note) => put(note, group.id)}>
              <GroupHead group={group} sitting={sitting} />
              {workshop.notes.filter((note) => note.group === group.id).map(card)}
              <p className="faint small">{workshop.notes.some((note) => note.group === group.id) ? '' : 'Drag notes here'}</p>
            </Drop>
          ))}
        </div>
      </div>
    </div>
  );
}

function Drop({ label, onNote, children }: { label: string; onNote: (note: string) => void; children: ReactNode }) {
  const [over, setOver] = useState(false);
  const mind = (e: DragEvent) => { if (e.dataTransfer.types.includes('text/x-note')) { e.preventDefault(); setOver(true); } };
  return (
    <section className={css.drop} data-over={over} aria-label={label} onDragEnter={mind} onDragOver={mind} onDragLeave={(e) => { if (!e.currentTarget.contains(e.relatedTarget as Node | null)) setOver(false); }}
      onDrop={(e) => { e.preventDefault(); setOver(false); const note = e.dataTransfer.getData('text/x-note'); if (note) onNote(note); }}>
      {children}
    </section>
  );
}

function GroupHead({ group, sitting }: { group: WorkshopGroup; sitting: Sitting }) {
  const [name, setName] = useState(group.name);
  useEffect(() => setName(group.name), [group.name]);
  const keep = () => { if (name.trim() && name !== group.name) void sitting.act('PUT', `/groups/${group.id}`, { name }); else setName(group.name); };
  return (
    <div className="row" style={{ gap: 4 }}>
      <TextInput aria-label={`Name of the group ${group.name}`} variant="unstyled" className={css.groupname} maxLength={120} value={name} onChange={(e) => setName(e.target.value)} onBlur={keep} onKeyDown={(e) => { if (e.key === 'Enter') e.currentTarget.blur(); }} />
      <ActionIcon size="sm" aria-label={`Part the group ${group.name}`} onClick={() => void sitting.act('DELETE', `/groups/${group.id}`)}><IconTrash size={14} /></ActionIcon>
    </div>
  );
}

/** The keyboard's way, and the finger's: a note is sent to a group. */
function Send({ note, groups, put, make }: { note: WorkshopNote; groups: WorkshopGroup[]; put: (note: string, group: string) => void; make: (name: string) => void }) {
  return (
    <Menu shadow="md" position="bottom-start" withinPortal>
      <Menu.Target><ActionIcon size="sm" aria-label={`Put “${note.words.slice(0, 40)}” in a group`}><IconFolderSymlink size={14} /></ActionIcon></Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {groups.filter((one) => one.id !== note.group).map((one) => <Menu.Item key={one.id} onClick={() => put(note.id, one.id)}>{one.name}</Menu.Item>)}
        {note.group && <Menu.Item onClick={() => put(note.id, '')}>Out of the group</Menu.Item>}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={13} />} onClick={() => make(note.words.split('\n')[0].slice(0, 60))}>A group named like this note</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
