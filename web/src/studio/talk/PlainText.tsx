import { Fragment } from 'react';

const LINK = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/gi;

/** Text as it was written: line breaks, names that mean somebody, addresses of pages that one can follow. Nothing else. */
export function PlainText({ text, names = [] }: { text: string; names?: readonly string[] }) {
  return <>{text.split(LINK).map((part, n) => (n % 2 ? <Away key={n} to={part} /> : <Named key={n} text={part} names={names} />))}</>;
}

function Away({ to }: { to: string }) {
  return /^https?:\/\//i.test(to) ? <a href={to} target="_blank" rel="noopener noreferrer nofollow">{to}</a> : <>{to}</>;
}

function Named({ text, names }: { text: string; names: readonly string[] }) {
  if (!names.length || !text.includes('@')) return <>{text}</>;
  const any = [...names].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const parts = text.split(new RegExp(`(@(?:${any}))(?![\\p{L}\\p{N}])`, 'giu'));
  return <>{parts.map((part, n) => (n % 2 ? <b key={n} className="desire" style={{ fontWeight: 600 }}>{part}</b> : <Fragment key={n}>{part}</Fragment>))}</>;
}
