import type { RoleName } from '../api/nouns';

export const ROLES: { value: RoleName; label: string; may: string }[] = [
  { value: 'viewer', label: 'Viewer', may: 'reads everything here' },
  { value: 'commenter', label: 'Commenter', may: 'also comments, suggests, votes and answers' },
  { value: 'editor', label: 'Editor', may: 'also draws, edits the plan and brings data in' },
  { value: 'owner', label: 'Owner', may: 'also publishes, restores, and says who may enter' },
];

export const a = (role: string): string => `${/^[eo]/.test(role) ? 'an' : 'a'} ${role}`;
