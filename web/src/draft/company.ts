import { PLAN } from './shape';
import type { Person, Present, Where } from './sight';

const OFTEN_MS = 100;
const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '');

/** Who else is here and where; and where one is oneself, told at most ten times a second. */
export class Company {
  /** Who has the draft open; changes only when somebody comes or goes. */
  people: readonly Person[] = [];
  present: readonly Present[] = [];
  private readonly all = new Map<string, Present>();
  private readonly listeners = new Set<() => void>();
  private mine: Where = {};
  private me = '';
  private timer: number | undefined;
  private toldAt = 0;

  constructor(private readonly tell: (where: Where) => void, private readonly changed: () => void) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly look = (): readonly Present[] => this.present;

  /** One's own window was greeted: all who are here will be told anew. */
  begin(session: string): void {
    this.me = session;
    this.all.clear();
    this.publish();
    if (Object.keys(this.mine).length) this.say();
  }

  end(): void { this.all.clear(); this.publish(); }

  show(patch: Where): void {
    const next = { ...this.mine, ...patch };
    if (JSON.stringify(next) === JSON.stringify(this.mine)) return;
    this.mine = next;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { this.toldAt = Date.now(); this.say(); }, Math.max(0, this.toldAt + OFTEN_MS - Date.now()));
  }

  private say(): void { this.tell({ doc: PLAN, ...this.mine }); }

  heard(said: Record<string, unknown>): void {
    const session = text(said.session);
    if (!session) return;
    if (said.gone) this.all.delete(session);
    else this.all.set(session, presentOf(session, said, session === this.me));
    this.publish();
  }

  private publish(): void {
    this.present = [...this.all.values()].sort((a, b) => Number(b.me) - Number(a.me) || (a.session < b.session ? -1 : 1));
    const key = (all: readonly Person[]) => all.map((one) => `${one.session} ${one.name} ${one.colour}`).join('\n');
    if (key(this.present) !== key(this.people)) {
      this.people = this.present.map(({ session, name, colour, account, me }) => ({ session, name, colour, account, me }));
      this.changed();
    }
    for (const listener of this.listeners) listener();
  }

  close(): void { window.clearTimeout(this.timer); }
}

function presentOf(session: string, said: Record<string, unknown>, me: boolean): Present {
  const at = Array.isArray(said.at) && said.at.length === 2 && said.at.every((n) => Number.isFinite(n)) ? (said.at as [number, number]) : undefined;
  const colour = /^#[0-9a-f]{3,8}$/i.test(text(said.colour)) ? text(said.colour) : '';
  return { session, name: text(said.name), colour, account: text(said.account), me, doc: text(said.doc), card: text(said.card), field: text(said.field), at };
}
