/** The steps of a funnel as the server reads them: `Look > Basket|Wish > Pay? > !Return > Order`. */
export interface SaidStep { names: string[]; optional: boolean; excluded: string[] }

const quoted = (name: string): string => (/[>|()?!"]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);

export function spellSteps(steps: SaidStep[]): string {
  return steps.map((one, n) => {
    const names = one.names.map(quoted).join('|');
    const said = one.optional ? (one.names.length > 1 ? `(${names})?` : `${names}?`) : names;
    return one.excluded.length && n < steps.length - 1 ? `${said} > !${one.excluded.map(quoted).join('|')}` : said;
  }).join(' > ');
}

/** What `spellSteps` wrote, and what a person types in that form. */
export function parseSteps(text: string): SaidStep[] {
  const steps: SaidStep[] = [];
  for (const part of split(text, '>')) {
    const bare = part.trim();
    if (!bare) continue;
    const excluded = bare.startsWith('!');
    const optional = !excluded && bare.endsWith('?');
    const inner = bare.replace(/^!/, '').replace(/\?$/, '').trim().replace(/^\(([\s\S]*)\)$/, '$1').replace(/\?$/, '');
    const names = split(inner, '|').map((one) => unquoted(one.trim())).filter(Boolean);
    if (excluded && steps.length) steps[steps.length - 1].excluded.push(...names);
    else if (names.length) steps.push({ names, optional, excluded: [] });
  }
  return steps;
}

const unquoted = (text: string): string => (text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1).replaceAll('""', '"') : text);

function split(text: string, sign: string): string[] {
  const parts = [''];
  let open = false;
  for (const letter of text) {
    if (letter === '"') open = !open;
    if (letter === sign && !open) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}
