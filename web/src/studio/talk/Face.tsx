import { initials } from '../../words';
import css from './talk.module.css';

const TONES = 6;

/** Somebody by their initials, always in the same of six calm tones; the name stands beside it. */
export function Face({ name, size = 24 }: { name: string; size?: number }) {
  const tone = [...name].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)!) % 9973, 7) % TONES;
  return <span className={css.face} data-tone={tone} style={{ width: size, height: size, fontSize: size < 22 ? 9 : 10 }} aria-hidden>{initials(name.replace(/\(.*\)/, '').trim() || '?')}</span>;
}
