// What an honest bookkeeper writes beside the tills: whole cents, debit above nought. Nothing here is the program's.

export interface Entry {
  readonly id: string;
  readonly cents: number;
  readonly bonus: number;
  readonly tender: string | null;
}

/** Where an entry's money and balance are: in which account, what was received; and what became of it. */
export interface Stand {
  /** In cents; nought where the till that has its report never held it, or has given it back. */
  readonly held: number;
  readonly fate: 'none' | 'open' | 'sent' | 'back';
}

export type Accounts = Map<string, number>;

const add = (accounts: Accounts, account: string, cents: number): void =>
  void accounts.set(account, (accounts.get(account) ?? 0) + cents);

/** What the books have of an entry. */
function standing({ cents, bonus }: Entry, { held, fate }: Stand, received: string): Accounts {
  const accounts: Accounts = new Map([[received, held]]);
  if (fate === 'none') return accounts;
  if (fate === 'open') add(accounts, 'unsettled', -cents);
  if (fate === 'sent') {
    add(accounts, 'promotion', bonus);
    add(accounts, 'members', -cents - bonus);
  }
  // Whatever is neither in a drawer that is known nor given back.
  add(accounts, 'papers', (fate === 'back' ? 0 : cents) - held);
  return accounts;
}

/** Days of accounts. */
export class CashBook {
  readonly days = new Map<string, Accounts>();
  readonly #stands = new Map<string, Stand>();

  on(day: string): Accounts {
    const known = this.days.get(day) ?? new Map<string, number>();
    this.days.set(day, known);
    return known;
  }

  add(day: string, account: string, cents: number): void {
    add(this.on(day), account, cents);
  }

  /** From now on it stands so; the difference is of this day. */
  stand(day: string, entry: Entry, now: Stand, received = `way: ${entry.tender ?? 'none'}`): void {
    const before = this.#stands.get(entry.id) ?? { held: 0, fate: 'none' as const };
    for (const [account, cents] of standing(entry, now, received)) this.add(day, account, cents);
    for (const [account, cents] of standing(entry, before, received)) this.add(day, account, -cents);
    this.#stands.set(entry.id, now);
  }

  standOf({ id }: Entry): Stand {
    return this.#stands.get(id) ?? { held: 0, fate: 'none' };
  }
}
