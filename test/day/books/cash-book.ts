// What an honest bookkeeper writes beside the tills: whole cents, debit above nought. Nothing here is the program's.

export interface Entry {
  readonly id: string;
  readonly cents: number;
  readonly bonus: number;
  readonly tender: string | null;
}

/** What became of an entry. */
export type Fate = 'none' | 'open' | 'sent' | 'back';

export type Accounts = Map<string, number>;

const add = (accounts: Accounts, account: string, cents: number): void =>
  void accounts.set(account, (accounts.get(account) ?? 0) + cents);

/** What the books have of an entry. */
function standing({ cents, bonus }: Entry, fate: Fate, received: string): Accounts {
  const accounts: Accounts = new Map([[received, fate === 'open' || fate === 'sent' ? cents : 0]]);
  if (fate === 'open') add(accounts, 'unsettled', -cents);
  if (fate === 'sent') {
    add(accounts, 'promotion', bonus);
    add(accounts, 'members', -cents - bonus);
  }
  return accounts;
}

/** Days of accounts. */
export class CashBook {
  readonly days = new Map<string, Accounts>();
  readonly #fates = new Map<string, Fate>();

  on(day: string): Accounts {
    const known = this.days.get(day) ?? new Map<string, number>();
    this.days.set(day, known);
    return known;
  }

  add(day: string, account: string, cents: number): void {
    add(this.on(day), account, cents);
  }

  /** From now on it stands so; the difference is of this day. */
  stand(day: string, entry: Entry, now: Fate, received = `way: ${entry.tender ?? 'none'}`): void {
    const before = this.#fates.get(entry.id) ?? 'none';
    for (const [account, cents] of standing(entry, now, received)) this.add(day, account, cents);
    for (const [account, cents] of standing(entry, before, received)) this.add(day, account, -cents);
    this.#fates.set(entry.id, now);
  }
}
