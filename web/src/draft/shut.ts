import { Refusal } from '../api/client';
import type { Link } from './wire';

/** Why a draft that was never read cannot be: said as any other no. */
export const SHUT: Partial<Record<Link, Refusal>> = {
  offline: new Refusal(0, { code: 'unreachable', message: 'The server does not answer', hint: 'Is `desirelines serve` still running? This page goes on by itself once it answers.' }),
  elsewhere: new Refusal(409, { code: 'elsewhere', message: 'Another server process holds this draft', hint: 'Draw there, or end it; this page goes on by itself then.' }),
  signin: new Refusal(401, { code: 'sign_in', message: 'You are not signed in', hint: 'Sign in, then come back to this page.' }),
  forbidden: new Refusal(403, { code: 'not_allowed', message: 'You may not open this draft', hint: 'Ask an owner for a role in this workspace.' }),
  gone: new Refusal(404, { code: 'not_found', message: 'There is no such draft', hint: 'It may have been removed, or your role in it.' }),
};
