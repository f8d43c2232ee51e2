import { CopyText } from '../parts/Copy';
import css from './people.module.css';

/** A link that was just made: told once, because only its digest is kept. */
export function Made({ says, link }: { says: string; link: string }) {
  return (
    <div className={`card ${css.made}`} role="status">
      <p className="strong">{says}</p>
      <code>{link}</code>
      <div className="row"><CopyText label="Copy the link" text={() => link} /><span className="soft small">It is shown this once.</span></div>
    </div>
  );
}
