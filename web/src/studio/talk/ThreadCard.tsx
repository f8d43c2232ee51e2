import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconDots, IconLink, IconPencil, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Comment, Thread } from '../../api/nouns';
import { plural } from '../../words';
import { useMe, useSay } from './ask';
import { Face } from './Face';
import { PlainText } from './PlainText';
import { threadAddress } from './places';
import { When } from './When';
import { Writing } from './Writing';
import css from './talk.module.css';

const FOLD = 4;

/** One thread: what was said, by whom and when; answered, resolved, opened again. */
export function ThreadCard({ thread, about, chosen, onElement }: { thread: Thread; about?: boolean; chosen?: boolean; onElement?: (element: string) => void }) {
  const me = useMe();
  const say = useSay();
  const [answering, setAnswering] = useState(false);
  const [all, setAll] = useState(Boolean(chosen));
  const box = useRef<HTMLElement>(null);
  useEffect(() => { if (chosen) box.current?.scrollIntoView({ block: 'nearest' }); }, [chosen]);
  const { comments } = thread;
  const shown = all || comments.length <= FOLD ? comments : [comments[0], ...comments.slice(-2)];
  const closed = Boolean(thread.resolved_at);
  return (
    <article ref={box} className={css.thread} data-chosen={chosen} aria-label={`Thread by ${comments[0].by}${thread.on ? ` on ${thread.on}` : ''}`}>
      {about && <About thread={thread} onElement={onElement} />}
      {shown.map((one, n) => (
        <div key={one.id}>
          {n === 1 && shown.length < comments.length && <button type="button" className={`plain small ${css.more}`} onClick={() => setAll(true)}>{plural(comments.length - shown.length, 'more comment')}</button>}
          <Remark one={one} tools={n === 0 && <ThreadTools thread={thread} closed={closed} may={Boolean(me?.comments)} link={!me?.guest} />} />
        </div>
      ))}
      {closed && <p className="small good row" style={{ gap: 4 }}><IconCheck size={14} aria-hidden />Resolved by {thread.resolved_by} <When at={thread.resolved_at!} /></p>}
      {me?.comments && (answering
        ? <Writing label="Answer" placeholder="Your answer" send="Answer" focus pending={say.isPending} error={say.error?.message} onCancel={() => setAnswering(false)}
            onSend={async (text) => { await say.mutateAsync({ method: 'POST', path: '/comments', body: { thread: thread.id, text } }); setAnswering(false); setAll(true); }} />
        : <div className={css.reply}><Button variant="subtle" size="compact-xs" leftSection={<IconArrowBackUp size={13} aria-hidden />} onClick={() => setAnswering(true)}>Answer</Button></div>)}
    </article>
  );
}

function About({ thread, onElement }: { thread: Thread; onElement?: (element: string) => void }) {
  if (!thread.element) return <p className={css.about}>on the whole map</p>;
  const kind = thread.element.split(':')[0];
  if (thread.gone) return <p className={css.about}>on something that is gone: <b>{thread.on || kind}</b></p>;
  if (!onElement) return <p className={css.about}>{kind} <b>{thread.on}</b></p>;
  return <p className={css.about}>{kind} <button type="button" className={`plain ${css.elementlink}`} onClick={() => onElement(thread.element)}>{thread.on}</button></p>;
}

function ThreadTools({ thread, closed, may, link }: { thread: Thread; closed: boolean; may: boolean; link: boolean }) {
  const say = useSay();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard?.writeText(threadAddress(thread)).then(() => setCopied(true));
  useEffect(() => { if (!copied) return; const timer = window.setTimeout(() => setCopied(false), 1500); return () => window.clearTimeout(timer); }, [copied]);
  return (
    <>
      {link && <ActionIcon size="sm" aria-label={copied ? 'Copied' : 'Copy the link to this thread'} title={copied ? 'Copied' : 'Copy the link'} onClick={copy}>{copied ? <IconCheck size={14} /> : <IconLink size={14} />}</ActionIcon>}
      {may && <ActionIcon size="sm" loading={say.isPending} aria-label={closed ? 'Open again' : 'Resolve'} title={closed ? 'Open again' : 'Resolve'} onClick={() => say.mutate({ method: 'PUT', path: `/comments/${thread.id}/resolved`, body: { resolved: !closed } })}>{closed ? <IconArrowBackUp size={14} /> : <IconCheck size={15} />}</ActionIcon>}
    </>
  );
}

function Remark({ one, tools }: { one: Comment; tools?: React.ReactNode }) {
  const say = useSay();
  const [editing, setEditing] = useState(false);
  return (
    <div className={css.remark}>
      <Face name={one.by} />
      <div className={css.said}>
        <div className={css.byline}>
          <b>{one.by}</b><When at={one.at} />{one.edited_at && !one.deleted && <span className="faint small" title={one.edited_at}>edited</span>}
          <span className={css.tools}>
            {tools}
            {one.mine && !one.deleted && (
              <Menu shadow="md" position="bottom-end" withinPortal>
                <Menu.Target><ActionIcon size="sm" aria-label="Change this comment"><IconDots size={15} /></ActionIcon></Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setEditing(true)}>Edit</Menu.Item>
                  <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => say.mutate({ method: 'DELETE', path: `/comments/${one.id}` })}>Delete</Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </span>
        </div>
        {one.deleted ? <p className="faint"><i>deleted</i></p> : editing
          ? <Writing label="Your comment" placeholder="" start={one.text} send="Save" focus pending={say.isPending} error={say.error?.message} onCancel={() => setEditing(false)} onSend={async (text) => { await say.mutateAsync({ method: 'PUT', path: `/comments/${one.id}`, body: { text } }); setEditing(false); }} />
          : <p className={css.text}><PlainText text={one.text} names={one.mentions} /></p>}
      </div>
    </div>
  );
}
